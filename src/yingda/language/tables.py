"""Rows of tables in files: TSV, CSV, Excel, JSON lines. What cannot be read is an error that names file and line."""

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

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
_NOT_TEXT = Problem("既不是 UTF-8 也不是 GB18030 编码的文本", "neither UTF-8 nor GB18030 text")
_NOT_EXCEL = Problem("不是可读取的 Excel 工作簿", "not a readable Excel workbook")
_NOT_CSV = Problem("CSV 格式有误", "broken CSV")
_NO_ROOM = Problem("无法写入文件", "the file cannot be written")


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
            if any(cell.strip() for cell in cells):
                yield Row(line, cells)
    except OSError as error:
        raise refused(path, None, _NO_FILE) from error


def _lines(path: Path) -> Iterator[tuple[int, list[str]]]:
    yield from ((number, [line]) for number, line in enumerate(_decoded(path).split("\n"), 1))


def _tsv(path: Path) -> Iterator[tuple[int, list[str]]]:
    yield from ((number, line.rstrip("\r").split("\t")) for number, [line] in _lines(path))


def _csv(path: Path) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(_decoded(path), newline=""))
    try:
        yield from ((reader.line_num, row) for row in reader)
    except csv.Error as error:
        raise refused(path, reader.line_num, _NOT_CSV) from error


def _excel(path: Path) -> Iterator[tuple[int, list[str]]]:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    with path.open("rb") as file:
        try:
            book = load_workbook(file, read_only=True, data_only=True)
            rows = [[_plain(cell) for cell in row] for row in book.worksheets[0].iter_rows(values_only=True)]
        except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, TypeError, IndexError) as error:
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
    """Excel on Chinese Windows still saves CSV as GB18030."""
    data = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
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


def _plain(cell: object) -> str:
    if cell is None:
        return ""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def write_rows(path: Path, names: tuple[str, ...], rows: Sequence[tuple[str | float, ...]]) -> int:
    """A table in the format that the name asks for; how many rows."""
    suffix = path.suffix.lower()
    if suffix not in {".jsonl", ".tsv", ".csv"}:
        raise refused(path, None, _NO_FORMAT)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        encoding = "utf-8-sig" if suffix == ".csv" else "utf-8"  # by its mark Excel knows it
        with path.open("w", encoding=encoding, newline="") as file:
            if suffix == ".jsonl":
                file.writelines(msgspec.json.encode(dict(zip(names, row, strict=True))).decode() + "\n" for row in rows)
            elif suffix == ".csv":
                csv.writer(file).writerows([names, *rows])
            else:
                file.writelines("\t".join(_flat(cell) for cell in row) + "\n" for row in [names, *rows])
    except OSError as error:
        raise refused(path, None, _NO_ROOM) from error
    return len(rows)


def _flat(cell: str | float) -> str:
    return re.sub(r"[\t\r\n]+", " ", str(cell))


def refused(path: Path, line: int | None, problem: Problem) -> DataUnreadable:
    place = str(path) if line is None else f"{path}:{line}"
    return DataUnreadable(place=place, problem_zh=problem.zh, problem_en=problem.en)
