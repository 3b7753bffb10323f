"""Photographed ingredient lists: read, matched with the official names, weighed for a person."""

from yingda.knowledge.labels.advice import Assessment, ListedIngredient, Person, assess
from yingda.knowledge.labels.endpoints import routers, upload_routers
from yingda.knowledge.labels.events import LabelBegun, LabelRead
from yingda.knowledge.labels.schemas import Certainty, LabelReading, NameMatch, PackageLabel, ReadingState
from yingda.knowledge.labels.service import LabelReader, ask, purge, reading

__all__ = [
    "Assessment",
    "Certainty",
    "LabelBegun",
    "LabelRead",
    "LabelReader",
    "LabelReading",
    "ListedIngredient",
    "NameMatch",
    "PackageLabel",
    "Person",
    "ReadingState",
    "ask",
    "assess",
    "purge",
    "reading",
    "routers",
    "upload_routers",
]
