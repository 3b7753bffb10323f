"""What is suggested to agents: found in the articles and the graph, ranked by what colleagues made of it."""

from typing import Any

import pytest

from tests.factories import Colleague, Visitor
from tests.server import RunningServer
from tests.workspace.conftest import Team, begin, do
from yingda.knowledge import Drafted, Evidence
from yingda.knowledge.drafting.schemas import Sentence
from yingda.workspace.suggestions.rules import MOST_SHOWN, drafted, evidence, ranked, usefulness, written
from yingda.workspace.suggestions.schemas import Record, Suggestion, SuggestionSource

RETURNS = "七天无理由退货怎么退"


def suggestion(key: str, confidence: float, text: str = "可以的") -> Suggestion:
    return Suggestion(key=key, source=SuggestionSource.ARTICLE, title=key, text=text, confidence=confidence, sources=[])


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (Record(10, 0, 0), Record()),
        (Record(), Record(0, 0, 10)),
        (Record(10, 0, 0), Record(0, 10, 0)),
        (Record(0, 10, 0), Record(0, 0, 10)),
        (Record(50, 0, 0), Record(3, 0, 0)),
    ],
)
def test_what_helped_more_often_is_worth_more(better: Record, worse: Record) -> None:
    assert 0 <= usefulness(worse) < usefulness(better) <= 1


def test_few_good_ones_are_shown_and_colleagues_decide_between_equals() -> None:
    found = [suggestion(str(number), 0.6) for number in range(9)] + [suggestion("vague", 0.1), suggestion("", 0.9, " ")]
    shown = ranked(found, {"7": Record(accepted=20), "0": Record(rejected=20)})
    assert len(shown) == MOST_SHOWN
    assert shown[0].key == "7"
    assert not {"vague", "", "0"} & {one.key for one in shown}


@pytest.mark.parametrize(
    ("emotion", "opening"), [("angry", "非常抱歉"), ("anxious", "您先别着急"), (None, "您好"), ("calm", "您好")]
)
def test_a_draft_opens_as_the_customer_feels(emotion: str | None, opening: str) -> None:
    draft = drafted(suggestion("a", 0.8), emotion)
    assert draft is not None
    assert draft.text.startswith(opening)
    assert draft.text.endswith("可以的")


def test_nothing_is_drafted_from_a_guess() -> None:
    assert drafted(suggestion("a", 0.4), None) is None


def test_a_reply_is_written_from_what_is_sure_with_its_sources_beside_it() -> None:
    sure, guess = suggestion("a", 0.8, "七天内可退。"), suggestion("b", 0.4)
    assert evidence([guess]) == []
    assert evidence([sure, guess]) == [Evidence("a", "七天内可退。"), Evidence("b", "可以的")]
    reply = written(Drafted((Sentence("七天内可退。", (1,)),), ("a",)), sure)
    assert (reply.key, reply.text, reply.sources) == ("written:a", "七天内可退。", ["[1] a"])


async def asked(visitor: Visitor, text: str) -> int:
    answer = await visitor.post(text)
    assert answer.is_success, answer.text
    return int(answer.json()["seq"])


async def suggested(colleague: Colleague, conversation_id: str, seq: int) -> list[dict[str, Any]]:
    return list((await colleague.get(f"/conversations/{conversation_id}/suggestions", seq=seq))["items"])


async def test_articles_and_graph_answer_what_was_just_said(server: RunningServer, team: Team) -> None:
    visitor, conversation_id = await begin(server, team.one)
    seq = await asked(visitor, RETURNS)
    draft, first, *_ = await suggested(team.one, conversation_id, seq)
    assert (draft["source"], first["source"]) == ("draft", "article")
    assert first["key"] == "article:return-7-days"
    assert first["text"] in draft["text"]
    assert first["sources"] == [f"{first['title']} · v1"]
    await do(team.one, "POST", f"/conversations/{conversation_id}/messages", kind="reply", text="看这里")
    seq = await asked(visitor, "烟酰胺有什么功效？")
    found = await suggested(team.one, conversation_id, seq)
    graph = next(one for one in found if one["source"] == "graph")
    assert "烟酰胺" in graph["title"]
    assert graph["sources"]
    assert not any("return-7-days" in one["key"] for one in found), "what was answered is not suggested again"


async def test_what_is_put_aside_stays_away_and_what_is_sent_is_remembered(server: RunningServer, team: Team) -> None:
    visitor, conversation_id = await begin(server, team.one)
    seq = await asked(visitor, RETURNS)
    shown = await suggested(team.one, conversation_id, seq)
    path = f"/conversations/{conversation_id}/suggestions/outcomes"
    await do(team.one, "POST", path, seq=seq, key=shown[0]["key"], fate="rejected")
    assert [one["key"] for one in await suggested(team.one, conversation_id, seq)] == [one["key"] for one in shown[1:]]
    assert await suggested(team.other, conversation_id, seq) == shown, "for others it is there"
    await do(team.other, "POST", path, seq=seq, key=shown[1]["key"], fate="edited")
    await do(team.other, "POST", path, seq=seq, key=shown[1]["key"], fate="accepted")
    async with server.runtime.db.reading() as conn:
        kept = await conn.fetch("SELECT key, fate FROM suggestion_outcomes ORDER BY at")
    assert [tuple(row) for row in kept] == [(shown[0]["key"], "rejected"), (shown[1]["key"], "accepted")]


async def test_who_may_not_answer_gets_none(server: RunningServer, team: Team) -> None:
    visitor, conversation_id = await begin(server, team.one)
    seq = await asked(visitor, RETURNS)
    await do(team.one, "POST", f"/conversations/{conversation_id}/take")
    async with server.runtime.db.transaction() as tx:
        await tx.conn.execute(
            "UPDATE conversations SET team_id = (SELECT team_id FROM memberships m JOIN staff s ON s.id = m.staff_id "
            "WHERE s.login = 'demo.agent1' LIMIT 1)"
        )
    answer = await team.stranger.call("GET", f"/conversations/{conversation_id}/suggestions?seq={seq}")
    assert answer.status_code in (403, 404)
