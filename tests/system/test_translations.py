"""Choosing the language, with a catalogue that Babel makes as it would for the real ones."""

from collections.abc import Iterator
from gettext import NullTranslations
from pathlib import Path
from typing import Final

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo

import app
from app.core.formats.draft_json import read_draft
from app.core.formats.reading import InputProblem
from app.core.i18n import install, ntr, tr
from app.core.problem import error, note
from app.core.wording.problems import problem_text
from app.system import translations
from app.system.translations import (
    DOMAIN,
    available_languages,
    install_language,
    wanted_languages,
)

FILES: Final = ("{count} file so far", "{count} files so far")
WORDS: Final = {
    "de": ("Weiter", "{count} Datei", "{count} Dateien"),
    "fr": ("Suivant", "{count} fichier", "{count} fichiers"),
}


@pytest.fixture(autouse=True)
def own_words() -> Iterator[None]:
    yield
    install(NullTranslations())


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of the catalogues, which is empty yet."""
    monkeypatch.setattr(translations, "resources_folder", lambda: tmp_path)
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
def test_the_first_language_that_there_is(languages: list[str], language: str) -> None:
    install_language(languages)
    assert said() == WORDS[language]


@pytest.mark.usefixtures("two_languages")
@pytest.mark.parametrize(
    "languages",
    [["en"], ["en_GB.UTF-8", "fr"], ["en-NZ", "de"], ["C", "de"], ["C.UTF-8"], ["xx"], []],
)
def test_the_programs_own_words(languages: list[str]) -> None:
    install_language(["de"])
    install_language(languages)
    assert said() == ("Next", *FILES)


@pytest.mark.usefixtures("two_languages")
def test_a_language_whose_name_only_begins_like_english() -> None:
    install_language(["enm", "de"])
    assert said() == WORDS["de"]


@pytest.mark.usefixtures("two_languages")
def test_what_a_catalogue_lacks_stays_as_it_is() -> None:
    install_language(["fr", "de"])
    assert tr("Close") == "Close"
    assert tr("") == ""


@pytest.mark.parametrize(
    ("environment", "languages"),
    [
        ({"LANGUAGE": "de:fr", "LANG": "en_GB.UTF-8"}, ["de", "fr"]),
        ({"LANGUAGE": "", "LC_ALL": "fr_FR"}, ["fr_FR"]),
        ({"LC_MESSAGES": "de_DE.UTF-8", "LANG": "C"}, ["de_DE.UTF-8"]),
        ({"LANG": "de_DE.UTF-8"}, ["de_DE.UTF-8"]),
    ],
)
def test_what_the_system_says(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], languages: list[str]
) -> None:
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert wanted_languages() == languages


@pytest.mark.usefixtures("two_languages")
def test_the_systems_language_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "de_AT:en")
    install_language()
    assert said() == WORDS["de"]


def test_the_languages_that_there_are(folder: Path, two_languages: Path) -> None:
    assert two_languages == folder
    (folder / "it" / "LC_MESSAGES").mkdir(parents=True)
    assert available_languages() == ("de", "fr")


def test_no_catalogues_at_all(folder: Path) -> None:
    assert not folder.exists()
    install_language(["de"])
    assert tr("Next") == "Next"
    assert available_languages() == ()


@pytest.mark.parametrize("rubbish", [b"", b"x", b"\xde\x12\x04\x95" * 20, b"\0" * 2000])
def test_a_broken_catalogue(folder: Path, two_languages: Path, rubbish: bytes) -> None:
    path = path_of(two_languages, "de")
    right = path.read_bytes()
    for broken in (rubbish, right[: len(right) // 2]):
        path.write_bytes(broken)
        install_language(["de", "fr"])
        assert said() == WORDS["fr"]
    path.write_bytes(right)
    install_language(["de", "fr"])
    assert said() == WORDS["de"]
    assert folder == two_languages


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
    install_language(["eo"])


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
