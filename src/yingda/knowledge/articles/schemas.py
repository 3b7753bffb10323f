"""Articles, their versions and what people do with them."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from yingda.knowledge.search import ArticleHit, ArticleScope, Mode, Names, Tier

Line = Annotated[str, msgspec.Meta(max_length=120, pattern=r"^[^\x00-\x1f\x7f]*\S[^\x00-\x1f\x7f]*$")]
Slug = Annotated[str, msgspec.Meta(max_length=80, pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Topic = Annotated[str, msgspec.Meta(max_length=40, pattern=r"^[^\x00-\x1f\x7f]*\S[^\x00-\x1f\x7f]*$")]
Remark = Annotated[str, msgspec.Meta(max_length=500, pattern=r"^[^\x00]*$")]
Days = Annotated[int, msgspec.Meta(ge=1, le=1095)]
Number = Annotated[int, msgspec.Meta(ge=1, le=2**31 - 1)]


class ArticleState(StrEnum):
    """Of the latest version; an earlier one may be live meanwhile."""

    DRAFT = "draft"
    REVIEW = "review"
    LIVE = "live"
    RETIRED = "retired"


class Move(StrEnum):
    EDIT = "edit"
    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    APPROVE = "approve"
    REJECT = "reject"
    RETIRE = "retire"


class ArticleContent(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a version says. `body`: Markdown with `{{variables}}`; dates are days in China, both included."""

    title: Line
    tier: Tier
    topic: Topic
    questions: Annotated[list[Line], msgspec.Meta(max_length=20)] = []
    scope: ArticleScope = msgspec.field(default_factory=ArticleScope)
    valid_from: date | None = None
    valid_until: date | None = None
    review_every_days: Days = 180
    owner_role: Annotated[str, msgspec.Meta(max_length=40, pattern=r"^[a-z0-9_-]*$")] = ""
    locale: Annotated[str, msgspec.Meta(pattern=r"^(zh|en)$")] = "zh"
    body: str


class Article(msgspec.Struct, frozen=True, kw_only=True):
    """An article as lists show it: what its latest version says of itself. `live_version`: what customers are told.

    `review_due_on`: when somebody should look again whether it still holds.
    """

    id: UUID
    slug: str
    state: ArticleState
    tier: Tier
    topic: str
    title: str
    locale: str
    owner_role: str
    owner_id: UUID | None
    version: int
    live_version: int | None
    review_due_on: date | None
    live_at: datetime | None
    created_at: datetime
    updated_at: datetime


class VersionHead(msgspec.Struct, frozen=True, kw_only=True):
    number: int
    author_id: UUID | None
    author_name: str
    note: str
    created_at: datetime


class Version(msgspec.Struct, frozen=True):
    head: VersionHead
    content: ArticleContent


class Moved(msgspec.Struct, frozen=True, kw_only=True):
    """Who did what with which version."""

    version: int
    move: Move
    staff_id: UUID | None
    staff_name: str
    remark: str
    at: datetime


class ArticleView(msgspec.Struct, frozen=True, kw_only=True):
    """All about one article. `moves`: what this reader may do now; `history`: latest first."""

    article: Article
    content: ArticleContent
    versions: list[VersionHead]
    history: list[Moved]
    moves: list[Move]


