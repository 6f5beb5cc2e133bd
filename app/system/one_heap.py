"""Where C's library takes memory from, for all threads alike.

glibc gives up to eight heaps for each processor to threads that run at the same time, and none
goes back to the system before its end is free. Here dozens of threads wait for AWS at once: what
they left behind in heaps of their own was 6 of 140 MB. They hardly compute side by side, as Python
lets one of them at a time, so they lose nothing with one heap. Windows and macOS share theirs.
"""

import sys
from typing import Final

_ARENA_MAX: Final = -8
"""``M_ARENA_MAX`` of glibc's ``malloc.h``."""


def keep_to_one_heap() -> None:
    """Let no thread that starts from now on have a heap of its own.

    Changes nothing but on Linux with glibc, and loads ctypes there: it belongs after the first
    paint.
    """
    if sys.platform != "linux":
        return
    import ctypes

    set_option = getattr(ctypes.CDLL(None), "mallopt", None)
    if set_option is not None:
        set_option(_ARENA_MAX, 1)
