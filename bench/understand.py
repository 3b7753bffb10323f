"""Understanding one message: intent, entities, emotion and urgency; by n-grams, with the encoder, one thread."""

from collections.abc import Iterator
from statistics import fmean
from time import perf_counter

from bench.figures import Figure, percentile
from yingda.kit.clock import now
from yingda.kit.paths import data_dir
from yingda.language import Classifier, Context, Engine, Mode, Model, installed_encoder
from yingda.language.emotion import EmotionReader
from yingda.language.shipped import shipped_examples, shipped_model

MESSAGES = 500


async def measure(*, quick: bool) -> list[Figure]:
    return [figure for mode in Mode for figure in _figures(mode, 1 if quick else 5)]


def _figures(mode: Mode, rounds: int) -> Iterator[Figure]:
    encoder = installed_encoder()
    if encoder is None and mode is not Mode.LEXICAL:
        return
    emotions = EmotionReader.load(data_dir() / "language" / "emotion.tsv")
    engine = Engine(Classifier(Model.load(shipped_model()), encoder, mode=mode), emotions)
    taken = [_milliseconds(engine) for _ in range(rounds)]
    what = {Mode.LEXICAL: "n-grams", Mode.ENCODER: "encoder always", Mode.CASCADE: "encoder when unsure"}[mode]
    budgets = {Mode.LEXICAL: 1.0, Mode.ENCODER: 15.0, Mode.CASCADE: None}
    yield Figure(f"understand one message, {what}, p50", "ms", [percentile(r, 0.5) for r in taken], budgets[mode])
    yield Figure(f"understand one message, {what}, p99", "ms", [percentile(r, 0.99) for r in taken])
    if mode is Mode.CASCADE:
        yield Figure(f"understand one message, {what}, mean", "ms", [fmean(r) for r in taken], 3)


def _milliseconds(engine: Engine) -> list[float]:
    examples = shipped_examples()
    context = Context(now=now())
    taken = []
    for example in examples[:: len(examples) // MESSAGES]:
        began = perf_counter()
        engine.understand(example.text, context)
        taken.append((perf_counter() - began) * 1000)
    return taken
