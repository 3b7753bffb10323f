"""From a question to an answer. No clock, no network, no database: the graph alone."""

import re
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from yingda.knowledge.beauty.answers import choice, ingredients, pairs, products, safety
from yingda.knowledge.beauty.answers.draft import Draft, listing, shown, unknown
from yingda.knowledge.beauty.context import PEOPLE, in_context
from yingda.knowledge.beauty.files import read_book, register
from yingda.knowledge.beauty.graph import Graph
from yingda.knowledge.beauty.names import Recogniser, plain
from yingda.knowledge.beauty.reading import Ask, Danger, For, Question, read
from yingda.knowledge.beauty.schemas import (
    Answer,
    AnswerKind,
    Aspect,
    Book,
    Called,
    Node,
    NodeKind,
    ShelfProduct,
    Wearer,
)
from yingda.knowledge.beauty.wearing import fitted, minding

#: Who asks with one of these wants to know about everything, not about something we have not heard of.
_IN_GENERAL = ("什么", "哪", "护肤", "化妆", "注意", "成分")
#: What can only be said of one product, not of a shelf.
_OF_ONE_PRODUCT = frozenset({Ask.COMEDOGENIC, Ask.IRRITATION, Ask.PHOTO, Ask.EFFECT, Ask.LIMIT, Ask.STATUS})
#: A question about a whole shelf that no product answers: 面膜天天敷可以吗.
_AT_LARGE = re.compile("吗|(?<![怎什那这])么|区别|多久|几次|不同")
#: Who only tells of themselves: 怀孕5个月了.
_TELLS = re.compile(
    "(?:我|已经|现在|都|刚|是|在)*(?:怀孕|备孕|孕妇|孕[早中晚]?期|哺乳期?|怀)(?:[0-9一二三四五六七八九十]+个?多?[月周天])?"
    "(?:多|了|的|呢|啊|哦|[,.!~ ])*"
)
_IMMEDIATE = frozenset({Danger.BREATHING, Danger.EYE, Danger.SWALLOWED, Danger.ADVERSE, Danger.WOUND})
#: What a text must not name out of nothing.
_NAMED = frozenset({NodeKind.INGREDIENT, NodeKind.GROUP, NodeKind.PRODUCT, NodeKind.UNLISTED})
_WORTH_OF = ("limit", "photo", "comedogenic", "irritation", "usage", "substitute", "effect", "what")
#: More than this many characters are no question.
QUESTION_CHARS = 500


