"""A shop's mapping file: where its REST interface is, how to sign in, and how its words become ours."""

import os
from collections.abc import Iterable
from pathlib import Path
from string import Formatter
from typing import Annotated, Final, Literal, TypeAlias, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import jmespath
import jmespath.exceptions
import msgspec

from yingda.commerce.changes import Change, kind_of_type
from yingda.commerce.refusals import Refusal

#: What can be asked for, and what each may name in its path and query.
READS: Final = {
    "order": {"owner", "order_no"},
    "orders": {"owner", "limit"},
    "shipment": {"owner", "tracking_no"},
    "shipments": {"owner", "order_no"},
    "moved": {"since"},
    "product": {"product_id"},
    "products": {"text", "category", "limit"},
    "case": {"owner", "case_no"},
    "cases": {"owner", "order_no"},
    "refunds": {"owner", "order_no"},
    "invoice": {"owner", "order_no"},
    "coupons": {"owner"},
    "account": {"owner"},
    "stock": {"skus"},
}
#: What can be changed, and the fields of each; `remark` is the one that staff add.
WRITES: Final = {kind_of_type(one): set(one.__struct_fields__) for one in get_args(Change)} | {
    "remark": {"order_no", "text"}
}


#: What an error may mean besides a refusal.
OTHER_MEANINGS: Final = frozenset({"not_found", "down"})


class MappingUnreadable(Exception):
    """The file cannot be used; the text names the file and what is wrong in it."""


class _Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Base of the parts of a mapping: a misspelt word is an error."""


class Bearer(_Part, frozen=True, tag_field="kind", tag="bearer"):
    """`Authorization: Bearer …`; the secret is in the environment, never in the file."""

    secret_env: str


class HeaderKey(_Part, frozen=True, tag_field="kind", tag="header"):
    """The secret in a header of the shop's own."""

    secret_env: str
    header: str = "X-Api-Key"


class Signed(_Part, frozen=True, tag_field="kind", tag="hmac"):
    """HMAC-SHA256, in hex, over `text`, which may name {timestamp}, {method}, {target} (path and query) and {body}."""

    secret_env: str
    key_id: str = ""
    key_header: str = "X-Key"
    time_header: str = "X-Timestamp"
    header: str = "X-Signature"
    text: str = "{timestamp}.{method}.{target}.{body}"


Auth: TypeAlias = Bearer | HeaderKey | Signed


class Calls(_Part, frozen=True):
    """After `open_after` failures in a row the shop is left alone for `open_seconds`."""

    timeout_seconds: Annotated[float, msgspec.Meta(gt=0, le=60)] = 5.0
    attempts: Annotated[int, msgspec.Meta(ge=1, le=10)] = 3
    pause_seconds: Annotated[float, msgspec.Meta(ge=0, le=10)] = 0.1
    open_after: Annotated[int, msgspec.Meta(ge=1)] = 5
    open_seconds: Annotated[float, msgspec.Meta(gt=0)] = 30.0
    concurrency: Annotated[int, msgspec.Meta(ge=1, le=200)] = 20


class Memory(_Part, frozen=True):
    """`seconds`: an answer is not asked for again; `keep_hours`: it serves while the shop is down, with its age."""

    seconds: Annotated[float, msgspec.Meta(ge=0, le=30)] = 5.0
    keep_hours: Annotated[float, msgspec.Meta(ge=0)] = 24.0


class Page(_Part, frozen=True):
    """`next`: JMESPath of the cursor of the next page in the answer. Without it pages are numbered from `first`, until
    one has fewer than `size`."""

    param: str
    next: str | None = None
    first: int = 1
    size: Annotated[int, msgspec.Meta(ge=1, le=1000)] = 50
    size_param: str | None = None


class Read(_Part, frozen=True):
    """`items`: JMESPath of what is wanted in the answer. Path and query may name {owner}, {order_no} and so on."""

    path: str
    query: dict[str, str] = {}
    items: str = "@"
    page: Page | None = None


class Write(_Part, frozen=True):
    """`body`: fields of the request, each a JMESPath over the change, its `owner` and `key`; `receipt`: the same the
    other way, for `reference` and `amount_cents`."""

    path: str
    method: Literal["POST", "PUT", "PATCH", "DELETE"] = "POST"
    body: dict[str, str] = {}
    receipt: dict[str, str] = {}


