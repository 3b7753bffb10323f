"""Pictures that mean harm, or are none: refused by the process that reads, which goes on reading others."""

import asyncio
import io
import zlib
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from PIL import Image

from bench.label_images import as_jpeg, as_png, label, turned
from tests.factories import eventually
from yingda.infra.ocr import OcrProcess, PictureUnreadable, ReadingFailed, ReadingTooSlow

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def ocr() -> AsyncIterator[OcrProcess]:
    process = OcrProcess()
    yield process
    await process.close()


def chunk(kind: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")


def png(width: int, height: int, data: bytes) -> bytes:
    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes([8, 2, 0, 0, 0])
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


BOMB = png(60_000, 60_000, zlib.compress(bytes(10_000_000)))
PHOTO = as_jpeg(label(["水", "甘油"]))

HOSTILE = {
    "nothing": b"",
    "text": b"hello",
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "html": b"<html><body><img src=x onerror=alert(1)></body></html>",
    "pdf": b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n",
    "postscript": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 100 100\n",
    "bmp": b"BM" + bytes(200),
    "tiff": b"II*\x00" + bytes(200),
    "bomb": BOMB,
    "bomb that lies": png(4_000, 4_000, zlib.compress(bytes(60_000_000))[:5_000]),
    "half a jpeg": PHOTO[: len(PHOTO) // 2],
    "head of a jpeg": PHOTO[:200],
    "png without pixels": png(100, 100, b""),
    "png of no size": png(0, 100, zlib.compress(b"")),
    "a thread": as_png(Image.new("RGB", (3000, 2))),
    "gif that is a script": b"GIF89a=1;alert(1);//" + bytes(50),
    "webp without a picture": b"RIFF\x1a\x00\x00\x00WEBPVP8L\x0d\x00\x00\x00\x2f\x00\x00\x00" + bytes(10),
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
async def test_what_is_no_picture_is_refused(ocr: OcrProcess, data: bytes) -> None:
    with pytest.raises(PictureUnreadable):
        await ocr.read(data)


async def test_after_all_that_it_still_reads(ocr: OcrProcess) -> None:
    page = await ocr.read(PHOTO + b"PK\x03\x04<script>")  # a picture and something else: its pixels are read, no more
    assert page.lines[0].text.startswith("全成分：水、甘油")
    assert (page.turned, page.straightened) == (0, False)


def exif_upside_down() -> bytes:
    exif = Image.Exif()
    exif[0x0112] = 3
    stored = io.BytesIO()
    turned(label(["水", "甘油"]), 180).save(stored, "JPEG", exif=exif)
    return stored.getvalue()


UPRIGHT = {
    "as the camera noted": (exif_upside_down(), 0),
    "sideways": (as_jpeg(turned(label(["水", "甘油"]), 90)), 270),
    "transparent": (as_png(label(["水", "甘油"]).convert("RGBA")), 0),
}


@pytest.mark.parametrize(("data", "turn"), UPRIGHT.values(), ids=UPRIGHT)
async def test_lines_come_in_the_order_of_reading(ocr: OcrProcess, data: bytes, turn: int) -> None:
    page = await ocr.read(data)
    assert page.turned == turn
    assert [line.text[:3] for line in page.lines[:1]] == ["全成分"]
    assert "使用方法" in page.lines[-1].text


async def test_an_empty_wall_has_no_lines(ocr: OcrProcess) -> None:
    assert (await ocr.read(as_png(Image.new("RGB", (400, 300), "grey")))).lines == []


async def test_one_that_takes_too_long_is_stopped_and_the_next_is_read() -> None:
    process = OcrProcess(seconds=0.05)
    with pytest.raises(ReadingTooSlow):
        await process.read(PHOTO)
    await process.close()


async def test_a_process_without_room_fails_by_itself() -> None:
    process = OcrProcess(memory=80 * 1024**2)
    with pytest.raises((PictureUnreadable, ReadingFailed)):
        await process.read(PHOTO)
    await process.close()


async def test_when_idle_it_goes_and_comes_again() -> None:
    process = OcrProcess(idle_seconds=0)
    for _ in range(2):
        assert (await process.read(PHOTO)).lines
        await eventually(lambda: asyncio.sleep(0, process.pid is None))


async def test_two_at_a_time_wait_for_each_other(ocr: OcrProcess) -> None:
    pages = await asyncio.gather(ocr.read(PHOTO), ocr.read(PHOTO))
    assert [line.text for line in pages[0].lines] == [line.text for line in pages[1].lines]
