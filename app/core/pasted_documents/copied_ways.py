"""What editors, mail programs, web pages and APIs do to a document, and how it is undone.

Sources: IAM API Reference (documents come "URL-encoded compliant with RFC 3986"); S3 and KMS API
Reference, GetBucketPolicy and GetKeyPolicy (a policy is a JSON string); what is put around lines is
from public reports.
"""

import re
from collections.abc import Callable
from enum import StrEnum
from typing import Final

from app.core.frozen import frozen


class CopiedWay(StrEnum):
    """How a text was copied."""

    LINE_NUMBERS = "line-numbers"
    DIFF = "diff"
    QUOTED_LINES = "quoted-lines"
    """``>`` or ``|`` before each line."""
    HTML = "html"
    URL = "url"
    ESCAPED = "escaped"
    """A JSON string without its quotation marks: ``{\\"Version\\": …``."""


_NUMBERED: Final = re.compile(
    r"^[ \t]*([0-9]{1,5})(?:[ \t]*[|:.)│][ \t]?|[ \t]+|(?=[{}\[\]\"“])|$)"
)
_MARKED: Final = re.compile(r"^[ \t]*(?:[>|│][ \t]?)+")
_DIFF_HEAD: Final = re.compile(r"^(?:@@ .*|diff --git .*|index [0-9a-f]+\.\..*|(?:---|\+\+\+) .*)$")
_ENTITY: Final = re.compile(r"&(?:amp;)*(?:quot|#0*34|#x22|ldquo|rdquo|apos|#0*39|nbsp);", re.I)
_BREAK: Final = re.compile(r"<br\s*/?>", re.I)
_TAG: Final = re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>", re.I)
_ENCODED: Final = re.compile(r"%7[bB](?:[\w.~!*'();:@&=+$,/?\[\]-]|%[0-9A-Fa-f]{2})*")
_ESCAPED: Final = re.compile(r"[{\[][^\"“”\n\\]{0,200}\\+[nrtu\"“”]")
_ESCAPE: Final = re.compile(r"\\(?:u([0-9a-fA-F]{4})|([\\\"nrt/“”„'‘’]))")
_OPENING: Final = re.compile(r"(?<!\\)\"(?=[{\[](?:\\+[nrt]|\s)*\\+[\"nrtu])")
_CLOSING: Final = re.compile(r"(?<=[}\]])\"(?=\s*(?:[,}\]]|\Z))")
"""The quotation marks around a string that holds a document: those inside have backslashes."""

_LEAST: Final = 0xA0
_ROUNDS: Final = 3


@frozen
class _Undoing:
    way: CopiedWay
    undone: Callable[[str], str]
    """Returns the text as it was before; the same where it was not copied so."""


def undone_ways(text: str) -> list[tuple[CopiedWay, str]]:
    """Return each way in which ``text`` may have been copied, with what it was before."""
    undone = [(undoing.way, undoing.undone(text)) for undoing in _UNDOINGS]
    return [(way, before) for way, before in undone if before != text]


def _without_numbers(text: str) -> str:
    """Return the text without line numbers, each line in its place."""
    lines = text.split("\n")
    numbered = [(index, match) for index, line in enumerate(lines) if (match := _number(line))]
    counted = _counted([(index, int(match[1])) for index, match in numbered])
    if len(counted) < 3:
        return text
    for index, match in numbered:
        if index in counted:
            lines[index] = lines[index][match.end() :]
    return "\n".join(lines)


def _number(line: str) -> re.Match[str] | None:
    return _NUMBERED.match(line)


def _counted(numbers: list[tuple[int, int]]) -> set[int]:
    """Return the places of numbers that count up by one, whatever lines lie between."""
    runs: list[list[tuple[int, int]]] = []
    for index, number in numbers:
        if runs and number == runs[-1][-1][1] + 1:
            runs[-1].append((index, number))
        else:
            runs.append([(index, number)])
    return {index for run in runs if len(run) >= 3 for index, _ in run}


def _after_diff(text: str) -> str:
    """Return the text as it is after a diff: its new lines, and those that stay."""
    lines = text.split("\n")
    if not any(line.startswith(("+", "@@ ")) for line in lines):
        return text
    return "\n".join(_after(line) for line in lines)


def _after(line: str) -> str:
    if _DIFF_HEAD.match(line) or line.startswith("-"):
        return ""
    return line[1:] if line.startswith(("+", " ")) else line


def _without_marks(text: str) -> str:
    lines = text.split("\n")
    marked = sum(bool(_MARKED.match(line)) for line in lines)
    if marked < 2 or marked * 2 < sum(bool(line.strip()) for line in lines):
        return text
    return "\n".join(_MARKED.sub("", line) for line in lines)


def _without_entities(text: str) -> str:
    if not _ENTITY.search(text):
        return text
    from html import unescape

    text = _TAG.sub("", _BREAK.sub("\n", text))
    for _ in range(_ROUNDS):
        text = unescape(text)
    return text


def _decoded(text: str) -> str:
    if not _ENCODED.search(text):
        return text
    return _ENCODED.sub(lambda part: url_decoded(part[0]), text)


def url_decoded(text: str) -> str:
    """Return a URL-encoded document as it was: a ``+`` of it is a plus, or a space as in forms."""
    from urllib.parse import unquote

    # A plus that is meant is encoded by AWS, as is a space; only forms write a space as a plus.
    return unquote(text.replace("+", "%20") if "%20" not in text else text)


def _unescaped(text: str) -> str:
    if not _ESCAPED.search(text):
        return text
    return _ESCAPE.sub(_character, _CLOSING.sub("", _OPENING.sub("", text)))


def _character(escape: re.Match[str]) -> str:
    number, sign = escape.groups()
    if number:
        code = int(number, 16)
        # Signs of JSON's own, and halves of a character, are left to whoever reads the JSON.
        is_plain = code >= _LEAST and not 0xD800 <= code < 0xE000
        return chr(code) if is_plain else escape[0]
    return {"n": "\n", "r": "\n", "t": " "}.get(sign, sign)


_UNDOINGS: Final = (
    _Undoing(CopiedWay.LINE_NUMBERS, _without_numbers),
    _Undoing(CopiedWay.QUOTED_LINES, _without_marks),
    _Undoing(CopiedWay.DIFF, _after_diff),
    _Undoing(CopiedWay.HTML, _without_entities),
    _Undoing(CopiedWay.URL, _decoded),
    _Undoing(CopiedWay.ESCAPED, _unescaped),
)
