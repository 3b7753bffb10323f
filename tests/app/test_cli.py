"""The command, run as a user runs it."""

import asyncio
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.factories import Colleague, Visitor
from tests.server import serving
from yingda.app.bootstrap import assemble
from yingda.channels.web import identity_signature
from yingda.identity import DemoAccount
from yingda.infra.settings import load_settings
from yingda.language import Engine


def yingda(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("YINGDA_")}
    return subprocess.run(
        [sys.executable, "-m", "yingda", *arguments],
        env={**inherited, **environment},
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize(
    ("environment", "told"),
    [
        ({"YINGDA_PORT": "99999"}, "port"),
        ({"YINGDA_DATABASE_URL": "mysql://x"}, "postgresql://"),
        ({"YINGDA_DATABSE_URL": "postgresql://x"}, "YINGDA_DATABSE_URL"),
        ({"YINGDA_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"}, "database"),
    ],
)
def test_what_a_user_can_mend_is_told_in_one_line(tmp_path: Path, environment: dict[str, str], told: str) -> None:
    result = yingda("migrate", cwd=tmp_path, **environment)
    assert result.returncode == 2
    assert told in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize("command", ["demo", "serve"])
def test_a_port_that_is_taken_is_told_before_anything_starts(tmp_path: Path, command: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = yingda(command, "--port", str(port), "--data-dir", "home", cwd=tmp_path)
    assert result.returncode == 2
    assert result.stderr.startswith(f"yingda: port {port} ")
    assert not (tmp_path / "home").exists()


async def test_an_administrator_made_on_the_command_line_can_sign_in(
    tmp_path: Path, db_url: str, engine: Engine
) -> None:
    password = "quiet-harbour-青山"
    command = ("admin", "create", "root.admin", "--name", "林知夏", "--password", password)
    made = await asyncio.to_thread(yingda, *command, cwd=tmp_path, YINGDA_DATABASE_URL=db_url)
    assert made.returncode == 0, made.stderr
    again = await asyncio.to_thread(yingda, *command, cwd=tmp_path, YINGDA_DATABASE_URL=db_url)
    assert again.returncode == 2
    runtime = await assemble(load_settings(data_dir=tmp_path), db_url, engine=engine)
    async with serving(runtime) as server:
        account = DemoAccount("root.admin", "林知夏", "administrator", password)
        colleague = await Colleague.sign_in(server.url, account)
        assert (await colleague.get("/auth/me"))["staff"]["display_name"] == "林知夏"
        (entry,) = (await colleague.get("/audit"))["items"]
        assert (entry["action"], entry["via"]) == ("staff.administrator_made", "command")
        await colleague.close()
    await runtime.close()


async def test_a_shop_made_on_the_command_line_can_be_chatted_with(tmp_path: Path, db_url: str, engine: Engine) -> None:
    command = ("shop", "add", "atelier", "--name", "小工坊")
    made = await asyncio.to_thread(yingda, *command, cwd=tmp_path, YINGDA_DATABASE_URL=db_url)
    assert made.returncode == 0, made.stderr
    assert "yingda('init', { shop: 'atelier' })" in made.stdout
    again = await asyncio.to_thread(yingda, *command, cwd=tmp_path, YINGDA_DATABASE_URL=db_url)
    assert (again.returncode, "atelier" in again.stderr) == (2, True)
    secret = made.stdout.split()[-1]
    runtime = await assemble(load_settings(data_dir=tmp_path), db_url, engine=engine)
    async with serving(runtime) as server:
        identity = {"user_id": "42", "signature": identity_signature(secret, "42")}
        visitor = await Visitor.open(server.http, shop="atelier", identity=identity)
        assert visitor.session["customer"]["identified"]
        assert "不客气" in str(await visitor.ask("谢谢"))
    await runtime.close()


@pytest.mark.parametrize("wrong", [("A B", "#b0476b"), ("shop", "red")])
def test_a_shop_needs_a_plain_code_and_a_colour(tmp_path: Path, db_url: str, wrong: tuple[str, str]) -> None:
    code, color = wrong
    refused = yingda("shop", "add", code, "--name", "x", "--color", color, cwd=tmp_path, YINGDA_DATABASE_URL=db_url)
    assert refused.returncode == 2
    english, chinese = refused.stderr.strip().splitlines()
    assert english.startswith("yingda: ")
    assert english.endswith("]")
    assert not chinese.isascii()


async def test_the_audit_trail_is_checked_on_the_command_line(tmp_path: Path, db_url: str) -> None:
    command = ("admin", "audit-verify")
    result = await asyncio.to_thread(yingda, *command, cwd=tmp_path, YINGDA_DATABASE_URL=db_url)
    assert (result.returncode, result.stdout[:9]) == (0, "0 entries")
    other = (*command, "--head", "0" * 64)
    lost = await asyncio.to_thread(yingda, *other, cwd=tmp_path, YINGDA_DATABASE_URL=db_url)
    assert (lost.returncode, "from entry 1 on" in lost.stderr) == (1, True)
