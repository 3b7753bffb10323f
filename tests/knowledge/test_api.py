"""The graph in PostgreSQL and over HTTP."""

from msgspec.structs import replace

from tests.conftest import DemoTemplate
from tests.factories import Colleague
from tests.server import RunningServer
from yingda.infra.database import Database
from yingda.knowledge import Experts, open_experts, put_in, read_book
from yingda.knowledge.beauty import repository
from yingda.knowledge.beauty.schemas import ShelfProduct


async def test_the_shipped_book_comes_back_from_the_database_as_it_is(db: Database) -> None:
    async with db.transaction() as tx:
        assert await put_in(tx)
        assert not await put_in(tx)
        book = await repository.load(tx.conn)
    shipped = read_book()
    assert book == replace(shipped, sources=tuple(sorted(shipped.sources, key=lambda source: source.id)))


async def test_what_somebody_edited_outlives_a_new_edition(db: Database) -> None:
    async with db.transaction() as tx:
        await put_in(tx)
        await tx.conn.execute(
            "UPDATE beauty_facts SET value = 'avoid', text = '店里的药师另有意见', edited = true "
            "WHERE subject = '烟酰胺' AND aspect = 'pregnancy'"
        )
        await tx.conn.execute("UPDATE beauty_import SET edition = 'older'")
        await tx.conn.execute("DELETE FROM beauty_facts WHERE subject = '视黄醇'")
    expert = (await open_experts(db, {}, {})).of(None)
    assert "店里的药师另有意见" in expert.ask("孕妇能用烟酰胺吗").answer
    assert "0.1%–0.4%" in expert.ask("视黄醇浓度多少").answer


def test_who_knows_the_same_and_hears_the_same_is_made_once() -> None:
    sounds = {ord("纯"): "chun", ord("醇"): "chun"}
    hearing, deaf = Experts(read_book(), sounds, {}).of(None), Experts(read_book(), {}, {}).of(None)
    assert (bool(hearing.names("视黄纯")), bool(deaf.names("视黄纯"))) == (True, False)
    shops = Experts(read_book(), dict(sounds), {"one": (), "other": ()})
    assert shops.of("one") is shops.of("other") is Experts(read_book(), sounds, {}).of(None)


def test_who_hears_anew_takes_nobody_elses_place() -> None:
    sounds = {ord("纯"): "chun"}
    shelves = {name: (ShelfProduct(id=name, title=name, category="面霜"),) for name in ("one", "two", "three", "four")}
    before = Experts(read_book(), {}, shelves)
    Experts(read_book(), sounds, {"four": shelves["four"]})
    after = Experts(read_book(), {}, {"one": shelves["one"]})
    assert after.of("one") is before.of("one")


async def test_an_ingredient_with_all_around_it(server: RunningServer, demo_template: DemoTemplate) -> None:
    agent = await Colleague.sign_in(server.url, demo_template.account("demo.agent1"))
    found = (await agent.get("/knowledge/ingredients", q="A醇"))["items"]
    assert found[0]["name"] == "视黄醇"
    detail = await agent.get(f"/knowledge/ingredients/{found[0]['id']}")
    assert {"aspect": "pregnancy", "value": "avoid", "subject": "维A类"}.items() <= next(
        fact for fact in detail["facts"] if fact["aspect"] == "pregnancy"
    ).items()
    links = {(one["link"], one["name"]) for one in detail["neighbours"]}
    assert {("member_of", "维A类"), ("avoid", "果酸"), ("contained_in", "时光瓷视黄醇紧致精华乳")} <= links
    named = {one["source"] for one in [*detail["facts"], *detail["neighbours"]]} - {""}
    assert named == {source["id"] for source in detail["sources"]}
    await agent.close()


async def test_a_question_over_http(server: RunningServer, demo_template: DemoTemplate) -> None:
    agent = await Colleague.sign_in(server.url, demo_template.account("demo.agent1"))
    asked = {"question": "这款孕妇能用吗", "shop": "liuli", "about": ["product:P1402"]}
    answer = await agent.call("POST", "/knowledge/ask", json=asked)
    assert answer.status_code == 200
    assert answer.json()["kind"] == "pregnancy"
    assert "不要使用" in answer.json()["answer"]
    await agent.close()
