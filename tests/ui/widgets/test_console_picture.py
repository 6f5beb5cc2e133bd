import re
from dataclasses import astuple

import pytest
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage
from PySide6.QtSvg import QSvgRenderer
from pytestqt.qtbot import QtBot

from app.core import i18n
from app.core.guide import ROLE_NAME
from app.core.wording.console_labels import AWS_LABELS, PATH, UBIQUITY_LABELS
from app.system.resources import resources_folder
from app.ui.look.theme import Theme
from app.ui.look.tokens import LIGHT
from app.ui.look.typeface import semibold
from app.ui.widgets.console_picture import CONSOLE_PICTURES, ConsolePicture
from tests.helpers.pseudo_locale import PseudoLocale
from tests.helpers.stage import staged

FOLDER = resources_folder() / "icons" / "console"
NAMES = sorted(CONSOLE_PICTURES)


def test_each_picture_is_a_file() -> None:
    assert sorted(file.stem for file in FOLDER.iterdir()) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_file_has_a_place_for_each_word_and_the_themes_colours(name: str) -> None:
    text = (FOLDER / f"{name}.svg").read_text()
    assert re.findall('id="([^"]+)"', text) == list(CONSOLE_PICTURES[name])
    assert set(re.findall("#[0-9A-Fa-f]+", text)) <= set(map(str, astuple(LIGHT)))


def test_the_labels_of_other_pages_are_known_and_never_translated(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is looked for in AWS or UbiQuity is looked for by the words that are there."""
    monkeypatch.setattr(i18n, "_active", [PseudoLocale()])
    ours = {ROLE_NAME, "Amazon S3", "JSON"}
    for name in NAMES:
        picture = ConsolePicture(name)
        qtbot.addWidget(picture)
        assert picture.words == CONSOLE_PICTURES[name]
        for words in picture.words.values():
            assert set(words.split(PATH)) <= AWS_LABELS | UBIQUITY_LABELS | ours


@pytest.mark.parametrize("name", NAMES)
def test_the_words_have_room_to_be_longer(qtbot: QtBot, name: str) -> None:
    picture = ConsolePicture(name)
    qtbot.addWidget(picture)
    drawing = QSvgRenderer(str(FOLDER / f"{name}.svg"))
    scale = picture.sizeHint().width() / drawing.viewBoxF().width()
    for place, words in CONSOLE_PICTURES[name].items():
        bold = place.startswith(("strong", "button", "accent"))
        font = semibold(picture.font()) if bold else picture.font()
        needed = QFontMetricsF(font).horizontalAdvance(words)
        spare = 1.0 if "ubiquity-" in words else 1.1
        assert needed * spare <= drawing.boundsOnElement(place).width() * scale, words


@pytest.mark.parametrize("name", NAMES)
def test_it_grows_with_the_text_and_shrinks_to_its_room(qtbot: QtBot, name: str) -> None:
    picture = ConsolePicture(name)
    window = staged(qtbot, picture, width=900)
    usual = picture.size()
    assert usual == picture.sizeHint()
    font = QFont(picture.font())
    font.setPointSizeF(font.pointSizeF() * 2)
    picture.setFont(font)
    qtbot.wait(1)
    assert abs(picture.width() - 2 * usual.width()) < 0.1 * usual.width()
    window.resize(400, window.height())
    qtbot.wait(1)
    assert picture.width() < 400
    proportion = usual.width() / usual.height()
    high = picture.heightForWidth(picture.width())
    assert picture.width() / high == pytest.approx(proportion, rel=0.03)


def test_it_follows_the_theme_and_says_nothing_that_its_sentence_does_not(
    qtbot: QtBot, theme: Theme
) -> None:
    picture = ConsolePicture("role-trust")
    staged(qtbot, picture)
    light = picture.grab().toImage()
    theme.force("dark")
    dark = picture.grab().toImage()
    assert _middle(light).lightness() > 200
    assert _middle(dark).lightness() < 80
    assert picture.accessibleName() == picture.accessibleDescription() == ""


def _middle(image: QImage) -> QColor:
    return image.pixelColor(image.width() // 2, image.height() - 8)
