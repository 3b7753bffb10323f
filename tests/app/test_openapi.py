"""The console is built for the API as it is."""

import dataclasses
from pathlib import Path

from tools.openapi import render
from yingda.app.bootstrap import Runtime
from yingda.app.main import create_app
from yingda.infra.settings import load_settings

WRITTEN = Path(__file__).parents[2] / "web" / "console" / "openapi.json"


async def test_the_console_knows_the_api(runtime: Runtime, tmp_path: Path) -> None:
    plain = dataclasses.replace(runtime, settings=load_settings(data_dir=tmp_path))
    assert render(create_app(plain)) == WRITTEN.read_text("utf-8"), "The API has changed: make openapi"
