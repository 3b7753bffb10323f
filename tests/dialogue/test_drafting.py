"""With a language model: what customers and agents are told is drafted from what was found, or stands as it stood."""

import json
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import DemoTemplate
from tests.dialogue.test_assistant import words
from tests.factories import Colleague, Visitor
from tests.scripted import Scripted, scripted
from tests.server import RunningServer
from yingda.infra.settings import Settings, load_settings

ASKED = "开封后能用多久"


@pytest.fixture
def model() -> Iterator[Scripted]:
    with scripted() as running:
        yield running


@pytest.fixture
def seconds() -> float:
    """How long the model may take."""
    return 5


@pytest.fixture
def settings(tmp_path: Path, model: Scripted, seconds: float) -> Settings:
    return load_settings(
        data_dir=tmp_path,
        demo=True,
        assistant_url=model.url,
        assistant_model="scripted",
        assistant_timeout_seconds=min(seconds, 2),
        drafting_timeout_seconds=seconds,
    )


@pytest.fixture
async def agent(server: RunningServer, demo_template: DemoTemplate) -> AsyncIterator[Colleague]:
    signed_in = await Colleague.sign_in(server.url, demo_template.account("demo.supervisor"))
    yield signed_in
    await signed_in.close()


async def said(server: RunningServer) -> str:
    visitor = await Visitor.open(server.http)
    return words(await visitor.ask(ASKED))


def evidence(model: Scripted) -> list[dict[str, Any]]:
    told = json.loads(json.loads(model.asked[-1])["messages"][-1]["content"])
    assert told["question"] == ASKED
    return list(told["evidence"])


def first_of(one: dict[str, Any]) -> str:
    """What the first sentence of a passage says."""
    return str(one["text"]).replace("\n", "。").split("。")[0] + "。"


async def test_supported_drafts_are_told_with_sources_and_all_others_are_not(
    server: RunningServer, model: Scripted
) -> None:
    model.calls("unsupported")
    template = await said(server)
    assert "出自《" in template
    found = evidence(model)
    one, other = first_of(found[0]), first_of(found[1])

    model.calls("reply", sentences=[{"text": one, "evidence": [1]}, {"text": other, "evidence": [2]}])
    drafted = await said(server)
    assert drafted == f"{one}[1]{other}[1]\n\n依据：\n[1] 《{ASKED}》"

    for text, cites in ((one, []), (f"{one}另送 3 片面膜。", [1]), (f"{one}请配合夜光焕颜精华使用。", [1])):
        model.calls("reply", sentences=[{"text": text, "evidence": cites}])
        assert await said(server) == template


@pytest.mark.parametrize("seconds", [0.1])
async def test_nobody_waits_for_a_silent_model(server: RunningServer, model: Scripted) -> None:
    model.silent = True
    assert "出自《" in await said(server)


async def test_agents_are_given_a_written_reply_or_the_template(
    server: RunningServer, model: Scripted, agent: Colleague
) -> None:
    model.calls("unsupported")
    visitor = await Visitor.open(server.http)
    conversation_id = (await visitor.ask("转人工"))[0]["conversation_id"]
    seq = (await visitor.post(ASKED)).json()["seq"]
    where = f"/conversations/{conversation_id}/suggestions"
    draft, best, *_ = (await agent.get(where, seq=seq))["items"]
    assert (draft["source"], draft["key"]) == ("draft", f"draft:{best['key']}")

    found = evidence(model)
    model.calls("reply", sentences=[{"text": first_of(found[0]), "evidence": [1]}])
    written, *rest = (await agent.get(where, seq=seq))["items"]
    assert (written["source"], written["key"]) == ("draft", f"written:{best['key']}")
    assert (written["text"], written["sources"]) == (first_of(found[0]), [f"[1] {found[0]['title']}"])
    assert rest[0] == best
