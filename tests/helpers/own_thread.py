"""What is called on the thread that waits for it, rather than on one beside it."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any


@contextmanager
def calls_here(*functions: Callable[..., Any]) -> Iterator[list[str]]:
    """Note the names of ``functions`` as they are called on this very thread, and on no other."""
    names = {function.__code__: function.__name__ for function in functions}
    called: list[str] = []

    def note(frame: FrameType, event: str, _arg: object) -> None:
        if event == "call" and frame.f_code in names:
            called.append(names[frame.f_code])

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        yield called
    finally:
        sys.setprofile(before)
