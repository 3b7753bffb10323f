"""The network in torch, by its tensors' names in the file: BERT."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
import torch
from torch.nn import functional

from tools.encoder.files import Network

Tensor = Any
Weights = dict[str, Tensor]
Reading = Callable[[Tensor], Tensor]  # how a matrix of weights is read: `rounded`, or as it is
_EPSILON = 1e-12
_MASKED = -1e4
_BLOCK = 32


def thinned(network: Network) -> Network:
    """Every second layer is enough: the upper one of each two."""
    kept = range(1, network.shape.layers, 2)
    tensors = {name: tensor for name, tensor in network.tensors.items() if name.startswith("emb.")}
    for new, old in enumerate(kept):
        tensors |= {
            f"l{new}.{name.removeprefix(f'l{old}.')}": tensor
            for name, tensor in network.tensors.items()
            if name.startswith(f"l{old}.")
        }
    return network._replace(shape=network.shape._replace(layers=len(kept)), tensors=tensors)


class Learner(NamedTuple):
    """A network while it learns."""

    network: Network
    weights: Weights
    reading: Reading

    @classmethod
    def of(cls, network: Network, reading: Reading) -> "Learner":
        weights = {name: torch.nn.Parameter(torch.tensor(tensor)) for name, tensor in network.tensors.items()}
        return cls(network, weights, reading)

    def learnt(self) -> Network:
        tensors = {name: weight.detach().cpu().numpy().astype(np.float32) for name, weight in self.weights.items()}
        return self.network._replace(tensors=tensors)


def vectors(learner: Learner, read: Sequence[Sequence[int]], dropout: float = 0.0) -> Tensor:
    """`(texts, width)`, of length 1: the mean of what the last layer says of a text's pieces."""
    weights, shape = learner.weights, learner.network.shape
    pieces, present = _padded(read, learner.network.words.padding)
    places = weights["emb.pos"].view(-1, shape.width)[: pieces.shape[1]]
    said = learner.reading(functional.embedding(pieces, weights["emb.word"])) + places
    said = functional.dropout(_normed(weights, "emb.ln", said + weights["emb.type"][: shape.width]), dropout)
    mask = torch.zeros(present.shape).masked_fill(~present, _MASKED)[:, None, None, :]
    for layer in range(shape.layers):
        said = _layer(learner, f"l{layer}.", said, mask, dropout)
    there = present[..., None].float()
    return functional.normalize((said * there).sum(1) / there.sum(1), dim=1)


def whole(weight: Tensor) -> Tensor:
    return weight


def rounded(weight: Tensor) -> Tensor:
    """As `files.narrowed` will keep it; what is learnt passes through as if nothing was rounded."""
    with torch.no_grad():
        blocks = weight.float().reshape(-1, _BLOCK)
        scale = (blocks.gather(1, blocks.abs().argmax(1, keepdim=True)) / -8).half().float()
        scale = torch.where(scale == 0, torch.ones_like(scale), scale)
        kept = (((blocks / scale).round() + 8).clamp(0, 15) - 8) * scale
        lost = kept.reshape(weight.shape) - weight
    return weight + lost


def _layer(learner: Learner, at: str, given: Tensor, mask: Tensor, dropout: float) -> Tensor:
    texts, pieces, width = given.shape
    weights, heads = learner.weights, learner.network.shape.heads

    def linear(name: str, of: Tensor) -> Tensor:
        return functional.linear(of, learner.reading(weights[f"{at}{name}.w"]), weights[f"{at}{name}.b"])

    def part(name: str) -> Tensor:
        return linear(name, given).view(texts, pieces, heads, -1).transpose(1, 2)

    query, key, value = part("q"), part("k"), part("v")
    heard = functional.scaled_dot_product_attention(
        query, key, value, attn_mask=mask.to(query.dtype), dropout_p=dropout
    )
    heard = linear("ao", heard.transpose(1, 2).reshape(texts, pieces, width))
    given = _normed(weights, at + "aln", given + functional.dropout(heard, dropout))
    thought = linear("fo", functional.gelu(linear("fi", given)))
    return _normed(weights, at + "oln", given + functional.dropout(thought, dropout))


def _normed(weights: Weights, name: str, given: Tensor) -> Tensor:
    scale = weights[f"{name}.w"]
    return functional.layer_norm(given, scale.shape, scale, weights[f"{name}.b"], _EPSILON)


def _padded(read: Sequence[Sequence[int]], padding: int) -> tuple[Tensor, Tensor]:
    longest = max(map(len, read))
    pieces = torch.tensor([[*one, *[padding] * (longest - len(one))] for one in read])
    lengths = torch.tensor([len(one) for one in read])
    return pieces, torch.arange(longest) < lengths[:, None]
