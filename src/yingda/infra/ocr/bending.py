"""Lines round a bottle are arcs. How far they sag shows in where the ink lies: straightened, rows are full or empty."""

import numpy as np
import numpy.typing as npt

from yingda.infra.ocr.picture import Pixels

#: Sag of a line between the middle and the edges, in widths of the picture; what bends more is no label.
_SAGS = np.linspace(-0.16, 0.16, 65)
#: A label held askew has slanted rows, which are no arcs: drop from edge to edge, in widths.
_SLANTS = np.linspace(-0.3, 0.3, 25)
_COARSE = 4
_WORK_WIDTH = 320
#: Below this nothing is gained; above this much sharper rows are an arc, not chance.
_LEAST_SAG = 0.008
_GAIN = 1.12


def sag_of(pixels: Pixels) -> float:
    """How far the edges hang below the middle (negative: stand above it), in widths; 0 for straight lines."""
    ink = _ink(pixels)
    tried = {(slant, sag): _sharpness(ink, slant, sag) for slant in _SLANTS for sag in _SAGS[::_COARSE]}
    slant, near = max(tried, key=lambda one: tried[one])
    close = [sag for sag in _SAGS if abs(sag - near) < _SAGS[_COARSE] - _SAGS[0]]
    sharpest, sag = max((_sharpness(ink, slant, sag), float(sag)) for sag in close)
    straight = max(sharpness for (_, sag), sharpness in tried.items() if abs(sag) < _LEAST_SAG)
    return sag if abs(sag) >= _LEAST_SAG and sharpest > straight * _GAIN else 0.0


def straightened(pixels: Pixels, sag: float) -> Pixels:
    """Each column moved up or down by what the arc adds to it; the picture grows by as much."""
    height, width = pixels.shape[:2]
    room = round(abs(sag) * width) + 1
    drops = np.round(_arc(width) * sag * width).astype(int)
    rows = np.arange(height + room)[:, None] + drops[None, :] - (room if sag > 0 else 0)
    return np.take_along_axis(pixels, np.clip(rows, 0, height - 1)[..., None], axis=0)


def _arc(width: int) -> npt.NDArray[np.float64]:
    """0 in the middle, 1 at the edges."""
    across: npt.NDArray[np.float64] = np.linspace(-1, 1, width)
    return across * across


def _ink(pixels: Pixels) -> npt.NDArray[np.float64]:
    step = max(1, pixels.shape[1] // _WORK_WIDTH)
    grey = pixels[::step, ::step].astype(np.float64).mean(axis=2)
    edges: npt.NDArray[np.float64] = np.abs(np.diff(grey, axis=0))
    return edges


def _sharpness(ink: npt.NDArray[np.float64], slant: float, sag: float) -> float:
    """How unevenly ink is spread over the rows once slant and arc are taken out: lines and gaps apart make it large."""
    height, width = ink.shape
    drops = np.round((_arc(width) * sag + np.linspace(-0.5, 0.5, width) * slant) * width).astype(int)
    rows = np.arange(height)[:, None] - drops[None, :]
    profile = np.bincount((rows - rows.min()).ravel(), weights=ink.ravel())
    return float(np.square(np.diff(profile)).sum())
