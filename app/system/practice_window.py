"""How the practice AWS is opened in a window of its own: as a second process.

Nothing is shared with this one, so what is practised never mixes with what is real.
"""

import importlib.util
import sys

from app.core.i18n import tr


def practice_command() -> tuple[str, ...]:
    """Return the command that opens the wizard on the practice AWS.

    A bundled program is its own command; elsewhere this very Python runs the package.
    """
    program = (sys.executable,) if getattr(sys, "frozen", False) else (sys.executable, "-m", "app")
    return (*program, "practice")


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
