"""The file store: what it accepts, under which name, and who may open a link."""

import os
import re
import struct
import threading
import zlib
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yingda.infra.files import (
    FileLinkInvalid,
    FileStore,
    FileTooLarge,
    FileTypeRefused,
    ImageTooLarge,
    clean_name,
)
from yingda.kit.clock import frozen, now
from yingda.kit.errors import NotFound
from yingda.kit.ids import new_id

SECRET = b"a secret of tests, long enough to be one"
LIMIT = 100_000


def png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")


def jpeg(width: int, height: int, before: bytes = b"") -> bytes:
    """The headers of a picture, up to the mark after which no more headers come."""
    frame = b"\xff\xc0\x00\x11\x08" + struct.pack(">HH", height, width) + b"\x03" + b"\0" * 9
    return b"\xff\xd8" + before + frame + b"\xff\xda" + b"\0" * 9


GIF = b"GIF89a" + struct.pack("<HH", 3, 2) + b"\0" * 20
WEBP = (
    b"RIFF\x20\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0" + (639).to_bytes(3, "little") + (479).to_bytes(3, "little") + b"\0" * 8
)
PDF = b"%PDF-1.7\n%%EOF\n"


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return FileStore.open(None, tmp_path / "files", secret=SECRET, limit=LIMIT)


async def pieces(data: bytes, size: int = 1000) -> AsyncIterator[bytes]:
    for start in range(0, len(data), size):
        yield data[start : start + size]


@pytest.mark.parametrize(
    ("data", "media_type", "extension", "width", "height"),
    [
        (png(640, 480), "image/png", "png", 640, 480),
        (jpeg(4000, 3000), "image/jpeg", "jpg", 4000, 3000),
        (jpeg(30, 20, before=b"\xff\xe0\xff\xff" + b"\0" * 0xFFFD), "image/jpeg", "jpg", 30, 20),
        (WEBP, "image/webp", "webp", 640, 480),
        (GIF, "image/gif", "gif", 3, 2),
        (PDF, "application/pdf", "pdf", None, None),
    ],
    ids=["png", "jpeg", "jpeg with a long header", "webp", "gif", "pdf"],
)
async def test_what_is_stored_is_described_by_its_content(
    store: FileStore, data: bytes, media_type: str, extension: str, width: int | None, height: int | None
) -> None:
    with frozen(datetime(2026, 11, 22, 6, 0, tzinfo=UTC)):
        stored = await store.put(data, name="晚霜 照片.exe")
    assert stored.key == f"2026/11/22/{stored.id}.{extension}"
    assert stored.name == f"晚霜 照片.{extension}"
    assert (stored.media_type, stored.size) == (media_type, len(data))
    assert (stored.width, stored.height) == (width, height)
    assert await store.read(stored.key) == data


async def test_a_stream_goes_in_and_comes_out_in_pieces(store: FileStore) -> None:
    data = jpeg(30, 20) + os.urandom(90_000)
    stored = await store.put(pieces(data))
    assert stored.size == len(data)
    assert b"".join([piece async for piece in await store.stream(stored.key)]) == data


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"MZ\x90\0 a program",
        b"<html><script>alert(1)</script>",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"PK\x03\x04 an archive",
        png(640, 480)[:12],
        png(0, 480),
        jpeg(0, 0),
        b"\xff\xd8\xff" + b"\0" * 50,
        b"\xff\xd8" + b"\xff\xe0\x00\x02" * 20_000,
    ],
    ids=["empty", "exe", "html", "svg", "zip", "cut", "no width", "no size", "no header", "only segments"],
)
async def test_what_is_not_an_intact_image_or_pdf_is_refused(store: FileStore, data: bytes, tmp_path: Path) -> None:
    with pytest.raises(FileTypeRefused) as refusal:
        await store.put(data, name="innocent.png")
    assert (refusal.value.status, refusal.value.code) == (415, "file_type_refused")
    assert list((tmp_path / "files").iterdir()) == []


async def test_too_many_bytes_are_refused_before_all_have_come(store: FileStore) -> None:
    taken = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal taken
        while True:
            taken += 1000
            yield b"\0" * 1000

    for source in (png(1, 1) + b"\0" * LIMIT, endless()):
        with pytest.raises(FileTooLarge, match=r"0\.1 MB") as refusal:
            await store.put(source)
        assert (refusal.value.status, refusal.value.code) == (413, "file_too_large")
    assert taken <= LIMIT + 1000


async def test_a_small_file_that_would_unfold_into_a_huge_image_is_refused(store: FileStore) -> None:
    with pytest.raises(ImageTooLarge, match="100 million"):
        await store.put(png(60_000, 60_000))


