"""The choices of a combo box: a value that is typed or stored, and the words beside it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

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
from app.core.wording.value_sentence import ValueSentence

if TYPE_CHECKING:
    from app.ui.widgets.masking import Masking

_Index = QModelIndex | QPersistentModelIndex


ChoiceWords = str | ValueSentence
"""What stands beside a value; a plain text is not shown on a shared screen, whatever is in it."""


class ChoiceModel(QAbstractListModel):
    """Shows words and value, edits the value.

    A value may come from somebody's file or from AWS. What can't be seen in it has its name in
    its place, on the list and in the field. With ``masking`` a shared screen has the masked value
    on the list; the field has the value itself, under dots. ``value_of`` leads from what stands
    there back to the value.
    """

    def __init__(self, parent: QObject, masking: "Masking | None" = None) -> None:
        """``masking`` is that of the window; None where the values are nobody's secret."""
        super().__init__(parent)
        self._masking = masking
        self._rows: tuple[tuple[str, ChoiceWords], ...] = ()
        self._shown: tuple[tuple[str, str], ...] = ()

    def set_rows(self, rows: Sequence[tuple[str, ChoiceWords]]) -> None:
        """Replace all choices; each is a value and its words."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self._shown = tuple(self._masked() if self._hides else map(_plain, self._rows))
        self.endResetModel()

    def show_again(self) -> None:
        """Show the same choices as the masking now has it."""
        self.set_rows(self._rows)

    @property
    def _hides(self) -> bool:
        return self._masking is not None and self._masking.on

    def _masked(self) -> Iterator[tuple[str, str]]:
        """Yield what may be seen of each row; those that look the same are counted."""
        if self._masking is None:
            return
        times = Counter[str]()
        for value, words in self._rows:
            shown = marked(self._masking.shown(value))
            times[shown] += 1
            number = f" ({times[shown]})" if times[shown] > 1 else ""
            told = self._masking.words(words) if isinstance(words, ValueSentence) else shown
            yield f"{shown}{number}", f"{marked(told)}{number}"

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many choices there are."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        """Return the words (to look at) or the value (to edit) of one choice."""
        edited, words = self._shown[index.row()]
        if role == Qt.ItemDataRole.EditRole:
            return edited
        return words if role == Qt.ItemDataRole.DisplayRole else None

    def value_of(self, text: str) -> str:
        """Return the choice's value that stands in field or list as ``text``; itself for none."""
        values = [value for value, _ in self._rows]
        if text in values:
            return text
        shown = zip(values, self._shown, strict=True)
        return next((value for value, (edited, _) in shown if edited == text), self._marked(text))

    def _marked(self, text: str) -> str:
        """Return the choice that ``text`` is with its names of what can't be seen, or ``text``."""
        return next((value for value, _ in self._rows if marked(value) == text), text)

    def text_of(self, value: str) -> str:
        """Return what stands in the field for ``value``, under dots or not."""
        return marked(value) if any(value == choice for choice, _ in self._rows) else value


def _plain(row: tuple[str, ChoiceWords]) -> tuple[str, str]:
    """Return the value and the words of ``row`` as they are."""
    value, words = row
    text = words.text if isinstance(words, ValueSentence) else words
    return marked(value), marked(text if value in text else f"{text} · {value}")


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
