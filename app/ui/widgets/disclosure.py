"""What stands ready and out of the way until it is asked for."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.conventions import labelled
from app.ui.look.style_sheet import GRID
from app.ui.widgets.accessible_objects import show_expanded
from app.ui.widgets.buttons import LinkButton
from app.ui.widgets.flow_row import FlowRow

Make = Callable[[], QWidget]


class DisclosureButton(LinkButton):
    """Opens and closes what ``make`` returns; it is made when first opened."""

    def __init__(self, words: str, make: Make, place: QVBoxLayout, object_name: str) -> None:
        super().__init__(words, object_name)
        self._make = make
        self._place = place
        self._content: QWidget | None = None
        self.clicked.connect(self.toggle)
        self._show()

    def picture(self) -> str:
        """Return the arrow: down while it is open, else on along the line."""
        if self.open:
            return "chevron-down"
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        return "chevron-left" if mirrored else "chevron-right"

    @property
    def open(self) -> bool:
        """Whether the content is shown."""
        return self._content is not None and not self._content.isHidden()

    def content(self) -> QWidget:
        """Return what is opened and closed, made now if it was not yet."""
        if self._content is None:
            self._content = self._make()
            self._content.hide()
            self._place.addWidget(self._content)
        return self._content

    def toggle(self) -> None:
        """Open what is closed, close what is open."""
        opening = not self.open
        self.content().setVisible(opening)
        self._show()

    def _show(self) -> None:
        show_expanded(self, expanded=self.open)
        self.update()


class Disclosures(QWidget):
    """Buttons side by side; what each opens stands below all of them."""

    def __init__(self, parts: Sequence[tuple[str, Make, str]], about: str = "") -> None:
        """``parts`` are words, content and name of each.

        ``about`` is added to the words for a screen reader: what they belong to.
        """
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GRID // 2)
        self.buttons = [
            DisclosureButton(words, make, self._column, f"{name}-button")
            for words, make, name in parts
        ]
        for button in self.buttons:
            if about:
                button.setAccessibleName(labelled(button.text(), about))
        self._column.addWidget(FlowRow(*self.buttons))


class Disclosure(Disclosures):
    """One button that opens and closes what ``make`` returns."""

    def __init__(self, words: str, make: Make, object_name: str) -> None:
        super().__init__([(words, make, object_name)])
        self.setObjectName(object_name)

    @property
    def open(self) -> bool:
        """Whether the content is shown."""
        return self.buttons[0].open

    def content(self) -> QWidget:
        """Return what is opened and closed, made now if it was not yet."""
        return self.buttons[0].content()

    def toggle(self) -> None:
        """Open what is closed, close what is open."""
        self.buttons[0].toggle()
