"""What somebody who writes English is told: no Chinese but the names of goods, carriers and places."""

import pytest

from tests.dialogue.procedures.makers import heard
from tests.factories import Visitor
from tests.server import RunningServer
from yingda.dialogue.answerer import locale_of
from yingda.dialogue.memory import Memory
from yingda.dialogue.procedures.schemas import Slot, SlotType
from yingda.dialogue.procedures.slots import fill
from yingda.language import Context, Engine

TAX_NO = Slot(type=SlotType.TAX_NO, ask="a", again="b")


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
    assert "the way you paid" in asked["content"]["text"]
    buyer = await Visitor.known(server.http, "等待发货")
    assert "To a person or to a company?" in (await buyer.ask("please issue an invoice"))[-1]["content"]["text"]
    await buyer.ask("personal")
    assert "e-mail" in (await buyer.ask("personal"))[-1]["content"]["text"]
