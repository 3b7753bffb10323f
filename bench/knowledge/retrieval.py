"""Whether the right article is found, and whether it is noticed that there is none."""

from collections.abc import Sequence
from pathlib import Path

import msgspec

from bench.figures import Figure
from bench.knowledge.questions import WRITTEN, Half, Question, read_questions
from bench.knowledge.shelf import MEMORY, both_encoders, indexed, shelved
from bench.vectors import Remembering
from yingda.app.library import words
from yingda.dialogue.articles import MAYBE, SURE
from yingda.knowledge import ArticleHit, Mode, Query, Searcher
from yingda.language.encoders import key_of

_DEPTH = 10


class Asked(msgspec.Struct, frozen=True):
    """A question and what was found for it, best first."""

    question: Question
    hits: list[ArticleHit]

    @property
    def rank(self) -> int | None:
        """Of the first article that answers, from 1."""
        return next((i for i, hit in enumerate(self.hits, 1) if hit.slug in self.question.slugs), None)

    @property
    def told(self) -> ArticleHit | None:
        """What the assistant would take."""
        return max(self.hits[:3], key=lambda hit: hit.confidence, default=None)


def ask(searcher: Searcher, questions: Sequence[Question], mode: Mode) -> list[Asked]:
    return [Asked(one, searcher.search(Query(text=one.text, limit=_DEPTH, mode=mode))) for one in questions]


async def measure(*, quick: bool) -> list[Figure]:
    """Of the half that nothing was chosen on; how the other half does stands in the report of errors."""
    figures = _of_mode(Mode.LEXICAL, None, quick=quick)
    for encoder in both_encoders():
        for mode in (Mode.VECTOR, Mode.FUSED):
            figures += _of_mode(mode, encoder, quick=quick)
        encoder.save()
    return figures


def _of_mode(mode: Mode, encoder: Remembering | None, *, quick: bool) -> list[Figure]:
    name = f"{encoder.name} {mode.value}" if encoder else mode.value
    asked = ask(indexed(words(), encoder, shelved(encoder)), read_questions(), mode)
    if not quick:
        _write_errors(MEMORY / f"errors-knowledge-{name.replace('/', '_').replace(' ', '-')}.md", asked)
    test = [one for one in asked if one.question.half is Half.TEST]
    figures = _ranks(name, test)
    if mode is Mode.VECTOR:
        return figures
    figures += answers(name, test)
    if encoder and len(encoder.learnt):
        new = unlearnt(encoder, test)
        figures += _ranks(f"{name}, unlearnt", new) + answers(f"{name}, unlearnt", new)
    return figures


def unlearnt(encoder: Remembering, asked: Sequence[Asked]) -> list[Asked]:
    """Those whose label the encoder was not taught with: only these tell how well it reads what is new."""
    return [one for one in asked if key_of(one.question.text) not in encoder.learnt]


def _ranks(mode: str, asked: Sequence[Asked]) -> list[Figure]:
    """Recall: how often an article that answers is among the first so many. Real wording and written wording apart."""
    answerable = [one for one in asked if one.question.answerable]
    figures = []
    for kind, group in (
        ("customers' wording", [one for one in answerable if one.question.source != WRITTEN]),
        ("written questions on beauty", [one for one in answerable if one.question.source == WRITTEN]),
    ):
        ranks = [one.rank for one in group]
        of = f"{mode}, {len(group)} {kind}"
        figures += [
            Figure(f"{of}: recall@{k}", "%", [_percent([rank is not None and rank <= k for rank in ranks])])
            for k in (1, 3, 5)
        ]
        figures.append(Figure(f"{of}: MRR", "", [sum(1 / rank if rank else 0 for rank in ranks) / len(ranks)]))
    return figures


def answers(mode: str, asked: Sequence[Asked]) -> list[Figure]:
    """What the assistant makes of it: how often it answers, rightly, and what it does where no article answers."""
    sure = [one for one in asked if one.told and one.told.confidence >= SURE]
    right = [one.told is not None and one.told.slug in one.question.slugs for one in sure]
    answerable = [one for one in asked if one.question.answerable]
    foreign = [one for one in asked if not one.question.answerable]
    return [
        Figure(f"{mode}: answered with confidence, of {len(answerable)}", "%", [_share(sure, answerable)]),
        Figure(f"{mode}: of those {len(sure)}, right", "%", [_percent(right)]),
        Figure(f"{mode}: without an answer and not answered, of {len(foreign)}", "%", [100 - _share(sure, foreign)]),
        Figure(
            f"{mode}: without an answer and known to be so",
            "%",
            [_percent([one.told is None or one.told.confidence < MAYBE for one in foreign])],
        ),
    ]


def _share(some: Sequence[Asked], of: Sequence[Asked]) -> float:
    return _percent([one in some for one in of])


def _percent(each: Sequence[bool]) -> float:
    return 100 * sum(each) / len(each) if each else 0.0


def _write_errors(path: Path, asked: Sequence[Asked]) -> None:
    """Of the half that may be looked at: what was not first, and what was answered though nothing answers."""
    lines = []
    for one in asked:
        if one.question.half is Half.TEST or (one.rank == 1 and one.question.answerable):
            continue
        best = one.told
        if not one.question.answerable and (best is None or best.confidence < MAYBE):
            continue
        found = " ".join(f"{hit.slug}({hit.confidence:.2f})" for hit in one.hits[:3])
        lines.append(f"- {one.question.text} → {'|'.join(sorted(one.question.slugs)) or 'none'}; {one.rank}: {found}")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", "utf-8")
