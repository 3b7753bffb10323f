"""The course: first the thinned network is brought back to where the whole one put things, then it learns labels."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import torch
from torch.nn import functional

from tools.encoder.files import Floats, Network
from tools.encoder.lessons import Lessons
from tools.encoder.network import Tensor, Weights, learnable, learnt, vectors
from tools.encoder.reading import Reader
from yingda.language import Example

_BATCH = 64
_SORTED = 20  # batches among which texts of one length are put together
_RATE, _RATE_OF_HEADS = 2e-4, 1e-3
_RISE = 0.06  # of the course, until the rate is reached; it falls from there
_DROPOUT = 0.1
_UNREAD = 0.03  # of the pieces, so that a slip of the finger is no surprise
_SMOOTH = 0.1
_SHARP = 16.0
_MASSIVE, _OTHERS = 0.7, 0.4  # batches of these for each of ours

Tell = Callable[[int, int, dict[str, float]], None]


class Step(NamedTuple):
    kind: str  # "ours", "massive", or "where" for texts whose place is known
    examples: Sequence[Example]


class Course:
    """One run of teaching; the same lessons, seed and number of threads give nearly the same weights."""

    def __init__(self, network: Network, lessons: Lessons, places: dict[str, Floats], seed: int) -> None:
        """`places`: where the network that this one comes from puts each text that may be asked for."""
        torch.manual_seed(seed)
        self._random = np.random.default_rng(seed)
        self._network, self._lessons, self._places = network, lessons, places
        self._weights: Weights = learnable(network.tensors)
        texts = list(dict.fromkeys([*places, *(e.text for e in lessons.kept)]))
        self._read = dict(zip(texts, Reader(network.words).read(texts), strict=True))
        self._labels = {
            kind: sorted({example.intent for example in examples})
            for kind, examples in (("ours", lessons.ours), ("massive", lessons.massive))
        }
        self._heads = {kind: _head(network.shape.width, len(names)) for kind, names in self._labels.items()}

    def run(self, epochs: int, tell: Tell) -> Network:
        """`tell` hears the step, of how many, and the figures when an epoch ends."""
        first, later = self._places_of(list(self._places)), [self._epoch() for _ in range(epochs)]
        steps = [*first, *(step for epoch in later for step in epoch)]
        ends = set(np.cumsum([len(first), *map(len, later)]).tolist())
        heads = [parameter for head in self._heads.values() for parameter in head]
        optimiser = _optimiser(self._weights, heads)
        rates = torch.optim.lr_scheduler.LambdaLR(
            optimiser, lambda k: min(1.0, (k + 1) / (_RISE * len(steps))) * max(0.01, 1 - k / len(steps))
        )
        for number, step in enumerate(steps, 1):
            loss = self._loss(step)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_([*self._weights.values(), *heads], 1.0)
            optimiser.step()
            rates.step()
            tell(number, len(steps), self.figures() if number in ends else {})
        return self._network._replace(tensors=learnt(self._weights))

    def figures(self) -> dict[str, float]:
        """Accuracy on what is never taught."""
        kept = self._lessons.kept
        with torch.no_grad():
            said = [self._logits("ours", self._vectors(kept[i : i + _BATCH], 0)) for i in range(0, len(kept), _BATCH)]
        best = torch.cat(said).argmax(1).numpy()
        right = best == np.array([self._labels["ours"].index(example.intent) for example in kept])
        return {"kept": float(np.average(right, weights=[example.weight for example in kept]))}

    def _loss(self, step: Step) -> Tensor:
        said = self._vectors(step.examples, _DROPOUT)
        if step.kind == "where":
            return _displacement(said, torch.tensor(np.array([self._places[e.text] for e in step.examples])))
        names = self._labels[step.kind]
        targets = torch.tensor([names.index(example.intent) for example in step.examples])
        trust = torch.tensor([example.weight for example in step.examples], dtype=torch.float32)
        each = functional.cross_entropy(
            self._logits(step.kind, said), targets, reduction="none", label_smoothing=_SMOOTH
        )
        return (each * trust).sum() / trust.sum()

    def _vectors(self, examples: Sequence[Example], dropout: float) -> Tensor:
        words = self._network.words
        read = [self._read[example.text] for example in examples]
        if dropout:
            read = [[p if self._random.random() > _UNREAD else words.unknown for p in one] for one in read]
        with torch.autocast("cpu", torch.bfloat16):
            return vectors(self._weights, self._network.shape, read, words.padding, dropout).float()

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


def _of_one_length(examples: list[Example], length: Callable[[Example], int]) -> Iterator[list[Example]]:
    for start in range(0, len(examples), _BATCH * _SORTED):
        some = sorted(examples[start : start + _BATCH * _SORTED], key=length)
        yield from (some[i : i + _BATCH] for i in range(0, len(some), _BATCH))


def _displacement(said: Tensor, places: Tensor) -> Tensor:
    """How far from where they belong, each by itself and all among one another."""
    apart = (1 - (said * places).sum(1)).mean()
    ours, theirs = (functional.normalize(rows - rows.mean(0), dim=1) for rows in (said, places))
    return 10 * apart + 20 * ((ours @ ours.T - theirs @ theirs.T) ** 2).mean()


def _head(width: int, labels: int) -> tuple[Tensor, Tensor]:
    weight = torch.nn.Parameter(torch.randn(labels, width) * 0.02)
    return weight, torch.nn.Parameter(torch.zeros(labels))


def _optimiser(weights: Weights, heads: list[Tensor]) -> Any:
    """Only matrices are held small."""
    wide = [w for w in weights.values() if w.ndim > 1]
    narrow = [w for w in weights.values() if w.ndim == 1]
    return torch.optim.AdamW(
        [
            {"params": wide, "lr": _RATE, "weight_decay": 0.01},
            {"params": narrow, "lr": _RATE, "weight_decay": 0.0},
            {"params": heads, "lr": _RATE_OF_HEADS, "weight_decay": 0.01},
        ]
    )
