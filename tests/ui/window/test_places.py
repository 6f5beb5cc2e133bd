"""The window opens where it was, or else where it can be seen: whatever screens there are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect, QSize, QTimer
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.core.formats.settings_json import WindowPlace
from app.ui.window.places import Room, keep_in_sight, open_where_it_was, opening_place, place_of
from app.ui.window.sizes import FRAME

LAPTOP = Room("eDP-1", QRect(0, 30, 1440, 870))
RIGHT = Room("HDMI-1", QRect(1440, 0, 2560, 1400))
LEFT = Room("DP-2", QRect(-1920, 0, 1920, 1040))
SMALL = Room("beamer", QRect(1440, 0, 800, 560))


def _kept(x: int, y: int, width: int = 1024, height: int = 700, screen: str = "") -> WindowPlace:
    return WindowPlace(x, y, width, height, screen)


@pytest.mark.parametrize(
    ("kept", "rooms", "opens"),
    [
        (_kept(2000, 200, screen="HDMI-1"), (LAPTOP, RIGHT), QRect(2000, 200, 1024, 700)),
        (_kept(-1500, 100, screen="DP-2"), (LAPTOP, LEFT), QRect(-1500, 100, 1024, 700)),
        # Partly over an edge, as somebody left it: it reaches beyond none.
        (_kept(1000, 500, screen="eDP-1"), (LAPTOP, RIGHT), QRect(400, 152, 1024, 700)),
        # The screen has another name, and is where it was.
        (_kept(2000, 200, screen="DP-9"), (LAPTOP, RIGHT), QRect(2000, 200, 1024, 700)),
        # The screen is gone: in the middle of the one with the pointer.
        (_kept(2000, 200, screen="HDMI-1"), (LAPTOP,), QRect(200, 91, 1024, 700)),
        (_kept(-1500, 100), (LAPTOP, RIGHT), QRect(200, 91, 1024, 700)),
        # It is on the other side now: in its middle.
        (_kept(2000, 200, screen="DP-2"), (LAPTOP, LEFT), QRect(-1480, 146, 1024, 700)),
        # Larger than what is left, as with larger scale: as large as fits.
        (_kept(1500, 10, 2400, 1300, "beamer"), (LAPTOP, SMALL), QRect(1440, 0, 784, 512)),
        # Of no size at all, as a damaged file may say.
        (_kept(100, 100, 0, 0, "eDP-1"), (LAPTOP,), QRect(412, 241, 600, 400)),
    ],
)
def test_where_it_opens(kept: WindowPlace, rooms: tuple[Room, ...], opens: QRect) -> None:
    assert opening_place(kept, rooms, 0) == opens


_numbers = st.integers(-(2**31) + 1, 2**31 - 1) | st.integers(-4000, 4000)
_rooms = st.builds(
    lambda x, y, width, height, name: Room(name, QRect(x, y, width, height)),
    st.integers(-6000, 6000),
    st.integers(-6000, 6000),
    st.integers(320, 5120),
    st.integers(240, 2880),
    st.sampled_from("abc"),
)


@given(
    st.builds(WindowPlace, _numbers, _numbers, _numbers, _numbers, st.sampled_from("abcd")),
    st.lists(_rooms, min_size=1, max_size=4),
)
def test_it_is_wholly_on_one_screen_whatever_was_kept(kept: WindowPlace, rooms: list[Room]) -> None:
    place = opening_place(kept, rooms, len(rooms) - 1)
    with_frame = QRect(place.topLeft(), place.size() + FRAME)
    assert any(room.free.contains(with_frame) for room in rooms)


def test_a_real_window_comes_back_and_is_brought_back(qtbot: QtBot) -> None:
    first, second = QWidget(), QWidget()
    for window in (first, second):
        qtbot.addWidget(window)
    first.resize(610, 420)
    first.move(60, 70)
    first.show()
    kept = place_of(first)
    assert (kept.width, kept.height, kept.maximised) == (610, 420, False)
    open_where_it_was(second, kept)
    second.show()
    assert place_of(second) == kept
    keep_in_sight(second)
    second.move(9000, 9000)
    for timer in second.findChildren(QTimer):
        timer.timeout.emit()
    assert second.screen().availableGeometry().contains(second.geometry())
    first.showMaximized()
    assert place_of(first).maximised
    assert QSize(place_of(first).width, place_of(first).height) == QSize(610, 420)
    open_where_it_was(second, place_of(first))
    assert second.isMaximized()
    open_where_it_was(second, None)
