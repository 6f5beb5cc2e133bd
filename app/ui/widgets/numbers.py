"""Numbers as this computer writes them."""

from PySide6.QtCore import QLocale


def counted(number: int) -> str:
    """Return a whole ``number`` with its digits in groups: ``124,000``."""
    return QLocale().toString(number)
