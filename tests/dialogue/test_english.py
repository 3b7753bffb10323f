"""What somebody who writes English is told: no Chinese but the names of goods, carriers and places."""

import re
from functools import partial
from uuid import UUID

import pytest
from structlog.testing import capture_logs

from tests.conftest import DemoTemplate
from tests.dialogue.procedures.makers import heard
from tests.dialogue.test_assistant import words
from tests.factories import Colleague, Visitor, eventually
from tests.server import RunningServer
from yingda.conversations import locked, place_of
from yingda.customers import get as get_customer
from yingda.customers import hold
from yingda.dialogue.memory import Memory
from yingda.dialogue.procedures.schemas import Slot, SlotType
from yingda.dialogue.procedures.slots import fill
from yingda.dialogue.tongue import locale_of
from yingda.language import Context, Engine

TAX_NO = Slot(type=SlotType.TAX_NO, ask="a", again="b")


async def test_a_conversation_that_is_joined_while_it_is_answered_is_no_failure(server: RunningServer) -> None:
    """Somebody opens the chat signed in on another device, where they have a conversation already."""
    visitor = await Visitor.open(server.http)
    here = UUID((await visitor.ask("你好"))[0]["conversation_id"])
    async with server.runtime.db.transaction() as tx:
        await hold(tx, (await place_of(tx.conn, here)).customer_id)
        await visitor.post("Where is my parcel?")
        await eventually(partial(somebody_waits, server))
        await tx.conn.execute("DELETE FROM conversations WHERE id = $1", here)
    with capture_logs() as lines:
        await server.runtime.answerer.drain()
    assert lines == []


@pytest.mark.parametrize(
    ("text", "locale"),
    [
        ("please change my address to 浙江省杭州市西湖区文华街88号", "en"),
        ("I want to return 霁青净透泥膜", "en"),
        ("帮我把 face mask 那单退了", "zh"),
        ("SK-II 神仙水有吗", "zh"),
        ("OK 那就退了吧", "zh"),
        ("La Roche Posay 这个防晒怎么用", "zh"),
        ("Estee Lauder Double Wear 适合油皮吗", "zh"),
        ("The Ordinary Niacinamide 怎么用", "zh"),
        ("where is the 霁青净透泥膜 I bought", "en"),
        ("Hi there is 桂雨淡香水 in stock", "en"),
    ],
)
def test_the_language_of_a_turn(engine: Engine, text: str, locale: str) -> None:
    assert locale_of(text, engine.understand(text, Context()), Memory()) == locale


@pytest.mark.parametrize(
    ("text", "fresh", "after_chinese", "after_english"),
    [
        ("I'm From Rice Toner", "zh", "zh", "en"),
        ("im from rice toner", "zh", "zh", "en"),
        ("I’m From Rice Toner怎么用", "zh", "zh", "zh"),
        ("It Cosmetics CC cream 怎么用", "zh", "zh", "zh"),
        ("The Ordinary", "zh", "zh", "en"),
        ("The Ordinary Niacinamide 10%", "zh", "zh", "en"),
        ("Drunk Elephant", "zh", "zh", "en"),
        ("Beauty of Joseon 有吗", "zh", "zh", "zh"),
        ("Make Up For Ever", "zh", "zh", "en"),
        ("SK-II", "zh", "zh", "en"),
        ("La Roche-Posay Cicaplast Baume B5", "zh", "zh", "en"),
        ("ok", "en", "zh", "en"),
        ("OK thanks", "en", "zh", "en"),
        ("hi", "en", "zh", "en"),
        ("yes", "en", "zh", "en"),
        ("refund", "en", "en", "en"),
        ("where is my parcel", "en", "en", "en"),
        ("WHERE IS MY PARCEL", "en", "en", "en"),
        ("Do you have The Ordinary in stock?", "en", "en", "en"),
        ("is I'm From Rice Toner good for oily skin", "en", "en", "en"),
        ("I'm from Shanghai, where is my order", "en", "en", "en"),
        ("good for oily skin?", "en", "en", "en"),
        ("are you a bot", "en", "en", "en"),
        ("My order has not arrived yet", "en", "en", "en"),
        ("never arrived", "en", "en", "en"),
        ("not working", "en", "en", "en"),
        ("broken bottle", "en", "en", "en"),
        ("any update", "en", "en", "en"),
        ("tracking number", "en", "en", "en"),
        ("好的", "zh", "zh", "zh"),
        ("帮我看看 The Ordinary 那单", "zh", "zh", "zh"),
    ],
)
def test_names_and_courtesies_change_no_language(
    engine: Engine, text: str, fresh: str, after_chinese: str, after_english: str
) -> None:
    read = engine.understand(text, Context())
    begun = Memory(last_intent="product.usage")
    known = (Memory(), begun, Memory(last_intent="product.usage", locale="en"))
    assert [locale_of(text, read, memory) for memory in known] == [fresh, after_chinese, after_english]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("please issue an invoice", None),
        ("please send the invoice to my company", None),
        ("税号 91330106MA2CDEFG7X", "91330106MA2CDEFG7X"),
        ("9133 0106 MA2C DEFG 7X", "91330106MA2CDEFG7X"),
    ],
)
def test_words_are_no_tax_number(text: str, found: str | None) -> None:
    filled = fill(TAX_NO, heard(text), asked=False)
    assert (filled and filled.value) == found


