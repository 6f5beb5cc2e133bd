"""One thing that is still missing: what it is, where the console shows it, what can be said."""

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.conventions import labelled
from app.core.draft import BucketEntry
from app.core.i18n import tr
from app.core.pasted_documents.wanted import Want, Wanted
from app.core.wording.pasted_words import tick_words, want_words, where_link, where_words
from app.ui.look.style_sheet import GRID
from app.ui.parts.outside_page import open_page
from app.ui.parts.page_context import PageContext
from app.ui.widgets.buttons import link_button
from app.ui.widgets.check_box import CheckBox
from app.ui.widgets.flow_row import FlowRow
from app.ui.widgets.headings import muted
from app.ui.widgets.value_text import ValueText

TellWant = Callable[[Want, str, bool], None]
"""Takes what is told, for which bucket, and whether it is."""


class WantedRow(QWidget):
    """What is wanted, a link to where it stands, and a tick for what need not be pasted."""

    def __init__(
        self,
        context: PageContext,
        wanted: Wanted,
        entry: BucketEntry | None,
        place: int,
        tell: TellWant,
    ) -> None:
        """``entry`` is the bucket's in the details, ``place`` tells rows of one kind apart."""
        super().__init__()
        name = f"wanted-{wanted.want}-{place}" if wanted.bucket else f"wanted-{wanted.want}"
        self.setObjectName(name)
        self._context, self._wanted = context, wanted
        self._title = ValueText(context.masking, f"{name}-title")
        self._title.setProperty("role", "label")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        column.addWidget(self._title)
        column.addWidget(muted(where_words(wanted.want), f"{name}-where"))
        self._link = link_button(tr("Open AWS console"), f"{name}-link")
        self._link.clicked.connect(lambda: open_page(self, context, where_link(wanted.want, entry)))
        words = tick_words(wanted, entry.kms_key_arn if entry else None)
        self._tick = CheckBox(words or "", f"{name}-tick")
        self._tick.clicked.connect(lambda on: tell(wanted.want, wanted.bucket, on))
        column.addWidget(FlowRow(self._link, self._tick) if words else FlowRow(self._link))
        context.masking.changed.connect(self._name)
        self._name()

    def show_wanted(self, wanted: Wanted) -> None:
        """Show whether it is told; what was pasted is missing no more."""
        self._tick.setChecked(bool(wanted.told))
        self.setVisible(not wanted.pasted)

    def _name(self) -> None:
        words = want_words(self._wanted)
        self._title.show_text(words.template, words.values)
        # Several rows have the same words: heard alone, each says what it is about.
        about = self._context.masking.words(words)
        self._link.setAccessibleName(labelled(self._link.text(), about))
        self._tick.setAccessibleName(labelled(about, self._tick.text()))
