"""JSON as people copy and write it: read all the same, and everything that was passed over named.

AWS's own editors refuse what is forgiven here ("This policy contains the following JSON error",
IAM; "Policy has invalid JSON", S3). Nothing inside of a text is changed but a line break, which
JSON does not allow there: an invisible character in an External ID may well be the fault that is
looked for. What may have been left out ("…", the end) is never guessed.
"""

import json
import re
from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import Final

from app.core.frozen import frozen
from app.core.pasted.cleaning import StrayCharacter, stray_kind


class Slip(StrEnum):
    """What was passed over."""

    COMMENT = "comment"
    EXTRA_COMMA = "extra-comma"
    NO_COMMA = "no-comma"
    CURLY_QUOTES = "curly-quotes"
    SINGLE_QUOTES = "single-quotes"
    BARE_NAME = "bare-name"
    PYTHON_WORD = "python-word"
    """``True``, ``False`` or ``None``."""
    ODD_SPACES = "odd-spaces"
    INVISIBLE = "invisible"
    LINE_BREAK = "line-break"
    """Within a text."""
    BACKSLASH = "backslash"
    NAME_TWICE = "name-twice"


class JsonFault(StrEnum):
    """Why a text is no JSON."""

    CUT_SHORT = "cut-short"
    LEFT_OUT = "left-out"
    """Somebody wrote dots in the place of a part."""
    QUOTE = "quote"
    """A quotation mark is missing."""
    UNEXPECTED = "unexpected"
    TOO_DEEP = "too-deep"


@frozen
class Forgiven:
    """A thing that was passed over: the first place of it, and how often.

    ``line`` counts from 1 in the text that was read. ``near`` is the name or value before it.
    """

    slip: Slip
    line: int
    near: str
    count: int = 1


@frozen
class Read:
    """A value, where it ends in the text, and what was passed over to read it."""

    value: object
    end: int
    forgiven: tuple[Forgiven, ...] = ()


@frozen
class Broken:
    """Why there is no value, and in which ``line``. ``end`` is how far the text was read."""

    reason: JsonFault
    end: int
    line: int
    near: str


DEEPEST: Final = 40
"""Levels: a policy inside of an answer of AWS's has about ten."""

_MOST_BREAKS: Final = 8
"""Line breaks in one text: one that goes on for longer lacks its end."""

_DOUBLE: Final = "“”„‟″＂«»"
_SINGLE: Final = "'‘’‚‛′`´"
_QUOTES: Final = f'"{_DOUBLE}{_SINGLE}'
_WHITE: Final = re.compile(r"[ \t\r\n]+")
_FENCE: Final = re.compile(r"`{3}[\w.-]*")
_ESCAPED_SIGN: Final = re.compile(r"\\(?=[\[\]{}:,\"“”])")
"""A sign of JSON's that Markdown has a backslash before."""

_COMMENT: Final = re.compile(r"//[^\n]*|#[^\n]*|/\*[\s\S]*?(?:\*/|\Z)|<[-=]+[^\n]*|<!--[\s\S]*?-->")
_DOTS: Final = re.compile(r"\.{2,}|…")
_NUMBER: Final = re.compile(r"-?(?:0|[1-9][0-9]{0,300})(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,3})?\b")
_NAME: Final = re.compile(r"[A-Za-z_$][\w$]*(?=\s*:)")
_WORDS: Final[dict[str, object]] = {"true": True, "false": False, "null": None}
_WORD: Final = re.compile(r"true|false|null|True|False|None|TRUE|FALSE|NULL")
_AFTER_TEXT: Final = re.compile(r"\s*(?:[:,}\]]|\Z)")
_ESCAPES: Final = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}
_AS_IS: Final = '"\\/'
_HEX: Final = re.compile(r"[0-9a-fA-F]{4}")
_NEAR: Final = 60


class _BrokenError(Exception):
    """Carries what is wrong to ``read_json``."""

    def __init__(self, reason: JsonFault, at: int) -> None:
        super().__init__(reason)
        self.reason, self.at = reason, at


