"""Lists as CSV or Excel, written while they are read. No cell is ever taken for a formula."""

import asyncio
import csv
import io
import tempfile
from collections.abc import AsyncIterator, Iterator, Sequence
from typing import IO

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_CHUNK_BYTES = 64 * 1024


def saved_as(name: str) -> dict[str, str]:
    """Headers that make a browser save it."""
    return {"Content-Disposition": f'attachment; filename="{name}"'}


async def as_csv(batches: AsyncIterator[list[list[str]]]) -> AsyncIterator[bytes]:
    """With a byte order mark: without it Excel takes Chinese for something else."""
    yield b"\xef\xbb\xbf"
    async for batch in batches:
        page = io.StringIO()
        csv.writer(page).writerows(batch)
        yield page.getvalue().encode()


async def as_xlsx(batches: AsyncIterator[list[list[str]]], title: str) -> AsyncIterator[bytes]:
    """Written to a file row by row, since a sheet can only be read once it is whole."""
    from openpyxl import Workbook  # slow to load, for who exports only

    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    async for batch in batches:
        await asyncio.to_thread(_append, sheet, batch)
    with tempfile.TemporaryFile() as file:
        await asyncio.to_thread(book.save, file)
        file.seek(0)
        for chunk in _chunks(file):
            yield chunk


def _append(sheet: "_Sheet", batch: Sequence[list[str]]) -> None:
    for row in batch:
        sheet.append(row)


class _Sheet:
    """What is used of openpyxl's sheet."""

    def append(self, row: list[str]) -> None: ...


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    while chunk := file.read(_CHUNK_BYTES):
        yield chunk
