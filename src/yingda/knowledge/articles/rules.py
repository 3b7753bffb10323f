"""What may become of an article, who may let it go live, and what it may say. Pure."""

import difflib
import re
from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from uuid import UUID

import msgspec

from yingda.kit.clock import SHANGHAI
from yingda.knowledge.articles.errors import (
    ArticleEmpty,
    ArticleHasHtml,
    ArticleTooLong,
    MoveRefused,
    ValidityBackwards,
)
from yingda.knowledge.articles.schemas import ArticleContent, ArticleState, ChangeKind, Diff, DiffLine, FieldDiff, Move
from yingda.knowledge.articles.variables import variables_in
from yingda.knowledge.search import Tier

BODY_CHARACTERS = 20_000
BODY_LINES = 1_000

#: What each state allows, and where it leads.
MOVES: dict[ArticleState, dict[Move, ArticleState]] = {
    ArticleState.DRAFT: {
        Move.EDIT: ArticleState.DRAFT,
        Move.SUBMIT: ArticleState.REVIEW,
        Move.RETIRE: ArticleState.RETIRED,
    },
    ArticleState.REVIEW: {
        Move.WITHDRAW: ArticleState.DRAFT,
        Move.APPROVE: ArticleState.LIVE,
        Move.REJECT: ArticleState.DRAFT,
    },
    ArticleState.LIVE: {Move.EDIT: ArticleState.DRAFT, Move.RETIRE: ArticleState.RETIRED},
    ArticleState.RETIRED: {Move.EDIT: ArticleState.DRAFT},
}
#: What only those may do who may publish.
DECISIONS = frozenset({Move.APPROVE, Move.REJECT, Move.RETIRE})

_TAG = re.compile(r"<[A-Za-z/!?][^>]{0,20}")
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def after(state: ArticleState, move: Move) -> ArticleState:
    """Raises `MoveRefused`."""
    found = MOVES[state].get(move)
    if found is None:
        raise MoveRefused(state=state.value)
    return found


def needs_second_person(tiers: Collection[Tier], approver: UUID, writers: Collection[UUID]) -> bool:
    """Whether somebody else must approve: `writers` wrote or submitted what has not been live yet."""
    return Tier.PROFESSIONAL in tiers and approver in writers


def tidy(content: ArticleContent) -> ArticleContent:
    """The content as it is kept: line ends alike, nothing at the edges, no question twice."""
    body = _FORBIDDEN.sub("", content.body.replace("\r\n", "\n").replace("\r", "\n")).strip()
    questions = list(dict.fromkeys(one.strip() for one in content.questions))
    return msgspec.structs.replace(
        content, title=content.title.strip(), topic=content.topic.strip(), questions=questions, body=body
    )


def check(content: ArticleContent) -> None:
    """Raises the `ArticleInvalid` that says what is wrong with it."""
    if not content.body.strip():
        raise ArticleEmpty
    for text in (content.title, content.topic, *content.questions, content.body):
        check_text(text)
    if content.valid_from and content.valid_until and content.valid_until < content.valid_from:
        raise ValidityBackwards


def check_text(text: str) -> None:
    """Raises `ArticleTooLong`, `ArticleHasHtml` or `VariableUnknown`."""
    if len(text) > BODY_CHARACTERS or text.count("\n") >= BODY_LINES:
        raise ArticleTooLong(characters=BODY_CHARACTERS, lines=BODY_LINES)
    if tag := _TAG.search(text):
        raise ArticleHasHtml(found=tag[0])
    variables_in(text)


def review_due(content: ArticleContent, live_on: date) -> date:
    return live_on + timedelta(days=content.review_every_days)


def validity(content: ArticleContent) -> tuple[datetime | None, datetime | None]:
    """From when on, and until before when, the content holds."""
    ends = content.valid_until + timedelta(days=1) if content.valid_until else None
    return _midnight(content.valid_from), _midnight(ends)


def diff(number: int, before: ArticleContent, other: int, after: ArticleContent) -> Diff:
    old, new = msgspec.to_builtins(before), msgspec.to_builtins(after)
    fields = {
        name: FieldDiff(_shown(old[name]), _shown(new[name]))
        for name in old
        if name != "body" and old[name] != new[name]
    }
    return Diff(before=number, after=other, fields=fields, lines=_lines(before.body, after.body))


def _lines(before: str, after: str) -> list[DiffLine]:
    old, new = before.split("\n"), after.split("\n")
    told: list[DiffLine] = []
    for tag, i, k, m, n in difflib.SequenceMatcher(None, old, new).get_opcodes():
        if tag == "equal":
            told += [DiffLine(ChangeKind.SAME, line) for line in old[i:k]]
            continue
        told += [DiffLine(ChangeKind.REMOVED, line) for line in old[i:k]]
        told += [DiffLine(ChangeKind.ADDED, line) for line in new[m:n]]
    return told


def _shown(value: object) -> str:
    if isinstance(value, list | tuple):
        return "\n".join(map(_shown, value))
    if isinstance(value, dict):
        return "\n".join(f"{name}: {', '.join(map(str, one))}" for name, one in value.items() if one)
    return "" if value is None else str(value)


def _midnight(day: date | None) -> datetime | None:
    return datetime.combine(day, time(), SHANGHAI) if day else None
