"""Questions on the terminal. They go to standard error: standard output is for the result."""

import sys
from typing import Final

from app.core.i18n import tr

YES: Final = "yes"
GO_ON: Final = "go-on"
UNDO: Final = "undo"
LEAVE: Final = "leave"


def can_ask() -> bool:
    """Tell whether a person sits at a terminal, who can be asked."""
    return sys.stdin is not None and sys.stdin.isatty()


def confirmed(question: str) -> bool:
    """Ask, and tell whether the answer was a yes; anything else is a no."""
    choices = tr("[yes/no]")
    return _answer(f"{question} {choices} ") in {"yes", "y", tr("yes")}


def what_becomes_of_it(*, can_undo: bool) -> str | None:
    """Ask about an unfinished run: ``GO_ON``, ``UNDO`` where it can be, ``LEAVE``, or None."""
    if can_undo:
        question = tr(
            "Go on with it, undo it, leave it as it is, or stop here? [go on/undo/leave/stop]"
        )
    else:
        question = tr("Go on with it, leave it as it is, or stop here? [go on/leave/stop]")
    answer = _answer(f"{question} ")
    if answer in {"go on", "go", "g", tr("go on")}:
        return GO_ON
    if answer in {"leave", "l", tr("leave")}:
        return LEAVE
    return UNDO if can_undo and answer in {"undo", "u", tr("undo")} else None


def _answer(question: str) -> str:
    print(question, end="", file=sys.stderr, flush=True)
    # input() would write to standard output.
    return sys.stdin.readline().strip().lower()
