"""Articles of the demo shop."""

import msgspec

from yingda.infra.database import Tx
from yingda.kit.clock import now
from yingda.knowledge.articles import rules
from yingda.knowledge.articles.files import shipped
from yingda.knowledge.articles.repository import articles as repository
from yingda.knowledge.articles.schemas import Move, Moved
from yingda.knowledge.articles.service import live, new_article, written

_SHIPPED = "出厂文章"


async def seed_demo(tx: Tx) -> None:
    """Those that ship, live, unless there is one under their name already."""
    files = [msgspec.structs.replace(one, content=rules.tidy(one.content)) for one in shipped()]
    known = await repository.by_slugs(tx.conn, [one.slug for one in files])
    fresh = [one for one in files if one.slug not in known]
    for one in fresh:
        rules.check(one.content)
    articles = [live(new_article(one.slug, one.content), one.content) for one in fresh]
    await repository.add(tx.conn, articles)
    pairs = list(zip(articles, fresh, strict=True))
    await repository.add_versions(tx.conn, [(a.id, written(a, one.content, None, _SHIPPED)) for a, one in pairs])
    moved = Moved(version=1, move=Move.APPROVE, staff_id=None, staff_name="", remark=_SHIPPED, at=now())
    await repository.add_moves(tx.conn, [(one.id, moved) for one in articles])
