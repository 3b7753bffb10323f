"""How the customer feels and how pressing it is, from words: a lexicon, negation, degree and marks.

The lexicon (`data/language/emotion.tsv`) gives each word a tone and a weight. A tone is an emotion, `pleased`,
`polite` (thanks: warmth only where nothing is asked), `ironic` (praise that beside a bad fact is scorn: 绝了 又坏了),
`problem` (a bad fact, told calmly), `urgent`, `danger` (health, or a last warning), a helper (`negation`, `degree`), or
`neutral`: a longer word that keeps a shorter one inside it from being found (开心果).

What follows a "but" weighs more than what stands before it, and praise in quotation marks is none.
"""

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from yingda.kit.hyperbole import without_hyperbole
from yingda.language.lexicon import Lexicon
from yingda.language.text import MAX_CHARACTERS, is_han, narrow
from yingda.language.types import Emotion, Span, SpanRole

_REACH = 4  # how many characters before a word a negation or a degree still governs it
_REACH_LATIN = 14  # the same for words of Latin script: "isn't really good"
_FELT = 0.5  # below this an emotion is not named
_NEUTRAL = 0.1  # a sentiment below this is none
_BUT_SHARE = 0.5  # what thanks and praise before a "but" are still worth
_BUT_FELT = 0.5  # how disappointed a bad fact after praise and "but" sounds
_SCORN = 0.7
_SHOUTED = 0.5  # how angry a request sounds that is shouted
_THREATENED = 0.6  # how angry a last warning sounds, in whatever words
_BAD = {Emotion.ANXIOUS: 0.6, Emotion.DISAPPOINTED: 1.0, Emotion.ANGRY: 1.3, Emotion.CONFUSED: 0.05}
_INTENT_TONE = {
    "issue.": -0.5,
    "complaint.": -0.8,
    "product.adverse": -0.5,
    "logistics.stalled": -0.3,
    "logistics.not_received": -0.4,
}
_AUTHORITY = "complaint.authority"
_AWAITED = ("logistics.track", "logistics.eta", "logistics.ship_time", "logistics.expedite", "order.status", "refund.")
_BAD_NEWS = frozenset({"problem", "danger", Emotion.ANGRY.value, Emotion.DISAPPOINTED.value})
_QUIET = ("chat.affirm", "chat.thanks", "chat.greeting", "chat.inform", "chat.emotion")
_MAY_BE_ASKED = frozenset({"pleased", "problem"})  # 好用吗 and 有问题吗 are questions, not verdicts
_FREE_OF_REQUESTS = frozenset({"chat.thanks", "chat.emotion"})
_ASKED = re.compile(r".{0,2}(?:吗|么|嘛|不(?!了|行)|\?)")
_QUESTION = re.compile(r"(?:吗|么|吧|\?)\W*$")
_IN_CODE = re.compile(r"[0-9a-z]")
_PAUSE = re.compile(r"[,.!?;\n]|(?<![a-z]) ")
_BUT = re.compile(r"但|不过|可是|然而|只是|就是|却|\b(?:but|however|though)\b")
_QUOTED_PRAISE = re.compile(r"\"(?:好|快|贴心|专业|优秀|优质|完美|良心|诚信|高效|great|good|excellent|fast)\"")
_SHOUTS = re.compile(r"!{2,}|！{2,}|[?？]{3,}|[!?！？]{3,}|(?<![a-z])[A-Z]{4,}(?: [A-Z]{2,})+")


_CAPITALS = re.compile(r"(?<![A-Za-z])[A-Z]{3,}(?: [A-Z]{2,}){2,}")
#: What tells a sentence that is shouted from names and codes: DHL UPS EMS.
_SENTENCE = re.compile(
    r"\b(?:MY|ME|WE|US|OUR|YOU|YOUR|WHERE|WHY|WHEN|WHAT|HOW|NOW|NOT|NEVER|STILL|STOP|GIVE|WANT|REFUND|MONEY)\b"
)
_MARKS = re.compile(r"[!?！？]{3,}")
_NO_NEGATION = re.compile(r"不过|不但|不仅|不止|不管|不论|不然|别的|别人|没想到")
#: What no list of words can hold, since others stand between.
_SAID_APART = (
    (
        "danger",
        1.0,
        re.compile(r"呼吸[^,.!?]{0,3}(?:困难|费[劲力]|不过来)|眼睛?[^.!?]{0,10}睁不开|trouble breathing"),
    ),
    (
        "problem",
        0.5,
        re.compile(r"不(?:发货?|到|处理|解决|回复|送)[^,.!?]{0,3}(?:就|我)[^,.!?]{0,4}(?:退|取消|投诉)"),
    ),
)


