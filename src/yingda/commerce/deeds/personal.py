"""What is kept of what was done for a customer. That it was done, and for how much, stays: books must add up."""

from typing import Any

from yingda.commerce.deeds import repository
from yingda.infra.database import Connection, Tx
from yingda.privacy import Holding, Subject

_SHOP = "shop:"


def _accounts(subject: Subject) -> list[tuple[str, str]]:
    """Shop, and the customer's number there."""
    return [(channel.removeprefix(_SHOP), owner) for channel, owner in subject.identities if channel.startswith(_SHOP)]


async def _export(conn: Connection, subject: Subject) -> Any:
    return [deed for shop, owner in _accounts(subject) for deed in await repository.told_of(conn, shop, owner)]


async def _erase(tx: Tx, subject: Subject) -> int:
    return sum([await repository.strip(tx.conn, shop, owner) for shop, owner in _accounts(subject)])


PERSONAL = Holding("deeds", _export, _erase)
