"""Choosing the language, with a catalogue that Babel makes as it would for the real ones."""

import plistlib
import sys
from collections.abc import Iterator
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path
from typing import Final

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from hypothesis import given, settings
from hypothesis import strategies as st

import app
from app.core.formats.draft_json import read_draft
from app.core.formats.reading import InputProblem
from app.core.i18n import install, ntr, tr
from app.core.languages import ENGLISH, Language
from app.core.problem import error, note
from app.core.wording.problems import problem_text
from app.system import languages as system_languages
from app.system import resources
from app.system.catalogue import CompiledCatalogue
from app.system.languages import wanted_languages
from app.system.translations import DOMAIN, available_languages, install_language

_TEXT: Final = st.text(min_size=1).filter(lambda text: "\0" not in text)
FILES: Final = ("{count} file so far", "{count} files so far")
WORDS: Final = {
    "de": ("Weiter", "{count} Datei", "{count} Dateien"),
    "fr": ("Suivant", "{count} fichier", "{count} fichiers"),
}


@pytest.fixture(autouse=True)
def own_words() -> Iterator[None]:
    yield
    install(None)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of the catalogues, which is empty yet."""
    monkeypatch.setattr(resources, "resources_folder", lambda: tmp_path)
    return tmp_path / "translations"


def path_of(folder: Path, language: str) -> Path:
    path = folder / language / "LC_MESSAGES" / f"{DOMAIN}.mo"
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def compiled(folder: Path, catalogue: Catalog, language: str) -> None:
    with path_of(folder, language).open("wb") as file:
        write_mo(file, catalogue)


@pytest.fixture
def two_languages(folder: Path) -> Path:
    for language, (following, one, many) in WORDS.items():
        catalogue = Catalog(locale=language, domain=DOMAIN)
        catalogue.add("Next", following)
        catalogue.add(FILES, (one, many))
        compiled(folder, catalogue, language)
    return folder


def said() -> tuple[str, str, str]:
    return tr("Next"), ntr(*FILES, 1), ntr(*FILES, 2)


def install_wanted(monkeypatch: pytest.MonkeyPatch, languages: list[str]) -> None:
    monkeypatch.setenv("LANGUAGE", ":".join(languages))
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    install_language()


@pytest.mark.usefixtures("two_languages")
@pytest.mark.parametrize(
    ("languages", "language"),
    [
        (["de"], "de"),
        (["de_DE.UTF-8"], "de"),
        (["de-CH", "de_CH", "fr"], "de"),
        (["xx", "fr", "de"], "fr"),
        (["", "fr"], "fr"),
        (["fr", "en"], "fr"),
    ],
)
def test_the_first_language_that_there_is(
    monkeypatch: pytest.MonkeyPatch, languages: list[str], language: str
) -> None:
    install_wanted(monkeypatch, languages)
    assert said() == WORDS[language]


@pytest.mark.usefixtures("two_languages")
@pytest.mark.parametrize(
    "languages",
    [["en"], ["en_GB.UTF-8", "fr"], ["en-NZ", "de"], ["C", "de"], ["C.UTF-8"], ["xx"], []],
)
def test_the_programs_own_words(monkeypatch: pytest.MonkeyPatch, languages: list[str]) -> None:
    install_language("de")
    install_wanted(monkeypatch, languages)
    assert said() == ("Next", *FILES)


@pytest.mark.usefixtures("two_languages")
def test_a_language_whose_name_only_begins_like_english(monkeypatch: pytest.MonkeyPatch) -> None:
    install_wanted(monkeypatch, ["enm", "de"])
    assert said() == WORDS["de"]


@pytest.mark.usefixtures("two_languages")
def test_what_a_catalogue_lacks_stays_as_it_is() -> None:
    install_language("fr")
    assert tr("Close") == "Close"
    assert tr("") == ""


@pytest.mark.parametrize(
    ("environment", "languages"),
    [
        ({"LANGUAGE": "de:fr", "LANG": "en_GB.UTF-8"}, ["de", "fr"]),
        ({"LANGUAGE": "", "LC_ALL": "fr_FR"}, ["fr_FR"]),
        ({"LC_MESSAGES": "de_DE.UTF-8", "LANG": "C"}, ["de_DE.UTF-8"]),
        ({"LANG": "de_DE.UTF-8"}, ["de_DE.UTF-8"]),
        ({"LANGUAGE": "de", "LC_ALL": "C"}, ["C"]),
        ({"LANGUAGE": "de", "LC_ALL": "fr_FR"}, ["de"]),
        ({}, []),
    ],
)
def test_what_the_system_says(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], languages: list[str]
) -> None:
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(system_languages, "_of_system", list)
    assert wanted_languages() == languages


def test_windows_and_macos_come_before_the_terminals_guess(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A Terminal of macOS makes LANG up by the region: not what its owner reads."""
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_JP.UTF-8")
    monkeypatch.setattr(system_languages, "_of_system", lambda: ["ja-JP"])
    assert wanted_languages() == ["ja-JP", "en_JP.UTF-8"]
    monkeypatch.setenv("LC_MESSAGES", "fr_FR")
    assert wanted_languages() == ["fr_FR"]


@pytest.mark.parametrize("form", [plistlib.FMT_BINARY, plistlib.FMT_XML])
def test_what_macos_is_set_to(
    monkeypatch: pytest.MonkeyPatch, nobody_at_home: Path, form: plistlib.PlistFormat
) -> None:
    preferences = nobody_at_home / "Library" / "Preferences" / ".GlobalPreferences.plist"
    preferences.parent.mkdir(parents=True)
    monkeypatch.setattr(sys, "platform", "darwin")
    assert system_languages._of_system() == []
    for content in (b"", b"bplist00", b"<plist>", plistlib.dumps({"AppleLanguages": 3})):
        preferences.write_bytes(content)
        assert system_languages._of_system() == []
    preferences.write_bytes(plistlib.dumps({"AppleLanguages": ["ar-EG", "en"]}, fmt=form))
    assert system_languages._of_system() == ["ar-EG", "en"]


