"""Text in pictures: read in a process of its own, which may be slow, heavy or killed without hurting anybody."""

from yingda.infra.ocr.page import (
    Line,
    Page,
    PictureUnreadable,
    ReaderMissing,
    ReadingFailed,
    ReadingTooSlow,
)
from yingda.infra.ocr.process import OcrProcess, can_read

__all__ = [
    "Line",
    "OcrProcess",
    "Page",
    "PictureUnreadable",
    "ReaderMissing",
    "ReadingFailed",
    "ReadingTooSlow",
    "can_read",
]
