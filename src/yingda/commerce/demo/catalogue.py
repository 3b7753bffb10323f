"""Reads `data/demo`: the shelf, and the world that the generator draws from."""

import re
from datetime import datetime
from functools import cache

import msgspec

from yingda.commerce.schemas import Product, Variant
from yingda.kit.paths import data_dir

_INGREDIENT_SEPARATOR = re.compile("[、；]")


class VariantSpec(msgspec.Struct, frozen=True, array_like=True):
    """`["50ml", 189]` or `["3.5g 102 豆沙", 129, "#b5656a"]`."""

    name: str
    yuan: int
    color: str | None = None


class ProductSpec(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A product as written by hand. `special` ones are registered (特字), the others filed (备字)."""

    id: str
    category: str
    title: str
    subtitle: str
    functions: tuple[str, ...]
    variants: tuple[VariantSpec, ...]
    usage: str
    color: str
    skin_types: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    bundle: tuple[str, ...] = ()
    ingredients: str = ""
    material: str | None = None
    shelf_months: int | None = None
    opened_months: int | None = None
    sample: str | None = None
    special: bool = False

    def product(self, as_of: datetime) -> Product:
        """As the store sells it."""
        return Product(
            product_id=self.id,
            category=self.category,
            title=self.title,
            subtitle=self.subtitle,
            variants=tuple(self._variant(i, spec) for i, spec in enumerate(self.variants, start=1)),
            functions=self.functions,
            skin_types=self.skin_types,
            ingredients=tuple(_INGREDIENT_SEPARATOR.split(self.ingredients)) if self.ingredients else (),
            usage=self.usage,
            color=self.color,
            as_of=as_of,
            aliases=self.aliases,
            bundle=self.bundle,
            material=self.material,
            filing_no=f"演示{'特' if self.special else '备'}字2026{self.id[1:]}" if self.ingredients else None,
            shelf_months=self.shelf_months,
            opened_months=self.opened_months,
        )

    def _variant(self, number: int, spec: VariantSpec) -> Variant:
        stock = 0 if (int(self.id[1:]) + number) % 29 == 0 else 40 + (int(self.id[1:]) * number) % 700
        return Variant(f"{self.id}-{number:02d}", spec.name, spec.yuan * 100, stock, spec.color)


class Carrier(msgspec.Struct, frozen=True):
    """`days` from hub to hub, at best and at worst."""

    code: str
    name: str
    days: tuple[float, float]


class Warehouse(msgspec.Struct, frozen=True):
    """Serves its `provinces`; the first one serves all others."""

    name: str
    place: str
    hub: str
    provinces: tuple[str, ...]


class City(msgspec.Struct, frozen=True):
    """`remote` ones are reached by land in a day and a half more, and delivery is paid."""

    province: str
    city: str
    districts: tuple[str, ...]
    weight: int
    remote: bool = False


class World(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """People, places and carriers."""

    surnames: tuple[str, ...]
    given_names: tuple[str, ...]
    courier_surnames: tuple[str, ...]
    streets: tuple[str, ...]
    compounds: tuple[str, ...]
    pickup_points: tuple[str, ...]
    buyer_remarks: tuple[str, ...]
    seller_remarks: tuple[str, ...]
    companies: tuple[str, ...]
    carriers: tuple[Carrier, ...] = msgspec.field(name="carrier")
    warehouses: tuple[Warehouse, ...] = msgspec.field(name="warehouse")
    cities: tuple[City, ...] = msgspec.field(name="city")

    def warehouse_for(self, province: str) -> Warehouse:
        """Where an order to `province` leaves from."""
        return next((w for w in self.warehouses if province in w.provinces), self.warehouses[0])


class _Shelf(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    product: tuple[ProductSpec, ...]


@cache
def shelf() -> tuple[ProductSpec, ...]:
    """All products, in the order of the shelf."""
    return msgspec.toml.decode((data_dir() / "demo" / "products.toml").read_bytes(), type=_Shelf).product


def demo_products(as_of: datetime) -> list[Product]:
    """The shelf as the store would answer it, for those who work without a database."""
    return [spec.product(as_of) for spec in shelf()]


@cache
def world() -> World:
    """People, places and carriers of the demo."""
    return msgspec.toml.decode((data_dir() / "demo" / "world.toml").read_bytes(), type=World)
