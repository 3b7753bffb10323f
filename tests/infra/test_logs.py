"""What reaches the log, from us and from libraries, and what never does."""

import asyncio
import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from structlog.contextvars import bound_contextvars

from tests.logs import logging_kept
from yingda.infra.logs import configure_logs


@pytest.fixture(autouse=True)
def stream() -> Iterator[io.StringIO]:
    """A log of this test's own; afterwards logging is as it was."""
    stream = io.StringIO()
    with logging_kept():
        configure_logs("INFO", "json", stream)
        yield stream


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_ours_and_theirs_look_alike(stream: io.StringIO) -> None:
    structlog.get_logger("yingda.routing").info("dispatched", agents=3)
    logging.getLogger("uvicorn.error").warning("Shutting down in %d s", 5)
    ours, theirs = lines(stream)
    assert (ours["event"], ours["agents"], ours["level"], ours["logger"]) == ("dispatched", 3, "info", "yingda.routing")
    assert (theirs["event"], theirs["level"]) == ("Shutting down in 5 s", "warning")
    assert ours.keys() - {"agents"} == theirs.keys()
    assert ours["timestamp"].endswith("Z")


async def test_lines_carry_the_ids_of_their_request(stream: io.StringIO) -> None:
    log = structlog.get_logger("yingda")

    async def request(number: int) -> None:
        with bound_contextvars(request_id=str(number), conversation_id="c"):
            await asyncio.sleep(0)
            log.info("inside")
            logging.getLogger("asyncpg").warning("inside too")

    await asyncio.gather(request(1), request(2))
    log.info("outside")
    assert sorted(line["request_id"] for line in lines(stream)[:4]) == ["1", "1", "2", "2"]
    assert all(line["conversation_id"] == "c" for line in lines(stream)[:4])
    assert "request_id" not in lines(stream)[4]


SECRETS = ["13812345678", "li.wei@example.com", "11010519491231002X"]


@pytest.mark.parametrize("secret", SECRETS)
def test_personal_data_does_not_reach_the_log(stream: io.StringIO, secret: str) -> None:
    log = structlog.get_logger("yingda")
    log.info("来自 %s", secret, note=f"电话 {secret}", deep={"a": [{"b": f"我的是{secret}"}]}, error=ValueError(secret))
    logging.getLogger("sqlalchemy.engine").error("Key (contact)=(%s) already exists", secret)
    try:
        raise RuntimeError(f"no route to {secret}")
    except RuntimeError:
        log.exception("failed")
        logging.getLogger("asyncpg").exception("failed")
    assert len(lines(stream)) == 4
    assert secret not in stream.getvalue()
    assert "RuntimeError" in lines(stream)[2]["exception"]
    assert "RuntimeError" in lines(stream)[3]["exception"]


def test_ids_numbers_and_order_numbers_stay_readable(stream: io.StringIO) -> None:
    structlog.get_logger("yingda").info(
        "x", message_id="01936f5e-7c1a-7abc-8def-0123456789ab", took=0.25, ok=True, n=None
    )
    (line,) = lines(stream)
    assert line["message_id"] == "01936f5e-7c1a-7abc-8def-0123456789ab"
    assert (line["took"], line["ok"], line["n"]) == (0.25, True, None)


def test_query_strings_are_cut_off(stream: io.StringIO) -> None:
    logging.getLogger("uvicorn.error").warning('%s - "WebSocket %s" [accepted]', "127.0.0.1", "/ws?token=abc.def&x=1")
    assert lines(stream)[0]["event"] == '127.0.0.1 - "WebSocket /ws?…" [accepted]'


def test_libraries_that_log_requests_or_statements_are_quiet(stream: io.StringIO) -> None:
    logging.getLogger("uvicorn.access").info('"GET /?q=1"')
    logging.getLogger("sqlalchemy.engine.Engine").info("SELECT 1")
    logging.getLogger("httpx").info("HTTP Request: POST https://…")
    assert stream.getvalue() == ""


def test_the_level_is_a_setting(stream: io.StringIO) -> None:
    configure_logs("WARNING", "json", stream)
    structlog.get_logger("yingda").info("too much")
    structlog.get_logger("yingda").warning("enough")
    assert [line["event"] for line in lines(stream)] == ["enough"]


def test_people_get_text(stream: io.StringIO) -> None:
    configure_logs("INFO", "text", stream)
    structlog.get_logger("yingda").info("已启动", port=8000)
    assert "已启动" in stream.getvalue()
    assert "port=8000" in stream.getvalue()


def test_what_brought_its_own_handler_speaks_once_and_through_ours(stream: io.StringIO) -> None:
    elsewhere = io.StringIO()
    own = logging.getLogger("uvicorn")
    own.addHandler(logging.StreamHandler(elsewhere))
    own.propagate = False
    configure_logs("INFO", "json", stream)
    own.info("started")
    assert [line["event"] for line in lines(stream)] == ["started"]
    assert elsewhere.getvalue() == ""
