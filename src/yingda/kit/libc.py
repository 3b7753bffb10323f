"""The C library of the process, for what Python has no words for. None where it is not Linux's."""

import ctypes
import sys

LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None
