"""Which colours the window wears, and that it changes them while it is open.

The style is Fusion on every system (``qt_application``), dressed by one style sheet that is made
from the tokens.
The native styles would each obey only a part of it: on Windows they ignore the palette in
places, on macOS they fix the height of controls, and either half-dressed looks broken in dark
mode or with large text. What makes the window feel at home stays the system's: the font and its
size, light or dark, high contrast, the file dialogs, the title bar and the clipboard.
"""

from pathlib import Path
from typing import Final, Literal

from PySide6.QtCore import QDir, QObject, Qt, Signal
from PySide6.QtGui import QAccessibilityHints, QFont, QFontMetrics, QPalette, QStyleHints
from PySide6.QtWidgets import QApplication

from app.core.formats.settings_json import USUAL_TEXT
from app.ui.look.style_sheet import Sizes, style_sheet
from app.ui.look.tokens import DARK, LIGHT, Tokens, system_tokens
from app.ui.look.tokens import palette as palette_of
from app.ui.look.typeface import scaled

Scheme = Literal["light", "dark"]

ICONS: Final = "icons"
"""Where Qt finds the pictures, once a theme is installed: ``icons:done.svg``."""

_worn: list[Tokens] = [LIGHT]


def tokens() -> Tokens:
    """Return the colours in use, for widgets that paint themselves."""
    return _worn[0]


class Theme(QObject):
    """Follows the system's light or dark, its contrast and its font, and dresses the program."""

    changed = Signal()
    """Colours or sizes are other than before; painted widgets have been asked to repaint."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._app: QApplication | None = None
        self._hints: tuple[QStyleHints, QAccessibilityHints] | None = None
        self._forced: Scheme | None = None
        self._dressing = False
        self._text_size = USUAL_TEXT
        self._usual_font: QFont | None = None

    @property
    def text_size(self) -> int:
        """The size of text in per cent of the system's."""
        return self._text_size

    def set_text_size(self, percent: int) -> None:
        """Show all text in ``percent`` of the system's size; everything else grows with it."""
        app = self._app
        if app is None or percent == self._text_size:
            return
        usual = self._usual_font or QFont(app.font())
        # At the usual size the font is the system's again, and follows a change of it.
        self._usual_font = None if percent == USUAL_TEXT else usual
        self._text_size = percent
        app.setFont(scaled(usual, percent / 100))

    @property
    def tokens(self) -> Tokens:
        """The colours in use."""
        return tokens()

    def install(self, app: QApplication, icons: Path) -> None:
        """Dress ``app`` now and each time that the system changes. Once for a program.

        ``icons`` is the folder of the pictures.
        """
        self._app = app
        QDir.setSearchPaths(ICONS, [str(icons)])
        # Both are kept: PySide takes the second away with the last reference to the first.
        hints = app.styleHints()
        self._hints = (hints, hints.accessibility())
        hints.colorSchemeChanged.connect(self._dress)
        self._hints[1].contrastPreferenceChanged.connect(self._dress)
        app.fontChanged.connect(self._dress)
        app.paletteChanged.connect(self._palette_changed)
        self._dress()

    def force(self, scheme: Scheme | None) -> None:
        """Wear ``scheme`` whatever the system says; None follows the system again."""
        self._forced = scheme
        if self._app is None:
            return
        hints = self._app.styleHints()
        if scheme is None:
            hints.unsetColorScheme()
        else:
            # The title bar and the file dialogs belong to the system: they follow this.
            qt_scheme = Qt.ColorScheme.Dark if scheme == "dark" else Qt.ColorScheme.Light
            hints.setColorScheme(qt_scheme)
        self._dress()

    def high_contrast(self) -> bool:
        """Return whether the person asked the system for high contrast."""
        if self._hints is None:
            return False
        return self._hints[1].contrastPreference() == Qt.ContrastPreference.HighContrast

    def _palette_changed(self) -> None:
        # Only a high-contrast theme takes its colours from there, and it can be edited live.
        if self.high_contrast():
            self._dress()

    def _dress(self) -> None:
        if self._app is None or self._dressing or QApplication.closingDown():
            return
        self._dressing = True
        try:
            self._put_on(self._app)
        finally:
            self._dressing = False
        self.changed.emit()

    def _put_on(self, app: QApplication) -> None:
        if self.high_contrast():
            app.setPalette(QPalette())  # the system's own again
            _worn[0] = system_tokens(app.palette())
        else:
            _worn[0] = DARK if self._is_dark(app) else LIGHT
            app.setPalette(palette_of(_worn[0]))
        sheet = style_sheet(_worn[0], Sizes.of(app.font(), QFontMetrics(app.font()).height()))
        if sheet != app.styleSheet():
            app.setStyleSheet(sheet)

    def _is_dark(self, app: QApplication) -> bool:
        if self._forced is not None:
            return self._forced == "dark"
        return app.styleHints().colorScheme() == Qt.ColorScheme.Dark
