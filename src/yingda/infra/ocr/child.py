"""The process that reads pictures: length and bytes in, length and JSON out, until its input ends.

It imports what the whole product weighs nothing without: OpenCV, onnxruntime and the models. Whatever a hostile picture
does to a decoder, it does it here, behind limits, and the parent begins a new one.
"""

import os
import resource
import struct
import sys
import time
from typing import BinaryIO

import msgspec

from yingda.infra.ocr.page import Page
from yingda.infra.ocr.picture import BadPicture, opened
from yingda.infra.ocr.reading import Reader

HEADER = struct.Struct(">I")
_NICENESS = 10


class Answer(msgspec.Struct):
    """`error` is empty when there is a page."""

    page: Page | None = None
    error: str = ""


def main() -> None:
    memory = int(sys.argv[1])
    os.nice(_NICENESS)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not come between the answers
    reader = Reader()
    while (data := _next(sys.stdin.buffer)) is not None:
        encoded = msgspec.json.encode(_answer(reader, data))
        answers.write(HEADER.pack(len(encoded)) + encoded)
        answers.flush()


def _next(source: BinaryIO) -> bytes | None:
    header = source.read(HEADER.size)
    return source.read(*HEADER.unpack(header)) if len(header) == HEADER.size else None


def _answer(reader: Reader, data: bytes) -> Answer:
    began = time.perf_counter()
    try:
        page = reader.read(opened(data))
    except (BadPicture, MemoryError):
        return Answer(error="unreadable")
    return Answer(msgspec.structs.replace(page, seconds=round(time.perf_counter() - began, 3)))


if __name__ == "__main__":
    main()
