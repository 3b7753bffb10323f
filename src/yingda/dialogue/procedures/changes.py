"""What a deed step may name besides the changes of `commerce`."""

from typing import Final

#: Takes back a deed that was done, by its `deed_id`.
UNDO: Final = "undo"
