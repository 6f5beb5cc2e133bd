"""Whether the program's own pictures are there and can be drawn, and whether one shows anything.

Works without an application: shapes need no font and no screen.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from PySide6.QtCore import QByteArray, QRectF, QSize
from PySide6.QtGui import QImage, QImageWriter, QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QWidget

from app.files.reading import SMALL, read_bytes
from app.ui.crash_dialog import CrashDialog
from app.ui.widgets.console_picture import CONSOLE_PICTURES
from app.ui.widgets.pictures import PICTURES

APP_ICON: Final = "app"
_SIDE: Final = 64
_LEAST_COLOURS: Final = 8
"""Of a page: even with a plain theme, smoothed letters alone have more shades than that."""


def picture_count() -> int:
    """Return how many pictures the program names."""
    return 1 + len(PICTURES) + len(CONSOLE_PICTURES)


def undrawable_pictures(icons: Path) -> list[str]:
    """Return the pictures that the program names and ``icons`` lacks, or can't be drawn."""
    plain = [name for name in (APP_ICON, *sorted(PICTURES)) if not _shows(icons, name)]
    return [*plain, *_of_console(icons)]


def _of_console(icons: Path) -> Iterator[str]:
    for name, words in CONSOLE_PICTURES.items():
        drawing = _drawing(icons / "console" / f"{name}.svg")
        if drawing is None or not all(map(drawing.elementExists, words)):
            yield f"console/{name}"


def _shows(icons: Path, name: str) -> bool:
    return _drawing(icons / f"{name}.svg") is not None


def _drawing(file: Path) -> QSvgRenderer | None:
    """Return the picture in ``file``; None where there is none that leaves anything on a sheet."""
    content = read_bytes(file, SMALL)
    if not isinstance(content, bytes):
        return None
    drawing = QSvgRenderer(QByteArray(content))
    return drawing if drawing.isValid() and _leaves_anything(drawing) else None


def _leaves_anything(drawing: QSvgRenderer) -> bool:
    sheet = QImage(QSize(_SIDE, _SIDE), QImage.Format.Format_ARGB32)
    sheet.fill(0)
    empty = sheet.copy()
    painter = QPainter(sheet)
    drawing.render(painter, QRectF(0, 0, _SIDE, _SIDE))
    painter.end()
    return sheet != empty


def picture_of(window: QWidget) -> QImage | None:
    """Return a picture of ``window``; None where nothing is to be seen on it."""
    image = window.grab().toImage()
    if is_blank(image):
        return None
    return image


def save_picture(image: QImage, file: Path) -> bool:
    """Save ``image`` as a PNG ``file``, whatever its name; return whether that was possible."""
    return QImageWriter(str(file), QByteArray(b"png")).write(image)


def shows_crash() -> bool:
    """Tell whether the program shows that it has failed."""
    windows = QApplication.topLevelWidgets()
    return any(isinstance(each, CrashDialog) and each.isVisible() for each in windows)


def is_blank(image: QImage) -> bool:
    """Tell whether the picture of a page shows no page: it has hardly a colour."""
    colours = {
        image.pixel(across, down)
        for across in range(0, image.width(), 3)
        for down in range(0, image.height(), 2)
    }
    return len(colours) < _LEAST_COLOURS
