"""Finds and reads the lines of a picture, whichever way up it is."""

import math
from collections.abc import Sequence
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt
from rapidocr import RapidOCR
from rapidocr.main import RapidOCRError

from yingda.infra.ocr.bending import sag_of, straightened
from yingda.infra.ocr.page import Page, TextLine
from yingda.infra.ocr.picture import Pixels

_Boxes = npt.NDArray[np.float32]

#: One thread, small batches: half the memory of the defaults, and a second core is left to those who chat.
_SETTINGS = {
    "Global.log_level": "critical",
    "EngineConfig.onnxruntime.intra_op_num_threads": 1,
    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
    "Det.limit_type": "max",
    "Det.limit_side_len": 1600,
    "Rec.rec_batch_num": 2,
}
_LEAST_SCORE = 0.5
#: As many lines are kept: a list of ingredients has thirty at most.
_MOST_LINES = 200
_STANDING = 1.5
#: All lines stand the same way up, that of most of them: one that is taken for upside down by itself is misjudged.
_SURE = 0.9
_AS_READ: dict[str, Any] = {"preprocess": {"ratio_h": 1.0, "ratio_w": 1.0}}


class _Seen(msgspec.Struct, frozen=True):
    """The lines as they stand once the picture is turned the right way up, and by how much it has to be."""

    lines: list[TextLine]
    turned: int


class Reader:
    """Loads its models when it is first asked."""

    def __init__(self) -> None:
        self._engine: RapidOCR | None = None

    def read(self, pixels: Pixels) -> Page:
        seen = self._look(pixels)
        upright = np.ascontiguousarray(np.rot90(pixels, seen.turned // 90))
        page = _page(seen.lines, upright, seen.turned)
        sag = sag_of(upright)
        if not sag:
            return page
        flat = straightened(upright, sag)
        bent = msgspec.structs.replace(_page(self._look(flat).lines, flat, seen.turned), straightened=True)
        return max(page, bent, key=_worth)

    def _look(self, pixels: Pixels) -> _Seen:
        engine = self._engine = self._engine or RapidOCR(params=_SETTINGS)
        try:
            crops, found = engine.detect_and_crop(np.ascontiguousarray(pixels[:, :, ::-1]), dict(_AS_READ))
            _, ways = engine.cls_and_rotate(crops)
            boxes = np.asarray(found.boxes, dtype=np.float32)
            turned = _turned(boxes, [label == "180" and sure > _SURE for label, sure in ways.cls_res or ()])
            read = engine.recognize_txt([_half_turned(crop) if turned >= 180 else crop for crop in crops])
        except RapidOCRError:  # it sees no text
            return _Seen([], 0)
        height, width = pixels.shape[:2]
        placed = _rotated(boxes, turned, width, height)
        kept = [
            (box, text, score)
            for box, text, score in zip(placed, read.txts or (), read.scores, strict=True)
            if score >= _LEAST_SCORE and text.strip()
        ]
        return _Seen(_in_order(kept), turned)


def _half_turned(pixels: Pixels) -> Pixels:
    return np.ascontiguousarray(pixels[::-1, ::-1])


def _page(lines: list[TextLine], pixels: Pixels, turned: int) -> Page:
    return Page(lines=lines[:_MOST_LINES], width=pixels.shape[1], height=pixels.shape[0], turned=turned)


def _worth(page: Page) -> float:
    return sum(line.score * len(line.text) for line in page.lines)


def _turned(boxes: _Boxes, upside_down: Sequence[bool]) -> int:
    """By the longest lines, each of which has a say as long as it is."""
    says = {0: 0.0, 90: 0.0, 180: 0.0, 270: 0.0}
    for box, flipped in zip(boxes, upside_down, strict=True):
        across, down = math.dist(box[0], box[1]), math.dist(box[1], box[2])
        standing = down >= _STANDING * across
        says[(90 if standing else 0) + (180 if flipped else 0)] += max(across, down)
    return max(says, key=lambda angle: says[angle])


def _rotated(boxes: _Boxes, turned: int, width: int, height: int) -> _Boxes:
    x, y = boxes[..., 0], boxes[..., 1]
    match turned:
        case 90:
            return np.stack([y, width - x], axis=-1)
        case 180:
            return np.stack([width - x, height - y], axis=-1)
        case 270:
            return np.stack([height - y, x], axis=-1)
        case _:
            return boxes


def _in_order(found: list[tuple[_Boxes, str, float]]) -> list[TextLine]:
    """From the top, along the slant that the lines have; pieces side by side on one line from the left."""
    if not found:
        return []
    slant = float(np.median([_slant(box) for box, _, _ in found]))
    turn = np.array([[math.cos(-slant), -math.sin(-slant)], [math.sin(-slant), math.cos(-slant)]])
    lines = []
    for box, text, score in found:
        level = box @ turn.T
        left, top = level.min(axis=0)
        right, bottom = level.max(axis=0)
        place = (round(float(one), 1) for one in (left, top, right - left, bottom - top))
        lines.append(TextLine(text.strip(), round(float(score), 3), *place))
    return _rows(lines)


def _slant(box: _Boxes) -> float:
    """The angle of its longer side, between -45 and 45 degrees."""
    along = max((box[1] - box[0], box[2] - box[1]), key=lambda side: float(np.hypot(*side)))
    angle = math.atan2(float(along[1]), float(along[0]))
    return (angle + math.pi / 4) % (math.pi / 2) - math.pi / 4


def _rows(lines: list[TextLine]) -> list[TextLine]:
    rows: list[list[TextLine]] = []
    for line in sorted(lines, key=lambda one: one.y + one.height / 2):
        middle = line.y + line.height / 2
        last = rows[-1][-1] if rows else None
        if last is not None and abs(middle - last.y - last.height / 2) < min(line.height, last.height) / 2:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [line for row in rows for line in sorted(row, key=lambda one: one.x)]
