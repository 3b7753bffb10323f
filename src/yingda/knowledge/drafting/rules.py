"""Whether each sentence of a draft stands on what it cites. Pure.

Whoever wrote the draft may have been misled by its own memory or by a customer who gives orders, so nothing is
believed: numbers, names, what is denied and most of the words must be found in the evidence. What is refused for
nothing costs only a smoother wording, since the template answers then.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence

import msgspec

from yingda.knowledge.drafting.figures import figures
from yingda.knowledge.drafting.schemas import Drafted, Evidence, Refusal, Sentence

MOST_SENTENCES, MOST_CHARS = 8, 600
#: Share of a sentence's words that must stand in what it cites; of a part between commas with enough words, less.
SUPPORTED, PART_SUPPORTED, PART_WORDS = 0.7, 0.5, 3

_ENDS = re.compile("[。！？!?；;\n]+")
_PARTS = re.compile("[，,：:]+")
_MARKS = re.compile(r"\[\d+\]|【\d+】")
_QUOTED = re.compile('[《「『“"]([^》」』”"]+)[》」』”"]')
_LATIN = re.compile(r"[a-z][a-z0-9.+/-]*")
#: What sounds like a product or a substance that nobody here knows.
_COINED = (
    re.compile(
        "[一-龥]{2}(?:精华|面霜|乳液|面膜|爽肤水|化妆水|洁面|洗面奶|卸妆|防晒|眼霜|口红|唇膏|粉底|精油|喷雾|洗发水|护发素)"
    ),
    re.compile("[一-龥]{1,2}(?:酸|酯|醇|酮|胺|肽|苷|酚|提取物)"),
)
_NO_NAME = re.compile("[这该此本那的用和与或及是有在款种类些使把给到涂]")
#: Words of no, apart from 不同, 无理由, 特别 and their like.
_NO = re.compile(
    "不(?![同仅但管论少断过错])|没|无(?!理由|论|纺)|未|勿|禁|(?<![特分类级差区个性])别(?![人的致])|避免|停(?!留)"
)

_PARTIES = {
    "shop": re.compile("卖家|商家|我们|我方|本店|店铺|店里"),
    "customer": re.compile("买家|顾客|客户|消费者|[您你]"),
}
_BEARS = re.compile("承担|负责|支付|自理|垫付|[由归].{1,4}[付出]")
_PAIRS = tuple(zip("前早先内上高多增大", "后晚后外下低少减小", strict=True))
_OPPOSITES = (*_PAIRS, *((second, first) for first, second in _PAIRS))


class Reading(msgspec.Struct, frozen=True):
    """How texts are read: the ids of products and ingredients that are named, and the words that say something."""

    names: Callable[[str], frozenset[str]]
    words: Callable[[str], Sequence[str]]


def refusal(sentences: Sequence[Sentence], evidence: Sequence[Evidence], reading: Reading) -> Refusal | None:
    """Why the whole draft is refused; None: each sentence is supported."""
    if not any(one.text.strip() for one in sentences):
        return Refusal.EMPTY
    if len(sentences) > MOST_SENTENCES or sum(len(one.text) for one in sentences) > MOST_CHARS:
        return Refusal.TOO_LONG
    reasons = (_of_sentence(one, evidence, reading) for one in sentences)
    return next((reason for reason in reasons if reason), None)


def numbered(sentences: Sequence[Sentence], evidence: Sequence[Evidence]) -> Drafted:
    """The draft with its sources in the order in which they are cited; evidence from the same place is one source."""
    order: dict[str, int] = {}
    told = []
    for one in sentences:
        titles = dict.fromkeys(evidence[number - 1].title for number in one.cites)
        told.append(Sentence(_ended(one.text), tuple(order.setdefault(title, len(order) + 1) for title in titles)))
    return Drafted(tuple(told), tuple(order))


def _of_sentence(sentence: Sentence, evidence: Sequence[Evidence], reading: Reading) -> Refusal | None:
    if not sentence.cites:
        return Refusal.UNCITED
    if not all(1 <= number <= len(evidence) for number in sentence.cites):
        return Refusal.NO_SUCH_SOURCE
    cited = "\n".join(f"{one.title}\n{one.text}" for one in (evidence[number - 1] for number in sentence.cites))
    said = [one for one in _ENDS.split(_MARKS.sub("", sentence.text)) if one.strip()]
    if not said:
        return Refusal.EMPTY
    return next((reason for one in said if (reason := _of_statement(one, cited, reading))), None)


def _of_statement(said: str, cited: str, reading: Reading) -> Refusal | None:
    if not figures(said) <= figures(cited):
        return Refusal.NUMBER
    if not reading.names(said) <= reading.names(cited) or not all(name in _plain(cited) for name in _names(said)):
        return Refusal.NAME
    if _reversed(said, cited, reading):
        return Refusal.REVERSED
    return None if _supported(said, cited, reading) else Refusal.UNSUPPORTED


def _names(said: str) -> set[str]:
    """What must be found letter by letter: quoted, in Latin letters, or sounding like a product or a substance."""
    plain = _plain(said)
    coined = {name for kind in _COINED for name in kind.findall(plain) if not _NO_NAME.search(name)}
    return {*_QUOTED.findall(plain), *_LATIN.findall(plain), *coined}


def _reversed(said: str, cited: str, reading: Reading) -> bool:
    """A part of it says the contrary of the parts of the evidence most like it."""
    known = [(one, set(reading.words(one))) for one in _parts(cited)]
    return any(_contrary(part, _nearest(part, known, reading)) for part in _PARTS.split(said))


def _nearest(part: str, known: Sequence[tuple[str, set[str]]], reading: Reading) -> list[str]:
    words = set(reading.words(part))
    shared = [len(words & own) for _, own in known]
    most = max(shared, default=0)
    return [text for (text, _), count in zip(known, shared, strict=True) if count == most > 0]


def _contrary(part: str, known: Sequence[str]) -> bool:
    denials, bearers = len(_NO.findall(part)), _bearers(part)
    return any(
        denials != len(_NO.findall(one))
        or not bearers <= _bearers(one)
        or _counts_otherwise(part, one)
        or any(word in part and word not in one and other in one for word, other in _OPPOSITES)
        for one in known
    )


def _counts_otherwise(part: str, one: str) -> bool:
    """A number of the same text, but not of this part of it."""
    theirs = figures(one)
    return bool(theirs) and not figures(part) <= theirs


def _bearers(part: str) -> set[str]:
    """Who pays or answers for something."""
    if not _BEARS.search(part):
        return set()
    return {name for name, words in _PARTIES.items() if words.search(part)}


def _parts(text: str) -> list[str]:
    return [part for one in _ENDS.split(text) for part in _PARTS.split(one) if part.strip()]


def _supported(said: str, cited: str, reading: Reading) -> bool:
    known = set(reading.words(cited))
    if _share(said, known, reading) < SUPPORTED:
        return False
    parts = (one for one in _PARTS.split(said) if len(reading.words(one)) >= PART_WORDS)
    return all(_share(one, known, reading) >= PART_SUPPORTED for one in parts)


def _share(said: str, known: set[str], reading: Reading) -> float:
    words = set(reading.words(said))
    return len(words & known) / len(words) if words else 0.0


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _ended(text: str) -> str:
    """As one sentence, without marks of its own."""
    bare = _MARKS.sub("", text).strip()
    return bare if _ENDS.search(bare[-1:]) else f"{bare}。"
