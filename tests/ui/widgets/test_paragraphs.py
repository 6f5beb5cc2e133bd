"""Callouts, reasons, numbered instructions, rows to copy, titles and pictures."""

import re
from dataclasses import astuple

import pytest
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QClipboard, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.system.resources import resources_folder
from app.ui.look.style_sheet import GRID
from app.ui.look.theme import Theme
from app.ui.look.tokens import LIGHT
from app.ui.widgets.buttons import PrimaryButton, destructive_button, link_button, plain_button
from app.ui.widgets.callout import Callout, CalloutKind
from app.ui.widgets.copy_row import CopyRow
from app.ui.widgets.disclosure import Disclosure
from app.ui.widgets.headings import body, title
from app.ui.widgets.masking import Masking
from app.ui.widgets.numbered_steps import NumberedSteps
from app.ui.widgets.pictures import PICTURES, paint_picture, picture_icon
from app.ui.widgets.state_icon import STATE_WORDS, StateIcon
from app.ui.widgets.why import WhyDisclosure
from tests.helpers.clipping import clipped
from tests.helpers.hands import part, press
from tests.helpers.heard import tree_of
from tests.helpers.stage import staged

FORMAT = QImage.Format.Format_ARGB32


@pytest.mark.parametrize(
    ("kind", "word", "icon"),
    [
        ("note", "Note", "note"),
        ("warning", "Warning", "warning"),
        ("bad", "Problem", "failed"),
        ("good", "Done", "done"),
    ],
)
def test_a_callout_has_icon_and_word(
    qtbot: QtBot, masking: Masking, kind: CalloutKind, word: str, icon: str
) -> None:
    callout = Callout(kind, "message", masking)
    staged(qtbot, callout)
    callout.show_text("The bucket {b} is empty.", {"b": "customer-data"})
    assert callout.text == "The bucket customer-data is empty."
    assert word in [label.text() for label in callout.findChildren(QLabel)]
    assert part(callout, StateIcon).state == icon
    masking.set_on(True)
    assert callout.text == "The bucket cu•••••••• is empty."


def test_a_callout_without_masking_takes_no_values(qtbot: QtBot) -> None:
    callout = Callout("note", "message")
    qtbot.addWidget(callout)
    callout.show_text("Words only.")
    with pytest.raises(ValueError, match="masking"):
        callout.show_text("{b}", {"b": "customer-data"})
    assert callout.text == "Words only."


def test_a_callout_changes_its_kind_and_word(qtbot: QtBot) -> None:
    callout = Callout("note", "message")
    staged(qtbot, callout)
    before = callout.grab().toImage()
    callout.set_kind("bad", "Not connected")
    assert "Not connected" in [label.text() for label in callout.findChildren(QLabel)]
    assert callout.grab().toImage() != before


def test_buttons_of_a_callout_are_reached_by_tab(qtbot: QtBot) -> None:
    callout = Callout("bad", "message")
    first, second = plain_button("Try again", "again"), plain_button("Details", "details")
    callout.add_button(first)
    callout.add_button(second)
    staged(qtbot, callout)
    first.setFocus()
    press(first, Qt.Key.Key_Tab)
    assert second.hasFocus()
    assert first.x() < second.x()


def test_why_opens_and_closes_by_keyboard(qtbot: QtBot) -> None:
    why = WhyDisclosure("Because all customers share one account.", "whyTrust")
    staged(qtbot, why)
    button = part(why, QPushButton, "whyTrust-button")
    paragraph = part(why, QLabel, "whyTrust-text")
    closed = tree_of(button)[0]
    assert (closed.name, bool(closed.state.expanded)) == ("Why?", False)
    assert closed.state.expandable
    assert not paragraph.isVisible()
    button.setFocus()
    press(button, Qt.Key.Key_Space)
    assert paragraph.isVisible()
    assert why.open
    assert tree_of(button)[0].state.expanded
    press(button, Qt.Key.Key_Space)
    assert not paragraph.isVisible()