def test_what_windows_is_set_to(monkeypatch: pytest.MonkeyPatch) -> None:
    """The two calls as Microsoft describes them: how much room is needed, then the names."""
    import ctypes

    names = "ja-JP\0en-US\0\0"

    class Kernel:
        @staticmethod
        def GetUserPreferredUILanguages(  # noqa: N802 - Windows' name
            flags: int, count: object, buffer: object, size: object
        ) -> int:
            assert flags == 8
            assert count is not None
            needed = size._obj  # type: ignore[attr-defined]
            if isinstance(buffer, ctypes.Array):
                assert needed.value == len(names)
                buffer[: len(names)] = list(names)
            needed.value = len(names)
            return 1

    class Libraries:
        kernel32 = Kernel

    monkeypatch.setattr(ctypes, "windll", Libraries, raising=False)
    monkeypatch.setattr(sys, "platform", "win32")
    assert system_languages._of_system() == ["ja-JP", "en-US"]


@pytest.mark.usefixtures("two_languages")
def test_the_systems_language_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "de_AT:en")
    install_language()
    assert said() == WORDS["de"]


def test_the_languages_that_there_are(folder: Path, two_languages: Path) -> None:
    assert two_languages == folder
    (folder / "it" / "LC_MESSAGES").mkdir(parents=True)
    (folder / "languages.json").write_text(
        '{"fr": {"name": "Français", "read_by": ["A"]}, "it": {"name": "Italiano", "read_by": []}}',
        encoding="utf-8",
    )
    french = Language("fr", "Français", ("A",))
    assert available_languages() == (ENGLISH, french, Language("de", "de"))
    for broken in ("", "[]", '{"fr": {}}', '{"fr": 1}'):
        (folder / "languages.json").write_text(broken, encoding="utf-8")
        assert [each.tag for each in available_languages()] == ["en-GB", "de", "fr"]


def test_no_catalogues_at_all(folder: Path) -> None:
    assert not folder.exists()
    install_language("de")
    assert tr("Next") == "Next"
    assert available_languages() == (ENGLISH,)


@pytest.mark.parametrize("rubbish", [b"", b"x", b"\xde\x12\x04\x95" * 20, b"\0" * 2000])
def test_a_broken_catalogue(
    monkeypatch: pytest.MonkeyPatch, folder: Path, two_languages: Path, rubbish: bytes
) -> None:
    path = path_of(two_languages, "de")
    right = path.read_bytes()
    for broken in (rubbish, right[: len(right) // 2]):
        path.write_bytes(broken)
        install_wanted(monkeypatch, ["de", "fr"])
        assert said() == WORDS["fr"]
    path.write_bytes(right)
    install_wanted(monkeypatch, ["de", "fr"])
    assert said() == WORDS["de"]
    assert folder == two_languages


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


@given(
    st.dictionaries(
        _TEXT,
        st.tuples(_TEXT, _TEXT, st.booleans()),
        min_size=1,
    ),
    st.integers(0, 200),
)
@settings(max_examples=40)
def test_every_message_is_found_as_gettext_finds_it(
    words: dict[str, tuple[str, str, bool]], count: int
) -> None:
    catalogue = Catalog(locale="ar", domain=DOMAIN)
    for message, (one, other, has_forms) in words.items():
        forms = tuple(f"{one}{number}" for number in range(6))
        catalogue.add(
            (message, message * 2) if has_forms else message, forms if has_forms else other
        )
    file = BytesIO()
    write_mo(file, catalogue)
    file.write(b"what stands behind")
    content = file.getvalue()
    ours, gettext = CompiledCatalogue(content), GNUTranslations(BytesIO(content))
    for message, (_, _, has_forms) in words.items():
        assert ours.gettext(f"{message}~") == f"{message}~"
        if has_forms:
            asked = (message, message * 2, count)
            assert ours.ngettext(*asked) == plain(gettext.ngettext(*asked))
        else:
            assert ours.gettext(message) == plain(gettext.gettext(message))
    assert dict(ours.info()) == gettext.info()


def pseudo(message: str) -> str:
    return f"⟦{message}⟧"


@pytest.fixture
def pseudo_language(folder: Path) -> None:
    """Install a language in which every word of the core stands in brackets."""
    catalogue = Catalog(locale="eo", domain=DOMAIN)
    keywords: dict[str, tuple[int, ...] | None] = {
        "tr": None,
        "ntr": (1, 2),
        "mark": None,
        "Plural": (1, 2),
    }
    core = Path(app.__file__).parent / "core"
    for _, _, message, _, _ in extract_from_dir(core, [("**.py", "python")], keywords=keywords):
        forms = (message,) if isinstance(message, str) else message
        marked = tuple(pseudo(form) for form in forms)
        catalogue.add(message, marked[0] if len(marked) == 1 else marked)
    compiled(folder, catalogue, "eo")
    install_language("eo")


@pytest.mark.usefixtures("pseudo_language")
def test_a_pseudo_language_shows_that_nothing_was_forgotten() -> None:
    assert problem_text(error("account_id", "account.empty")).startswith("⟦")
    assert (
        problem_text(note("x", "region.taken", region="us-east-1"))
        == "⟦The region’s code is us-east-1.⟧"
    )
    problem = read_draft('{"format": 1}', "draft.json")
    assert isinstance(problem, InputProblem)
    assert problem.text == "draft.json: ⟦“format” should be ⟦text⟧, and is ⟦a number⟧.⟧"
