"""Questions on the terminal. They go to standard error: standard output is for the result."""

import sys
from typing import Final

from app.core.i18n import tr

YES: Final = "yes"
GO_ON: Final = "go-on"
UNDO: Final = "undo"


def can_ask() -> bool:
    """Tell whether a person sits at a terminal, who can be asked."""
    return sys.stdin is not None and sys.stdin.isatty()


def confirmed(question: str) -> bool:
    """Ask, and tell whether the answer was a yes; anything else is a no."""
    choices = tr("[yes/no]")
    return _answer(f"{question} {choices} ") in {"yes", "y", tr("yes")}


def go_on_or_undo() -> str | None:
    """Ask what to do with an unfinished run: ``GO_ON``, ``UNDO``, or None for neither."""
    question = tr("Go on with it, undo it, or stop here? [go on/undo/stop]")
    answer = _answer(f"{question} ")
    if answer in {"go on", "go", "g", tr("go on")}:
        return GO_ON
    return UNDO if answer in {"undo", "u", tr("undo")} else None


def _answer(question: str) -> str:
    print(question, end="", file=sys.stderr, flush=True)
    # input() would write to standard output.
    return sys.stdin.readline().strip().lower()
