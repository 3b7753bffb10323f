"""Articles from draft to what the assistant says."""

from tests.factories import Visitor
from tests.server import RunningServer


async def test_a_shipped_article_answers(server: RunningServer) -> None:
    visitor = await Visitor.open(server.http)
    said = (await visitor.ask("七天无理由是从哪天开始算的"))[0]["content"]["text"]
    assert "签收次日零时起 7 天内" in said
    assert "《7 天无理由退货怎么算》" in said
