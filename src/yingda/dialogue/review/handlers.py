"""What the review does when something is asked for."""

from yingda.dialogue.review.tasks import TRAIN
from yingda.dialogue.review.trainer import Trainer
from yingda.infra.jobs import Jobs


def subscribe(jobs: Jobs, trainer: Trainer) -> None:
    jobs.handle(TRAIN, trainer.run, attempts=3)
