"""The web channel: sessions of visitors and known customers, and what they send."""

import hmac
from typing import Any, TypeVar

import msgspec

from yingda.channels.web import tokens
from yingda.channels.web.audience import for_customer
from yingda.channels.web.repository import WebInbox
from yingda.channels.web.schemas import (
    Locale,
    OpenSession,
    Person,
    RateAnswer,
    SendMessage,
    Session,
    SessionConversation,
    SessionCustomer,
    SessionLimits,
    Shop,
    SignedIdentity,
)
from yingda.channels.web.shops import shop_of
from yingda.channels.web.tokens import Visitor, VisitorTokenInvalid, identity_signature
from yingda.commerce import Store
from yingda.conversations import (
    AuthorKind,
    Content,
    Conversation,
    ConversationNotFound,
    ImageContent,
    Incoming,
    Kind,
    Message,
    OrderCard,
    ProductCard,
    Received,
    TextContent,
    attachment_content,
    current,
    move_to_customer,
    order_card,
    place_of,
    rate,
    receive,
    thread,
)
from yingda.customers import Customer, CustomerNotFound, Outcome, external_id_of, identify, resolve_visitor
from yingda.customers import SignedIdentity as ChannelIdentity
from yingda.customers import get as get_customer
from yingda.infra.database import Connection, Tx
from yingda.infra.files import FileStore
from yingda.infra.settings import Settings
from yingda.kit.clock import now
from yingda.kit.errors import Invalid, NotFound, Unauthenticated
from yingda.kit.ids import new_id

T = TypeVar("T")

CHANNEL = "web"
FIRST_MESSAGES = 50
RECENT_ORDERS = 10

#: Control characters that no text needs; PostgreSQL cannot even store the first.
_CONTROL = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 127])


class IdentitySignatureInvalid(Unauthenticated):
    code = "identity_signature_invalid"
    zh = "身份签名不正确，请检查签名所用的密钥。"
    en = "The identity signature is wrong. Check the secret it was made with."


class MessageEmpty(Invalid):
    code = "message_empty"
    zh = "消息内容不能为空。"
    en = "The message is empty."


class TextTooLong(Invalid):
    code = "text_too_long"
    zh = "消息太长了，最多 {limit} 个字。"
    en = "The message is too long: {limit} characters at most."


class ContentInvalid(Invalid):
    code = "content_invalid"
    zh = "消息内容与类型不符：{reason}"
    en = "The content does not fit the kind of message: {reason}"


def shop_shown(inbox: WebInbox, locale: Locale) -> Shop:
    greeting = inbox.greeting_zh if locale == "zh" else inbox.greeting_en
    return Shop(inbox.shop, inbox.name, greeting, inbox.demo)


async def open_session(tx: Tx, wanted: OpenSession, files: FileStore, settings: Settings) -> Session:
    """Begin or go on; a token that is no good any more begins anew, a wrong signature is refused."""
    inbox = await shop_of(tx.conn, wanted.shop)
    customer = await _customer_of(tx, wanted, settings.signing_key)
    if wanted.identity:
        customer = await _identify(tx, customer, inbox, wanted.identity)
    identified = await external_id_of(tx.conn, customer.id, shop_channel(inbox.shop)) is not None
    head = await current(tx.conn, customer.id, inbox.shop)
    latest = await thread(tx.conn, head.id, None, None, FIRST_MESSAGES, with_notes=False) if head else None
    messages = latest.messages if latest else []
    return Session(
        token=tokens.issue(settings.signing_key, customer.id, inbox.shop, identified=identified, now=now()),
        customer=SessionCustomer(customer.display_name, identified),
        shop=shop_shown(inbox, wanted.locale),
        conversation=_conversation_shown(head) if head else None,
        messages=[for_customer(message, files) for message in messages],
        has_more=bool(latest and latest.has_more),
        unread=sum(_is_unread(message, head) for message in messages) if head else 0,
        limits=SessionLimits(settings.text_chars, settings.upload_bytes),
    )


def _conversation_shown(head: Conversation) -> SessionConversation:
    return SessionConversation(
        id=head.id,
        state=head.state,
        last_seq=head.last_seq,
        read_seq=head.customer_read_seq,
        peer_read_seq=read_by_service(head),
        assignee=Person(head.assignee_name) if head.assignee_name else None,
    )


def read_by_service(head: Conversation) -> int:
    """How far the service side has read: the assistant reads what it answers, people say how far they are."""
    return max(head.answered_seq, head.staff_read_seq)


def _is_unread(message: Message, head: Conversation) -> bool:
    from_people = message.author.kind in (AuthorKind.ASSISTANT, AuthorKind.STAFF)
    return from_people and message.seq > head.customer_read_seq


async def _customer_of(tx: Tx, wanted: OpenSession, key: bytes) -> Customer:
    if wanted.token:
        try:
            visitor = tokens.verify(key, wanted.token, now())
            if visitor.shop == wanted.shop:
                return await get_customer(tx.conn, visitor.customer_id)
        except (VisitorTokenInvalid, CustomerNotFound):
            pass
    return await resolve_visitor(tx, CHANNEL, str(new_id()), wanted.locale)


