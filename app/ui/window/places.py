"""Where the window opens: where it was, if that screen is still there, and never out of sight.

Screens come and go (a projector, a dock), change their places and their scale, and a remote session
has others. All is counted in Qt's own pixels, in which each screen has its size by its own scale.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QCursor, QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

from app.core.formats.settings_json import WindowPlace
from app.ui.window.sizes import FRAME, opening_sizes

_HANDLE: Final = QSize(120, 32)
"""How much of the title bar has to be in sight for a window to be pulled by, in pixels."""

_SETTLES: Final = 500
"""Milliseconds in which the system itself moves windows off a screen that goes."""


@dataclass(frozen=True, slots=True)
class Room:
    """A screen: its ``name``, and what it has free of bars and docks."""

    name: str
    free: QRect


def opening_place(kept: WindowPlace, rooms: Sequence[Room], pointed_at: int) -> QRect:
    """Return where the window opens: its frame's corner, and the size of what is in the frame.

    It was at ``kept``. ``pointed_at`` is the place among ``rooms`` of the one with the pointer,
    where the window opens in the middle if it can't be where it was.
    """
    place = QRect(kept.x, kept.y, kept.width, kept.height)
    named = next((room for room in rooms if room.name == kept.screen), None)
    room = named if named and _is_in_sight(place, named) else _room_of(place, rooms)
    if room is None:
        return _in_the_middle(place.size(), named or rooms[pointed_at])
    size = _fitting(place.size(), room)
    return QRect(_within(place.topLeft(), size, room), size)


def _is_in_sight(place: QRect, room: Room) -> bool:
    """Tell whether enough of the window's title is on a screen."""
    shown = QRect(place.topLeft(), QSize(place.width(), _HANDLE.height())) & room.free
    return shown.width() >= min(_HANDLE.width(), place.width()) and not shown.isEmpty()


def _room_of(place: QRect, rooms: Sequence[Room]) -> Room | None:
    """Return the screen that has most of a window whose title is in sight there."""
    seen = [room for room in rooms if _is_in_sight(place, room)]
    return max(seen, key=lambda room: _area(place & room.free), default=None)


def _area(rectangle: QRect) -> int:
    return max(rectangle.width(), 0) * max(rectangle.height(), 0)


def _fitting(size: QSize, room: Room) -> QSize:
    smallest, _ = opening_sizes(room.free.size())
    return size.expandedTo(smallest).boundedTo(room.free.size() - FRAME)


def _within(corner: QPoint, size: QSize, room: Room) -> QPoint:
    """Return the corner nearest to ``corner`` from which the window reaches beyond no edge."""
    least, frame = room.free.topLeft(), size + FRAME
    most_x = least.x() + room.free.width() - frame.width()
    most_y = least.y() + room.free.height() - frame.height()
    return QPoint(max(least.x(), min(corner.x(), most_x)), max(least.y(), min(corner.y(), most_y)))


def _in_the_middle(size: QSize, room: Room) -> QRect:
    size = _fitting(size, room)
    frame = size + FRAME
    corner = room.free.topLeft() + QPoint(
        (room.free.width() - frame.width()) // 2, (room.free.height() - frame.height()) // 2
    )
    return QRect(corner, size)


# The window and the screens as Qt has them


def open_where_it_was(window: QWidget, kept: WindowPlace | None) -> None:
    """Place ``window``, which is not shown yet, where it was; else where the system puts it."""
    if kept is None or not QGuiApplication.screens():
        return
    _put(window, kept)
    if kept.maximised:
        window.setWindowState(window.windowState() | Qt.WindowState.WindowMaximized)


def keep_in_sight(window: QWidget) -> None:
    """Bring ``window`` back where a screen goes, and let it be small enough for each screen."""

    def look() -> None:
        if not any(_is_in_sight(_rectangle(window), room) for room in _rooms()):
            _put(window, place_of(window))

    def fit(screen: QScreen) -> None:
        window.setMinimumSize(opening_sizes(screen.availableGeometry().size())[0])

    settled = QTimer(window, singleShot=True, interval=_SETTLES)
    settled.timeout.connect(look)
    app = QGuiApplication.instance()
    if isinstance(app, QGuiApplication):
        app.screenRemoved.connect(settled.start)
    if (handle := window.windowHandle()) is not None:
        handle.screenChanged.connect(fit)


def place_of(window: QWidget) -> WindowPlace:
    """Return where ``window`` is; where it fills its screen, where it was before that."""
    filled = window.isMaximized() or window.isFullScreen() or window.isMinimized()
    place = window.normalGeometry() if filled else _rectangle(window)
    return WindowPlace(
        place.x(),
        place.y(),
        place.width(),
        place.height(),
        window.screen().name(),
        window.isMaximized(),
    )


def _rectangle(window: QWidget) -> QRect:
    return QRect(window.pos(), window.size())


def _rooms() -> list[Room]:
    return [Room(each.name(), each.availableGeometry()) for each in QGuiApplication.screens()]


def _put(window: QWidget, kept: WindowPlace) -> None:
    screens = QGuiApplication.screens()
    under = QGuiApplication.screenAt(QCursor.pos()) or QGuiApplication.primaryScreen()
    place = opening_place(kept, _rooms(), screens.index(under) if under in screens else 0)
    screen = QGuiApplication.screenAt(place.center()) or under
    window.setMinimumSize(opening_sizes(screen.availableGeometry().size())[0])
    window.resize(place.size())
    window.move(place.topLeft())
