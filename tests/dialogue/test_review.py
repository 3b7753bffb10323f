"""Misjudgements are found, corrected and learnt from; what comes of it serves only when it is not worse."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.conftest import DemoTemplate
from tests.factories import Colleague, Visitor, eventually
from tests.server import RunningServer
from yingda.app.bootstrap import Runtime
from yingda.dialogue import Trainer
from yingda.dialogue.review.rules import failure_of
from yingda.dialogue.review.tasks import TrainModel
from yingda.infra.settings import Settings, load_settings
from yingda.language import FolderUnusable, HistoryUnreadable, UnknownVersion

PHONE = "13800138000"
NAME = "王小明"
ADDRESS = "文三路478号"
INTERNS = "你们招实习生吗", "实习生怎么报名", "招实习生有要求吗", "我想当实习生", "实习生还招吗", "实习生招满了没"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Taught in seconds."""
    return load_settings(data_dir=tmp_path, demo=True, encoder="none")


@pytest.fixture
async def reviewer(server: RunningServer, demo_template: DemoTemplate) -> AsyncIterator[Colleague]:
    colleague = await Colleague.sign_in(server.url, demo_template.account("demo.supervisor"))
    yield colleague
    await colleague.close()


@asynccontextmanager
async def working(runtime: Runtime) -> AsyncIterator[None]:
    """A worker beside the web process."""
    stop = asyncio.Event()
    worker = asyncio.create_task(runtime.jobs.run(concurrency=1, stop=stop))
    try:
        yield
    finally:
        stop.set()
        await worker


async def asked(server: RunningServer, *texts: str) -> None:
    """By a visitor each: who is not understood twice is handed over."""
    for text in texts:
        await (await Visitor.open(server.http)).ask(text)


async def judge(reviewer: Colleague, item: dict[str, Any], intent: str, **more: str) -> Any:
    place = {"conversation_id": item["conversation_id"], "seq": item["seq"]}
    return await reviewer.call("POST", "/review/corrections", json={**place, "intent": intent, **more})


async def post(reviewer: Colleague, path: str, status: int, **body: Any) -> Any:
    answer = await reviewer.call("POST", f"/review{path}", json=body or None)
    assert answer.status_code == status, answer.text
    return answer.json()


async def over(reviewer: Colleague, training_id: str) -> Any:
    async def look() -> Any:
        training = await reviewer.get(f"/review/trainings/{training_id}")
        return training if training["finished_at"] else None

    return await eventually(look, seconds=90)


async def test_the_doubtful_come_first_and_leave_when_judged(server: RunningServer, reviewer: Colleague) -> None:
    await asked(server, "谢谢", f"那个弄一下 {NAME} {PHONE} {ADDRESS}", "转人工")
    queue = await reviewer.get("/review/queue")
    texts = [item["text"] for item in queue]
    assert texts.index("谢谢") > 0
    assert not any(told in str(queue) for told in (PHONE, NAME, ADDRESS))
    doubtful = next(item for item in queue if "那个弄一下" in item["text"])
    assert len(doubtful["intents"]) == 3
    judged = await judge(reviewer, doubtful, "chat.inform", note=f"留了电话{PHONE}，收件人是{NAME}")
    assert judged.status_code == 201
    correction = judged.json()
    assert correction["read_as"] == doubtful["intents"][0]["name"]
    assert (correction["intent"], correction["author_name"]) == ("chat.inform", "顾清和")
    export = await reviewer.call("GET", "/review/corrections/export")
    assert doubtful["text"] in export.text
    assert not any(told in judged.text + export.text for told in (PHONE, NAME, ADDRESS))
    assert doubtful["text"] not in [item["text"] for item in await reviewer.get("/review/queue")]


async def test_the_last_word_on_a_message_counts(server: RunningServer, reviewer: Colleague) -> None:
    await asked(server, "那个弄一下")
    [item] = await reviewer.get("/review/queue")
    first = (await judge(reviewer, item, "chat.inform")).json()
    second = (await judge(reviewer, item, "other")).json()
    assert first["id"] == second["id"]
    listed = await reviewer.get("/review/corrections")
    assert [one["intent"] for one in listed["items"]] == ["other"]
    export = await reviewer.call("GET", "/review/corrections/export")
    head, row = export.text.splitlines()
    assert head.split("\t") == ["text", "intent", "author", "at"]
    assert row.split("\t")[:3] == ["那个弄一下", "other", "顾清和"]


async def test_corrections_are_paged(server: RunningServer, reviewer: Colleague) -> None:
    await asked(server, "那个弄一下", "这个再看看", "帮我处理")
    for item in await reviewer.get("/review/queue"):
        await judge(reviewer, item, "other")
    first = await reviewer.get("/review/corrections", limit=2)
    rest = await reviewer.get("/review/corrections", limit=2, cursor=first["next_cursor"])
    assert [len(first["items"]), len(rest["items"]), rest["next_cursor"]] == [2, 1, None]
    assert len({one["id"] for one in first["items"] + rest["items"]}) == 3


