"""What a broken training is told as. No clock, no database."""

from yingda.dialogue.review.schemas import TrainingFailure
from yingda.language import FolderUnusable, HistoryUnreadable, ModelUnreadable, UnknownVersion


def failure_of(error: Exception) -> TrainingFailure:
    """What went wrong, by what it was that could not be had."""
    match error:
        case MemoryError():
            return TrainingFailure.MEMORY
        case FolderUnusable() | OSError():
            return TrainingFailure.FOLDER
        case ModelUnreadable() | UnknownVersion() | HistoryUnreadable():
            return TrainingFailure.MODEL
    return TrainingFailure.UNEXPECTED
