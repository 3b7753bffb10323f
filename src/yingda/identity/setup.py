"""The first minutes of a deployment: built-in roles, the first administrator."""

from typing import Literal
from uuid import UUID

import msgspec

from yingda.identity.colleagues import principals_of
from yingda.identity.errors import LinkInvalid, LoginTaken
from yingda.identity.events import AccessChange, AccessChanged
from yingda.identity.passwords import hash_password
from yingda.identity.permissions import ADMINISTRATOR, BUILTIN_ROLES
from yingda.identity.repository import access, people, roles
from yingda.identity.rules import LINK_LIFETIME, check_password, normalise_login
from yingda.identity.schemas import RoleGrant
from yingda.identity.tokens import new_token, token_hash
from yingda.infra.database import Tx
from yingda.kit import clock


async def ensure_builtin_roles(tx: Tx) -> None:
    """Bring the five built-in roles to what this version means by them. Call it at every start."""
    await roles.save_builtin_roles(tx.conn, BUILTIN_ROLES)


async def needs_setup(tx: Tx) -> bool:
    """Whether nobody is there yet who could administer."""
    return not await roles.has_administrator(tx.conn)


async def create_setup_link(tx: Tx) -> str:
    """The token of a link that makes the first administrator: works once, for a day; any earlier one is void."""
    token = new_token()
    await access.replace_link(tx.conn, token_hash(token), None, clock.now() + LINK_LIFETIME)
    return token


async def create_administrator(
    tx: Tx, login: str, display_name: str, password: str, *, via: Literal["command", "setup"] = "command"
) -> UUID:
    """A new administrator, on record as their own doing; raises `LoginRefused`, `LoginTaken` or `PasswordRefused`."""
    login = normalise_login(login)
    check_password(password, login)
    await ensure_builtin_roles(tx)
    staff_id = await people.add_staff(
        tx.conn, login=login, display_name=display_name.strip(), locale="zh", now=clock.now()
    )
    if staff_id is None:
        raise LoginTaken
    await access.set_password(tx.conn, staff_id, await hash_password(password))
    granted = [RoleGrant(role=ADMINISTRATOR)]
    await people.set_roles(tx.conn, staff_id, granted)
    (made,) = await principals_of(tx.conn, [staff_id])
    await tx.publish(
        AccessChanged(
            by=msgspec.structs.replace(made, via=via),
            change=AccessChange.STAFF_ADMINISTRATOR_MADE,
            object_id=staff_id,
            after={"roles": msgspec.to_builtins(granted)},
        )
    )
    return staff_id


async def set_up(tx: Tx, token: str, login: str, display_name: str, password: str) -> UUID:
    """Make the first administrator of whoever holds the link; never a second one."""
    if not await access.use_setup_link(tx.conn, token_hash(token), clock.now()) or not await needs_setup(tx):
        raise LinkInvalid
    return await create_administrator(tx, login, display_name, password, via="setup")
