"""The system's own lock on an open file: it ends with the process, however that ends.

Sources: flock(2); the C runtime's ``_locking`` (Microsoft), which locks bytes: here one far beyond
the end, so that the file can be read all the same.
"""

import errno
import os
import sys
from typing import Final

_HELD: Final = (errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK, 0)
"""What the system says where somebody else has the lock (EACCES and EDEADLK: Windows; nothing at
all: Wine, seen with 8.0)."""


def is_locked_now(handle: int) -> bool:
    """Lock the open file ``handle``; return whether it is ours now, or somebody else's.

    Never waits. Raises ``OSError`` where the file system knows no locks.
    """
    try:
        _lock(handle)
    except OSError as error:
        if error.errno in _HELD:
            return False
        raise
    return True


if sys.platform == "win32":
    import msvcrt

    _FAR: Final = 1 << 30

    def _lock(handle: int) -> None:
        place = os.lseek(handle, 0, os.SEEK_CUR)
        os.lseek(handle, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        finally:
            os.lseek(handle, place, os.SEEK_SET)

else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
