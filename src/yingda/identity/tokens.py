"""Secrets that are random enough to need no slow hash, and what is kept of them."""

import hashlib
import secrets


def new_token() -> str:
    """256 random bits, safe in a URL and a cookie."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> bytes:
    """What the database keeps of a random token."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()


def csrf_token(session_token: str) -> str:
    """The token that goes with a session: nobody can know it who cannot read the cookie, and it needs no column."""
    return hashlib.sha256(b"csrf:" + session_token.encode("utf-8", "surrogatepass")).hexdigest()
