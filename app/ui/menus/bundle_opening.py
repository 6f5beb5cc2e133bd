"""Opening a support bundle: the replay of what it holds, or its files where that is not enough."""

import asyncio

from PySide6.QtWidgets import QMainWindow

from app.core.bundle import Bundle
from app.core.formats.reading import InputProblem
from app.core.i18n import tr
from app.files.bundles import opened_bundle
from app.flow.replaying import belongs_to, replay
from app.ui.menus.question import tell_refusal
from app.ui.menus.replay_dialog import files_dialog, replay_dialog, replay_title
from app.ui.parts.intake import Handed
from app.ui.parts.page_context import PageContext
from app.ui.widgets.announcement import announce
from app.ui.widgets.scroll_dialog import ScrollDialog


class BundleOpening:
    """From what was handed over to the replay."""

    def __init__(self, window: QMainWindow, context: PageContext) -> None:
        self._window = window
        self._context = context

    async def open(self, handed: Handed) -> None:
        """Open a support bundle, in memory."""
        bundle = await asyncio.to_thread(opened_bundle, handed.content, handed.name)
        if isinstance(bundle, InputProblem):
            way_on = tr("Open another file, or ask for the support bundle to be sent again.")
            tell_refusal(self._window, self._context, bundle.text, way_on)
            return
        dialog = await self._dialog(bundle)
        dialog.open()
        announce(dialog, replay_title(bundle))

    async def _dialog(self, bundle: Bundle) -> ScrollDialog:
        own, masking = self._context.store.state.draft, self._context.masking
        # Where the details were left out, those in the window serve if they are the same's.
        fits = bundle.snapshot is not None and belongs_to(bundle.snapshot, own)
        draft = bundle.draft or (bundle.comparable(own) if own and fits else None)
        if bundle.snapshot is None or draft is None:
            return files_dialog(self._window, bundle, masking)
        shown = await replay(bundle.source, draft, bundle.snapshot, bundle)
        return replay_dialog(self._window, shown, masking)
