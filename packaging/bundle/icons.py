"""The program's icon in the two forms that Windows and macOS take, from the one drawing.

Qt draws ``resources/icons/app.svg`` in each size; the containers are written here. Sources:
Microsoft, "Icons" (ICONDIR, and BITMAPINFOHEADER of twice the height); Apple's Icon Composer sizes
and the types of ``.icns`` as libicns documents them.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

if TYPE_CHECKING:
    from pathlib import Path

ICO_SIZES = (16, 20, 24, 32, 40, 48, 64, 256)
"""Sides in pixels: lists, task bar, desktop and start menu, at 100, 125, 150 and 200 per cent."""

ICNS_TYPES = {
    "icp4": 16,
    "icp5": 32,
    "icp6": 64,
    "ic07": 128,
    "ic08": 256,
    "ic09": 512,
    "ic10": 1024,
    "ic11": 32,
    "ic12": 64,
    "ic13": 256,
    "ic14": 512,
}
"""Apple's type of each picture with its side in pixels; from ``ic10`` on for dense screens."""

_AS_PNG = 256
"""The side from which on an ``.ico`` has PNG; all tools know the smaller ones raw."""


def drawn(svg: Path, side: int) -> QImage:
    """Return the drawing in a square of ``side`` pixels. Raises ValueError where it is no SVG."""
    renderer = QSvgRenderer(str(svg))
    if not renderer.isValid():
        raise ValueError(f"{svg.name} can't be drawn.")
    image = QImage(side, side, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter)
    painter.end()
    return image


def ico(svg: Path) -> bytes:
    """Return the icon for Windows."""
    pictures = [(side, _ico_picture(drawn(svg, side))) for side in ICO_SIZES]
    head = struct.pack("<HHH", 0, 1, len(pictures))
    offset = len(head) + 16 * len(pictures)
    rows, contents = b"", b""
    for side, picture in pictures:
        edge = side % 256  # 256 is written as 0
        rows += struct.pack("<BBBBHHII", edge, edge, 0, 0, 1, 32, len(picture), offset)
        offset += len(picture)
        contents += picture
    return head + rows + contents


def icns(svg: Path) -> bytes:
    """Return the icon for macOS."""
    pictures = {side: _png(drawn(svg, side)) for side in set(ICNS_TYPES.values())}
    contents = b"".join(
        kind.encode("ascii") + struct.pack(">I", 8 + len(pictures[side])) + pictures[side]
        for kind, side in ICNS_TYPES.items()
    )
    return b"icns" + struct.pack(">I", 8 + len(contents)) + contents


def _ico_picture(image: QImage) -> bytes:
    side = image.width()
    if side >= _AS_PNG:
        return _png(image)
    # The colours from the bottom up, then a mask that nothing reads where there is transparency.
    header = struct.pack("<IiiHHIIiiII", 40, side, 2 * side, 1, 32, 0, 0, 0, 0, 0, 0)
    turned = image.flipped(Qt.Orientation.Vertical)  # kept: its bytes are its own
    colours = bytes(turned.constBits())
    mask = bytes((side + 31) // 32 * 4 * side)
    return header + colours + mask


def _png(image: QImage) -> bytes:
    array = QByteArray()
    buffer = QBuffer(array)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload] # the stubs know bytes alone
    return bytes(array.data())
