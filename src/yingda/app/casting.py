"""The demo's fresh customers: made for whoever plays one, and what the shop knows of them afterwards.

Only where `demo` is set. Everybody may be one of the demo's invented customers; what is known of one is told to who
can prove to be them, as in a chat.
"""

import hmac
from typing import Annotated, TypeAlias

import msgspec
from litestar import Request, get, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import JSONBody, PathParameter, QueryParameter
from litestar.status_codes import HTTP_201_CREATED

from yingda.channels.web import ANYBODY, WebLimits, identity_signature, shop_of
from yingda.commerce import SHOP_CODE, CustomerRecords, DeedSeen, cast_customer, customer_records, deeds_of
from yingda.infra.given import Config, Db
from yingda.infra.http import client_address
from yingda.kit.clock import now
from yingda.kit.errors import NotFound
from yingda.kit.ids import new_id

GivenLimits: TypeAlias = NamedDependency[WebLimits]
Condition = Annotated[str, msgspec.Meta(max_length=60)]


class Casting(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the customer must be like. The same `seed` gives the same orders on the same day."""

    given: Annotated[list[Condition], msgspec.Meta(max_length=12)] = []
    seed: Annotated[str, msgspec.Meta(max_length=200)] | None = None


class CastCustomer(msgspec.Struct, frozen=True):
    """Who it is, as `identity` of a chat wants it."""

    user_id: str
    name: str
    signature: str


class KnownCustomer(msgspec.Struct, frozen=True):
    """What the shop has of a customer, and what was changed for them, in order."""

    records: CustomerRecords
    deeds: list[DeedSeen]


@post(
    "/api/v1/demo/customers",
    tags=["demo"],
    security=ANYBODY,
    status_code=HTTP_201_CREATED,
    summary="An invented customer in a wanted situation",
)
async def cast(
    request: Request[object, object, State], db: Db, settings: Config, web_limits: GivenLimits, data: JSONBody[Casting]
) -> CastCustomer:
    web_limits.sessions.take(client_address(request, settings.trusted_proxies))
    async with db.transaction() as tx:
        inbox = await shop_of(tx.conn, SHOP_CODE)
        who = await cast_customer(tx, data.given, data.seed or new_id().hex, now())
    return CastCustomer(who.user_id, who.name, identity_signature(inbox.identity_secret, who.user_id))


@get("/api/v1/demo/customers/{user_id:str}", tags=["demo"], security=ANYBODY, summary="What the demo shop has of one")
async def records(
    db: Db,
    user_id: Annotated[str, PathParameter(max_length=40)],
    signature: Annotated[str, QueryParameter(max_length=128)],
) -> KnownCustomer:
    """Orders, parcels, cases, money, and everything that was changed for them."""
    async with db.reading() as conn:
        inbox = await shop_of(conn, SHOP_CODE)
        if not hmac.compare_digest(identity_signature(inbox.identity_secret, user_id).encode(), signature.encode()):
            raise NotFound
        return KnownCustomer(await customer_records(conn, user_id), await deeds_of(conn, SHOP_CODE, user_id))


routers = [cast, records]