async def test_what_cannot_be_judged(server: RunningServer, reviewer: Colleague) -> None:
    await asked(server, "那个弄一下")
    [item] = await reviewer.get("/review/queue")
    assert (await judge(reviewer, item, "no.such")).json()["code"] == "unknown_intent"
    assert (await judge(reviewer, {**item, "seq": 999}, "other")).json()["code"] == "message_not_found"
    answer = await judge(reviewer, {**item, "conversation_id": str(uuid4())}, "other")
    assert answer.json()["code"] == "conversation_not_found"


async def test_from_correction_to_publication_and_back(
    server: RunningServer, runtime: Runtime, reviewer: Colleague, demo_template: DemoTemplate
) -> None:
    registry = runtime.engine.registry
    registry.publish(registry.add(runtime.engine.engine.model), by="x", why="as shipped, under a number")
    await asked(server, "空瓶换积分咋弄呀", "转人工", *INTERNS)
    intents = {"转人工": "chat.human", "空瓶换积分咋弄呀": "promo.membership"}
    for item in await reviewer.get("/review/queue"):
        if intent := intents.get(item["text"]):
            await judge(reviewer, item, intent)
    async with working(runtime):
        training = await post(reviewer, "/trainings", 201)
        await post(reviewer, "/trainings", 409)
        done = await over(reviewer, training["id"])
    assert (done["state"], done["share"]) == ("done", 1)
    learned = done["learned"]
    assert (learned["version"], learned["against"], learned["lacking"]) == (2, 1, [])
    assert learned["taught"] + learned["held_out"] == 2
    assert learned["comparison"]["n"] == 74 + learned["held_out"]
    assert learned["tried"] == 2 + len(INTERNS)
    assert len(learned["changes"]) == learned["changed"]
    [topic] = learned["topics"]
    assert "实习" in topic["name"]
    assert set(topic["examples"]) <= set(INTERNS)
    published = await post(reviewer, f"/trainings/{training['id']}/publish", 200, why="空瓶换积分")
    assert (published["version"], published["figures"]["n"]) == (2, learned["comparison"]["n"])
    await post(reviewer, f"/trainings/{training['id']}/publish", 409, why="again")
    models = await reviewer.get("/review/models")
    assert (models["current"], [version["number"] for version in models["versions"]]) == (2, [1, 2])
    me = (await reviewer.get("/auth/me"))["staff"]
    by = [(one["version"], one["action"], one["by_id"], one["by_name"]) for one in models["history"]]
    assert by == [(1, "publish", None, "x"), (2, "publish", me["id"], "顾清和")]
    assert (await post(reviewer, "/models/rollback", 200, why="先退回"))["version"] == 1
    assert (await post(reviewer, f"/trainings/{training['id']}/publish", 200, why="还是它好"))["version"] == 2
    await post(reviewer, f"/trainings/{training['id']}/publish", 409, why="serves already")
    administrator = await Colleague.sign_in(server.url, demo_template.account("demo.admin"))
    trail = (await administrator.get("/audit", object_kind="model"))["items"]
    await administrator.close()
    assert [(one["action"], one["object"]["id"], one["reason"], one["before"]["version"]) for one in trail] == [
        ("model.publish", "2", "还是它好", 1),
        ("model.roll_back", "1", "先退回", 2),
        ("model.publish", "2", "空瓶换积分", 1),
    ]


async def test_a_published_model_that_is_damaged_is_told_and_replaced(runtime: Runtime, reviewer: Colleague) -> None:
    engine = runtime.engine
    number = engine.registry.add(engine.engine.model)
    engine.registry.publish(number, by="x", why="x")
    engine.registry.path(number).write_bytes(b"PK")
    assert engine.refresh() is False
    models = await reviewer.get("/review/models")
    assert (models["current"], models["serving"], models["versions"]) == (1, 0, [])
    assert (await post(reviewer, "/models/rollback", 200, why="damaged"))["version"] == 0
    engine.refresh()
    assert (await reviewer.get("/review/models"))["serving"] == 0
    assert not engine.behind
    (engine.registry.folder / "published.json").write_text("[{")
    assert (await reviewer.call("GET", "/review/models")).json()["code"] == "model_history_unreadable"
    assert (await post(reviewer, "/models/rollback", 409, why="x"))["code"] == "model_history_unreadable"


async def test_the_same_words_are_judged_once(server: RunningServer, reviewer: Colleague) -> None:
    await asked(server, "那个弄一下", "那个弄一下！")
    [item] = await reviewer.get("/review/queue")
    assert item["times"] == 2
    await judge(reviewer, item, "other")
    assert await reviewer.get("/review/queue") == []


async def test_no_correction_is_exported_as_a_formula(server: RunningServer, reviewer: Colleague) -> None:
    await asked(server, "=那个弄一下")
    [item] = await reviewer.get("/review/queue")
    await judge(reviewer, item, "other")
    assert "\n'=那个" in (await reviewer.call("GET", "/review/corrections/export")).text


