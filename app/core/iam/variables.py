"""Policy variables: ``${aws:username}``, with a default ``${aws:PrincipalTag/team, 'all'}``.

Source: AWS "IAM policy elements: Variables and tags". Version 2012-10-17 alone has them: in a
policy of 2008-10-17, ``${...}`` is plain text. ``${*}``, ``${?}`` and ``${$}`` are the characters
themselves. A variable whose key isn't in the request, or has several values, can't be resolved:
such a resource matches nothing, and no value is equal to or like it.
"""

import re
from typing import Final, NamedTuple

from app.core.iam.context import ABSENT, Context, PartText, Text
from app.core.iam.patterns import Glob, lowered
from app.core.iam.truth import Truth
from app.core.iam.wildcards import Wild

_VARIABLE: Final = r"\$\{([^{}]*)\}"
_CHARACTERS: Final = ("*", "?", "$")


class Character(NamedTuple):
    """A character that stands for itself, written ``${*}``, ``${?}`` or ``${$}``."""

    text: str


class Variable(NamedTuple):
    """A place to be filled from the request; ``key`` is None for what names no key."""

    key: str | None
    default: str | None = None


class Template(NamedTuple):
    """A policy's text, taken apart into plain text, single characters and variables."""

    pieces: tuple[str | Character | Variable, ...]

    @property
    def texts(self) -> tuple[str, ...]:
        """Its plain texts, where ``*`` and ``?`` may be wildcards."""
        return tuple(piece for piece in self.pieces if isinstance(piece, str))

    @property
    def keys(self) -> frozenset[str]:
        """The condition keys, in lower case, that fill it in."""
        variables = (piece for piece in self.pieces if isinstance(piece, Variable))
        return frozenset(variable.key.lower() for variable in variables if variable.key)

    @property
    def steps(self) -> int:
        """About how much work it is to compare it: see ``work``."""
        return 1 + sum(len(text) for text in self.texts)

    @property
    def plain(self) -> str | None:
        """The text itself, or None where it holds a variable."""
        if any(isinstance(piece, Variable) for piece in self.pieces):
            return None
        return "".join(p.text if isinstance(p, Character) else str(p) for p in self.pieces)


class Unresolved(NamedTuple):
    """What could not be filled in.

    ``keys`` are those whose value nobody here knows; without any, the variable certainly has no
    value. ``at_most`` matches all that could match, whatever they are.
    """

    keys: tuple[str, ...] = ()
    at_most: Glob = Glob(())

    def may_match(self, text: Text) -> Truth:
        """Return UNKNOWN where ``text`` may match, in whatever case, else FALSE."""
        possible = self.at_most.lowered().match(lowered(text)) if self.keys else Truth.FALSE
        return Truth.FALSE if possible is Truth.FALSE else Truth.UNKNOWN


def parse_template(text: str, *, variables: bool) -> Template:
    """Take ``text`` apart; without ``variables`` (Version 2008-10-17) all of it is plain."""
    if not variables or "${" not in text:
        return Template((text,) if text else ())
    pieces: list[str | Character | Variable] = []
    start = 0
    for match in re.finditer(_VARIABLE, text):
        pieces += [text[start : match.start()], _inside(match.group(1))]
        start = match.end()
    pieces.append(text[start:])
    return Template(tuple(piece for piece in pieces if piece != ""))


def _inside(text: str) -> Character | Variable:
    if text in _CHARACTERS:
        return Character(text)
    name, comma, rest = text.partition(",")
    key, default = name.strip(), rest.strip()
    quoted = len(default) >= 2 and default[0] == default[-1] == "'"
    if ":" not in key or (comma and not quoted):
        return Variable(None)
    return Variable(key, default[1:-1] if comma else None)


def is_whole_arn(template: Template) -> bool:
    """Return whether the text has the five colons of an ARN, or a variable that may hold some."""
    return template.plain is None or template.plain.count(":") >= 5


def in_arn_prefix(template: Template) -> bool:
    """Return whether a variable stands before the fifth colon, where AWS allows none."""
    colons = 0
    for piece in template.pieces:
        if isinstance(piece, Variable) and colons < 5:
            return True
        colons += piece.count(":") if isinstance(piece, str) else 0
    return False


def resolve(template: Template, context: Context, *, wildcards: bool) -> Glob | Unresolved:
    """Fill in ``template`` from the request.

    With ``wildcards``, ``*`` and ``?`` of its plain text are such; what comes out of a variable
    is always plain (AWS documents no other reading, and none that widens is safe).
    """
    globs: list[Glob] = []
    unknown: list[str] = []
    for piece in template.pieces:
        if isinstance(piece, str):
            globs.append(Glob.of(piece) if wildcards else Glob.literal(piece))
        elif isinstance(piece, Character):
            globs.append(Glob.literal(piece.text))
        else:
            filled = _fill(piece, context)
            if filled is None:
                return Unresolved()
            globs.append(filled)
            unknown += [] if filled.plain is not None else [piece.key or ""]
    whole = Glob.joined(globs)
    return Unresolved(tuple(unknown), whole) if unknown else whole


def fixed_pattern(template: Template) -> Glob | None:
    """Return the pattern in ``template``, None where a part of it comes from the request."""
    if template.plain is None:
        return None
    filled = resolve(template, Context(), wildcards=True)
    return filled if isinstance(filled, Glob) else None


def _fill(variable: Variable, context: Context) -> Glob | None:
    """Return the variable's text, ``*`` where nobody knows it, or None where it has none."""
    value = ABSENT if variable.key is None else context.value(variable.key)
    if value.is_absent:
        return None if variable.default is None else Glob.literal(variable.default)
    if value.text is not None:
        return Glob.literal(value.text)
    texts = value.cases[0] if len(value.cases) == 1 else None
    if texts is None:
        return Glob.of("*")
    # Several values at once can't be filled in.
    return None if len(texts) != 1 else _at_most(texts[0])


def _at_most(text: Text) -> Glob:
    """Return the pattern of ``text``, with ``*`` for what isn't known of it."""
    parts = text.parts if isinstance(text, PartText) else (text,)
    return Glob(tuple(part if isinstance(part, str) else Wild.MANY for part in parts))
