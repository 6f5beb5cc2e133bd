"""What a machine runs or reads is the same in every language; what people read is translated.

A script in Japanese would need a byte order mark for Windows PowerShell 5.1, which breaks the
first line of the one for bash; so all that is run stays as it is, in ASCII.
"""

from collections.abc import Iterator
from gettext import NullTranslations
from typing import Final

import pytest

from app.core.documents.file_names import COMMAND_FILE
from app.core.i18n import install
from app.exports.by_format import EXPORTS
from tests.helpers.drafts import ENCRYPTED

READ_BY_PEOPLE: Final = (".txt", ".html")
PASTED: Final = (COMMAND_FILE,)
SCRIPTS: Final = (".sh", ".ps1", ".py")


class _Spoken(NullTranslations):
    def __init__(self, words: str) -> None:
        super().__init__()
        self._words = words

    def gettext(self, message: str) -> str:
        return f"{self._words} {message}"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"{self._words} {msgid1 if n == 1 else msgid2}"


@pytest.fixture(params=["Où êtes-vous ? ’", "設定する。"])
def words(request: pytest.FixtureRequest) -> Iterator[str]:
    yield str(request.param)
    install(None)


@pytest.mark.parametrize("export", EXPORTS)
def test_what_is_run_is_in_no_language(export: str, words: str) -> None:
    in_english = {file.name: file.text for file in EXPORTS[export](ENCRYPTED)}
    install(_Spoken(words))
    translated = {file.name: file.text for file in EXPORTS[export](ENCRYPTED)}
    assert list(translated) == list(in_english)
    for name, text in translated.items():
        is_translated = text != in_english[name]
        assert is_translated == (name.endswith(READ_BY_PEOPLE) and name not in PASTED), name
        assert not name.endswith((*SCRIPTS, *PASTED)) or text.isascii()
