"""From a normalised message to the grams that the model weighs.

Chinese: single characters and pairs, with edges, once as written and once by sound, since most typing errors of a
pinyin keyboard keep the sound (优惠卷, 在吗/再吗). Latin script: words, pairs of words, and stretches of three to five
letters. A gram counts once however often it occurs.
"""

import re
from itertools import pairwise
from operator import add

_WORD = re.compile(r"[a-zà-ɏ][a-zà-ɏ']*|[^\sa-zà-ɏ]")
_HAN_OR_MARK = re.compile(r"[\u3400-\u9fff]")
EDGE = "\x02", "\x03"
SOUND_BASE = 0xE000  # sounds are numbered in the private use area, one character each

Sounds = dict[int, str]


def grams(text: str, sounds: Sounds) -> dict[str, None]:
    """The distinct grams of a normalised text, in order of appearance."""
    if not _HAN_OR_MARK.search(text):
        return _latin(text)
    found = _pairs(text)
    found |= _pairs(text.translate(sounds))
    return found


def spread(text: str, sounds: Sounds) -> list[tuple[str, int, int]]:
    """Every gram with where it stands: the slow twin of `grams`, for explanations."""
    if not _HAN_OR_MARK.search(text):
        return [(gram, start, end) for gram, start, end in _latin_spread(text) if gram]
    return [item for form in (text, text.translate(sounds)) for item in _pairs_spread(form)]


def is_sound(gram: str) -> bool:
    """Whether the gram was read from the sounds rather than from the characters."""
    return any(SOUND_BASE <= ord(c) < SOUND_BASE + 0x1900 for c in gram)


def _pairs(text: str) -> dict[str, None]:
    edged = f"{EDGE[0]}{text}{EDGE[1]}"
    found = dict.fromkeys(text)
    found.update(dict.fromkeys(map(add, edged, edged[1:])))
    return found


def _pairs_spread(text: str) -> list[tuple[str, int, int]]:
    edged = f"{EDGE[0]}{text}{EDGE[1]}"
    singles = [(c, i, i + 1) for i, c in enumerate(text)]
    pairs = [(edged[i : i + 2], max(0, i - 1), min(len(text), i + 1)) for i in range(len(text) + 1)]
    return singles + pairs


def _latin(text: str) -> dict[str, None]:
    return dict.fromkeys(gram for gram, _, _ in _latin_spread(text))


def _latin_spread(text: str) -> list[tuple[str, int, int]]:
    words = [(m[0], m.start(), m.end()) for m in _WORD.finditer(text)]
    found = [(f"_{word}_", start, end) for word, start, end in words]
    found += [(f"_{a}_{b}_", start, end) for (a, start, _), (b, _, end) in pairwise(words)]
    for word, start, end in words:
        padded = f" {word} "
        for size in (3, 4, 5):
            for i in range(len(padded) - size + 1):
                found.append((padded[i : i + size], max(start, start + i - 1), min(end, start + i + size - 1)))
    return found
