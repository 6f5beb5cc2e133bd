"""Characters that can't be seen, or that look like others, made visible."""

from typing import Final
from unicodedata import name

from app.core.i18n import mark, tr

# Signs that the fixed fonts of Windows, macOS and Linux have; the symbols of Unicode's
# "Control Pictures" show as empty boxes in some.
_SIGNS: Final = {" ": "·", "\t": "→", "\n": "¶", "\r": "¶"}

_NAMES: Final = {
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
    if char in _NAMES:
        return f"[{tr(_NAMES[char])}]"
    return f"[{name(char, '').lower() or f'U+{ord(char):04X}'}]"
