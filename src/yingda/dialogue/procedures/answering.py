"""What processes say, as messages of the conversation and as what is remembered of it."""

import re
from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace

from yingda.conversations import QuickReply
from yingda.dialogue.case import Answer, Case
from yingda.dialogue.procedures.service import Went
from yingda.dialogue.procedures.state import Line, State
from yingda.dialogue.replies import Reply, choices, human, menu, text

#: Words in which a person is offered: a yes to them brings one. The button alone is no question.
_OF_PEOPLE = re.compile("同事|人工|客服|colleague|agent|person")


def answer_of(case: Case, went: Went) -> Answer:
    """The answer, and what is being talked about from now on."""
    memory = case.memory
    order_no = went.facts.get("order_no")
    about, waiting = went.facts.get("about"), went.state.waiting
    remembered = replace(
        memory.having(*went.tried),
        state=went.state,
        unsaid=(),
        misunderstood=0,
        offers_human=any(line.buttons == "human" and _OF_PEOPLE.search(line.text) for line in went.lines)
        and waiting is None,
        last_intent=case.understanding.intent,
        last_question=waiting.question if waiting else None,
        order_no=str(order_no) if order_no else memory.order_no,
        product_id=_product_of(case, went.facts),
        about=tuple(str(about).split("\n")) if about is not None else memory.about,
    )
    replies = rendered(case, went.lines, went.cards)
    return Answer(replies=replies, memory=remembered, reason=went.reason, log=went.log)


def _product_of(case: Case, facts: dict[str, Any]) -> str | None:
    """None where advice was about ingredients: what is asked next is asked of these."""
    if named := facts.get("product_id"):
        return str(named)
    return None if facts.get("about") else case.memory.product_id


def joined(first: Answer, second: Answer, reminder: list[Reply], state: State) -> Answer:
    """One answer out of two, and what comes last."""
    return replace(
        second,
        replies=[*first.replies, *second.replies, *reminder],
        memory=replace(second.memory, state=state),
        log=(*first.log, *second.log),
    )


def rendered(case: Case, lines: Sequence[Line], cards: dict[str, Reply]) -> list[Reply]:
    """As few messages as possible: words that follow each other are one, with what can be chosen at its end. What has
    been said in this turn, as by two requests that look at the same order, is not said again."""
    replies: list[Reply] = []
    words: list[str] = []
    said = ""
    for line in lines:
        if line.text and (line.options or line.text not in said):
            words.append(line.text)
            said += f"{line.text}\n"
        if not (line.options or line.buttons or line.show):
            continue
        if line.options or line.buttons:
            replies.append(_with_buttons(case, line, "\n".join(words)))
        else:
            replies += [text("\n".join(words))] if words else []
        words = []
        if line.show and line.show in cards:
            replies.append(cards[line.show])
    return [*replies, text("\n".join(words))] if words else replies


def _with_buttons(case: Case, line: Line, words: str) -> Reply:
    if line.buttons == "menu":
        return menu(words, case.locale)
    options = [QuickReply(one.label, one.label) for one in line.options]
    return choices(words, [*options, human(case.locale)] if line.buttons == "human" or len(options) != 2 else options)
