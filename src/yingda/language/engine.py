"""The engine: one call that reads everything from a message."""

import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from yingda.kit.paths import data_dir
from yingda.language.classifier import Classifier, Judge, settled
from yingda.language.context import read_in_context
from yingda.language.emotion import EmotionReader
from yingda.language.encoders import Encoder
from yingda.language.entities import find_entities
from yingda.language.gazetteer import Gazetteer
from yingda.language.model import Model
from yingda.language.parts import parts_of
from yingda.language.semantics import Floats
from yingda.language.shipped import ensure_model
from yingda.language.text import Normal, language_of, normalise
from yingda.language.types import (
    NONE_OF_OURS,
    Context,
    GazetteerEntry,
    RankedIntent,
    Span,
    SpanRole,
    Stage,
    Understanding,
)

_RANKED = 5
_SPANS = 3
_NO_CONTEXT = Context()


class Engine:
    """Immutable, and so safe to share between threads and requests."""

    def __init__(self, classifier: Classifier, emotions: EmotionReader, gazetteer: Gazetteer | None = None) -> None:
        self.classifier = classifier
        self.model = classifier.model
        self._emotions = emotions
        self._gazetteer = gazetteer

    @classmethod
    def load(cls, path: Path, encoder: Encoder | None = None, judge: Judge | None = None) -> "Engine":
        """The engine around the model in this file; raises `ModelUnreadable`."""
        classifier = Classifier(Model.load(path), encoder, judge)
        return cls(classifier, EmotionReader.load(data_dir() / "language" / "emotion.tsv"))

    @property
    def slow(self) -> bool:
        """Whether `understand` may take longer than a millisecond: then ask in a thread."""
        return self.classifier.slow

    def with_gazetteer(self, entries: Sequence[GazetteerEntry]) -> "Engine":
        """The same engine that also recognises these names."""
        return Engine(self.classifier, self._emotions, Gazetteer(entries, self.model.sounds))

    def understand(self, text: str, context: Context = _NO_CONTEXT) -> Understanding:
        """Read one message. Never raises; of an endless text only the beginning is read."""
        normal = normalise(text)
        probabilities, out_of_scope, stage = self._classify(text, normal)
        names = self._gazetteer.find(text) if self._gazetteer else ()
        entities = find_entities(text, context.now, names)
        ranked = self._ranked(probabilities)
        in_context = read_in_context(text, entities, context, ranked[0])
        if in_context and in_context.intent in self.model.labels:
            probabilities = settled(probabilities, self.model.labels.index(in_context.intent), in_context.confidence)
            out_of_scope = min(out_of_scope, 1 - in_context.confidence)
            ranked = self._ranked(probabilities)
        feeling = self._emotions.read(text, ranked[0].name)
        return Understanding(
            intents=ranked,
            out_of_scope=round(out_of_scope, 4),
            entities=entities,
            emotion=feeling.emotion,
            sentiment=feeling.sentiment,
            urgency=feeling.urgency,
            language=language_of(text),
            spans=(*self._spans(normal, ranked[0].name), *feeling.spans),
            parts=parts_of(text, self._read_clause, ranked[0].name),
            stage=stage,
        )

    def _classify(self, text: str, normal: Normal) -> tuple[Floats, float, Stage]:
        """Probabilities, and how surely the message is none of ours: unlike all examples, or like those of `other`."""
        known = NONE_OF_OURS in self.model.labels
        if known and not normal.text:
            blank = self.model.read(self.model.score("")).probabilities
            return settled(blank, self.model.labels.index(NONE_OF_OURS), 0.9), 1.0, Stage.LEXICAL
        (probabilities, foreign), stage = self.classifier.read(text, normal.text)
        other = float(probabilities[self.model.labels.index(NONE_OF_OURS)]) if known else 0.0
        return probabilities, 1 - (1 - foreign) * (1 - other), stage

    def _ranked(self, probabilities: Floats) -> tuple[RankedIntent, ...]:
        best = np.argsort(-probabilities, kind="stable")[:_RANKED]
        return tuple(RankedIntent(self.model.labels[i], round(float(probabilities[i]), 4)) for i in best)

    def _spans(self, normal: Normal, intent: str) -> tuple[Span, ...]:
        """The stretches that spoke most for the intent, each with its share of all that spoke for it."""
        share = self.model.explain(normal, intent)
        runs: list[tuple[float, int, int]] = []
        for i, weight in enumerate(share):
            if weight <= 0:
                continue
            if runs and runs[-1][2] == i:
                runs[-1] = (runs[-1][0] + weight, runs[-1][1], i + 1)
            else:
                runs.append((weight, i, i + 1))
        total = sum(weight for weight, _, _ in runs)
        offsets = normal.offsets
        return tuple(
            Span(SpanRole.INTENT, intent, offsets[start], offsets[end - 1] + 1, round(weight / total, 3))
            for weight, start, end in sorted(runs, reverse=True)[:_SPANS]
        )

    def _read_clause(self, clause: str) -> RankedIntent:
        """By grams alone: a message has many clauses."""
        probabilities = self.model.read(self.model.score(normalise(clause).text)).probabilities
        best = int(probabilities.argmax())
        return RankedIntent(self.model.labels[best], round(float(probabilities[best]), 4))


def default_engine(cache_dir: Path | None = None, encoder: Encoder | None = None, judge: Judge | None = None) -> Engine:
    """The engine with the shipped model, which is taught first where it does not fit (see `ensure_model`)."""
    return Engine.load(ensure_model(cache_dir or _user_cache(), encoder), encoder, judge)


def _user_cache() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "yingda"
