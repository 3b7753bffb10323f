"""Measure a model on labelled messages that it was not taught."""

import time
from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np

from yingda.language.calibration import calibration_error
from yingda.language.classifier import Classifier
from yingda.language.model import Model
from yingda.language.types import Example, RankedIntent, Report, Stage


def evaluate(
    reader: Model | Classifier, examples: Sequence[Example], tell: Callable[[int, int], None] | None = None
) -> Report:
    """One message at a time, as in service. A bare model reads by grams; a `Classifier` says what else is asked."""
    if not examples:
        raise ValueError("nothing to measure on")
    classifier = reader if isinstance(reader, Classifier) else Classifier(reader)
    model = classifier.model
    predictions: list[RankedIntent] = []
    foreign: list[float] = []
    microseconds: list[float] = []
    asked = 0
    for done, example in enumerate(examples, 1):
        started = time.perf_counter()
        reading, stage = classifier.read(example.text)
        best = int(reading.probabilities.argmax())
        microseconds.append((time.perf_counter() - started) * 1e6)
        predictions.append(RankedIntent(model.labels[best], float(reading.probabilities[best])))
        foreign.append(reading.out_of_scope)
        asked += stage is not Stage.LEXICAL
        if tell:
            tell(done, len(examples))
    right = np.array([p.name == e.intent for p, e in zip(predictions, examples, strict=True)])
    return Report(
        n=len(examples),
        accuracy=float(right.mean()),
        macro_f1=_macro_f1([e.intent for e in examples], [p.name for p in predictions]),
        ece=calibration_error(np.array([p.confidence for p in predictions]), right),
        us_p50=float(np.percentile(microseconds, 50)),
        us_p99=float(np.percentile(microseconds, 99)),
        us_mean=float(np.mean(microseconds)),
        asked=asked / len(examples),
        model_bytes=model.size,
        train_s=model.card.train_s,
        predictions=tuple(predictions),
        out_of_scope=tuple(foreign),
    )


def _macro_f1(truth: Sequence[str], said: Sequence[str]) -> float:
    """Over the labels that occur in the truth."""
    hits = Counter(t for t, s in zip(truth, said, strict=True) if t == s)
    wanted, given = Counter(truth), Counter(said)
    return float(np.mean([2 * hits[label] / (wanted[label] + given[label]) for label in wanted]))
