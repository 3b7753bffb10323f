"""What the beauty graph is made of, and what it answers."""

from enum import StrEnum
from typing import Annotated

import msgspec


class NodeKind(StrEnum):
    INGREDIENT = "ingredient"
    GROUP = "group"
    """A class of ingredients; its facts hold for its members unless a member has its own."""
    SKIN = "skin"
    CONCERN = "concern"
    """What somebody wants for skin or hair; also what an ingredient does for it."""
    FUNCTION = "function"
    """What an ingredient does for the product, not for the skin."""
    CATEGORY = "category"
    PRODUCT = "product"
    UNLISTED = "unlisted"
    """A medicine, a forbidden substance, or a word of advertising: not an ingredient of the official list."""


class Aspect(StrEnum):
    EFFECT = "effect"
    CONCENTRATION = "concentration"
    LIMIT = "limit"
    IRRITATION = "irritation"
    PREGNANCY = "pregnancy"
    BREASTFEEDING = "breastfeeding"
    CHILDREN = "children"
    PHOTO = "photo"
    COMEDOGENIC = "comedogenic"
    USAGE = "usage"
    SUITS = "suits"
    UNSUITED = "unsuited"
    CAUTION = "caution"


class Link(StrEnum):
    """How two ingredients get on with each other."""

    WORKS = "works"
    APART = "apart"
    """At different times of the day."""
    AVOID = "avoid"
    SUBSTITUTE = "substitute"
    """The second may stand in for the first."""


class EvidenceGrade(StrEnum):
    """From the strongest to the weakest."""

    REGULATION = "regulation"
    REVIEW = "review"
    TRIAL = "trial"
    CONSENSUS = "consensus"
    LABEL = "label"


class Source(msgspec.Struct, frozen=True):
    id: str
    kind: str
    title: str
    publisher: str
    year: int


class Node(msgspec.Struct, frozen=True, kw_only=True):
    """`id` is stable: the serial number of the official list for an ingredient, else kind and name.

    `step`: place in the order of a routine, 0 for none. `status`: why something is unlisted.
    """

    id: str
    kind: NodeKind
    name: str
    inci: str = ""
    aliases: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    what: str = ""
    step: int = 0
    status: str = ""
    source: str = ""


class Fact(msgspec.Struct, frozen=True):
    """`value` is what rules decide by: a level, a skin type, a concern, a jurisdiction. `text` is what people read."""

    subject: str
    aspect: Aspect
    value: str
    text: str
    evidence: EvidenceGrade
    source: str


class Relation(msgspec.Struct, frozen=True):
    first: str
    link: Link
    second: str
    reason: str
    evidence: EvidenceGrade
    source: str


class Book(msgspec.Struct, frozen=True):
    """All that is curated, as read from the files or from the database."""

    sources: tuple[Source, ...]
    nodes: tuple[Node, ...]
    facts: tuple[Fact, ...]
    relations: tuple[Relation, ...]


class Registered(msgspec.Struct, frozen=True):
    """A line of the official list; `functions` are CosIng's words."""

    serial: str
    name: str
    inci: str
    functions: tuple[str, ...]


class ShelfProduct(msgspec.Struct, frozen=True, kw_only=True):
    """What a shop tells of a product. `sizes`: name and price in cents."""

    id: str
    title: str
    category: str
    aliases: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()
    skin_types: tuple[str, ...] = ()
    ingredients: tuple[str, ...] = ()
    usage: str = ""
    sizes: tuple[tuple[str, int], ...] = ()


class AnswerKind(StrEnum):
    WHAT = "what"
    EFFECT = "effect"
    CONCENTRATION = "concentration"
    LIMIT = "limit"
    IRRITATION = "irritation"
    PREGNANCY = "pregnancy"
    BREASTFEEDING = "breastfeeding"
    CHILDREN = "children"
    PHOTO = "photo"
    COMEDOGENIC = "comedogenic"
    USAGE = "usage"
    SUITABILITY = "suitability"
    CONFLICT = "conflict"
    PAIRING = "pairing"
    COMPARISON = "comparison"
    CHOICE = "choice"
    ROUTINE = "routine"
    INGREDIENTS = "ingredients"
    SUBSTITUTE = "substitute"
    STATUS = "status"
    """Forbidden in cosmetics, a medicine, or not on the official list."""
    ADVERSE = "adverse"
    MEDICAL = "medical"
    """What belongs to a doctor or a pharmacist: wounds, eyes, swallowing, diseases, medicines."""
    UNKNOWN = "unknown"


_HEALTH = frozenset(
    {
        AnswerKind.PREGNANCY,
        AnswerKind.BREASTFEEDING,
        AnswerKind.CHILDREN,
        AnswerKind.STATUS,
        AnswerKind.ADVERSE,
        AnswerKind.MEDICAL,
    }
)


class Called(msgspec.Struct, frozen=True):
    """A word for goods, and the products of the shop that it can mean."""

    word: str
    product_ids: frozenset[str]


class ShownFact(msgspec.Struct, frozen=True):
    subject: str
    aspect: str
    text: str
    evidence: str
    source: str


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """`handoff`: a person has to go on. `about`: ids of what the question was understood to name. `immediate`:
    something has happened to somebody, and nothing else goes first."""

    answer: str
    kind: AnswerKind
    facts: tuple[ShownFact, ...]
    sources: tuple[Source, ...]
    handoff: bool = False
    immediate: bool = False
    about: tuple[str, ...]

    @property
    def warns(self) -> bool:
        """Somebody's health is at stake: told as it stands, for who rewords it may leave the caution out."""
        return self.kind in _HEALTH


class Wearer(msgspec.Struct, frozen=True, kw_only=True):
    """Whom the answer is for, as far as is known: names of skins in the graph (干性, 敏感性), what must not be in it as
    they call it, and whether they are careful for a child's sake."""

    skins: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    pregnant: bool = False
    nursing: bool = False


class NewQuestion(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`about`: ids of what is being talked about, for questions that name no product. `shop`: whose shelf is meant."""

    question: Annotated[str, msgspec.Meta(min_length=1, max_length=500)]
    shop: Annotated[str, msgspec.Meta(max_length=60)] | None = None
    about: Annotated[list[Annotated[str, msgspec.Meta(max_length=200)]], msgspec.Meta(max_length=4)] = []


class IngredientItem(msgspec.Struct, frozen=True):
    id: str
    kind: NodeKind
    name: str
    inci: str
    aliases: tuple[str, ...]
    groups: tuple[str, ...]
    what: str
    status: str


class Ingredients(msgspec.Struct, frozen=True):
    """Best match first."""

    items: list[IngredientItem]


class HeldFact(msgspec.Struct, frozen=True):
    """`subject` is a group where the fact holds by way of it."""

    aspect: Aspect
    value: str
    text: str
    evidence: EvidenceGrade
    source: str
    subject: str


class Neighbour(msgspec.Struct, frozen=True, kw_only=True):
    """`link`: member_of, has_member, contained_in, or how the two get on, with the reason and its source."""

    id: str
    kind: NodeKind
    name: str
    link: str
    reason: str = ""
    source: str = ""


class IngredientDetail(msgspec.Struct, frozen=True):
    ingredient: IngredientItem
    facts: list[HeldFact]
    neighbours: list[Neighbour]
    sources: list[Source]
    """All that the facts and neighbours name."""