async def test_an_invoice_for_a_person_and_the_steps_of_a_return(server: RunningServer) -> None:
    customer = await Visitor.known(server.http, "退款处理中")
    [asked] = await customer.ask("when do I get my refund")
    assert re.search(r"\(the way you paid · (WeChat Pay|Alipay|bank card)\)", asked["content"]["text"])
    buyer = await Visitor.known(server.http, "等待发货")
    assert "To a person or to a company?" in (await buyer.ask("please issue an invoice"))[-1]["content"]["text"]
    await buyer.ask("personal")
    assert "e-mail" in (await buyer.ask("personal"))[-1]["content"]["text"]


async def test_a_carriers_chinese_trace_is_told_by_the_parcels_state(server: RunningServer) -> None:
    customer = await Visitor.known(server.http, "停滞")
    told, card, *_ = await customer.ask("Where is my parcel?")
    latest = re.search(r"latest \(.+?\): (.+)", told["content"]["text"])
    assert latest
    assert re.match(r"(Out for delivery|In transit|Not moving|Delivered)(, [一-龥]+)?$", latest[1])
    assert card["content"]["logistics"]["latest"] == latest[1]
    chinese = words(await customer.ask("我的快递到哪了"))
    assert "派送" in chinese or "您的快件" in chinese


async def test_a_ticket_is_told_of_in_english(server: RunningServer, demo_template: DemoTemplate) -> None:
    agent = await Colleague.sign_in(server.url, demo_template.account("demo.supervisor"))
    customer = await Visitor.known(server.http, "停滞")
    here = (await customer.ask("I want to talk to a human"))[-1]["conversation_id"]
    body = {"kind": "logistics", "title": "包裹三天没动", "conversation_id": here}
    opened = await agent.call("POST", "/tickets", json=body)
    assert opened.status_code == 201, opened.text
    number = opened.json()["ticket"]["number"]
    [notice] = [one for one in await customer.thread() if one["content"].get("code") == "ticket_state"]
    assert notice["content"]["text"].startswith(f"Your delivery problem is registered under ticket {number}.")
    comment = {"text": "The carrier has found it", "public": True}
    said = await agent.call("POST", f"/tickets/{opened.json()['ticket']['id']}/comments", json=comment)
    assert said.status_code == 201, said.text
    assert f"Ticket {number}: The carrier has found it" in words(await customer.thread())
    await agent.close()


async def written(server: RunningServer, conversation_id: str) -> str:
    async with server.runtime.db.reading() as conn:
        place = await place_of(conn, UUID(conversation_id))
        return (await get_customer(conn, place.customer_id)).locale


async def test_a_customer_writes_what_a_sentence_shows_and_no_courtesy_or_brand(server: RunningServer) -> None:
    visitor = await Visitor.open(server.http)
    here = (await visitor.ask("hi"))[0]["conversation_id"]
    assert await written(server, here) == "zh"
    await visitor.ask("NARS Orgasm")
    assert await written(server, here) == "zh"
    await visitor.ask("Where is my parcel?")
    assert await written(server, here) == "en"
    await visitor.ask("我的快递到哪了")
    assert await written(server, here) == "zh"
    await visitor.ask("SK-II")
    assert await written(server, here) == "zh"


async def test_a_browser_in_english_says_less_than_the_first_chinese_words(server: RunningServer) -> None:
    visitor = await Visitor.open(server.http, locale="en")
    here = (await visitor.ask("我是油皮"))[0]["conversation_id"]
    assert await written(server, here) == "zh"


async def somebody_waits(server: RunningServer) -> bool:
    query = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    async with server.runtime.db.reading() as conn:
        return bool(await conn.fetchval(query))


async def test_who_locks_the_customer_first_is_not_in_the_way_of_an_answer(server: RunningServer) -> None:
    visitor = await Visitor.open(server.http)
    here = UUID((await visitor.ask("你好"))[0]["conversation_id"])
    async with server.runtime.db.transaction() as tx:
        await hold(tx, (await place_of(tx.conn, here)).customer_id)
        asked = await visitor.post("Where is my parcel?")
        await eventually(partial(somebody_waits, server))
        await tx.conn.execute("SET LOCAL lock_timeout = '1s'")
        await locked(tx.conn, here)
    await server.runtime.answerer.drain()
    assert await visitor.thread(asked.json()["seq"])
    assert await written(server, str(here)) == "en"


@pytest.mark.parametrize(
    ("text", "locale"),
    [
        ("你是机器人吗？La Roche-Posay Cicaplast 怎么用", "zh"),
        ("你是机器人吗？where is my parcel", "en"),
        ("are you a bot? NARS Orgasm", "en"),
        ("are you a bot?", "en"),
        ("你是机器人吗？OK", "zh"),
    ],
)
async def test_the_rest_tells_the_language_and_else_the_question(server: RunningServer, text: str, locale: str) -> None:
    heard = words(await (await Visitor.open(server.http)).ask(text))
    assert ("智能助手" if locale == "zh" else "not a person") in heard
