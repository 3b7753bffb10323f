"""The course: where a network is to put things, and which labels it is to tell apart."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

import numpy as np
import torch
from torch.nn import functional

from tools.encoder.files import Floats, Network
from tools.encoder.lessons import Lessons
from tools.encoder.network import Learner, Tensor, rounded, vectors, whole
from tools.encoder.reading import Reader
from yingda.language import Example

_BATCH = 64
_SORTED = 20  # batches among which texts of one length are put together
_RATE_OF_HEADS = 1e-3
_RISE = 0.06  # of the course, until the rate is reached; it falls from there
_DROPOUT = 0.1
_UNREAD = 0.03  # of the pieces, so that a slip of the finger is no surprise
_SMOOTH = 0.1
_SHARP = 16.0
_MASSIVE, _OTHERS = 0.7, 0.4  # batches of these for each of ours

Tell = Callable[[int, int, dict[str, float]], None]
_Some = TypeVar("_Some")


class Manner(NamedTuple):
    """A thinned network is first brought back to where the whole one put things, and learns to do with four bits."""

    epochs: int
    rate: float
    thinned: bool
    trust: float = 0.0  # in what teachers say of an example, against its label


class Step(NamedTuple):
    kind: str  # "ours", "massive", or "where" for texts whose place is known
    examples: Sequence[Example]


class Course:
    """One run of teaching; the same lessons, seed and number of threads give nearly the same weights."""

    def __init__(
        self,
        network: Network,
        lessons: Lessons,
        places: Mapping[str, Floats],
        manner: Manner,
        seed: int,
        opinions: Mapping[str, Floats] | None = None,
    ) -> None:
        """`places`: where the network that this one comes from puts each text that may be asked for. `opinions`: how
        likely teachers hold each label, by text, where they are trusted."""
        torch.manual_seed(seed)
        self._random = np.random.default_rng(seed)
        self._lessons, self._places, self._manner, self._opinions = lessons, places, manner, opinions or {}
        self._learner = Learner.of(network, rounded if manner.thinned else whole)
        texts = list(dict.fromkeys([*places, *(e.text for e in lessons.kept)]))
        self._read = dict(zip(texts, Reader(network.words).read(texts), strict=True))
        self._labels = {
            kind: sorted({example.intent for example in examples})
            for kind, examples in (("ours", [*lessons.ours, *lessons.kept]), ("massive", lessons.massive))
        }
        self._heads = {kind: _head(network.shape.width, len(names)) for kind, names in self._labels.items()}

    def run(self, tell: Tell) -> Network:
        """`tell` hears the step, of how many, and the figures when an epoch ends."""
        first = self._places_of(list(self._places)) if self._manner.thinned else []
        later = [self._epoch() for _ in range(self._manner.epochs)]
        steps = [*first, *(step for epoch in later for step in epoch)]
        ends = set(np.cumsum([len(first), *map(len, later)]).tolist())
        weights, heads = self._learner.weights, [parameter for head in self._heads.values() for parameter in head]
        optimiser = _optimiser(list(weights.values()), heads, self._manner.rate)
        rates = torch.optim.lr_scheduler.LambdaLR(
            optimiser, lambda k: min(1.0, (k + 1) / (_RISE * len(steps))) * max(0.01, 1 - k / len(steps))
        )
        for number, step in enumerate(steps, 1):
            loss = self._loss(step)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_([*weights.values(), *heads], 1.0)
            optimiser.step()
            rates.step()
            tell(number, len(steps), self.figures() if number in ends else {})
        return self._learner.learnt()

    def figures(self) -> dict[str, float]:
        """Accuracy on what is never taught."""
        kept = self._lessons.kept
        best = self.opinions(kept).argmax(axis=1)
        right = best == np.array([self._labels["ours"].index(example.intent) for example in kept])
        return {"kept": float(np.average(right, weights=[example.weight for example in kept]))}

    def opinions(self, examples: Sequence[Example]) -> Floats:
        """`(examples, labels)`: how likely each of our labels is, in the order of their names."""
        with torch.no_grad():
            said = [
                torch.softmax(self._logits("ours", self._vectors(examples[i : i + _BATCH])), 1).cpu().numpy()
                for i in range(0, len(examples), _BATCH)
            ]
        return np.vstack(said)

    def _loss(self, step: Step) -> Tensor:
        said = self._vectors(step.examples, _DROPOUT)
        if step.kind == "where":
            return _displacement(said, torch.tensor(np.array([self._places[e.text] for e in step.examples])))
        each = functional.cross_entropy(self._logits(step.kind, said), self._wanted(step), reduction="none")
        trust = torch.tensor([example.weight for example in step.examples], dtype=torch.float32)
        return (each * trust).sum() / trust.sum()

    def _wanted(self, step: Step) -> Tensor:
        """How likely each label should be held."""
        names = self._labels[step.kind]
        wanted = np.full((len(step.examples), len(names)), _SMOOTH / len(names), np.float32)
        wanted[range(len(wanted)), [names.index(example.intent) for example in step.examples]] += 1 - _SMOOTH
        if step.kind == "ours" and self._opinions:
            told = np.array([self._opinions[example.text] for example in step.examples])
            wanted += np.float32(self._manner.trust) * (told - wanted)
        return torch.tensor(wanted)

    def _vectors(self, examples: Sequence[Example], dropout: float = 0.0) -> Tensor:
        unknown = self._learner.network.words.unknown
        read = [self._read[example.text] for example in examples]
        if dropout:
            read = [[p if self._random.random() > _UNREAD else unknown for p in one] for one in read]
        with torch.autocast(torch.get_default_device().type, torch.bfloat16):
            return vectors(self._learner, read, dropout).float()

    def _logits(self, kind: str, said: Tensor) -> Tensor:
        weight, bias = self._heads[kind]
        return functional.linear(said * _SHARP, weight, bias)

    def _epoch(self) -> list[Step]:
        ours = self._batches("ours", self._lessons.ours)
        massive = self._batches("massive", self._lessons.massive)[: int(_MASSIVE * len(ours))]
        others = self._places_of(self._lessons.others)[: int(_OTHERS * len(ours))]
        steps = [*ours, *massive, *others]
        return [steps[number] for number in self._random.permutation(len(steps))]

    def _places_of(self, texts: list[str]) -> list[Step]:
        return self._batches("where", [Example(text, "") for text in texts])

    def _batches(self, kind: str, examples: list[Example]) -> list[Step]:
        mixed = [examples[number] for number in self._random.permutation(len(examples))]
        steps = [Step(kind, batch) for batch in _of_one_length(mixed, lambda e: len(self._read[e.text]))]
        return [steps[number] for number in self._random.permutation(len(steps))]


def places_of(network: Network, texts: Sequence[str]) -> dict[str, Floats]:
    """Where a network puts texts."""
    learner, read = Learner.of(network, whole), Reader(network.words).read(texts)
    found: dict[str, Floats] = {}
    for batch in _of_one_length(list(zip(texts, read, strict=True)), lambda one: len(one[1])):
        with torch.no_grad():
            said = vectors(learner, [pieces for _, pieces in batch]).cpu().numpy()
        found.update(zip((text for text, _ in batch), said, strict=True))
    return found


def _of_one_length(some: list[_Some], length: Callable[[_Some], int]) -> Iterator[list[_Some]]:
    for start in range(0, len(some), _BATCH * _SORTED):
        alike = sorted(some[start : start + _BATCH * _SORTED], key=length)
        yield from (alike[i : i + _BATCH] for i in range(0, len(alike), _BATCH))


def _displacement(said: Tensor, places: Tensor) -> Tensor:
    """How far from where they belong, each by itself and all among one another."""
    apart = (1 - (said * places).sum(1)).mean()
    ours, theirs = (functional.normalize(rows - rows.mean(0), dim=1) for rows in (said, places))
    return 10 * apart + 20 * ((ours @ ours.T - theirs @ theirs.T) ** 2).mean()


def _head(width: int, labels: int) -> tuple[Tensor, Tensor]:
    weight = torch.nn.Parameter(torch.randn(labels, width) * 0.02)
    return weight, torch.nn.Parameter(torch.zeros(labels))


def _optimiser(weights: list[Tensor], heads: list[Tensor], rate: float) -> Any:
    """Only matrices are held small."""
    wide, narrow = [w for w in weights if w.ndim > 1], [w for w in weights if w.ndim == 1]
    return torch.optim.AdamW(
        [
            {"params": wide, "lr": rate, "weight_decay": 0.01},
            {"params": narrow, "lr": rate, "weight_decay": 0.0},
            {"params": heads, "lr": _RATE_OF_HEADS, "weight_decay": 0.01},
        ]
    )
