"""Who writes to us: one customer, an identity in every channel they come by.

What only reads takes a connection, what writes takes a transaction.
"""

from yingda.customers.care import add_note, delete_note, keep_segment, notes_of, object_of, reveal, write_skin
from yingda.customers.errors import CustomerNotFound, LinkNotFound, LinkUndone, NoteNotFound, NothingKnown
from yingda.customers.rules import segment_of, skin_of
from yingda.customers.schemas import (
    Customer,
    CustomerCard,
    Identified,
    Identity,
    Link,
    Note,
    Outcome,
    PersonalField,
    Purchases,
    Segment,
    SignedIdentity,
    Skin,
    SkinProfile,
    SkinType,
)
from yingda.customers.service import (
    card,
    display_names,
    external_id_of,
    find_by_identity,
    get,
    identify,
    identities_of,
    links_of,
    resolve_visitor,
    segments_of,
    undo_link,
)

__all__ = [
    "Customer",
    "CustomerCard",
    "CustomerNotFound",
    "Identified",
    "Identity",
    "Link",
    "LinkNotFound",
    "LinkUndone",
    "Note",
    "NoteNotFound",
    "NothingKnown",
    "Outcome",
    "PersonalField",
    "Purchases",
    "Segment",
    "SignedIdentity",
    "Skin",
    "SkinProfile",
    "SkinType",
    "add_note",
    "card",
    "delete_note",
    "display_names",
    "external_id_of",
    "find_by_identity",
    "get",
    "identify",
    "identities_of",
    "keep_segment",
    "links_of",
    "notes_of",
    "object_of",
    "resolve_visitor",
    "reveal",
    "segment_of",
    "segments_of",
    "skin_of",
    "undo_link",
    "write_skin",
]
