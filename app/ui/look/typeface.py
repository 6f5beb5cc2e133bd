"""The sizes and families of text, all relative to the system's font."""

from typing import Final

from PySide6.QtGui import QFont, QFontDatabase

TITLE: Final = 1.5
GROUP: Final = 1.15

# Windows still answers "Courier New" when asked for its fixed font; both of these are part of
# Windows too and draw l, I, 1, O and 0 apart, which matters for IDs.
_CLEARER: Final = ("Cascadia Mono", "Consolas")


def fixed_family() -> str:
    """Return the family of the system's fixed font."""
    family = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()
    if not family.startswith("Courier"):
        return family
    families = set(QFontDatabase.families())
    return next((name for name in _CLEARER if name in families), family)


def fixed(like: QFont) -> QFont:
    """Return the fixed font in the size of ``like``."""
    font = QFont(like)
    font.setFamilies([fixed_family()])
    font.setStyleHint(QFont.StyleHint.Monospace)
    font.setFixedPitch(True)
    return font


def scaled(font: QFont, factor: float) -> QFont:
    """Return ``font`` in ``factor`` times its size, whichever unit it is set in."""
    larger = QFont(font)
    if font.pointSizeF() > 0:
        larger.setPointSizeF(font.pointSizeF() * factor)
    else:
        larger.setPixelSize(round(font.pixelSize() * factor))
    return larger


def css_size(font: QFont, factor: float = 1.0) -> str:
    """Return ``factor`` times the size of ``font`` as a style sheet writes it."""
    larger = scaled(font, factor)
    points = larger.pointSizeF()
    return f"{points:.2f}pt" if points > 0 else f"{larger.pixelSize()}px"


def semibold(font: QFont) -> QFont:
    """Return ``font`` in semi-bold."""
    heavier = QFont(font)
    heavier.setWeight(QFont.Weight.DemiBold)
    return heavier
