"""The letters that choose a button together with Alt, each for one button at a time.

The letters are chosen here and not written into the words, so that they are one of a kind on
whatever page, in whatever language, and the words stay words for whoever reads or hears them.
"""

import sys
from collections.abc import Iterable, Iterator
from typing import Final

SYSTEM_HAS_THEM: Final = sys.platform != "darwin"
"""Whether the desktop knows such letters: Windows' and Linux's do, macOS has none."""


def letters_for(texts: Iterable[str], taken: Iterable[str] = ()) -> list[str]:
    """Return for each text a letter of its own, or ``""`` where all of its letters are taken.

    The first texts choose first; each takes the beginning of a word where it can. ``taken`` are
    those that something else has. A letter is returned as it stands in its text.
    """
    used = {letter.casefold() for letter in taken}
    letters = []
    for text in texts:
        letter = next((each for each in _by_liking(text) if each.casefold() not in used), "")
        used.add(letter.casefold())
        letters.append(letter)
    return letters


def _by_liking(text: str) -> Iterator[str]:
    """Yield the letters of ``text``, those that begin a word first.

    None of a script that joins its letters, which a line below would part, and none that a key
    does not write by itself.
    """
    starts = [word[0] for word in text.split()]
    yield from (each for each in (*starts, *text) if each.isalnum() and _has_a_key(each))


def _has_a_key(letter: str) -> bool:
    if letter.isascii():
        return True
    from unicodedata import bidirectional, east_asian_width

    return bidirectional(letter) in {"L", "EN"} and east_asian_width(letter) not in {"W", "F"}


def underlined(text: str, letter: str) -> str:
    """Return ``text`` as Qt draws it with ``letter`` underlined, at the place it was taken from."""
    plain = text.replace("&", "&&")
    if not letter:
        return plain
    at = next((i for i in _starts(text) if text[i] == letter), text.find(letter))
    if at < 0:
        return plain
    return f"{text[:at].replace('&', '&&')}&{text[at:].replace('&', '&&')}"


def _starts(text: str) -> Iterator[int]:
    """Yield where each word begins."""
    yield from (i for i in range(len(text)) if not text[i].isspace() and not text[:i][-1:].strip())


def letter_of(text: str) -> str:
    """Return the letter after the first single ``&`` of a menu's title, or ``""``."""
    _, mark, rest = text.replace("&&", "").partition("&")
    return rest[:1] if mark else ""
