"""What a question asks for: the relation, who it is for, and what it must cost or leave out. Pure."""

import re
from enum import StrEnum

import msgspec

from yingda.kit.hyperbole import without_hyperbole
from yingda.knowledge.beauty.meals import swallowed
from yingda.knowledge.beauty.names import Mention, Recogniser, plain
from yingda.knowledge.beauty.phrases import phrases
from yingda.knowledge.beauty.schemas import Node, NodeKind


class Ask(StrEnum):
    CONFLICT = "conflict"
    COMPARISON = "comparison"
    ROUTINE = "routine"
    SUBSTITUTE = "substitute"
    LIMIT = "limit"
    CONCENTRATION = "concentration"
    STATUS = "status"
    PHOTO = "photo"
    COMEDOGENIC = "comedogenic"
    IRRITATION = "irritation"
    USAGE = "usage"
    CHOICE = "choice"
    INGREDIENTS = "ingredients"
    EFFECT = "effect"
    SUITABILITY = "suitability"
    WHAT = "what"
    PRICE = "price"


class Danger(StrEnum):
    """What no shop may advise on."""

    BREATHING = "breathing"
    EYE = "eye"
    SWALLOWED = "swallowed"
    ADVERSE = "adverse"
    WOUND = "wound"
    MEDICINE = "medicine"
    DISEASE = "disease"


class For(StrEnum):
    PREGNANT = "pregnancy"
    NURSING = "breastfeeding"
    CHILD = "children"


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """`excluded`: what must not be in it. `budget`: in cents. `amount`: a percentage that was named."""

    text: str
    mentions: tuple[Mention, ...]
    asks: frozenset[Ask]
    dangers: frozenset[Danger]
    people: frozenset[For]
    excluded: tuple[Node, ...] = ()
    budget: int | None = None
    amount: float | None = None

    def named(self, *kinds: NodeKind) -> list[Node]:
        """Each once, in the order of the question, without what is to be left out."""
        out = {node.id for node in self.excluded}
        return list(
            {m.node.id: m.node for m in self.mentions if m.node.kind in kinds and m.node.id not in out}.values()
        )

    @property
    def things(self) -> list[Node]:
        """Ingredients, groups of them, and products."""
        return self.named(NodeKind.INGREDIENT, NodeKind.GROUP, NodeKind.PRODUCT)


_THINGS = frozenset({NodeKind.PRODUCT, NodeKind.UNLISTED, NodeKind.INGREDIENT, NodeKind.GROUP})
#: Who says this must not be given what they name.
_ALLERGIC = re.compile("对[^，。,?？]{1,24}?过敏")
_HUNDREDS = "[一二两三四五六七八九]?[百千][一二三四五六七八九]?十?"
_BUDGET = re.compile(
    rf"(\d+|{_HUNDREDS}|[一二两三四五六七八九]十)\s*(?:块钱|块|元|rmb)?\s*(?:以内|以下|之内|内|左右|上下|封顶)"
    rf"|(?:不超过|预算|低于|少于|小于|控制在|最多|under|below)\s*(\d+|{_HUNDREDS})"
)
_AMOUNT = re.compile(r"(\d+(?:\.\d+)?)\s*%|百分之([一二两三四五六七八九十]+)")
_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}


def read(text: str, recogniser: Recogniser) -> Question:
    """Understand one question. Raises nothing: what is not understood leaves the fields empty."""
    words = _spelt_out(";".join(plain(line) for line in text.splitlines()))
    mentions = recogniser.find(words)
    asks, budget = _asks(words, mentions), _budget(words)
    if (Ask.CHOICE in asks or budget) and any(m.node.kind is NodeKind.PRODUCT for m in mentions):
        mentions = recogniser.find(words, nicknames=False)  # who wants 祛痘精华 recommended means any of them
        asks = _asks(words, mentions)
    mentions = _without_contents(mentions, recogniser)
    return Question(
        text=words,
        mentions=tuple(mentions),
        asks=asks,
        dangers=_dangers(_without(words, mentions), mentions)
        | ({Danger.SWALLOWED} if swallowed(text) else frozenset()),
        people=frozenset(who for who in For if phrases().people[who].search(words)),
        excluded=_excluded(words, mentions),
        budget=budget,
        amount=_amount(words),
    )


