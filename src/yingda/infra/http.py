"""What a request tells about where it comes from. Never believe a header that no trusted proxy has written."""

from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from litestar.connection import ASGIConnection

Connection = ASGIConnection[Any, Any, Any, Any]


def client_address(connection: Connection, trusted_proxies: int) -> str:
    """The caller's network address, as seen by the outermost of `trusted_proxies` reverse proxies.

    Each proxy appends the address it was called from to X-Forwarded-For, so only the last `trusted_proxies` entries
    are theirs; whatever stands before them was written by the caller.
    """
    peer = connection.client.host if connection.client else "unknown"
    if not trusted_proxies:
        return peer
    forwarded = ",".join(connection.headers.getall("x-forwarded-for", []))
    chain = [part.strip() for part in forwarded.split(",") if part.strip()]
    if not chain:
        return peer
    return _plain_address(chain[-min(trusted_proxies, len(chain))]) or peer


def is_cross_site(connection: Connection, public_url: str | None = None) -> bool:
    """Whether a browser says that a page of another site sent this. Callers other than browsers say nothing."""
    site = connection.headers.get("sec-fetch-site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = connection.headers.get("origin")
    return origin is not None and not is_own_origin(origin, connection, public_url)


def is_own_origin(origin: str, connection: Connection, public_url: str | None = None) -> bool:
    """Whether `origin` is the host that was called, or the address under which browsers reach the service."""
    own = {connection.headers.get("host", "").lower()}
    if public_url:
        own.add(urlsplit(public_url).netloc.lower())
    return urlsplit(origin).netloc.lower() in own - {""}


def _plain_address(text: str) -> str | None:
    """The address in `text` without port, or None for anything that is no address."""
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        return str(ip_address(text))
    except ValueError:
        return None
