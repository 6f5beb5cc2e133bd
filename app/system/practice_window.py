"""Whether the practice AWS can be opened in a window of its own: as a second process.

Nothing is shared with this one, so what is practised never mixes with what is real.
"""

import importlib.util

from app.core.i18n import tr


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
