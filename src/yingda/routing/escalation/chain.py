"""The chain in force, and putting another one in its place."""

import tomllib
from functools import cache

import msgspec

from yingda.identity import Principal, departments
from yingda.infra.database import Connection, Tx
from yingda.kit.clock import now
from yingda.kit.errors import NotFound
from yingda.kit.paths import data_dir
from yingda.privacy import AuditObject, audit
from yingda.routing.escalation import repository, rules
from yingda.routing.escalation.schemas import Chain, PublishChain, PublishedChain


class DepartmentUnknown(NotFound):
    code = "department_unknown"
    zh = "没有部门“{name}”。"
    en = "There is no department “{name}”."


@cache
def shipped() -> PublishedChain:
    """What serves until somebody publishes a chain of their own."""
    path = data_dir() / "routing" / "escalation.toml"
    return PublishedChain(
        version=0, chain=msgspec.convert(tomllib.loads(path.read_text("utf-8")), Chain), reason="出厂设置"
    )


async def in_force(conn: Connection) -> PublishedChain:
    return await repository.chain(conn) or shipped()


async def publish(tx: Tx, principal: Principal, wanted: PublishChain) -> PublishedChain:
    """Raises `ChainBroken`, `DepartmentUnknown`, and `ChainChanged` if somebody was quicker."""
    rules.check(wanted.chain)
    known = {department.code for department in await departments(tx.conn)}
    for step in wanted.chain.steps:
        if step.department and step.department not in known:
            raise DepartmentUnknown(name=step.department)
    former = await in_force(tx.conn)
    published = PublishedChain(
        version=wanted.base_version + 1,
        chain=wanted.chain,
        reason=wanted.reason,
        by_name=principal.display_name,
        at=now(),
    )
    fresh = former.version == wanted.base_version and await repository.add_chain(tx.conn, published, principal.staff_id)
    if not fresh:
        latest = await in_force(tx.conn)
        raise rules.ChainChanged(name=latest.by_name or "")
    await audit(
        tx,
        principal,
        "escalation.publish",
        AuditObject("escalation_chain", str(published.version)),
        reason=wanted.reason,
        before=msgspec.to_builtins(former.chain),
        after=msgspec.to_builtins(published.chain),
    )
    return published
