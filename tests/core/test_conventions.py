"""How each language writes numbers, lists and paragraphs, beside what Babel knows from CLDR."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from babel.lists import format_list
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from app.core import i18n
from app.core.conventions import (
    as_sentence,
    either,
    is_right_to_left,
    labelled,
    listed,
    paragraph,
    row,
    tenths,
    whole,
)
from app.core.i18n import install
from tests.helpers.pseudo_locale import PseudoLocale

LANGUAGES: Final = {"en_GB": "en-GB", "de": "de", "fr": "fr", "es": "es", "ja": "ja", "ar": "ar"}
NUMBERS: Final = (0, 7, 999, 10_000, 124_000, 1_234_567, -45_000)
REPOSITORY: Final = Path(__file__).parents[2]
MEMBERS: Final = ("a", "b", "c", "d")


class _Called(PseudoLocale):
    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language

    def info(self) -> dict[str, str]:
        return {"language": self._language}


class _French(_Called):
    def gettext(self, message: str) -> str:
        return {"{label}: {value}": "{label} : {value}"}.get(message, message)


@pytest.fixture(params=LANGUAGES)
def locale(request: pytest.FixtureRequest) -> Iterator[str]:
    """Install a language and return Babel's name of it."""
    install(_Called(LANGUAGES[request.param]))
    yield str(request.param)
    install(None)


def test_numbers_are_written_as_in_cldr(locale: str) -> None:
    of_babel = [
        format_decimal(number, locale=locale, numbering_system="latn") for number in NUMBERS
    ]
    # Babel writes the minus of an Arabic number with a mark of its direction.
    seen = [each.lstrip("\u200e").replace("\u202f", " ") for each in of_babel]
    assert [whole(number) for number in NUMBERS] == seen
    assert tenths(2.5) == format_decimal(2.5, locale=locale, numbering_system="latn")


@pytest.mark.parametrize("count", range(5))
def test_lists_are_written_as_in_cldr(locale: str, count: int) -> None:
    members = MEMBERS[:count]
    assert listed(members) == format_list(members, locale=locale)
    assert either(members) == format_list(members, style="or", locale=locale)
    assert len(row(members)) >= count


def test_four_digits_stay_together_in_spanish_alone(locale: str) -> None:
    """CLDR: minimumGroupingDigits is 2 in Spanish."""
    assert (whole(1234) == "1234") == (locale == "es")


def test_only_arabic_is_written_from_right_to_left(locale: str) -> None:
    assert is_right_to_left() == (locale == "ar")


def test_a_language_that_the_table_lacks_and_a_region() -> None:
    install(_Called("nl_BE"))
    assert (whole(1234), listed("ab")) == ("1,234", "a, b")
    install(_Called("de_CH"))
    assert whole(1234) == "1.234"
    install(None)
    assert (i18n.language(), whole(1234)) == ("en-GB", "1,234")


@given(st.integers())
def test_no_digit_is_lost(number: int) -> None:
    for name in LANGUAGES.values():
        install(_Called(name))
        assert int("".join(each for each in whole(number) if each in "-0123456789")) == number
    install(None)


def test_sentences_stand_as_the_language_has_them() -> None:
    """Between two full stops of Japanese nothing stands; a catalogue may lack one of the two."""
    assert paragraph("One.", "", "Two.") == "One. Two."
    assert paragraph("一つ。", "二つ。") == "一つ。二つ。"
    assert paragraph("一つ。", "Two.", "三つ。") == "一つ。Two. 三つ。"
    assert paragraph() == ""


def test_a_heading_ends_as_a_sentence_does(locale: str) -> None:
    stop = "。" if locale == "ja" else "."
    assert as_sentence("Not yet") == f"Not yet{stop}"
    assert as_sentence("Why?") == "Why?"


def test_a_label_and_its_value_are_joined_as_the_language_has_it() -> None:
    assert labelled("Bucket", "a: {b}") == "Bucket: a: {b}"
    assert labelled("Bucket", "") == "Bucket: "
    install(_French("fr"))
    assert labelled("Bucket", "tawa") == "Bucket : tawa"
    install(None)


# What is joined by a space or a comma, and is no sentence and no list for people.
_FOR_MACHINES: Final = {
    "app/aws",
    "app/core/changes",
    "app/core/explain",
    "app/core/formats/log_text.py",
    "app/core/formats/sent_receipt.py",
    "app/core/frozen.py",
    "app/core/pasted/without_secrets.py",
    "app/core/pasted_documents/kinds.py",
    "app/core/settings_mistake.py",
    "app/core/wording/support/role_text.py",  # a document in one line
    "app/core/pasted/region_names.py",
    "app/exports/scripts/powershell.py",
    "app/exports/terraform",
    "app/practice/signature.py",
    "app/ui/review/requirements_box.py",  # as it is typed
    "app/wiring/installation/in_a_child.py",
    "app/wiring/installation/part.py",
    "app/wiring/installation/round_trip.py",  # codes, as AWS answered them
}
_NAMES: Final = {
    "app/commands/options.py": 1,
    "app/core/wording/call_words.py": 1,
    "app/core/wording/support/readme.py": 1,
    "app/core/wording/who_signed_in.py": 1,
    "app/ui/menus/licences_dialog.py": 1,
}
"""Words that are names in a row: how many times in each."""
_FIXED: Final = re.compile("""["'][.,;]? ["']\\.join\\(""")


def test_sentences_and_lists_are_joined_in_one_place() -> None:
    """What code joins by a space or a comma of its own no translation can write otherwise."""
    counts = {
        path.relative_to(REPOSITORY).as_posix(): len(_FIXED.findall(path.read_text("utf-8")))
        for path in (REPOSITORY / "app").rglob("*.py")
    }
    joined = {
        path: count
        for path, count in counts.items()
        if count and not path.startswith(tuple(_FOR_MACHINES))
    }
    assert joined == _NAMES
