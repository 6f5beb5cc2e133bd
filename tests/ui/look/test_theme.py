from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.ui.look.style_sheet import CONTROL, Sizes, control_height, style_sheet
from app.ui.look.theme import Theme, tokens
from app.ui.look.tokens import DARK, LIGHT
from app.ui.widgets.buttons import plain_button
from app.ui.widgets.headings import body, group_title, title


def test_force_switches_palette_tokens_and_sheet_live(
    qtbot: QtBot, qapp: QApplication, theme: Theme
) -> None:
    light_sheet = qapp.styleSheet()
    assert theme.tokens == LIGHT
    with qtbot.waitSignal(theme.changed):
        theme.force("dark")
    assert theme.tokens == tokens() == DARK
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(DARK.window)
    assert qapp.styleSheet() != light_sheet


@pytest.mark.parametrize(
    ("system", "expected"),
    [
        (Qt.ColorScheme.Dark, DARK),
        (Qt.ColorScheme.Light, LIGHT),
        (Qt.ColorScheme.Unknown, LIGHT),
    ],
)
def test_follows_the_system(
    qapp: QApplication,
    theme: Theme,
    monkeypatch: pytest.MonkeyPatch,
    system: Qt.ColorScheme,
    expected: object,
) -> None:
    theme.force("dark" if expected is LIGHT else "light")
    monkeypatch.setattr(type(qapp.styleHints()), "colorScheme", lambda _self: system)
    theme.force(None)
    assert theme.tokens is expected


def test_follows_the_system_while_open(
    qtbot: QtBot, qapp: QApplication, theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    theme.force(None)
    hints = qapp.styleHints()
    monkeypatch.setattr(type(hints), "colorScheme", lambda _self: Qt.ColorScheme.Dark)
    with qtbot.waitSignal(theme.changed):
        hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert theme.tokens is DARK


@pytest.fixture
def high_contrast(theme: Theme, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(theme, "high_contrast", lambda: True)
    yield
    monkeypatch.undo()
    theme.force("light")


@pytest.mark.usefixtures("high_contrast")
def test_in_high_contrast_the_systems_colours_win(qapp: QApplication, theme: Theme) -> None:
    theme.force("dark")
    base = QPalette.ColorRole.Base
    assert qapp.palette().color(base) != QColor(DARK.card)
    assert theme.tokens.card == qapp.palette().color(base).name()


def test_high_contrast_is_what_the_system_says(theme: Theme) -> None:
    assert not theme.high_contrast()
    assert not Theme().high_contrast()


def test_a_theme_that_is_not_installed_only_remembers() -> None:
    theme = Theme()
    theme.force("dark")
    assert tokens() is LIGHT


def test_titles_follow_the_font(qtbot: QtBot, qapp: QApplication) -> None:
    labels = [title("A"), group_title("B"), body("C")]
    window = QWidget()
    column = QVBoxLayout(window)
    for label in labels:
        column.addWidget(label)
    qtbot.addWidget(window)
    window.show()

    def sizes() -> list[float]:
        return [label.font().pointSizeF() for label in labels]

    usual = qapp.font().pointSizeF()
    assert sizes() == pytest.approx([usual * 1.5, usual * 1.15, usual], abs=0.1)
    font = QFont(qapp.font())
    font.setPointSizeF(usual * 2)
    qapp.setFont(font)
    assert sizes() == pytest.approx([usual * 3, usual * 2.3, usual * 2], abs=0.1)


def test_a_font_in_pixels_is_scaled_in_pixels(qtbot: QtBot, qapp: QApplication) -> None:
    font = QFont(qapp.font())
    font.setPixelSize(20)
    qapp.setFont(font)
    label = title("A")
    qtbot.addWidget(label)
    label.show()
    assert label.font().pixelSize() == 30


@pytest.mark.parametrize("factor", [1.0, 1.5, 2.0])
def test_controls_are_at_least_32_pixels_high_and_hold_their_text(
    qtbot: QtBot, qapp: QApplication, factor: float
) -> None:
    font = QFont(qapp.font())
    font.setPointSizeF(font.pointSizeF() * factor)
    qapp.setFont(font)
    button = plain_button("Back", "back")
    qtbot.addWidget(button)
    button.show()
    line = button.fontMetrics().height()
    assert button.sizeHint().height() >= max(CONTROL, line + 8)
    assert button.sizeHint().height() == control_height(line)


def test_focus_moves_no_text(qtbot: QtBot) -> None:
    button = QPushButton("Back")
    qtbot.addWidget(button)
    button.show()
    before = button.sizeHint()
    with qtbot.waitActive(button):
        button.activateWindow()
    button.setFocus()
    assert button.hasFocus()
    assert button.sizeHint() == before


def test_every_place_of_the_sheet_is_filled(qapp: QApplication) -> None:
    sheet = style_sheet(DARK, Sizes.of(qapp.font(), 16))
    assert "$" not in sheet
    assert sheet.count("{") == sheet.count("}")


def test_labels_never_read_markup(qtbot: QtBot) -> None:
    label = body("<b>not bold</b>")
    qtbot.addWidget(label)
    assert isinstance(label, QLabel)
    assert label.textFormat() == Qt.TextFormat.PlainText
