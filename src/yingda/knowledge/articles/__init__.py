"""Articles: written, reviewed, let live, found, and improved by what customers ask in vain."""

from yingda.knowledge.articles.demo import seed_demo
from yingda.knowledge.articles.endpoints import GivenLibrary, upload_routers
from yingda.knowledge.articles.endpoints import routers as article_routers
from yingda.knowledge.articles.events import ArticlesChanged
from yingda.knowledge.articles.files import ArticleFile, faults, read_article, shipped, write_article
from yingda.knowledge.articles.library import Fate, Library
from yingda.knowledge.articles.proposals import correct, gather, judge, propose, purge_proposals
from yingda.knowledge.articles.queue import routers as queue_routers
from yingda.knowledge.articles.schemas import Judged, MissedTopic, NewProposal, ProposalKind
from yingda.knowledge.articles.variables import ArticleVariable, Values, ValuesOf

routers = [*article_routers, *queue_routers]

__all__ = [
    "ArticleFile",
    "ArticleVariable",
    "ArticlesChanged",
    "Fate",
    "GivenLibrary",
    "Judged",
    "Library",
    "MissedTopic",
    "NewProposal",
    "ProposalKind",
    "Values",
    "ValuesOf",
    "correct",
    "faults",
    "gather",
    "judge",
    "propose",
    "purge_proposals",
    "read_article",
    "routers",
    "seed_demo",
    "shipped",
    "upload_routers",
    "write_article",
]
