"""Teach the second stage: what each example has to say over sentence vectors (kernel ridge regression), weighed against
the lexical scores on held-out examples."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from yingda.language.calibration import (
    HeldOut,
    cascade,
    loss,
    novelty_rule,
    temperature_for,
)
from yingda.language.encoders import Encoder, Keys, Vectors, key_of, readable, unit_rows
from yingda.language.semantics import LIKENESS, Floats, Semantics, SemanticsCard, Taught, heard
from yingda.language.types import Example

_RIDGE = 0.1  # how far a fully trusted example may be missed: larger is smoother
_MOST = 16_000  # examples that have a say: teaching takes four bytes for each pair of them
_BATCH = 64
_CHUNK = 256
_ENOUGH = 200  # examples that are new to the encoder; with fewer all must tell how well it reads
_BY_ENCODER = (0.5, 1.0, 1.5, 2.0, 3.0)
Tell = Callable[[int, int], None]  # how many texts are encoded, of how many


class Vectorised(NamedTuple):
    """All examples as the model will keep them: centred, of length 1, in bytes."""

    center: Floats
    examples: npt.NDArray[np.int8]
    step: Floats
    keys: Keys
    new: npt.NDArray[np.bool_]  # to the encoder, so that they tell how well it reads

    @property
    def rows(self) -> Vectors:
        return np.asarray(self.examples, np.float32) * self.step


class _Opinion(NamedTuple):
    """What the other examples said of held-out ones, and how near the nearest was, of any and of another label."""

    said: Floats
    nearest: Floats
    nearest_rival: Floats


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
    named = np.array(keys, np.uint64)
    new = ~np.isin(named, encoder.learnt)
    if new.sum() < _ENOUGH:
        new[:] = True
    return Vectorised(center, np.round(rows / step).astype(np.int8), np.array([step]), named, new)


def teach(vectorised: Vectorised, lexical: HeldOut, temperature: float, encoder: str, seed: int) -> Semantics:
    """`lexical` is what the first stage said of the same examples when they were held out."""
    say, opinion = opinions(vectorised, lexical, seed)
    lexical = lexical.only(vectorised.new)
    by_encoder = _weight(lexical, opinion)
    scores = lexical.scores + by_encoder * opinion.said
    both = lexical._replace(scores=scores, familiar=LIKENESS * opinion.nearest, rival=LIKENESS * opinion.nearest_rival)
    margin, curve = cascade(lexical, temperature, both)
    card = SemanticsCard(
        encoder=encoder,
        by_encoder=by_encoder,
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
            say=say.astype(np.float16),
            examples=vectorised.examples,
            step=vectorised.step,
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


def opinions(vectorised: Vectorised, lexical: HeldOut, seed: int) -> tuple[Floats, _Opinion]:
    """What each example has to say, `(examples, labels)`, and what of examples new to the encoder is said without them.

    Those that are trusted least have nothing to say beyond `_MOST`. Leaving one out needs no second teaching: what the
    others say misses its label by its own say over its entry in the diagonal of the inverse kernel matrix (Rasmussen
    and Williams, Gaussian Processes for Machine Learning, 5.4.2).
    """
    rows = vectorised.rows
    pick = _heeded(lexical.trust, seed)
    wanted = np.full((len(pick), lexical.scores.shape[1]), -1, np.float32)
    wanted[np.arange(len(pick)), lexical.targets[pick]] = 1
    said, alone = _solved(rows[pick], (_RIDGE / lexical.trust[pick]).astype(np.float32), wanted)
    say = np.zeros((len(rows), wanted.shape[1]), np.float32)
    say[pick] = said
    without = np.zeros_like(say)
    without[pick] = wanted - said / alone[:, np.newaxis]
    opinion = _Opinion(without, np.zeros(len(rows), np.float32), np.zeros(len(rows), np.float32))
    new = np.flatnonzero(vectorised.new)
    unheeded = np.isin(np.arange(len(rows)), pick, invert=True)
    for start in range(0, len(new), _CHUNK):
        _listen(opinion, rows, say, new[start : start + _CHUNK], lexical.targets, unheeded)
    return say, _Opinion(*(each[new] for each in opinion))


def _heeded(trust: npt.NDArray[np.float64], seed: int) -> npt.NDArray[np.int64]:
    """The examples that have a say; luck decides among those that are trusted alike."""
    order = np.random.default_rng(seed).permutation(len(trust))
    return np.sort(order[np.argsort(-trust[order], kind="stable")][:_MOST])


def _solved(rows: Vectors, ridge: Floats, wanted: Floats) -> tuple[Floats, Floats]:
    """What the examples have to say so that together they say what is wanted, and the diagonal of the inverse."""
    from scipy.linalg import cho_factor, cho_solve
    from scipy.linalg.lapack import spotri

    alike = heard(rows @ rows.T)
    alike[np.diag_indices(len(rows))] += ridge
    # Transposed, the symmetric matrix lies as LAPACK wants it, and is not copied.
    factor = cho_factor(alike.T, overwrite_a=True, check_finite=False)
    said = cho_solve(factor, wanted, check_finite=False)
    inverse, _ = spotri(factor[0], lower=factor[1], overwrite_c=True)
    return said, inverse.diagonal().copy()


def _listen(
    opinion: _Opinion,
    rows: Vectors,
    say: Floats,
    kept: npt.NDArray[np.int64],
    targets: npt.NDArray[np.int64],
    unheeded: npt.NDArray[np.bool_],
) -> None:
    likeness = rows[kept] @ rows.T
    silent = unheeded[kept]
    opinion.said[kept[silent]] = heard(likeness[silent]) @ say
    likeness[np.arange(len(kept)), kept] = -1
    opinion.nearest[kept] = likeness.max(axis=1)
    own = targets[kept][:, np.newaxis] == targets
    opinion.nearest_rival[kept] = np.where(own, -1, likeness).max(axis=1)


def _weight(lexical: HeldOut, opinion: _Opinion) -> float:
    """How much the encoder counts beside the lexical scores: what surprises least."""

    def surprise(weight: float) -> float:
        scores = lexical.scores + weight * opinion.said
        return min(loss(scores, lexical.targets, lexical.trust, t) for t in (0.15, 0.2, 0.3, 0.4, 0.6))

    return min(_BY_ENCODER, key=surprise)
