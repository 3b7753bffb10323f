"""Old chats played through a running server: what is read from the file, how it is counted, and that all arrives."""

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from tests.conftest import DemoTemplate
from tests.server import RunningServer
from yingda.app.cli import app
from yingda.app.demo import limits
from yingda.app.replay import Chat, Insight, Rejected, ReplayFailed, ScriptUnusable, Target, read_script, replay
from yingda.app.replay.tally import Heard, Played, Report, Sent, percentile, tally
from yingda.infra.limits import RateLimit
from yingda.infra.settings import load_settings
from yingda.kit.paths import data_dir

DATA = Path(__file__).parent.parent / "data"
CHATS = DATA / "replay_chats.tsv"
MALFORMED = DATA / "replay_malformed.tsv"
HEADER = b"session_id\tfrom_agent\tcontent\n"


def test_each_customers_words_are_read_in_order() -> None:
    script = read_script(CHATS.read_bytes())
    assert not script.rejected
    assert script.chats == [
        Chat("s1", ["你好", "你们家发货一般用哪家快递", "好的，谢谢你"]),
        Chat("s2", ["谢谢", "转人工", "有人在吗"]),
        Chat("s4", ["<b>hello</b> '; DROP TABLE messages; --"]),
    ]


def test_lines_that_are_no_use_are_told_and_the_others_used() -> None:
    script = read_script(MALFORMED.read_bytes())
    assert script.chats == [Chat("s1", ["谢谢", "再见"])]
    assert script.rejected == [
        Rejected(3, "6 columns instead of 7"),
        Rejected(4, "from_agent is '2' instead of 0 or 1"),
        Rejected(5, "content is empty"),
        Rejected(6, "not UTF-8 at byte 20"),
        Rejected(7, "session_id is empty"),
    ]


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"\xef\xbb\xbf" + HEADER + b"s\t0\thi\n", id="byte order mark"),
        pytest.param(HEADER.replace(b"\n", b"\r\n") + b"s\t0\thi\r\n", id="line ends of Windows"),
        pytest.param(HEADER + b"s\t0\thi", id="no last line end"),
        pytest.param(HEADER + b"\ns\t0\thi\n\n", id="empty lines"),
        pytest.param(b"content\tmood\tsession_id\tfrom_agent\nhi\tcalm\ts\t0\n", id="other columns, other order"),
    ],
)
def test_harmless_differences_do_not_matter(data: bytes) -> None:
    assert read_script(data) == read_script(HEADER + b"s\t0\thi\n")


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "does not name the columns session_id, from_agent, content"),
        (b"session_id\tcontent\ns\thi\n", "does not name the columns from_agent"),
        (b"\xff\xfe\n", "not UTF-8"),
        (HEADER, "no customer's message in 1 lines"),
        (HEADER + b"s\t1\thello\n", "no customer's message"),
        (HEADER + b"s\tx\thello\n", "line 2: from_agent is 'x'"),
    ],
)
def test_a_file_without_anything_to_play_is_refused(data: bytes, why: str) -> None:
    with pytest.raises(ScriptUnusable, match=why):
        read_script(data)


@given(st.binary(max_size=200))
def test_no_line_whatsoever_breaks_the_reading(noise: bytes) -> None:
    script = read_script(HEADER + noise.replace(b"\n", b"") + b"\ns\t0\thi\n")
    assert script.chats[-1].texts[-1] == "hi"


def sent(name: str, seq: int | None, wait_ms: float | None = 5) -> Sent:
    return Sent(name, seq, wait_ms, None if seq else "text_too_long")


def said(seq: int, name: str) -> Heard:
    return Heard(seq, "customer", name)


def reply(seq: int) -> Heard:
    return Heard(seq, "assistant")


NOTICE = Heard(5, "system", None, "handoff_waiting")


@pytest.mark.parametrize(
    ("chat", "outcome"),
    [
        pytest.param(Played([sent("a", 1)], [said(1, "a"), reply(2)]), "answered", id="answered"),
        pytest.param(Played([sent("a", 1, None)], [said(1, "a")]), "unanswered", id="unanswered"),
        pytest.param(Played([sent("a", 1, None)], [said(1, "a"), reply(2)]), "unanswered", id="answered too late"),
        pytest.param(Played([sent("a", 3)], [said(3, "a"), reply(4), NOTICE]), "handed_over", id="led to a person"),
        pytest.param(Played([sent("a", 6, None)], [NOTICE, said(6, "a")]), "handed_over", id="came after that"),
        pytest.param(Played([sent("a", 1)], [reply(2)]), "answered lost", id="lost"),
        pytest.param(Played([sent("a", 1)], [said(1, "a"), said(2, "a")]), "answered misplaced", id="stored twice"),
        pytest.param(Played([sent("a", 1)], [said(3, "a")]), "answered misplaced", id="under another number"),
    ],
)
def test_each_message_is_counted_for_what_became_of_it(chat: Played, outcome: str) -> None:
    report = tally([chat], Insight(), 1)
    assert (report.sent, report.stored) == (1, 1)
    counted = {name for name in ("answered", "handed_over", "unanswered", "lost", "misplaced") if getattr(report, name)}
    assert counted == set(outcome.split())
    assert report.flawless is (outcome in ("answered", "handed_over"))


