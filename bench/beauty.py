"""Answers of the beauty graph: every question of its catalogue, one thread; and how long it takes to build."""

from time import perf_counter

from bench.figures import Figure, percentile
from yingda.app.shelves import shelf_of
from yingda.commerce import demo_products
from yingda.kit.clock import now
from yingda.knowledge import Expert, catalogue
from yingda.language import default_engine


async def measure(*, quick: bool) -> list[Figure]:
    rounds = 1 if quick else 5
    shelf = shelf_of(demo_products(now()))
    sounds = default_engine().model.sounds
    built = []
    for _ in range(rounds):
        began = perf_counter()
        expert = Expert.from_files(sounds, shelf)
        built.append((perf_counter() - began) * 1000)
    questions = [one.question for one in catalogue(expert.graph)]
    taken = [_milliseconds(expert, questions) for _ in range(rounds)]
    return [
        Figure("answer from the beauty graph, p50", "ms", [percentile(one, 0.5) for one in taken], 1),
        Figure("answer from the beauty graph, p99", "ms", [percentile(one, 0.99) for one in taken], 5),
        Figure("read and build the beauty graph", "ms", built, 3000),
    ]


def _milliseconds(expert: Expert, questions: list[str]) -> list[float]:
    taken = []
    for question in questions:
        began = perf_counter()
        expert.ask(question)
        taken.append((perf_counter() - began) * 1000)
    return taken
