"""When the assistant itself breaks, the customer meets a person instead of silence."""

from tests.factories import Visitor
from tests.server import serving
from yingda.app.bootstrap import assemble
from yingda.infra.settings import Settings
from yingda.language import Context, Engine, Model, Understanding


class BrokenEngine(Engine):
    """An engine with a defect."""

    def __init__(self, model: Model) -> None:
        """Only the model's sounds are used: it never gets as far as reading."""
        self.model = model

    @property
    def slow(self) -> bool:
        return False

    def with_gazetteer(self, entries: object) -> "BrokenEngine":
        return self

    def understand(self, text: str, context: Context | None = None) -> Understanding:
        raise ZeroDivisionError


async def test_a_defect_in_the_engine_brings_a_person_and_leaves_no_job(
    demo_url: str, settings: Settings, engine: Engine
) -> None:
    runtime = await assemble(settings, demo_url, engine=BrokenEngine(engine.model))
    async with serving(runtime) as server:
        visitor = await Visitor.open(server.http)
        answers = await visitor.ask("我的快递到哪了")
        assert [message["author"]["kind"] for message in answers][:2] == ["assistant", "system"]
        assert "人工" in answers[0]["content"]["text"]
        async with runtime.db.reading() as conn:
            head = await conn.fetchrow("SELECT state, handoff ->> 'summary' AS summary FROM conversations")
            jobs = await conn.fetchval("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'dialogue.answer'")
    await runtime.close()
    assert head is not None
    assert tuple(head) == ("open", "我的快递到哪了")
    assert jobs == 0
