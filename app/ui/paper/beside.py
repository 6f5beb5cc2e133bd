"""The PDF made beside the window: a page of many buckets takes longer than a frame or two."""

import asyncio

from PySide6.QtCore import QThread
from PySide6.QtGui import QPageSize

from app.core.wording.handoff.page_blocks import AdministratorPage
from app.ui.paper.pdf import page_pdf


class _Printing(QThread):
    """A thread of Qt's own: a text's layout has timers, which Qt runs in no other."""

    def __init__(self, page: AdministratorPage, paper: QPageSize.PageSizeId) -> None:
        super().__init__()
        self._page, self._paper = page, paper
        self._loop = asyncio.get_running_loop()
        self.pdf = self._loop.create_future()

    def run(self) -> None:
        """Make the PDF, and tell the window's loop of it."""
        try:
            pdf = page_pdf(self._page, self._paper)
        except Exception as error:  # noqa: BLE001 - it is raised where it is awaited
            self._loop.call_soon_threadsafe(self._tell, None, error)
        else:
            self._loop.call_soon_threadsafe(self._tell, pdf, None)

    def _tell(self, pdf: bytes | None, error: Exception | None) -> None:
        if self.pdf.done():
            return
        if error is not None:
            self.pdf.set_exception(error)
        else:
            self.pdf.set_result(pdf)


async def pdf_beside(page: AdministratorPage, paper: QPageSize.PageSizeId) -> bytes:
    """Return what ``page_pdf`` does, made beside the event loop; raises what it raises."""
    printing = _Printing(page, paper)
    printing.start()
    try:
        made: bytes = await printing.pdf
    finally:
        printing.wait()  # Qt ends the process where a thread's object goes before its thread
    return made