async def test_a_candidate_measured_against_another_model_is_only_forced_by_who_may(
    server: RunningServer, runtime: Runtime, reviewer: Colleague, demo_template: DemoTemplate
) -> None:
    registry = runtime.engine.registry
    number = registry.add(runtime.engine.engine.model)
    registry.publish(number, by="x", why="x")
    await asked(server, "那个弄一下")
    [item] = await reviewer.get("/review/queue")
    await judge(reviewer, item, "other")
    async with working(runtime):
        training = await post(reviewer, "/trainings", 201)
        await over(reviewer, training["id"])
    registry.roll_back(by="x", why="x")
    path = f"/trainings/{training['id']}/publish"
    assert (await post(reviewer, path, 409, why="x"))["code"] == "present_model_changed"
    assert (await post(reviewer, path, 403, why="x", force=True))["code"] == "forbidden"
    administrator = await Colleague.sign_in(server.url, demo_template.account("demo.admin"))
    assert (await post(administrator, path, 200, why="x", force=True))["forced"]
    await administrator.close()


async def test_a_model_published_meanwhile_is_not_rolled_back(
    runtime: Runtime, reviewer: Colleague, monkeypatch: pytest.MonkeyPatch
) -> None:
    registry = runtime.engine.registry
    for _ in range(2):
        registry.publish(registry.add(runtime.engine.engine.model), by="x", why="x")
    former = registry.former()

    def overtaken() -> int:
        registry.publish(1, by="x", why="overtakes")
        return former

    monkeypatch.setattr(registry, "former", overtaken)
    assert (await post(reviewer, "/models/rollback", 409, why="x"))["code"] == "model_replaced_meanwhile"
    assert registry.history()[-1].why == "overtakes"


async def test_a_training_is_stopped_where_it_stands(
    server: RunningServer, runtime: Runtime, reviewer: Colleague
) -> None:
    await asked(server, "那个弄一下")
    [item] = await reviewer.get("/review/queue")
    assert (await post(reviewer, "/trainings", 409))["code"] == "nothing_to_learn"
    await judge(reviewer, item, "other")
    async with working(runtime):
        training = await post(reviewer, "/trainings", 201)

        async def begun() -> bool:
            return bool((await reviewer.get("/review/trainings"))[0]["state"] == "running")

        await eventually(begun)
        stopped = await post(reviewer, f"/trainings/{training['id']}/cancel", 200)
    assert stopped["state"] == "cancelled"
    assert (await post(reviewer, f"/trainings/{training['id']}/cancel", 409))["code"] == "training_over"
    assert (await post(reviewer, f"/trainings/{training['id']}/publish", 409, why="x"))["code"] == "training_not_done"
    assert runtime.engine.registry.versions() == []
    again = await post(reviewer, "/trainings", 201)
    assert again["state"] == "queued"


def broken_encoder() -> None:
    raise RuntimeError("no such file")


def killed_encoder() -> None:
    """As the system does it when memory runs out."""
    os.kill(os.getpid(), signal.SIGKILL)


async def test_a_training_that_breaks_is_told_and_blocks_nothing(
    server: RunningServer, runtime: Runtime, reviewer: Colleague, tmp_path: Path
) -> None:
    await asked(server, "那个弄一下")
    [item] = await reviewer.get("/review/queue")
    await judge(reviewer, item, "other")
    training = await post(reviewer, "/trainings", 201)
    await Trainer(runtime.db, tmp_path, broken_encoder).run(TrainModel(UUID(training["id"])))
    failed = await reviewer.get(f"/review/trainings/{training['id']}")
    assert (failed["state"], failed["stage"], failed["failure"]) == ("failed", "loading", "encoder")
    killed = await post(reviewer, "/trainings", 201)
    await Trainer(runtime.db, tmp_path, killed_encoder).run(TrainModel(UUID(killed["id"])))
    assert (await reviewer.get("/review/trainings"))[0]["failure"] == "memory"


@pytest.mark.parametrize(
    ("error", "failure"),
    [
        (MemoryError(), "memory"),
        (OSError(28, "No space left on device"), "folder"),
        (OSError(13, "Permission denied"), "folder"),
        (OSError(30, "Read-only file system"), "folder"),
        (OSError(111, "Connection refused"), "unexpected"),
        (FileNotFoundError(2, "No such file or directory"), "unexpected"),
        (TimeoutError(), "unexpected"),
        (FolderUnusable(folder="models", reason="read-only"), "folder"),
        (HistoryUnreadable(file="published.json"), "model"),
        (UnknownVersion(version=3), "model"),
        (ValueError("?"), "unexpected"),
    ],
)
def test_what_broke_is_told_by_what_was_missing(error: Exception, failure: str) -> None:
    assert failure_of(error) == failure