class Expert:
    """Built once; may be asked by several threads at a time.

    `sounds`: one character for all ideographs that sound alike, for `str.translate`; names are recognised by it too.
    """

    def __init__(self, book: Book, sounds: Mapping[int, str], shelf: Iterable[ShelfProduct] = ()) -> None:
        self.graph = Graph(book, register(), shelf)
        self._recogniser = Recogniser(self.graph, sounds)

    @classmethod
    def from_files(cls, sounds: Mapping[int, str], shelf: Iterable[ShelfProduct] = ()) -> "Expert":
        return cls(read_book(), sounds, shelf)

    def read(self, text: str, about: Sequence[str] = ()) -> Question:
        question = read(text[:QUESTION_CHARS], self._recogniser)
        shown = [node for one in about if (node := self.graph.node(one)) and node.kind in _NAMED]
        people = frozenset(who for who in For if f"{PEOPLE}{who.value}" in about)
        return in_context(question, shown, people, self.graph) if shown or people else question

    def names(self, text: str) -> frozenset[str]:
        """The ids of the products and ingredients that a text names."""
        return frozenset(one.node.id for one in self._recogniser.find(plain(text)) if one.node.kind in _NAMED)

    def goods(self, text: str, *, sounding: bool = False) -> list[Called]:
        """What a text calls goods. `sounding`: it ends with a name, that may be misspelt."""
        words = plain(text)
        mentions = self._recogniser.find(words)
        called = [Called(words[one.start : one.end], self._sold(one.node)) for one in mentions]
        if sounding and not any(one.product_ids for one in called):
            called = [Called(node.name, self._sold(node)) for node in self._recogniser.sounding(words)]
        return [one for one in called if one.product_ids]

    def _sold(self, node: Node) -> frozenset[str]:
        """防晒 is a purpose and a shelf: of goods, the shelf is meant."""
        category = self.graph.node(f"{NodeKind.CATEGORY}:{node.name}")
        products = self.graph.shelf(category) if category else [node]
        return frozenset(one.id.partition(":")[2] for one in products if one.kind is NodeKind.PRODUCT)

    def ask(self, text: str, about: Sequence[str] = (), wearer: Wearer | None = None) -> Answer:
        """`about`: ids of what is being talked about, for questions that name no product. `wearer`: who it is
        for; what the question says goes before what is known of them."""
        asked = self.read(text, about)
        question = fitted(asked, wearer, self.graph, self._recogniser) if wearer else asked
        answer = (
            self._risky(question) or self._special(question) or self._about_things(question) or self._general(question)
        )
        if wearer:
            answer = minding(answer, question, asked, wearer, self.graph, self._recogniser)
        return _in_their_words(question, answer)

    def _risky(self, question: Question) -> Answer | None:
        """Whatever touches somebody's health comes before everything else."""
        if question.dangers & _IMMEDIATE:
            return safety.danger(self.graph, question)
        if answer := safety.unlisted(self.graph, question):
            return answer
        if question.dangers:
            return safety.danger(self.graph, question)
        if For.CHILD in question.people:
            return safety.children(self.graph, question)
        if question.people:
            return self._expecting(question)
        return None

    def _expecting(self, question: Question) -> Answer:
        graph = self.graph
        aspect = Aspect.PREGNANCY if For.PREGNANT in question.people else Aspect.BREASTFEEDING
        named = question.named(NodeKind.PRODUCT)
        if named:
            return products.advice(graph, named[0], aspect)
        chooses = Ask.CHOICE in question.asks or bool(question.excluded) or question.budget is not None
        shelf = question.named(NodeKind.CATEGORY, NodeKind.CONCERN, NodeKind.SKIN)
        if chooses and shelf and not question.things:
            return choice.choose(graph, question)
        if question.things:
            return ingredients.advice(graph, question.things, aspect)
        if question.named(NodeKind.CATEGORY, NodeKind.CONCERN) and Ask.INGREDIENTS not in question.asks:
            return choice.choose(graph, question)
        tells = _TELLS.fullmatch(question.text) is not None
        if not tells and not any(word in question.text for word in _IN_GENERAL):
            return safety.unheard_of(graph)
        return safety.pregnancy_in_general(graph, question)

    def _special(self, question: Question) -> Answer | None:
        """Routines, and everything that needs more than one thing."""
        graph, asks, things = self.graph, question.asks, question.things
        if "早c晚a" in question.text and not question.named(NodeKind.PRODUCT):
            return pairs.morning_c_evening_a(graph)
        step = "什么时候" in question.text and not things and bool(question.named(NodeKind.CATEGORY))
        if (Ask.ROUTINE in asks or step) and not question.named(NodeKind.INGREDIENT, NodeKind.GROUP):
            return pairs.routine(graph, question)
        if len(things) == 2 and Ask.CONFLICT not in asks and _asks_identity(question):
            return pairs.identity(graph, *things)
        goods, skins = question.named(NodeKind.PRODUCT), question.named(NodeKind.SKIN)
        if len(goods) > 1 and skins and Ask.CONFLICT not in asks:
            return products.which_suits(graph, goods, skins[0])
        if Ask.SUBSTITUTE in asks and len(things) > 1:
            return pairs.replaceable(graph, things[:2], question)
        if Ask.COMPARISON in asks and len(things) > 1 and Ask.ROUTINE not in asks and not _together(question):
            return pairs.comparison(graph, things, question)
        if len(things) > 1 and not self._asks_contents(question) and not self._is_choice(question):
            return pairs.conflict(graph, things[:4])
        if len(things) == 1 and Ask.CONFLICT in asks and things[0].kind is not NodeKind.PRODUCT:
            return pairs.partners(graph, things[0], apart=_negative(question.text))
        if self._is_choice(question):
            return choice.choose(graph, question)
        return None

    def _asks_contents(self, question: Question) -> bool:
        """A product, and whether something is in it."""
        named = question.named(NodeKind.PRODUCT)
        return bool(named) and (Ask.INGREDIENTS in question.asks or bool(question.excluded))

    def _is_choice(self, question: Question) -> bool:
        if question.named(NodeKind.PRODUCT):
            return False
        shelf = question.named(NodeKind.CATEGORY, NodeKind.CONCERN, NodeKind.SKIN)
        limited = question.budget is not None or bool(question.excluded)
        named_category = bool(question.named(NodeKind.CATEGORY))
        if Ask.INGREDIENTS in question.asks and not (limited or named_category or "产品" in question.text):
            return False
        wants = Ask.CHOICE in question.asks or limited
        return (
            wants
            and (bool(shelf) or bool(question.things) or bool(question.excluded))
            and not (question.things and not named_category and Ask.CHOICE not in question.asks and not limited)
        )

    def _about_things(self, question: Question) -> Answer | None:
        named = question.named(NodeKind.PRODUCT)
        if named:
            return self._about_product(named[0], question)
        if not question.things:
            return None
        return self._about_ingredient(question.things[0], question)

    def _about_product(self, product: Node, question: Question) -> Answer:
        graph, asks = self.graph, question.asks
        inside = question.named(NodeKind.INGREDIENT, NodeKind.GROUP) + list(question.excluded)
        if inside:
            return products.contains(graph, product, inside, question.excluded)
        if skins := question.named(NodeKind.SKIN):
            return products.suits(graph, product, skins[0])
        for ask, answer in (
            (Ask.PRICE, products.sizes),
            (Ask.INGREDIENTS, products.ingredients),
            (Ask.PHOTO, products.photo),
            (Ask.IRRITATION, products.irritation),
            (Ask.USAGE, products.usage),
            (Ask.EFFECT, products.effect),
        ):
            if ask in asks:
                return answer(graph, product)
        if Ask.CONFLICT in asks:
            return unknown(graph, "请告诉我还想和哪个产品或成分一起用", product)
        if Ask.COMEDOGENIC in asks:
            return unknown(graph, f"没有查到{shown(product)}是否容易致痘的资料", product)
        return products.what(graph, product)

    def _about_ingredient(self, node: Node, question: Question) -> Answer:
        graph, asks = self.graph, question.asks
        if question.amount is not None or (Ask.CONCENTRATION in asks and Ask.LIMIT not in asks):
            return ingredients.concentration(graph, node, question)
        if Ask.LIMIT in asks:
            return ingredients.limit(graph, node)
        if skins := question.named(NodeKind.SKIN):
            return ingredients.skin(graph, node, skins[0])
        if Ask.STATUS in asks and graph.listed(node.name):
            return self._status(node)
        for name in _WORTH_OF:
            if Ask(name) in asks:
                return ingredients.ABOUT_ONE[name](graph, node)
        return ingredients.what(graph, node)

    def _status(self, node: Node) -> Answer:
        draft = Draft(self.graph, node).cite("iecic2021")
        draft.say(f"{node.name}已收录在中国《已使用化妆品原料目录（2021年版）》，可以作为化妆品原料使用。")
        for fact in self.graph.facts(node, Aspect.LIMIT):
            draft.say(f"{fact.text}。", fact)
        return draft.finish(AnswerKind.STATUS)

    def _general(self, question: Question) -> Answer:
        """No name in it: what does this, what suits whom; else we do not know."""
        graph = self.graph
        concerns, skins = question.named(NodeKind.CONCERN), question.named(NodeKind.SKIN)
        if skins and Ask.INGREDIENTS in question.asks:
            return self._for_skin(skins[0], avoid=_negative(question.text))
        if skins and not concerns and Ask.CHOICE not in question.asks and not question.named(NodeKind.CATEGORY):
            return unknown(graph, "请告诉我您问的是哪款产品或哪种成分", skins[0])
        if concerns and Ask.INGREDIENTS in question.asks:
            return self._for_concern(concerns[0])
        if question.named(NodeKind.CATEGORY) and question.asks & _OF_ONE_PRODUCT and Ask.CHOICE not in question.asks:
            return unknown(graph, "请告诉我您问的是哪一款产品")
        shelf = concerns or skins or question.named(NodeKind.CATEGORY)
        if shelf and (Ask.CHOICE in question.asks or not _AT_LARGE.search(question.text)):
            return choice.choose(graph, question)
        return unknown(graph, "没有查到您问的内容")

    def _for_concern(self, concern: Node) -> Answer:
        found = self.graph.with_effect(concern)
        facts = [
            next(f for f in self.graph.facts(node, Aspect.EFFECT) if f.value == concern.name) for node in found[:8]
        ]
        draft = Draft(self.graph, concern).say(f"有{concern.name}作用的成分：{listing(found, 8)}。", *facts)
        return draft.say("选择时还要看肤质和耐受。").finish(AnswerKind.EFFECT)

    def _for_skin(self, skin: Node, *, avoid: bool) -> Answer:
        groups = self.graph.nodes(NodeKind.GROUP, NodeKind.INGREDIENT)
        draft = Draft(self.graph, skin)
        told_of = ((Aspect.SUITS, "适合"), (Aspect.UNSUITED, "要留意或避开"))
        for aspect, words in told_of[::-1] if avoid else told_of:
            told = [
                (node, fact)
                for node in groups
                for fact in self.graph.facts(node, aspect)
                if fact.value == skin.name and fact.subject == node.name
            ]
            if told:
                draft.say(f"{skin.name}皮肤{words}：{listing([n for n, _ in told], 8)}。", *(f for _, f in told[:8]))
        return draft.say("首次使用请先局部试用。").cite("aad_patch").finish(AnswerKind.SUITABILITY)


