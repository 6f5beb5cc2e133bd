"""The small pictures as icons: as sharp as the screen, and paler where they can't be used."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon

from app.ui.widgets.pictures import picture_icon

_SIDE = 16


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.7, 3.0])
def test_an_icon_has_a_dot_for_each_dot_of_the_screen(scale: float) -> None:
    icon = picture_icon("done", _SIDE)
    shown = icon.pixmap(QSize(_SIDE, _SIDE), scale)
    assert shown.width() == round(_SIDE * scale)
    assert shown.deviceIndependentSize().width() == pytest.approx(_SIDE, abs=0.5)


def test_an_icon_is_not_drawn_larger_than_it_was_made_and_keeps_its_shape_where_smaller() -> None:
    icon = picture_icon("copy", _SIDE, after=4)
    assert icon.actualSize(QSize(50, 50)) == QSize(20, _SIDE)
    assert icon.actualSize(QSize(10, 10)) == QSize(10, 8)


@pytest.mark.parametrize(("before", "after", "left"), [(4, 0, 4), (0, 4, 0)])
def test_the_gap_towards_the_words_is_part_of_the_icon(before: int, after: int, left: int) -> None:
    image = picture_icon("done", _SIDE, before=before, after=after).pixmap(20, _SIDE).toImage()
    inked = [
        x
        for x in range(image.width())
        if any(image.pixelColor(x, y).alpha() for y in range(image.height()))
    ]
    assert left <= inked[0] <= left + 2
    assert image.width() - after - 3 <= inked[-1] < image.width() - after


def test_an_icon_is_paler_where_it_cant_be_used() -> None:
    icon = picture_icon("done", _SIDE)
    middle = [
        icon.pixmap(QSize(_SIDE, _SIDE), 1.0, mode).toImage().pixelColor(4, 8).alpha()
        for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected, QIcon.Mode.Disabled)
    ]
    assert middle[0] == middle[1] == 255
    assert 0 < middle[2] < 200
