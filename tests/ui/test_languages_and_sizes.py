"""Every page in large text, other languages, from right to left, in light and dark."""

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.core import i18n
from app.core.fields.form import form_of
from app.core.wording.console_labels import AWS_LABELS, UBIQUITY_LABELS
from app.ui.look.language import let_qt_speak
from app.ui.look.theme import Theme
from app.ui.window.sizes import SMALLEST, USUAL
from tests.helpers.clipping import clipped
from tests.helpers.outcomes import DRAFT, SECRETS
from tests.helpers.pages import Screen
from tests.helpers.pseudo_locale import PseudoLocale, untranslated
from tests.helpers.real_languages import WidestWords, catalogue_of
from tests.helpers.scenes import scenes
from tests.helpers.wizard import Wizard, fake_accounts, open_wizard

pytestmark = pytest.mark.usefixtures("loop", "english_again")


@pytest.fixture(params=[True, False], ids=["practice", "real"])
def practice(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture
def english_again() -> Iterator[None]:
    yield
    i18n.install(None)


@pytest.fixture
def pseudo_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(i18n, "_active", [PseudoLocale()])


@pytest.fixture
def widest_words(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    del qapp
    monkeypatch.setattr(i18n, "_active", [WidestWords()])


@pytest.fixture
def arabic(qapp: QApplication) -> Iterator[None]:
    i18n.install(catalogue_of("ar"))
    let_qt_speak(qapp)
    yield
    i18n.install(None)
    let_qt_speak(qapp)


def _wizard(qtbot: QtBot, practice: bool) -> Wizard:
    wizard = open_wizard(qtbot, fake_accounts(DRAFT, practice=practice), form=form_of(DRAFT))
    assert wizard.window.size() == USUAL
    return wizard


def _clipped_anywhere(wizard: Wizard) -> list[str]:
    return [f"{scene}: {what}" for scene in scenes(wizard) for what in clipped(wizard.window)]


def _clipped_in_either(wizard: Wizard) -> list[str]:
    """Look at every page in the usual window, and in the smallest, where none scrolls sideways."""
    found = []
    for scene in scenes(wizard):
        for size in (USUAL, SMALLEST):
            wizard.window.resize(size)
            wizard.settle()
            found += [f"{scene}, {size.width()}: {what}" for what in clipped(wizard.window)]
    return found


def test_nothing_is_cut_off(qtbot: QtBot, practice: bool) -> None:
    assert _clipped_in_either(_wizard(qtbot, practice)) == []


@pytest.mark.usefixtures("widest_words")
def test_no_language_is_cut_off(qtbot: QtBot) -> None:
    assert _clipped_in_either(_wizard(qtbot, practice=False)) == []


@pytest.mark.usefixtures("large_text")
def test_nothing_is_cut_off_in_large_text(
    qtbot: QtBot, practice: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In any language in the usual window, and where one practises, in English in the smallest."""
    if not practice:
        monkeypatch.setattr(i18n, "_active", [WidestWords()])
    wizard = _wizard(qtbot, practice)
    if practice:
        wizard.window.resize(SMALLEST)
        wizard.settle()
    assert _clipped_anywhere(wizard) == []


@pytest.mark.usefixtures("arabic")
def test_nothing_is_cut_off_from_right_to_left(qtbot: QtBot) -> None:
    wizard = _wizard(qtbot, practice=False)
    assert _clipped_in_either(wizard) == []
    wizard.window.resize(USUAL)
    wizard.settle()
    back, forward = (Screen(wizard).find(QWidget, f"{name}Button") for name in ("back", "next"))
    assert forward.x() < back.x()


@pytest.mark.usefixtures("pseudo_locale")
def test_every_word_is_translated_and_has_room_to_be_longer(qtbot: QtBot, practice: bool) -> None:
    wizard = _wizard(qtbot, practice)
    found: set[str] = set()
    for scene in scenes(wizard):
        found.update(f"{scene}: {what}" for what in clipped(wizard.window))
        for text in _read(wizard.window):
            rest = _OURS.sub("", untranslated(text))
            if re.search(r"\w", rest):
                found.add(f"{scene}: {text!r}")
    assert found == set()


_VALUES = sorted((*SECRETS, *(entry.region for entry in DRAFT.buckets)), key=len, reverse=True)
_OURS = re.compile(
    "|".join(
        [
            "UbiQuity S3 Connection Setup",
            "^UbiQuity$",
            *(f"^“?{re.escape(label)}”?$" for label in AWS_LABELS | UBIQUITY_LABELS),
            *map(re.escape, _VALUES),
            r"\b\d+\b",  # numbers of steps
            r"arn:aws:\S+",
            r"ubiquity-connectors-s3-access-role|ubiquity-s3-access-policy|049579744830",
            r"(Mistaken-Bucket|/?tawa/rimu-files/?|eu-west)",
            r"(ap|eu|us)-\w+-\d · .*",  # AWS's own names of its regions
        ]
    )
)
"""What is the same in each language: the product's name, values, and names that AWS gives."""


def _read(window: QWidget) -> Iterator[str]:
    yield window.windowTitle()
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or isinstance(widget.parent(), QComboBox):
            continue
        yield from (widget.toolTip(), widget.accessibleName(), widget.accessibleDescription())
        if isinstance(widget, QLineEdit):
            yield widget.placeholderText()
        elif isinstance(widget, QLabel):
            plain = widget.textFormat() != Qt.TextFormat.RichText
            yield widget.text() if plain else widget.accessibleName()
        elif isinstance(widget, QAbstractButton):
            yield widget.text()
        elif isinstance(widget, QListWidget):
            yield from (widget.item(row).text() for row in range(widget.count()))


_PICTURED = frozenset({"details, mistakes", "create, refused", "permissions, console"})


@pytest.fixture
def steady_cursor(qapp: QApplication) -> Iterator[None]:
    """Stop the cursor of a field from blinking: it would be a change that nobody made."""
    usual = qapp.cursorFlashTime()
    qapp.setCursorFlashTime(0)
    yield
    qapp.setCursorFlashTime(usual)


@pytest.mark.usefixtures("steady_cursor")
def test_light_and_dark_switch_while_a_page_is_open(qtbot: QtBot, theme: Theme) -> None:
    wizard = _wizard(qtbot, practice=True)
    unchanged, pictured = [], set()
    for scene in scenes(wizard, _PICTURED):  # each switch dresses the whole window anew
        pictured.add(scene)
        light = _picture(wizard)
        theme.force("dark")
        wizard.settle()
        dark = _picture(wizard)
        theme.force("light")
        wizard.settle()
        if _brightness(light) < 200 or _brightness(dark) > 80:
            unchanged.append(scene)
        if _picture(wizard) != light:
            unchanged.append(f"{scene}, back again")
    assert unchanged == []
    assert pictured == _PICTURED


def _picture(wizard: Wizard) -> QImage:
    return wizard.window.grab().toImage()


def _brightness(picture: QImage) -> float:
    small = picture.scaled(16, 16, mode=Qt.TransformationMode.SmoothTransformation)
    spots = [(x, y) for x in range(16) for y in range(16)]
    return sum(small.pixelColor(x, y).lightness() for x, y in spots) / len(spots)