def _asks(words: str, mentions: list[Mention]) -> frozenset[Ask]:
    unnamed = _without(words, mentions)
    return frozenset(ask for ask in Ask if phrases().asks[ask].search(unnamed))


def _spelt_out(words: str) -> str:
    """先用水还是精华: of steps, people say one character."""
    if not phrases().asks[Ask.ROUTINE].search(words):
        return words
    words = words.replace("水乳", "化妆水、乳液")
    words = re.sub("(?<=[用擦涂抹先再后和跟、,，])水(?=还是|先|后|再|和|跟|、|,|，|精华|乳|$)", "化妆水", words)
    return re.sub("(?<=[用擦涂抹先再后和跟、,，])乳(?=还是|先|后|再|和|跟|、|,|，|霜|$)", "乳液", words)


def _without_contents(mentions: list[Mention], recogniser: Recogniser) -> list[Mention]:
    """An ingredient written right before a product that has it only tells which product is meant."""
    kept = []
    for i, one in enumerate(mentions):
        following = mentions[i + 1] if i + 1 < len(mentions) else None
        if (
            following
            and following.start == one.end
            and following.node.kind is NodeKind.PRODUCT
            and one.node.kind is NodeKind.INGREDIENT
            and recogniser.has(following.node, one.node)
        ):
            continue
        kept.append(one)
    return kept


def _dangers(words: str, mentions: list[Mention]) -> frozenset[Danger]:
    said = phrases()
    words = said.figures.sub("", without_hyperbole(words))
    suffered = said.supposed.sub("", said.harmless.sub("", words))
    found = {danger for danger in Danger if danger in said.dangers and said.dangers[danger].search(words)}
    if not said.dangers[Danger.BREATHING].search(suffered):
        found.discard(Danger.BREATHING)
    if any(m.node.status in {"medicine", "banned"} for m in mentions):
        found.add(Danger.MEDICINE)
    if said.happened.search(suffered):
        found.add(Danger.ADVERSE)
    return frozenset(found)


def _without(words: str, mentions: list[Mention]) -> str:
    """The question with the names of things blanked: 温和 in the name of a group asks for nothing."""
    for one in mentions:
        if one.node.kind not in _THINGS:
            continue
        words = words[: one.start] + "□" * (one.end - one.start) + words[one.end :]
    return words


def _excluded(words: str, mentions: list[Mention]) -> tuple[Node, ...]:
    """Ingredients named after a "without", a list of them whole; and what somebody is allergic to."""
    left_out: list[Node] = []
    for said in phrases().without.finditer(words):
        end = said.end()
        for one in mentions:
            if one.start >= end and not re.sub("[和、及或与跟任何添加含有]", "", words[end : one.start]):
                if one.node.kind in {NodeKind.INGREDIENT, NodeKind.GROUP}:
                    left_out.append(one.node)
                end = one.end
    for said in _ALLERGIC.finditer(words):
        inside = [m.node for m in mentions if said.start() < m.start and m.end <= said.end()]
        left_out += [node for node in inside if node.kind in {NodeKind.INGREDIENT, NodeKind.GROUP}]
    return tuple(left_out)


def _budget(words: str) -> int | None:
    found = _BUDGET.search(words)
    if not found:
        return None
    return 100 * _number(found[1] or found[2])


def _amount(words: str) -> float | None:
    found = _AMOUNT.search(words)
    if not found:
        return None
    return float(found[1]) if found[1] else float(_number(found[2]))


def _number(text: str) -> int:
    """两百 → 200, 一百五 → 150, 二十 → 20."""
    if text.isdigit():
        return int(text)
    total, digit, unit = 0, 0, 1
    for letter in text:
        if letter in _DIGITS:
            digit = _DIGITS[letter]
        else:
            unit = _UNITS[letter]
            total += max(digit, 1) * unit
            digit = 0
    return total + digit * (unit // 10 if unit > 10 else 1)
