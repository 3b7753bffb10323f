"""One engine for all tests here, taught once from what ships."""

from pathlib import Path

import pytest

from yingda.language import Engine, ensure_model


@pytest.fixture(scope="session")
def model_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return ensure_model(tmp_path_factory.mktemp("language"))


@pytest.fixture(scope="session")
def engine(model_file: Path) -> Engine:
    return Engine.load(model_file)
