"""What holds for one process only: how often somebody may have personal data shown."""

from tests.conftest import DemoTemplate
from tests.factories import Colleague, Visitor
from tests.server import RunningServer

ASK = {"field": "name", "reason": {"purpose": "verify_identity"}}


async def test_nobody_copies_customers_out_one_by_one(server: RunningServer, demo_template: DemoTemplate) -> None:
    supervisor = await Colleague.sign_in(server.url, demo_template.account("demo.supervisor"))
    visitor = await Visitor.known(server.http)
    conversation_id = (await visitor.ask("谢谢"))[0]["conversation_id"]
    customer_id = (await supervisor.get(f"/conversations/{conversation_id}"))["customer"]["id"]
    at_once = server.runtime.settings.reveals_per_minute // 2
    answers = [await supervisor.call("POST", f"/customers/{customer_id}/reveal", json=ASK) for _ in range(at_once + 1)]
    assert [answer.status_code for answer in answers] == [200] * at_once + [429]
    assert int(answers[-1].headers["retry-after"]) > 0
    async with server.runtime.db.reading() as conn:
        assert await conn.fetchval("SELECT count(*) FROM audit_entries") == at_once
    await supervisor.close()