async def _identify(tx: Tx, customer: Customer, inbox: WebInbox, claimed: SignedIdentity) -> Customer:
    signature = identity_signature(inbox.identity_secret, claimed.user_id)
    if not hmac.compare_digest(signature.encode(), claimed.signature.lower().encode()):
        raise IdentitySignatureInvalid
    identity = ChannelIdentity(
        shop_channel(inbox.shop),
        claimed.user_id,
        {"by": "signature", "channel": CHANNEL},
        display_name=claimed.name and clean(claimed.name),
        demo=inbox.demo,
    )
    known = await identify(tx, customer.id, identity)
    if known.outcome is Outcome.ADOPTED:
        await move_to_customer(tx, customer.id, known.customer.id, inbox.shop)
    return known.customer


async def send(tx: Tx, visitor: Visitor, sent: SendMessage, stores: dict[str, Store], text_chars: int) -> Received:
    """Store what a customer sent. Raises `MessageEmpty`, `TextTooLong`, `ContentInvalid` and what look-ups raise."""
    kind = Kind(sent.kind)
    return await receive(
        tx,
        Incoming(
            customer_id=visitor.customer_id,
            shop=visitor.shop,
            channel=CHANNEL,
            external_id=f"{visitor.customer_id}:{sent.client_id}",
            kind=kind,
            content=await _content(tx, visitor, kind, sent.content, stores, text_chars),
        ),
    )


async def _content(
    tx: Tx, visitor: Visitor, kind: Kind, raw: dict[str, Any], stores: dict[str, Store], text_chars: int
) -> Content:
    match kind:
        case Kind.TEXT:
            return _text(_read(raw, TextContent).text, text_chars)
        case Kind.PRODUCT_CARD:
            return _read(raw, _SentProduct).card()
        case Kind.ORDER_CARD:
            return await _own_order(tx.conn, visitor, _read(raw, _SentOrder).order_no, stores)
        case _:
            return await _own_file(tx.conn, visitor, kind, _read(raw, _SentFile).file_id)


async def rate_answer(tx: Tx, visitor: Visitor, rated: RateAnswer) -> None:
    """In one's own conversations only. Raises `ConversationNotFound`, and what `conversations.rate` raises."""
    place = await place_of(tx.conn, rated.conversation_id)
    if (place.customer_id, place.shop) != (visitor.customer_id, visitor.shop):
        raise ConversationNotFound
    await rate(tx, place, rated.seq, rated.verdict)


class _SentFile(msgspec.Struct, frozen=True):
    file_id: str


class _SentOrder(msgspec.Struct, frozen=True):
    order_no: str


class _SentProduct(ProductCard, frozen=True):
    """A product card as the shop's page made it: shortened, and only links that a browser may follow."""

    def card(self) -> ProductCard:
        return ProductCard(
            product_id=clean(self.product_id)[:100],
            title=clean(self.title)[:200],
            price=clean(self.price)[:40],
            image_url=_web_link(self.image_url),
            url=_web_link(self.url),
        )


def _web_link(url: str | None) -> str | None:
    allowed = url is not None and len(url) <= 2000 and url.startswith(("https://", "http://", "/"))
    return clean(url) if url and allowed else None


def _text(text: str, limit: int) -> TextContent:
    cleaned = clean(text).strip()
    if not cleaned:
        raise MessageEmpty
    if len(cleaned) > limit:
        raise TextTooLong(limit=limit)
    return TextContent(cleaned)


def _read(raw: dict[str, Any], type_: type[T]) -> T:
    try:
        return msgspec.convert(raw, type_)
    except msgspec.ValidationError as error:
        raise ContentInvalid(reason=str(error)) from None


async def _own_file(conn: Connection, visitor: Visitor, kind: Kind, file_id: str) -> Content:
    content = await attachment_content(conn, file_id, visitor.customer_id)
    if (kind is Kind.IMAGE) is not isinstance(content, ImageContent):
        raise ContentInvalid(reason=content.media_type)
    return content


async def _own_order(conn: Connection, visitor: Visitor, order_no: str, stores: dict[str, Store]) -> OrderCard:
    store = stores.get(visitor.shop)
    owner = await external_id_of(conn, visitor.customer_id, shop_channel(visitor.shop))
    if store is None or owner is None:
        raise ContentInvalid(reason="order_no")
    order = await store.orders.get(owner, clean(order_no))
    parcels = await store.shipments.of_order(owner, order.order_no)
    return order_card(order, parcels[0] if parcels else None)


async def orders_of(conn: Connection, visitor: Visitor, stores: dict[str, Store]) -> list[OrderCard]:
    """The customer's latest orders, to choose from; none for somebody the shop has not vouched for."""
    store = stores.get(visitor.shop)
    owner = await external_id_of(conn, visitor.customer_id, shop_channel(visitor.shop)) if store else None
    if store is None or owner is None:
        return []
    return [order_card(order, None) for order in await store.orders.recent(owner, RECENT_ORDERS)]


def shop_channel(shop: str) -> str:
    """The channel under which a shop's own customer ids are kept."""
    return f"shop:{shop}"


def clean(text: str) -> str:
    """`text` without control characters."""
    return text.translate(_CONTROL)
