"""Settings: where they come from, which wins, and what a wrong one says."""

from pathlib import Path

import pytest

from tools.settings_doc import PAGE, page
from yingda.infra.settings import SettingsInvalid, load_settings

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_the_document_is_current() -> None:
    assert (ROOT / PAGE).read_text("utf-8") == page(), "run make settings-doc"


def test_options_win_over_the_environment_and_it_over_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("yingda.toml").write_text('port = 1001\nhost = "0.0.0.0"\ntext_chars = 500\n')
    monkeypatch.setenv("YINGDA_PORT", "1002")
    monkeypatch.setenv("YINGDA_HOST", "127.0.0.2")
    settings = load_settings(port=1003)
    assert (settings.port, settings.host, settings.text_chars) == (1003, "127.0.0.2", 500)


def test_the_file_may_lie_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("other.toml").write_text("demo = true\n")
    monkeypatch.setenv("YINGDA_CONFIG", "other.toml")
    assert load_settings().demo


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("YINGDA_PORT", "eighty"),
        ("YINGDA_PORT", "70000"),
        ("YINGDA_SECRET_KEY", "short"),
        ("YINGDA_DATABASE_URL", "mysql://localhost/yingda"),
        ("YINGDA_LOG_LEVEL", "LOUD"),
        ("YINGDA_PROT", "8000"),
    ],
)
def test_one_line_says_what_is_wrong_in_the_environment(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsInvalid, match=name) as refused:
        load_settings()
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("content", "names"),
    [
        ("prot = 8000", "prot"),
        ("port = 'x'", "port"),
        ("[database]\nurl = 'x'", "database"),
        ("port = ", "settings file"),
        ("port = 1\nport = 2", "settings file"),
    ],
)
def test_one_line_says_what_is_wrong_in_the_file(content: str, names: str) -> None:
    Path("yingda.toml").write_text(content)
    with pytest.raises(SettingsInvalid, match=names) as refused:
        load_settings()
    assert "\n" not in str(refused.value)


def test_a_named_file_that_is_missing_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YINGDA_CONFIG", "missing.toml")
    with pytest.raises(SettingsInvalid, match=r"missing\.toml"):
        load_settings()


def test_a_secret_never_stands_in_the_message(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YINGDA_SECRET_KEY", "hunter2")
    with pytest.raises(SettingsInvalid) as refused:
        load_settings()
    assert "hunter2" not in str(refused.value)


def test_the_signing_key_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    first, second = load_settings(data_dir=tmp_path), load_settings(data_dir=tmp_path)
    assert first.signing_key == second.signing_key
    assert (tmp_path / "secret.key").stat().st_mode & 0o777 == 0o600
    assert load_settings(data_dir=tmp_path, secret_key="k" * 32).signing_key == b"k" * 32
