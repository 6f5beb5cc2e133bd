"""The order of S3's keys, and guesses at where in it others lie.

S3 lists keys in the order of their UTF-8 bytes (Amazon S3 User Guide, "Listing object keys
programmatically"), which is the order of Python's strings, code point by code point, where no
surrogate stands for itself. Every point made here is a string that UTF-8 can write.
"""

from collections.abc import Iterator
from typing import Final

_SURROGATES: Final = range(0xD800, 0xE000)
_LAST: Final = 0x10FFFF
_RUNS: Final = tuple(
    range(first, last + 1)
    for first, last in (
        (0x00, 0x1F),
        (0x20, 0x2F),
        (0x30, 0x39),
        (0x3A, 0x40),
        (0x41, 0x5A),
        (0x5B, 0x60),
        (0x61, 0x7A),
        (0x7B, 0x7F),
    )
)
"""ASCII in runs of a kind: where a key has a digit, others are likely to have digits."""
_SCRIPT: Final = 0x80
_WIDE_SCRIPT: Final = 0x1000
_IDEOGRAPHS: Final = 0x3000
_LONGEST: Final = 1024
"""Bytes of a key (Amazon S3 User Guide, "Naming Amazon S3 objects")."""
_DEPTH: Final = 12
"""Characters that a place is worked out from: the rest is finer than a page."""


def common_length(one: str, other: str) -> int:
    """Return how many characters both begin with."""
    length = min(len(one), len(other))
    if one[:length] == other[:length]:
        return length
    low, high = 0, length
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if one[low:middle] == other[low:middle] else (low, middle)
    return low


def beyond(start: str) -> str | None:
    """Return the least string after all that begin with ``start``; None where there is none."""
    for length in range(len(start), 0, -1):
        code = ord(start[length - 1]) + 1
        if code <= _LAST:
            return start[: length - 1] + chr(_SURROGATES.stop if code in _SURROGATES else code)
    return None


def can_be_asked_for(point: str) -> bool:
    """Tell whether S3 takes ``point`` to start after: it may be no longer than a key."""
    return len(point.encode()) <= _LONGEST


def others_at(key: str, position: int, most: int) -> Iterator[str]:
    """Yield points after ``key`` at which its character at ``position`` may change, in order.

    At most ``most``: those of a kind (digits, letters of a case, a script), and their end.
    """
    run = _run_of(ord(key[position]))
    later = [code for code in range(ord(key[position]) + 1, run.stop) if code not in _SURROGATES]
    for code in thinned(later, most - 1):
        yield key[:position] + chr(code)
    end = beyond(key[:position] + chr(run.stop - 1))
    if end is not None:
        yield end


def thinned(items: list[int], most: int) -> list[int]:
    """Return at most ``most`` of ``items``, evenly spread, the first among them."""
    if len(items) <= most:
        return items
    return [items[number * len(items) // most] for number in range(most)]


def _run_of(code: int) -> range:
    for run in _RUNS:
        if code in run:
            return run
    width = _SCRIPT if code < _WIDE_SCRIPT else 0x400 if code < _IDEOGRAPHS else _WIDE_SCRIPT
    start = code - code % width
    run = range(start, start + width)
    return run if run.stop - 1 not in _SURROGATES else range(start, _SURROGATES.start)


def place(key: str, position: int) -> float:
    """Return where ``key`` lies among those that share what stands before ``position``.

    A guess, in units of the character that stands there: what follows counts as if all
    characters of a kind were used alike, and no others.
    """
    if len(key) <= position:
        return 0.0
    total, unit = float(ord(key[position])), 1.0
    for character in key[position + 1 : position + _DEPTH]:
        run = _run_of(ord(character))
        unit /= len(run)
        total += (ord(character) - run.start) * unit
    return total


def start_of_kind(key: str, position: int) -> float:
    """Return the place of the first key whose character at ``position`` is of the same kind."""
    return float(_run_of(ord(key[position])).start) if len(key) > position else 0.0
