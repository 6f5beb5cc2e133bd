"""Translating at once, marking for later, and a pseudo-language that shows what was forgotten."""

from collections.abc import Iterator
from gettext import NullTranslations

import pytest

from app.core.i18n import install, mark, ntr, tr
from app.core.problem import error, note
from app.core.wording.problems import problem_text


class Stretched(NullTranslations):
    """A pseudo-language: every message in brackets, and longer."""

    def gettext(self, message: str) -> str:
        return f"[{message}~]"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"[{msgid1 if n == 1 else msgid2}~]"


@pytest.fixture
def stretched() -> Iterator[None]:
    install(Stretched())
    yield
    install(None)


def test_without_a_catalogue_words_stay() -> None:
    assert tr("Next") == mark("Next") == "Next"
    assert [ntr("file", "files", count) for count in (0, 1, 2)] == ["files", "file", "files"]


@pytest.mark.usefixtures("stretched")
def test_a_language() -> None:
    assert tr("Next") == "[Next~]"
    assert ntr("file", "files", 2) == "[files~]"
    assert mark("Next") == "Next"


@pytest.mark.usefixtures("stretched")
def test_nothing_to_say_stays_nothing() -> None:
    assert tr("") == ""


def test_words_are_chosen_when_they_are_shown(stretched: None) -> None:
    del stretched
    problem = error("account_id", "account.empty")
    assert problem_text(problem).startswith("[")
    assert (
        problem_text(note("account_id", "cleaned.spaces", count=2))
        == "[[Two~] spaces were removed.~]"
    )
    install(None)
    assert not problem_text(problem).startswith("[")