@pytest.mark.parametrize("direction", list(Qt.LayoutDirection)[:2])
def test_the_arrow_of_why_stands_after_the_word(
    qtbot: QtBot, direction: Qt.LayoutDirection
) -> None:
    why = WhyDisclosure("Because.", "why")
    why.setLayoutDirection(direction)
    staged(qtbot, why)
    button = part(why, QPushButton)
    at_left = button.x() == 0
    assert at_left == (direction == Qt.LayoutDirection.LeftToRight)
    words = button.fontMetrics().horizontalAdvance("Why?")
    ink = _inked_columns(button)
    if not at_left:
        ink = [button.width() - 1 - column for column in ink][::-1]
    assert ink[0] <= 4  # level with the text above and below
    assert ink[-1] > words + GRID // 2


def _inked_columns(widget: QWidget) -> list[int]:
    """Return the columns of pixels in which something is painted."""
    picture = widget.grab().toImage()
    ground = picture.pixelColor(picture.width() // 2, 1)
    return [
        x
        for x in range(picture.width())
        if any(picture.pixelColor(x, y) != ground for y in range(4, picture.height() - 4))
    ]


def test_a_link_wraps_where_it_is_narrow(qtbot: QtBot) -> None:
    words = "The role’s name may not be the one that UbiQuity uses"
    link = Disclosure(words, lambda: body("Because."), "cause")
    window = staged(qtbot, link, width=640)
    button = part(link, QPushButton, "cause-button")
    line = button.height()
    window.resize(220, 300)
    qtbot.wait(1)
    assert link.width() < 220
    assert button.height() > line
    assert clipped(window) == []
    button.click()
    assert link.open


@pytest.mark.parametrize(("width", "beside"), [(640, True), (250, False)])
def test_a_button_stands_beside_its_sentence_where_there_is_room(
    qtbot: QtBot, width: int, beside: bool
) -> None:
    steps = NumberedSteps("console")
    button = plain_button("Open AWS console", "open")
    sentence = steps.add("Open IAM > Policies > Create policy.", button)
    window = staged(qtbot, steps, width=640)
    window.resize(width, 300)
    for _ in range(3):
        qtbot.wait(1)
    assert window.width() == width
    assert (button.y() < sentence.geometry().bottom()) is beside
    assert clipped(window) == []


def test_steps_are_numbered_in_one_column(qtbot: QtBot) -> None:
    steps = NumberedSteps("console")
    button, below = plain_button("Open", "open"), title("Below")
    texts = [steps.add(f"Do thing {number}") for number in range(1, 11)]
    last = steps.add("Open the role", button, below)
    staged(qtbot, steps)
    numbers = [label for label in steps.findChildren(QLabel) if label.text().isdigit()]
    assert [label.text() for label in numbers] == [str(number) for number in range(1, 12)]
    assert len({label.geometry().right() for label in numbers}) == 1
    assert len({text.x() for text in [*texts, last]}) == 1
    assert button.x() > last.x()
    assert abs(button.geometry().center().y() - last.geometry().center().y()) <= 2
    assert below.y() > last.geometry().bottom()
    assert below.x() == last.x()
    assert steps.count == 11


@pytest.mark.usefixtures("large_text")
def test_numbers_stay_level_with_large_text(qtbot: QtBot) -> None:
    steps = NumberedSteps("console")
    button = plain_button("Open", "open")
    first = steps.add("Open", button)
    steps.add("A sentence that is long enough to take more than one line in this window.")
    window = staged(qtbot, steps, width=420)
    number = next(label for label in steps.findChildren(QLabel) if label.text() == "1")
    assert abs(number.geometry().center().y() - first.geometry().center().y()) <= 1
    assert abs(button.geometry().center().y() - first.geometry().center().y()) <= 2
    assert clipped(window) == []


def test_a_row_copies_its_value(qtbot: QtBot, masking: Masking, clipboard: QClipboard) -> None:
    row = CopyRow("Bucket Name", masking, "connector-bucket")
    staged(qtbot, row)
    row.show_value("customer-data")
    masking.set_on(True)
    value = part(row, QLabel, "connector-bucket-value")
    button = part(row, QPushButton, "connector-bucket-copy")
    assert value.accessibleName() == "cu••••••••"
    assert button.accessibleName() == "Copy: Bucket Name"
    button.click()
    assert clipboard.text() == "customer-data"
    row.show_value("")
    assert not button.isEnabled()
    assert value.accessibleName() == "—"


@pytest.mark.usefixtures("large_text")
def test_paragraphs_fit_with_large_text(qtbot: QtBot, masking: Masking) -> None:
    callout = Callout("warning", "c", masking)
    callout.show_text("The key {k} is another account’s.", {"k": "arn:aws:kms:ap-southeast-2:1"})
    callout.add_button(plain_button("Try again", "again"))
    row = CopyRow("Bucket Name", masking, "row")
    row.show_value("b" * 63)
    why = WhyDisclosure(
        "A reason that takes its time to explain what is what and why it is so.", "why"
    )
    why.toggle()
    widgets = [callout, row, why, title("A title of the page"), body("Words " * 30)]
    assert clipped(staged(qtbot, *widgets, width=460)) == []


def test_looks_of_buttons(qtbot: QtBot) -> None:
    primary = PrimaryButton("Next", "nextButton")
    others = [
        plain_button("Back", "backButton"),
        destructive_button("Delete the role", "delete"),
        link_button("Details", "details"),
    ]
    staged(qtbot, primary, *others)
    assert primary.isDefault()
    assert not any(button.isDefault() or button.autoDefault() for button in others)
    assert all(button.height() >= 32 for button in [primary, *others])
    for button in [primary, *others]:
        others[0].setFocus() if button is not others[0] else primary.setFocus()
        before = button.grab().toImage()
        button.setFocus()
        assert button.grab().toImage() != before, f"{button.text()} shows no focus"


def _painted(name: str, side: int) -> QImage:
    image = QImage(side, side, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    paint_picture(painter, QRectF(0, 0, side, side), name)
    painter.end()
    return image


def test_each_picture_is_another(theme: Theme) -> None:
    images = {name: _painted(name, 32) for name in sorted(PICTURES)}
    blank = QImage(32, 32, QImage.Format.Format_ARGB32)
    blank.fill(0)
    seen: list[QImage] = [blank]
    for image in images.values():
        assert image not in seen
        seen.append(image)
    theme.force("dark")
    for name, image in images.items():
        assert _painted(name, 32) != image


@pytest.mark.parametrize("ratio", [1, 1.25, 1.5, 1.75, 2, 2.5, 3])
@pytest.mark.parametrize("side", [16, 21])
def test_an_icon_is_sharp_at_each_scale(qapp: QApplication, side: int, ratio: float) -> None:
    del qapp
    drawn = QPixmap(round(side * ratio), round(side * ratio))
    drawn.setDevicePixelRatio(ratio)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    paint_picture(painter, QRectF(0, 0, side, side), "warning")
    painter.end()
    shown = picture_icon("warning", side).pixmap(QSize(side, side), ratio)
    assert shown.size() == drawn.size()
    assert shown.toImage().convertToFormat(FORMAT) == drawn.toImage().convertToFormat(FORMAT)


def test_each_picture_is_a_file_in_the_light_themes_colours() -> None:
    files = {file.stem: file for file in (resources_folder() / "icons").glob("*.svg")}
    assert set(files) - PICTURES == {"app"}
    assert set(files) >= PICTURES
    colours = {value for value in astuple(LIGHT) if isinstance(value, str)}
    for name, file in files.items():
        assert set(re.findall("#[0-9A-Fa-f]+", file.read_text())) <= colours, name


def test_states_have_words() -> None:
    assert set(STATE_WORDS) <= PICTURES


def test_a_state_icon_leaves_the_word_to_the_text_and_grows_with_it(
    qtbot: QtBot,
) -> None:
    icon = StateIcon("done")
    qtbot.addWidget(icon)
    assert tree_of(icon) == []
    small = icon.sizeHint()
    font = icon.font()
    font.setPointSizeF(font.pointSizeF() * 2)
    icon.setFont(font)
    assert icon.sizeHint().height() > small.height()
    with pytest.raises(KeyError):
        icon.set_state("nonsense")
