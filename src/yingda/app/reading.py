"""Which models read the customers' messages, from the settings."""

import asyncio
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from yingda.dialogue import ModelChooser
from yingda.infra.language_model import LanguageModel
from yingda.infra.model_clients import HttpEncoder, HttpJudge
from yingda.infra.settings import Settings, SettingsInvalid
from yingda.language import (
    Encoder,
    Engine,
    GazetteerEntry,
    Judge,
    OnnxEncoder,
    Registry,
    ServedEngine,
    ensure_model,
    general_encoder,
    installed_encoder,
    intents,
)

_OURS = {"auto": installed_encoder, "general": general_encoder}
#: How long a publication may stay unnoticed.
_LOOK_SECONDS = 2


def served_engine(
    settings: Settings, names: Sequence[GazetteerEntry] = (), shipped: Engine | None = None
) -> ServedEngine:
    """The engine of a process: whichever model is published, else the shipped one, taught first where none fits.

    `shipped`: instead of the one that the settings ask for.
    """
    readers = cache(lambda: (encoder_of(settings), _judge(settings)))  # kept for the models to come
    models = settings.data_dir / "models"

    def load(path: Path) -> Engine:
        return Engine.load(path, *readers()).with_gazetteer(names)

    own = shipped.with_gazetteer(names) if shipped else load(ensure_model(models, readers()[0]))
    return ServedEngine(Registry(models), own, load)


async def follow_publications(engine: ServedEngine) -> None:
    """Until cancelled: take what is published, beside the readings."""
    while True:
        await asyncio.sleep(_LOOK_SECONDS)
        await asyncio.to_thread(engine.refresh)


def prepare_model(settings: Settings) -> None:
    """So that processes which start together need not each teach it."""
    ensure_model(settings.data_dir / "models", encoder_of(settings))


def encoder_of(settings: Settings) -> Encoder | None:
    """Raises `SettingsInvalid` for an encoder that is not there."""
    wanted = settings.encoder
    if wanted in _OURS:
        return _installed(wanted)
    if wanted == "none":
        return None
    if wanted.startswith(("http://", "https://")):
        return HttpEncoder(wanted, settings.encoder_model, settings.encoder_key, settings.encoder_timeout_seconds)
    return _onnx(Path(wanted))


@cache
def _installed(wanted: str) -> Encoder | None:
    return _OURS[wanted]()


def _onnx(folder: Path) -> Encoder:
    missing = [name for name in ("model.onnx", "tokenizer.json") if not (folder / name).is_file()]
    if missing:
        raise SettingsInvalid(f"setting encoder (YINGDA_ENCODER): {folder} has no {missing[0]}")
    try:
        return OnnxEncoder(folder)
    except ImportError as error:
        raise SettingsInvalid("setting encoder (YINGDA_ENCODER): pip install 'yingda[onnx]' first") from error


def _judge(settings: Settings) -> Judge | None:
    url = settings.judge_url
    if url is None:
        return None
    return HttpJudge(url, settings.judge_model, settings.judge_key, settings.judge_timeout_seconds, intents())


def language_model_of(settings: Settings) -> LanguageModel | None:
    """The language model beside the assistant; raises `SettingsInvalid` where its extra is not installed."""
    if settings.assistant_url is None:
        return None
    try:
        return LanguageModel(settings.assistant_url, settings.assistant_model, settings.assistant_key)
    except ImportError as error:
        raise SettingsInvalid(
            "setting assistant_url (YINGDA_ASSISTANT_URL): pip install 'yingda[llm]' first"
        ) from error


def chooser_of(settings: Settings, model: LanguageModel | None) -> ModelChooser | None:
    return ModelChooser(model, settings.assistant_timeout_seconds) if model else None
