"""Writes the description of the HTTP API, from which the console's client is made: `python -m tools.openapi FILE`."""

import asyncio
import json
import sys
from pathlib import Path

from litestar import Litestar
from litestar.serialization import encode_json

from tools.scratch import scratch_database
from yingda.app import openapi
from yingda.app.bootstrap import assemble
from yingda.app.main import create_app
from yingda.app.migrate import migrate
from yingda.infra.settings import load_settings


def render(app: Litestar) -> str:
    """What an application says of itself, in an order of its own, so that a change shows as a change."""
    document = json.loads(encode_json(openapi.description(app)))
    return json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


async def description() -> str:
    """Put the application together on a database of its own; describing itself is all that it does."""
    with scratch_database() as url:
        await migrate(url)
        runtime = await assemble(load_settings(), url)
        try:
            return render(create_app(runtime))
        finally:
            await runtime.close()


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(asyncio.run(description()), "utf-8")
    print(target)
