"""Telling why there is no window, without one of ours: by whatever the system has for that.

A program that was started by a double click has no terminal; what it says there nobody reads.
"""

import sys
from contextlib import suppress
from typing import Final

_ALERT: Final = (
    "on run argv\ndisplay alert (item 1 of argv) message (item 2 of argv) as critical\nend run"
)


def say_plainly(words: str) -> None:
    """Write ``words`` where the process was given a standard error, whatever stands there now."""
    stream = sys.__stderr__
    if stream is not None:
        with suppress(OSError, ValueError):
            stream.write(f"{words}\n")
            stream.flush()


def tell_plainly(heading: str, words: str) -> None:
    """Show a message and wait until it is closed; does nothing where the system has no way."""
    if sys.platform == "win32":
        import ctypes

        error_icon = 0x10
        with suppress(OSError):
            ctypes.windll.user32.MessageBoxW(None, words, heading, error_icon)
    elif sys.platform == "darwin":
        import subprocess  # what stands above is loaded before each first paint

        with suppress(OSError):
            command = ["/usr/bin/osascript", "-e", _ALERT, heading, words]
            subprocess.run(command, check=False, capture_output=True)  # noqa: S603 - the system's
