"""A press too many: what a hurried hand means for what was there before."""

from typing import Final

from PySide6.QtWidgets import QWidget

ASKED: Final = "is_too_soon"
"""The method of a window that knows whether what it shows has only just come up."""


def comes_too_soon(control: QWidget) -> bool:
    """Return whether a press of ``control`` that comes now was meant for what was there before.

    One Enter or click too many must neither turn a second page, nor begin what the first one has
    just shown. The window of ``control`` knows; one that doesn't say has nothing of that kind.
    """
    asked = getattr(control.window(), ASKED, None)
    return bool(asked()) if asked is not None else False
