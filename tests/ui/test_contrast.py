"""Each text and each state's picture on each page, against the ground that it really stands on.

WCAG 2.2, 1.4.3 and 1.4.11: 4.5 : 1 for text, 3 : 1 for what tells a state; what is switched off is
exempt. The pairs of ``tests/ui/look/test_tokens.py`` are written down by hand; these are painted.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Final

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QImage, QPainter, QPalette, QRegion
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.core.fields.form import form_of
from app.ui.look.theme import Theme, tokens
from app.ui.look.tokens import contrast
from app.ui.widgets.radio_cards import RadioCard
from app.ui.widgets.state_icon import StateIcon
from tests.helpers.outcomes import DRAFT
from tests.helpers.pages import Screen
from tests.helpers.scenes import scenes
from tests.helpers.wizard import fake_accounts, open_wizard

pytestmark = pytest.mark.usefixtures("loop")

TEXT: Final = 4.5
PICTURE: Final = 3.0
_STEP: Final = 2
"""Of so many rows and columns one is looked at: enough to tell what is commonest."""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everything_can_be_read(qtbot: QtBot, theme: Theme, scheme: str) -> None:
    theme.force("dark" if scheme == "dark" else "light")
    wizard = open_wizard(qtbot, fake_accounts(DRAFT, practice=False), form=form_of(DRAFT))
    seen, faint, pages = Counter[tuple[str, str]](), set[str](), set[str]()
    for scene in scenes(wizard):
        page = Screen(wizard).find(QWidget, f"page-{wizard.store.state.page}")
        # What is round the pages changes with the page alone.
        around = () if page.objectName() in pages else (wizard.window,)
        pages.add(page.objectName())
        for part in (page, *around):
            image = _painted(part)
            for widget, front, ground, least in _pairs(part, image):
                seen[front, ground] += 1
                if contrast(front, ground) < least:
                    what = f"{type(widget).__name__} {widget.objectName()}"
                    faint.add(f"{scene}: {what}: {front} on {ground}")
    assert not faint, "\n".join(sorted(faint))
    assert len(seen) > 20  # so many pairs are really in use


def _pairs(part: QWidget, image: QImage) -> Iterator[tuple[QWidget, str, str, float]]:
    """Yield what is in ``part``: its colour, its ground, and the least contrast of the two."""
    for widget in part.findChildren(QWidget):
        if not widget.isVisibleTo(part) or not widget.isEnabled():
            continue
        place = QRect(widget.mapTo(part, QPoint(0, 0)), widget.size()) & image.rect()
        cut_off = part.isWindow() and widget.visibleRegion().boundingRect() != widget.rect()
        if place.isEmpty() or cut_off:
            continue
        if isinstance(widget, StateIcon):
            ground, *painted = _by_number(image, place)
            yield from ((widget, front, ground, PICTURE) for front in painted[:1])
            continue
        fronts = _fronts(widget)
        ground = _by_number(image, place)[0] if fronts else ""
        yield from ((widget, front, ground, TEXT) for front in fronts)


def _fronts(widget: QWidget) -> tuple[str, ...]:
    """Return the colours of the texts of ``widget``; none where it has no text of its own."""
    role = QPalette.ColorRole
    if isinstance(widget, RadioCard):
        return tokens().text, tokens().muted
    if isinstance(widget, QCheckBox):
        return (tokens().text,)
    if isinstance(widget, QLabel | QPushButton) and widget.text():
        own = role.WindowText if isinstance(widget, QLabel) else role.ButtonText
        return (widget.palette().color(own).name(),)
    if isinstance(widget, QLineEdit) and widget.text():
        return (widget.palette().color(role.Text).name(),)
    return ()


def _by_number(image: QImage, place: QRect) -> list[str]:
    """Return the colours of ``place``, the commonest first."""
    rows = range(place.top(), place.bottom() + 1, _STEP)
    columns = range(place.left(), place.right() + 1, _STEP)
    colours = Counter(image.pixel(x, y) & 0xFFFFFF for y in rows for x in columns)
    return [f"#{colour:06x}" for colour, _ in colours.most_common()]


def _painted(part: QWidget) -> QImage:
    """Return ``part`` as it is painted, all of it, on the window's ground."""
    image = QImage(part.size(), QImage.Format.Format_RGB32)
    image.fill(part.window().palette().color(QPalette.ColorRole.Window))
    painter = QPainter(image)
    part.render(painter, QPoint(), QRegion(), QWidget.RenderFlag.DrawChildren)
    painter.end()
    return image
