"""Teach a model and measure it. scikit-learn is imported here and only when teaching: serving does without it."""

import time
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from yingda.language.features import SOUND_BASE, Sounds, grams, is_sound
from yingda.language.model import Card, Floats, Model, Weights
from yingda.language.text import is_han, normalise
from yingda.language.types import Example, RankedIntent, Report

_C = 1.0  # cost of an error against the size of the weights, from cross-validation
_SOUND = 0.5  # a sound weighs half of what a character does: enough against slips, too little to blur homophones
_FOLDS = 4
_BINS = 10


def data_hash(examples: Sequence[Example]) -> str:
    """Names a set of examples: two sets with the same name teach the same."""
    digest = sha256()
    for example in examples:
        digest.update(f"{example.intent}\t{example.weight}\t{example.text}\n".encode())
    return digest.hexdigest()[:16]


def train(examples: Sequence[Example], seed: int = 0) -> Model:
    """A model of `examples`. The same examples and seed give the same model."""
    started = time.perf_counter()
    labels = tuple(sorted({example.intent for example in examples}))
    if len(labels) < 2:
        raise ValueError("at least two intents are needed to tell them apart")
    sounds = _sounds(examples)
    found = [grams(normalise(example.text).text, sounds) for example in examples]
    vocabulary = {gram: row for row, gram in enumerate(sorted(set().union(*found)))}
    rows, idf = _matrix(found, vocabulary)
    lesson = _Lesson(
        rows,
        np.array([labels.index(example.intent) for example in examples]),
        np.array([example.weight for example in examples]),
        len(labels),
        seed,
    )
    held_out = _held_out(lesson)
    card = Card(
        labels=labels,
        temperature=_temperature(held_out),
        novelty=_novelty(held_out),
        examples=len(examples),
        seed=seed,
        data_hash=data_hash(examples),
        cv_accuracy=float((held_out.scores.argmax(axis=1) == held_out.targets).mean()),
        trained_at=datetime.now(UTC).isoformat(timespec="seconds"),
        train_s=0.0,
    )
    weights = _quantised(*_fit(lesson), idf)
    card = msgspec.structs.replace(card, train_s=round(time.perf_counter() - started, 3))
    return Model(card, vocabulary, sounds, weights)


def evaluate(model: Model, examples: Sequence[Example]) -> Report:
    """Measure a model on labelled messages it was not taught, one at a time as in service."""
    if not examples:
        raise ValueError("nothing to measure on")
    predictions: list[RankedIntent] = []
    microseconds: list[float] = []
    for example in examples:
        started = time.perf_counter()
        probabilities = model.read(normalise(example.text).text).probabilities
        best = int(probabilities.argmax())
        microseconds.append((time.perf_counter() - started) * 1e6)
        predictions.append(RankedIntent(model.labels[best], float(probabilities[best])))
    right = np.array([p.name == e.intent for p, e in zip(predictions, examples, strict=True)])
    return Report(
        n=len(examples),
        accuracy=float(right.mean()),
        macro_f1=_macro_f1([e.intent for e in examples], [p.name for p in predictions]),
        ece=_calibration_error(np.array([p.confidence for p in predictions]), right),
        us_p50=float(np.percentile(microseconds, 50)),
        us_p99=float(np.percentile(microseconds, 99)),
        model_bytes=model.size,
        train_s=model.card.train_s,
        predictions=tuple(predictions),
    )


class _Lesson(NamedTuple):
    """All examples as numbers: one sparse row of grams each, its label, and how far it is trusted."""

    rows: Any
    targets: npt.NDArray[np.int64]
    trust: npt.NDArray[np.float64]
    labels: int
    seed: int


class _HeldOut(NamedTuple):
    """What models said of the examples that were kept from them."""

    scores: Floats
    targets: npt.NDArray[np.int64]
    known: Floats  # the share of each example's grams that its model had seen


def _sounds(examples: Sequence[Example]) -> Sounds:
    """How each ideograph sounds, without tones: all of GB 2312 and whatever the examples hold besides."""
    from pypinyin import lazy_pinyin

    common = (bytes((high, low)).decode("gb2312", "ignore") for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF))
    characters = sorted({c for text in (*common, *(e.text for e in examples)) for c in text if is_han(c)})
    spoken = [(c, lazy_pinyin(c)[0]) for c in characters]
    numbers = {sound: i for i, sound in enumerate(sorted({sound for _, sound in spoken}))}
    return {ord(c): chr(SOUND_BASE + numbers[sound]) for c, sound in spoken}


def _matrix(found: Sequence[dict[str, None]], vocabulary: dict[str, int]) -> tuple[Any, Floats]:
    """Rows of unit length whose values are the rarity of each gram, and that rarity."""
    from scipy.sparse import csr_matrix

    columns = np.array([vocabulary[gram] for one in found for gram in one], np.int32)
    ends = np.cumsum([0, *map(len, found)], dtype=np.int32)
    seen_in = np.bincount(columns, minlength=len(vocabulary))
    kinds = np.array([_SOUND if is_sound(gram) else 1.0 for gram in vocabulary])
    idf = (kinds * (np.log((1 + len(found)) / (1 + seen_in)) + 1)).astype(np.float32)
    values = idf[columns].astype(np.float64)
    lengths = np.sqrt(np.add.reduceat(np.append(values**2, 0), ends[:-1]))
    lengths[np.diff(ends) == 0] = 1
    values /= np.repeat(lengths, np.diff(ends))
    return csr_matrix((values, columns, ends), shape=(len(found), len(vocabulary))), idf


