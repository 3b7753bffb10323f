"""Teaches `data/language/model.npz` from the examples beside it; what it holds already is not encoded again."""

import sys

from rich.progress import Progress

from yingda.language import Model, ModelUnreadable, installed_encoder, train
from yingda.language.shipped import SEED, shipped_examples, shipped_model


def main() -> None:
    encoder = installed_encoder()
    if encoder is None:
        sys.exit("The shipped model is taught with the extra `encoder`, which needs Linux on x86-64.")
    with Progress() as progress:
        task = progress.add_task("encoding", total=None)
        model = train(
            shipped_examples(),
            SEED,
            encoder=encoder,
            known=_known(),
            tell=lambda done, total: progress.update(task, completed=done, total=total),
        )
    model.save(shipped_model())
    card = model.card
    print(f"{card.examples} examples, {model.size / 1e6:.1f} MB, cross-validated by grams {card.cv_accuracy:.3f}")


def _known() -> Model | None:
    try:
        return Model.load(shipped_model())
    except ModelUnreadable:
        return None


if __name__ == "__main__":
    main()
