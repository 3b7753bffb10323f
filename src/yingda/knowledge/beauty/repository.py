"""All SQL of the beauty graph."""

from collections.abc import Iterable

from yingda.infra.database import Connection
from yingda.knowledge.beauty.schemas import (
    Aspect,
    Book,
    EvidenceGrade,
    Fact,
    Link,
    Node,
    NodeKind,
    Relation,
    Source,
)

_LOCK = 70_210_021


async def lock(conn: Connection) -> None:
    """One process puts the files in; the others wait and find it done."""
    await conn.execute("SELECT pg_advisory_xact_lock($1)", _LOCK)


async def edition(conn: Connection) -> str | None:
    found: str | None = await conn.fetchval("SELECT edition FROM beauty_import")
    return found


async def replace(conn: Connection, book: Book, new_edition: str) -> None:
    """Put the book in the place of what was shipped before. Rows that somebody edited stay."""
    await conn.execute("DELETE FROM beauty_facts WHERE NOT edited")
    await conn.execute("DELETE FROM beauty_relations WHERE NOT edited")
    await conn.execute("DELETE FROM beauty_nodes WHERE NOT edited")
    await _put_sources(conn, book.sources)
    await _put_nodes(conn, book.nodes)
    await _put_facts(conn, book.facts)
    await _put_relations(conn, book.relations)
    await conn.execute(
        "INSERT INTO beauty_import (id, edition) VALUES (1, $1) ON CONFLICT (id) DO UPDATE SET edition = $1",
        new_edition,
    )


async def load(conn: Connection) -> Book:
    sources = await conn.fetch("SELECT id, kind, title, publisher, year FROM beauty_sources ORDER BY id")
    nodes = await conn.fetch(
        "SELECT id, kind, name, inci, aliases, groups, what, step, status, source "
        "FROM beauty_nodes ORDER BY position, id"
    )
    facts = await conn.fetch(
        "SELECT subject, aspect, value, text, evidence, source FROM beauty_facts ORDER BY position, id"
    )
    relations = await conn.fetch(
        "SELECT first, link, second, reason, evidence, source FROM beauty_relations ORDER BY position, id"
    )
    return Book(
        sources=tuple(Source(*row) for row in sources),
        nodes=tuple(
            Node(
                **{
                    **row,
                    "kind": NodeKind(row["kind"]),
                    "aliases": tuple(row["aliases"]),
                    "groups": tuple(row["groups"]),
                }
            )
            for row in nodes
        ),
        facts=tuple(Fact(s, Aspect(a), v, t, EvidenceGrade(e), source) for s, a, v, t, e, source in facts),
        relations=tuple(Relation(f, Link(li), s, r, EvidenceGrade(e), source) for f, li, s, r, e, source in relations),
    )


async def _put_sources(conn: Connection, sources: Iterable[Source]) -> None:
    await conn.executemany(
        "INSERT INTO beauty_sources (id, kind, title, publisher, year) VALUES ($1, $2, $3, $4, $5) "
        "ON CONFLICT (id) DO UPDATE SET kind = $2, title = $3, publisher = $4, year = $5 "
        "WHERE NOT beauty_sources.edited",
        [(one.id, one.kind, one.title, one.publisher, one.year) for one in sources],
    )


async def _put_nodes(conn: Connection, nodes: Iterable[Node]) -> None:
    await conn.executemany(
        "INSERT INTO beauty_nodes (id, position, kind, name, inci, aliases, groups, what, step, status, source) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING",
        [
            (n.id, i, n.kind.value, n.name, n.inci, n.aliases, n.groups, n.what, n.step, n.status, n.source)
            for i, n in enumerate(nodes)
        ],
    )


async def _put_facts(conn: Connection, facts: Iterable[Fact]) -> None:
    await conn.executemany(
        "INSERT INTO beauty_facts (position, subject, aspect, value, text, evidence, source) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING",
        [(i, f.subject, f.aspect.value, f.value, f.text, f.evidence.value, f.source) for i, f in enumerate(facts)],
    )


async def _put_relations(conn: Connection, relations: Iterable[Relation]) -> None:
    await conn.executemany(
        "INSERT INTO beauty_relations (position, first, link, second, reason, evidence, source) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING",
        [(i, r.first, r.link.value, r.second, r.reason, r.evidence.value, r.source) for i, r in enumerate(relations)],
    )
