"""All SQL of the demo store. What is somebody else's is not found here, by the `WHERE`."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, TypeVar

import msgspec

from yingda.commerce.demo.generator import DemoData, Shopper
from yingda.commerce.schemas import Coupon, Invoice, Order, Product, Receipt, Refund, ReturnCase, Shipment
from yingda.infra.database import Connection
from yingda.kit import clock

T = TypeVar("T", Order, Shipment, Product, ReturnCase, Refund, Invoice, Coupon)

_LOCK = 0x6C69756C69


def _fresh(body: str, kind: type[T]) -> T:
    """The document, as of this moment: our own store is never stale."""
    return msgspec.structs.replace(msgspec.json.decode(body, type=kind), as_of=clock.now())


async def _one(conn: Connection, kind: type[T], sql: str, *args: object) -> T | None:
    body = await conn.fetchval(sql, *args)
    return None if body is None else _fresh(body, kind)


async def _many(conn: Connection, kind: type[T], sql: str, *args: object) -> list[T]:
    return [_fresh(row["body"], kind) for row in await conn.fetch(sql, *args)]


async def order(conn: Connection, owner: str, order_no: str) -> Order | None:
    sql = "SELECT body FROM demo_orders WHERE order_no = $1 AND owner = $2"
    return await _one(conn, Order, sql, order_no, owner)


async def recent_orders(conn: Connection, owner: str, limit: int) -> list[Order]:
    sql = "SELECT body FROM demo_orders WHERE owner = $1 ORDER BY placed_at DESC, order_no DESC LIMIT $2"
    return await _many(conn, Order, sql, owner, limit)


async def lock_order(conn: Connection, owner: str, order_no: str) -> Order | None:
    sql = "SELECT body FROM demo_orders WHERE order_no = $1 AND owner = $2 FOR UPDATE"
    return await _one(conn, Order, sql, order_no, owner)


async def add_remark(conn: Connection, key: str, order_no: str, text: str, now: datetime) -> bool:
    """False: the key is known."""
    status = await conn.execute(
        "INSERT INTO demo_remarks (key, order_no, text, at) VALUES ($1, $2, $3, $4) ON CONFLICT (key) DO NOTHING",
        key,
        order_no,
        text,
        now,
    )
    return bool(status == "INSERT 0 1")


async def save_order(conn: Connection, order: Order) -> None:
    await conn.execute("UPDATE demo_orders SET body = $2::jsonb WHERE order_no = $1", order.order_no, _body(order))


async def shipment(conn: Connection, owner: str, tracking_no: str) -> Shipment | None:
    sql = "SELECT body FROM demo_shipments WHERE tracking_no = $1 AND owner = $2"
    return await _one(conn, Shipment, sql, tracking_no, owner)


async def shipments_of_order(conn: Connection, owner: str, order_no: str) -> list[Shipment]:
    sql = "SELECT body FROM demo_shipments WHERE order_no = $1 AND owner = $2 ORDER BY sent_at"
    return await _many(conn, Shipment, sql, order_no, owner)


async def shipments_of_orders(conn: Connection, owner: str, order_nos: Sequence[str]) -> list[Shipment]:
    sql = "SELECT body FROM demo_shipments WHERE order_no = ANY($1::text[]) AND owner = $2 ORDER BY sent_at"
    return await _many(conn, Shipment, sql, list(order_nos), owner)


async def shipments_moved(conn: Connection, since: datetime, after: str, limit: int) -> list[Shipment]:
    beyond = "WHERE (moved_at, tracking_no) > ($1, $2) ORDER BY moved_at, tracking_no LIMIT $3"
    return await _many(conn, Shipment, f"SELECT body FROM demo_shipments {beyond}", since, after, limit)


async def return_case(conn: Connection, owner: str, case_no: str) -> ReturnCase | None:
    sql = "SELECT body FROM demo_returns WHERE case_no = $1 AND owner = $2"
    return await _one(conn, ReturnCase, sql, case_no, owner)


async def returns_of_order(conn: Connection, owner: str, order_no: str) -> list[ReturnCase]:
    sql = "SELECT body FROM demo_returns WHERE order_no = $1 AND owner = $2 ORDER BY requested_at DESC"
    return await _many(conn, ReturnCase, sql, order_no, owner)


async def refunds_of_order(conn: Connection, owner: str, order_no: str) -> list[Refund]:
    sql = "SELECT body FROM demo_refunds WHERE order_no = $1 AND owner = $2 ORDER BY requested_at DESC"
    return await _many(conn, Refund, sql, order_no, owner)


async def invoice_of_order(conn: Connection, owner: str, order_no: str) -> Invoice | None:
    sql = "SELECT body FROM demo_invoices WHERE order_no = $1 AND owner = $2"
    return await _one(conn, Invoice, sql, order_no, owner)


async def shipments_of(conn: Connection, owner: str) -> list[Shipment]:
    return await _many(conn, Shipment, "SELECT body FROM demo_shipments WHERE owner = $1 ORDER BY sent_at DESC", owner)


async def returns_of(conn: Connection, owner: str) -> list[ReturnCase]:
    sql = "SELECT body FROM demo_returns WHERE owner = $1 ORDER BY requested_at DESC"
    return await _many(conn, ReturnCase, sql, owner)


async def refunds_of(conn: Connection, owner: str) -> list[Refund]:
    return await _many(conn, Refund, "SELECT body FROM demo_refunds WHERE owner = $1 ORDER BY requested_at DESC", owner)


async def invoices_of(conn: Connection, owner: str) -> list[Invoice]:
    return await _many(conn, Invoice, "SELECT body FROM demo_invoices WHERE owner = $1 ORDER BY order_no DESC", owner)


async def product(conn: Connection, product_id: str) -> Product | None:
    return await _one(conn, Product, "SELECT body FROM demo_products WHERE product_id = $1", product_id)


async def browse_products(conn: Connection, category: str | None, limit: int) -> list[Product]:
    sql = """SELECT body FROM demo_products WHERE $1::text IS NULL OR category = $1 ORDER BY "position" LIMIT $2"""
    return await _many(conn, Product, sql, category, limit)


async def search_products(conn: Connection, terms: Sequence[str], limit: int) -> list[Product]:
    """Products sharing `terms`: a rare term counts more than a common one, a name three times as much as a word."""
    sql = """
        WITH hits AS (
            SELECT product_id, term, position(term IN names) > 0 AS named
            FROM demo_products, unnest($1::text[]) AS term
            WHERE position(term IN names) > 0 OR position(term IN words) > 0
        ), weights AS (
            SELECT term, named, (CASE WHEN named THEN 3 ELSE 1 END)
                * ln(1 + (SELECT count(*) FROM demo_products)::float / count(*)) AS weight
            FROM hits GROUP BY term, named
        ), scores AS (
            SELECT product_id, sum(weight) AS score FROM hits JOIN weights USING (term, named) GROUP BY product_id
        )
        SELECT body FROM demo_products JOIN scores USING (product_id) ORDER BY score DESC, "position" LIMIT $2"""
    return await _many(conn, Product, sql, list(terms), limit)


async def products_with(conn: Connection, product_ids: Sequence[str]) -> list[Product]:
    return await _many(conn, Product, "SELECT body FROM demo_products WHERE product_id = ANY($1)", list(product_ids))


async def lock_product(conn: Connection, product_id: str) -> Product | None:
    return await _one(conn, Product, "SELECT body FROM demo_products WHERE product_id = $1 FOR UPDATE", product_id)


async def save_product(conn: Connection, product: Product) -> None:
    sql = "UPDATE demo_products SET body = $2::jsonb WHERE product_id = $1"
    await conn.execute(sql, product.product_id, _body(product))


async def add_case(conn: Connection, case: ReturnCase) -> None:
    await conn.execute(
        "INSERT INTO demo_returns (case_no, order_no, owner, requested_at, body) VALUES ($1, $2, $3, $4, $5::jsonb)",
        case.case_no,
        case.order_no,
        case.owner,
        case.steps[0].at,
        _body(case),
    )


async def save_case(conn: Connection, case: ReturnCase) -> None:
    await conn.execute("UPDATE demo_returns SET body = $2::jsonb WHERE case_no = $1", case.case_no, _body(case))


async def add_refund(conn: Connection, refund: Refund) -> None:
    await conn.execute(
        "INSERT INTO demo_refunds (refund_no, order_no, owner, requested_at, body) VALUES ($1, $2, $3, $4, $5::jsonb)",
        refund.refund_no,
        refund.order_no,
        refund.owner,
        refund.requested_at,
        _body(refund),
    )


async def add_shipment(conn: Connection, shipment: Shipment) -> None:
    await conn.execute(
        "INSERT INTO demo_shipments (tracking_no, order_no, owner, sent_at, moved_at, body) "
        "VALUES ($1, $2, $3, $4, $5, $6::jsonb)",
        shipment.tracking_no,
        shipment.order_no,
        shipment.owner,
        shipment.events[0].at,
        shipment.last_event.at,
        _body(shipment),
    )


async def add_invoice(conn: Connection, invoice: Invoice) -> bool:
    """False: the order has one."""
    status = await conn.execute(
        "INSERT INTO demo_invoices (order_no, owner, body) VALUES ($1, $2, $3::jsonb) ON CONFLICT DO NOTHING",
        invoice.order_no,
        invoice.owner,
        _body(invoice),
    )
    return bool(status == "INSERT 0 1")


async def coupons(conn: Connection, owner: str) -> list[Coupon]:
    return await _many(conn, Coupon, "SELECT body FROM demo_coupons WHERE owner = $1 ORDER BY granted_at DESC", owner)


async def add_coupon(conn: Connection, coupon: Coupon, now: datetime) -> None:
    await conn.execute(
        "INSERT INTO demo_coupons (code, owner, granted_at, body) VALUES ($1, $2, $3, $4::jsonb)",
        coupon.code,
        coupon.owner,
        now,
        _body(coupon),
    )


async def save_coupon(conn: Connection, coupon: Coupon) -> None:
    await conn.execute("UPDATE demo_coupons SET body = $2::jsonb WHERE code = $1", coupon.code, _body(coupon))


async def shopper(conn: Connection, owner: str) -> Shopper | None:
    body = await conn.fetchval("SELECT body FROM demo_shoppers WHERE user_id = $1", owner)
    return None if body is None else msgspec.json.decode(body, type=Shopper)


async def receipt(conn: Connection, owner: str, key: str) -> Receipt | None:
    """What was answered to this key; nobody else asks under it until this transaction ends."""
    await conn.execute("SELECT pg_advisory_xact_lock($1, hashtext($2))", _LOCK & 0x7FFFFFFF, key)
    body = await conn.fetchval("SELECT body FROM demo_changes WHERE key = $1 AND owner = $2", key, owner)
    return None if body is None else msgspec.json.decode(body, type=Receipt)


async def keep_receipt(conn: Connection, owner: str, key: str, receipt: Receipt, now: datetime) -> None:
    await conn.execute(
        "INSERT INTO demo_changes (key, owner, at, body) VALUES ($1, $2, $3, $4::jsonb)",
        key,
        owner,
        now,
        _body(receipt),
    )


async def showcases(conn: Connection) -> list[Shopper]:
    rows = await conn.fetch("SELECT body FROM demo_shoppers WHERE note IS NOT NULL ORDER BY user_id")
    return [msgspec.json.decode(row["body"], type=Shopper) for row in rows]


async def lock(conn: Connection) -> None:
    """Let nobody else load until this transaction ends."""
    await conn.execute("SELECT pg_advisory_xact_lock($1)", _LOCK)


async def is_loaded(conn: Connection, seed: int, day: date) -> bool:
    sql = "SELECT EXISTS (SELECT FROM demo_loads WHERE seed = $1 AND day = $2)"
    return bool(await conn.fetchval(sql, seed, day))


async def replace_all(conn: Connection, data: DemoData, seed: int, day: date) -> None:
    """Put `data` in place of whatever the store held."""
    await conn.execute(
        "TRUNCATE demo_loads, demo_shoppers, demo_products, demo_orders, demo_remarks, demo_shipments, demo_returns,"
        " demo_refunds, demo_invoices, demo_coupons, demo_changes"
    )
    await add_all(conn, data)
    await conn.execute("INSERT INTO demo_loads (id, seed, day) VALUES (1, $1, $2)", seed, day)


async def add_all(conn: Connection, data: DemoData) -> None:
    """Put `data` beside what the store holds."""
    for table, columns, records in _tables(data):
        await conn.copy_records_to_table(table, records=records, columns=[*columns, "body"])


def _tables(data: DemoData) -> list[tuple[str, tuple[str, ...], list[tuple[Any, ...]]]]:
    """Table, its columns before `body`, its rows."""
    return [
        ("demo_shoppers", ("user_id", "note"), [(s.user_id, s.note, _body(s)) for s in data.shoppers]),
        (
            "demo_products",
            ("product_id", "category", "position", "names", "words"),
            [(p.product_id, p.category, i, _names(p), _words(p), _body(p)) for i, p in enumerate(data.products)],
        ),
        (
            "demo_orders",
            ("order_no", "owner", "placed_at"),
            [(o.order_no, o.owner, o.placed_at, _body(o)) for o in data.orders],
        ),
        (
            "demo_shipments",
            ("tracking_no", "order_no", "owner", "sent_at", "moved_at"),
            [(s.tracking_no, s.order_no, s.owner, s.events[0].at, s.last_event.at, _body(s)) for s in data.shipments],
        ),
        (
            "demo_returns",
            ("case_no", "order_no", "owner", "requested_at"),
            [(r.case_no, r.order_no, r.owner, r.steps[0].at, _body(r)) for r in data.returns],
        ),
        (
            "demo_refunds",
            ("refund_no", "order_no", "owner", "requested_at"),
            [(r.refund_no, r.order_no, r.owner, r.requested_at, _body(r)) for r in data.refunds],
        ),
        ("demo_invoices", ("order_no", "owner"), [(i.order_no, i.owner, _body(i)) for i in data.invoices]),
    ]


def _body(document: msgspec.Struct) -> str:
    return msgspec.json.encode(document).decode()


def _names(product: Product) -> str:
    """What customers call it, in lower case; apart, so that no term spans two names."""
    return "|".join((product.category, product.title, *product.aliases, product.product_id)).lower()


def _words(product: Product) -> str:
    """What is said about it."""
    variants = [variant.name for variant in product.variants]
    said = (product.subtitle, *variants, *product.functions, *product.skin_types, *product.ingredients, product.usage)
    return "|".join(said).lower()
