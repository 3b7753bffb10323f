"""A message that asks for several things, taken apart into clauses with a wish each."""

import re
from collections.abc import Callable, Iterator

from yingda.language.acts import asks, is_courtesy
from yingda.language.text import clauses, narrow
from yingda.language.types import Part, RankedIntent

_SURE = 0.6
_SURE_OF_WHAT_IS_TOLD = 0.9
_NO_WISH = re.compile(r"^(?:因为|如果|要是|假如|万一|[也额那这]?不是|[我还]*以为)|的话$|^if ")
_SHORTEST = 2
_CALLS_A_PERSON = "chat.human"
_TOLD_TOO = frozenset({"product.adverse", "product.authenticity"})
#: Neighbouring clauses with these intents are one wish, and its reason or what comes of it.
_ONE_WISH = (
    {"order.cancel", "return.request"},
    {"order.cancel", "exchange.request"},
    {"order.cancel", "refund.request"},
    {"order.place", "product.recommend"},
)


def parts_of(text: str, read: Callable[[str], RankedIntent], whole: str) -> tuple[Part, ...]:
    """What each clause wants by itself (`read`), when two or more want different things; `whole`: its intent."""
    spans = [(start, end) for start, end in clauses(text) if end - start >= _SHORTEST]
    found: list[Part] = []
    for part in _wishes(text, spans, read) if len(spans) > 1 else ():
        last = found[-1] if found else None
        if last and last.intent.name == part.intent.name:
            found[-1] = Part(last.start, part.end, max(last.intent, part.intent, key=lambda intent: intent.confidence))
        elif last and {last.intent.name, part.intent.name} in _ONE_WISH:
            meant = last.intent if last.intent.name == whole else part.intent
            found[-1] = Part(last.start, part.end, meant)
        else:
            found.append(part)
    return tuple(found) if len(found) > 1 else ()


def _wishes(text: str, spans: list[tuple[int, int]], read: Callable[[str], RankedIntent]) -> Iterator[Part]:
    for start, end in spans:
        clause = narrow(text[start:end])
        if not (_NO_WISH.search(clause) or is_courtesy(clause)):
            intent = read(text[start:end])
            if _is_wish(intent, asks(clause)):
                yield Part(start, end, intent)


def _is_wish(intent: RankedIntent, asked: bool) -> bool:
    """Courtesy, feelings and bare facts are none: 敏感肌 alone says for whom, not what."""
    name = intent.name
    if name == "other" or (name.startswith("chat.") and name != _CALLS_A_PERSON):
        return False
    if intent.confidence < (_SURE if asked else _SURE_OF_WHAT_IS_TOLD):
        return False
    return asked or name in _TOLD_TOO or not name.startswith("product.")
