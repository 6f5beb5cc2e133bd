"""Text parsed as one JSON object, whoever sent it: what can't be used is one plain sentence."""

import json
from collections.abc import Mapping
from math import isinf
from typing import Final, NoReturn

from app.core.i18n import tr

DEEPEST: Final = 100
"""Objects and lists inside one another; AWS's own documents stay below ten."""


class FormatError(Exception):
    """Raised inside a reader; ``read_file`` turns it into an ``InputProblem``."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def json_object(text: str) -> Mapping[str, object]:
    """Return the JSON object that ``text`` is, with or without a byte order mark.

    Raises ``FormatError`` for anything else, for what JSON doesn't know although Python reads
    it (NaN), and for what is nested deeper than ``DEEPEST``.
    """
    try:
        value: object = json.loads(
            text.removeprefix("\ufeff"), parse_constant=_no_number, parse_float=_number
        )
    except json.JSONDecodeError as error:
        sentence = tr("this is not JSON: the mistake is at line {line}, column {column}.")
        raise FormatError(sentence.format(line=error.lineno, column=error.colno)) from error
    except ValueError as error:  # Python reads no whole number of more than 4,300 digits
        raise FormatError(tr("this is JSON with a number in it that is too long.")) from error
    except RecursionError as error:
        raise _too_deep() from error
    if not isinstance(value, dict):
        raise FormatError(
            tr("the file should hold an object, and holds {kind}.").format(kind=kind_of(value))
        )
    _check_depth(value)
    return value


def _no_number(name: str) -> NoReturn:
    """Refuse NaN and Infinity, which Python reads and JSON doesn't know."""
    raise FormatError(tr("this is not JSON: {name} is no number.").format(name=name))


def _number(text: str) -> float:
    value = float(text)
    if isinf(value):
        _no_number(text)
    return value


def _check_depth(top: dict[str, object]) -> None:
    """Refuse what is nested too deep for those who walk through it later."""
    level: list[dict[str, object] | list[object]] = [top]
    for _ in range(DEEPEST):
        level = [
            inner
            for outer in level
            for inner in (outer.values() if isinstance(outer, dict) else outer)
            if isinstance(inner, dict | list)
        ]
        if not level:
            return
    raise _too_deep()


def _too_deep() -> FormatError:
    return FormatError(tr("this is not JSON that can be read: it is nested too deep."))


def kind_of(value: object) -> str:
    """Return the plain name of a JSON value's type, for a sentence."""
    match value:
        case None:
            return tr("nothing (null)")
        case bool():
            return tr("true or false")
        case str():
            return tr("text")
        case int():
            return tr("a number")
        case float():
            return tr("a decimal number")
        case list():
            return tr("a list")
        case _:
            return tr("an object")