class ErrorRule(_Part, frozen=True):
    """An answer with this `status` (any, if none is given) and, at the JMESPath `at`, this value: what it `means`, a
    refusal or one of `OTHER_MEANINGS`."""

    means: str
    status: int | None = None
    at: str | None = None
    equals: str | None = None


class Hook(_Part, frozen=True, kw_only=True):
    """How the shop's webhooks are signed and what is in them. `events`: the shop's word → ours."""

    secret_env: str
    previous_secret_env: str | None = None
    window_seconds: Annotated[int, msgspec.Meta(ge=10, le=3600)] = 300
    type: str = "type"
    events: dict[str, Literal["order_changed", "parcel_moved", "refund_changed"]]
    fields: dict[str, str] = {}


class Mapping(_Part, frozen=True):
    """One shop. `fields` and `states` are by the name of our struct or enumeration; what is not named is taken as is.

    `words`: by field of a change, our word → the shop's.
    """

    code: Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$")]
    name: str
    base_url: Annotated[str, msgspec.Meta(pattern=r"^https?://")]
    auth: Auth | None = None
    policies: str | None = None
    money: Literal["cents", "yuan"] = "cents"
    time: Literal["iso", "seconds", "milliseconds"] = "iso"
    zone: str = "Asia/Shanghai"
    key_header: str = "Idempotency-Key"
    calls: Calls = Calls()
    memory: Memory = Memory()
    fields: dict[str, dict[str, str]] = {}
    states: dict[str, dict[str, str]] = {}
    words: dict[str, dict[str, str]] = {}
    reads: dict[str, Read] = {}
    writes: dict[str, Write] = {}
    errors: tuple[ErrorRule, ...] = ()
    hook: Hook | None = None


def read_mapping(path: Path) -> Mapping:
    """Raises `MappingUnreadable`; all JMESPaths are tried, so that none fails in front of a customer."""
    try:
        mapping = msgspec.toml.decode(path.read_bytes(), type=Mapping)
        _check(mapping)
    except (OSError, ValueError, msgspec.DecodeError, jmespath.exceptions.JMESPathError) as error:
        raise MappingUnreadable(f"{path}: {error}") from None
    return mapping


def secret(name: str) -> bytes:
    """The secret that the environment holds under `name`. Raises `MappingUnreadable`."""
    value = os.environ.get(name)
    if not value:
        raise MappingUnreadable(f"the environment has no {name}")
    return value.encode()


def _check(mapping: Mapping) -> None:
    for given, known in ((mapping.reads, READS), (mapping.writes, WRITES)):
        if unknown := set(given) - set(known):
            raise ValueError(f"unknown operation {min(unknown)}; there are {', '.join(known)}")
    for name, read in mapping.reads.items():
        _check_names(name, (read.path, *read.query.values()), READS[name])
    for name, write in mapping.writes.items():
        _check_names(name, (write.path,), WRITES[name] | {"owner", "key"})
    for rule in mapping.errors:
        if rule.means not in OTHER_MEANINGS | set(Refusal):
            raise ValueError(f"an error cannot mean {rule.means}, but {', '.join(sorted(OTHER_MEANINGS))} or a refusal")
    for path in _paths(mapping):
        jmespath.compile(path)
    try:
        ZoneInfo(mapping.zone)
    except (ZoneInfoNotFoundError, ValueError):
        raise ValueError(f"unknown time zone {mapping.zone}") from None
    if mapping.writes and not mapping.policies:
        raise ValueError("a shop in which things are changed needs `policies`")


def _check_names(operation: str, texts: Iterable[str], known: set[str]) -> None:
    for text in texts:
        if unknown := names_in(text) - known:
            raise ValueError(f"{operation}: there is no {{{min(unknown)}}}, but {', '.join(sorted(known))}")


def names_in(text: str) -> set[str]:
    """The {names} in a path or a value of a query."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def _paths(mapping: Mapping) -> list[str]:
    paths = [path for fields in mapping.fields.values() for path in fields.values()]
    paths += [read.items for read in mapping.reads.values()]
    paths += [read.page.next for read in mapping.reads.values() if read.page and read.page.next]
    for write in mapping.writes.values():
        paths += [*write.body.values(), *write.receipt.values()]
    paths += [rule.at for rule in mapping.errors if rule.at]
    if mapping.hook:
        paths += [mapping.hook.type, *mapping.hook.fields.values()]
    return paths
