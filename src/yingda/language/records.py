"""Labelled messages in files, in and out.

Tables may begin with the names of their columns, in Chinese or English, in any order and among others. Without names a
row is text and label. Whatever cannot be used is an error: half-read data would be taught without anybody noticing.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

import msgspec

from yingda.language.tables import Problem, Row, read_rows, refused, write_rows
from yingda.language.types import Example, RankedIntent

_TEXT_NAMES = frozenset(
    ("text", "message", "utterance", "sentence", "query", "question", "content", "文本", "消息", "内容", "问题", "语句",
     "句子", "话术", "用户消息", "客户消息", "消息内容")
)  # fmt: skip
_INTENT_NAMES = frozenset(("intent", "label", "category", "class", "意图", "标签", "类别", "分类", "正确意图"))
_WEIGHT_NAMES = frozenset(("weight", "权重"))
_SPREADSHEETS = frozenset((".csv", ".xlsx"))
_A_SLIP = 0.85  # likeness of two names of which one is probably a misspelling of the other
_ENOUGH_TO_TELL = 20  # rows; in fewer a label may well occur once

_NOT_JSON = Problem("应为 JSON 对象，且包含 text 和 intent", 'a JSON object with "text" and "intent" is expected')
_NOTHING = Problem("文件中没有消息", "there is no message in the file")
_EMPTY_TEXT = Problem("文本为空", "the text is empty")
_EMPTY_LABEL = Problem("意图为空", "the intent is empty")
_TOO_FEW = Problem("应有文本和意图两列", "two columns are expected, text and intent")
_BAD_WEIGHT = Problem("权重应为大于 0 的数字", "the weight must be a number above 0")
_NO_TEXT_NAME = Problem(
    "首行没有可识别的文本列，请把消息一列命名为 text、文本或消息",
    "the first line does not say which column holds the messages; call it text, message or 文本",
)
_NO_NAMES = Problem(
    "首行没有可识别的列名：文本列可用 text、文本、消息，意图列可用 intent、label、category、意图",
    "the first line does not name the columns: text, message or 文本; intent, label, category or 意图",
)


class _Columns(NamedTuple):
    text: int
    intent: int | None
    weight: int | None


def read_examples(path: Path, known: Mapping[str, str] | None = None) -> list[Example]:
    """All labelled messages of the file, in its order. Raises `DataUnreadable`.

    `known`: with the Chinese name of each, the only intents that there may be.
    """
    rows = list(read_rows(path))
    if path.suffix.lower() == ".jsonl":
        placed = [(row.line, _from_json(path, row)) for row in rows]
    else:
        placed = list(_from_table(path, rows))
    if not placed:
        raise refused(path, None, _NOTHING)
    for line, example in placed:
        if known is not None and example.intent not in known:
            raise refused(path, line, _unknown(example.intent, known))
    return [example for _, example in placed]


def read_texts(path: Path) -> list[str]:
    """The messages alone; of a plain text file every line. Labels, where there are some, are passed over."""
    rows = list(read_rows(path))
    if path.suffix.lower() == ".jsonl":
        texts = [_json_text(path, row) for row in rows]
    else:
        columns = _named(rows[0].cells) if rows else None
        if rows and not columns and len(rows[0].cells) > 1 and path.suffix.lower() in _SPREADSHEETS:
            raise refused(path, rows[0].line, _NO_TEXT_NAME)
        at = columns.text if columns else 0
        texts = [_cell(row.cells, at) for row in (rows[1:] if columns else rows)]
    if not (said := [text for text in texts if text]):
        raise refused(path, None, _NOTHING)
    return said


def write_examples(path: Path, examples: Iterable[Example]) -> int:
    """Write in the format that the name asks for; how many."""
    return write_rows(path, ("text", "intent"), [(example.text, example.intent) for example in examples])


def write_predictions(path: Path, examples: Sequence[Example], predictions: Sequence[RankedIntent]) -> int:
    """Each message with what it is (`intent`), what the model says, and how surely."""
    rows = [
        (example.text, example.intent, said.name, round(said.confidence, 4))
        for example, said in zip(examples, predictions, strict=True)
    ]
    return write_rows(path, ("text", "intent", "predicted", "confidence"), rows)


# From rows to examples.


def _from_json(path: Path, row: Row) -> Example:
    try:
        found = msgspec.json.decode(row.cells[0], type=dict[str, object])
    except msgspec.MsgspecError as error:
        raise refused(path, row.line, _NOT_JSON) from error
    names = {name.strip().lower(): value for name, value in found.items()}
    text = next((names[name] for name in names if name in _TEXT_NAMES), None)
    intent = next((names[name] for name in names if name in _INTENT_NAMES), None)
    if isinstance(intent, int) and not isinstance(intent, bool):  # public sets number their labels
        intent = str(intent)
    if not isinstance(text, str) or not isinstance(intent, str):
        raise refused(path, row.line, _NOT_JSON)
    return _example(path, row.line, text, intent, str(names.get("weight", 1)))


def _json_text(path: Path, row: Row) -> str:
    try:
        found = msgspec.json.decode(row.cells[0], type=str | dict[str, object])
    except msgspec.MsgspecError as error:
        raise refused(path, row.line, _NOT_JSON) from error
    text = found if isinstance(found, str) else next((found[name] for name in found if name in _TEXT_NAMES), None)
    if not isinstance(text, str):
        raise refused(path, row.line, _NOT_JSON)
    return text.strip()


def _from_table(path: Path, rows: list[Row]) -> Iterator[tuple[int, Example]]:
    if not rows:
        return
    columns = _named(rows[0].cells)
    if columns and columns.intent is None:
        raise refused(path, rows[0].line, _NO_NAMES)
    if columns is None and _looks_like_a_heading(rows, path):
        raise refused(path, rows[0].line, _NO_NAMES)
    at = columns or _Columns(0, 1, None)
    for line, cells in rows[1:] if columns else rows:
        if len(cells) < 2:
            raise refused(path, line, _TOO_FEW)
        weight = "1" if at.weight is None else _cell(cells, at.weight) or "1"
        yield line, _example(path, line, _cell(cells, at.text), _cell(cells, at.intent or 0), weight)


def _named(cells: Sequence[str]) -> _Columns | None:
    """Which column is which, when this row names them."""
    names = [cell.strip().lower() for cell in cells]

    def find(wanted: frozenset[str]) -> int | None:
        return next((index for index, name in enumerate(names) if name in wanted), None)

    text = find(_TEXT_NAMES)
    return None if text is None else _Columns(text, find(_INTENT_NAMES), find(_WEIGHT_NAMES))


def _looks_like_a_heading(rows: Sequence[Row], path: Path) -> bool:
    """Spreadsheets nearly always have one. Unknown names would else be taught as a message."""
    if path.suffix.lower() not in _SPREADSHEETS:
        return False
    if len(rows[0].cells) != 2:
        return True
    label = rows[0].cells[1].strip()
    return len(rows) >= _ENOUGH_TO_TELL and all(row.cells[1:2] != [label] for row in rows[1:])


def _example(path: Path, line: int, text: str, intent: str, weight: str) -> Example:
    if not text.strip():
        raise refused(path, line, _EMPTY_TEXT)
    if not intent.strip():
        raise refused(path, line, _EMPTY_LABEL)
    try:
        trust = float(weight)
    except ValueError:
        trust = 0
    if not 0 < trust < 1_000:
        raise refused(path, line, _BAD_WEIGHT)
    return Example(text.strip(), intent.strip(), trust)


def _unknown(intent: str, known: Mapping[str, str]) -> Problem:
    """With the intent that was most likely meant: by its Chinese name, or by a slip of the keys."""
    codes = {name: code for code, name in known.items()}
    near = [codes[intent]] if intent in codes else get_close_matches(intent, known, 1, _A_SLIP)
    return Problem(
        f"没有意图“{intent}”" + "".join(f"，是不是 {code}？" for code in near),
        f"there is no intent {intent}" + "".join(f"; is {code} meant?" for code in near),
    )


def _cell(cells: Sequence[str], index: int) -> str:
    return cells[index].strip() if index < len(cells) else ""
