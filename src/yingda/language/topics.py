"""What customers ask for that no intent covers yet: groups of like messages, each with a name and examples.

Messages become vectors (an encoder's, else of characters), HDBSCAN finds the dense groups among at most `_CLUSTERED`
of them, and the others join the group they are nearest to: time grows linearly with the number of messages.
scikit-learn is imported only here, when asked.
"""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from yingda.kit.redaction import redact
from yingda.language.encoders import Encoder, unit_rows
from yingda.language.text import is_han, normalise

_CLUSTERED = 3_000
_DIMENSIONS = 64
_TERMS = 3
_FIRM = 0.7  # of a single group: who belongs to it less is one of the scattered
_LONGEST_TERM = 4
_WORD = re.compile(r"[a-z]{2,}")
_EXAMPLES = 5
_SAYS_LITTLE = re.compile(  # what any wish is dressed in
    "什么时候|怎么办|怎么样|怎么|怎样|为什么|什么|时候|是不是|有没有|能不能|可不可以|可以|能否|多少|几个|哪个|哪里|这个|那个|这样|那样|一下|已经"
    "|马上|现在|今天|明天|昨天|后天|刚才|刚刚|一直|一个|还是|还没|没有|不是|就是|但是|因为|所以|如果|或者|然后|那么|这么|帮我|给我|麻烦"
    "|请问|你好|您好|谢谢|好的|知道|需要|应该|觉得|感觉|看看|你们|我们|他们|[我你您他她它的了吗呢吧啊呀哦嘛哈嗯亲请在是有要想就都也还又再跟和与]"
    r"|\b(?:the|a|an|i|you|my|your|is|are|do|does|can|could|to|of|for|it|this|that|what|how|when|please|me|in|on|and)\b"
)

Vectors = npt.NDArray[np.float32]


class Topic(msgspec.Struct, frozen=True):
    """`name`: its characteristic words, for somebody to replace by a good one. `examples`: the most typical first."""

    name: str
    messages: int
    share: float  # of all messages given
    examples: tuple[str, ...]


class _Said(NamedTuple):
    """Distinct messages: as written, and what is left without the words that say little."""

    texts: list[str]
    plain: list[str]
    times: npt.NDArray[np.int64]


def discover(
    texts: Sequence[str], *, encoder: Encoder | None = None, smallest: int = 5, most: int = 20, seed: int = 0
) -> list[Topic]:
    """At most `most` topics of at least `smallest` messages, largest first. The same texts and seed give the same.

    Neither names nor examples hold personal data: it is taken out before anything is compared.
    """
    said = _distinct([redact(text) for text in texts])
    if len(said.texts) < smallest:
        return []
    vectors = encoder.encode(said.texts) if encoder else _by_characters(said.plain, seed)
    groups = _groups(vectors, smallest, seed)
    topics = [_topic(said, vectors, groups, label) for label in range(int(groups.max()) + 1)]
    large = [topic for topic in topics if topic.messages >= smallest and topic.name]
    return sorted(large, key=lambda topic: -topic.messages)[:most]


def _distinct(texts: Sequence[str]) -> _Said:
    first: dict[str, str] = {}
    times: Counter[str] = Counter()
    for text in texts:
        plain = _SAYS_LITTLE.sub(" ", normalise(text).text).strip()
        if len(plain) > 1:
            first.setdefault(plain, text)
            times[plain] += 1
    return _Said(list(first.values()), list(first), np.array([times[plain] for plain in first], np.int64))


def _by_characters(plain: Sequence[str], seed: int) -> Vectors:
    from sklearn.decomposition import TruncatedSVD
    from sklearn.feature_extraction.text import TfidfVectorizer

    rows = TfidfVectorizer(
        analyzer="char_wb", ngram_range=(1, 3), sublinear_tf=True, max_features=50_000
    ).fit_transform(plain)
    size = min(_DIMENSIONS, rows.shape[0] - 1, rows.shape[1] - 1)
    return unit_rows(TruncatedSVD(size, random_state=seed).fit_transform(rows) if size > 1 else rows.toarray())


