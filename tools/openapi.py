"""Writes the description of the HTTP API: `python -m tools.openapi FILE`."""

import asyncio
import sys
from pathlib import Path

from litestar.serialization import encode_json

from tools.scratch import scratch_database
from yingda.app.bootstrap import assemble
from yingda.app.main import create_app
from yingda.app.migrate import migrate
from yingda.infra.settings import load_settings


async def description() -> bytes:
    """Put the application together on a database of its own; describing itself is all that it does."""
    with scratch_database() as url:
        await migrate(url)
        runtime = await assemble(load_settings(), url)
        try:
            return encode_json(create_app(runtime).openapi_schema.to_schema())
        finally:
            await runtime.close()


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(asyncio.run(description()))
    print(target)
