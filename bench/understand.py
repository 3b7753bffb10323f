"""Understanding one message: intent, entities, emotion and urgency by n-grams, one thread."""

from time import perf_counter

from bench.figures import Figure, percentile
from yingda.kit.clock import now
from yingda.language import Context, default_engine
from yingda.language.shipped import shipped_examples

MESSAGES = 500


async def measure(*, quick: bool) -> list[Figure]:
    engine = default_engine()
    examples = shipped_examples()
    texts = [example.text for example in examples[:: len(examples) // MESSAGES]]
    context = Context(now=now())
    rounds = []
    for _ in range(1 if quick else 5):
        taken = []
        for text in texts:
            began = perf_counter()
            engine.understand(text, context)
            taken.append((perf_counter() - began) * 1000)
        rounds.append(taken)
    return [
        Figure("understand one message, n-grams, p50", "ms", [percentile(taken, 0.5) for taken in rounds], 1),
        Figure("understand one message, n-grams, p99", "ms", [percentile(taken, 0.99) for taken in rounds]),
    ]
