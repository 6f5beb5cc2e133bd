"""Hiding the customer's values on a shared screen."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from app.core.wording.value_sentence import PLACE

if TYPE_CHECKING:
    from app.core.wording.value_sentence import ValueSentence

_DOTS: Final = "•" * 8
_SHOWN: Final = 2
_LEAST: Final = 8
"""A shorter value shows nothing of itself: two characters of five are too much."""


class Masking(QObject):
    """Whether accounts, ids, buckets and ARNs are hidden, for the whole window."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._on = False

    @property
    def on(self) -> bool:
        """Whether values are hidden now."""
        return self._on

    def set_on(self, on: bool) -> None:
        """Hide or show values; ``changed`` follows where that is news."""
        if on != self._on:
            self._on = on
            self.changed.emit()

    def shown(self, value: str) -> str:
        """Return what the screen may show of ``value``.

        Masked: its first two characters, so that two of them can be told apart, and always
        eight dots, so that the length tells nothing and a line keeps its length.
        """
        if not self._on or not value:
            return value
        return (value[:_SHOWN] if len(value) >= _LEAST else "") + _DOTS

    def words(self, sentence: "ValueSentence") -> str:
        """Return ``sentence`` with what the screen may show of each of its values."""
        values = {name: self.shown(value) for name, value in sentence.values.items()}
        return PLACE.sub(lambda place: values.get(place[1], place[0]), sentence.template)
