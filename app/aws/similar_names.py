"""Names that were meant to be another."""

from typing import Final

_SLIPS: Final = 4
"""How many letters may be wrong, missing or too many."""


def looks_like(name: str, wanted: str) -> bool:
    """Tell whether ``name`` is probably a mistyped ``wanted``.

    Case and the signs between words don't count; a few wrong letters are forgiven, and so is a
    word before or after the whole name. ``wanted`` itself, to the letter, is not mistyped.
    """
    if name == wanted:
        return False
    found, needed = _letters(name), _letters(wanted)
    return needed in found or _distance_within(found, needed, _SLIPS)


def _letters(name: str) -> str:
    return "".join(char for char in name.casefold() if char.isalnum())


def _distance_within(first: str, second: str, limit: int) -> bool:
    """Tell whether at most ``limit`` single letters make ``first`` into ``second``."""
    if abs(len(first) - len(second)) > limit:
        return False
    row = list(range(len(second) + 1))
    for line, char in enumerate(first, start=1):
        above, row = row, [line]
        for place, other in enumerate(second, start=1):
            row.append(min(row[-1] + 1, above[place] + 1, above[place - 1] + (char != other)))
    return row[-1] <= limit
