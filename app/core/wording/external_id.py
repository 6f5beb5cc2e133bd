"""How two External IDs differ: in a sentence, and character by character.

Source: the guide's Troubleshooting, "Invalid External ID" (spaces and line breaks from pasting).
"""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Final

from app.core.frozen import field, frozen
from app.core.guide import PLACEHOLDER_DATABASE_ID
from app.core.i18n import mark, tr
from app.core.wording.characters import is_invisible, is_white, visible
from app.core.wording.message import render


class DifferenceKind(StrEnum):
    """One way in which a pasted External ID goes wrong."""

    PLACEHOLDER = "placeholder"
    PERCENT = "percent-encoded"
    INVISIBLE = "invisible-characters"
    SPACES = "spaces"
    """Spaces or line breaks."""
    QUOTED = "quoted"
    PADDING = "padding"
    """``=`` at the end."""
    ALPHABET = "alphabet"
    """``+`` and ``/`` against ``-`` and ``_``."""
    CASE = "case"
    PLACE = "place"
    """Much is alike; the first place where they differ is said."""
    OTHER = "other"
    """Another ID altogether."""
    NONE = "none"


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
        return " ".join(render(KIND_WORDS[kind], self.params) for kind in self.kinds)


KIND_WORDS: Final[Mapping[DifferenceKind, str]] = {
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
        "It is another ID altogether, and may belong to another UbiQuity database."
    ),
    DifferenceKind.NONE: mark("They are the same."),
}

_LONGEST: Final = 1224
"""The longest External ID (AWS STS, AssumeRole); what is longer is not compared in detail."""

_QUOTES: Final = "\"'`´“”‘’„‚«»‹›"


def _without_percent(text: str) -> str:
    from urllib.parse import unquote

    return unquote(text) if "%" in text else text


def _without_invisible(text: str) -> str:
    return "".join(char for char in text if is_white(char) or not is_invisible(char))


def _without_white(text: str) -> str:
    return "".join(char for char in text if not is_white(char))


def _without_quotes(text: str) -> str:
    return text.strip(_QUOTES)


def _without_padding(text: str) -> str:
    return text.rstrip("=")


def _url_safe(text: str) -> str:
    return text.replace("+", "-").replace("/", "_")


_CLEANED: Final[Mapping[DifferenceKind, Callable[[str], str]]] = {
    DifferenceKind.PERCENT: _without_percent,
    DifferenceKind.INVISIBLE: _without_invisible,
    DifferenceKind.SPACES: _without_white,
    DifferenceKind.QUOTED: _without_quotes,
    DifferenceKind.PADDING: _without_padding,
    DifferenceKind.ALPHABET: _url_safe,
    DifferenceKind.CASE: str.lower,
}
"""What makes each kind of damage vanish, in the order in which the steps must be taken."""

_NOBODYS: Final = tuple(kind for kind in _CLEANED if kind is not DifferenceKind.ALPHABET)
"""The kinds of damage after which an ID is surely not someone else's."""


def _equal_after(kinds: tuple[DifferenceKind, ...], expected: str, found: str) -> bool:
    for kind, cleaned in _CLEANED.items():
        if kind in kinds:
            expected, found = cleaned(expected), cleaned(found)
    return expected == found and bool(expected)


def is_damaged_form(expected: str, found: str) -> bool:
    """Tell whether ``found`` is ``expected`` gone wrong, and so nobody else's External ID.

    White space (and what can't be seen), case, ``=`` padding and the guide's placeholder, as
    well as quotes and percent-encoding, which no External ID can have (AWS STS, AssumeRole,
    pattern of ExternalId). ``-_`` for ``+/`` makes a legal ID of its own, and may be someone's.
    """
    if expected == found:
        return False
    return _is_placeholder(found) or _equal_after(_NOBODYS, expected, found)


def _is_placeholder(found: str) -> bool:
    return found.strip(_QUOTES + "<> \t\r\n").upper() == PLACEHOLDER_DATABASE_ID


def describe_difference(expected: str, found: str) -> Difference:
    """Return how ``found`` (in the trust policy) differs from ``expected`` (the Database ID)."""
    segments = aligned(expected, found)
    if expected == found:
        return Difference((DifferenceKind.NONE,), segments)
    if _is_placeholder(found):
        return Difference((DifferenceKind.PLACEHOLDER,), segments)
    if _equal_after(tuple(_CLEANED), expected, found):
        return Difference(_fewest_kinds(expected, found), segments)
    return _by_place(expected, found, segments)


def _fewest_kinds(expected: str, found: str) -> tuple[DifferenceKind, ...]:
    """Drop each kind that isn't needed to make the two equal."""
    kinds = tuple(_CLEANED)
    for kind in _CLEANED:
        fewer = tuple(other for other in kinds if other is not kind)
        if _equal_after(fewer, expected, found):
            kinds = fewer
    return kinds


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
