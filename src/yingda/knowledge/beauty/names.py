"""Finds names in a question: the longest first, whatever the case; failing that, by how Chinese names sound."""

import re
import unicodedata
from collections.abc import Iterable, Mapping

import ahocorasick_rs
import msgspec

from yingda.knowledge.beauty.graph import Graph
from yingda.knowledge.beauty.schemas import Node, NodeKind

_BLANK_AT_HAN = re.compile(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])")
_BLANKS = re.compile(r"\s+")
_LATIN = re.compile(r"[a-z0-9]")
_HAN = re.compile(r"[\u4e00-\u9fff]+")
#: A name of fewer syllables sounds like too many other words.
_SOUNDS = 3
#: A name in the official list that is also an everyday word.
_WORDS = frozenset({"水", "酒精", "alcohol", "water", "色素", "香精", "aroma"})


class Mention(msgspec.Struct, frozen=True):
    """Something named, from `start` to before `end`."""

    node: Node
    start: int
    end: int


class Recogniser:
    """Every name of a graph, and of the official list."""

    def __init__(self, graph: Graph, sounds: Mapping[int, str]) -> None:
        self._graph = graph
        self._owners: dict[str, str] = {}
        self._bare: dict[str, str] = {}
        for node in _by_precedence(graph):
            for name in (node.name, node.inci, *node.aliases):
                self._learn(name, node.id)
        for one in graph.register.values():
            for name in (one.name, one.inci):
                key = plain(name)
                if len(key) > 1 and key not in self._owners and key not in _WORDS:
                    self._bare.setdefault(key, one.name)
        nicknames = {name: None for name, node_id in self._owners.items() if self._is_nickname(name, node_id)}
        self._names = [*(name for name in self._owners if name not in nicknames), *self._bare, *nicknames]
        titles = self._names[: len(self._names) - len(nicknames)]
        self._find_titles = ahocorasick_rs.AhoCorasick(titles, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
        self._find = ahocorasick_rs.AhoCorasick(self._names, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
        self._sounding = _Sounds((name for name in self._owners if name not in nicknames), sounds, _SOUNDS)
        kinds = [name for name, node_id in self._owners.items() if node_id.startswith(f"{NodeKind.CATEGORY}:")]
        self._kinds = _Sounds(kinds, sounds, 2)

    def find(self, text: str, *, nicknames: bool = True) -> list[Mention]:
        """What `plain` text names, in its order, each span once. `nicknames`: also those of products."""
        find = self._find if nicknames else self._find_titles
        found = [
            Mention(self._node(self._names[i]), start, end)
            for i, start, end in find.find_matches_as_indexes(text)
            if _whole(text, start, end)
        ]
        found = [one for one in found if not (one.node.kind in _CHEMICAL and _is_part(text, one.start, one.end))]
        if any(one.node.kind in _THINGS for one in found):
            return found
        heard = [
            Mention(self._node(name), start, end)
            for name, start, end in self._sounding.find(text)
            if not _is_part(text, start, end)
        ]
        kept = [one for one in found if not any(one.start < h.end and h.start < one.end for h in heard)]
        return sorted([*kept, *heard], key=lambda one: one.start)

    def sounding(self, text: str) -> list[Node]:
        """The kinds of products that the end of `plain` text sounds like: 面莫 is 面膜. Where one must be named."""
        return [self._node(name) for name, _, end in self._kinds.find(text) if end == len(text)]

    def has(self, product: Node, ingredient: Node) -> bool:
        return any(one.id == ingredient.id for one in self._graph.contents(product))

    def _is_nickname(self, name: str, node_id: str) -> bool:
        node = self._graph.node(node_id)
        return node is not None and node.kind is NodeKind.PRODUCT and name != plain(node.name)

    def _learn(self, name: str, node_id: str) -> None:
        key = plain(name)
        if len(key) > 1:
            self._owners.setdefault(key, node_id)

    def _node(self, name: str) -> Node:
        if node_id := self._owners.get(name):
            node = self._graph.node(node_id)
            assert node is not None  # noqa: S101  (names were learnt from the nodes)
            return node
        return self._graph.ingredient(self._bare[name])


#: A known name with one of these at its end, or at its beginning, is another substance: 透明质酸锌 is no 透明质酸.
_SUFFIXES = frozenset("酸酯盐钠钾锌镁钙铜铁铝锂醛酮胺苷甙酚醚烷烯脲")
_PREFIXES = ("乙酰", "羟基", "甲基", "水解", "氢化", "棕榈酰", "磷酸", "乙基", "丙基", "丁基", "聚", "异")
_CHEMICAL = frozenset({NodeKind.INGREDIENT, NodeKind.GROUP})
_THINGS = frozenset({NodeKind.INGREDIENT, NodeKind.GROUP, NodeKind.PRODUCT, NodeKind.UNLISTED})


class _Sounds:
    """Names of at least so many characters by how these sound: 烟先胺 sounds like 烟酰胺."""

    def __init__(self, names: Iterable[str], sounds: Mapping[int, str], fewest: int) -> None:
        self._sounds = sounds
        by_sound: dict[str, str] = {}
        for name in names:
            if len(name) >= fewest and _HAN.fullmatch(name):
                by_sound.setdefault(name.translate(sounds), name)
        self._names = list(by_sound.values())
        self._find = ahocorasick_rs.AhoCorasick(list(by_sound), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)

    def find(self, text: str) -> list[tuple[str, int, int]]:
        heard = self._find.find_matches_as_indexes(text.translate(self._sounds))
        return [(self._names[i], start, end) for i, start, end in heard]


def plain(text: str) -> str:
    """Lower case and half width; no blanks beside Chinese characters."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return _BLANKS.sub(" ", _BLANK_AT_HAN.sub("", folded)).strip()


def _by_precedence(graph: Graph) -> Iterable[Node]:
    """Of two with the same name the earlier kind has it: a product may be nicknamed 口红, people mean the shelf."""
    order = list(NodeKind)
    nodes = graph.nodes(*NodeKind)
    return sorted(nodes, key=lambda node: order.index(node.kind) + 100 * (node.kind is NodeKind.PRODUCT))


def _is_part(text: str, start: int, end: int) -> bool:
    return text[end : end + 1] in _SUFFIXES or text[:start].endswith(_PREFIXES)


def _whole(text: str, start: int, end: int) -> bool:
    """A name in Latin letters is a word of its own, not part of one."""
    before, after = text[start - 1 : start], text[end : end + 1]
    starts = not (_LATIN.match(text[start]) and before and _LATIN.match(before))
    return starts and not (_LATIN.match(text[end - 1]) and after and _LATIN.match(after))
