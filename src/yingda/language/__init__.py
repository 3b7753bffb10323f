"""Understand a customer's message: intent, entities, emotion, urgency. No tables, no network, well under a millisecond
a message; importable and useful alone.

    engine = default_engine()
    engine.understand("快递三天没动了，急死了", Context(now=clock.now()))
"""

from yingda.language.engine import Engine, default_engine
from yingda.language.model import Model, ModelUnreadable
from yingda.language.shipped import ensure_model, intents
from yingda.language.summary import Point, Promise, Said, Speaker, Summary, summarise
from yingda.language.training import evaluate, train
from yingda.language.types import (
    Context,
    Emotion,
    Entity,
    EntityKind,
    Example,
    GazetteerEntry,
    Part,
    RankedIntent,
    Report,
    Span,
    SpanRole,
    Understanding,
)

__all__ = [
    "Context",
    "Emotion",
    "Engine",
    "Entity",
    "EntityKind",
    "Example",
    "GazetteerEntry",
    "Model",
    "ModelUnreadable",
    "Part",
    "Point",
    "Promise",
    "RankedIntent",
    "Report",
    "Said",
    "Span",
    "SpanRole",
    "Speaker",
    "Summary",
    "Understanding",
    "default_engine",
    "ensure_model",
    "evaluate",
    "intents",
    "summarise",
    "train",
]
