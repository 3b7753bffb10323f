"""What a broken training is told as. No clock, no database."""

from errno import EACCES, ENOSPC, EROFS
from typing import Final

from yingda.dialogue.review.schemas import TrainingFailure
from yingda.language import FolderUnusable, HistoryUnreadable, ModelUnreadable, UnknownVersion

#: What the system says of a folder that takes nothing more, or nothing from us.
_FOLDER_REFUSES: Final = frozenset({ENOSPC, EACCES, EROFS})


def failure_of(error: Exception) -> TrainingFailure:
    """What went wrong, by what it was that could not be had."""
    match error:
        case MemoryError():
            return TrainingFailure.MEMORY
        case FolderUnusable():
            return TrainingFailure.FOLDER
        case OSError(errno=number) if number in _FOLDER_REFUSES:
            return TrainingFailure.FOLDER
        case ModelUnreadable() | UnknownVersion() | HistoryUnreadable():
            return TrainingFailure.MODEL
    return TrainingFailure.UNEXPECTED