def _in_their_words(question: Question, answer: Answer) -> Answer:
    """An answer that uses the official name says first which of the customer's words is meant."""
    said = {
        question.text[one.start : one.end].upper(): shown(one.node)
        for one in question.mentions
        if one.node.kind in {NodeKind.INGREDIENT, NodeKind.GROUP, NodeKind.PRODUCT} and one.node.id in answer.about
    }
    told = answer.answer.upper()
    new = [
        f"“{word}”即{name}" for word, name in said.items() if word not in {"", plain(name).upper()} and word not in told
    ]
    return msgspec.structs.replace(answer, answer=f"（{'，'.join(new)}）{answer.answer}") if new else answer


def _asks_identity(question: Question) -> bool:
    """鲸蜡醇是酒精吗: the second is named right after an "is"."""
    first, second = [one for one in question.mentions if one.node in question.things][:2]
    return question.text[first.end : second.start] in {"是", "是不是", "属于", "算", "是一种", "算是"}


def _together(question: Question) -> bool:
    """哪个能和A一起用 is about going together, whichever word of comparison is in it."""
    return Ask.CONFLICT in question.asks and any(word in question.text for word in ("一起", "同时", "叠加", "搭配"))


def _negative(text: str) -> bool:
    return any(
        word in text for word in ("不能", "不要", "不可", "冲突", "忌", "避", "别", "相克", "不宜", "不建议", "禁")
    )
