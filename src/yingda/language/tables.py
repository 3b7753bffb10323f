"""Rows of tables in files: TSV, CSV, Excel, JSON lines. What cannot be read is an error that names file and line."""

import codecs
import csv
import io
import os
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from yingda.kit.cells import bare, cell
from yingda.kit.errors import Invalid


class DataUnreadable(Invalid):
    """A file of messages that cannot be used."""

    code = "training_data_unreadable"
    zh = "{place}：{problem_zh}"
    en = "{place}: {problem_en}"


class Problem(NamedTuple):
    zh: str
    en: str


_NO_FILE = Problem("无法读取文件", "the file cannot be read")
_NO_FORMAT = Problem(
    "不支持的格式，请使用 .tsv、.csv、.xlsx 或 .jsonl",
    "this format is not known; use .tsv, .csv, .xlsx or .jsonl",
)
_NO_SUCH_COPY = Problem(
    "无法写成这种格式，请使用 .csv、.tsv 或 .jsonl", "this format is not written; use .csv, .tsv or .jsonl"
)
_NOT_TEXT = Problem("既不是 UTF-8 也不是 GB18030 编码的文本", "neither UTF-8 nor GB18030 text")
_NOT_EXCEL = Problem("不是可读取的 Excel 工作簿", "not a readable Excel workbook")
_NOT_CSV = Problem("CSV 格式有误", "broken CSV")
_NO_ROOM = Problem("无法写入文件", "the file cannot be written")
_WRITTEN = frozenset((".jsonl", ".tsv", ".csv"))
_LONGEST_CELL = 10_000_000  # characters; the library's own limit is shorter than what some customers paste


_LINE_END = re.compile(r"\r\n|\r|\n")


class Row(NamedTuple):
    line: int
    cells: list[str]


def read_rows(path: Path) -> Iterator[Row]:
    """Rows with the lines they stand in; blank ones are passed over. A line of JSON is a row of one cell."""
    suffix = path.suffix.lower()
    if (reader := _READERS.get(suffix)) is None:
        raise refused(path, None, _NO_FORMAT)
    try:
        for line, cells in reader(path):
            if any(map(str.strip, cells)):
                yield Row(line, cells)
    except OSError as error:
        raise refused(path, None, _NO_FILE) from error


def _lines(path: Path) -> Iterator[tuple[int, list[str]]]:
    yield from ((number, [line]) for number, line in enumerate(_LINE_END.split(_decoded(path)), 1))


def _tsv(path: Path) -> Iterator[tuple[int, list[str]]]:
    yield from ((number, list(map(bare, line.split("\t")))) for number, [line] in _lines(path))


def _csv(path: Path) -> Iterator[tuple[int, list[str]]]:
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(_decoded(path), newline=""))
    try:
        yield from ((reader.line_num, list(map(bare, row))) for row in reader)
    except csv.Error as error:
        raise refused(path, reader.line_num, _NOT_CSV) from error


def _excel(path: Path) -> Iterator[tuple[int, list[str]]]:
    from openpyxl import load_workbook

    with path.open("rb") as file:
        try:
            book = load_workbook(file, read_only=True, data_only=True)
            rows = [[_plain(cell) for cell in row] for row in book.worksheets[0].iter_rows(values_only=True)]
        except Exception as error:
            raise refused(path, None, _NOT_EXCEL) from error
    yield from enumerate(rows, 1)


_READERS: dict[str, Callable[[Path], Iterator[tuple[int, list[str]]]]] = {
    ".tsv": _tsv,
    ".txt": _tsv,
    ".csv": _csv,
    ".xlsx": _excel,
    ".jsonl": _lines,
}


def _decoded(path: Path) -> str:
    """Excel on Chinese Windows still saves CSV as GB18030, and what it calls Unicode text as UTF-16."""
    data = path.read_bytes()
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise refused(path, data.count(b"\n", 0, _first_bad(data)) + 1, _NOT_TEXT)


def _first_bad(data: bytes) -> int:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start
    return 0


def _plain(value: object) -> str:
    if value is None:
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else bare(str(value))


def check_place(path: Path, formats: frozenset[str] = _WRITTEN, problem: Problem = _NO_SUCH_COPY) -> None:
    """Raises `DataUnreadable` for a file that could not be written: to be asked before the work that fills it."""
    if path.suffix.lower() not in formats:
        raise refused(path, None, problem)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise refused(path, None, _NO_ROOM) from error
    if path.is_dir() or not os.access(path if path.exists() else path.parent, os.W_OK):
        raise refused(path, None, _NO_ROOM)


def write_rows(path: Path, names: tuple[str, ...], rows: Sequence[tuple[str | float, ...]]) -> int:
    """A table in the format that the name asks for; how many rows."""
    check_place(path)
    suffix = path.suffix.lower()
    try:
        encoding = "utf-8-sig" if suffix == ".csv" else "utf-8"  # by its mark Excel knows it
        with path.open("w", encoding=encoding, newline="") as file:
            if suffix == ".jsonl":
                file.writelines(msgspec.json.encode(dict(zip(names, row, strict=True))).decode() + "\n" for row in rows)
            elif suffix == ".csv":
                csv.writer(file).writerows([_harmless(one) for one in row] for row in (names, *rows))
            else:
                file.writelines("\t".join(_flat(one) for one in row) + "\n" for row in [names, *rows])
    except OSError as error:
        raise refused(path, None, _NO_ROOM) from error
    return len(rows)


def _harmless(one: str | float) -> str | float:
    return cell(one) if isinstance(one, str) else one


def _flat(one: str | float) -> str:
    return re.sub(r"[\t\r\n]+", " ", str(_harmless(one)))


def refused(path: Path, line: int | None, problem: Problem) -> DataUnreadable:
    place = str(path) if line is None else f"{path}:{line}"
    return DataUnreadable(place=place, problem_zh=problem.zh, problem_en=problem.en)
