"""What a customer puts into one order, and what it costs."""

from random import Random

import msgspec

from yingda.commerce.demo.catalogue import ProductSpec, shelf
from yingda.commerce.rules import allocate
from yingda.commerce.schemas import OrderLine

#: (from, off) in cents: 满 199 减 20 and so on.
_OFFERS = ((69_900, 10_000), (39_900, 5_000), (19_900, 2_000))
_FREE_FREIGHT_FROM = 9_900
_GIFT_FROM = 29_900


class Basket(msgspec.Struct, frozen=True):
    """Lines and their sums; `total_cents` is what is to be paid."""

    lines: tuple[OrderLine, ...]
    goods_cents: int
    discount_cents: int
    freight_cents: int

    @property
    def bought(self) -> tuple[OrderLine, ...]:
        """The lines without the gifts."""
        return tuple(line for line in self.lines if not line.gift)

    @property
    def total_cents(self) -> int:
        return self.goods_cents - self.discount_cents + self.freight_cents


def fill(rng: Random, remote: bool) -> Basket:
    """A basket of one to four products; large ones get samples as gifts."""
    specs = rng.sample(shelf(), rng.choices((1, 2, 3, 4), (46, 31, 16, 7))[0])
    wanted = [(spec, rng.randrange(len(spec.variants)), 2 if rng.random() < 0.1 else 1) for spec in specs]
    amounts = [spec.variants[variant].yuan * 100 * quantity for spec, variant, quantity in wanted]
    goods = sum(amounts)
    discount = next((off for least, off in _OFFERS if goods >= least), 0)
    shares = allocate(discount, amounts)
    lines = [_line(*item, share) for item, share in zip(wanted, shares, strict=True)]
    if goods >= _GIFT_FROM:
        lines.append(_gift(rng))
    return Basket(tuple(lines), goods, discount, _freight(goods - discount, remote=remote))


def _line(spec: ProductSpec, variant: int, quantity: int, discount: int) -> OrderLine:
    unit = spec.variants[variant].yuan * 100
    return OrderLine(
        sku=f"{spec.id}-{variant + 1:02d}",
        product_id=spec.id,
        title=spec.title,
        variant=spec.variants[variant].name,
        quantity=quantity,
        unit_cents=unit,
        discount_cents=discount,
        amount_cents=unit * quantity - discount,
    )


def _gift(rng: Random) -> OrderLine:
    spec = rng.choice([spec for spec in shelf() if spec.sample])
    return OrderLine(f"{spec.id}-G", spec.id, f"【赠品】{spec.title}", f"{spec.sample} 小样", 1, 0, 0, 0, gift=True)


def _freight(paid_for_goods: int, *, remote: bool) -> int:
    if remote:
        return 1_500 if paid_for_goods < 2 * _FREE_FREIGHT_FROM else 0
    return 800 if paid_for_goods < _FREE_FREIGHT_FROM else 0
