"""Markdown made into what the console previews and what a chat says. Pure; nothing of a text becomes markup of ours."""

from collections.abc import Iterator, Sequence
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

#: A passage is what a chat shows at once.
PASSAGE_CHARACTERS = 400


@cache
def _markdown() -> MarkdownIt:
    """Without raw HTML and without pictures; links only to what a browser may open safely."""
    return MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"]).disable("image")


def html(body: str) -> str:
    rendered: str = _markdown().render(body)
    return rendered


def passages(body: str) -> tuple[str, ...]:
    """The text in plain words, cut between blocks; a heading begins a new passage once one is long enough."""
    whole: list[str] = []
    part: list[str] = []
    for block, heading in _pieces(_blocks(_markdown().parse(body))):
        length = sum(len(one) + 1 for one in part)
        if part and (length + len(block) > PASSAGE_CHARACTERS or (heading and length > PASSAGE_CHARACTERS // 2)):
            whole.append("\n".join(part))
            part = []
        part.append(block)
    return (*whole, "\n".join(part)) if part else tuple(whole)


def _pieces(blocks: Iterator[tuple[str, bool]]) -> Iterator[tuple[str, bool]]:
    """Blocks that are too long for a passage in parts, which end where a sentence does, if one does."""
    for block, heading in blocks:
        rest = block
        while len(rest) > PASSAGE_CHARACTERS:
            ends = [rest.rfind(mark, 0, PASSAGE_CHARACTERS) for mark in "。！？；\n"]
            cut = max(ends) + 1 or PASSAGE_CHARACTERS
            yield rest[:cut], heading
            rest = rest[cut:]
        if rest:
            yield rest, heading


def _blocks(tokens: Sequence[Token]) -> Iterator[tuple[str, bool]]:
    """Each block's words, and whether it is a heading."""
    marks, cells, within = _Marks(), list[str](), ""
    for token in tokens:
        marks.follow(token)
        if token.type in {"heading_open", "tr_open"}:
            within = token.type
        elif token.type == "inline" and within == "tr_open":
            cells.append(_words(token))
        elif token.type == "inline":
            yield marks.take() + _words(token), within == "heading_open"
        elif token.type in {"fence", "code_block"}:
            yield marks.take() + token.content.rstrip("\n"), False
        elif token.type in {"heading_close", "tr_close"}:
            if cells:
                yield "　".join(cells), False
            cells, within = [], ""


class _Marks:
    """What stands before the next block because a list says so: its number, or a dot."""

    def __init__(self) -> None:
        self._lists: list[int | None] = []
        self._next = ""

    def follow(self, token: Token) -> None:
        if token.type == "ordered_list_open":
            self._lists.append(int(token.attrGet("start") or 1))
        elif token.type == "bullet_list_open":
            self._lists.append(None)
        elif token.type in {"ordered_list_close", "bullet_list_close"}:
            self._lists.pop()
        elif token.type == "list_item_open":
            number = self._lists[-1]
            self._next = "· " if number is None else f"{number}. "
            if number is not None:
                self._lists[-1] = number + 1

    def take(self) -> str:
        taken, self._next = self._next, ""
        return taken


def _words(token: Token) -> str:
    said = {"softbreak": "\n", "hardbreak": "\n"}
    return "".join(said.get(one.type, one.content) for one in token.children or ())
