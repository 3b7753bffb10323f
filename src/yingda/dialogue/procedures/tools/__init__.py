"""What processes can look up: each tool with the outcomes and facts that processes may rely on."""

from yingda.dialogue.procedures.tools.deeds import last_deed
from yingda.dialogue.procedures.tools.desk import Desk, Tool
from yingda.dialogue.procedures.tools.goods import advice, fallen, items, lines, price, product, variants
from yingda.dialogue.procedures.tools.orders import address, order, other_orders, sign_in
from yingda.dialogue.procedures.tools.records import after_sale, coupons, invoice, parcel, refund

TOOLS: dict[str, Tool] = {
    tool.name: tool
    for tool in (
        address,
        advice,
        after_sale,
        coupons,
        fallen,
        invoice,
        items,
        last_deed,
        lines,
        order,
        other_orders,
        parcel,
        price,
        product,
        refund,
        sign_in,
        variants,
    )
}

__all__ = ["TOOLS", "Desk", "Tool"]
