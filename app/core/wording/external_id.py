"""How two External IDs differ: in a sentence, and character by character.

Source: the guide's Troubleshooting, "Invalid External ID" (spaces and line breaks from pasting).
"""

from collections.abc import Mapping
from typing import Final

from app.core.conventions import paragraph
from app.core.documents.damage import DifferenceKind, damage_in, is_bare_placeholder
from app.core.frozen import field, frozen
from app.core.i18n import mark, tr
from app.core.message import render
from app.core.wording.characters import visible


@frozen
class Segment:
    """A stretch of both IDs that is the same, or that differs. The parts are to the letter."""

    same: bool
    expected: str
    found: str

    @property
    def expected_shown(self) -> str:
        """What is expected here, with each invisible character made visible."""
        return visible(self.expected)

    @property
    def found_shown(self) -> str:
        """What was found here, with each invisible character made visible."""
        return visible(self.found)


@frozen
class Difference:
    """How ``found`` differs from ``expected``: each kind that it takes, and the alignment."""

    kinds: tuple[DifferenceKind, ...]
    segments: tuple[Segment, ...]
    params: Mapping[str, str | int] = field(default_factory=dict)

    @property
    def kind(self) -> DifferenceKind:
        """The kind that is said first."""
        return self.kinds[0]

    @property
    def sentence(self) -> str:
        """The difference in words, without the IDs themselves, in the installed language."""
        return paragraph(*(render(DIFFERENCE_WORDS[kind], self.params) for kind in self.kinds))


DIFFERENCE_WORDS: Final[Mapping[DifferenceKind, str]] = {
    DifferenceKind.PLACEHOLDER: mark("The guide’s placeholder was not replaced."),
    DifferenceKind.PERCENT: mark("Some characters are written as in a web address, with “%”."),
    DifferenceKind.INVISIBLE: mark("There are characters that can’t be seen."),
    DifferenceKind.SPACES: mark("The difference is in spaces or line breaks."),
    DifferenceKind.QUOTED: mark("There are quotation marks around it."),
    DifferenceKind.PADDING: mark("The difference is in “=” at the end."),
    DifferenceKind.ALPHABET: mark("One has “+” or “/” where the other has “-” or “_”."),
    DifferenceKind.CASE: mark("The difference is in upper and lower case letters."),
    DifferenceKind.PLACE: mark(
        "They differ first at character {place}: {expected_there} is needed, and {found_there} is "
        "there."
    ),
    DifferenceKind.OTHER: mark(
        "It is a different ID, and may belong to another UbiQuity database."
    ),
    DifferenceKind.NONE: mark("They are the same."),
}

_LONGEST: Final = 1224
"""The longest External ID (AWS STS, AssumeRole); what is longer is not compared in detail."""


def describe_difference(expected: str, found: str) -> Difference:
    """Return how ``found`` (in the trust policy) differs from ``expected`` (the Database ID)."""
    segments = aligned(expected, found)
    if expected == found:
        return Difference((DifferenceKind.NONE,), segments)
    if is_bare_placeholder(found):
        return Difference((DifferenceKind.PLACEHOLDER,), segments)
    damage = damage_in(expected, found)
    if damage:
        return Difference(damage, segments)
    return _by_place(expected, found, segments)


def _by_place(expected: str, found: str, segments: tuple[Segment, ...]) -> Difference:
    alike = sum(len(segment.expected) for segment in segments if segment.same)
    if 2 * alike < max(len(expected), len(found)):
        return Difference((DifferenceKind.OTHER,), segments)
    pairs = zip(expected, found, strict=False)
    place = next((i for i, (a, b) in enumerate(pairs) if a != b), min(len(expected), len(found)))
    params: dict[str, str | int] = {
        "place": place + 1,
        "expected_there": _character_at(expected, place),
        "found_there": _character_at(found, place),
    }
    return Difference((DifferenceKind.PLACE,), segments, params)


def _character_at(text: str, place: int) -> str:
    return f"“{visible(text[place])}”" if place < len(text) else tr("nothing")


def aligned(expected: str, found: str) -> tuple[Segment, ...]:
    """Return both, cut into stretches that are the same and stretches that differ.

    The ``expected`` parts of all segments make up ``expected``, and the same goes for ``found``.
    """
    if max(len(expected), len(found)) > _LONGEST:
        return (Segment(expected == found, expected, found),)
    from difflib import SequenceMatcher

    matcher = SequenceMatcher(None, expected, found, autojunk=False)
    return tuple(
        Segment(tag == "equal", expected[a:b], found[c:d])
        for tag, a, b, c, d in matcher.get_opcodes()
    )
