"""The queue of what articles should say."""

from collections.abc import Mapping
from datetime import datetime
from typing import cast
from uuid import UUID

import asyncpg

from yingda.infra.database import Connection
from yingda.kit.ids import new_id
from yingda.knowledge.articles.schemas import Proposal, ProposalKind, ProposalState

_PROPOSAL = ", ".join(Proposal.__struct_fields__)
_ADD = (
    "INSERT INTO article_proposals AS p (id, kind, state, key, question, detail, count, article_id, first_at, last_at) "
    "VALUES ($1, $2, 'open', $3, $4, $5, $6, $7, $8, $8) ON CONFLICT (key) WHERE state = 'open' "
    "DO UPDATE SET count = p.count + excluded.count, last_at = excluded.last_at, "
    "detail = CASE WHEN excluded.detail = '' THEN p.detail ELSE excluded.detail END"
)


def _key(kind: ProposalKind, question: str, article_id: UUID | None) -> str:
    """What makes two of them the same: marks and blanks do not count."""
    bare = "".join(one for one in question.lower() if one.isalnum())
    return f"{kind.value}:{article_id or ''}:{bare[:200]}"


async def count_misses(conn: Connection, missed: Mapping[str, int], moment: datetime) -> None:
    kind = ProposalKind.MISS
    asked = [(question, times) for question, times in missed.items() if any(map(str.isalnum, question))]
    await conn.executemany(
        _ADD,
        [
            (new_id(), kind.value, _key(kind, question, None), question[:500], "", times, None, moment)
            for question, times in sorted(asked)
        ],
    )


async def missed_since(conn: Connection, moment: datetime, limit: int) -> list[tuple[str, int]]:
    """Questions that were first missed since then and are still open, and how often."""
    rows = await conn.fetch(
        "SELECT question, count FROM article_proposals WHERE state = 'open' AND kind = 'miss' AND first_at >= $1 "
        "ORDER BY count DESC, id LIMIT $2",
        moment,
        limit,
    )
    return [(row["question"], row["count"]) for row in rows]


async def add(
    conn: Connection,
    kind: ProposalKind,
    question: str,
    detail: str,
    article_id: UUID | None,
    moment: datetime,
    times: int = 1,
) -> Proposal:
    row = await conn.fetchrow(
        f"{_ADD} RETURNING {_PROPOSAL}",
        new_id(),
        kind.value,
        _key(kind, question, article_id),
        question,
        detail,
        times,
        article_id,
        moment,
    )
    return _proposal(cast("asyncpg.Record", row))


async def take_back(conn: Connection, kind: ProposalKind, question: str, article_id: UUID | None) -> None:
    """Who said it says otherwise now: it counts once less while it is open, and what nobody says is gone."""
    key = _key(kind, question, article_id)
    await conn.execute("DELETE FROM article_proposals WHERE key = $1 AND state = 'open' AND count = 1", key)
    await conn.execute("UPDATE article_proposals SET count = count - 1 WHERE key = $1 AND state = 'open'", key)


async def find(conn: Connection, proposal_id: UUID, *, lock: bool = False) -> Proposal | None:
    row = await conn.fetchrow(
        f"SELECT {_PROPOSAL} FROM article_proposals WHERE id = $1" + (" FOR UPDATE" if lock else ""), proposal_id
    )
    return _proposal(row) if row else None


async def page(
    conn: Connection,
    state: ProposalState,
    kind: ProposalKind | None,
    after: tuple[int, datetime, UUID] | None,
    limit: int,
) -> list[Proposal]:
    """Most often asked first, then the latest."""
    rows = await conn.fetch(
        f"SELECT {_PROPOSAL} FROM article_proposals WHERE state = $1 AND ($2::text IS NULL OR kind = $2) "
        "AND ($3::int IS NULL OR (count, last_at, id) < ($3, $4::timestamptz, $5::uuid)) "
        "ORDER BY count DESC, last_at DESC, id DESC LIMIT $6",
        state.value,
        kind.value if kind else None,
        *(after or (None, None, None)),
        limit,
    )
    return [_proposal(row) for row in rows]


async def decide(
    conn: Connection, proposal_id: UUID, state: ProposalState, by: str, draft_id: UUID | None, moment: datetime
) -> None:
    await conn.execute(
        "UPDATE article_proposals SET state = $2, decided_by = $3, draft_id = $4, decided_at = $5 WHERE id = $1",
        proposal_id,
        state.value,
        by,
        draft_id,
        moment,
    )


async def purge(conn: Connection, once: datetime, decided: datetime) -> None:
    await conn.execute(
        "DELETE FROM article_proposals WHERE (state = 'open' AND kind = 'miss' AND count = 1 AND last_at < $1) "
        "OR decided_at < $2",
        once,
        decided,
    )


def _proposal(row: asyncpg.Record) -> Proposal:
    return Proposal(**{**row, "kind": ProposalKind(row["kind"]), "state": ProposalState(row["state"])})
