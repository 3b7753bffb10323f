"""Ingredient lists as people photograph them, drawn: what is on each is known to the letter."""

import io
import math
import random
from collections.abc import Callable, Sequence

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

#: Of Debian's fonts-noto-cjk, found in the system's folders.
SANS = "NotoSansCJK-Regular.ttc"
SERIF = "NotoSerifCJK-Regular.ttc"
_SIMPLIFIED = 2
_INK = (38, 38, 42)
_PAPER = (246, 244, 238)
_FOLLOWED_BY = ("净含量：50ml", "限期使用日期：见包装底部", "使用方法：洁面后取适量均匀涂抹于面部。")


def label(
    names: Sequence[str],
    *,
    size: int = 26,
    width: int = 1100,
    separator: str = "、",
    title: str = "全成分：",
    after: Sequence[str] = _FOLLOWED_BY,
    font: str = SANS,
    ink: tuple[int, int, int] = _INK,
    paper: tuple[int, int, int] = _PAPER,
) -> Image.Image:
    """A flat label in sharp print; lines break wherever they are full, as on packages."""
    letters = _letters(font, size)
    margin = size
    lines = _broken(title + separator.join(names) + "。", letters, width - 2 * margin)
    lines += [line for text in after for line in _broken(text, letters, width - 2 * margin)]
    step = round(size * 1.5)
    image = Image.new("RGB", (width, step * len(lines) + 2 * margin), paper)
    draw = ImageDraw.Draw(image)
    for i, line in enumerate(lines):
        draw.text((margin, margin + i * step), line, font=letters, fill=ink)
    return image


def _letters(font: str, size: int) -> ImageFont.FreeTypeFont:
    try:
        return ImageFont.truetype(font, size, index=_SIMPLIFIED)
    except OSError:
        raise SystemExit(f"{font} is missing: on Debian, apt install fonts-noto-cjk") from None


def _broken(text: str, font: ImageFont.FreeTypeFont, width: int) -> list[str]:
    lines, line = [], ""
    for letter in text:
        if line and font.getlength(line + letter) > width:
            lines.append(line)
            line = ""
        line += letter
    return [*lines, line]


def noisy(image: Image.Image, seed: int) -> Image.Image:
    """A weak camera: grain, a little out of focus, strongly compressed."""
    grain = np.random.default_rng(seed).normal(0, 22, (image.height, image.width, 1))
    pixels = np.clip(np.asarray(image, dtype=np.float32) + grain, 0, 255).astype(np.uint8)
    blurred = Image.fromarray(pixels).filter(ImageFilter.GaussianBlur(0.8))
    stored = io.BytesIO()
    blurred.save(stored, "JPEG", quality=40)
    return Image.open(io.BytesIO(stored.getvalue())).convert("RGB")


def blurred(image: Image.Image) -> Image.Image:
    """Out of focus and strongly compressed: on small print about the limit of what people read."""
    stored = io.BytesIO()
    image.filter(ImageFilter.GaussianBlur(0.9)).save(stored, "JPEG", quality=35)
    return Image.open(io.BytesIO(stored.getvalue())).convert("RGB")


def turned(image: Image.Image, degrees: float) -> Image.Image:
    """Held askew, or upside down."""
    return image.rotate(degrees, expand=True, resample=Image.Resampling.BICUBIC, fillcolor=(120, 116, 110))


def glaring(image: Image.Image, seed: int) -> Image.Image:
    """A lamp's reflection on gloss: a bright patch, and a shadow on the other side."""
    dice = random.Random(seed)
    x = np.linspace(0, 1, image.width)[None, :]
    y = np.linspace(0, 1, image.height)[:, None]
    spot = np.exp(-(((x - dice.uniform(0.3, 0.7)) / 0.16) ** 2 + ((y - dice.uniform(0.3, 0.7)) / 0.22) ** 2))
    shade = 1 - 0.45 * x
    pixels = np.asarray(image, dtype=np.float32) * shade[..., None]
    lit = pixels + (255 - pixels) * (0.86 * spot)[..., None]
    return Image.fromarray(np.clip(lit, 0, 255).astype(np.uint8))


def curved(image: Image.Image, bend: float = 0.5) -> Image.Image:
    """Round a bottle: lines sag towards the sides, and letters there are squeezed. `bend`: 0 to 1 of a half turn."""
    radius = image.width / 2 / math.sin(bend * math.pi / 2)
    half = radius * math.sin(bend * math.pi / 2)
    sag = round(radius * 0.12)
    target = Image.new("RGB", (image.width, image.height + sag), (120, 116, 110))
    source, out = np.asarray(image), np.asarray(target).copy()
    across = np.arange(image.width) - image.width / 2
    angle = np.arcsin(np.clip(across / half * math.sin(bend * math.pi / 2), -1, 1))
    from_x = np.clip((angle / (bend * math.pi / 2) + 1) / 2 * (image.width - 1), 0, image.width - 1).astype(int)
    drop = (sag * (1 - np.cos(angle)) / max(1 - math.cos(bend * math.pi / 2), 1e-6)).astype(int)
    for x in range(image.width):
        out[sag - drop[x] : sag - drop[x] + image.height, x] = source[:, from_x[x]]
    return Image.fromarray(out)


def as_jpeg(image: Image.Image, quality: int = 88) -> bytes:
    stored = io.BytesIO()
    image.save(stored, "JPEG", quality=quality)
    return stored.getvalue()


def as_png(image: Image.Image) -> bytes:
    stored = io.BytesIO()
    image.save(stored, "PNG")
    return stored.getvalue()


#: How a label can look in a photograph, by the name of the class.
LOOKS: dict[str, Callable[[Sequence[str], int], Image.Image]] = {
    "plain": lambda names, _: label(names),
    "noise": lambda names, seed: noisy(label(names), seed),
    "askew": lambda names, seed: turned(label(names), random.Random(seed).choice((-12, -7, 6, 11))),
    "sideways": lambda names, seed: turned(label(names), random.Random(seed).choice((90, 270))),
    "upside_down": lambda names, _: turned(label(names), 180),
    "glare": lambda names, seed: glaring(label(names), seed),
    "small_print": lambda names, _: label(names, size=13, width=620),
    "small_and_blurred": lambda names, _: blurred(label(names, size=15, width=700)),
    "curved": lambda names, _: curved(label(names, width=900)),
    "white_on_dark": lambda names, _: label(names, ink=(235, 235, 230), paper=(34, 60, 54), font=SERIF),
    "commas": lambda names, _: label(names, separator=",", title="成分:"),
}