async def test_a_deleted_file_is_gone_and_may_be_deleted_again(store: FileStore) -> None:
    stored = await store.put(GIF)
    for _ in range(2):
        await store.delete(stored.key)
    with pytest.raises(NotFound):
        await store.stream(stored.key)


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("收据.pdf", "收据.png"),
        ("../../etc/passwd", "passwd.png"),
        ("C:\\Users\\li\\a.b.jpg", "a.b.png"),
        ("x\0y\r\nSet-Cookie: a=b.png", "x y Set-Cookie a=b.png"),
        ("gpj.\u202eexe", "gpj.png"),
        ('"quoted"; <b>.png', "quoted b.png"),
        (".htaccess", "htaccess.png"),
        ("...", "file.png"),
        ("", "file.png"),
        ("长" * 300 + ".png", "长" * 100 + ".png"),
    ],
)
def test_names_are_made_safe(name: str, clean: str) -> None:
    assert clean_name(name, "png") == clean


@given(st.text())
def test_a_clean_name_stays_clean(name: str) -> None:
    clean = clean_name(name, "png")
    assert clean.isprintable()
    assert not set(clean) & set('/\\<>:"|?*;%')
    assert clean == clean_name(clean, "png")


def test_a_link_opens_its_file_until_it_expires(store: FileStore) -> None:
    file_id, start = new_id(), now()
    token = store.sign(file_id, start + timedelta(minutes=10))
    with frozen(start + timedelta(minutes=9)):
        store.verify(file_id, token)
    with frozen(start + timedelta(minutes=11)), pytest.raises(FileLinkInvalid):
        store.verify(file_id, token)


def test_a_link_opens_nothing_else(store: FileStore, tmp_path: Path) -> None:
    file_id = new_id()
    token = store.sign(file_id, now() + timedelta(minutes=10))
    until, _, signature = token.partition(".")
    other = FileStore.open(None, tmp_path / "other", secret=b"another secret", limit=LIMIT)
    forged = ["", ".", "junk", f"{int(until) + 1}.{signature}", f"{until}.{signature[:-1]}", f"９{until}.{signature}"]
    for bad in (*forged, f"{until}.é", f"-{until}.{signature}", "9" * 40 + f".{signature}"):
        with pytest.raises(FileLinkInvalid):
            store.verify(file_id, bad)
    for refusing, of in ((store, new_id()), (other, file_id), (store, UUID(int=0))):
        with pytest.raises(FileLinkInvalid):
            refusing.verify(of, token)


class Bucket(BaseHTTPRequestHandler):
    """As much of S3 as keeping, giving and deleting an object needs."""

    objects: dict[str, tuple[bytes, str]]

    def answer(self, status: int, body: bytes = b"", media_type: str = "text/plain") -> None:
        self.send_response(status)
        for name, value in {
            "Content-Length": len(body),
            "Content-Type": media_type,
            "ETag": '"1"',
            "Last-Modified": "Sun, 22 Nov 2026 06:00:00 GMT",
        }.items():
            self.send_header(name, str(value))
        self.end_headers()
        self.wfile.write(body)

    def do_PUT(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.objects[self.path] = (body, self.headers["Content-Type"])
        self.answer(200)

    def do_GET(self) -> None:
        self.answer(200, *self.objects[self.path]) if self.path in self.objects else self.answer(404)

    def do_POST(self) -> None:  # deletion, always of a list
        request = self.rfile.read(int(self.headers["Content-Length"])).decode()
        keys = re.findall("<Key>(.*?)</Key>", request)
        for key in keys:
            self.objects.pop(f"/uploads/{key}", None)
        deleted = "".join(f"<Deleted><Key>{key}</Key></Deleted>" for key in keys)
        self.answer(200, f"<DeleteResult>{deleted}</DeleteResult>".encode(), "application/xml")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, tuple[bytes, str]]]:
    """The objects of an S3 on loopback, which the AWS_… variables point to."""
    objects: dict[str, tuple[bytes, str]] = {}
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("OurBucket", (Bucket,), {"objects": objects}))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    for name, value in {
        "AWS_ENDPOINT": f"http://127.0.0.1:{server.server_port}",
        "AWS_ALLOW_HTTP": "true",
        "AWS_ACCESS_KEY_ID": "id",
        "AWS_SECRET_ACCESS_KEY": "key",
        "AWS_REGION": "cn-north-1",
    }.items():
        monkeypatch.setenv(name, value)
    yield objects
    server.shutdown()
    server.server_close()


async def test_files_may_lie_in_s3(bucket: dict[str, tuple[bytes, str]], tmp_path: Path) -> None:
    store = FileStore.open("s3://uploads/yingda", tmp_path / "unused", secret=SECRET, limit=LIMIT)
    stored = await store.put(png(640, 480), name="a.png")
    assert bucket == {f"/uploads/yingda/{stored.key}": (png(640, 480), "image/png")}
    assert await store.read(stored.key) == png(640, 480)
    await store.delete(stored.key)
    with pytest.raises(NotFound):
        await store.read(stored.key)
    assert not (tmp_path / "unused").exists()
