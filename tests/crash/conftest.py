"""A folder for a demo that has its language model already: learning it is not what these tests are about."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from yingda.language import ensure_model


@pytest.fixture(scope="session")
def models(pytestconfig: pytest.Config) -> Path:
    """The folder of the shipped model, kept between runs."""
    cache = pytestconfig.cache
    assert cache is not None
    folder = cache.mkdir("models")
    ensure_model(folder)
    return folder


@pytest.fixture(scope="session")
def home(models: Path) -> Iterator[Path]:
    """A data directory that the database's own account may enter. What one test leaves there, the next one finds."""
    folder = Path(tempfile.mkdtemp(prefix="yingda-crash-"))
    folder.chmod(0o755)
    shutil.copytree(models, folder / "models")
    yield folder
    shutil.rmtree(folder)
