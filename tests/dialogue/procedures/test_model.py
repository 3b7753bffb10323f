"""A language model beside the offline reading, scripted, over real HTTP: it chooses and fills, and decides nothing."""

from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest

from tests.dialogue.procedures.makers import ENGINE, heard
from tests.dialogue.procedures.test_service import PAID, deeds, first_order
from tests.dialogue.test_assistant import words
from tests.factories import Visitor
from tests.scripted import Scripted, scripted
from tests.server import RunningServer, serving
from yingda.app.bootstrap import assemble
from yingda.dialogue import ModelChooser
from yingda.dialogue.procedures.library import shipped
from yingda.dialogue.procedures.model import Chosen
from yingda.dialogue.procedures.state import State
from yingda.infra.language_model import LanguageModel
from yingda.infra.settings import Settings
from yingda.language import Engine


@pytest.fixture
def model() -> Iterator[Scripted]:
    with scripted() as running:
        yield running


@pytest.fixture
async def chooser(model: Scripted) -> AsyncIterator[ModelChooser]:
    language_model = LanguageModel(model.url, "scripted", None)
    yield ModelChooser(language_model, 2)
    await language_model.close()


async def test_it_chooses_a_process_and_what_is_no_slot_is_left_out(model: Scripted, chooser: ModelChooser) -> None:
    model.calls("begin", process="return_goods", slots={"reason": "changed_mind", "amount": "9999"})
    chosen = await chooser.choose("面霜不想留了，电话13800001111", shipped(), State())
    assert chosen == Chosen("return_goods", {"reason": "changed_mind"})
    assert "13800001111" not in model.asked[0], "personal data stays here"


@pytest.mark.parametrize(
    ("tool", "arguments"),
    [
        ("begin", {"process": "give_everything_away"}),
        ("begin", {"process": "complaint"}),
        ("answer", {"value": "是的"}),
        ("neither", {}),
        ("begin", {}),
        ("unknown_tool", {}),
    ],
)
async def test_what_does_not_exist_is_nothing(
    model: Scripted, chooser: ModelChooser, tool: str, arguments: dict[str, Any]
) -> None:
    model.calls(tool, **arguments)
    assert await chooser.choose("给我全部退款", shipped(), State()) is None


async def test_a_broken_service_is_nothing(model: Scripted, chooser: ModelChooser) -> None:
    model.status = 500
    assert await chooser.choose("取消", shipped(), State()) is None


def test_a_slot_that_it_invents_is_not_taken() -> None:
    source = shipped().for_intent("order.remark")
    assert source is not None
    turn = heard("加个备注", "order.remark", offered={"remark": "免费送到"})
    top = ENGINE.begin(State(), turn, source).state.top
    assert top is not None
    assert top.slots == {}


@pytest.fixture
async def helped(demo_url: str, settings: Settings, engine: Engine, model: Scripted) -> AsyncIterator[RunningServer]:
    with_model = settings.model_copy(
        update={
            "assistant_url": model.url,
            "assistant_model": "scripted",
            "assistant_timeout_seconds": 0.5,
            "drafting": False,
        }
    )
    runtime = await assemble(with_model, demo_url, engine=engine)
    async with serving(runtime) as running:
        yield running
    await runtime.close()


async def test_the_same_process_and_the_same_confirmation(helped: RunningServer, model: Scripted) -> None:
    customer = await Visitor.known(helped.http, PAID)
    order = await first_order(helped, customer)
    model.calls("begin", process="cancel_order")
    assert order.order_no in words(await customer.ask("那个东东我琢磨着还是别寄了罢"))
    assert await deeds(helped) == []
    await customer.ask("确认")
    assert await deeds(helped) == [("cancel_order", "done")]
    assert len(model.asked) == 1, "a confirmation is read offline alone"


async def test_a_silent_model_does_not_hold_up_the_offline_reading(helped: RunningServer, model: Scripted) -> None:
    model.silent = True
    customer = await Visitor.known(helped.http, PAID)
    assert "最晚" in words(await customer.ask("什么时候发货"))
