"""What rules ask for besides the message is looked up: tickets that are not done, and the teams' calendars."""

from datetime import timedelta
from uuid import UUID, uuid4

from tests.conftest import DemoTemplate
from tests.factories import Colleague
from tests.routing.triage.facts import facts, rule
from tests.server import RunningServer
from tests.tickets.desk import asked, change, do
from yingda.kit.clock import now
from yingda.routing.triage.live import LiveTriage, Subject
from yingda.routing.triage.schemas import RuleVersion, RuleVersionHead
from yingda.routing.triage.table import Answerer, Effects, RuleTable

HEAD = RuleVersionHead(number=7, why="", restores=None, author_name="", published_at=now(), rules=2)


async def nothing() -> None:
    return None


async def test_an_open_ticket_and_the_calendar(server: RunningServer, demo_template: DemoTemplate) -> None:
    table = RuleTable(
        rules=[
            rule("again", Effects(level=2), open_ticket=True),
            rule("closed", Effects(priority=9), working_hours=False),
            rule("rest", Effects(answerer=Answerer.ASSISTANT)),
        ]
    )
    live = LiveTriage(server.runtime.db, RuleVersion(HEAD, table))
    agent = await Colleague.sign_in(server.url, demo_template.account("demo.agent1"))
    supervisor = await Colleague.sign_in(server.url, demo_template.account("demo.supervisor"))
    _, conversation_id, seq = await asked(server, agent)
    body = {"kind": "logistics", "title": "", "conversation_id": conversation_id, "seq": seq}
    view = await do(agent, "POST", "/tickets", **body)

    async def matched(customer_id: str) -> list[str]:
        subject = Subject(UUID(customer_id), now(), nothing)
        return [one.rule for one in (await live.decide(facts(at=now()), subject)).decision.matched]

    customer_id = view["ticket"]["customer_id"]
    assert await matched(customer_id) == ["again", "rest"]
    assert await matched(str(uuid4())) == ["rest"]
    done = await change(agent, await change(agent, view, state="checking"), state="closed")
    assert done["ticket"]["category"] == "closed"
    week: list[list[dict[str, int]]] = [[] for _ in range(7)]
    week[(now() + timedelta(days=2)).weekday()] = [{"opens": 0, "closes": 1}]
    times = {"name": "几乎不开", "weekly": week, "public_holidays": False, "default": True}
    await do(supervisor, "POST", "/service-levels/calendars", **times)
    assert await matched(customer_id) == ["closed", "rest"]
    for colleague in (agent, supervisor):
        await colleague.close()
