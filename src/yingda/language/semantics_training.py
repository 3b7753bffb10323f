"""Teach the second stage: separators and voters over sentence vectors, weighed against the lexical scores on held-out
examples."""

from collections.abc import Callable, Sequence
from hashlib import blake2b
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from yingda.language.calibration import (
    HeldOut,
    cascade,
    loss,
    novelty_rule,
    temperature_for,
)
from yingda.language.encoders import Encoder, Vectors, readable, unit_rows
from yingda.language.semantics import LIKENESS, Floats, Semantics, SemanticsCard, Taught, vote
from yingda.language.types import Example

_C = 1.0
_BATCH = 64
_CHUNK = 256
_BY_ENCODER = (0.5, 0.75, 1.0, 1.5)
_BY_VOTERS = (0.0, 0.3, 0.6, 1.0, 1.5)
Tell = Callable[[int, int], None]  # how many texts are encoded, of how many


class Vectorised(NamedTuple):
    """All examples as the model will keep them: centred, of length 1, in bytes."""

    center: Floats
    examples: npt.NDArray[np.int8]
    step: Floats
    keys: npt.NDArray[np.uint64]

    @property
    def rows(self) -> Vectors:
        return np.asarray(self.examples, np.float32) * self.step


class _Opinion(NamedTuple):
    """What separators and voters said of held-out examples, and how near the nearest example was, of any and of
    another label."""

    separated: Floats
    votes: Floats
    nearest: Floats
    nearest_rival: Floats


def key_of(text: str) -> int:
    """Names a text as the encoder reads it."""
    return int.from_bytes(blake2b(readable(text).encode(), digest_size=8).digest(), "big")


def vectorise(examples: Sequence[Example], encoder: Encoder, known: Semantics | None, tell: Tell | None) -> Vectorised:
    """Encode what `known` (a model taught earlier with the same encoder) does not hold yet."""
    keys = [key_of(example.text) for example in examples]
    held = known.vectors() if known and known.card.encoder == encoder.name else {}
    missing = {key: example.text for key, example in zip(keys, examples, strict=True) if key not in held}
    fresh = _encoded(encoder, list(missing.values()), tell)
    center = known.taught.center if known and held else fresh.mean(axis=0)
    if len(fresh):
        held.update(zip(missing, unit_rows(fresh - center), strict=True))
    rows = np.stack([held[key] for key in keys])
    step = np.float32(max(float(np.abs(rows).max()), 1e-6) / 127)
    return Vectorised(center, np.round(rows / step).astype(np.int8), np.array([step]), np.array(keys, np.uint64))


def teach(
    vectorised: Vectorised, lexical: HeldOut, temperature: float, folds: npt.NDArray[np.int64], encoder: str, seed: int
) -> Semantics:
    """`lexical` is what the first stage said of the same examples when they were held out, in the same folds."""
    rows, labels = vectorised.rows, lexical.scores.shape[1]
    opinion = _held_out(rows, lexical, folds, seed)
    by_encoder, by_voters = _weights(lexical, opinion)
    scores = lexical.scores + by_encoder * opinion.separated + by_voters * opinion.votes
    both = lexical._replace(scores=scores, familiar=LIKENESS * opinion.nearest, rival=LIKENESS * opinion.nearest_rival)
    margin, curve = cascade(lexical, temperature, both)
    separators, bias = _separators(rows, lexical.targets, lexical.trust, labels, seed)
    card = SemanticsCard(
        encoder=encoder,
        by_encoder=by_encoder,
        by_voters=by_voters,
        temperature=temperature_for(both),
        novelty=novelty_rule(both),
        margin=margin,
        curve=curve,
        cv_accuracy=both.accuracy,
    )
    return Semantics(
        card,
        Taught(
            center=vectorised.center,
            separators=separators.astype(np.float16),
            bias=bias,
            examples=vectorised.examples,
            step=vectorised.step,
            owners=lexical.targets.astype(np.uint16),
            trust=lexical.trust.astype(np.float16),
            keys=vectorised.keys,
        ),
    )


def _encoded(encoder: Encoder, texts: list[str], tell: Tell | None) -> Vectors:
    parts = []
    for start in range(0, len(texts), _BATCH):
        parts.append(encoder.encode([readable(text) for text in texts[start : start + _BATCH]]))
        if tell:
            tell(min(start + _BATCH, len(texts)), len(texts))
    return np.vstack(parts) if parts else np.zeros((0, 0), np.float32)


def _separators(
    rows: Vectors, targets: npt.NDArray[np.int64], trust: npt.NDArray[np.float64], labels: int, seed: int
) -> tuple[Floats, Floats]:
    from sklearn.svm import LinearSVC

    # The dual is three times as fast here as what the library would choose, at the same accuracy.
    machine = LinearSVC(C=_C, tol=0.1, dual=True, random_state=seed, max_iter=2000)
    machine.fit(rows, targets, sample_weight=trust)
    return spread_out(machine, rows.shape[1], labels)


def spread_out(machine: Any, width: int, labels: int) -> tuple[Floats, Floats]:
    """One linear separator per label, `(width, labels)` and a bias; a label without examples always loses."""
    coefficients = np.zeros((width, labels), np.float32)
    bias = np.full(labels, -1, np.float32)
    two = len(machine.classes_) == 2  # then the library gives one separator, for the second
    coefficients[:, machine.classes_] = (np.vstack((-machine.coef_, machine.coef_)) if two else machine.coef_).T
    bias[machine.classes_] = np.append(-machine.intercept_, machine.intercept_) if two else machine.intercept_
    return coefficients, bias


def _held_out(rows: Vectors, lexical: HeldOut, folds: npt.NDArray[np.int64], seed: int) -> _Opinion:
    count, labels = lexical.scores.shape
    opinion = _Opinion(
        *(np.zeros(shape, np.float32) for shape in ((count, labels), (count, labels), (count,), (count,)))
    )
    for fold in np.unique(folds):
        taught, kept = np.flatnonzero(folds != fold), np.flatnonzero(folds == fold)
        if len(set(lexical.targets[taught])) < 2:
            continue
        separators, bias = _separators(rows[taught], lexical.targets[taught], lexical.trust[taught], labels, seed)
        opinion.separated[kept] = rows[kept] @ separators + bias
        for start in range(0, len(kept), _CHUNK):
            _listen(opinion, rows, taught, kept[start : start + _CHUNK], lexical)
    return opinion


def _listen(
    opinion: _Opinion, rows: Vectors, taught: npt.NDArray[np.int64], kept: npt.NDArray[np.int64], lexical: HeldOut
) -> None:
    owners = lexical.targets[taught]
    trust = lexical.trust[taught].astype(np.float32)
    for index, likeness in zip(kept, rows[kept] @ rows[taught].T, strict=True):
        opinion.votes[index] = vote(likeness, owners.astype(np.uint16), trust, lexical.scores.shape[1])
        opinion.nearest[index] = likeness.max()
        opinion.nearest_rival[index] = likeness[owners != lexical.targets[index]].max()


def _weights(lexical: HeldOut, opinion: _Opinion) -> tuple[float, float]:
    """How much separators and voters count beside the lexical scores: the pair that surprises least."""

    def surprise(pair: tuple[float, float]) -> float:
        scores = lexical.scores + pair[0] * opinion.separated + pair[1] * opinion.votes
        return min(loss(scores, lexical.targets, lexical.trust, t) for t in (0.15, 0.2, 0.3, 0.4, 0.6))

    return min(((a, b) for a in _BY_ENCODER for b in _BY_VOTERS), key=surprise)
