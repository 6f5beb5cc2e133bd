"""A settings file taken apart into sections and settings, each with the line where it stands.

As Python's ``RawConfigParser`` does it, which botocore uses: deeper indented lines go on with the
value before, names count in small letters, only whole lines are comments. But nothing is raised:
what the parser would stop at is kept as an odd line.
"""

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Final

from app.core.frozen import frozen

_HEADER: Final = re.compile(r"\[(.+)\]")
_SETTING: Final = re.compile(r"(.*?)\s*[=:]\s*(.*)$")


class OddKind(StrEnum):
    """Why the AWS tools read nothing of a file that holds such a line."""

    BEFORE_HEADER = "before-header"
    NO_SETTING = "no-setting"
    TWICE_SECTION = "twice-section"
    TWICE_SETTING = "twice-setting"
    NESTED = "nested"
    """An indented line under an empty setting, without ``=``."""


@frozen
class OddLine:
    """A line that stops the AWS tools. ``name`` is that of the section or setting, if any."""

    kind: OddKind
    line: int
    text: str
    name: str = ""


@frozen
class Setting:
    """One setting. ``value`` is what botocore reads; ``further`` are the lines that go on with it.

    ``written`` is the name with its capital letters.
    """

    name: str
    value: str
    line: int
    written: str
    further: tuple[tuple[int, str], ...] = ()


@frozen
class Section:
    """A section: what stands in its brackets, and its settings, by name.

    ``crowded`` tells that more stands in the line behind the brackets, which nobody reads.
    """

    name: str
    line: int
    settings: tuple[Setting, ...] = ()
    crowded: bool = False

    def setting(self, name: str) -> Setting | None:
        """Return the setting ``name`` (small letters); None where there is none."""
        return next((setting for setting in self.settings if setting.name == name), None)


@frozen
class ParsedText:
    """Sections in the file's order, a repeated one put together with the first; odd lines."""

    sections: tuple[Section, ...] = ()
    odd: tuple[OddLine, ...] = ()


def parse(text: str) -> ParsedText:
    """Take ``text`` apart. Never raises."""
    parsing = _Parsing()
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text), start=1):
        parsing.take(number, line)
    return parsing.result()


class _Building:
    """A setting while its lines are read."""

    def __init__(self, written: str, value: str, line: int) -> None:
        self.written = written
        self.values = [value]
        self.line = line
        self.further: list[tuple[int, str]] = []

    def setting(self) -> Setting:
        value = "\n".join(self.values).rstrip()
        return Setting(self.written.lower(), value, self.line, self.written, tuple(self.further))


class _Parsing:
    def __init__(self) -> None:
        self._sections: dict[str, tuple[int, list[_Building]]] = {}
        self._crowded: set[str] = set()
        self._odd: list[OddLine] = []
        self._settings: list[_Building] | None = None
        self._current: _Building | None = None
        self._indent = 0

    def take(self, number: int, line: str) -> None:
        text = line.strip()
        if not text:
            if self._current is not None:
                self._current.values.append("")
            return
        if text[0] in "#;":
            return
        indent = len(line) - len(line.lstrip())
        if self._current is not None and indent > self._indent:
            self._current.values.append(text)
            self._current.further.append((number, text))
            return
        self._indent = indent
        header = _HEADER.match(text)
        if header:
            self._begin(header[1], number, text)
            if text[header.end() :].strip()[:1] not in ("", "#", ";"):
                self._crowded.add(header[1])
        else:
            self._set(number, text)

    def _begin(self, name: str, number: int, text: str) -> None:
        if name in self._sections and name != "DEFAULT":
            self._odd.append(OddLine(OddKind.TWICE_SECTION, number, text, name))
        self._settings = self._sections.setdefault(name, (number, []))[1]
        self._current = None

    def _set(self, number: int, text: str) -> None:
        if self._settings is None:
            self._odd.append(OddLine(OddKind.BEFORE_HEADER, number, text))
            return
        setting = _SETTING.match(text)
        if setting is None or not setting[1]:
            self._odd.append(OddLine(OddKind.NO_SETTING, number, text))
            return
        written = setting[1].rstrip()
        if any(other.written.lower() == written.lower() for other in self._settings):
            self._odd.append(OddLine(OddKind.TWICE_SETTING, number, text, written.lower()))
        self._current = _Building(written, setting[2].strip(), number)
        self._settings.append(self._current)

    def result(self) -> ParsedText:
        sections = tuple(
            Section(name, line, tuple(b.setting() for b in settings), name in self._crowded)
            for name, (line, settings) in self._sections.items()
        )
        odd = [*self._odd, *_nested(sections)]
        return ParsedText(sections, tuple(sorted(odd, key=lambda line: line.line)))


def _nested(sections: tuple[Section, ...]) -> Iterator[OddLine]:
    """Yield the lines under an empty setting that set nothing (botocore's ``_parse_nested``)."""
    for section in sections:
        for setting in section.settings:
            if setting.value.startswith("\n"):
                for number, text in setting.further:
                    if "=" not in text:
                        yield OddLine(OddKind.NESTED, number, text, setting.name)
