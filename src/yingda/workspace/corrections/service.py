"""From an answer that was wrong to the article that it came from."""

from uuid import UUID

from yingda.conversations import asked_before, citation_of, message_at
from yingda.infra.database import Tx
from yingda.kit.errors import Conflict
from yingda.knowledge import NewProposal, correct


class NothingCited(Conflict):
    code = "nothing_cited"
    zh = "这条消息没有引用知识库文章，无法更正。"
    en = "This message cites no article that could be corrected."


async def correct_answer(tx: Tx, conversation_id: UUID, seq: int, text: str) -> None:
    """Propose it for the article that the message cites.

    Raises `MessageNotFound`, `NothingCited`, `ArticleNotFound`.
    """
    citation = citation_of(await message_at(tx.conn, conversation_id, seq))
    if citation is None:
        raise NothingCited
    question = await asked_before(tx.conn, conversation_id, seq) or citation.title
    await correct(tx, NewProposal(question=question, detail=text, article_id=citation.article_id))
