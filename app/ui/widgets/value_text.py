"""The one widget through which every account, id, bucket and ARN reaches the screen."""

import re
from collections.abc import Mapping
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLabel, QMenu

from app.core.conventions import is_right_to_left
from app.core.i18n import tr
from app.core.wording.characters import is_seen, marked
from app.ui.look.typeface import fixed_family
from app.ui.widgets.words import isolated, without_isolation

if TYPE_CHECKING:
    from app.ui.widgets.masking import Masking

NO_VALUES: Final[Mapping[str, str]] = MappingProxyType({})
"""For a sentence that holds no value."""

_PLACE: Final = re.compile(r"\{(\w+)\}")

# A label never breaks a line inside a word, nor after a hyphen or slash that a digit follows: an
# ARN may be one word of 75 letters to it, a bucket one of 63. Long words are given places to break
# at, which copying drops.
_LONG: Final = re.compile(r"\S{24,}")
_PIECE: Final = re.compile(r"[^/:\-]{1,16}[/:\-]*|[/:\-]+")
_BREAK: Final = "\u200b"

# Small, because the font that has the character may have higher lines.
_SMALL_BREAK: Final = f'<span style="font-size:1px">{_BREAK}</span>'


class ValueText(QLabel):
    """A sentence with values in it: wraps, can be selected, and masks each value.

    A character that can't be seen has its name in its place on the screen, and is copied as it is.
    """

    def __init__(self, masking: "Masking", object_name: str = "") -> None:
        super().__init__()
        self.setObjectName(object_name)
        self._masking = masking
        self._template = ""
        self._values: Mapping[str, str] = NO_VALUES
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        masking.changed.connect(self._show)

    def show_text(self, template: str, values: Mapping[str, str] = NO_VALUES) -> None:
        """Show ``template`` with each ``{place}`` that ``values`` names filled in.

        Both are plain text; a place that ``values`` lacks stays as it is written.
        """
        self._template = template
        self._values = dict(values)
        self._show()

    def shown_text(self) -> str:
        """Return what can be read now, without markup and masked as on the screen."""
        return spoken(self._masking, self._template, self._values)

    @staticmethod
    def without_values(template: str) -> str:
        """Return ``template`` with a dash in each of its places, for where nothing is masked."""
        return _PLACE.sub("–", template)

    def selected(self) -> str:
        """Return the selected text as it goes to the clipboard."""
        text = without_isolation(self.selectedText())
        text = text.replace(_BREAK, "").replace("\u2029", "\n")
        for mark, char in self._marks().items():
            text = text.replace(mark, char)
        return text

    def _marks(self) -> dict[str, str]:
        """Return what each mark stands for that the sentence has: what is copied has none."""
        texts = [self._template, *map(self._masking.shown, self._values.values())]
        unseen = {char for text in texts for char in text if not is_seen(char)}
        return {marked(char): char for char in unseen}

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy plain text, without the places to break at."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer to copy and to select all."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        copy = menu.addAction(tr("Copy"), self._copy)
        copy.setEnabled(self.hasSelectedText())
        menu.popup(event.globalPos())

    def _copy(self) -> None:
        if self.hasSelectedText():
            QGuiApplication.clipboard().setText(self.selected())

    def _show(self) -> None:
        tag = 'div dir="rtl"' if is_right_to_left() else "span"
        html = f"<{tag}>{''.join(self._pieces())}</{tag.partition(' ')[0]}>"
        if html != self.text():  # setting it again would drop the selection
            self.setText(html)
            self.setAccessibleName(self.shown_text())

    def _pieces(self) -> list[str]:
        pieces, end = [], 0
        template = marked(self._template, "\n")
        for place in _PLACE.finditer(template):
            pieces.append(_html(template[end : place.start()]))
            pieces.append(self._value(place))
            end = place.end()
        return [*pieces, _html(template[end:])]

    def _value(self, place: re.Match[str]) -> str:
        if place[1] not in self._values:
            return _html(place[0])
        from html import escape  # with it come all names of characters

        family = escape(fixed_family(), quote=True)
        value = isolated(_html(_shown(self._masking, self._values, place)))
        return f"<span style=\"font-family:'{family}'\">{value}</span>"


def spoken(masking: "Masking", template: str, values: Mapping[str, str]) -> str:
    """Return ``template`` with ``values``, masked as on the screen now, for where no label is."""
    return _PLACE.sub(partial(_shown, masking, values), marked(template, "\n"))


def _shown(masking: "Masking", values: Mapping[str, str], place: re.Match[str]) -> str:
    value = values.get(place[1])
    return place[0] if value is None else marked(masking.shown(value))


def _html(text: str) -> str:
    if not text:
        return ""
    from html import escape

    pieces = _LONG.sub(_breakable, text).split(_BREAK)
    return _SMALL_BREAK.join(escape(piece).replace("\n", "<br>") for piece in pieces)


def _breakable(word: re.Match[str]) -> str:
    return _BREAK.join(_PIECE.findall(word[0]))
