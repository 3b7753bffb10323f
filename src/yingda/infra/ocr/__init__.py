"""Text in pictures: read in a process of its own, which may be slow, heavy or killed without hurting anybody."""

from yingda.infra.ocr.page import (
    Page,
    PictureUnreadable,
    ReaderMissing,
    ReadingFailed,
    ReadingTooSlow,
    TextLine,
)
from yingda.infra.ocr.process import OcrProcess, can_read

__all__ = [
    "OcrProcess",
    "Page",
    "PictureUnreadable",
    "ReaderMissing",
    "ReadingFailed",
    "ReadingTooSlow",
    "TextLine",
    "can_read",
]
