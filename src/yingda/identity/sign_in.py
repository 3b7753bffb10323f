"""Signing in and out, sessions, passwords."""

import hashlib
import hmac
from typing import Final
from uuid import UUID

import msgspec

from yingda.identity import throttle
from yingda.identity.errors import CredentialsInvalid, CurrentPasswordWrong, LinkInvalid, LoginRefused
from yingda.identity.events import SessionRevoked
from yingda.identity.passwords import hash_password, needs_rehash, verify_password
from yingda.identity.principal import Principal
from yingda.identity.repository import access
from yingda.identity.rules import (
    ACCOUNT_PATIENCE,
    ADDRESS_PATIENCE,
    LINK_LIFETIME,
    SESSION_LIFETIME,
    check_password,
    network_of,
    normalise_login,
)
from yingda.identity.schemas import Invitation, InvitedCard
from yingda.identity.tokens import new_token, token_hash
from yingda.infra.database import Connection, Database, Tx
from yingda.kit import clock
from yingda.kit.errors import NotFound

_USER_AGENT_CHARS: Final = 300


class Attempt(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody at the door: what they say, and from where. `device` is the cookie that a known device sends."""

    login: str
    password: str
    address: str
    user_agent: str
    device: str | None


class SignedIn(msgspec.Struct, frozen=True):
    """The session's token, and the cookie by which this device is known next time."""

    token: str
    device: str


async def sign_in(db: Database, attempt: Attempt, key: bytes) -> SignedIn:
    """Begin a session; raises `CredentialsInvalid` or `TooManyAttempts`. No connection is held while we hash."""
    login = _spelling(attempt.login)
    device = attempt.device if _is_known_device(attempt.device, login, key) else None
    address = throttle.bucket("address", network_of(attempt.address))
    own = throttle.bucket("device", device) if device else throttle.bucket("account", login)
    await throttle.count(db, {own: ACCOUNT_PATIENCE} | ({} if device else {address: ADDRESS_PATIENCE}))

    async with db.reading() as conn:
        account = await access.find_account(conn, login)
    stored = account.password_hash if account else None
    matches = await verify_password(stored, attempt.password)
    if not account or not stored or not matches or not account.active:
        raise CredentialsInvalid
    renewed = await hash_password(attempt.password) if needs_rehash(stored) else None

    token = new_token()
    async with db.transaction() as tx:
        await access.forget_attempts(tx.conn, own)
        if not device:
            await access.take_back_attempt(tx.conn, address, clock.now())
        if renewed:
            await access.set_password(tx.conn, account.id, renewed)
        await _begin_session(tx, account.id, token, attempt)
    return SignedIn(token, device or _new_device(login, key))


def _spelling(login: str) -> str:
    try:
        return normalise_login(login)
    except LoginRefused:
        return ""  # nobody's name, so that what cannot be a name takes the same way as a wrong one


async def _begin_session(tx: Tx, staff_id: UUID, token: str, attempt: Attempt) -> None:
    now = clock.now()
    begun = await access.add_session(
        tx.conn,
        staff_id=staff_id,
        token_hash=token_hash(token),
        user_agent=attempt.user_agent.replace("\0", "")[:_USER_AGENT_CHARS],
        address=attempt.address,
        now=now,
        expires_at=now + SESSION_LIFETIME,
    )
    if not begun:
        raise CredentialsInvalid


async def end_session(tx: Tx, staff_id: UUID, session_id: UUID) -> None:
    """Log out, or end one session from the list; raises `NotFound` if it is not theirs."""
    if not await access.delete_session(tx.conn, staff_id, session_id):
        raise NotFound
    await tx.publish(SessionRevoked(staff_id, session_id))


async def end_sessions(tx: Tx, staff_id: UUID, *, keep: UUID | None = None) -> None:
    """End all sessions of somebody, but `keep`."""
    for session_id in await access.delete_sessions(tx.conn, staff_id, keep):
        await tx.publish(SessionRevoked(staff_id, session_id))


async def change_password(db: Database, principal: Principal, current: str, new: str) -> None:
    """Replace one's own password and end all other sessions: they may be the reason for the change."""
    session_id = principal.require_session()
    guesses = throttle.bucket("password", str(principal.staff_id))
    await throttle.count(db, {guesses: ACCOUNT_PATIENCE})
    async with db.reading() as conn:
        account = await access.get_account(conn, principal.staff_id)
    if account is None or not await verify_password(account.password_hash, current):
        raise CurrentPasswordWrong
    check_password(new, account.login)
    hashed = await hash_password(new)
    async with db.transaction() as tx:
        await access.forget_attempts(tx.conn, guesses)
        await access.set_password(tx.conn, account.id, hashed)
        await end_sessions(tx, account.id, keep=session_id)


async def invite(tx: Tx, staff_id: UUID) -> Invitation:
    """A link with which its holder sets the password of `staff_id`, once. Also the way back from a forgotten one."""
    token, expires_at = new_token(), clock.now() + LINK_LIFETIME
    await access.replace_link(tx.conn, token_hash(token), staff_id, expires_at)
    return Invitation(token, expires_at)


async def read_invitation(conn: Connection, token: str) -> InvitedCard:
    """Whom `token` invites, before they choose a password; raises `LinkInvalid`."""
    card = await access.find_invitation(conn, token_hash(token), clock.now())
    if card is None:
        raise LinkInvalid
    return card


async def accept_invitation(tx: Tx, token: str, password: str) -> None:
    """Set the password that `token` allows to set; whoever was signed in with the old one no longer is."""
    staff_id = await access.use_invitation(tx.conn, token_hash(token), clock.now())
    account = staff_id and await access.get_account(tx.conn, staff_id)
    if not account:
        raise LinkInvalid
    check_password(password, account.login)
    await access.set_password(tx.conn, account.id, await hash_password(password))
    await access.forget_attempts(tx.conn, throttle.bucket("account", account.login))
    await end_sessions(tx, account.id)


def _new_device(login: str, key: bytes) -> str:
    nonce = new_token()
    return f"{nonce}.{_device_signature(nonce, login, key)}"


def _is_known_device(device: str | None, login: str, key: bytes) -> bool:
    nonce, _, signature = (device or "").partition(".")
    return hmac.compare_digest(signature.encode(), _device_signature(nonce, login, key).encode())


def _device_signature(nonce: str, login: str, key: bytes) -> str:
    return hmac.new(key, f"device:{login}:{nonce}".encode(), hashlib.sha256).hexdigest()
