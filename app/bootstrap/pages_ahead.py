"""The pages that the person's way leads to are loaded before they are come to.

All pages with what they show are a third of the program, and nobody comes to all of them. So each
is loaded in a thread once the way leads to it, which is a page or more before it is shown. What is
shown before that is loaded where it is made (``page_list``).
"""

from collections.abc import Collection
from functools import partial
from typing import TYPE_CHECKING

from app.flow.threads import in_thread
from app.flow.wizard.pages import shown_pages
from app.ui.pages.page_list import load_pages

if TYPE_CHECKING:
    from app.flow.wizard.state import SetupState
    from app.ui.parts.page_context import PageContext


class PagesAhead:
    """Follows the state of one window for as long as that is there."""

    def __init__(self, context: "PageContext") -> None:
        self._context = context
        self._loaded: frozenset[str] = frozenset()
        context.store.subscribe(self._follow)
        self._follow(context.store.state)

    def _follow(self, state: "SetupState") -> None:
        if self._lacking(state):
            self._context.start_aside("pages-ahead", self._load())

    def _lacking(self, state: "SetupState") -> frozenset[str]:
        return frozenset(page.id for page in shown_pages(state)) - self._loaded

    async def _load(self) -> None:
        while page_ids := self._lacking(self._context.store.state):
            await in_thread(partial(load_with_exports, page_ids))
            self._loaded |= page_ids


def load_with_exports(page_ids: Collection[str]) -> None:
    """Load the modules of pages, and the exports that they offer. May be called in a thread."""
    load_pages(page_ids)
    if "handoff" in page_ids:
        import app.exports.handoff
    if "cloudshell" in page_ids:
        import app.exports.cloudshell.way  # noqa: F401 - imported again where it is used
