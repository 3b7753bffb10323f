"""An encoder that remembers on disk what it has encoded."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from yingda.language import Encoder, Example
from yingda.language.encoders import Vectors, readable

_BATCH = 64
#: Between texts in the file; passages of articles have lines.
_BETWEEN = "\0"


class Remembering:
    """`encode` as of the encoder inside, without its time for texts met before."""

    def __init__(self, encoder: Encoder, folder: Path) -> None:
        self.name = encoder.name
        self.learnt = encoder.learnt
        self._encoder = encoder
        self._path = folder / f"encoded-{encoder.name.replace('/', '_')}.npz"
        self._vectors: dict[str, Vectors] = {}
        if self._path.exists():
            with np.load(self._path) as file:
                texts = file["texts"].tobytes().decode().split(_BETWEEN)
                self._vectors = dict(zip(texts, file["vectors"].astype(np.float32), strict=True))
        self._saved = len(self._vectors)

    def encode(self, texts: Sequence[str]) -> Vectors:
        missing = [text for text in dict.fromkeys(texts) if text not in self._vectors]
        for start in range(0, len(missing), _BATCH):
            batch = missing[start : start + _BATCH]
            self._vectors.update(zip(batch, self._encoder.encode(batch).astype(np.float16), strict=True))
        return np.array([self._vectors[text] for text in texts], np.float32)

    def prepare(self, examples: Sequence[Example], tell: Callable[[int, int], object]) -> None:
        """Encode all of them, saying how far it is."""
        texts = [readable(example.text) for example in examples]
        for start in range(0, len(texts), _BATCH):
            self.encode(texts[start : start + _BATCH])
            tell(start + _BATCH, len(texts))

    def save(self) -> None:
        """Keep what came since the last time."""
        if len(self._vectors) == self._saved:
            return
        kept = {text: vector for text, vector in self._vectors.items() if _BETWEEN not in text}
        self._path.parent.mkdir(parents=True, exist_ok=True)
        texts = np.frombuffer(_BETWEEN.join(kept).encode(), np.uint8)
        np.savez(self._path, texts=texts, vectors=np.array(list(kept.values()), np.float16))
        self._saved = len(self._vectors)
