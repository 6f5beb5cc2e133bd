"""How each language writes numbers and lists, beside what Babel knows of it from CLDR."""

from collections.abc import Iterator
from typing import Final

import pytest
from babel.lists import format_list
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from app.core import i18n
from app.core.conventions import either, is_right_to_left, listed, row, tenths, whole
from app.core.i18n import install
from tests.helpers.pseudo_locale import PseudoLocale

LANGUAGES: Final = {"en_GB": "en-GB", "de": "de", "fr": "fr", "es": "es", "ja": "ja", "ar": "ar"}
NUMBERS: Final = (0, 7, 999, 10_000, 124_000, 1_234_567, -45_000)
MEMBERS: Final = ("a", "b", "c", "d")


class _Called(PseudoLocale):
    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language

    def info(self) -> dict[str, str]:
        return {"language": self._language}


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
