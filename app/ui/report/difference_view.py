"""Two External IDs under each other, with the places where they differ marked."""

import html
from collections.abc import Callable

from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from app.core.i18n import tr
from app.core.wording.external_id import Difference, Segment
from app.ui.look.style_sheet import GRID
from app.ui.look.theme import tokens
from app.ui.look.typeface import fixed
from app.ui.widgets.headings import muted
from app.ui.widgets.masking import Masking


class DifferenceView(QWidget):
    """Needed above, found below, in the fixed font; invisible characters are made visible.

    How they differ is said in the finding's own words.
    """

    def __init__(self, masking: Masking, object_name: str) -> None:
        super().__init__()
        self.setObjectName(object_name)
        self._masking = masking
        self._difference: Difference | None = None
        self._needed, self._found = self._line("needed"), self._line("found")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(2 * GRID)
        grid.addWidget(muted(tr("Needed")), 0, 0)
        grid.addWidget(self._needed, 0, 1)
        grid.addWidget(muted(tr("Found")), 1, 0)
        grid.addWidget(self._found, 1, 1)
        grid.setColumnStretch(1, 1)
        masking.changed.connect(self._show)

    def _line(self, name: str) -> QLabel:
        label = QLabel()
        label.setObjectName(f"{self.objectName()}-{name}")
        label.setFont(fixed(self.font()))
        label.setWordWrap(True)
        return label

    def show_difference(self, difference: Difference) -> None:
        """Show how what was found differs from what is needed."""
        self._difference = difference
        self._show()

    def _show(self) -> None:
        difference = self._difference
        if difference is None:
            return
        for label, text_of in (
            (self._needed, _expected),
            (self._found, _found),
        ):
            text = "".join(text_of(segment) for segment in difference.segments)
            if self._masking.on:
                label.setText(html.escape(self._masking.shown(text)))
                label.setAccessibleName(self._masking.shown(text))
                continue
            label.setText("".join(_marked(segment, text_of) for segment in difference.segments))
            label.setAccessibleName(text)


def _expected(segment: Segment) -> str:
    return segment.expected_shown


def _found(segment: Segment) -> str:
    return segment.found_shown


def _marked(segment: Segment, text_of: Callable[[Segment], str]) -> str:
    text = html.escape(text_of(segment))
    if segment.same or not text:
        return text
    return f'<span style="color:{tokens().bad};text-decoration:underline"><b>{text}</b></span>'
