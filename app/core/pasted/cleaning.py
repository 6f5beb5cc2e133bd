"""Cleaning what was pasted: white space, characters nobody sees, and quotation marks.

Nothing is taken away unsaid: each kind that was removed becomes a note with its count.
"""

import unicodedata
from collections.abc import Collection, Iterable
from enum import StrEnum
from typing import Final

from app.core.conventions import row
from app.core.frozen import frozen
from app.core.problem import Problem, note


class StrayCharacter(StrEnum):
    """A kind of character that people don't mean to paste; its note is ``cleaned.<kind>``."""

    SPACE = "spaces"
    TAB = "tabs"
    LINE_BREAK = "line-breaks"
    NO_BREAK_SPACE = "no-break-spaces"
    INVISIBLE = "invisible"
    QUOTE = "quotes"


GAPS: Final = frozenset(StrayCharacter) - {StrayCharacter.QUOTE}
"""White space and invisible characters, of all kinds."""

_LINE_BREAKS: Final = frozenset("\n\r\v\f\x85\u2028\u2029")
_NO_BREAK_SPACES: Final = frozenset("\xa0\u2007\u202f")
_FILLERS: Final = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0")
"""Invisible although Unicode files them under letters or marks (Default_Ignorable)."""
_QUOTES: Final = frozenset("\"'`´‘’‚‛“”„‟«»‹›＂＇")
_SHOWN_AT_MOST: Final = 5


def stray_kind(character: str) -> StrayCharacter | None:
    """Return the kind of white space or invisible ``character``, or None for any other."""
    if character == "\t":
        return StrayCharacter.TAB
    if character in _LINE_BREAKS:
        return StrayCharacter.LINE_BREAK
    if character in _NO_BREAK_SPACES:
        return StrayCharacter.NO_BREAK_SPACE
    if character.isspace():
        return StrayCharacter.SPACE
    ignorable = character in _FILLERS or "\ufe00" <= character <= "\ufe0f"
    return (
        StrayCharacter.INVISIBLE if ignorable or unicodedata.category(character) == "Cf" else None
    )


@frozen
class Cleaned:
    """A text after cleaning, and how many characters of which kind it lost."""

    text: str
    lost: tuple[tuple[StrayCharacter, int], ...] = ()

    def notes(self, field: str) -> tuple[Problem, ...]:
        """Return a note for each kind of character that was removed from ``field``."""
        return tuple(note(field, f"cleaned.{kind}", count=count) for kind, count in self.lost)


def clean(
    text: str, *, inside: Collection[StrayCharacter] = frozenset(), paired_quotes: bool = False
) -> Cleaned:
    """Remove white space, invisible characters and quotation marks from both ends.

    The kinds in ``inside`` are removed everywhere. With ``paired_quotes`` quotation marks go
    only where both ends have one: for fields in which a single one may be meant. A Windows
    line break counts once.
    """
    lost: dict[StrayCharacter, int] = {}
    characters: list[str] = []
    for character in text.replace("\r\n", "\n"):
        kind = stray_kind(character)
        if kind is not None and kind in inside:
            lost[kind] = lost.get(kind, 0) + 1
        else:
            characters.append(character)
    start, end = _ends(characters, lost, paired_quotes=paired_quotes)
    ordered = tuple((kind, lost[kind]) for kind in StrayCharacter if kind in lost)
    return Cleaned("".join(characters[start:end]) if ordered else text, ordered)


def _ends(
    characters: list[str], lost: dict[StrayCharacter, int], *, paired_quotes: bool
) -> tuple[int, int]:
    """Return where the text starts and ends inside ``characters``, counting into ``lost``."""
    start, end = 0, len(characters)
    while start < end:
        first, last = _end_kind(characters[start]), _end_kind(characters[end - 1])
        both = first is StrayCharacter.QUOTE and last is StrayCharacter.QUOTE and end - start > 1
        take_first = first is not None and (
            first is not StrayCharacter.QUOTE or both or not paired_quotes
        )
        take_last = last is not None and (
            last is not StrayCharacter.QUOTE or both or not paired_quotes
        )
        take_last = take_last and not (take_first and end - start == 1)
        if not take_first and not take_last:
            break
        if take_first and first is not None:
            lost[first] = lost.get(first, 0) + 1
            start += 1
        if take_last and last is not None:
            lost[last] = lost.get(last, 0) + 1
            end -= 1
    return start, end


def _end_kind(character: str) -> StrayCharacter | None:
    return StrayCharacter.QUOTE if character in _QUOTES else stray_kind(character)


def shown_characters(characters: Iterable[str]) -> str:
    """Return the different ``characters`` so that each can be seen and told from its like.

    Plain ones are quoted, others carry their Unicode number as well, and those that can't be
    seen are their number alone; after five the list breaks off.
    """
    different = list(dict.fromkeys(characters))
    listed = [_shown(character) for character in different[:_SHOWN_AT_MOST]]
    return row(listed + ["…"] * (len(different) > _SHOWN_AT_MOST))


def _shown(character: str) -> str:
    code = f"U+{ord(character):04X}"
    combining = unicodedata.category(character).startswith("M")
    if not character.isprintable() or stray_kind(character) is not None or combining:
        return code
    return f"“{character}”" if character.isascii() else f"“{character}” ({code})"
