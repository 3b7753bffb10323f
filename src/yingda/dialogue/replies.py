"""A reply of the assistant, and the few that many procedures share."""

import msgspec

from yingda.conversations import Citation, Content, Kind, QuickReplies, QuickReply, TextContent
from yingda.dialogue.wording import say
from yingda.kit.errors import Locale


class Reply(msgspec.Struct, frozen=True):
    kind: Kind
    content: Content


def text(words: str, citation: Citation | None = None) -> Reply:
    return Reply(Kind.TEXT, TextContent(words, citation))


def choices(words: str, options: list[QuickReply], citation: Citation | None = None) -> Reply:
    return Reply(Kind.QUICK_REPLIES, QuickReplies(words, options, citation))


def with_human(words: str, locale: Locale, citation: Citation | None = None) -> Reply:
    """`words`, and a button that brings in a person."""
    return choices(words, [human(locale)], citation)


def human(locale: Locale) -> QuickReply:
    return QuickReply(say("label_human", locale), say("say_human", locale))


def menu(words: str, locale: Locale) -> Reply:
    """`words`, and what the assistant can do, as buttons."""
    topics = ("track", "refund", "invoice")
    buttons = [QuickReply(say(f"label_{topic}", locale), say(f"say_{topic}", locale)) for topic in topics]
    return choices(words, [*buttons, human(locale)])
