"""How large the window opens, and when header and sidebar fold to leave a page its room."""

from typing import Final

from PySide6.QtCore import QSize

SMALLEST: Final = QSize(600, 400)
USUAL: Final = QSize(1024, 700)

FRAME: Final = QSize(16, 48)
"""What the system's frame and title bar may need around a window, in pixels."""

_PAGE_LEAST: Final = QSize(22, 23)
"""The room that a page has beside the sidebar, and the window's height, in lines of text."""

_BAR_LEAST: Final = 12
"""The window's height, in lines of text, under which the page needs the room of the bar too."""


def opening_sizes(available: QSize) -> tuple[QSize, QSize]:
    """Return the least size of the window and the one that it opens with.

    ``available`` is what a screen has free of bars and docks; none of it reaches beyond.
    """
    room = available - FRAME
    return SMALLEST.boundedTo(room), USUAL.boundedTo(room)


def is_tight(window: QSize, line: int, sidebar: int, page: int = 0) -> bool:
    """Return whether there is too little room for header and sidebar beside a page.

    ``window`` is its size, ``line`` the height of a line of text, ``sidebar`` the sidebar's width,
    ``page`` the width under which a page would have to scroll sideways.
    """
    narrow = window.width() - sidebar < max(page, _PAGE_LEAST.width() * line)
    return narrow or window.height() < _PAGE_LEAST.height() * line


def has_room_for_bar(height: int, line: int) -> bool:
    """Return whether a tight window has room for the bar that header and sidebar make.

    ``height`` is the window’s, ``line`` that of a line of text, both in pixels.
    """
    return height >= _BAR_LEAST * line
