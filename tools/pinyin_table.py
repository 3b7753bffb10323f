"""Writes `data/workspace/pinyin.tsv`: how titles are spelt, without the dictionaries of pypinyin in a serving process.

    python -m tools.pinyin_table

Of pypinyin's words only those are taken in which a character is read otherwise than it would be by itself.
"""

from collections import defaultdict
from importlib.metadata import version

from pypinyin import lazy_pinyin
from pypinyin.phrases_dict import phrases_dict

from yingda.workspace.replies.spelling import LONGEST, TABLE, Spelling

_CHARACTERS = [chr(code) for code in range(0x4E00, 0x9FA6)]


def table() -> dict[str, list[str]]:
    """What is read so, by reading: characters, then words, shorter ones first."""
    found: dict[str, list[str]] = defaultdict(list)
    alone: dict[str, str] = {}
    for character in _CHARACTERS:
        [reading] = lazy_pinyin(character)
        if reading != character:
            alone[character] = reading
            found[reading].append(character)
    words: dict[str, list[str]] = {}
    spelling = Spelling(alone, words)
    for word in sorted(filter(_is_word, phrases_dict), key=lambda word: (len(word), word)):
        syllables = lazy_pinyin(word)
        if spelling.syllables(word) != syllables:
            words[word] = syllables
            found[" ".join(syllables)].append(word)
    return found


def _is_word(text: str) -> bool:
    return 2 <= len(text) <= LONGEST and all("\u4e00" <= character < "\u9fa6" for character in text)


def main() -> None:
    lines = [
        "# reading\tcharacters that are read so; or words, with blanks between",
        f"# From pypinyin {version('pypinyin')} (MIT); written by tools/pinyin_table.py.",
        *(f"{reading}\t{(' ' if ' ' in reading else '').join(read)}" for reading, read in sorted(table().items())),
    ]
    TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
