"""Names that were meant to be another."""

from typing import Final

from app.core.likeness import differ_by_at_most, letters

_SLIPS: Final = 4
"""How many letters may be wrong, missing or too many."""


def looks_like(name: str, intended: str) -> bool:
    """Tell whether ``name`` is probably a mistyped ``intended``.

    Case and the signs between words don't count; a few wrong letters are forgiven, and so is a
    word before or after the whole name. ``intended`` itself, to the letter, is not mistyped.
    """
    if name == intended:
        return False
    given_letters, intended_letters = letters(name), letters(intended)
    return intended_letters in given_letters or differ_by_at_most(
        _SLIPS, given_letters, intended_letters
    )
