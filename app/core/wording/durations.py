"""How long something took, in words."""

from typing import Final

from app.core.conventions import tenths
from app.core.i18n import tr

_SHORTEST: Final = 0.1
"""Seconds: what is shorter was measured, and nobody cares by how much."""
_WHOLE: Final = 10.0
"""Seconds from which on tenths say nothing."""


def seconds_words(seconds: float) -> str:
    """Return ``seconds`` for people: by tenths while it is short, then whole."""
    if seconds < _SHORTEST:
        return tr("under {seconds} s").format(seconds=tenths(_SHORTEST))
    if round(seconds, 1) < _WHOLE:
        return tr("{seconds} s").format(seconds=tenths(seconds))
    return tr("{seconds} s").format(seconds=round(seconds))
