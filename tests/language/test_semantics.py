"""The second stage's arithmetic: examples are kept in bytes and widened as they are read."""

import tracemalloc

import numpy as np

from yingda.language.semantics import Semantics, SemanticsCard, Taught, heard

_EXAMPLES, _WIDTH, _LABELS = 5_000, 384, 3


def semantics() -> Semantics:
    rng = np.random.default_rng(7)
    taught = Taught(
        center=rng.normal(0, 0.01, _WIDTH).astype(np.float32),
        say=rng.normal(0, 1, (_EXAMPLES, _LABELS)).astype(np.float16),
        examples=rng.integers(-127, 128, (_EXAMPLES, _WIDTH)).astype(np.int8),
        step=np.array([0.0007], np.float32),
        keys=np.arange(_EXAMPLES, dtype=np.uint64),
    )
    card = SemanticsCard("fake", 0.5, 1.0, (0.0, 0.0), 0.1, (), 0.9)
    return Semantics(card, taught)


def test_every_example_is_heard_and_none_is_held_widened() -> None:
    one = semantics()
    vector = np.random.default_rng(8).normal(0, 0.05, _WIDTH).astype(np.float32)
    lexical = np.array([1, 2, 3], np.float32)
    row = vector - one.taught.center
    likeness = (one.taught.examples * one.taught.step) @ (row / np.linalg.norm(row))
    expected = lexical + 0.5 * (heard(likeness.astype(np.float32)) @ one.taught.say.astype(np.float32))
    tracemalloc.start()
    scores, nearest = one.scores(lexical, vector)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    np.testing.assert_allclose(scores, expected, rtol=1e-4)
    np.testing.assert_allclose(nearest, likeness.max(), rtol=1e-5)
    assert most < 4 * _EXAMPLES * _WIDTH / 4
