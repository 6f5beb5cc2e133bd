"""The choices of a combo box: a value that is typed or stored, and the words beside it."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtWidgets import QCompleter

from app.core.wording.characters import marked

_Index = QModelIndex | QPersistentModelIndex


class ChoiceModel(QAbstractListModel):
    """Shows words and value, edits the value.

    A value may come from somebody's file or from AWS. What can't be seen in it has its name in
    its place, on the list and in the field; ``value_of`` leads from there back to the value.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._rows: tuple[tuple[str, str], ...] = ()

    def set_rows(self, rows: Sequence[tuple[str, str]]) -> None:
        """Replace all choices; each is a value and its words."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many choices there are."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        """Return the words (to look at) or the value (to edit) of one choice."""
        value, words = self._rows[index.row()]
        if role == Qt.ItemDataRole.EditRole:
            return marked(value)
        if role == Qt.ItemDataRole.DisplayRole:
            return marked(words if value in words else f"{words} · {value}")
        return None

    def value_of(self, text: str) -> str:
        """Return the choice's value that stands in the field as ``text``; ``text`` for none."""
        values = [value for value, _ in self._rows]
        return text if text in values else next((v for v in values if marked(v) == text), text)

    def text_of(self, value: str) -> str:
        """Return what stands in the field for ``value``; itself where it is no choice."""
        return marked(value) if any(value == choice for choice, _ in self._rows) else value


class ChoiceCompleter(QCompleter):
    """Finds what was typed anywhere in the words or the value, and puts the value in."""

    def __init__(self, model: QAbstractItemModel, parent: QObject) -> None:
        super().__init__(model, parent)
        self.setCompletionRole(Qt.ItemDataRole.DisplayRole)
        self.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setMaxVisibleItems(8)

    def pathFromIndex(self, index: _Index) -> str:
        """Return what goes into the field."""
        return str(index.data(Qt.ItemDataRole.EditRole))
