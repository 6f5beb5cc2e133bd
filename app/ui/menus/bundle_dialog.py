"""The support bundle before it is saved: each of its files to be read, and to be left out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QWidget

from app.core.conventions import labelled
from app.core.formats.bundle_json import (
    CALLS_FILE,
    DRAFT_FILE,
    ERRORS_FILE,
    JOURNAL_FILE,
    LOG_FILE,
    PLAN_FILE,
    README_FILE,
    REPORT_FILE,
    ROLE_FILE,
    SNAPSHOT_FILE,
    VERSIONS_FILE,
    dump_manifest,
    id_in,
)
from app.core.guide import SUPPORT_EMAIL
from app.core.i18n import mark, tr
from app.core.support_case import SupportCase
from app.files.bundles import write_bundle
from app.flow.ports.files import NamedText
from app.ui.menus.bundle_text import BundleText
from app.ui.widgets.announcement import announce
from app.ui.widgets.beside import work_beside
from app.ui.widgets.buttons import PrimaryButton, plain_button
from app.ui.widgets.check_box import CheckBox
from app.ui.widgets.disclosure import Disclosure
from app.ui.widgets.file_choice import choose_where
from app.ui.widgets.frames import card
from app.ui.widgets.headings import body, muted
from app.ui.widgets.masking import Masking
from app.ui.widgets.message_line import LineSeverity, MessageLine
from app.ui.widgets.reveal import reveal
from app.ui.widgets.scroll_dialog import ScrollDialog

WHAT_IT_IS: Final = {
    README_FILE: mark("An overview: account, buckets, what was found, errors"),
    ERRORS_FILE: mark("What AWS and UbiQuity answered, with the request IDs"),
    ROLE_FILE: mark("The role and the buckets as AWS has them, in place of screenshots"),
    DRAFT_FILE: mark("Your details"),
    SNAPSHOT_FILE: mark("What was read in your AWS account"),
    REPORT_FILE: mark("What this program found"),
    PLAN_FILE: mark("What this program would change"),
    JOURNAL_FILE: mark("What this program changed last, with the texts before and after"),
    CALLS_FILE: mark("The calls to AWS of the last test, with the request IDs"),
    VERSIONS_FILE: mark("Versions of this program and of its parts"),
    LOG_FILE: mark("This program’s log: its starts, pages, failed calls and mistakes"),
}
_LINE: Final = 80
"""Characters on a line, about."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """What is to be saved: ``files`` with the UbiQuity Account ID masked, ``open_files`` with it.

    ``values`` are those of the customer's that a shared screen hides.
    """

    case: SupportCase
    files: Sequence[NamedText]
    open_files: Sequence[NamedText]
    values: Sequence[str]


class BundleDialog(ScrollDialog):
    """A tick and the whole text for each file, whether the ID is in them, and where they go.

    ``show_folder`` is given the saved file, and so is ``write``, which begins a letter to support.
    """

    def __init__(
        self,
        parent: QWidget,
        masking: Masking,
        prepared: Prepared,
        show_folder: Callable[[Path], None],
        write: Callable[[Path], None],
    ) -> None:
        save = PrimaryButton(tr("Save…"), "bundleSave")
        super().__init__(parent, tr("Save a support bundle"), "bundleDialog", save, line=_LINE)
        self._prepared = prepared
        self._saved: Path | None = None
        self.add(
            body(
                tr(
                    "One file with what UbiQuity’s support needs to see what you see. It holds no "
                    "key and no password. Read what is in it, and leave out what you don’t want "
                    "to send. This program sends nothing by itself."
                )
            )
        )
        self._with_id = CheckBox(tr("Include the UbiQuity Account ID"), "bundleWithId")
        self._with_id.toggled.connect(self._show_texts)
        self.add(self._with_id)
        self.add(
            muted(
                tr(
                    "Without it other letters and digits stand in its place, and support still "
                    "sees what is wrong."
                )
            )
        )
        self._rows = [_Row(masking, file) for file in prepared.files]
        for row in self._rows:
            self.add(row.frame)
        self._outcome = MessageLine(masking, "bundle-outcome")
        self.add(self._outcome)
        self._add_buttons(show_folder, write)
        self._show_texts()

    def _add_buttons(
        self, show_folder: Callable[[Path], None], write: Callable[[Path], None]
    ) -> None:
        self._folder = plain_button(tr("Show in folder"), "bundleFolder")
        self._letter = plain_button(tr("Write to support"), "bundleLetter")
        close = plain_button(tr("Close"), "bundleClose")
        close.clicked.connect(self.reject)
        for button, act in ((self._folder, show_folder), (self._letter, write)):
            button.clicked.connect(lambda _checked=False, act=act: self._with_saved(act))
            button.hide()
        self._letter.clicked.connect(self._tell_of_letter)
        for button in (self._folder, self._letter, close):
            self.add_button(button)
        self.start_at(self._with_id)

    def accept(self) -> None:
        """Ask where to save it; the dialog stays, to tell where it is and to write the letter."""
        self._ask_where()

    def _with_saved(self, act: Callable[[Path], None]) -> None:
        if self._saved is not None:
            act(self._saved)

    @property
    def _files(self) -> Sequence[NamedText]:
        return self._prepared.open_files if self._with_id.isChecked() else self._prepared.files

    def _show_texts(self) -> None:
        """Show each file as it will be saved, and as the screen may show it."""
        for row, file in zip(self._rows, self._files, strict=True):
            row.show(file, self._prepared.values)

    def _ask_where(self) -> None:
        file_name = f"ubiquity-support-{self._prepared.case.moment:%Y%m%d-%H%M}.zip"
        kind = tr("Support bundles (*.zip)")
        title = tr("Save a support bundle")
        choose_where(self, title, "bundleFile", file_name, self._save_to, kind)

    def _save_to(self, chosen: str) -> None:
        path, case = Path(chosen), self._prepared.case
        ticked = {row.name for row in self._rows if row.is_ticked}
        files = [file for file in self._files if file.name in ticked]
        left_out = [row.name for row in self._rows if not row.is_ticked]
        masked = not self._with_id.isChecked()
        manifest = dump_manifest(
            files,
            left_out,
            case.moment,
            masked=masked,
            practice=case.practice,
            masked_id=id_in(self._files) if masked else None,
        )

        def save() -> str | None:
            try:
                write_bundle(path, files, manifest, case.moment)
            except OSError as error:
                return error.strerror or type(error).__name__
            return None

        self._outcome.show_message(None, "")
        work_beside(self, save, lambda reason: self._tell_saved(path, reason))

    def _tell_saved(self, path: Path, reason: str | None) -> None:
        """Say that it is saved, or the system's ``reason`` why not."""
        if reason is not None:
            words = tr("{file} could not be saved: {reason}. Choose another folder.")
            self._tell("error", words.replace("{reason}", reason), path)
            return
        self._saved = path
        for button in (self._folder, self._letter):
            button.show()
        words = tr("Saved as {file} in {folder}. Attach it to your mail to support.")
        self._tell("good", words, path)

    def _tell_of_letter(self) -> None:
        """Say what is left to the person: nobody hears whether a mail program has answered."""
        if self._saved is not None:
            words = tr(
                "Attach {file}, which is in {folder}, to the letter. If no letter opens, write to "
                "{address}."
            )
            self._tell("good", words.replace("{address}", SUPPORT_EMAIL), self._saved)

    def _tell(self, severity: LineSeverity, words: str, path: Path) -> None:
        values = {"file": path.name, "folder": str(path.parent)}
        self._outcome.show_message(severity, words, None, values)
        reveal(self._outcome)
        announce(self, self._outcome.spoken())


class _Row:
    """A file: its tick, what it is, and its text once that is opened."""

    def __init__(self, masking: Masking, file: NamedText) -> None:
        self.name = file.name
        self._masking = masking
        self._stem = file.name.partition(".")[0]
        self._file = file
        self._values: tuple[str, ...] = ()
        self._view: BundleText | None = None
        self._box = CheckBox(labelled(file.name, tr(WHAT_IT_IS[file.name])), f"bundle-{self._stem}")
        self._box.setChecked(True)
        shown = Disclosure(tr("Show what is in it"), self._made, f"bundle-{self._stem}-more")
        shown.buttons[0].setAccessibleName(tr("Show what is in {file}").format(file=file.name))
        self.frame = card(self._box, shown)

    @property
    def is_ticked(self) -> bool:
        """Whether it is to be saved."""
        return self._box.isChecked()

    def show(self, file: NamedText, values: Sequence[str]) -> None:
        """Show its text as it will be saved."""
        self._file, self._values = file, tuple(values)
        if self._view is not None:
            self._view.show_file(file.name, file.text, values)

    def _made(self) -> QWidget:
        self._view = BundleText(self._masking, f"bundle-{self._stem}-view")
        self.show(self._file, self._values)
        return self._view
