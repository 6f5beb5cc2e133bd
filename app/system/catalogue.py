"""A compiled catalogue of gettext, read where a word is asked for.

``gettext.GNUTranslations`` decodes every message at the start: 4 ms for ours, before anything is
shown, and the first page asks for a hundred of three thousand. The file is sorted, so that a word
is found by halving.

Spaces that don't break are plain ones here: wherever text is shown or printed, what looks like a
space and is none is told by its name (``app.core.wording.characters``), and ours are not meant.

Source: GNU gettext manual, "The Format of GNU MO Files"; "Plural forms".
"""

import struct
from collections.abc import Callable, Mapping
from typing import Final

_MAGIC: Final = 0x950412DE
_SPACES: Final = {0xA0: " ", 0x202F: " "}
_HEAD: Final = struct.Struct("<7I")
_PLACE: Final = struct.Struct("<2I")
"""Length and offset of a text."""


class BrokenCatalogueError(ValueError):
    """The file is no catalogue, or only a part of one."""


class CompiledCatalogue:
    """The messages of one language. What it lacks stays as it is asked for."""

    def __init__(self, content: bytes) -> None:
        """Take the ``content`` of a ``.mo`` file, as ``msgfmt`` and Babel write it.

        Raises BrokenCatalogueError where that is none, or was cut off.
        """
        if len(content) < _HEAD.size:
            raise BrokenCatalogueError("too short")
        magic, version, self._count, self._ids, self._texts, _, _ = _HEAD.unpack_from(content)
        if magic != _MAGIC or version >> 16 > 1 or not self._count:
            raise BrokenCatalogueError("another kind of file")
        self._content = content
        self._found: dict[str, list[str] | None] = {}
        self._form: Callable[[int], int] | None = None
        for table in (self._ids, self._texts):
            if table + self._count * _PLACE.size > len(content):
                raise BrokenCatalogueError("cut off in a table")
            length, offset = self._place(table, self._count - 1)
            if offset + length > len(content):
                raise BrokenCatalogueError("cut off")
        self._info = _head(self._bytes(self._texts, 0))

    def gettext(self, message: str) -> str:
        """Return ``message`` in this language."""
        forms = self._forms(message)
        return forms[0] if forms else message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Return the form of a message for ``n``."""
        forms = self._forms(f"{msgid1}\0{msgid2}")
        if forms:
            which = self._which(n)
            if which < len(forms):
                return forms[which]
        return msgid1 if n == 1 else msgid2

    def info(self) -> Mapping[str, str]:
        """Return the lines of the catalogue's head, by their names in lower case."""
        return self._info

    def _which(self, count: int) -> int:
        if self._form is None:
            from gettext import c2py  # takes its time to load, and few words have forms

            rule = self._info.get("plural-forms", "").partition("plural=")[2].rstrip("; ")
            self._form = c2py(rule or "n != 1")
        return self._form(count)

    def _forms(self, message: str) -> list[str] | None:
        if message not in self._found:
            text = self._text(message.encode())
            self._found[message] = None if text is None else _plain(text.decode()).split("\0")
        return self._found[message]

    def _text(self, wanted: bytes) -> bytes | None:
        low, high = 0, self._count
        while low < high:
            middle = (low + high) // 2
            present = self._bytes(self._ids, middle)
            if present == wanted:
                return self._bytes(self._texts, middle)
            if present < wanted:
                low = middle + 1
            else:
                high = middle
        return None

    def _bytes(self, table: int, number: int) -> bytes:
        length, offset = self._place(table, number)
        return self._content[offset : offset + length]

    def _place(self, table: int, number: int) -> tuple[int, int]:
        length, offset = _PLACE.unpack_from(self._content, table + number * _PLACE.size)
        return length, offset


def _plain(text: str) -> str:
    return text.translate(_SPACES)


def _head(text: bytes) -> dict[str, str]:
    lines = (line.partition(":") for line in text.decode().splitlines())
    return {name.strip().lower(): value.strip() for name, colon, value in lines if colon}
