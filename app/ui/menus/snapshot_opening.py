"""Opening a snapshot or a block, and with it the details that it is checked against.

A snapshot holds what AWS has, and not what was wanted; ``check --snapshot`` takes a draft beside
it too. Where the details in the window are those of the snapshot they serve, else their file is
asked for.
"""

import asyncio
from pathlib import Path

from PySide6.QtWidgets import QMainWindow

from app.core.conventions import paragraph
from app.core.draft import Draft
from app.core.formats.draft_json import read_draft
from app.core.formats.reading import InputProblem
from app.core.formats.snapshot_block import read_block
from app.core.formats.snapshot_json import read_snapshot
from app.core.formats.what_is import Kind
from app.core.i18n import tr
from app.core.snapshot import Snapshot
from app.files.inputs import read_input
from app.flow.replaying import belongs_to, replay
from app.ui.menus.question import tell_refusal, tell_unread
from app.ui.menus.replay_dialog import replay_dialog
from app.ui.parts.intake import Handed
from app.ui.parts.page_context import PageContext
from app.ui.widgets.announcement import announce
from app.ui.widgets.file_choice import choose_file


class SnapshotOpening:
    """From what was handed over to the report."""

    def __init__(self, window: QMainWindow, context: PageContext) -> None:
        self._window = window
        self._context = context

    async def open(self, handed: Handed) -> None:
        """Open a snapshot, or the block that carries one."""
        read = read_block if handed.kind is Kind.BLOCK else read_snapshot
        snapshot = await asyncio.to_thread(read, handed.text, handed.name)
        if isinstance(snapshot, InputProblem):
            way_on = tr("Open another file, or ask for the snapshot to be sent again.")
            is_block = handed.kind is Kind.BLOCK
            tell_unread(self._window, self._context, snapshot, way_on, is_block=is_block)
        elif handed.beside is not None:
            await self._open_with(handed.name, snapshot, handed.beside)
        else:
            await self._open_alone(handed.name, snapshot)

    async def _open_alone(self, name: str, snapshot: Snapshot) -> None:
        draft = self._context.store.state.draft
        if draft is not None and belongs_to(snapshot, draft):
            await self._show(name, draft, snapshot)
            return
        choose_file(
            self._window,
            tr("Open the details (draft) that this snapshot belongs to"),
            "draftFile",
            lambda path: self._context.start("replay", self._open_chosen(name, snapshot, path)),
        )

    async def _open_chosen(self, name: str, snapshot: Snapshot, draft_path: str) -> None:
        draft = await asyncio.to_thread(_read_draft_at, draft_path)
        await self._show_for(name, snapshot, draft)

    async def _open_with(self, name: str, snapshot: Snapshot, draft: Handed) -> None:
        await self._show_for(name, snapshot, _read_draft(draft.text, draft.name))

    async def _show_for(self, name: str, snapshot: Snapshot, draft: Draft | InputProblem) -> None:
        if isinstance(draft, InputProblem):
            self._refuse(draft, tr("Open another file, or ask for the details to be sent again."))
            return
        await self._show(name, draft, snapshot)

    async def _show(self, name: str, draft: Draft, snapshot: Snapshot) -> None:
        shown = await replay(name, draft, snapshot)
        dialog = replay_dialog(self._window, shown, self._context.masking)
        dialog.open()
        announce(dialog, tr("Replay of a snapshot"))

    def _refuse(self, problem: InputProblem, way_on: str) -> None:
        tell_refusal(self._window, self._context, paragraph(problem.text, way_on), way_on)


def _read_draft_at(path: str) -> Draft | InputProblem:
    name = Path(path).name
    text = read_input(path, name)
    return text if isinstance(text, InputProblem) else _read_draft(text, name)


def _read_draft(text: str, name: str) -> Draft | InputProblem:
    file = read_draft(text, name)
    return file if isinstance(file, InputProblem) else file.draft
