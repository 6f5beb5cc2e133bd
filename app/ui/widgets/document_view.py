"""A policy or another document: to look at, to copy exactly, and to save."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from app.core.conventions import labelled
from app.core.i18n import tr
from app.files.together import save_together
from app.ui.look.style_sheet import GRID
from app.ui.widgets.announcement import announce
from app.ui.widgets.beside import work_beside
from app.ui.widgets.buttons import plain_button
from app.ui.widgets.copy_button import CopyButton
from app.ui.widgets.document_colours import is_json
from app.ui.widgets.document_values import masked
from app.ui.widgets.file_choice import choose_where
from app.ui.widgets.flow_row import FlowRow
from app.ui.widgets.message_line import MessageLine
from app.ui.widgets.numbered_text import NumberedText
from app.ui.widgets.words import Words

if TYPE_CHECKING:
    from app.ui.widgets.masking import Masking
    from app.ui.widgets.message_line import LineSeverity


class DocumentView(QFrame):
    """The document under its title, with Copy and Save beside the title."""

    def __init__(self, masking: "Masking", object_name: str) -> None:
        super().__init__()
        self.setObjectName(object_name)
        self.setProperty("role", "card")
        self._masking = masking
        self._document = ""
        self._values: tuple[str, ...] = ()
        self._marks: tuple[str, ...] = ()
        self._file_name = ""
        self._known: tuple[object, ...] | None = None
        self._title = Words()
        self._title.setObjectName(f"{object_name}-title")
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._title.setProperty("role", "label")
        self._title.setWordWrap(True)
        self._text = NumberedText(f"{object_name}-text")
        self._copy = CopyButton("", lambda: self._document, f"{object_name}-copy")
        self._save = plain_button(tr("Save as…"), f"{object_name}-save")
        self._save.clicked.connect(self._ask_where)
        self._outcome = MessageLine(masking, f"{object_name}-outcome")
        self._lay_out()
        masking.changed.connect(self._show)

    def show_document(
        self,
        text: str,
        values: Sequence[str],
        title: str,
        file_name: str,
        about: str = "",
        *,
        marks: Sequence[str] = (),
    ) -> None:
        """Show ``text``, with ``values`` marked in it wherever they stand, and ``marks`` as well.

        The values are the customer's and masked; a mark may be AWS's word, and then is not.

        ``title`` says what it is, ``file_name`` is suggested when it is saved. ``about`` is what
        the document belongs to, where there are several of that title: it is heard with it.
        """
        shown = (text, tuple(values), title, file_name, tuple(marks))
        if shown == self._known:
            return
        spoken = labelled(title, about) if about else title
        if text != self._document:
            self._outcome.show_message(None, "")
        self._known = shown
        self._document, self._values, self._file_name = text, tuple(values), file_name
        self._marks = tuple(marks)
        self._title.setText(title)
        self._text.setAccessibleName(spoken)
        self._text.setAccessibleDescription(tr("Read only. Tab leaves it."))
        self._copy.set_what(spoken)
        self._save.setAccessibleName(labelled(tr("Save as…"), spoken))
        self._show()

    @property
    def shown(self) -> str:
        """The text as the screen shows it."""
        return self._text.toPlainText()

    def _show(self) -> None:
        text = masked(self._document, self._values, self._masking)
        marks = [self._masking.shown(value) for value in (*self._values, *self._marks)]
        marks += self._marks
        # The console's editor tells a mistake by its line; a letter or a receipt has no such use.
        self._text.number_lines(is_json(self._document))
        self._text.show_text(text, marks)

    def _ask_where(self) -> None:
        name = f"{self.objectName()}-dialog"
        choose_where(self.window(), tr("Save as"), name, self._file_name, self._save_to)

    def _save_to(self, chosen: str) -> None:
        path = Path(chosen)
        # Half a character, as others' text can hold, has no UTF-8; its escape means the same.
        content = self._document.encode("utf-8", "backslashreplace")
        self._outcome.show_message(None, "")
        work_beside(self, lambda: _saved(path, content), lambda why: self._tell_saved(path, why))

    def _tell_saved(self, path: Path, reason: str | None) -> None:
        if reason is None:
            self._tell("good", tr("Saved as {file}."), path.name, "")
        else:
            words = tr("{file} could not be saved: {reason}. Choose another place.")
            self._tell("error", words, path.name, reason)

    def _tell(self, severity: "LineSeverity", words: str, file: str, reason: str) -> None:
        said = words.replace("{reason}", reason)
        self._outcome.show_message(severity, said, None, {"file": file})
        announce(self, self._outcome.spoken())

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setSpacing(GRID)
        bar.addWidget(self._title, 1)
        bar.addWidget(FlowRow(self._copy, self._save))
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID, GRID, GRID, GRID)
        column.setSpacing(GRID)
        column.addLayout(bar)
        column.addWidget(self._outcome)
        column.addWidget(self._text)


def _saved(path: Path, content: bytes) -> str | None:
    """Save ``content``; return the system's reason where that can't be."""
    try:
        save_together(path.parent, {path.name: content})
    except OSError as error:
        return error.strerror or type(error).__name__
    return None
