"""From a name as it was read to the official one, or to the honest word that it is not clear. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

from yingda.knowledge.beauty.schemas import Node, NodeKind, Registered
from yingda.knowledge.labels.schemas import Certainty, NameMatch

_NOISE = re.compile(r"[\s()\[\]{}<>《》〈〉·・'’‘`´\"“”\-–—_,.:;、/\\]+")
_PARTS = re.compile(r"[/()\[\]（）]")
_HAN = re.compile(r"[\u3400-\u9fff]")
_WATER = "水"
_LATIN_IN_BRACKETS = re.compile(r"\([A-Za-z][A-Za-z0-9 .,'×&/\-]*\)")
#: Letters that are taken for one another in small or blurred print, in groups: seen where official names were read.
LOOKALIKES = """
己已巳乙z2 内丙肉 丁j 0oq〇 1li|!丨 5s 8b3 6bg 9gq 7t 未末 日曰目月 千干于 土士 入人八 氢氧氨氯氮 酸酯醋
酮铜 烷烯 钠纳 锌辞 苷甙甘 酚粉 苯笨 羟轻 桂柱硅 棕综 聚骤 烟姻 蜡腊 脂指 醛荃 糖塘 酶霉 泛乏 透诱 质贡 维唯 生牛 素索
红江 油由 水氷冰 叶吐 根很 茶荼 柠拧 檬蒙 橄榄 莨茛 磺璜 硫琉 磷鳞 硼棚 二= 十+ 口囗 又叉 库厍 拉位 芦卢 荟会 卡卞 波泼
酵醇酶静醉 按铵胺氨 程籽杆行仔子 腿醚醒展 基茎 氯氧温 饰酯 全金 手季 萄菊 篦蓖 的钠 品晶 桐榈 标棕 模榄 板椒 揭褐限 架果
段羧竣 构枸 味咪 磷磺 工丁 玻琥 率枣 概酰酞 险羟 盖蔷 董堇 短鲸 蝠蜡
"""
#: A name that differs in one of these from the official one is the name of another substance.
_TELLING = frozenset(
    "甲乙丙丁戊己庚辛壬癸一二三四五六七八九十0123456789酸酯醇醛酮胺酰醚烷烯酚苷钠钾钙镁锌铝铁铜锂硅硫磷氟氯溴碘氢氧氮单双多聚"
)
_SCANNED = 24
_OFFERED = 3
#: In a glued pair of names, the shorter ones would be found everywhere.
_SHORTEST_PIECE = 2
_SHORT = 4
#: Of names as long, and of those so short that one letter is a third of them.
_LEAST_ALIKE = 72.0
_LEAST_ALIKE_SHORT = 60.0
#: By so much a candidate must be nearer than the next; a lookalike counts this much of a letter.
_MARGIN = 0.5
_LOOKALIKE_COST = 0.35


def _pairs() -> frozenset[tuple[str, str]]:
    return frozenset(
        (a.casefold(), b.casefold()) for group in LOOKALIKES.split() for a in group for b in group if a != b
    )


_ALIKE = _pairs()


def key(name: str) -> str:
    """What is compared: without blanks, brackets and dashes, in lower case."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", name).casefold())