class Word(NamedTuple):
    tone: str
    weight: float


class Feeling(NamedTuple):
    emotion: Emotion
    sentiment: float
    urgency: int
    spans: tuple[Span, ...]


class _Hit(NamedTuple):
    start: int
    end: int
    tone: str
    weight: float
    latin: bool = False


class EmotionReader:
    def __init__(self, words: Mapping[str, Sequence[Word]]) -> None:
        self._lexicon = Lexicon(words)

    @classmethod
    def load(cls, path: Path) -> "EmotionReader":
        """Read `word⇥tone⇥weight` rows; a `#` begins a remark."""
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader((line for line in file if line.strip() and line[0] != "#"), delimiter="\t"))
        words: dict[str, list[Word]] = {}
        for word, tone, weight in rows:
            words.setdefault(word, []).append(Word(tone, float(weight)))
        return cls(words)

    def read(self, text: str, intent: str) -> Feeling:
        """Feeling of a message whose intent is known: damage is bad news in any words, a question about it is not."""
        text = text[:MAX_CHARACTERS]
        plain = without_hyperbole(narrow(text))
        asked = _QUESTION.search(plain) is not None
        tone = 0.0 if asked else next((t for prefix, t in _INTENT_TONE.items() if intent.startswith(prefix)), 0.0)
        hits = _weighed(plain, [*self._hits(plain), *_said_apart(plain)], bad_news=tone < 0)
        hits += _raised_voice(text, intent, hits)
        loudness = 1.3 if _SHOUTS.search(text) else 1.0
        weights = {emotion: loudness * _total(hits, emotion) for emotion in _BAD}
        strongest = max(weights, key=lambda emotion: weights[emotion])
        emotion = strongest if weights[strongest] >= _FELT else Emotion.CALM
        gloom = sum(share * weights[felt] for felt, share in _BAD.items()) + _total(hits, "problem")
        warmth = _total(hits, "pleased") + (_total(hits, "polite") if intent in _FREE_OF_REQUESTS else 0)
        sentiment = round(max(-1.0, min(1.0, warmth - gloom + tone)), 2)
        return Feeling(emotion, sentiment if abs(sentiment) >= _NEUTRAL else 0.0, _urgency(hits), _spans(hits))

    def _hits(self, plain: str) -> list[_Hit]:
        hits: list[_Hit] = []
        helpers: list[_Hit] = []
        for start, end, words in self._lexicon.find(plain):
            if plain[start].isdigit() and _in_code(plain, start, end):
                continue
            for tone, weight in words:
                hit = _Hit(start, end, tone, weight, plain[start].isascii() and plain[start].isalpha())
                if tone in {"negation", "degree"}:
                    if not _NO_NEGATION.match(plain, start):
                        helpers.append(hit)
                elif tone != "neutral" and not (tone in _MAY_BE_ASKED and _ASKED.match(plain, end)):
                    hits += _governed(
                        hit, [helper for helper in helpers if not _PAUSE.search(plain, helper.end, start)]
                    )
        return hits


def _in_code(plain: str, start: int, end: int) -> bool:
    """12345 inside SF1234567890123 is no hotline."""
    return bool(_IN_CODE.match(plain, end) or (start and _IN_CODE.match(plain, start - 1)))


def _said_apart(plain: str) -> list[_Hit]:
    return [_Hit(*match.span(), tone, weight) for tone, weight, form in _SAID_APART if (match := form.search(plain))]


