"""Characters that can't be seen, or that look like others, made visible."""

from collections.abc import Callable
from typing import Final

from app.core.i18n import mark, tr

# Signs that the fixed fonts of Windows, macOS and Linux have; the symbols of Unicode's
# "Control Pictures" show as empty boxes in some.
_SIGNS: Final = {" ": "·", "\t": "→", "\n": "¶", "\r": "¶"}

_NAMES: Final = {
    "\t": mark("tab"),
    "\n": mark("line break"),
    "\u00a0": mark("no-break space"),
    "\u00ad": mark("soft hyphen"),
    "\u200b": mark("zero-width space"),
    "\u200c": mark("zero-width non-joiner"),
    "\u200d": mark("zero-width joiner"),
    "\u200e": mark("left-to-right mark"),
    "\u200f": mark("right-to-left mark"),
    "\u202f": mark("narrow no-break space"),
    "\u2060": mark("word joiner"),
    "\ufeff": mark("byte order mark"),
}

_NO_INK: Final = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180e\u180f\u2800\u3164\uffa0"
    "\ufe00\ufe01\ufe02\ufe03\ufe04\ufe05\ufe06\ufe07"
    "\ufe08\ufe09\ufe0a\ufe0b\ufe0c\ufe0d\ufe0e\ufe0f"
)
_NO_INK_FROM: Final = "\U000e0000"
"""What Python counts as printable, and no font draws: fillers, joiners and variation selectors.

From the latter on there are no others (tags, selectors, and what is for private use).

After Default_Ignorable_Code_Point in Unicode's DerivedCoreProperties, and the blank of Braille.
"""


def is_seen(char: str) -> bool:
    """Tell whether ``char`` is a plain space or leaves ink, and moves none of what is around it.

    No control, format (bidi, zero-width, tag) or line-ending character does, half a character or
    one that Unicode does not know; nor do other spaces than the plain one.
    """
    return char.isprintable() and char not in _NO_INK and char < _NO_INK_FROM


def escaped(text: str) -> str:
    r"""Return ``text`` on one line with an escape in the place of each character that isn't seen.

    Such a character could move the cursor of a terminal, turn the order of what stands around it,
    or begin a line that looks like one of ours. An escape is written as Python does: ``\x1b``,
    ``\u202e``, ``\n``. What is escaped already stays.
    """
    return _replaced(text, _escape)


def escaped_json(text: str) -> str:
    r"""Return a JSON text that says the same without a character that isn't seen.

    Its own line breaks stay; all else that isn't seen can stand only within its strings, where
    ``\u202e`` means the character itself.
    """
    return "\n".join(_replaced(line, _json_escape) for line in text.split("\n"))


def marked(text: str, stay: str = "") -> str:
    """Return ``text`` with a name in brackets for each character that isn't seen.

    Letters of any alphabet stay, and those characters that ``stay`` names: a document keeps its
    line breaks, in a value one is marked as well.
    """
    return _replaced(text, lambda char: char if char in stay else f"[{_named(char)}]")


def _replaced(text: str, instead: Callable[[str], str]) -> str:
    leaves_ink = _NO_INK.isdisjoint(text) and max(text, default="") < _NO_INK_FROM
    if leaves_ink and text.isprintable():
        return text
    return "".join(char if is_seen(char) else instead(char) for char in text)


def _escape(char: str) -> str:
    return char.encode("unicode_escape").decode("ascii")


def _json_escape(char: str) -> str:
    import json  # not at each start: few texts have such a character

    return json.dumps(char)[1:-1] if char != "\x7f" else "\\u007f"


def visible(text: str) -> str:
    """Return ``text`` with a sign or a name for each character that can't be told by eye.

    Plain letters, digits and signs stay. Anything outside of ASCII gets its name, since a
    letter of another alphabet may look like a Latin one.
    """
    return "".join(_shown(char) for char in text)


def _shown(char: str) -> str:
    if char in _SIGNS:
        return _SIGNS[char]
    if char.isascii() and char.isprintable():
        return char
    return f"[{_named(char)}]"


def _named(char: str) -> str:
    if char in _NAMES:
        return tr(_NAMES[char])
    # A check of a file has no use for the names.
    from unicodedata import name

    return name(char, "").lower() or f"U+{ord(char):04X}"