def _fit(lesson: _Lesson, chosen: npt.NDArray[np.int64] | None = None) -> tuple[Floats, Floats]:
    """One linear separator per label: `(grams x labels, labels)`. A label without examples gets none."""
    from sklearn.svm import LinearSVC

    pick = np.arange(len(lesson.targets)) if chosen is None else chosen
    machine = LinearSVC(C=_C, tol=0.01, random_state=lesson.seed, max_iter=2000)
    machine.fit(lesson.rows[pick], lesson.targets[pick], sample_weight=lesson.trust[pick])
    coefficients = np.zeros((lesson.rows.shape[1], lesson.labels), np.float32)
    bias = np.full(lesson.labels, -1, np.float32)
    two = len(machine.classes_) == 2  # then the library gives one separator, for the second
    coefficients[:, machine.classes_] = (np.vstack((-machine.coef_, machine.coef_)) if two else machine.coef_).T
    bias[machine.classes_] = np.append(-machine.intercept_, machine.intercept_) if two else machine.intercept_
    return coefficients, bias


def _held_out(lesson: _Lesson) -> _HeldOut:
    """Cross-validation: every example scored by a model that was taught the other folds."""
    fold_of = np.random.default_rng(lesson.seed).permutation(len(lesson.targets)) % _FOLDS
    scores = np.zeros((len(lesson.targets), lesson.labels), np.float32)
    known = np.zeros(len(lesson.targets), np.float32)
    for fold in range(_FOLDS):
        taught, kept = np.flatnonzero(fold_of != fold), np.flatnonzero(fold_of == fold)
        if len(set(lesson.targets[taught])) < 2 or not len(kept):
            continue
        coefficients, bias = _fit(lesson, taught)
        scores[kept] = lesson.rows[kept] @ coefficients + bias
        seen = np.asarray(lesson.rows[taught].sum(axis=0)).ravel() > 0
        present = lesson.rows[kept] > 0
        known[kept] = (present @ seen.astype(np.float32)) / np.maximum(1, present.sum(axis=1).A1)
    return _HeldOut(scores, lesson.targets, known)


def _temperature(held_out: _HeldOut) -> float:
    """The one number that makes softmax(score / temperature) fit how often the held-out answers are right."""
    candidates = np.geomspace(0.05, 2, 60)
    own = np.arange(len(held_out.targets)), held_out.targets

    def loss(temperature: float) -> float:
        scaled = held_out.scores / temperature
        peak = scaled.max(axis=1, keepdims=True)
        total = np.log(np.exp(scaled - peak).sum(axis=1)) + peak.ravel()
        return float((total - scaled[own]).mean())

    return float(min(candidates, key=loss))


def _novelty(held_out: _HeldOut) -> tuple[float, float, float, float]:
    """Learn what a message of none of our kinds looks like, by taking each example's own label away from the model."""
    from sklearn.linear_model import LogisticRegression

    without = held_out.scores.copy()
    without[np.arange(len(without)), held_out.targets] = -np.inf

    def look(scores: Floats) -> npt.NDArray[np.float64]:
        ranked = np.sort(np.where(np.isfinite(scores), scores, -1), axis=1)
        return np.column_stack((ranked[:, -1], ranked[:, -1] - ranked[:, -2], held_out.known))

    familiar, foreign = look(held_out.scores), look(without)
    rule = LogisticRegression().fit(np.vstack((familiar, foreign)), [0] * len(familiar) + [1] * len(foreign))
    by_best, by_lead, by_known = rule.coef_[0]
    return float(rule.intercept_[0]), float(by_best), float(by_lead), float(by_known)


def _quantised(coefficients: Floats, bias: Floats, idf: Floats) -> Weights:
    scale = np.maximum(np.abs(coefficients).max(axis=0), 1e-6).astype(np.float32) / 127
    return Weights(np.round(coefficients / scale).astype(np.int8), scale, bias, idf)


def _macro_f1(truth: Sequence[str], said: Sequence[str]) -> float:
    """Over the labels that occur in the truth."""
    hits = Counter(t for t, s in zip(truth, said, strict=True) if t == s)
    wanted, given = Counter(truth), Counter(said)
    return float(np.mean([2 * hits[label] / (wanted[label] + given[label]) for label in wanted]))


def _calibration_error(confidence: npt.NDArray[np.float64], right: npt.NDArray[np.bool_]) -> float:
    """Expected calibration error: how far confidence and accuracy lie apart, over ten bins."""
    bins = np.minimum((confidence * _BINS).astype(int), _BINS - 1)
    gaps = [abs(confidence[bins == b].sum() - right[bins == b].sum()) for b in range(_BINS)]
    return float(sum(gaps) / len(right))
