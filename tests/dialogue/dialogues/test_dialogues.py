"""Every written dialogue, played by a customer of its own through the public API, all in one served demo."""

import re
from typing import Any

import msgspec
import pytest
import pytest_asyncio

from tests.conftest import DemoTemplate
from tests.dialogue.dialogues.outage import Moods, moody
from tests.dialogue.dialogues.playing import Played, filled, places, play_all
from tests.dialogue.dialogues.reading import Dialogue, dialogues
from tests.server import RunningServer
from tests.shared import SHARED
from yingda.app.demo import ACCOUNTS
from yingda.app.simulate import Stage, open_theatre
from yingda.commerce import SHOP_CODE

pytestmark = SHARED
PATIENCE = 30
#: What no person would say: names and numbers of the shop and of processes.
_CODE = re.compile(r"^(?:[a-z]+(?:_[a-z]+)*|[A-Z]{1,2}[0-9-]+)$")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def played(
    system: RunningServer, demo_template: DemoTemplate, request: pytest.FixtureRequest
) -> dict[str, Played]:
    """What came of those dialogues that were asked for."""
    runtime, moods = system.runtime, Moods()
    runtime.stores[SHOP_CODE] = moody(runtime.stores[SHOP_CODE], moods)
    accounts = runtime.settings.data_dir / ACCOUNTS
    accounts.write_bytes(msgspec.json.encode(demo_template.accounts))
    here = (item for item in request.session.items if item.path == request.path and hasattr(item, "callspec"))
    asked = {item.callspec.params["name"] for item in here}
    wanted = [dialogue for name, dialogue in dialogues().items() if name in asked]
    async with open_theatre(Stage(url=system.url, accounts=accounts), PATIENCE) as theatre:
        return await play_all(theatre, moods, wanted)


@pytest.mark.parametrize("name", list(dialogues()))
async def test_dialogue(played: dict[str, Played], name: str) -> None:
    faults = list(faults_of(dialogues()[name], played[name]))
    assert not faults, "\n".join([*faults, played[name].transcript])


def faults_of(wanted: Dialogue, came: Played) -> list[str]:
    """Everything about it that is not as it was written."""
    known = {"": "", **places("", came.records)} if came.records["orders"] else {}
    return [
        *came.outcome.errors,
        *(["asked the customer without end"] if came.asked_too_often else []),
        *_wrong_deeds(wanted, came, known),
        *_wrong_state(wanted, came, known),
        *(f"did not say {words!r}" for words in wanted.says if not _found(words, came.said, known)),
        *(f"said {words!r}" for words in wanted.never if _found(words, came.said, known)),
        *(f"did not say last {words!r}" for words in wanted.last if not _found(words, came.last, known)),
        *(f"a button says {words!r}" for words in _spoken(came) if _CODE.match(words)),
        *_wrong_handoff(wanted, came),
    ]


def _spoken(came: Played) -> list[str]:
    return [words for one in came.outcome.transcript for words in one.choices]


def _found(words: str, text: str, known: dict[str, str]) -> bool:
    return bool(re.search(filled(words, known), text, re.IGNORECASE))


def _wrong_deeds(wanted: Dialogue, came: Played, known: dict[str, str]) -> list[str]:
    done = [(action.name, action.order, action.detail) for action in came.outcome.actions]
    faults = []
    for deed in wanted.deeds:
        order_no = known.get(deed.order, deed.order)
        parts = {name: filled(part, known) if isinstance(part, str) else part for name, part in deed.with_.items()}
        fits = [one for one in done if one[:2] == (deed.kind, order_no) and parts.items() <= one[2].items()]
        if fits:
            done.remove(fits[0])
        else:
            faults.append(f"not done: {deed.kind} on {deed.order} {parts or ''}")
    return [*faults, *(f"done, and should not be: {name} on {order} {detail}" for name, order, detail in done)]


def _wrong_state(wanted: Dialogue, came: Played, known: dict[str, str]) -> list[str]:
    seen = {path: _at(came.records, path) for path in wanted.shop}
    due = {path: filled(value, known) if isinstance(value, str) else value for path, value in wanted.shop.items()}
    return [f"the shop has {path} {seen[path]!r}, not {due[path]!r}" for path in due if seen[path] != due[path]]


def _at(records: dict[str, Any], path: str) -> Any:
    """`latest.state`, `latest.address.street`, or how many there are: `refunds`."""
    first, *rest = path.split(".")
    if not rest:
        return len(records[first])
    value: Any = records["orders"][("latest", "previous").index(first)]
    for name in rest:
        value = value[int(name)] if isinstance(value, list) else value[name]
    return value


def _wrong_handoff(wanted: Dialogue, came: Played) -> list[str]:
    outcome = came.outcome
    faults = []
    if wanted.handoff == "any":
        pass
    elif outcome.handoff != bool(wanted.handoff):
        faults.append("was handed to a person" if outcome.handoff else "was not handed to a person")
    elif isinstance(wanted.handoff, str) and outcome.reason != wanted.handoff:
        faults.append(f"was handed over for {outcome.reason!r}, not {wanted.handoff!r}")
    if wanted.tickets is not None and len(outcome.tickets) != wanted.tickets:
        faults.append(f"{len(outcome.tickets)} tickets, not {wanted.tickets}")
    return faults
