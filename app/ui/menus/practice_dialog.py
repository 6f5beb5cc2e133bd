"""Practising: the practice AWS as it begins, or a rehearsal of one failure, by its code."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from app.core.diagnosis.codes.catalogue import CATALOGUE, ChainLink
from app.core.i18n import tr
from app.core.wording.report_terms import LINK_WORDS
from app.ui.look.typeface import semibold
from app.ui.menus.outside import RehearsalChoice
from app.ui.widgets.announcement import announce
from app.ui.widgets.buttons import ENTER, plain_button
from app.ui.widgets.field import Field
from app.ui.widgets.flow_row import FlowRow
from app.ui.widgets.headings import body, group_title
from app.ui.widgets.masking import Masking
from app.ui.widgets.scroll_dialog import ScrollDialog

_LINES: Final = 18
"""Lines of the list that are in sight at once."""
_WIDTH: Final = 75
"""Characters on a line, about: most sentences stand on one."""
_CODE: Final = Qt.ItemDataRole.UserRole


def practice_dialog(
    parent: QWidget,
    rehearsals: Sequence[RehearsalChoice],
    masking: Masking,
    start: Callable[[str | None], object],
) -> ScrollDialog:
    """Return the dialog. ``start`` opens the practice AWS, with the code of a rehearsal or None."""
    dialog = ScrollDialog(parent, tr("Practise"), "practiceDialog", line=_WIDTH)
    dialog.add(body(tr("The practice AWS opens in a window of its own. Nothing there is real.")))
    begin = plain_button(tr("Open the practice AWS"), "practiseOpen")
    begin.clicked.connect(lambda: start(None))
    dialog.add(FlowRow(begin))
    dialog.add(group_title(tr("Rehearse a failure")))
    words = Field(tr("Find"), tr("A word of it, or its code."), "rehearsalWords", masking)
    rows = _Rehearsals(rehearsals)

    def find(text: str) -> None:
        rows.show_those_with(text)
        none = tr("No rehearsal has these words. Try one of them alone.") if rows.is_empty else ""
        words.show_message("note" if none else None, none)
        if none:
            announce(words, none)

    words.edited.connect(find)
    rows.chosen.connect(start)
    dialog.add(words)
    dialog.add(rows)
    dialog.start_at(words.edit)
    return dialog


class _Rehearsals(QListWidget):
    """All rehearsals under the link of the chain that they concern; a click opens one."""

    chosen = Signal(str)
    """The code of the one to open."""

    def __init__(self, rehearsals: Sequence[RehearsalChoice]) -> None:
        super().__init__()
        self.setObjectName("rehearsals")
        self.setAccessibleName(tr("Rehearsals"))
        self.setWordWrap(True)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumHeight(_LINES * self.fontMetrics().height())
        for heading, group in _groups(rehearsals):
            self._add_heading(heading)
            for rehearsal in group:
                self._add(heading, rehearsal)
        self.itemClicked.connect(self._choose)

    def _add_heading(self, heading: str) -> None:
        item = QListWidgetItem(heading, self)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setFont(semibold(self.font()))

    def _add(self, heading: str, rehearsal: RehearsalChoice) -> None:
        item = QListWidgetItem(f"{rehearsal.title}\n{rehearsal.code}", self)
        item.setData(_CODE, rehearsal.code)
        spoken = tr("{group}: {title} Code: {code}")
        item.setData(
            Qt.ItemDataRole.AccessibleTextRole,
            spoken.format(group=heading, title=rehearsal.title, code=rehearsal.code),
        )

    @property
    def is_empty(self) -> bool:
        """Whether none is shown."""
        return all(self.item(row).isHidden() for row in range(self.count()))

    def show_those_with(self, text: str) -> None:
        """Show those whose group, title or code has every word of ``text``, under their groups."""
        words = text.casefold().split()
        heading: QListWidgetItem | None = None
        for item in map(self.item, range(self.count())):
            if item.data(_CODE) is None:
                heading = item
                item.setHidden(True)
                continue
            spoken = str(item.data(Qt.ItemDataRole.AccessibleTextRole)).casefold()
            is_shown = all(word in spoken for word in words)
            item.setHidden(not is_shown)
            if is_shown and heading is not None:
                heading.setHidden(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the present one by Enter; arrows go through those that are shown."""
        item = self.currentItem()
        if event.key() in ENTER and item is not None:
            self._choose(item)
        else:
            super().keyPressEvent(event)

    def _choose(self, item: QListWidgetItem) -> None:
        code = item.data(_CODE)
        if code is not None and not item.isHidden():
            self.chosen.emit(code)


def _groups(rehearsals: Sequence[RehearsalChoice]) -> Iterator[tuple[str, list[RehearsalChoice]]]:
    """Yield the rehearsals by the link that they concern, in the order of the chain.

    Last come those that lead to no finding: they are about the connection as a whole.
    """
    for link, words in LINK_WORDS.items():
        group = [each for each in rehearsals if _link(each.code) is link]
        if group:
            yield tr(words), group
    further = [each for each in rehearsals if _link(each.code) is None]
    if further:
        yield tr("The connection"), further


def _link(code: str) -> ChainLink | None:
    return CATALOGUE[code].link if code in CATALOGUE else None
