"""Opening a picture that somebody sent: limits first, pixels after."""

import io
import warnings
from struct import error as struct_error

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageOps

Pixels = npt.NDArray[np.uint8]

FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
#: More than a telephone's camera makes; what is announced is believed before anything is unpacked.
MOST_PIXELS = 64_000_000
#: The longer side that is read. Print on a package that is a hand wide is still twenty pixels high then.
LONGEST = 2400
#: Pictures flatter than this hold no line of text.
_SHORTEST = 16


#: What decoders raise at broken pictures, and Pillow at those that would unpack to too much.
_FAULTS = (
    Image.DecompressionBombError,
    Warning,
    OSError,
    SyntaxError,
    ValueError,
    ArithmeticError,
    LookupError,
    struct_error,
)


class BadPicture(Exception):
    """Not one of the formats, broken, or too large."""


def opened(data: bytes) -> Pixels:
    """Upright by what the camera noted, RGB without transparency, not longer than `LONGEST`. Raises `BadPicture`."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            return _pixels(Image.open(io.BytesIO(data), formats=FORMATS))
        except _FAULTS as error:
            raise BadPicture from error


def _pixels(image: Image.Image) -> Pixels:
    if image.width * image.height > MOST_PIXELS or min(image.size) < _SHORTEST:
        raise BadPicture
    image.draft("RGB", (LONGEST, LONGEST))  # a JPEG is unpacked at a fraction of its size, if that is enough
    image.load()
    upright = ImageOps.exif_transpose(image)
    upright.thumbnail((LONGEST, LONGEST), Image.Resampling.LANCZOS)
    if min(upright.size) < 1:
        raise BadPicture
    if upright.mode in {"RGBA", "LA", "PA"} or "transparency" in upright.info:
        on_white = Image.new("RGBA", upright.size, "white")
        on_white.alpha_composite(upright.convert("RGBA"))
        upright = on_white
    return np.ascontiguousarray(np.asarray(upright.convert("RGB"), dtype=np.uint8))
