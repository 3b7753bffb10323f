"""How grave a matter is, and who is said to have seen it so."""

from uuid import UUID

import pytest

from tests.conversations.conftest import Says
from yingda.conversations import Author, AuthorKind, SystemNotice, set_level, thread
from yingda.infra.database import Database


@pytest.mark.parametrize(
    ("author", "by", "named"),
    [
        (Author(AuthorKind.SYSTEM), "system", "系统"),
        (Author(AuthorKind.ASSISTANT), "assistant", "智能助手"),
        (Author(AuthorKind.CUSTOMER, name="林小满"), "customer", "客户"),
        (Author(AuthorKind.STAFF, name="顾清和"), "顾清和", "顾清和"),
    ],
)
async def test_thread_and_details_name_the_same_one(
    db: Database, customer: UUID, says: Says, author: Author, by: str, named: str
) -> None:
    here = (await says(customer, "包装破了")).message.conversation_id
    async with db.transaction() as tx:
        await set_level(tx, here, 3, author, "包装破损")
    async with db.reading() as conn:
        told = (await thread(conn, here, 0, None, 10, with_notes=True)).messages[-1].content
    assert isinstance(told, SystemNotice)
    assert told.details == {"by": by, "from": 1, "to": 3, "why": "包装破损"}
    assert told.text == f"{named}调整服务级别：普通咨询 → 投诉。原因：包装破损"
