"""What is kept of a turn: which words of which message spoke for it."""

import json
from typing import Any

from msgspec import structs

from yingda.dialogue.introducing import apart
from yingda.dialogue.reading import certain, pieces_of, record_of
from yingda.language import Context, Engine, Span, SpanRole

BURST = [(4, "在吗"), (6, "你是机器人吗？"), (7, "快递单LM202611200001"), (9, "到哪了，急死我了")]
TEXTS = dict(BURST)


def kept(engine: Engine) -> dict[str, Any]:
    words = "\n".join(TEXTS.values())
    said = apart(words)
    read = engine.understand(said.rest, Context())
    record: dict[str, Any] = json.loads(record_of(read, said.places, pieces_of(BURST), None))
    return record


def test_words_are_marked_in_the_message_that_has_them(engine: Engine) -> None:
    record = kept(engine)
    [order] = [one for one in record["entities"] if one["kind"] == "order_no"]
    assert (order["seq"], TEXTS[7][order["start"] : order["end"]]) == (7, "LM202611200001")
    assert record["spans"]
    assert all(0 <= one["start"] < one["end"] <= len(TEXTS[one["seq"]]) for one in record["spans"])
    assert all(one["seq"] != 6 for one in record["spans"]), "what was taken out of the turn spoke for nothing"


def test_what_reaches_over_the_end_of_a_message_is_marked_in_both() -> None:
    span = Span(SpanRole.INTENT, "logistics.track", 1, 6, 1.0)
    read = structs.replace(certain("logistics.track", "zh"), spans=(span,))
    record = json.loads(record_of(read, range(6), pieces_of([(1, "快递"), (2, "到哪了")]), None))
    assert [(one["seq"], one["start"], one["end"]) for one in record["spans"]] == [(1, 1, 2), (2, 0, 3)]


def test_beyond_what_was_read_nothing_is_marked() -> None:
    span = Span(SpanRole.INTENT, "logistics.track", 0, 9, 1.0)
    read = structs.replace(certain("logistics.track", "zh"), spans=(span,))
    assert json.loads(record_of(read, range(4), [], None))["spans"] == []