class NewArticle(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`slug`: its name in files and addresses, for ever."""

    slug: Slug
    content: ArticleContent
    owner_id: UUID | None = None
    note: Remark = ""


class EditArticle(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`version`: the one that was edited; of another nothing is kept. `owner_id`: who looks after it."""

    version: Number
    content: ArticleContent
    owner_id: UUID | None = None
    note: Remark = ""


class MoveArticle(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`version`: what was looked at when it was decided."""

    move: Literal["submit", "withdraw", "approve", "reject", "retire"]
    version: Number
    remark: Remark = ""


class ChangeKind(StrEnum):
    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


class DiffLine(msgspec.Struct, frozen=True):
    kind: ChangeKind
    text: str


class FieldDiff(msgspec.Struct, frozen=True):
    before: str
    after: str


class Diff(msgspec.Struct, frozen=True, kw_only=True):
    """From one version to another. `fields`: before and after of what changed beside the body; `lines`: the body."""

    before: int
    after: int
    fields: dict[str, FieldDiff]
    lines: list[DiffLine]


class TopicCount(msgspec.Struct, frozen=True, kw_only=True):
    tier: Tier
    topic: str
    live: int
    draft: int
    review: int
    retired: int


class Filter(msgspec.Struct, frozen=True, kw_only=True):
    """Those that are given must all be met. `due_by`: live, and to be looked at again by then."""

    tier: Tier | None = None
    topic: str | None = None
    state: ArticleState | None = None
    due_by: date | None = None
    words: tuple[str, ...] = ()


class LiveContent(msgspec.Struct, frozen=True, kw_only=True):
    id: UUID
    slug: str
    version: int
    content: ArticleContent


class StoredVectors(msgspec.Struct, frozen=True, kw_only=True):
    """Rows of `size` numbers, one a text, as bytes."""

    article_id: UUID
    version: int
    size: int
    rows: bytes


class ProposalKind(StrEnum):
    """Why an article is asked for: nothing was found, an answer did not help, somebody knows better, many ask."""

    MISS = "miss"
    LOW_RATING = "low_rating"
    CORRECTION = "correction"
    TOPIC = "topic"


class ProposalState(StrEnum):
    OPEN = "open"
    ACCEPTED = "accepted"
    DISMISSED = "dismissed"


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """Something that an article should say. `question` without personal data; `count`: how often it came up.

    `article_id`: the one that it is about; `draft_id`: what became of it.
    """

    id: UUID
    kind: ProposalKind
    state: ProposalState
    question: str
    detail: str
    count: int
    article_id: UUID | None
    draft_id: UUID | None
    first_at: datetime
    last_at: datetime
    decided_by: str | None
    decided_at: datetime | None


class NewProposal(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a colleague thinks should be said. `article_id`: the article that is wrong."""

    question: Annotated[str, msgspec.Meta(max_length=500, pattern=r"^[^\x00]*\S[^\x00]*$")]
    detail: Annotated[str, msgspec.Meta(max_length=4000, pattern=r"^[^\x00]*$")] = ""
    article_id: UUID | None = None


class Rating(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`question`: what had been asked."""

    verdict: Literal["useful", "useless"]
    question: Annotated[str, msgspec.Meta(max_length=500, pattern=r"^[^\x00]*$")] = ""
    detail: Annotated[str, msgspec.Meta(max_length=4000, pattern=r"^[^\x00]*$")] = ""


class Judged(msgspec.Struct, frozen=True, kw_only=True):
    """What a customer says of an answer that an article gave on `day`; `former`: what they had said of it before."""

    article_id: UUID
    day: date
    question: str
    answer: str
    useful: bool
    former: bool | None = None


class Settle(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`accepted`: the article it is about was edited for it."""

    state: Literal["accepted", "dismissed"]


class DayFigures(msgspec.Struct, frozen=True, kw_only=True):
    day: date
    answered: int
    offered: int
    missed: int


class ArticleFigures(msgspec.Struct, frozen=True, kw_only=True):
    id: UUID
    slug: str
    title: str
    answered: int
    useful: int
    useless: int


class KnowledgeBoard(msgspec.Struct, frozen=True, kw_only=True):
    """How the articles are doing. Ages in days since what customers are told last changed.

    `overdue`: to be looked at again; `expired`: live, but no longer valid. `coverage`: the share of questions that an
    article answered, None where none was asked; of these figures `days` are the latest. `encoded`: live articles that
    can be found by meaning.
    """

    live: int
    draft: int
    review: int
    overdue: int
    expired: int
    median_age_days: float | None
    oldest_age_days: float | None
    encoded: int
    coverage: float | None
    days: list[DayFigures]
    most_used: list[ArticleFigures]
    open_proposals: dict[ProposalKind, int]


class SearchFor(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A question as a customer would put it."""

    text: Annotated[str, msgspec.Meta(max_length=500, pattern=r"^[^\x00]*\S[^\x00]*$")]
    shop: Annotated[str, msgspec.Meta(max_length=64)] | None = None
    channel: Annotated[str, msgspec.Meta(max_length=64)] | None = None
    products: Names = []
    mode: Mode = Mode.FUSED
    limit: Annotated[int, msgspec.Meta(ge=1, le=50)] = 5


class Found(msgspec.Struct, frozen=True):
    """`milliseconds`: what the search took."""

    hits: list[ArticleHit]
    milliseconds: float


class PreviewOf(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A text that is being written, and the shop in which it is to be read."""

    body: str
    shop: Annotated[str, msgspec.Meta(max_length=64)] | None = None


class Preview(msgspec.Struct, frozen=True, kw_only=True):
    """`html` as the console shows it, `passages` as a chat says them; `missing`: what the shop does not say."""

    html: str
    passages: list[str]
    missing: list[str]


class MissedTopic(msgspec.Struct, frozen=True):
    """What many have asked in vain. `name`: its characteristic words."""

    name: str
    messages: int
    examples: tuple[str, ...]
