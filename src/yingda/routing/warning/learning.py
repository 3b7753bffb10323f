"""Teaching a model from what became of the organisation's own conversations, or of its tickets."""

import asyncio
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from yingda.routing.warning.rules import brier, probability
from yingda.routing.warning.schemas import Model, Sample

#: Fewer than this teach nothing that the scorecard does not know.
LEAST_ITEMS = 300
LEAST_BAD = 30
_FOLDS = 5
_SEED = 20260101


def teach(samples: Sequence[Sample], written: Model, version: int) -> Model | None:
    """A model that predicts better than the scorecard `written`, on items held out; None if there is none yet.

    Logistic regression is calibrated by its own loss; a second calibration would cost more samples than it brings.
    All samples of an item stay in one fold: it must not be known from its other half.
    """
    # a hundred megabytes that only the worker that teaches needs
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import GroupKFold, cross_val_predict

    groups = [str(sample.item_id) for sample in samples]
    bad = np.array([sample.bad for sample in samples], dtype=bool)
    if len(set(groups)) < LEAST_ITEMS or len({g for g, b in zip(groups, bad, strict=True) if b}) < LEAST_BAD:
        return None
    matrix = np.array([sample.features for sample in samples], dtype=float)
    means, scales = matrix.mean(axis=0), matrix.std(axis=0)
    scales[scales < 1e-9] = 1.0
    standard = (matrix - means) / scales
    regression = LogisticRegression(C=0.5, max_iter=1000, random_state=_SEED)
    held_out = cross_val_predict(
        regression, standard, bad, groups=groups, cv=GroupKFold(_FOLDS), method="predict_proba"
    )[:, 1]
    error = brier(zip(held_out.tolist(), bad.tolist(), strict=True))
    before = brier((probability(written, sample.features), sample.bad) for sample in samples)
    if error is None or before is None or error >= before:
        return None
    regression.fit(standard, bad)
    return Model(
        version=version,
        intercept=float(regression.intercept_[0]),
        weights=[float(weight) for weight in regression.coef_[0]],
        means=means.tolist(),
        scales=scales.tolist(),
        threshold=_threshold(held_out, bad, written.threshold),
        trained_on=len(set(groups)),
        brier=error,
    )


async def teach_aside(samples: Sequence[Sample], written: Model, version: int) -> Model | None:
    """The same, in a thread: it computes for seconds."""
    return await asyncio.to_thread(teach, samples, written, version)


def _threshold(probabilities: NDArray[np.float64], bad: NDArray[np.bool_], otherwise: float) -> float:
    """Where precision and recall are best together (F1), on held-out probabilities; never below 0.1."""
    best, chosen = -1.0, otherwise
    for threshold in np.arange(0.1, 0.75, 0.05):
        flagged = probabilities >= threshold
        hits = int((flagged & bad).sum())
        score = 2 * hits / (int(flagged.sum()) + int(bad.sum()) or 1)
        if score > best:
            best, chosen = score, float(threshold)
    return round(chosen, 2)
