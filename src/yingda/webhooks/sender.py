"""Sends one delivery to the address it is for, and nowhere else.

The host's name is resolved once, all its addresses are looked at, and one of them is connected to: a name that points
elsewhere a moment later leads nobody into our network. Redirects are not followed.
"""

import asyncio
import ssl
import time
from collections.abc import Awaitable, Callable
from ipaddress import ip_address

import httpx

from yingda.kit.clock import now
from yingda.webhooks.rules import AddressRefused, check_url, is_public, signatures
from yingda.webhooks.schemas import Attempt, Target

_SECONDS = 10.0
_AGENT = "Yingda-Webhook/1"

Resolve = Callable[[str, int], Awaitable[list[str]]]


class _Refused(Exception):
    """The name leads to where nothing is sent."""


async def resolve(host: str, port: int) -> list[str]:
    """The addresses of `host`. Raises `OSError`."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=1)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


class Sender:
    """`private`: addresses of one's own network are allowed too, and plain http."""

    def __init__(self, *, private: bool, resolve: Resolve = resolve) -> None:
        self._private = private
        self._resolve = resolve
        self._http = httpx.AsyncClient(timeout=_SECONDS, follow_redirects=False, trust_env=False)

    async def close(self) -> None:
        await self._http.aclose()

    async def send(self, target: Target) -> Attempt:
        """Try once; what goes wrong is told, never raised."""
        began = time.perf_counter()
        status, problem = None, None
        try:
            async with asyncio.timeout(_SECONDS):
                status = await self._post(target)
        except (AddressRefused, _Refused):
            problem = "address_refused"
        except TimeoutError:
            problem = "timeout"
        except httpx.TimeoutException:
            problem = "timeout"
        except (OSError, ssl.SSLError, httpx.HTTPError, httpx.InvalidURL, UnicodeError):
            problem = "not_reached"
        return Attempt(status, problem, round((time.perf_counter() - began) * 1000))

    async def _post(self, target: Target) -> int:
        parts = check_url(target.url, private=self._private)
        host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
        address = await self._address(host, port)
        url = httpx.URL(target.url)
        stamp, body = str(int(now().timestamp())), target.delivery.body.encode()
        request = self._http.build_request(
            "POST",
            url.copy_with(host=address),
            content=body,
            headers={
                "Host": url.netloc.decode(),
                "Content-Type": "application/json",
                "User-Agent": _AGENT,
                "X-Yingda-Event": target.delivery.event_type,
                "X-Yingda-Delivery": str(target.delivery.redelivery_of or target.delivery.id),
                "X-Yingda-Timestamp": stamp,
                "X-Yingda-Signature": signatures(target.secrets, stamp, body),
            },
            extensions={"sni_hostname": host},
        )
        response = await self._http.send(request, stream=True)
        await response.aclose()  # the body is not ours to read, however long it is
        return response.status_code

    async def _address(self, host: str, port: int) -> str:
        addresses = await self._resolve(host, port)
        if not addresses:
            raise OSError
        if not self._private and not all(is_public(ip_address(one.partition("%")[0])) for one in addresses):
            raise _Refused
        return addresses[0]
