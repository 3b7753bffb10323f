"""What was done for the customer a short while ago, and whether it can be taken back."""

from yingda.dialogue.procedures.schemas import Value
from yingda.dialogue.procedures.state import Told
from yingda.dialogue.procedures.tools.desk import Desk, Given, tool


@tool(outcomes="none final", facts="deed_id deed_kind deed_order")
async def last_deed(desk: Desk, given: Given) -> Told:
    """The customer's latest deed that stands, of the `kind` they name; `final`: it cannot be taken back."""
    account = desk.account
    last = await desk.deeds.last(account.store.code, account.owner, given.get("kind")) if desk.deeds else None
    if last is None:
        return Told(outcome="none")
    facts: dict[str, Value] = {
        "deed_id": str(last.record.id),
        "deed_kind": last.record.kind,
        "deed_order": last.record.order_no,
    }
    open_still = last.undo_until is not None and desk.case.now < last.undo_until
    return Told(outcome="found" if open_still else "final", facts=facts)
