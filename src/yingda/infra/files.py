"""Uploaded files: what they are is read from their content, where they lie is a setting.

A key holds a date and an id, never anything the sender wrote. The type that is stored and served is the one found in
the bytes; serve files with it, with `nosniff`, and never as a page of ours.
"""

import asyncio
import base64
import hashlib
import hmac
import io
import re
import unicodedata
from collections.abc import AsyncIterable, AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import imagesize  # type: ignore[import-untyped]
import msgspec
from filetype.match import match
from filetype.types import archive, image
from obstore.store import LocalStore, ObjectStore, from_url

from yingda.kit.clock import now
from yingda.kit.errors import Forbidden, NotFound, TooLarge, UnsupportedType
from yingda.kit.ids import new_id

_ACCEPTED = (image.Jpeg(), image.Png(), image.Webp(), image.Gif(), archive.Pdf())
_HEADER_BYTES = 2 * 1024 * 1024  # size headers lie before that; reading on would let a crafted file take a second
_PIXELS = 100_000_000
_CHUNK_BYTES = 64 * 1024
_NAME_CHARS = 100
_RESERVED_IN_NAMES = frozenset('<>:"|?*;%')


class FileTypeRefused(UnsupportedType):
    code = "file_type_refused"
    zh = "只能发送 JPEG、PNG、WebP、GIF 图片或 PDF 文件，且文件需完好。"
    en = "Only intact JPEG, PNG, WebP and GIF images and PDF files can be sent."


class FileTooLarge(TooLarge):
    code = "file_too_large"
    zh = "文件太大，最大可发送 {megabytes} MB。"
    en = "The file is too large: {megabytes} MB at most."


class ImageTooLarge(FileTooLarge):
    zh = "图片尺寸太大，最多 {megapixels} 百万像素。"
    en = "The image has too many pixels: {megapixels} million at most."


class FileLinkInvalid(Forbidden):
    code = "file_link_invalid"
    zh = "文件链接已失效，请刷新后再打开。"
    en = "This file link has expired. Reload the page and open it again."


class StoredFile(msgspec.Struct, frozen=True):
    """What is known of a file once it is stored; `key` is how the store finds it again."""

    id: UUID
    key: str
    name: str
    media_type: str
    size: int
    width: int | None = None
    height: int | None = None


class FileStore:
    """Files of at most `limit` bytes, behind links signed with `secret`."""

    def __init__(self, store: ObjectStore, *, secret: bytes, limit: int) -> None:
        self._store = store
        self._secret = secret
        self._limit = limit

    @classmethod
    def open(cls, url: str | None, directory: Path, *, secret: bytes, limit: int) -> "FileStore":
        """The store at `url`, s3://bucket/prefix with credentials from AWS_… variables, else the one in `directory`."""
        if url:
            return cls(from_url(url), secret=secret, limit=limit)
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        return cls(LocalStore(directory), secret=secret, limit=limit)

    async def put(self, source: bytes | AsyncIterable[bytes], name: str = "") -> StoredFile:
        """Store a file. Raises `FileTooLarge` or `FileTypeRefused`, and then stores nothing."""
        data = await self._collect(source)
        kind = match(data, matchers=_ACCEPTED) if data else None
        if kind is None:
            raise FileTypeRefused
        width = height = None
        if kind.mime.startswith("image/"):
            width, height = await asyncio.to_thread(_dimensions, data)
        file_id = new_id()
        key = f"{now():%Y/%m/%d}/{file_id}.{kind.extension}"
        await self._store.put_async(key, data, attributes=_attributes(self._store, kind.mime))
        return StoredFile(file_id, key, clean_name(name, kind.extension), kind.mime, len(data), width, height)

    async def read(self, key: str) -> bytes:
        """The whole file. Raises `NotFound`."""
        return b"".join([chunk async for chunk in await self.stream(key)])

    async def stream(self, key: str) -> AsyncIterator[bytes]:
        """The file piece by piece. Raises `NotFound` at once, before the first piece."""
        try:
            found = await self._store.get_async(key)
        except FileNotFoundError:
            raise NotFound from None
        return _chunks(found.stream(min_chunk_size=_CHUNK_BYTES))

    async def delete(self, key: str) -> None:
        """Forget the file; one that is not there is forgotten already."""
        try:
            await self._store.delete_async(key)
        except FileNotFoundError:
            return

    def sign(self, file_id: UUID, expires: datetime) -> str:
        """The part of a link that lets whoever has it open this file until `expires`."""
        until = int(expires.timestamp())
        return f"{until}.{self._signature(file_id, until)}"

    def verify(self, file_id: UUID, token: str) -> None:
        """Raise `FileLinkInvalid` unless `token` was signed for this file and has not expired."""
        until, _, signature = token.partition(".")
        if not (until.isascii() and until.isdigit() and len(until) < 12 and signature.isascii()):
            raise FileLinkInvalid
        genuine = hmac.compare_digest(signature, self._signature(file_id, int(until)))
        if not genuine or datetime.fromtimestamp(int(until), UTC) <= now():
            raise FileLinkInvalid

    def _signature(self, file_id: UUID, until: int) -> str:
        message = b"file-link" + file_id.bytes + until.to_bytes(8, "big")
        digest = hmac.digest(self._secret, message, hashlib.sha256)
        return base64.urlsafe_b64encode(digest).decode().rstrip("=")

    async def _collect(self, source: bytes | AsyncIterable[bytes]) -> bytes:
        if isinstance(source, bytes):
            data = source
        else:
            gathered = bytearray()
            async for chunk in source:
                gathered += chunk
                if len(gathered) > self._limit:
                    break
            data = bytes(gathered)
        if len(data) > self._limit:
            raise FileTooLarge(megabytes=round(self._limit / 2**20, 1))
        return data


def clean_name(name: str, extension: str) -> str:
    """`name` as it may be shown and saved: no folders, no invisible or reserved characters, the true extension."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    stem = last.rpartition(".")[0] or last
    shown = "".join(char if char.isprintable() and char not in _RESERVED_IN_NAMES else " " for char in stem)
    stem = " ".join(shown.split()).strip(". ")
    return f"{stem[:_NAME_CHARS].rstrip() or 'file'}.{extension}"


def _dimensions(data: bytes) -> tuple[int, int]:
    width, height = imagesize.get(io.BytesIO(data[:_HEADER_BYTES]))
    if width <= 0 or height <= 0:
        raise FileTypeRefused
    if width * height > _PIXELS:
        raise ImageTooLarge(megapixels=_PIXELS // 1_000_000)
    return width, height


def _attributes(store: ObjectStore, media_type: str) -> dict[str, str] | None:
    return None if isinstance(store, LocalStore) else {"Content-Type": media_type}


async def _chunks(stream: AsyncIterable[bytes]) -> AsyncIterator[bytes]:
    async for chunk in stream:
        yield bytes(chunk)
