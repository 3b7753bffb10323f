"""What is read from a picture, and why nothing was."""

import msgspec

from yingda.kit.errors import Invalid, YingdaError


class TextLine(msgspec.Struct, frozen=True):
    """A piece of text. Its place is in pixels of the picture as one reads it; `score` is 0 to 1."""

    text: str
    score: float
    x: float
    y: float
    width: float
    height: float


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """Lines in reading order. `turned`: by how many degrees, against the clock, the picture had to be turned for that;
    `straightened`: its lines were bent, as round a bottle."""

    lines: list[TextLine]
    width: int
    height: int
    turned: int = 0
    straightened: bool = False
    seconds: float = 0.0


class PictureUnreadable(Invalid):
    code = "picture_unreadable"
    zh = "这张图片打不开或尺寸太大，请换一张清晰的 JPEG、PNG 或 WebP 图片。"
    en = "This picture cannot be opened or is too large. Please send a clear JPEG, PNG or WebP."


class ReadingTooSlow(YingdaError):
    status = 422
    code = "picture_too_slow"
    zh = "识别这张图片花的时间太长，已停止。请只拍成分表的部分再试一次。"
    en = "Reading this picture took too long and was stopped. Please photograph the list alone."


class ReadingFailed(YingdaError):
    status = 500
    code = "picture_reading_failed"
    zh = "识别图片时出错了，请稍后再试。"
    en = "Reading the picture failed. Please try again later."


class ReaderMissing(YingdaError):
    status = 501
    code = "picture_reader_missing"
    zh = "没有安装图片识别组件。"
    en = "The component that reads pictures is not installed."
