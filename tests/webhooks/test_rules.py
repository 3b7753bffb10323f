import hashlib
import hmac
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from uuid import UUID

import pytest

from yingda.privacy import Subject
from yingda.webhooks.rules import AddressRefused, check_url, is_public, next_try, signatures, telling_of
from yingda.webhooks.schemas import EventType

ADDRESSES = {
    "1.1.1.1": True,
    "2606:4700::1111": True,
    "127.0.0.1": False,
    "10.1.2.3": False,
    "172.16.0.1": False,
    "192.168.1.1": False,
    "169.254.169.254": False,
    "100.64.0.1": False,
    "0.0.0.0": False,
    "255.255.255.255": False,
    "224.0.0.1": False,
    "::1": False,
    "::": False,
    "fe80::1": False,
    "fd00::1": False,
    "ff0e::1": False,
    "::ffff:127.0.0.1": False,
    "::ffff:1.1.1.1": True,
    "64:ff9b::7f00:1": False,
    "2002:7f00:1::": False,
}


@pytest.mark.parametrize(("address", "public"), ADDRESSES.items())
def test_only_the_internet_is_public(address: str, public: bool) -> None:
    assert is_public(ip_address(address)) is public


ONE, OTHER, TALK = UUID(int=1), UUID(int=2), UUID(int=3)
ANNOUNCED = [
    ({"customer_id": str(ONE), "conversation_id": str(OTHER)}, True),
    ({"customer_id": None, "conversation_id": str(TALK)}, True),
    ({"shop": "liuli", "owner": "u-1", "order_no": "LM1"}, True),
    ({"shop": "other", "owner": "u-1"}, False),
    ({"shop": "liuli", "owner": "u-2", "conversation_id": None}, False),
    ({"customer_id": str(OTHER), "shop": "liuli"}, False),
    ({"webhook_id": str(ONE)}, False),
]


@pytest.mark.parametrize(("data", "told"), ANNOUNCED)
def test_whom_an_announcement_tells_of(data: dict[str, object], told: bool) -> None:
    subject = Subject(ONE, (ONE,), (("shop:liuli", "u-1"), ("web", "u-2")))
    assert telling_of(subject, [TALK])(data) is told


URLS = {
    "https://crm.example/hook?a=1": (True, True),
    "https://crm.example:8443/hook": (True, True),
    "https://1.1.1.1/hook": (True, True),
    "http://crm.example/hook": (False, True),
    "https://127.0.0.1/hook": (False, True),
    "https://[::1]/hook": (False, True),
    "https://user:password@crm.example/": (False, False),
    "https://crm.example/#part": (False, False),
    "https://crm.example:99999/": (False, False),
    "https://crm.example:0/": (False, False),
    "https://crm.example/a b": (False, False),
    "https://crm.example/\r\nHost: x": (False, False),
    "https:///hook": (False, False),
    "https://[::1/hook": (False, False),
    "ftp://crm.example/hook": (False, False),
    "file:///etc/passwd": (False, False),
}


@pytest.mark.parametrize(("url", "allowed"), URLS.items())
def test_where_a_webhook_may_go(url: str, allowed: tuple[bool, bool]) -> None:
    for private, good in zip((False, True), allowed, strict=True):
        if good:
            assert check_url(url, private=private).hostname
        else:
            with pytest.raises(AddressRefused):
                check_url(url, private=private)


def test_each_secret_signs() -> None:
    one, two = signatures(["new", "old"], "17", b"{}").split(",")
    assert one == f"sha256={hmac.new(b'new', b'17.{}', hashlib.sha256).hexdigest()}"
    assert two == f"sha256={hmac.new(b'old', b'17.{}', hashlib.sha256).hexdigest()}"


def test_pauses_grow_for_about_a_day() -> None:
    now = datetime(2026, 11, 25, tzinfo=UTC)
    tries = []
    while (following := next_try(len(tries) + 1, now)) is not None:
        tries.append(following - now)
    assert tries == sorted(tries)
    assert len(tries) == 7
    assert timedelta(hours=16) < sum(tries, timedelta()) < timedelta(hours=30)


def test_the_guide_names_every_event() -> None:
    guide = Path("docs/guide/connect-a-shop.md").read_text()
    assert [one for one in EventType if f"`{one}`" not in guide] == [EventType.PING]
