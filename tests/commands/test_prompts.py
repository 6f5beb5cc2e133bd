"""What is typed as an answer on a terminal, in English and in the languages of the catalogues."""

from collections.abc import Iterator
from gettext import NullTranslations
from typing import Final

import pytest

from app.commands import prompts
from app.core.i18n import install
from app.flow.run.unfinished import RunDecision

ANSWERS: Final = {
    "de": {
        "yes": "ja",
        "no": "nein",
        "go on": "fortfahren",
        "undo": "rückgängig",
        "leave": "lassen",
        "stop": "stopp",
    },
    "es": {
        "yes": "sí",
        "no": "no",
        "go on": "continuar",
        "undo": "deshacer",
        "leave": "dejar",
        "stop": "parar",
    },
    "ja": {
        "yes": "はい",
        "no": "いいえ",
        "go on": "続行",
        "undo": "元に戻す",
        "leave": "そのまま",
        "stop": "停止",
    },
    "en": {},
}
"""As translators would write them."""


class _Spoken(NullTranslations):
    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language

    def gettext(self, message: str) -> str:
        return ANSWERS[self._language].get(message, message)


@pytest.fixture
def answering(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[None]:
    language, answer = request.param
    monkeypatch.setattr("app.commands.prompts._answer", lambda _question: answer)
    install(_Spoken(language))
    yield
    install(None)


@pytest.mark.parametrize(
    ("answering", "is_yes"),
    [
        (("en", "yes"), True),
        (("en", " Y "), True),
        (("en", "no"), False),
        (("en", ""), False),
        (("en", "yesterday"), False),
        (("de", "j"), True),
        (("de", "JA"), True),
        (("de", "yes"), True),
        (("de", "y"), True),
        (("de", "n"), False),
        (("es", "si"), True),
        (("es", "s"), True),
        (("ja", "は"), True),
        (("ja", "ｙ"), True),
        (("ja", "い"), False),
    ],
    indirect=["answering"],
)
@pytest.mark.usefixtures("answering")
def test_a_yes(is_yes: bool) -> None:
    assert prompts.confirmed("Make the changes?") is is_yes


@pytest.mark.parametrize(
    ("answering", "decision"),
    [
        (("en", "g"), RunDecision.GO_ON),
        (("en", "undo"), RunDecision.UNDO),
        (("en", ""), RunDecision.STOP),
        (("en", "x"), RunDecision.STOP),
        (("de", "f"), RunDecision.GO_ON),
        (("de", "ruck"), RunDecision.UNDO),
        (("de", "undo"), RunDecision.UNDO),
        (("de", "g"), RunDecision.GO_ON),
        (("es", "de"), RunDecision.STOP),  # of "deshacer" and of "dejar"
        (("es", "des"), RunDecision.UNDO),
        (("es", "leave"), RunDecision.LEAVE),
        (("ja", "続"), RunDecision.GO_ON),
    ],
    indirect=["answering"],
)
@pytest.mark.usefixtures("answering")
def test_what_becomes_of_an_unfinished_run(decision: RunDecision) -> None:
    assert prompts.decided(list(RunDecision)) is decision
