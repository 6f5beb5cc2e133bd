"""The PDF is made beside the event loop, and is the same."""

import asyncio
import io

import pytest
from pypdf import PdfReader
from PySide6.QtGui import QPageSize
from PySide6.QtWidgets import QApplication

from app.core.wording.handoff.administrator_page import administrator_page
from app.ui.paper import beside
from app.ui.paper.beside import pdf_beside
from app.ui.paper.pdf import page_pdf
from tests.helpers.drafts import ENCRYPTED

A4 = QPageSize.PageSizeId.A4


def _texts(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf), strict=True).pages]


async def _made_while_the_loop_turns() -> tuple[bytes, int]:
    making = asyncio.ensure_future(pdf_beside(administrator_page(ENCRYPTED), A4))
    turns = 0
    while not making.done():
        turns += 1
        await asyncio.sleep(0)
    return making.result(), turns


def test_the_loop_turns_meanwhile_and_the_pdf_is_the_same(qapp: QApplication) -> None:
    del qapp
    pdf, turns = asyncio.run(_made_while_the_loop_turns())
    assert turns > 2
    assert _texts(pdf) == _texts(page_pdf(administrator_page(ENCRYPTED), A4))


def test_what_is_raised_there_is_raised_here_and_the_next_is_made(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    del qapp

    def fails(*_given: object) -> bytes:
        raise OSError("no memory")

    page = administrator_page(ENCRYPTED)
    with monkeypatch.context() as patch:
        patch.setattr(beside, "page_pdf", fails)
        with pytest.raises(OSError, match="no memory"):
            asyncio.run(pdf_beside(page, A4))
    assert asyncio.run(pdf_beside(page, A4)).startswith(b"%PDF")
