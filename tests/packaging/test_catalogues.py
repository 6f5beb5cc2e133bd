"""The rules that hold for every translation, and the real catalogues under them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import ModuleType


@pytest.fixture
def translations(load: Callable[[str], ModuleType]) -> ModuleType:
    return load("translations")


@pytest.fixture
def rules(load: Callable[[str], ModuleType]) -> ModuleType:
    return load("catalogue_rules")


def test_every_catalogue_has_every_word_with_its_places_and_forms(
    root: Path, translations: ModuleType
) -> None:
    """Where this fails: docs/for-translators.md tells the program that shows and mends it."""
    assert list(translations.check(root, [])) == []


@pytest.mark.parametrize(
    ("original", "form", "fault"),
    [
        ("Save {file}", "{file} speichern", ""),
        ("Save {file}", "Speichern", "places"),
        ("Save {file}", "{fiel} speichern", "places"),
        ("Save {file}", "{file} als {file} speichern", "places"),
        ("{one} { two", "{one} { zwei", ""),
        ("<b>Now</b>", "<b>Jetzt</b>", ""),
        ("<b>Now</b>", "<b>Jetzt", "tags"),
        ("&Open…", "&Öffnen…", ""),
        ("&Open…", "Öffnen…", "&"),
        ("&Open…", "開く(&O)…", ""),
        ("Salt & pepper", "Salz & Pfeffer", ""),
        (" (none)", " (keine)", ""),
        (" (none)", "(keine)", "spaces"),
        ("Now\nthen", "Jetzt\ndann", ""),
        ("Now\nthen", "Jetzt, dann", "lines"),
        ("Add s3:ListBucket.", "Fügen Sie s3:ListBucket hinzu.", ""),
        ("Add s3:ListBucket.", "Fügen Sie s3:Listbucket hinzu.", "lacks"),
        ("See https://example.com/a.", "Siehe https://example.com/a.", ""),
        ("See https://example.com/a.", "Siehe https://example.com/.", "lacks"),
        ("Choose “Create role”.", "Wählen Sie „Create role“.", ""),
        ("Choose “Create role”.", "Wählen Sie „Rolle erstellen“.", "lacks"),
        ("Open IAM > Roles > {a}.", "Öffnen Sie IAM > Rollen > {a}.", "lacks"),
        ("Choose “Next steps”.", "Wählen Sie „Weiter“.", ""),
        ("Use --draft.", "Mit --entwurf.", "lacks"),
        ("Now", "\u200bJetzt", "seen"),
        ("Now", "\u2067الآن\u2069", "seen"),
    ],
)
def test_what_a_translation_may_not_lose(
    rules: ModuleType, original: str, form: str, fault: str
) -> None:
    found = list(rules.text_faults((original,), form))
    assert (fault in " ".join(found)) if fault else found == []


@pytest.mark.parametrize(
    ("form", "right"),
    [
        ("{made} von {count}", True),
        ("einer von {count}", True),
        ("{made} von einem", False),
        ("{count} von {made} und {count}", False),
        ("{made}", False),
    ],
)
def test_only_the_number_that_chooses_the_form_may_be_in_words(
    rules: ModuleType, form: str, right: bool
) -> None:
    originals = ("{made} of {count} was", "{made} of {count} were")
    assert (list(rules.text_faults(originals, form, "made")) == []) == right


def test_which_number_chooses_is_read_in_the_code(tmp_path: Path, translations: ModuleType) -> None:
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "words.py").write_text(
        'ntr("{made} of {count} a", "{made} of {count} b", made)\n'
        'ntr("{count} c", "{count} d", len(files))\n'
        'ntr("{sum} e", "{sum} f", x)\n'
        'ntr("{x} {y} g", "{x} {y} h", z)\n'
        'Plural("{a} {n} i", "{a} {n} j", by="n")\n'
        "ntr(m.singular, m.plural, count)\n",
        encoding="utf-8",
    )
    assert translations.counted_places(tmp_path) == {
        "{made} of {count} a": "made",
        "{count} c": "count",
        "{sum} e": "sum",
        "{x} {y} g": "",
        "{a} {n} i": "n",
    }


def test_the_whole_way_of_a_language(
    tmp_path: Path, translations: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    """From the code by way of a catalogue that somebody fills in to what the program reads."""
    code = tmp_path / "app" / "words.py"
    code.parent.mkdir()
    code.write_text('tr("Next"); ntr("{count} file", "{count} files", n)\n', encoding="utf-8")
    translations.template(tmp_path)
    translations.update(tmp_path, ["ar"])
    assert list(translations.check(tmp_path, [])) == [
        "ar: 'Next' is not translated",
        "ar: '{count} file' is not translated",
    ]
    path = translations.catalogues(tmp_path)["ar"]
    empty = path.read_text(encoding="utf-8")
    filled = empty.replace('msgid "Next"\nmsgstr ""', 'msgid "Next"\nmsgstr "التالي"')
    for number in range(6):
        filled = filled.replace(f'[{number}] ""', f'[{number}] "{{count}}"')
    path.write_text(filled, encoding="utf-8")
    assert list(translations.check(tmp_path, ["ar"])) == []
    assert translations.compile_stale(tmp_path) == [path]
    assert translations.compile_stale(tmp_path) == []
    code.write_text('tr("Next page")\n', encoding="utf-8")
    translations.update(tmp_path, [])
    found = list(translations.check(tmp_path, []))
    assert found[0].startswith("template: it is of other words")
    assert found[1:] == ["ar: 'Next page' is marked as fuzzy"]
    assert capsys.readouterr().out == ""
