"""How a pattern reads a text that is known only in part.

The pattern is read as an automaton. A set of states is one whole number, a bit for each place in
the pattern that may be reached, so that to read one character costs a few operations on numbers
whatever the pattern: the work is at worst the product of the two lengths, divided by what a
processor takes at once.
"""

from collections.abc import Iterable, Mapping
from enum import Enum
from functools import lru_cache, reduce
from typing import Final, NamedTuple

from app.core.iam.context import Anything, PartText, Unnamed


class Wild(Enum):
    """A wildcard of a pattern."""

    ONE = "?"
    MANY = "*"


_MOST_SETS: Final = 400
"""Where a pattern's ways of reading unknown text are more than this, nothing is certain."""

_States = int


class Automaton(NamedTuple):
    """A pattern as sets of its places, a bit for each; a place stands before a character of it.

    ``many`` are the places with a ``*`` before them, ``one`` those of a ``?``, ``named`` those of
    each literal character. ``end`` is the place behind all, by its number.
    """

    end: int
    many: _States
    one: _States
    named: Mapping[str, _States]

    def read(self, states: _States, text: str) -> _States:
        """Return the places reached from ``states`` by reading ``text``."""
        return reduce(self.step, text, states)

    def step(self, states: _States, char: str | None) -> _States:
        """Return what is reached by one character; None is one that no pattern names."""
        fitting = self.one if char is None else self.one | self.named.get(char, 0)
        return states & self.many | (states & fitting) << 1

    def any_step(self, states: _States) -> _States:
        """Return what is reached by one character, whichever serves the pattern best."""
        return states & self.many | (states & ~(1 << self.end)) << 1

    def read_unnamed(self, states: _States) -> _States:
        """Read a name that no pattern mentions: in the end only ``*`` can hold on."""
        before: _States | None = None
        while states != before:
            before, states = states, self.step(states, None)
        return states

    def behind(self, states: _States) -> _States:
        """Return every place from the first of ``states`` on."""
        first = states & -states
        return ((1 << self.end + 1) - 1) & ~(first - 1) if states else 0

    def is_at_end(self, states: _States) -> bool:
        """Tell whether the whole pattern has been read."""
        return bool(states >> self.end & 1)


@lru_cache(maxsize=1024)
def automaton(tokens: tuple[str | Wild, ...]) -> Automaton:
    """Return the automaton of a pattern: runs of literal text and wildcards, in order."""
    many, ones = [False], []
    named: dict[str, list[int]] = {}
    for symbol in (s for token in tokens for s in (token if isinstance(token, str) else (token,))):
        if symbol is Wild.MANY:
            many[-1] = True
            continue
        place = len(many) - 1
        if symbol is Wild.ONE:
            ones.append(place)
        else:
            named.setdefault(str(symbol), []).append(place)
        many.append(False)
    starred = (place for place, is_many in enumerate(many) if is_many)
    by_char = {char: _bits(places) for char, places in named.items()}
    return Automaton(len(many) - 1, _bits(starred), _bits(ones), by_char)


def _bits(places: Iterable[int]) -> _States:
    """Return the set of ``places`` as a number, in time that grows with the last of them."""
    octets = bytearray()
    for place in places:
        octets.extend(bytes(max(0, place // 8 + 1 - len(octets))))
        octets[place // 8] |= 1 << place % 8
    return int.from_bytes(octets, "little")


def can_match(pattern: Automaton, text: PartText) -> bool:
    """Return whether some reading of the unknown parts matches."""
    states = 1
    for part in text.parts:
        if isinstance(part, str):
            states = pattern.read(states, part)
        elif isinstance(part, Unnamed):
            states = pattern.read_unnamed(states)
        else:
            for _ in range(part.least):
                states = pattern.any_step(states)
            # With enough characters, every later place of the pattern can be reached.
            states = pattern.behind(states)
    return pattern.is_at_end(states)


def must_match(pattern: Automaton, text: PartText) -> bool:
    """Return whether every reading of the unknown parts matches.

    Characters that no pattern names are the hardest to match, so it is enough to try runs of
    them, of every length that makes a difference.
    """
    worlds = {1}
    for part in text.parts:
        if isinstance(part, str):
            worlds = {pattern.read(states, part) for states in worlds}
        elif isinstance(part, Unnamed):
            worlds = {pattern.read_unnamed(states) for states in worlds}
        else:
            worlds = _after_runs(pattern, worlds, part)
        if len(worlds) > _MOST_SETS:
            return False
    return all(pattern.is_at_end(states) for states in worlds)


def _after_runs(pattern: Automaton, worlds: Iterable[_States], part: Anything) -> set[_States]:
    """Return what is reached by runs of ``part.least`` or more unnamed characters.

    It stops where there is more than can be kept apart.
    """
    after: set[_States] = set()
    for world in worlds:
        states = world
        for _ in range(part.least):
            states = pattern.step(states, None)
        while states not in after and len(after) <= _MOST_SETS:
            after.add(states)
            states = pattern.step(states, None)
    return after
