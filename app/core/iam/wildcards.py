"""How a pattern reads a text that is known only in part.

The pattern is read as an automaton. A state is a place in the pattern; a set of states holds
every place that may be reached, so the work grows with the lengths and never explodes.
"""

from collections.abc import Iterable
from enum import Enum
from functools import reduce
from typing import Final

from app.core.iam.context import Anything, PartText, Unnamed


class Wild(Enum):
    """A wildcard of a pattern."""

    ONE = "?"
    MANY = "*"


_MOST_SETS: Final = 400
"""Where a pattern's ways of reading unknown text are more than this, nothing is certain."""

Symbols = tuple[str | Wild, ...]
"""A pattern, one character or wildcard at a time."""
_States = frozenset[int]


def _closed(symbols: Symbols, states: Iterable[int]) -> _States:
    """Add the places behind each ``*``, which may stand for nothing."""
    closed = set(states)
    for state in sorted(closed):
        place = state
        while place < len(symbols) and symbols[place] is Wild.MANY:
            place += 1
            closed.add(place)
    return frozenset(closed)


def _step(symbols: Symbols, states: _States, char: str | None) -> _States:
    """Read one character; None is one that no pattern names."""
    after: set[int] = set()
    for state in states:
        if state == len(symbols):
            continue
        symbol = symbols[state]
        if symbol is Wild.MANY:
            after.add(state)
        elif symbol is Wild.ONE or symbol == char:
            after.add(state + 1)
    return _closed(symbols, after)


def _read(symbols: Symbols, states: _States, text: str) -> _States:
    return reduce(lambda reached, char: _step(symbols, reached, char), text, states)


def _read_unnamed(symbols: Symbols, states: _States) -> _States:
    """Read a name that no pattern mentions: in the end only ``*`` can hold on."""
    before: _States | None = None
    while states != before:
        before, states = states, _step(symbols, states, None)
    return states


def _any_step(symbols: Symbols, states: _States) -> _States:
    """Read one character, whichever serves the pattern best."""
    after = {s if symbols[s] is Wild.MANY else s + 1 for s in states if s < len(symbols)}
    return _closed(symbols, after)


def can_match(symbols: Symbols, text: PartText) -> bool:
    """Return whether some reading of the unknown parts matches."""
    states = _closed(symbols, (0,))
    for part in text.parts:
        if isinstance(part, str):
            states = _read(symbols, states, part)
        elif isinstance(part, Unnamed):
            states = _read_unnamed(symbols, states)
        else:
            for _ in range(part.least):
                states = _any_step(symbols, states)
            # With enough characters, every later place of the pattern can be reached.
            if states:
                states = frozenset(range(min(states), len(symbols) + 1))
    return len(symbols) in states


def must_match(symbols: Symbols, text: PartText) -> bool:
    """Return whether every reading of the unknown parts matches.

    Characters that no pattern names are the hardest to match, so it is enough to try runs of
    them, of every length that makes a difference.
    """
    worlds = {_closed(symbols, (0,))}
    for part in text.parts:
        if isinstance(part, str):
            worlds = {_read(symbols, states, part) for states in worlds}
        elif isinstance(part, Unnamed):
            worlds = {_read_unnamed(symbols, states) for states in worlds}
        else:
            worlds = {after for states in worlds for after in _runs(symbols, states, part)}
        if len(worlds) > _MOST_SETS:
            return False
    return all(len(symbols) in states for states in worlds)


def _runs(symbols: Symbols, states: _States, part: Anything) -> set[_States]:
    """Return what is reached by runs of ``part.least`` or more unnamed characters."""
    for _ in range(part.least):
        states = _step(symbols, states, None)
    reached: set[_States] = set()
    while states not in reached:
        reached.add(states)
        states = _step(symbols, states, None)
    return reached
