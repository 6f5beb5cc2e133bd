"""Reading the JSON files that formats.md describes, place by place.

A file that is not as the format says gives one ``InputProblem`` that names the file, the place
in it and what was expected. Keys that this version doesn't know are ignored.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Final, TypeVar

from app.core.formats.json_object import FormatError, json_object, kind_of
from app.core.frozen import frozen
from app.core.i18n import tr

__all__ = ["FormatError", "InputProblem", "JsonObject", "kind_of", "on_one_line", "read_file"]

T = TypeVar("T")

_FOUND_AT_MOST: Final = 80
_SENTENCE_AT_MOST: Final = 1000


@frozen
class InputProblem:
    """Why a file can't be used: ``source`` names the file, ``text`` is the whole sentence."""

    source: str
    text: str


def read_file(text: str, source: str, read: Callable[["JsonObject"], T]) -> T | InputProblem:
    """Parse ``text`` as a JSON object and give it to ``read``.

    ``source`` is the file's name, for the sentence. Returns what ``read`` makes of the object,
    or the problem that stopped it.
    """
    try:
        return read(JsonObject("", json_object(text)))
    except FormatError as error:
        return InputProblem(source, on_one_line(f"{source}: {error.sentence}"))


def on_one_line(text: str, at_most: int = _SENTENCE_AT_MOST) -> str:
    """Return ``text`` without line breaks and unprintable characters, cut where it is long."""
    line = "".join(char if char.isprintable() else " " for char in text)
    return line if len(line) <= at_most else f"{line[:at_most]}…"


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

    def expect_format(self, name: str, version: int) -> None:
        """Check ``format`` and ``version``; raise ``FormatError`` where they differ."""
        found = self.text("format")
        if found != name:
            sentence = tr("“format” should be “{expected}”, and is “{found}”.")
            found = on_one_line(found, _FOUND_AT_MOST)
            raise FormatError(sentence.format(expected=name, found=found))
        number = self._required("version")
        if isinstance(number, bool) or not isinstance(number, int):
            raise self._wrong("version", tr("a whole number"), number)
        if number != version:
            sentence = tr(
                "this program reads version {expected} of this file, and this is {found}."
            )
            raise FormatError(sentence.format(expected=version, found=number))

    def _required(self, key: str) -> object:
        if key not in self.fields:
            raise FormatError(tr("“{place}” is missing.").format(place=self.at(key)))
        return self.fields[key]

    def _wrong(self, key: str, expected: str, found: object) -> FormatError:
        sentence = tr("“{place}” should be {expected}, and is {found}.")
        return FormatError(
            sentence.format(place=self.at(key), expected=expected, found=kind_of(found))
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
            names, found = ", ".join(allowed), on_one_line(value, _FOUND_AT_MOST)
            raise FormatError(sentence.format(place=self.at(key), allowed=names, found=found))
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
        return value

    def moment(self, key: str) -> datetime:
        """Return the UTC time at ``key``, written as ISO 8601."""
        value = self.text(key)
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
