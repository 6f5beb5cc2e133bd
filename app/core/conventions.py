"""How a language writes numbers, lists and paragraphs: the one place, for window and terminal.

What a machine reads never comes here: account ids, codes, values in documents, outputs in JSON.
Points in time are written in UTC as AWS writes them (``wording.moments``), in every language; times
of the person's own clock are the window's (``ui.widgets.times``).

Source: Unicode CLDR 46, by way of Babel, which a test compares with this table; and CLDR's
"minimumGroupingDigits" of Spanish, which Babel leaves out. Arabic has the digits 0 to 9: CLDR's
numbering system for it is "latn" in the Emirates and the Maghreb, and account ids, versions and
codes in the same sentences are in them anyway. French has a plain space in the place of CLDR's
narrow one, which the program would name to the person as one that can't be seen
(``wording.characters``).
"""

from collections.abc import Iterable
from typing import Final, NamedTuple

from app.core.i18n import language, tr


class Conventions(NamedTuple):
    """What stands in numbers, and between the members of lists."""

    group: str
    decimal: str
    comma: str
    """Between the members of a list that only names them."""
    between: str
    """Between those of a list in a sentence, but for the last two."""
    both: tuple[str, str]
    """Between two that are all, and before the last of more: "and"."""
    either: tuple[str, str]
    """The same for "or"."""
    stop: str = "."
    """At the end of a sentence."""
    grouped_from: int = 1_000
    """The least number whose digits are in groups."""


_OTHER: Final = Conventions(",", ".", ", ", ", ", (", ", ", "), (" / ", " / "))
"""For a language that has no line yet: signs in the place of words."""
_BY_LANGUAGE: Final = {
    "en": Conventions(",", ".", ", ", ", ", (" and ", " and "), (" or ", " or ")),
    "de": Conventions(".", ",", ", ", ", ", (" und ", " und "), (" oder ", " oder ")),
    "fr": Conventions(" ", ",", ", ", ", ", (" et ", " et "), (" ou ", " ou ")),
    "es": Conventions(".", ",", ", ", ", ", (" y ", " y "), (" o ", " o "), grouped_from=10_000),
    "ja": Conventions(",", ".", "、", "、", ("、", "、"), ("または", "、または"), stop="。"),
    "ar": Conventions(",", ".", "، ", " و", (" و", " و"), (" أو ", " أو ")),
}
"""By the language without its region. Between the members of a choice in Arabic stands "or"."""

_WIDE_STOPS: Final = ("。", "！", "？")
_STOPS: Final = (*_WIDE_STOPS, ".", "!", "?", "؟", "…")

RIGHT_TO_LEFT: Final = frozenset({"ar", "fa", "he", "ur"})


def conventions() -> Conventions:
    """Return those of the installed language; signs alone for one that has no line here."""
    return _BY_LANGUAGE.get(_language(), _OTHER)


def is_right_to_left() -> bool:
    """Tell whether the installed language is written from right to left."""
    return _language() in RIGHT_TO_LEFT


def direction() -> str:
    """Return the direction of the installed language as HTML has it."""
    return "rtl" if is_right_to_left() else "ltr"


def _language() -> str:
    return language().partition("-")[0]


def whole(number: int) -> str:
    """Return a whole number with its digits in groups: ``124,000``."""
    present = conventions()
    if abs(number) < present.grouped_from:
        return str(number)
    return f"{number:,}".replace(",", present.group)


def tenths(number: float) -> str:
    """Return a number with one digit behind the decimal sign: ``0.5``."""
    return f"{number:.1f}".replace(".", conventions().decimal)


def row(words: Iterable[str]) -> str:
    """Return ``words`` one after the other, as a list that only names them: "one, two, three"."""
    return conventions().comma.join(words)


def listed(words: Iterable[str]) -> str:
    """Return ``words`` as a list in a sentence: "one, two and three"."""
    present = conventions()
    return _joined(tuple(words), present.between, present.both)


def either(words: Iterable[str]) -> str:
    """Return ``words`` as a choice in a sentence: "one, two or three"."""
    present = conventions()
    between = present.either[0] if _language() == "ar" else present.between
    return _joined(tuple(words), between, present.either)


def paragraph(*sentences: str) -> str:
    """Return ``sentences`` one after the other; the empty ones are left out.

    A stop of Chinese or Japanese brings its own space, whatever language the next sentence is in:
    a catalogue may lack it.
    """
    text = ""
    for sentence in filter(None, sentences):
        space = "" if not text or text.endswith(_WIDE_STOPS) else " "
        text += space + sentence
    return text


def labelled(label: str, value: str) -> str:
    """Return ``label`` and what it stands for, as each language joins the two: "Bucket: tawa".

    Where the two are shown in parts, ``value`` is empty: what comes back stands before it then.
    """
    return tr("{label}: {value}").format(label=label, value=value)


def as_sentence(words: str) -> str:
    """Return ``words``, a heading or a title, with the stop of a sentence behind them."""
    return words if words.endswith(_STOPS) else words + conventions().stop


def _joined(words: tuple[str, ...], between: str, last: tuple[str, str]) -> str:
    if len(words) < 2:
        return "".join(words)
    return f"{between.join(words[:-1])}{last[len(words) > 2]}{words[-1]}"
