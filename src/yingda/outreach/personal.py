"""What is kept of what a customer was told unasked."""

from typing import Any

from yingda.infra.database import Connection, Tx
from yingda.outreach.repository import findings
from yingda.privacy import Holding, Subject

_SHOP = "shop:"


async def _export(conn: Connection, subject: Subject) -> Any:
    return await findings.told_of(conn, *_accounts(subject))


async def _erase(tx: Tx, subject: Subject) -> int:
    return await findings.forget(tx.conn, *_accounts(subject))


def _accounts(subject: Subject) -> tuple[list[str], list[str]]:
    """Shops, and the customer's number in each."""
    found = [(kind.removeprefix(_SHOP), number) for kind, number in subject.identities if kind.startswith(_SHOP)]
    return [shop for shop, _ in found], [number for _, number in found]


PERSONAL = Holding("outreach", _export, _erase)
