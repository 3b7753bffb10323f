"""Teach a model. scikit-learn is imported here and only when teaching: serving does without it."""

import time
from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from yingda.language.calibration import HeldOut, novelty_rule, temperature_for
from yingda.language.encoders import Encoder
from yingda.language.features import SOUND_BASE, Sounds, grams, is_sound
from yingda.language.model import KNOWN, Card, Model, Weights
from yingda.language.semantics import Floats
from yingda.language.semantics_training import Tell, teach, vectorise
from yingda.language.text import is_han, normalise
from yingda.language.types import Example

_C = 1.0  # cost of an error against the size of the weights, from cross-validation
_SOUND = 0.5  # a sound weighs half of what a character does: enough against slips, too little to blur homophones
_FOLDS = 10


def data_hash(examples: Sequence[Example]) -> str:
    """Names a set of examples: two sets with the same name teach the same."""
    digest = sha256()
    for example in examples:
        digest.update(f"{example.intent}\t{example.weight}\t{example.text}\n".encode())
    return digest.hexdigest()[:16]


def train(
    examples: Sequence[Example],
    seed: int = 0,
    *,
    encoder: Encoder | None = None,
    known: Model | None = None,
    tell: Tell | None = None,
) -> Model:
    """A model of `examples`. The same examples and seed give the same model.

    With an encoder it gets its second stage. Texts whose vectors `known` holds are not encoded again; `tell` hears how
    far encoding is.
    """
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
        np.random.default_rng(seed).permutation(len(examples)) % _FOLDS,
        len(labels),
        seed,
    )
    held_out = _held_out(lesson)
    temperature = temperature_for(held_out)
    semantics = None
    if encoder:
        vectorised = vectorise(examples, encoder, known.semantics if known else None, tell)
        semantics = teach(vectorised, held_out, temperature, encoder.name, seed)
    weights = _quantised(*_fit(lesson), idf)
    card = Card(
        labels=labels,
        temperature=temperature,
        novelty=novelty_rule(held_out),
        examples=len(examples),
        seed=seed,
        data_hash=data_hash(examples),
        cv_accuracy=held_out.accuracy,
        trained_at=datetime.now(UTC).isoformat(timespec="seconds"),
        train_s=round(time.perf_counter() - started, 3),
        semantics=semantics.card if semantics else None,
    )
    return Model(card, vocabulary, sounds, weights, semantics)


class _Lesson(NamedTuple):
    """All examples as numbers: one sparse row of grams each, its label, and how far it is trusted."""

    rows: Any
    targets: npt.NDArray[np.int64]
    trust: npt.NDArray[np.float64]
    folds: npt.NDArray[np.int64]
    labels: int
    seed: int


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
    """One linear separator per label, `(grams, labels)` and a bias; a label without examples always loses."""
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


def _held_out(lesson: _Lesson) -> HeldOut:
    """Cross-validation: every example scored by a model that was taught the other folds, and as serving scores it:
    grams that were not taught count for nothing, not even for a message's length."""
    from sklearn.preprocessing import normalize

    scores = np.zeros((len(lesson.targets), lesson.labels), np.float32)
    known = np.zeros(len(lesson.targets), np.float32)
    for fold in range(_FOLDS):
        taught, kept = np.flatnonzero(lesson.folds != fold), np.flatnonzero(lesson.folds == fold)
        if len(set(lesson.targets[taught])) < 2 or not len(kept):
            continue
        coefficients, bias = _fit(lesson, taught)
        seen = np.asarray(lesson.rows[taught].sum(axis=0)).ravel() > 0
        rows = lesson.rows[kept]
        readable = rows.multiply(seen).tocsr()
        readable.eliminate_zeros()
        scores[kept] = normalize(readable) @ coefficients + bias
        known[kept] = readable.getnnz(axis=1) / np.maximum(1, rows.getnnz(axis=1))
    return HeldOut(scores, lesson.targets, lesson.trust, KNOWN * known, KNOWN * known)


def _quantised(coefficients: Floats, bias: Floats, idf: Floats) -> Weights:
    scale = np.maximum(np.abs(coefficients).max(axis=0), 1e-6).astype(np.float32) / 127
    return Weights(np.round(coefficients / scale).astype(np.int8), scale, bias, idf)
