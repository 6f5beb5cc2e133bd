"""Everything that the program is made of, and the text of each licence."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from app.core.component import Component
from app.core.i18n import tr
from app.ui.widgets.announcement import announce
from app.ui.widgets.field import Field
from app.ui.widgets.headings import body
from app.ui.widgets.masking import Masking
from app.ui.widgets.numbered_text import NumberedText
from app.ui.widgets.scroll_dialog import ScrollDialog

_WIDTH: Final = 112
"""Characters on a line, about: licences are written with 80 of the fixed font, which is wider."""
_LINES: Final = 6
"""Lines of the list that are in sight at once."""
_PLACE: Final = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Licensed:
    """A part with the text of its licence; empty where the installation lacks it."""

    part: Component
    text: str


class LicencesDialog(ScrollDialog):
    """A list of parts, found by their names, their licences and their texts; the text below it."""

    def __init__(self, parent: QWidget, parts: Sequence[Licensed], masking: Masking) -> None:
        super().__init__(parent, tr("Licences"), "licencesDialog", line=_WIDTH)
        self._parts = parts
        self._words = Field(
            tr("Find"),
            tr("A part’s name, its licence, or words of the text."),
            "licenceWords",
            masking,
        )
        self._words.edited.connect(self._find)
        self._list = _Parts(parts)
        self._list.picked.connect(self._show)
        self._text = NumberedText("licenceText")
        self._text.number_lines(on=False)
        self.add(body(tr("The program is made of these parts.")))
        self.add(self._words)
        self.add(self._list)
        self.add(self._text)
        self.start_at(self._words.edit)
        self._list.setCurrentRow(0)

    def _find(self, text: str) -> None:
        self._list.show_those_with(text)
        none = tr("No part has these words.") if self._list.is_empty else ""
        self._words.show_message("note" if none else None, none)
        if none:
            announce(self._words, none)

    def _show(self, place: int) -> None:
        licensed = self._parts[place]
        lacking = tr("Its text is missing in this installation.")
        self._text.show_text(licensed.text or lacking, ())
        self._text.setAccessibleName(tr("The licence of {part}").format(part=licensed.part.name))


class _Parts(QListWidget):
    """The parts, one a line."""

    picked = Signal(int)
    """The place of the part that is to be read."""

    def __init__(self, parts: Sequence[Licensed]) -> None:
        super().__init__()
        self.setObjectName("licenceParts")
        self.setAccessibleName(tr("Parts"))
        self.setWordWrap(True)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedHeight(_LINES * 2 * self.fontMetrics().height())
        self._found_by: list[str] = []
        for place, licensed in enumerate(parts):
            item = QListWidgetItem(_line(licensed.part), self)
            item.setData(_PLACE, place)
            self._found_by.append(f"{item.text()}\n{licensed.text}".casefold())
        self.currentItemChanged.connect(self._pick)

    @property
    def is_empty(self) -> bool:
        """Whether none is shown."""
        return all(self.item(row).isHidden() for row in range(self.count()))

    def show_those_with(self, text: str) -> None:
        """Show those whose line or licence has every word of ``text``."""
        words = text.casefold().split()
        for row, found_by in enumerate(self._found_by):
            self.item(row).setHidden(not all(word in found_by for word in words))
        shown = [row for row in range(self.count()) if not self.item(row).isHidden()]
        if shown and self.currentRow() not in shown:
            self.setCurrentRow(shown[0])

    def _pick(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.picked.emit(int(item.data(_PLACE)))


def _line(part: Component) -> str:
    called = " ".join(filter(None, (part.name, part.version)))
    return tr("{part}, licence {licence}").format(part=called, licence=part.licence)
