"""Patterns with ``*`` (any run of characters) and ``?`` (exactly one character).

No regular expressions: the work is at worst the product of the two lengths, whatever the
pattern (``wildcards`` divides that further). A text known only in part gives a three-valued
answer. Source: AWS "IAM JSON policy elements: Resource", "Using wildcards in resource ARNs" (``*``
crosses slashes and colons), and "IAM JSON policy elements: Condition operators".
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Final, NamedTuple

from app.core.iam.beginnings import Marks
from app.core.iam.context import PartText, Text
from app.core.iam.truth import Truth
from app.core.iam.wildcards import Wild, automaton, can_match, must_match

_WILDS: Final = {wild.value: wild for wild in Wild}


class Glob(NamedTuple):
    """A pattern: runs of literal text and wildcards, in order."""

    tokens: tuple[str | Wild, ...]

    @classmethod
    def of(cls, text: str) -> "Glob":
        """Return the pattern in ``text``, where ``*`` and ``?`` are wildcards."""
        tokens: list[str | Wild] = []
        start = 0
        for at, char in enumerate(text):
            if char in _WILDS:
                tokens += [text[start:at], _WILDS[char]]
                start = at + 1
        tokens.append(text[start:])
        return cls(tuple(token for token in tokens if token != ""))

    @classmethod
    def literal(cls, text: str) -> "Glob":
        """Return the pattern that matches ``text`` alone, ``*`` and ``?`` included."""
        return cls((text,) if text else ())

    @classmethod
    def joined(cls, globs: Iterable["Glob"]) -> "Glob":
        """Return the pattern of ``globs`` one after the other."""
        return cls(tuple(token for glob in globs for token in glob.tokens))

    @property
    def steps(self) -> int:
        """About how much work it is to compare it: see ``work``."""
        return 1 + len(self.tokens)

    @property
    def plain(self) -> str | None:
        """The one text that matches, or None where there is a wildcard."""
        return (
            None
            if any(isinstance(t, Wild) for t in self.tokens)
            else "".join(map(str, self.tokens))
        )

    def lowered(self) -> "Glob":
        """Return the pattern with its literal text in lower case."""
        return Glob(tuple(t.lower() if isinstance(t, str) else t for t in self.tokens))

    def match(self, text: Text) -> Truth:
        """Return whether ``text`` matches, or UNKNOWN where that hangs on its unknown part."""
        if isinstance(text, str):
            return Truth.of(_matches(self.tokens, text))
        if text.excluded and self.plain in text.excluded:
            return Truth.FALSE
        rests = _behind_common_start(self.tokens, text)
        if rests is None:
            return Truth.FALSE
        tokens, text = rests
        if not _names_known_text(tokens, text):
            return Truth.FALSE
        pattern = automaton(tokens)
        if not can_match(pattern, text):
            return Truth.FALSE
        return Truth.TRUE if must_match(pattern, text) else Truth.UNKNOWN

    @property
    def marks(self) -> Marks:
        """What everything that matches begins with, and the longest text that it holds further."""
        literals = [token if isinstance(token, str) else "" for token in self.tokens or ("",)]
        return Marks(literals[0], max(literals[1:], key=len, default=""))

    def components(self) -> tuple["Glob", ...] | None:
        """Return the six colon-separated components of an ARN pattern, or None if fewer."""
        parts: list[list[str | Wild]] = [[]]
        for token in self.tokens:
            if isinstance(token, Wild):
                parts[-1].append(token)
                continue
            first, *others = token.split(":", 6 - len(parts))
            parts[-1].append(first)
            parts += [[other] for other in others]
        if len(parts) != 6:
            return None
        return tuple(Glob(tuple(t for t in part if t != "")) for part in parts)


def lowered(text: Text) -> Text:
    """Return ``text`` with its known part in lower case."""
    if isinstance(text, str):
        return text.lower()
    return PartText(tuple(p.lower() if isinstance(p, str) else p for p in text.parts))


def arn_components(text: Text) -> tuple[Text, ...] | None:
    """Return the six components of an ARN, or None where they can't be told apart."""
    if isinstance(text, str):
        components = text.split(":", 5)
        return tuple(components) if len(components) == 6 else None
    if not text.parts or not isinstance(text.parts[0], str):
        return None
    *first_five, rest = text.parts[0].split(":", 5)
    if len(first_five) != 5:
        return None
    return (*first_five, PartText((rest, *text.parts[1:]) if rest else text.parts[1:]))


def _behind_common_start(
    tokens: tuple[str | Wild, ...], text: PartText
) -> tuple[tuple[str | Wild, ...], PartText] | None:
    """Return what is left of both behind the literal text that they begin with in common.

    None where they differ there: character by character would find no more than that.
    """
    if not tokens or not text.parts:
        return tokens, text
    literal, known_start = tokens[0], text.parts[0]
    if not isinstance(literal, str) or not isinstance(known_start, str):
        return tokens, text
    common = min(len(literal), len(known_start))
    if literal[:common] != known_start[:common]:
        return None
    return (literal[common:], *tokens[1:]), PartText((known_start[common:], *text.parts[1:]))


def _names_known_text(tokens: tuple[str | Wild, ...], text: PartText) -> bool:
    """Tell whether each literal run stands in a part of the text that is known, or may elsewhere.

    Most patterns are ruled out by this alone, which is far quicker than to read them.
    """
    known_runs = text.known_runs
    if known_runs is None:
        return True
    literals = (token for token in tokens if isinstance(token, str))
    return all(any(literal in run for run in known_runs) for literal in literals)


class _Piece(NamedTuple):
    """What stands between two ``*``: literal runs at fixed offsets, and a length."""

    length: int
    runs: tuple[tuple[int, str], ...]

    def fits(self, text: str, at: int) -> bool:
        if at < 0 or at + self.length > len(text):
            return False
        return all(text.startswith(run, at + offset) for offset, run in self.runs)

    def find(self, text: str, start: int) -> int:
        """Return the first place from ``start`` on where the piece fits, or -1."""
        if not self.runs:
            return start if start + self.length <= len(text) else -1
        offset, run = self.runs[0]
        at = text.find(run, start + offset)
        while at >= 0 and not self.fits(text, at - offset):
            at = text.find(run, at + 1)
        return at - offset if at >= 0 else -1


@lru_cache(maxsize=1024)
def _pieces(tokens: tuple[str | Wild, ...]) -> tuple[_Piece, ...]:
    pieces: list[_Piece] = []
    length, runs = 0, list[tuple[int, str]]()
    for token in (*tokens, Wild.MANY):
        if token is Wild.MANY:
            pieces.append(_Piece(length, tuple(runs)))
            length, runs = 0, []
        elif isinstance(token, str):
            runs.append((length, token))
            length += len(token)
        else:
            length += 1
    return tuple(pieces)


def _matches(tokens: tuple[str | Wild, ...], text: str) -> bool:
    if not tokens or isinstance(tokens[0], str):
        beginning = str(tokens[0]) if tokens else ""
        if len(tokens) < 2:
            return text == beginning
        if not text.startswith(beginning):
            return False
    first, *others = _pieces(tokens)
    if not others:
        return first.length == len(text) and first.fits(text, 0)
    if not first.fits(text, 0):
        return False
    at = first.length
    # Taking each piece at its first place leaves the most text for the rest.
    for piece in others[:-1]:
        place = piece.find(text, at)
        if place < 0:
            return False
        at = place + piece.length
    last = others[-1]
    return len(text) - last.length >= at and last.fits(text, len(text) - last.length)
