"""Saving what is carried elsewhere: into a chosen folder, and over nobody's files unasked."""

from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Final

from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.conventions import row
from app.core.i18n import tr
from app.files.together import in_the_way, new_folder, save_together
from app.flow.threads import in_thread
from app.ui.look.style_sheet import GRID
from app.ui.parts.page_context import PageContext
from app.ui.widgets.announcement import announce
from app.ui.widgets.buttons import careful_button, plain_button
from app.ui.widgets.callout import Callout
from app.ui.widgets.file_choice import choose_folder
from app.ui.widgets.flow_row import FlowRow
from app.ui.widgets.message_line import MessageLine
from app.ui.widgets.reveal import reveal

Files = Callable[[], Awaitable[Mapping[str, bytes]]]

_FOLDER: Final = "UbiQuity S3 access"
"""What a new folder is called, beside files that are in the way."""


class FolderSaving(QWidget):
    """The button that saves, what came of it, and the question where files are in the way."""

    def __init__(self, context: PageContext, files: Files, words: str, stem: str) -> None:
        """``files`` makes what is saved: contents by name.

        ``words`` stand on the button; ``stem`` begins the names of the controls.
        """
        super().__init__()
        self._context = context
        self._files = files
        self._folder = Path()
        self._stem = stem
        self.button = plain_button(words, f"save{stem.capitalize()}")
        self.button.clicked.connect(self._ask_where)
        self._outcome = MessageLine(context.masking, f"{stem}-outcome")
        self._show = plain_button(tr("Show in folder"), f"{stem}-show")
        self._show.clicked.connect(self._open_folder)
        self._shown = FlowRow(self._show)
        self._question = Callout("warning", f"{stem}-inTheWay", context.masking)
        aside = plain_button(tr("Save in a new folder"), f"{stem}-aside")
        aside.clicked.connect(lambda: self._start(aside=True))
        replace = careful_button(tr("Replace these files"), f"{stem}-replace")
        replace.clicked.connect(lambda: self._start(replace=True))
        self._question.add_button(aside)
        self._question.add_button(replace)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        for widget in (FlowRow(self.button), self._question, self._outcome, self._shown):
            column.addWidget(widget)
        self.forget()

    def forget(self) -> None:
        """Say nothing of what was saved: something else would be saved now."""
        self._question.hide()
        self._shown.hide()
        self._outcome.show_message(None, "")

    def _ask_where(self) -> None:
        last = self._context.store.state.sending.folder
        choose_folder(self.window(), f"{self._stem}-dialog", self.save_to, last)

    def save_to(self, chosen: str) -> None:
        """Save the files in the folder ``chosen``, or ask where that would overwrite others."""
        self._folder = Path(chosen)
        self._context.store.remember_folder(chosen)
        self._start()

    def _start(self, *, replace: bool = False, aside: bool = False) -> None:
        self.button.setFocus()  # the question goes, and would leave the focus to chance
        self.forget()
        self._context.start(f"save-{self._stem}", self._save(replace=replace, aside=aside))

    async def _save(self, *, replace: bool, aside: bool) -> None:
        chosen = self._folder
        files = await self._files()
        try:
            folder, others = await in_thread(
                lambda: _saved(chosen, files, replace=replace, aside=aside)
            )
        except OSError as error:
            reason = error.strerror or type(error).__name__
            words = tr("The files could not be saved: {reason}. Choose another folder.")
            self._outcome.show_message("error", words.format(reason=reason))
            return
        self._folder = folder
        if others:
            self.ask_about(others)
        else:
            self._tell(tuple(files))

    def ask_about(self, others: tuple[str, ...]) -> None:
        """Ask what is to become of ``others``, files in the chosen folder with other contents."""
        words = tr(
            "Nothing was saved yet: {folder} already has {names}, with other contents."
        ).replace("{names}", row(others))
        self._question.show_text(words, {"folder": self._folder.name})
        self._question.show()
        reveal(self._question)
        announce(self, self._question.text)

    def _tell(self, names: tuple[str, ...]) -> None:
        words = tr("Saved in {folder}: {names}.").replace("{names}", row(names))
        self._outcome.show_message("good", words, None, {"folder": self._folder.name})
        self._shown.show()
        reveal(self._shown)
        announce(self, self._outcome.spoken())

    def _open_folder(self) -> None:
        link = QUrl.fromLocalFile(str(self._folder)).toString()
        if self._context.open_link(link) is False:
            words = tr("The folder can’t be shown from here. It is {folder}.")
            self._outcome.show_message("warning", words, None, {"folder": str(self._folder)})


def _saved(
    chosen: Path, files: Mapping[str, bytes], *, replace: bool, aside: bool
) -> tuple[Path, tuple[str, ...]]:
    """Save ``files``; return where, and what is in the way there: then nothing was saved.

    Raises ``OSError``.
    """
    folder = new_folder(chosen, _FOLDER) if aside else chosen
    others = () if replace else in_the_way(folder, files)
    if not others:
        save_together(folder, files)
    return folder, others
