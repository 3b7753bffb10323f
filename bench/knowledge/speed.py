"""How long one search takes in a process that holds so many articles, one thread; and how long filling it takes."""

from collections.abc import Sequence
from time import perf_counter, thread_time

from bench.figures import Figure, percentile
from bench.knowledge.questions import read_questions
from bench.knowledge.shelf import indexed, recombined, remembering, shelved
from yingda.app.library import words
from yingda.knowledge import Mode, Query, Searcher
from yingda.language import installed_encoder

SIZES = (1_000, 10_000, 100_000)


async def measure(*, quick: bool) -> list[Figure]:
    encoder = remembering()
    own = shelved(encoder)
    texts = [one.text for one in read_questions()][:: 8 if quick else 2]
    if encoder:
        encoder.encode(texts)
        encoder.save()
    figures = []
    for size in SIZES[:1] if quick else SIZES:
        began = perf_counter()
        index = indexed(words(), encoder, recombined(own, size))
        filled = perf_counter() - began
        for mode in (Mode.LEXICAL, Mode.FUSED) if encoder else (Mode.LEXICAL,):
            taken = [_milliseconds(index, texts, mode) for _ in range(1 if quick else 3)]
            what = f"search {size:,} articles, {_NAMES[mode]}"
            for share in (0.5, 0.99):
                for name, one in (("", 0), (", CPU", 1)):
                    rounds = [percentile(each[one], share) for each in taken]
                    figures.append(Figure(f"{what}{name}, p{100 * share:.0f}", "ms", rounds))
        figures.append(Figure(f"make {size:,} articles and fill the index", "s", [filled]))
    return figures + _reading(texts)


_NAMES = {Mode.LEXICAL: "by words", Mode.FUSED: "by both, without reading the question"}


def _milliseconds(searcher: Searcher, texts: Sequence[str], mode: Mode) -> tuple[list[float], list[float]]:
    """What each took by the clock, and what it took of a core: what others do on the machine is not in that."""
    clock, core = [], []
    for text in texts:
        began, worked = perf_counter(), thread_time()
        searcher.search(Query(text=text, mode=mode))
        core.append((thread_time() - worked) * 1000)
        clock.append((perf_counter() - began) * 1000)
    return clock, core


def _reading(texts: Sequence[str]) -> list[Figure]:
    """What the encoder takes for a question, whatever the number of articles."""
    encoder = installed_encoder()
    if encoder is None:
        return []
    encoder.encode(texts[:1])
    taken = []
    for text in texts[:100]:
        began = perf_counter()
        encoder.encode([text])
        taken.append((perf_counter() - began) * 1000)
    return [
        Figure("read a question with the encoder, p50", "ms", [percentile(taken, 0.5)]),
        Figure("read a question with the encoder, p99", "ms", [percentile(taken, 0.99)]),
    ]
