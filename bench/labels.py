"""Ingredient photographs: seconds a picture, and how many names come out right, by what the picture looks like.

Names are drawn from the official list, so that no label is one that anybody has tuned for. A name counts when it is the
one that was printed; a wrong one that is claimed counts against precision.
"""

import random
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from time import perf_counter

import psutil

from bench.figures import Figure, percentile
from bench.label_images import LOOKS, as_jpeg, label
from yingda.infra.ocr import OcrProcess
from yingda.knowledge import read_book, register
from yingda.knowledge.labels.matching import Names
from yingda.knowledge.labels.service import label_of

_LABELS = 6
_NAMES = 24
#: Of the names on a label so many are ones that stand on most; the rest are anything on the list.
_COMMON = 14
_LONGEST = 30

#: How many of the printed names must come out, by look.
LEAST = {
    "plain": 0.97,
    "noise": 0.93,
    "askew": 0.95,
    "sideways": 0.97,
    "upside_down": 0.97,
    "glare": 0.95,
    "small_print": 0.9,
    "small_and_blurred": 0.85,
    "curved": 0.85,
    "white_on_dark": 0.95,
    "commas": 0.93,
}


async def measure(*, quick: bool) -> list[Figure]:
    return await rows(labels=1 if quick else _LABELS)


async def rows(*, labels: int = _LABELS) -> list[Figure]:
    """Per look: names that came out right, and seconds. Over all: names that were claimed and are right; the memory."""
    names = Names(register(), read_book().nodes)
    ocr = OcrProcess()
    await ocr.read(as_jpeg(label(["水"])))  # the models are loaded once a process, not once a picture
    figures: list[Figure] = []
    seconds: list[float] = []
    claimed, wrong = 0, 0
    for look, draw in LOOKS.items():
        shares, taken = [], []
        for seed, printed in enumerate(_samples(labels)):
            picture = as_jpeg(draw(printed, seed))
            began = perf_counter()
            read = label_of(await ocr.read(picture), names)
            taken.append(perf_counter() - began)
            found = {match.name for match in read.known}
            shares.append(len(found & set(printed)) / len(printed))
            claimed, wrong = claimed + len(found), wrong + len(found - set(printed))
        figures.append(Figure(f"names right, {look}", "", shares, LEAST[look], at_least=True))
        figures.append(Figure(f"seconds a picture, {look}", "s", taken))
        seconds += taken
    cores, weight = _cpu(ocr) / len(seconds), _weight(ocr)
    await ocr.close()
    return [
        *figures,
        Figure("names claimed that are right, all looks", "", [1 - wrong / max(claimed, 1)], 0.98, at_least=True),
        Figure("seconds a picture, all looks, p50", "s", [median(seconds)], 3),
        Figure("seconds a picture, all looks, p95", "s", [percentile(seconds, 0.95)], 8),
        Figure("a core's seconds a picture, models loaded once", "s", [cores], 1.5),
        Figure("memory of the reading process", "MB", [weight], 900),
    ]


def _samples(labels: int) -> Iterator[list[str]]:
    dice = random.Random(20)
    official = [line.name for line in register() if len(line.name) <= _LONGEST]
    curated = {node.name for node in read_book().nodes}
    common = [name for name in official if name in curated]
    for _ in range(labels):
        yield list(dict.fromkeys([*dice.sample(common, _COMMON), *dice.sample(official, _NAMES - _COMMON)]))


def _cpu(ocr: OcrProcess) -> float:
    """Seconds of a core that the reading process has used."""
    times = psutil.Process(ocr.pid).cpu_times()
    return times.user + times.system


def _weight(ocr: OcrProcess) -> float:
    """The most that the reading process has had in memory, in MB."""
    assert ocr.pid is not None
    if sys.platform == "linux":
        status = Path(f"/proc/{ocr.pid}/status").read_text()
        return int(status.partition("VmHWM:")[2].split()[0]) / 1000
    return psutil.Process(ocr.pid).memory_info().rss / 1e6
