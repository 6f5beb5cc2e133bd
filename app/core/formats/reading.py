"""Reading the JSON files that formats.md describes, place by place, whoever sent them.

A file that is not as the format says gives one ``InputProblem`` that names the file, the place
in it and what was expected. Keys that this version doesn't know are ignored.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from math import isinf
from typing import TYPE_CHECKING, Final, TypeVar

from app.core.conventions import row
from app.core.frozen import frozen
from app.core.i18n import mark, tr
from app.core.wording.characters import escaped

if TYPE_CHECKING:
    from datetime import datetime

T = TypeVar("T")

DEEPEST: Final = 100
"""Objects and lists inside one another; AWS's own documents stay below ten."""

_DIGITS_AT_MOST: Final = 308
"""Of a whole number: no more than a decimal number may have before its point (IEEE 754)."""
_COUNT_AT_MOST: Final = 2**53
"""What every JSON reader holds exactly (RFC 8259, section 6)."""

_SHOWN_AT_MOST: Final = 80
_NUMBER_AT_MOST: Final = 24
_PLACE_AT_MOST: Final = 200
_SENTENCE_AT_MOST: Final = 1000


class FormatError(Exception):
    """Raised inside a reader; ``read_file`` turns it into an ``InputProblem``."""

    def __init__(self, sentence: str, *, is_newer: bool = False) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.is_newer = is_newer


NEWEST: Final = mark("Use the newest version of this program.")
"""What to do about a file that this version does not read."""


@frozen
class InputProblem:
    """Why a file can't be used: ``source`` names the file, ``text`` is the whole sentence.

    ``is_newer`` tells that nothing is wrong with it: a newer version of this program wrote it.
    """

    source: str
    text: str
    is_newer: bool = False


def read_file(text: str, source: str, read: Callable[["JsonObject"], T]) -> T | InputProblem:
    """Parse ``text`` as a JSON object and give it to ``read``.

    ``source`` is the file's name, for the sentence. Returns what ``read`` makes of the object,
    or the problem that stopped it.
    """
    try:
        return read(JsonObject("", _json_object(text)))
    except FormatError as error:
        sentence = on_one_line(f"{source}: {error.sentence}")
        return InputProblem(source, sentence, is_newer=error.is_newer)


def is_policy(value: object) -> bool:
    """Tell whether a file of ours that holds ``value`` as a policy can be read again.

    It has to be an object, of values that JSON has and no deeper than a reader goes.
    """
    if not isinstance(value, Mapping):
        return False
    import json

    try:
        _json_object(json.dumps({"buckets": [{"kms_key": {"policy": value}}]}))
    except (FormatError, RecursionError, ValueError):
        return False
    return True


def on_one_line(text: str, at_most: int = _SENTENCE_AT_MOST) -> str:
    """Return ``text`` with line breaks and what can't be seen escaped, cut where it is long."""
    line = escaped(text)
    return line if len(line) <= at_most else f"{line[:at_most]}…"


def _json_object(text: str) -> Mapping[str, object]:
    """Return the JSON object that ``text`` is, with or without a byte order mark.

    Raises ``FormatError`` for anything else; for what JSON doesn't know although Python reads it
    (NaN); for what no reader can be sure of (a key that is there twice, a number beyond what a
    computer's numbers hold: RFC 8259, sections 4 and 6); and for what is nested deeper than
    ``DEEPEST``.
    """
    import json  # where there is no file to read, it is not loaded at the start

    faults: list[_Fault] = []
    try:
        value: object = json.loads(
            text.removeprefix("\ufeff"),
            parse_constant=lambda name: _noted(faults, name),
            parse_float=lambda number: _decimal(number, faults),
            parse_int=lambda number: _whole(number, faults),
            object_pairs_hook=lambda pairs: _object(pairs, faults),
        )
    except json.JSONDecodeError as error:
        sentence = tr("this is not JSON: the mistake is at line {line}, column {column}.")
        raise FormatError(sentence.format(line=error.lineno, column=error.colno)) from error
    except RecursionError as error:
        raise _too_deep() from error
    if not isinstance(value, dict):
        kind = json_kind(0 if isinstance(value, _Fault) else value)
        sentence = tr("the file should hold an object, and holds {kind}.")
        raise FormatError(sentence.format(kind=kind))
    _check_depth(value)
    if faults:
        raise FormatError(_first_fault(value, ""))
    return value


