"""What is kept of customers and what they have allowed: read before a turn, written together with its answer."""

from uuid import UUID

import msgspec

from yingda.conversations import Place, place_of
from yingda.customers import Remembered, Skin, drop_matters, forget_told, keep_matter, keep_told, remembered
from yingda.dialogue.memory import Memory
from yingda.dialogue.personal import allowed, given
from yingda.dialogue.procedures.library import shipped
from yingda.dialogue.procedures.state import Flow
from yingda.infra.database import Connection, Tx
from yingda.privacy import Consents, consents_of, record_consent, withdraw_consents


class Known(msgspec.Struct, frozen=True):
    """What is kept of a customer, and what they have allowed."""

    remembered: Remembered
    consents: Consents

    @property
    def skin(self) -> Skin:
        """As much as they allow to be used."""
        return allowed(self.remembered.skin, given(self.consents))


async def known_of(conn: Connection, customer_id: UUID) -> Known:
    return Known(await remembered(conn, customer_id), await consents_of(conn, customer_id))


async def keep(tx: Tx, conversation_id: UUID, seq: int, memory: Memory) -> Memory:
    """Together with the answer: what the customer has decided, and what may be kept of what they told; the memory
    without it, since it is done."""
    keeping = memory.personal.keeping
    if keeping is None:
        return memory
    customer_id = (await place_of(tx.conn, conversation_id)).customer_id
    if keeping.forget:
        await forget_told(tx, customer_id)
        await withdraw_consents(tx, customer_id, conversation_id=conversation_id, seq=seq)
    await record_consent(tx, customer_id, keeping.consents, conversation_id=conversation_id, seq=seq)
    if keeping.told and keeping.told != Skin():
        await keep_told(tx, customer_id, keeping.told)
    if keeping.told_of_matters:
        await drop_matters(tx, customer_id)
    return msgspec.structs.replace(memory, personal=msgspec.structs.replace(memory.personal, keeping=None))


async def leave_open(tx: Tx, place: Place, memory: Memory) -> None:
    """A conversation ends in the middle of a request: it is remembered, if that is allowed."""
    flow = memory.state.top
    intent = _intent_of(flow) if flow else None
    if flow and intent and given(await consents_of(tx.conn, place.customer_id)):
        order_no = flow.slots.get("order_no") or memory.order_no
        about = order_no if isinstance(order_no, str) else None
        await keep_matter(tx, place.customer_id, intent, about, place.conversation_id)


def _intent_of(flow: Flow) -> str | None:
    """What begins such a process anew, whatever version of it the conversation was in."""
    source = next((one for one in shipped().sources if one.process.id == flow.process), None)
    return source.process.intents[0] if source and source.process.intents else None
