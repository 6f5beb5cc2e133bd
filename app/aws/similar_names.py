"""Names that were meant to be another."""

from typing import Final

from app.core.likeness import differ_by_at_most, letters

_SLIPS: Final = 4
"""How many letters may be wrong, missing or too many."""


def looks_like(name: str, wanted: str) -> bool:
    """Tell whether ``name`` is probably a mistyped ``wanted``.

    Case and the signs between words don't count; a few wrong letters are forgiven, and so is a
    word before or after the whole name. ``wanted`` itself, to the letter, is not mistyped.
    """
    if name == wanted:
        return False
    found, needed = letters(name), letters(wanted)
    return needed in found or differ_by_at_most(_SLIPS, found, needed)