class _Fault:
    """Stands in a tree for a value that JSON can't have, until its place is known."""

    def __init__(self, number: str | None) -> None:
        self.number = number
        """The number as it is written; None for a key that is there twice."""


def _noted(faults: list[_Fault], number: str | None) -> _Fault:
    faults.append(_Fault(number))
    return faults[-1]


def _decimal(text: str, faults: list[_Fault]) -> float | _Fault:
    number = float(text)
    is_zero = number == 0 and any(digit in "123456789" for digit in text.lower().partition("e")[0])
    return _noted(faults, text) if isinf(number) or is_zero else number


def _whole(text: str, faults: list[_Fault]) -> int | _Fault:
    # Python itself reads no more than 4,300 digits.
    return _noted(faults, text) if len(text) > _DIGITS_AT_MOST else int(text)


def _object(pairs: list[tuple[str, object]], faults: list[_Fault]) -> dict[str, object]:
    fields = dict(pairs)
    if len(fields) < len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                fields[key] = _noted(faults, None)
            seen.add(key)
    return fields


def _first_fault(value: object, path: str) -> str:
    """Return the sentence on the first value that JSON can't have; empty where there is none."""
    if isinstance(value, _Fault):
        return _fault_sentence(value, path)
    inner: Iterable[tuple[str, object]] = ()
    if isinstance(value, dict):
        inner = ((f"{path}.{key}" if path else key, entry) for key, entry in value.items())
    elif isinstance(value, list):
        inner = ((f"{path}[{index}]", entry) for index, entry in enumerate(value))
    sentences = (_first_fault(entry, place) for place, entry in inner)
    return next((sentence for sentence in sentences if sentence), "")


def _fault_sentence(fault: _Fault, path: str) -> str:
    place = on_one_line(path, _PLACE_AT_MOST)
    if fault.number is None:
        return tr("“{place}” is there twice, and should be there once.").format(place=place)
    shown = on_one_line(fault.number, _NUMBER_AT_MOST)
    sentence = tr("“{place}” should be a number that a program can hold, and is {number}.")
    return sentence.format(place=place, number=shown)


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


def json_kind(value: object) -> str:
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


