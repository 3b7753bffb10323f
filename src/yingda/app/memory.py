"""Has the C library hold no more memory than is used. Elsewhere than under glibc nothing is done."""

import gc

from yingda.kit.libc import LIBC

#: Numbers of `mallopt`, from glibc's malloc.h.
_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8
#: What is larger, a model's tables say, is asked of the kernel and goes back to it as soon as it is freed.
_LARGE_BYTES = 1024 * 1024
#: More than this unused at the end of the heap goes back.
_SLACK_BYTES = 4 * 1024 * 1024
#: New objects after which the young ones are looked through, and how often that is done before the older ones are. A
#: closed socket leaves a hundred objects that only a look through all of them finds.
_COLLECTED_AFTER = 10_000, 5, 2


def hold_little() -> None:
    """Before threads start: one heap for all, and nothing large kept for later.

    Else each thread gets a heap, which stays as large as its largest task, and once something large was freed tens of
    megabytes are held back. Threads hardly compete for the one heap: small objects of Python's are not on it.
    """
    mallopt = getattr(LIBC, "mallopt", None)
    if mallopt:
        mallopt(_ARENA_MAX, 1)
        mallopt(_MMAP_THRESHOLD, _LARGE_BYTES)
        mallopt(_TRIM_THRESHOLD, _SLACK_BYTES)


def settle() -> None:
    """After the start: give back what only the start needed, leave what it has loaded out of garbage collection, and
    look less often for what is only held by itself, but for that of all ages.

    A look through all costs some 20 ms with 2 000 open sockets; it comes after a few thousand were closed.
    """
    gc.collect()
    trim = getattr(LIBC, "malloc_trim", None)
    if trim:
        trim(0)
    gc.freeze()
    gc.set_threshold(*_COLLECTED_AFTER)