def test_a_chat_before_and_after_its_hand_over() -> None:
    messages = [sent("a", 1), sent("b", 3), sent("c", 6, None), sent("d", None)]
    thread = [said(1, "a"), reply(2), said(3, "b"), reply(4), NOTICE, said(6, "c")]
    report = tally([Played(messages, thread)], Insight({"x": 1, "y": 2}, {"requested": 1}), 2)
    assert (report.sent, report.stored, report.answered, report.handed_over) == (4, 3, 1, 2)
    assert report.refused == {"text_too_long": 1}
    assert report.replies == {"assistant": 2}
    assert list(report.intents) == ["y", "x"]
    assert not report.flawless


def test_messages_stored_in_another_order_than_sent_are_told() -> None:
    chat = Played([sent("a", 2), sent("b", 1)], [said(1, "b"), said(2, "a"), reply(3)])
    assert tally([chat], Insight(), 1).misplaced == 1


@pytest.mark.parametrize(
    ("values", "share", "expected"),
    [([], 0.5, None), ([4.0], 0.99, 4.0), ([1.0, 2.0, 3.0], 0.5, 2.0), ([float(n) for n in range(1, 101)], 0.99, 99.0)],
)
def test_percentiles(values: list[float], share: float, expected: float | None) -> None:
    assert percentile(values, share) == expected


@pytest.fixture
def accounts(demo_template: DemoTemplate, tmp_path: Path) -> Path:
    path = tmp_path / "demo-accounts.json"
    path.write_bytes(msgspec.json.encode(demo_template.accounts))
    return path


async def test_chats_are_played_and_every_message_accounted_for(server: RunningServer, accounts: Path) -> None:
    steps: list[None] = []
    target = Target(url=server.url, shop="liuli", concurrency=2, demo_accounts=accounts)
    report = await replay(target, read_script(CHATS.read_bytes()).chats, lambda: steps.append(None))
    assert report.flawless
    assert (report.sessions, report.sent, report.stored, len(steps)) == (3, 7, 7, 7)
    assert (report.answered, report.handed_over) == (5, 2)
    assert report.hand_offs == {"requested": 1}
    assert report.intents["chat.human"] == 1
    assert sum(report.intents.values()) in (6, 7)  # what is said to a person is read a moment later
    assert report.latency_ms.p50 is not None
    async with server.runtime.db.reading() as conn:
        assert await conn.fetchval("SELECT count(*) FROM messages WHERE author_kind = 'customer'") == 7
        assert await conn.fetchval("SELECT count(*) FROM staff_sessions") == 0


async def test_what_a_visitor_may_not_send_so_fast_is_sent_later(server: RunningServer) -> None:
    server.runtime.web_limits.address = RateLimit(1200, burst=1)
    report = await replay(Target(url=server.url, shop="liuli"), [Chat("s", ["谢谢"] * 2)])
    assert report.flawless
    assert report.answered == 2


async def test_a_message_that_is_refused_is_told(server: RunningServer) -> None:
    report = await replay(Target(url=server.url, shop="liuli"), [Chat("s", ["长" * 4001, "谢谢"])])
    assert (report.sent, report.stored, report.answered) == (2, 1, 1)
    assert report.refused == {"text_too_long": 1}
    assert not report.flawless


@pytest.mark.parametrize(
    ("place", "why"),
    [
        ({"shop": "nowhere"}, "has no shop 'nowhere'"),
        ({"url": "http://127.0.0.1:9"}, "nothing answers at .* `yingda demo`"),
        ({"url": "gopher://127.0.0.1"}, "cannot be reached"),
        ({"api_key": f"yd_{UUID(int=7).hex}_wrong"}, "intents could not be read: unauthenticated"),
    ],
)
async def test_why_a_replay_cannot_be(server: RunningServer, place: dict[str, Any], why: str) -> None:
    with pytest.raises(ReplayFailed, match=why):
        await replay(replace(Target(url=server.url, shop="liuli"), **place), [Chat("s", ["谢谢"])])


async def test_the_command_prints_one_object(
    server: RunningServer, accounts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YINGDA_DATA_DIR", str(accounts.parent))
    options = ["--url", server.url, "--limit", "1", "--json"]
    result = await asyncio.to_thread(command, str(MALFORMED), *options)
    assert result.exit_code == 0
    report = msgspec.json.decode(result.stdout, type=Report)
    assert (report.sessions, report.sent, report.stored, report.lost) == (1, 2, 2, 0)
    assert report.intents
    assert f"{MALFORMED}:4: from_agent is '2' instead of 0 or 1" in result.stderr
    assert "5 lines could not be used" in result.stderr


async def test_the_command_prints_a_table(server: RunningServer) -> None:
    result = await asyncio.to_thread(command, str(CHATS), "--url", server.url, "--limit", "1", "--rate", "1000")
    assert result.exit_code == 0
    assert "answered by the assistant" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        ([str(DATA / "nothing.tsv")], "cannot be read"),
        ([str(data_dir() / "language" / "fixed_set.tsv")], "does not name the columns"),
        ([str(CHATS), "--url", "http://127.0.0.1:9"], "Start it with `yingda demo`"),
    ],
)
def test_the_command_says_in_one_line_why_it_cannot(arguments: list[str], why: str) -> None:
    result = command(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert why in result.stderr
    assert result.stderr.count("\n") == 1


def command(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["replay", *arguments])


def test_a_demo_has_room_for_a_replay_unless_somebody_decided_on_it() -> None:
    assert "YINGDA_SESSIONS_PER_ADDRESS_PER_MINUTE" in limits(load_settings())
    assert limits(load_settings(address_messages_per_minute=5, sessions_per_address_per_minute=5)) == {}