@frozen
class JsonObject:
    """One object of a file, with its path from the top (``buckets[0].kms_key``)."""

    path: str
    fields: Mapping[str, object]

    def at(self, key: str) -> str:
        """Return the path of ``key`` in this object."""
        return f"{self.path}.{key}" if self.path else key

    def has(self, key: str) -> bool:
        """Tell whether ``key`` is there, be it null."""
        return key in self.fields

    def expect_format(self, name: str, version: int, at_least: int | None = None) -> None:
        """Check ``format`` and ``version``; raise ``FormatError`` where they differ.

        ``at_least`` is the oldest version that is read, where that is not ``version`` alone.
        """
        if not self.path and not self.has("format"):
            raise FormatError(tr("this is no file of this program, or “format” is missing in it."))
        written = self.text("format")
        if written != name:
            sentence = tr("“format” should be “{expected}”, and is “{found}”.")
            shown = on_one_line(written, _SHOWN_AT_MOST)
            raise FormatError(sentence.format(expected=name, found=shown))
        number = self._required("version")
        if isinstance(number, bool) or not isinstance(number, int):
            raise self._wrong("version", tr("a whole number"), number)
        if not (version if at_least is None else at_least) <= number <= version:
            sentence = tr(
                "this program reads version {expected} of this file, and this is {found}."
            ).format(expected=version, found=number)
            raise FormatError(f"{sentence} {tr(NEWEST)}", is_newer=number > version)

    def _required(self, key: str) -> object:
        if key not in self.fields:
            raise FormatError(tr("“{place}” is missing.").format(place=self.at(key)))
        return self.fields[key]

    def _wrong(self, key: str, expected: str, value: object) -> FormatError:
        sentence = tr("“{place}” should be {expected}, and is {found}.")
        return FormatError(
            sentence.format(place=self.at(key), expected=expected, found=json_kind(value))
        )

    def text(self, key: str) -> str:
        """Return the text at ``key``, which must be there."""
        value = self._required(key)
        if not isinstance(value, str):
            raise self._wrong(key, tr("text"), value)
        return value

    def optional_text(self, key: str) -> str | None:
        """Return the text at ``key``, or None where it is absent or null."""
        return None if self.fields.get(key) is None else self.text(key)

    def choice(self, key: str, allowed: tuple[str, ...]) -> str:
        """Return the text at ``key``, which must be one of ``allowed``."""
        value = self.text(key)
        if value not in allowed:
            sentence = tr("“{place}” should be one of {allowed}, and is “{found}”.")
            names, shown = row(allowed), on_one_line(value, _SHOWN_AT_MOST)
            raise FormatError(sentence.format(place=self.at(key), allowed=names, found=shown))
        return value

    def optional_choice(self, key: str, allowed: tuple[str, ...]) -> str | None:
        """Return the text at ``key``, one of ``allowed``; None where it is absent or null."""
        return None if self.fields.get(key) is None else self.choice(key, allowed)

    def truth(self, key: str, default: bool | None = None) -> bool:
        """Return true or false at ``key``; ``default`` where it is absent, if one is given."""
        value = self.fields.get(key, default) if default is not None else self._required(key)
        if not isinstance(value, bool):
            raise self._wrong(key, tr("true or false"), value)
        return value

    def optional_truth(self, key: str) -> bool:
        """Return true or false at ``key``; false where it is absent or null."""
        return self.fields.get(key) is not None and self.truth(key)

    def count(self, key: str, default: int = 0) -> int:
        """Return the whole number at ``key``, or ``default`` where it is absent or null."""
        value = self.fields.get(key)
        if value is None:
            return default
        if isinstance(value, bool) or not isinstance(value, int):
            raise self._wrong(key, tr("a whole number"), value)
        if abs(value) > _COUNT_AT_MOST:
            raise FormatError(_fault_sentence(_Fault(str(value)), self.at(key)))
        return value

    def moment(self, key: str) -> "datetime":
        """Return the UTC time at ``key``, written as ISO 8601."""
        value = self.text(key)
        from datetime import UTC, datetime

        try:
            moment = datetime.fromisoformat(value)
            return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
        except (ValueError, OverflowError):  # overflow: the first or last day of all, elsewhere
            sentence = tr("“{place}” should be a time such as 2026-11-23T01:02:03Z.")
            raise FormatError(sentence.format(place=self.at(key))) from None

    def place(self, key: str) -> "JsonObject":
        """Return the object at ``key``, which must be there."""
        value = self._required(key)
        if not isinstance(value, dict):
            raise self._wrong(key, tr("an object"), value)
        return JsonObject(self.at(key), value)

    def optional_place(self, key: str) -> "JsonObject | None":
        """Return the object at ``key``, or None where it is absent or null."""
        return None if self.fields.get(key) is None else self.place(key)

    def document(self, key: str) -> Mapping[str, object] | None:
        """Return the policy at ``key``, an object; None where it is absent or null."""
        place = self.optional_place(key)
        return place.fields if place else None

    def json(self, key: str) -> object:
        """Return whatever JSON stands at ``key``; None where it is absent."""
        return self.fields.get(key)

    def items(self, key: str, *, required: bool = False) -> "Iterator[JsonObject]":
        """Yield the objects of the list at ``key``; none where it is absent or null."""
        for index, value in enumerate(self._list(key, required=required)):
            if not isinstance(value, dict):
                raise self._wrong(f"{key}[{index}]", tr("an object"), value)
            yield JsonObject(f"{self.at(key)}[{index}]", value)

    def texts(self, key: str) -> tuple[str, ...]:
        """Return the list of texts at ``key``; empty where it is absent or null."""
        values = self._list(key, required=False)
        for index, value in enumerate(values):
            if not isinstance(value, str):
                raise self._wrong(f"{key}[{index}]", tr("text"), value)
        return tuple(str(value) for value in values)

    def _list(self, key: str, *, required: bool) -> list[object]:
        value = self._required(key) if required else self.fields.get(key)
        if value is None and not required:
            return []
        if not isinstance(value, list):
            raise self._wrong(key, tr("a list"), value)
        return value