def read_json(text: str, start: int) -> Read | Broken:
    """Return the object or list of ``text`` that begins at ``start``, or why there is none."""
    twice: list[str] = []

    def pairs(items: list[tuple[str, object]]) -> dict[str, object]:
        found = dict(items)
        if len(found) < len(items):
            names = [name for name, _ in items]
            twice.extend(name for name in found if names.count(name) > 1)
        return found

    try:
        value, end = json.JSONDecoder(object_pairs_hook=pairs).raw_decode(text, start)
    except (ValueError, RecursionError):
        return _Reader(text, start).read()
    line = text.count("\n", 0, start) + 1
    said = tuple(Forgiven(Slip.NAME_TWICE, line, name) for name in dict.fromkeys(twice))
    return Read(value, end, said)


class _Reader:
    """Reads one value, leniently."""

    def __init__(self, text: str, start: int) -> None:
        self._text, self._at = text, start
        self._near = ""
        self._on_new_line = False
        self._slips: dict[Slip, Forgiven] = {}
        self._broken_text: int | None = None
        """Where the last text began, if it has a line break in it."""

    def read(self) -> Read | Broken:
        try:
            value = self._value(0)
        except _BrokenError as error:
            return Broken(error.reason, self._at, self._line(error.at), self._near)
        return Read(value, self._at, tuple(self._slips.values()))

    def _line(self, at: int) -> int:
        return self._text.count("\n", 0, at) + 1

    def _slip(self, slip: Slip, at: int | None = None, near: str | None = None) -> None:
        known = self._slips.get(slip)
        if known is None:
            place = self._at if at is None else at
            said = self._near if near is None else near
            self._slips[slip] = Forgiven(slip, self._line(place), said)
        else:
            self._slips[slip] = Forgiven(slip, known.line, known.near, known.count + 1)

    def _unexpected(self) -> _BrokenError:
        if self._at >= len(self._text):
            return _BrokenError(JsonFault.CUT_SHORT, self._at)
        if _DOTS.match(self._text, self._at):
            return _BrokenError(JsonFault.LEFT_OUT, self._at)
        if self._broken_text is not None:
            return _BrokenError(JsonFault.QUOTE, self._broken_text)
        return _BrokenError(JsonFault.UNEXPECTED, self._at)

    def _peek(self) -> str:
        """Return the next character that counts, "" at the end."""
        self._on_new_line = False
        while self._at < len(self._text):
            if white := _WHITE.match(self._text, self._at):
                self._on_new_line |= "\n" in white[0]
                self._at = white.end()
            elif fence := _FENCE.match(self._text, self._at):
                self._at = fence.end()
            elif _ESCAPED_SIGN.match(self._text, self._at):
                self._slip(Slip.BACKSLASH)
                self._at += 1
            elif comment := _COMMENT.match(self._text, self._at):
                self._slip(Slip.COMMENT)
                self._at = comment.end()
            elif kind := stray_kind(self._text[self._at]):
                odd = kind is StrayCharacter.INVISIBLE
                self._slip(Slip.INVISIBLE if odd else Slip.ODD_SPACES)
                self._at += 1
            else:
                return self._text[self._at]
        return ""

    def _value(self, depth: int) -> object:
        if depth > DEEPEST:
            raise _BrokenError(JsonFault.TOO_DEEP, self._at)
        first = self._peek()
        if first == "{":
            return self._object(depth)
        if first == "[":
            return self._list(depth)
        if first and first in _QUOTES:
            return self._string()
        return self._bare()

    def _bare(self) -> object:
        if number := _NUMBER.match(self._text, self._at):
            self._at = number.end()
            return json.loads(number[0])
        word = _WORD.match(self._text, self._at)
        if word is None:
            raise self._unexpected()
        if word[0] not in _WORDS:
            self._slip(Slip.PYTHON_WORD, near=word[0])
        self._at = word.end()
        return _WORDS["null" if word[0] == "None" else word[0].lower()]

    def _object(self, depth: int) -> dict[str, object]:
        found: dict[str, object] = {}
        for _ in self._parts("}"):
            name = self._name()
            if self._peek() != ":":
                raise self._unexpected()
            self._at += 1
            if name in found:
                self._slip(Slip.NAME_TWICE, near=name)
            found[name] = self._value(depth + 1)
        return found

    def _list(self, depth: int) -> list[object]:
        return [self._value(depth + 1) for _ in self._parts("]")]

    def _parts(self, closing: str) -> Iterator[None]:
        """Yield where a part of an object or a list is to be read, and go past its end."""
        self._at += 1
        while True:
            while self._peek() == ",":  # one before the first part, or a second one
                self._slip(Slip.EXTRA_COMMA)
                self._at += 1
            if self._peek() == closing:
                break
            yield
            following = self._peek()
            if following == ",":
                comma = self._at
                self._at += 1
                if self._peek() == closing:
                    self._slip(Slip.EXTRA_COMMA, comma)
            elif following != closing:
                self._expect_part(following, closing)
        self._at += 1

    def _expect_part(self, first: str, closing: str) -> None:
        """Pass over a comma that is missing, where another part begins on a line of its own."""
        begins = first in _QUOTES if closing == "}" else first in "{" + _QUOTES
        if not first or not begins or not self._on_new_line or self._broken_text is not None:
            raise self._unexpected()
        self._slip(Slip.NO_COMMA)

    def _name(self) -> str:
        first = self._peek()
        if first and first in _QUOTES:
            name = self._string()
        elif bare := _NAME.match(self._text, self._at):
            self._slip(Slip.BARE_NAME, near=bare[0])
            name, self._at = bare[0], bare.end()
        else:
            raise self._unexpected()
        return name

    def _string(self) -> str:
        start, opening = self._at, self._text[self._at]
        self._at += 1
        pieces: list[str] = []
        breaks = 0
        closes = _closing(opening)
        while not closes(self._text, self._at):
            if self._at >= len(self._text):
                raise _BrokenError(JsonFault.QUOTE if breaks else JsonFault.CUT_SHORT, start)
            char = self._text[self._at]
            if char == "\\":
                pieces.append(self._escape())
            elif char in "\r\n":
                breaks += 1
                if breaks > _MOST_BREAKS:
                    raise _BrokenError(JsonFault.QUOTE, start)
                white = _WHITE.match(self._text, self._at)
                self._at = white.end() if white else self._at + 1
            else:
                pieces.append(char)
                self._at += 1
        self._say_quotes(start, opening)
        self._at += 1
        found = "".join(pieces)
        self._broken_text = start if breaks else None
        if breaks:
            self._slip(Slip.LINE_BREAK, start, found[:_NEAR])
        self._near = found[:_NEAR]
        return found

    def _say_quotes(self, start: int, opening: str) -> None:
        ends = {opening, self._text[self._at]}
        if ends & set(_SINGLE):
            self._slip(Slip.CURLY_QUOTES if ends - {"'"} else Slip.SINGLE_QUOTES, start)
        elif ends - {'"'}:
            self._slip(Slip.CURLY_QUOTES, start)

    def _escape(self) -> str:
        at = self._at
        code = self._text[at + 1 : at + 2]
        if code == "u" and (digits := _HEX.match(self._text, at + 2)):
            self._at = digits.end()
            return self._beyond(int(digits[0], 16))
        self._at = at + 2
        if code in _ESCAPES:
            return _ESCAPES[code]
        if code and code not in _AS_IS:
            self._slip(Slip.BACKSLASH, at)
        return code

    def _beyond(self, number: int) -> str:
        """Return the character of a number, put together of two where JSON writes it as two."""
        low = self._text[self._at : self._at + 6]
        if 0xD800 <= number < 0xDC00 and low[:2] == "\\u" and _HEX.match(low, 2):
            second = int(low[2:], 16)
            if 0xDC00 <= second < 0xE000:
                self._at += 6
                return chr(0x10000 + ((number - 0xD800) << 10) + second - 0xDC00)
        return chr(number)


def _closing(opening: str) -> Callable[[str, int], bool]:
    """Return what tells whether a text that ``opening`` began ends at a place.

    A mark of another kind ends it too where a mail program exchanged one of the two: it has to
    stand where a text can end.
    """
    if opening in _DOUBLE:
        surely, perhaps = _DOUBLE + '"', ""
    elif opening == '"':
        surely, perhaps = '"', _DOUBLE
    else:
        surely, perhaps = ("'", "‘’‛´") if opening == "'" else (_SINGLE, "")

    def closes(text: str, at: int) -> bool:
        char = text[at : at + 1]
        if not char or char in surely:
            return bool(char)
        return char in perhaps and _AFTER_TEXT.match(text, at + 1) is not None

    return closes
