"""A part of a page that most people never see: it is made when it is first shown."""

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

Part = TypeVar("Part", bound=QWidget)


class MadeLater(QWidget, Generic[Part]):
    """The place of the part that ``make`` returns; hidden until then.

    Each widget costs a third of a millisecond to make and to dress, in the turn in which the page
    is opened, and its memory for as long as the window is there: what is folded away, what only a
    failure brings up and what only the real AWS asks for waits in one of these. Whoever needs the
    part (to show it, to fill it, to set the focus to it) asks for ``part``, which is whole at once.
    """

    def __init__(self, make: Callable[[], Part]) -> None:
        super().__init__()
        self._make = make
        self._part: Part | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.hide()

    @property
    def is_made(self) -> bool:
        """Whether the part is there."""
        return self._part is not None

    @property
    def part(self) -> Part:
        """The part, made now if it was not yet."""
        return self.make()

    def make(self) -> Part:
        """Make the part unless it is there, and return it; whether it is seen stays as it was."""
        if self._part is None:
            self._part = self._make()
            self._column.addWidget(self._part)
        return self._part

    def show_part(self, *, shown: bool) -> None:
        """Show the part, which is made for it, or hide it."""
        if shown:
            self.make()
        self.setVisible(shown)
