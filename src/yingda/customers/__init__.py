"""Who writes to us: one customer, an identity in every channel they come by.

What only reads takes a connection, what writes takes a transaction.
"""

from yingda.customers.errors import CustomerNotFound, LinkNotFound, LinkUndone
from yingda.customers.schemas import (
    Customer,
    CustomerCard,
    Identified,
    Identity,
    Link,
    Outcome,
    Segment,
    SignedIdentity,
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
    "Outcome",
    "Segment",
    "SignedIdentity",
    "card",
    "display_names",
    "external_id_of",
    "find_by_identity",
    "get",
    "identify",
    "identities_of",
    "links_of",
    "resolve_visitor",
    "undo_link",
]