class Names:
    """The official names, Chinese and INCI, and the nicknames of curated ingredients. Built once, read by everybody."""

    def __init__(self, register: Iterable[Registered], curated: Iterable[Node] = ()) -> None:
        self._owners: dict[str, Registered] = {}
        lines = list(register)
        for line in lines:
            self._learn(line.name, line)
        for line in lines:
            self._learn(line.inci, line)
        short: dict[str, set[str]] = {}
        official = {line.serial: line for line in lines}
        for line in lines:
            bare = key(_LATIN_IN_BRACKETS.sub("", unicodedata.normalize("NFKC", line.name)))
            short.setdefault(bare, set()).add(line.serial)
        for bare, serials in short.items():
            if len(bare) > 1 and len(serials) == 1:
                self._owners.setdefault(bare, official[next(iter(serials))])
        self._keys = list(self._owners)
        by_name = {line.name: line for line in lines}
        for node in curated:
            if node.kind is NodeKind.INGREDIENT and node.name in by_name:
                for alias in node.aliases:
                    self._owners.setdefault(key(alias), by_name[node.name])
        self._longest = max(map(len, self._owners), default=0)

    def match(self, names: Sequence[str]) -> list[NameMatch]:
        """Each name on its own; then those that a lost comma glued together, or a stray one tore apart."""
        return list(_without_repeats(self._mended([self._one(name) for name in names])))

    def _learn(self, name: str, line: Registered) -> None:
        if found := key(name):
            self._owners.setdefault(found, line)

    def _one(self, name: str) -> list[NameMatch]:
        wanted = key(name)
        if owner := self._owners.get(wanted) or self._in_parts(name):
            return [_exact(name, owner)]
        if pieces := self._pieces(wanted):
            return [_put_right(piece, self._owners[piece], 100.0) for piece in pieces]
        return [self._near(name, wanted)]

    def _in_parts(self, name: str) -> Registered | None:
        """水/AQUA, 香精(PARFUM): the same thing twice. What is Chinese must be known, or it is another thing."""
        bare = key(_LATIN_IN_BRACKETS.sub("", unicodedata.normalize("NFKC", name)))
        if owner := self._owners.get(bare):
            return owner
        found: dict[str, Registered] = {}
        for part in filter(None, map(key, _PARTS.split(name))):
            owner = self._owners.get(part) if len(part) > 1 or part == _WATER else None
            if owner:
                found[owner.serial] = owner
            elif _HAN.search(part):
                return None
        return next(iter(found.values())) if len(found) == 1 else None

    def _pieces(self, wanted: str) -> list[str]:
        """The fewest known names that make up the whole; none if some of it would be left."""
        best: list[list[str] | None] = [[], *([None] * len(wanted))]
        for end in range(1, len(wanted) + 1):
            for start in range(max(0, end - self._longest), end):
                before, piece = best[start], wanted[start:end]
                shorter = best[end] is None or (before is not None and len(before) + 1 < len(best[end] or ()))
                if before is not None and shorter and self._is_piece(piece):
                    best[end] = [*before, piece]
        found = best[-1] or []
        return found if len(found) > 1 else []

    def _is_piece(self, piece: str) -> bool:
        """PEG-9 is no name before a word that belongs to it."""
        whole = len(piece) >= _SHORTEST_PIECE and _HAN.search(piece) is not None
        return (whole or piece == _WATER) and piece in self._owners

    def _near(self, name: str, wanted: str) -> NameMatch:
        if len(wanted) < 2:
            return NameMatch(read=name, certainty=Certainty.UNKNOWN)
        least = _LEAST_ALIKE_SHORT if len(wanted) < _SHORT else _LEAST_ALIKE
        found = process.extract(wanted, self._keys, scorer=fuzz.ratio, limit=_SCANNED, score_cutoff=least)
        by_owner: dict[str, tuple[float, float, str]] = {}
        for near, score, _ in found:
            owner = self._owners[near]
            cost = _cost(wanted, near)
            if owner.serial not in by_owner or cost < by_owner[owner.serial][0]:
                by_owner[owner.serial] = (cost, score, near)
        ranked = sorted(by_owner.values())
        if not ranked:
            return NameMatch(read=name, certainty=Certainty.UNKNOWN)
        cost, score, near = ranked[0]
        alone = len(ranked) == 1 or ranked[1][0] - cost >= _MARGIN
        if alone and cost <= _allowed(len(wanted)) and not _another(wanted, near):
            return _put_right(name, self._owners[near], score)
        offered = [self._owners[one].name for _, _, one in ranked[:_OFFERED]]
        return NameMatch(read=name, certainty=Certainty.UNCLEAR, score=round(score, 1), candidates=offered)

    def _mended(self, found: list[list[NameMatch]]) -> Iterator[NameMatch]:
        i = 0
        while i < len(found):
            here = found[i]
            after = found[i + 1] if i + 1 < len(found) else []
            if len(here) == len(after) == 1 and not (here[0].known and after[0].known):
                read = here[0].read + after[0].read
                if owner := self._owners.get(key(read)):
                    yield _exact(read, owner)
                    i += 2
                    continue
            yield from here
            i += 1


def _exact(read: str, owner: Registered) -> NameMatch:
    return NameMatch(read=read, certainty=Certainty.EXACT, name=owner.name, inci=owner.inci, score=100.0)


def _put_right(read: str, owner: Registered, score: float) -> NameMatch:
    return NameMatch(read=read, certainty=Certainty.CORRECTED, name=owner.name, inci=owner.inci, score=round(score, 1))


def _allowed(length: int) -> float:
    """How many letters may be wrong: in a short name none but a lookalike."""
    return 0.5 if length < _SHORT else 1.0 if length < 8 else 2.0 if length < 16 else length / 7


def _cost(read: str, name: str) -> float:
    cost = 0.0
    for edit in Levenshtein.editops(read, name):
        alike = edit.tag == "replace" and (read[edit.src_pos], name[edit.dest_pos]) in _ALIKE
        cost += _LOOKALIKE_COST if alike else 1.0
    return cost


def _another(read: str, name: str) -> bool:
    """Whether what differs is what tells substances apart, and is no slip of a camera."""
    for edit in Levenshtein.editops(read, name):
        was = read[edit.src_pos] if edit.tag != "insert" else ""
        would = name[edit.dest_pos] if edit.tag != "delete" else ""
        if (was, would) in _ALIKE:
            continue
        if was in _TELLING and (would in _TELLING or not would):
            return True
        if not was and would.isdigit():
            return True
    return False


def _without_repeats(matches: Iterable[NameMatch]) -> Iterator[NameMatch]:
    seen: set[str] = set()
    for match in matches:
        if match.name and match.name in seen:
            continue
        seen.add(match.name)
        yield match
