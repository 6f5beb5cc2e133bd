"""A made-up language: every translated string is bracketed and 40 % longer."""

from gettext import NullTranslations
from typing import Final

OPEN: Final = "⟦"
CLOSE: Final = "⟧"
_FILLER: Final = " ìñ öthér wörds"


class PseudoLocale(NullTranslations):
    """Shows which strings go through gettext, and which layouts have no room for them."""

    def info(self) -> dict[str, str]:
        """Return the head of a catalogue: a language of its own, so that no English list shows."""
        return {"language": "x-pseudo"}

    def gettext(self, message: str) -> str:
        """Return ``message`` longer and in brackets; its {places} stay."""
        return _stretched(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Return the form for ``n`` longer and in brackets."""
        return _stretched(msgid1 if n == 1 else msgid2)


def _stretched(message: str) -> str:
    more = max(1, round(len(message) * 0.4))
    filler = (_FILLER * (more // len(_FILLER) + 1))[:more]
    return f"{OPEN}{message}{filler.rstrip()}{CLOSE}"


def untranslated(text: str) -> str:
    """Return what of ``text`` stands outside all brackets."""
    depth, outside = 0, []
    for character in text:
        if character == OPEN:
            depth += 1
        elif character == CLOSE:
            depth -= 1
        elif depth == 0:
            outside.append(character)
    return "".join(outside)
