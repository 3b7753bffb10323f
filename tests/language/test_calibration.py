"""What is said of held-out examples must be what serving says of messages that were never taught."""

from collections.abc import Sequence

import numpy as np

from yingda.language import Classifier, Example, Mode, evaluate, train
from yingda.language.calibration import HeldOut
from yingda.language.encoders import NOTHING, Vectors, unit_rows
from yingda.language.semantics_training import opinions, vectorise

_KINDS = 5


def chatter(rng: np.random.Generator, count: int) -> list[Example]:
    """Messages of one telling word among many that nobody says twice; every fifth label is a slip."""

    def word(length: int) -> str:
        return "".join(rng.choice(list("bcdfghjklmnpqrstvwxz"), length))

    def message() -> Example:
        kind, slip = int(rng.integers(_KINDS)), rng.random() < 0.2
        label = int(rng.integers(_KINDS)) if slip else kind
        return Example(f"{'aeiou'[kind] * 3} {' '.join(word(9) for _ in range(3))}", f"k{label}")

    return [message() for _ in range(count)]


def test_confidence_holds_for_messages_full_of_words_that_were_never_taught() -> None:
    rng = np.random.default_rng(3)
    report = evaluate(Classifier(train(chatter(rng, 400)), mode=Mode.LEXICAL), chatter(rng, 400))
    assert report.ece < 0.06


class Noise:
    """A vector of its own for each text."""

    name = "noise"
    learnt = NOTHING

    def encode(self, texts: Sequence[str]) -> Vectors:
        return unit_rows(np.array([np.random.default_rng(sum(map(ord, t))).normal(0, 1, 8) for t in texts]))


def test_leaving_one_out_says_what_the_others_say_when_taught_without_it() -> None:
    texts = [f"message {chr(97 + number)}" for number in range(12)]
    vectorised = vectorise([Example(text, "x") for text in texts], Noise(), None, None)
    targets = np.arange(len(texts)) % 3
    trust = np.linspace(0.2, 1, len(texts))
    nothing = np.zeros(len(texts), np.float32)
    lexical = HeldOut(np.zeros((len(texts), 3), np.float32), targets, trust, nothing, nothing)
    _, without = opinions(vectorised, lexical, seed=0)
    for one in range(len(texts)):
        others = np.flatnonzero(np.arange(len(texts)) != one)
        part = vectorised._replace(
            examples=vectorised.examples[others], keys=vectorised.keys[others], new=vectorised.new[others]
        )
        say, _ = opinions(part, lexical.only(np.arange(len(texts)) != one), seed=0)
        likeness = vectorised.rows[one] @ part.rows.T
        np.testing.assert_allclose(without.said[one], np.exp(1.5 * (likeness - 1)) @ say, atol=1e-4)
        np.testing.assert_allclose(without.nearest[one], likeness.max(), atol=1e-6)
        rivals = likeness[targets[others] != targets[one]]
        np.testing.assert_allclose(without.nearest_rival[one], rivals.max(), atol=1e-6)


def test_a_held_out_message_is_as_familiar_as_the_words_in_it_that_were_taught() -> None:
    rng = np.random.default_rng(5)
    model = train(chatter(rng, 200))
    engine = Classifier(model, mode=Mode.LEXICAL)
    foreign = evaluate(engine, [Example(f"zzz {'qwxkj' * 6} {'vbfgd' * 6}", "k0")] * 5)
    ours = evaluate(engine, chatter(rng, 100))
    assert np.median(ours.out_of_scope) < 0.5 < np.median(foreign.out_of_scope)