def _groups(vectors: Vectors, smallest: int, seed: int) -> npt.NDArray[np.int64]:
    """The number of each message's group; -1: none."""
    chosen = np.sort(np.random.default_rng(seed).permutation(len(vectors))[:_CLUSTERED])
    found, _ = _dense(vectors[chosen], smallest)
    if found.max() < 0:
        found = _single(vectors[chosen], smallest)
    groups = np.full(len(vectors), -1, np.int64)
    groups[chosen] = found
    if found.max() >= 0:
        _join(vectors, groups, chosen, found)
    return groups


def _dense(vectors: Vectors, smallest: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float64]]:
    """The group of each, and how firmly it belongs there."""
    from sklearn.cluster import HDBSCAN

    finder = HDBSCAN(min_cluster_size=max(2, smallest), min_samples=2, cluster_selection_method="leaf", copy=True)
    return finder.fit_predict(vectors), finder.probabilities_


def _single(vectors: Vectors, smallest: int) -> npt.NDArray[np.int64]:
    """The one group among scattered messages. Groups are found where they part from each other, and a single one has
    nothing to part from: so it is given a group far away from everything."""
    away = unit_rows(-vectors.mean(axis=0, keepdims=True))
    found, firmly = _dense(np.vstack([vectors, np.repeat(away, max(2, smallest), axis=0)]), smallest)
    kept = np.where(firmly < _FIRM, -1, found)[: len(vectors)]
    return np.where(kept >= 0, np.unique(kept, return_inverse=True)[1] - int(kept.min() < 0), -1)


def _join(vectors: Vectors, groups: npt.NDArray[np.int64], chosen: Any, found: npt.NDArray[np.int64]) -> None:
    """Put what is in no group into the nearest one, if it is as near as half of that group's own."""
    taught = vectors[chosen]
    centers = unit_rows(np.vstack([taught[found == label].mean(axis=0) for label in range(found.max() + 1)]))
    reach = np.array([np.median(taught[found == label] @ centers[label]) for label in range(len(centers))])
    for place in range(0, len(vectors), _CLUSTERED):  # in stretches: the table of likeness stays small
        part = slice(place, place + _CLUSTERED)
        likeness = vectors[part] @ centers.T
        nearest = likeness.argmax(axis=1)
        near = likeness[np.arange(len(nearest)), nearest] >= reach[nearest]
        groups[part] = np.where((groups[part] < 0) & near, nearest, groups[part])


def _topic(said: _Said, vectors: Vectors, groups: npt.NDArray[np.int64], label: int) -> Topic:
    inside = np.flatnonzero(groups == label)
    center = vectors[inside].mean(axis=0)
    typical = inside[np.argsort(-(vectors[inside] @ center), kind="stable")]
    return Topic(
        name=_name(said, set(inside.tolist())),
        messages=int(said.times[inside].sum()),
        share=round(float(said.times[inside].sum() / said.times.sum()), 4),
        examples=tuple(said.texts[i] for i in typical[:_EXAMPLES]),
    )


def _name(said: _Said, inside: set[int]) -> str:
    """The words that most of these messages have and few others: common here, rare elsewhere, longer ones first."""
    here: Counter[str] = Counter(term for i in inside for term in _terms(said.plain[i]))
    often = [term for term, times in here.items() if times >= max(2, len(inside) * 0.25)]
    elsewhere = Counter(t for i, text in enumerate(said.plain) if i not in inside for t in often if t in text)
    others = max(1, len(said.plain) - len(inside))

    def weight(term: str) -> float:
        rare = 1 - elsewhere[term] / others
        return float(here[term] / len(inside) * rare**4 * len(term) ** 0.5)

    chosen: list[str] = []
    for term in sorted(often, key=lambda term: (-weight(term), term)):
        if not any(_overlap(term, other) for other in chosen):
            chosen.append(term)
    return " ".join(chosen[:_TERMS])


def _terms(plain: str) -> set[str]:
    """Stretches of two to four ideographs, and Latin words."""
    stretches = {
        plain[i : i + size]
        for size in range(2, _LONGEST_TERM + 1)
        for i in range(len(plain) - size + 1)
        if all(map(is_han, plain[i : i + size]))
    }
    return stretches | set(_WORD.findall(plain))


def _overlap(one: str, other: str) -> bool:
    return one in other or other in one or one[1:] == other[:-1] or other[1:] == one[:-1]
