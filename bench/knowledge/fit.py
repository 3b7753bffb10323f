"""Where the constants of closeness come from: `python -m bench.knowledge fit`, then copy what it tells.

From the dev half alone, with two encoders of different scales at once, so that they hold for others too; of each
encoder only the questions whose labels it was not taught with.
"""

from collections.abc import Sequence
from itertools import chain
from zlib import crc32

import msgspec
import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss

from bench.figures import Figure
from bench.knowledge.questions import Half, Question, read_questions
from bench.knowledge.retrieval import Asked, answers, ask, unlearnt
from bench.knowledge.shelf import both_encoders, indexed, shelved
from yingda.app.library import words
from yingda.knowledge import ArticleHit, Mode
from yingda.knowledge.search.confidence import AS_ASKED, SAME, leads
from yingda.knowledge.search.rules import WORDS

Numbers = npt.NDArray[np.float64]

_WORDS = (0.1, 0.2, 0.24, 0.3, 0.36, 0.45, 0.6)
_FAR_AHEAD = (0.1, 0.2, 0.3, 0.4, 0.6)
_FOLDS = 5
#: Of the mean reciprocal rank: what is lost by less is not lost.
_SLACK = 0.002
#: The assistant looks at so many.
_TAKEN = 3


class Case(msgspec.Struct, frozen=True):
    """An article found for a question, and how far it is ahead."""

    question: Question
    hit: ArticleHit
    lead: float

    @property
    def right(self) -> bool:
        return self.hit.slug in self.question.slugs

    def row(self, far: float) -> tuple[float, float, float]:
        return self.hit.likeness, self.hit.closeness or 0.0, min(self.lead, far)


Cases = dict[str, list[list[Case]]]
"""By encoder and question, best first."""


class Choice(msgspec.Struct, frozen=True):
    """A pair of the grid and what comes of it: both encoders' mean doubt, and by encoder how sure each case is."""

    cases: Cases
    words: float
    far: float
    doubt: float
    sure: dict[str, list[Numbers]]


async def measure(*, quick: bool) -> list[Figure]:
    """Of weights of words that order well, and of leads, those with the least doubt; a regression does the rest."""
    asked = _asked()
    if not asked:
        return []
    ordered = {weight: {name: _cases(each, weight) for name, each in asked.items()} for weight in _WORDS}
    ranks = {weight: _reciprocal(cases) for weight, cases in ordered.items()}
    fit = [weight for weight in _WORDS if ranks[weight] >= max(ranks.values()) - _SLACK]
    far = _FAR_AHEAD[:1] if quick else _FAR_AHEAD
    best = min((_choice(ordered[one], one, lead) for one in fit for lead in far), key=lambda one: one.doubt)
    return [*_constants(best), *chain.from_iterable(_figures(name, each, best) for name, each in asked.items())]


def _constants(best: Choice) -> list[Figure]:
    model = _fitted(list(chain.from_iterable(chain.from_iterable(best.cases.values()))), best.far)
    weights = zip(("likeness", "closeness", "lead"), model.coef_[0], strict=True)
    return [
        Figure("WORDS", "", [best.words]),
        Figure("_FAR_AHEAD", "", [best.far]),
        *(Figure(f"_BY_BOTH: {name}", "", [float(weight)]) for name, weight in weights),
        Figure("_BY_BOTH: offset", "", [float(model.intercept_[0])]),
    ]


def _figures(name: str, asked: Sequence[Asked], best: Choice) -> list[Figure]:
    """Each question judged by what was fitted without it."""
    judged = [
        Asked(
            one.question,
            [msgspec.structs.replace(case.hit, confidence=float(p)) for case, p in zip(*each, strict=True)],
        )
        for one, *each in zip(asked, best.cases[name], best.sure[name], strict=True)
    ]
    of = f"dev, {name}"
    ranks = [one.rank for one in judged if one.question.answerable]
    first = 100 * sum(rank == 1 for rank in ranks) / len(ranks)
    return [Figure(f"{of}: recall@1 of {len(ranks)}", "%", [first]), *answers(f"{of}, {_FOLDS} folds", judged)]


def _asked() -> dict[str, list[Asked]]:
    """By encoder."""
    questions = [one for one in read_questions() if one.half is Half.DEV]
    found = {}
    for encoder in both_encoders():
        index = indexed(words(), encoder, shelved(encoder))
        found[encoder.name] = unlearnt(encoder, ask(index, questions, Mode.FUSED))
        encoder.save()
    return found


def _cases(asked: Sequence[Asked], weight: float) -> list[list[Case]]:
    return [_ordered(one, weight) for one in asked]


def _ordered(asked: Asked, weight: float) -> list[Case]:
    """As if the best match of words had counted `weight`."""
    close = [hit.closeness or 0.0 for hit in asked.hits]
    scores = [near + (hit.score - near) * weight / WORDS for near, hit in zip(close, asked.hits, strict=True)]
    order = sorted(range(len(scores)), key=lambda i: -scores[i])
    ahead = leads([(i, scores[i]) for i in order])
    return [Case(asked.question, asked.hits[i], ahead[i]) for i in order]


def _reciprocal(cases: Cases) -> float:
    """The mean reciprocal rank, each encoder counting alike."""
    each = [
        np.mean(
            [
                next((1 / rank for rank, case in enumerate(one, 1) if case.right), 0.0)
                for one in of
                if one[0].question.answerable
            ]
        )
        for of in cases.values()
    ]
    return float(np.mean(each))


def _choice(cases: Cases, weight: float, far: float) -> Choice:
    taken = {name: [one[:_TAKEN] for one in each] for name, each in cases.items()}
    every = list(chain.from_iterable(chain.from_iterable(taken.values())))
    models = [_fitted([case for case in every if _fold(case) != fold], far) for fold in range(_FOLDS)]
    sure = {name: [_sure(models[_fold(one[0])], one, far) for one in each] for name, each in taken.items()}
    doubt = float(np.mean([_doubt(taken[name], sure[name]) for name in taken]))
    return Choice(taken, weight, far, doubt, sure)


def _fold(case: Case) -> int:
    """A question falls into the same fold for every encoder."""
    return crc32(case.question.text.encode()) % _FOLDS


def _fitted(cases: Sequence[Case], far: float) -> LogisticRegression:
    rows = np.array([case.row(far) for case in cases])
    return LogisticRegression(C=1000, max_iter=1000).fit(rows, [case.right for case in cases])


def _sure(model: LogisticRegression, cases: Sequence[Case], far: float) -> Numbers:
    told: Numbers = model.predict_proba(np.array([case.row(far) for case in cases]))[:, 1]
    return np.where([case.hit.likeness >= SAME for case in cases], AS_ASKED, told)


def _doubt(cases: Sequence[Sequence[Case]], sure: Sequence[Numbers]) -> float:
    """The log loss of what the assistant would tell."""
    best = [int(np.argmax(one)) for one in sure]
    right = [each[i].right for each, i in zip(cases, best, strict=True)]
    return float(log_loss(right, [one[i] for one, i in zip(sure, best, strict=True)], labels=[False, True]))
