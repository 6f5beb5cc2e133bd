"""Places that are meant from left to right, as they are in a language from right to left.

As ``QStyle.visualRect`` does it, which nothing needs before the first paint but for this: Python
makes all of QStyle's 566 constants when it is first named (``tests/benchmarks/start.py``).
"""

from PySide6.QtCore import QRect, Qt


def mirrored(rect: QRect, room: QRect, direction: Qt.LayoutDirection) -> QRect:
    """Return ``rect``, meant from left to right in ``room``, as it is in ``direction``."""
    if direction is Qt.LayoutDirection.LeftToRight:
        return rect
    return rect.translated(room.left() + room.right() - rect.left() - rect.right(), 0)