def _raised_voice(text: str, intent: str, hits: Sequence[_Hit]) -> list[_Hit]:
    """Anger that no word names: a request that is shouted, and a last warning."""
    found: list[_Hit] = []
    if not intent.startswith(_QUIET) and not any(hit.tone in {"pleased", "polite", "ironic"} for hit in hits):
        found += _shouted(text) or _insisted(text, intent, hits)
    if intent == _AUTHORITY and (warning := next((hit for hit in hits if hit.tone == "danger"), None)):
        found.append(warning._replace(tone=Emotion.ANGRY.value, weight=_THREATENED))
    return found


def _shouted(text: str) -> list[_Hit]:
    shout = _CAPITALS.search(text)
    if shout is None or _SENTENCE.search(shout[0]) is None or any(map(is_han, text)):
        return []
    return [_Hit(*shout.span(), Emotion.ANGRY.value, _SHOUTED)]


def _insisted(text: str, intent: str, hits: Sequence[_Hit]) -> list[_Hit]:
    """？？？ behind a complaint is anger, behind a question when something comes it is worry, else a habit."""
    marks = _MARKS.search(text)
    if marks and (intent.startswith(tuple(_INTENT_TONE)) or any(hit.tone in _BAD_NEWS for hit in hits)):
        return [_Hit(*marks.span(), Emotion.ANGRY.value, _SHOUTED)]
    return [_Hit(*marks.span(), Emotion.ANXIOUS.value, _SHOUTED)] if marks and intent.startswith(_AWAITED) else []


def _weighed(plain: str, hits: Sequence[_Hit], *, bad_news: bool) -> list[_Hit]:
    """The words in the light of each other: irony, and what a "but" does."""
    bad = bad_news or any(hit.tone in {"problem", Emotion.ANGRY} for hit in hits)
    found = [
        hit._replace(tone=Emotion.ANGRY.value if bad else "pleased") if hit.tone == "ironic" else hit for hit in hits
    ]
    if quoted := _QUOTED_PRAISE.search(plain):
        found = [hit for hit in found if not quoted.start() <= hit.start < quoted.end()]
        found.append(_Hit(*quoted.span(), Emotion.ANGRY.value, _SCORN))
    return _after_but(plain, found)


def _after_but(plain: str, hits: list[_Hit]) -> list[_Hit]:
    kind = [hit for hit in hits if hit.tone in {"pleased", "polite"}]
    trouble = [hit for hit in hits if hit.tone == "problem"]
    but = _BUT.search(plain, kind[0].end, trouble[-1].start) if kind and trouble else None
    if but is None:
        return hits
    softer = [
        hit._replace(weight=hit.weight * _BUT_SHARE) if hit in kind and hit.end <= but.start() else hit for hit in hits
    ]
    return [*softer, _Hit(*but.span(), Emotion.DISAPPOINTED.value, _BUT_FELT)]


def _governed(hit: _Hit, helpers: Sequence[_Hit]) -> list[_Hit]:
    """The word under the negation and degree words close before it: 不太满意 is disappointment, 不着急 is nothing."""
    near = [helper for helper in helpers if 0 <= hit.start - helper.end < (_REACH_LATIN if helper.latin else _REACH)]
    weight = hit.weight
    for helper in near:
        weight *= helper.weight if helper.tone == "degree" else 1
    if sum(helper.tone == "negation" for helper in near) % 2 == 0:
        return [hit._replace(weight=weight)]
    if hit.tone in {"pleased", "ironic"}:
        return [hit._replace(start=near[0].start, tone=Emotion.DISAPPOINTED.value, weight=hit.weight)]
    return []


def _total(hits: Iterable[_Hit], tone: str) -> float:
    return sum(hit.weight for hit in hits if hit.tone == tone)


def _urgency(hits: Sequence[_Hit]) -> int:
    if _total(hits, "danger") >= 1:
        return 3
    pressing = _total(hits, "urgent")
    return 2 if pressing >= 2 else 1 if pressing >= 1 else 0


def _spans(hits: Iterable[_Hit]) -> tuple[Span, ...]:
    return tuple(
        Span(
            SpanRole.URGENCY if hit.tone in {"urgent", "danger"} else SpanRole.EMOTION,
            hit.tone,
            hit.start,
            hit.end,
            round(hit.weight, 2),
        )
        for hit in hits
    )
