"""Articles: written, reviewed, let live, found, and improved by what customers ask in vain."""

from yingda.knowledge.articles.demo import seed_demo
from yingda.knowledge.articles.events import ArticlesChanged
from yingda.knowledge.articles.files import ArticleFile, read_article, shipped, write_article
from yingda.knowledge.articles.library import Fate, Library
from yingda.knowledge.articles.variables import Values, ValuesOf, Variable

__all__ = [
    "ArticleFile",
    "ArticlesChanged",
    "Fate",
    "Library",
    "Values",
    "ValuesOf",
    "Variable",
    "read_article",
    "seed_demo",
    "shipped",
    "write_article",
]
