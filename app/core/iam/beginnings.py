"""Patterns by the literal text they begin with, and by what they hold further.

A policy for many buckets has a resource or two for each, and a request is about one of them. To
find the few that may match costs no more for a hundred patterns than for one, but for those that
begin alike: of these, each is looked at for what it holds, which is quick.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple, Self

from app.core.iam.context import Text


class Marks(NamedTuple):
    """The literal text that whatever a pattern matches begins with, and one ``within`` the rest."""

    beginning: str = ""
    within: str = ""


NO_MARKS: Final = Marks()
"""Those of a pattern that may match every text."""


class Beginnings(NamedTuple):
    """The beginnings of patterns, and the patterns that have them: place, and what they hold."""

    places: Mapping[str, Sequence[tuple[int, str]]]
    lengths: tuple[int, ...]
    in_order: tuple[str, ...]

    @classmethod
    def of(cls, marks: Sequence[Marks]) -> Self:
        """Return the beginnings of patterns, given the marks of each pattern in its place."""
        places: dict[str, list[tuple[int, str]]] = {}
        for place, (beginning, within) in enumerate(marks):
            places.setdefault(beginning, []).append((place, within))
        return cls(places, tuple(sorted(set(map(len, places)))), tuple(sorted(places)))

    def fitting(self, text: Text) -> list[int]:
        """Return the places, in order, of the patterns whose marks do not rule out ``text``.

        Of a text that is known in part, only what is known counts.
        """
        start = text if isinstance(text, str) else _known_start(text.parts)
        beginnings = [start[:length] for length in self.lengths if length <= len(start)]
        if not isinstance(text, str):
            beginnings += self._longer_than(start)
        runs = (text,) if isinstance(text, str) else text.known_runs
        fitting: list[int] = []
        for beginning in beginnings:
            for place, within in self.places.get(beginning, ()):
                if not within or runs is None or any(within in run for run in runs):
                    fitting.append(place)
        return sorted(fitting)

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
