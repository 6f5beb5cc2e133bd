"""How the words of a finding are written down: sentences with places, some under a condition.

A sentence is said only where each of its ``{places}`` has a value, so that a finding that knows
little says little.
"""

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from app.core.i18n import mark
from app.core.message import Message

Params = Mapping[str, object]
"""A finding's values, as in the report."""


class Line(NamedTuple):
    """A sentence that is said only where ``when`` holds for the finding's values."""

    message: Message
    when: Callable[[Params], bool]


Sentence = Message | Line


class Wording(NamedTuple):
    """The words of one code: of the titles the first that fits, of the rest all that fit.

    The last title, one sentence of the detail and one step of the fix need no value at all.
    """

    title: tuple[Sentence, ...]
    detail: tuple[Sentence, ...]
    fix: tuple[Sentence, ...]


def has(name: str, message: Message) -> Line:
    """Say ``message`` where the value ``name`` is there, is not empty and is not false."""
    return Line(message, lambda params: bool(params.get(name)))


def knows(name: str, message: Message) -> Line:
    """Say ``message`` where the value ``name`` was looked for, be it empty."""
    return Line(message, lambda params: params.get(name) is not None)


def lacks(name: str, message: Message) -> Line:
    """Say ``message`` where the value ``name`` is absent, empty or false."""
    return Line(message, lambda params: not params.get(name))


def equals(name: str, value: object, message: Message) -> Line:
    """Say ``message`` where the value ``name`` is ``value``."""
    return Line(message, lambda params: params.get(name) == value)


NAMED: Final = mark("It is the statement “{sid}”.")
TURNS_ON: Final = mark("It turns on {turns_on}.")
FIND_QUOTED: Final = has("statement", mark("Find the statement that is quoted with this finding."))
FIND_DENY: Final = lacks("statement", mark("Find each statement with “Effect”: “Deny”."))
CHECK_AGAIN: Final = mark("Then check again.")
