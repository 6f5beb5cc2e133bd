"""Patterns by the literal text they begin with.

A policy for many buckets has a resource or two for each, and a request is about one of them. To
find the few that may match costs no more for a hundred patterns than for one.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, Self

from app.core.iam.context import Text


class Beginnings(NamedTuple):
    """The beginnings of patterns, and the places of the patterns that have them."""

    places: Mapping[str, Sequence[int]]
    lengths: tuple[int, ...]
    in_order: tuple[str, ...]

    @classmethod
    def of(cls, beginnings: Sequence[str]) -> Self:
        """Return the beginnings of patterns, given one for each pattern in its place."""
        places: dict[str, list[int]] = {}
        for place, beginning in enumerate(beginnings):
            places.setdefault(beginning, []).append(place)
        return cls(places, tuple(sorted(set(map(len, places)))), tuple(sorted(places)))

    def fitting(self, text: Text) -> list[int]:
        """Return the places, in order, of the patterns whose beginning does not rule out ``text``.

        Of a text that is known in part, only what it begins with counts.
        """
        start = text if isinstance(text, str) else _known_start(text.parts)
        beginnings = [start[:length] for length in self.lengths if length <= len(start)]
        if not isinstance(text, str):
            beginnings += self._longer_than(start)
        return sorted(place for b in beginnings for place in self.places.get(b, ()))

    def _longer_than(self, start: str) -> Iterator[str]:
        """Yield the beginnings that go on where the known start of a text ends."""
        for at in range(bisect_left(self.in_order, start), len(self.in_order)):
            beginning = self.in_order[at]
            if not beginning.startswith(start):
                return
            if beginning != start:
                yield beginning


def _known_start(parts: Sequence[object]) -> str:
    return parts[0] if parts and isinstance(parts[0], str) else ""
