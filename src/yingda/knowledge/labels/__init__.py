"""Photographed ingredient lists: read, matched with the official names, weighed for a person."""

from yingda.knowledge.labels.advice import Assessment, ListedIngredient, Person, assess
from yingda.knowledge.labels.endpoints import routers, upload_routers
from yingda.knowledge.labels.events import LabelBegun, LabelRead
from yingda.knowledge.labels.schemas import Certainty, Label, LabelReading, Match, ReadingState
from yingda.knowledge.labels.service import LabelReader, ask, purge, reading

__all__ = [
    "Assessment",
    "Certainty",
    "Label",
    "LabelBegun",
    "LabelRead",
    "LabelReader",
    "LabelReading",
    "ListedIngredient",
    "Match",
    "Person",
    "ReadingState",
    "ask",
    "assess",
    "purge",
    "reading",
    "routers",
    "upload_routers",
]
