"""Where a webhook may go, how it is signed, and when it is tried again."""

import random
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime, timedelta
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any
from urllib.parse import SplitResult, urlsplit
from uuid import UUID

from yingda.kit.errors import Invalid
from yingda.kit.signing import signature
from yingda.privacy import Subject

#: Pauses before the second try, the third and so on: about a day in all.
_PAUSES = (10, 60, 300, 1800, 7200, 21600, 43200)
#: IPv6 addresses in which an IPv4 address hides that the network would translate.
_TRANSLATED = (
    ip_network("64:ff9b::/96"),
    ip_network("64:ff9b:1::/48"),
    ip_network("2002::/16"),
    ip_network("2001::/32"),
)


class AddressRefused(Invalid):
    code = "webhook_address_refused"
    zh = "接收地址写得不对，请检查。"
    en = "This address is not written correctly."


class AddressUnsafe(AddressRefused):
    zh = "接收地址要以 https:// 开头。"
    en = "The address must begin with https://."


class AddressPrivate(AddressRefused):
    zh = "不能发往内网地址 {host}。"
    en = "Nothing is sent to {host}, which is an address of a private network."


def check_url(url: str, *, private: bool) -> SplitResult:
    """The parts of an address to which we would send. Raises `AddressRefused`."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise AddressRefused from None
    if parts.scheme not in (("https", "http") if private else ("https",)):
        raise AddressUnsafe
    if not parts.hostname or parts.username or parts.password or parts.fragment or port == 0:
        raise AddressRefused
    if not url.isascii() or any(character.isspace() or not character.isprintable() for character in url):
        raise AddressRefused
    try:
        literal = ip_address(parts.hostname)
    except ValueError:
        return parts
    if not private and not is_public(literal):
        raise AddressPrivate(host=parts.hostname)
    return parts


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Whether it is out on the internet: not this machine, not a network of ours, not where clouds keep credentials."""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            return is_public(address.ipv4_mapped)
        if any(address in network for network in _TRANSLATED):
            return False
    return address.is_global and not address.is_multicast


def signatures(secrets: Sequence[str], timestamp: str, body: bytes) -> str:
    """One signature for each secret, separated by commas: the receiver accepts whichever it knows."""
    return ",".join(signature(one.encode(), timestamp, body) for one in secrets)


def telling_of(subject: Subject, conversation_ids: Collection[UUID]) -> Callable[[Mapping[str, Any]], bool]:
    """Asks of what is told whether it names this customer, one of their conversations, or their account in a shop."""
    customers = {str(one) for one in subject.customer_ids}
    conversations = {str(one) for one in conversation_ids}
    accounts = set(zip(*subject.accounts, strict=True))

    def tells(data: Mapping[str, Any]) -> bool:
        return (
            data.get("customer_id") in customers
            or data.get("conversation_id") in conversations
            or (data.get("shop"), data.get("owner")) in accounts
        )

    return tells


def next_try(attempts: int, now: datetime) -> datetime | None:
    """When to try again after so many attempts, not all at one moment; None: never."""
    if attempts > len(_PAUSES):
        return None
    return now + timedelta(seconds=_PAUSES[attempts - 1] * random.uniform(0.9, 1.2))
