"""Learning from use: corrections become a candidate, measured on a fixed set and tried on last week's messages.

Nothing is published here; see `publishing` for who may take whose place.
"""

from collections.abc import Callable, Sequence
from hashlib import blake2b
from pathlib import Path

import msgspec

from yingda.language.classifier import Classifier
from yingda.language.comparison import Change, Comparison, compare, differences
from yingda.language.encoders import Encoder
from yingda.language.model import Model
from yingda.language.publishing import fixed_set
from yingda.language.registry import SHIPPED, Registry
from yingda.language.selection import Candidate
from yingda.language.shipped import SEED, ensure_model, shipped_examples
from yingda.language.text import normalise
from yingda.language.topics import Topic, discover
from yingda.language.training import train
from yingda.language.types import NONE_OF_OURS, Example, RankedIntent

_HELD_OUT = 5  # one correction in so many is never taught and widens the fixed set
_SHOWN = 200

Tell = Callable[[str, float], None]  # what is being done, and what share of all is done


class Learned(msgspec.Struct, frozen=True):
    """A candidate and what speaks for it, against the version that served when it was taught."""

    version: int
    against: int
    taught: int  # corrections that it was taught
    held_out: int  # corrections that it was only measured on
    comparison: Comparison
    worse: bool  # and therefore only published by force
    lacking: tuple[str, ...]  # intents that the present model knows and the candidate does not
    tried: int  # messages of last week
    changed: int  # of these, how many it reads differently
    changes: tuple[Change, ...]  # at most two hundred of them, each text once
    topics: tuple[Topic, ...] = ()  # what last week's messages that fit no intent are about


def is_held_out(text: str) -> bool:
    """Whether a correction is for measuring only. The same text always is, whoever corrects it and whenever."""
    return blake2b(normalise(text).text.encode(), digest_size=2).digest()[0] % _HELD_OUT == 0


def lesson(corrections: Sequence[Example]) -> list[Example]:
    """What ships and what was corrected; where the two contradict each other, the correction is right."""
    corrected = {example.text for example in corrections}
    return [*(example for example in shipped_examples() if example.text not in corrected), *corrections]


def learn(
    folder: Path, corrections: Sequence[Example], week: Sequence[str], *, encoder: Encoder | None, tell: Tell
) -> Learned:
    """Teach a candidate, keep it in the registry of `folder`, and set it against the model that serves."""
    registry = Registry(folder)
    against = registry.current()
    tell("loading", 0.0)
    present = Model.load(ensure_model(folder, encoder) if against == SHIPPED else registry.path(against))
    taught = [example for example in corrections if not is_held_out(example.text)]
    kept = [example for example in corrections if is_held_out(example.text)]
    tell("teaching", 0.05)
    candidate = train(
        lesson(taught),
        SEED,
        encoder=encoder,
        known=present,
        tell=lambda done, total: tell("encoding", 0.05 + 0.4 * done / max(1, total)),
    )
    examples = [*fixed_set(), *kept]
    texts = [*(example.text for example in examples), *week]
    before = _best(_read(Classifier(present, encoder), texts, tell, 0.5))
    read = _read(Classifier(candidate, encoder), texts, tell, 0.75)
    after = _best(read)
    comparison = compare(examples, before[: len(examples)], after[: len(examples)])
    changes = differences(week, before[len(examples) :], after[len(examples) :])
    return Learned(
        version=registry.add(candidate),
        against=against,
        taught=len(taught),
        held_out=len(kept),
        comparison=comparison,
        worse=comparison.worse,
        lacking=tuple(sorted(set(present.labels) - set(candidate.labels))),
        tried=len(week),
        changed=len(changes),
        changes=tuple({change.text: change for change in changes}.values())[:_SHOWN],
        topics=tuple(discover([one.text for one in read[len(examples) :] if _of_no_intent(one)], encoder=encoder)),
    )


def _read(classifier: Classifier, texts: Sequence[str], tell: Tell, begun: float) -> list[Candidate]:
    said = []
    for done, text in enumerate(texts, 1):
        probabilities, foreign = classifier.read(text)[0]
        best = int(probabilities.argmax())
        intent = RankedIntent(classifier.model.labels[best], round(float(probabilities[best]), 4))
        said.append(Candidate(text, (intent,), foreign))
        if done % 100 == 0:
            tell("measuring", begun + 0.25 * done / len(texts))
    return said


def _best(read: Sequence[Candidate]) -> list[RankedIntent]:
    return [one.intents[0] for one in read]


def _of_no_intent(read: Candidate) -> bool:
    return read.unclear or read.intents[0].name == NONE_OF_OURS
