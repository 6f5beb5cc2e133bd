"""Opening a snapshot's file, and with it the details that it is checked against.

A snapshot holds what AWS has, and not what was wanted; ``check --snapshot`` takes a draft beside
it too. Where the details in the window are those of the snapshot they serve, else their file is
asked for.
"""

import asyncio
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMainWindow

from app.core.draft import Draft
from app.core.formats.draft_json import read_draft
from app.core.formats.reading import InputProblem
from app.core.formats.snapshot_json import read_snapshot
from app.core.i18n import tr
from app.core.snapshot import Snapshot
from app.files.inputs import read_input
from app.flow.replaying import belongs_to, replay
from app.ui.menus.question import tell_problem
from app.ui.menus.replay_dialog import replay_dialog
from app.ui.parts.page_context import PageContext
from app.ui.widgets.announcement import announce


class SnapshotOpening:
    """From the menu's entry to the report."""

    def __init__(self, window: QMainWindow, context: PageContext) -> None:
        self._window = window
        self._context = context

    def ask(self) -> None:
        """Ask for the snapshot's file."""
        self._choose_file(tr("Open a snapshot"), "snapshotFile", self.open)

    def open(self, path: str) -> None:
        """Open the snapshot at ``path``."""
        self._context.start("replay", self._open(path))

    async def _open(self, path: str) -> None:
        snapshot = await asyncio.to_thread(_read_snapshot_at, path)
        if isinstance(snapshot, InputProblem):
            self._refuse(
                snapshot, tr("Open another file, or ask for the snapshot to be sent again.")
            )
            return
        draft = self._context.store.state.draft
        if draft is not None and belongs_to(snapshot, draft):
            await self._show(path, draft, snapshot)
            return
        self._choose_file(
            tr("Open the details (draft) that this snapshot belongs to"),
            "draftFile",
            lambda chosen: self._context.start("replay", self._open_with(path, snapshot, chosen)),
        )

    async def _open_with(self, path: str, snapshot: Snapshot, draft_path: str) -> None:
        draft = await asyncio.to_thread(_read_draft_at, draft_path)
        if isinstance(draft, InputProblem):
            self._refuse(draft, tr("Open another file, or ask for the details to be sent again."))
            return
        await self._show(path, draft, snapshot)

    async def _show(self, path: str, draft: Draft, snapshot: Snapshot) -> None:
        shown = await replay(Path(path).name, draft, snapshot)
        dialog = replay_dialog(self._window, shown, self._context.masking)
        dialog.open()
        announce(dialog, tr("Replay of a snapshot"))

    def _refuse(self, problem: InputProblem, way_on: str) -> None:
        words = problem.text
        if self._context.masking.on:
            words = tr(
                "This file can’t be used. What is wrong with it is hidden while you share the "
                "screen."
            )
        tell_problem(self._window, tr("The file can’t be opened"), f"{words} {way_on}")

    def _choose_file(self, title: str, name: str, chosen: Callable[[str], None]) -> None:
        dialog = QFileDialog(self._window, title)
        dialog.setObjectName(name)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([tr("Files of this program (*.json)"), tr("All files (*)")])
        dialog.fileSelected.connect(chosen)
        dialog.open()


def _read_snapshot_at(path: str) -> Snapshot | InputProblem:
    name = Path(path).name
    text = read_input(path, name)
    return text if isinstance(text, InputProblem) else read_snapshot(text, name)


def _read_draft_at(path: str) -> Draft | InputProblem:
    name = Path(path).name
    text = read_input(path, name)
    file = text if isinstance(text, InputProblem) else read_draft(text, name)
    return file if isinstance(file, InputProblem) else file.draft
