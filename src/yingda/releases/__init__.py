"""What a release brings to installations that have made what shipped before their own: found, offered, declined."""

from yingda.releases.rules import Brought, Change, compare, place_of
from yingda.releases.schemas import Declined, WhyNow
from yingda.releases.service import decline, declined, forget_declines

__all__ = [
    "Brought",
    "Change",
    "Declined",
    "WhyNow",
    "compare",
    "decline",
    "declined",
    "forget_declines",
    "place_of",
]
