"""How the practice AWS is opened in a window of its own: as a second process.

Nothing is shared with this one, so what is practised never mixes with what is real.
"""

import importlib.util
import sys
from pathlib import Path

from app.core.i18n import tr
from app.core.program_names import WINDOW_PROGRAM


def practice_command() -> tuple[str, ...]:
    """Return the command that opens the wizard on the practice AWS.

    In a bundle that is its program for the window, which opens no console on Windows, whichever
    of the two this is; elsewhere this very Python runs the package.
    """
    if getattr(sys, "frozen", False):
        own = Path(sys.executable)
        return (str(own.with_name(f"{WINDOW_PROGRAM}{own.suffix}")), "practice")
    return (sys.executable, "-m", "app", "practice")


def why_no_practice() -> str | None:
    """Return the sentence where this installation lacks the practice AWS, else None.

    The other process could only die of it, unseen.
    """
    if importlib.util.find_spec("moto") is not None:
        return None
    return tr(
        "The practice AWS is not part of this installation. Install the program with its part "
        "“practice”, then choose Practise again."
    )
