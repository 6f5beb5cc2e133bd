"""The administrator's page as a PDF: its pages painted, numbered, and named."""

from collections.abc import Iterator, Sequence
from typing import Final

from PySide6.QtCore import QBuffer, QIODevice, QLocale, QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPageLayout, QPageSize, QPainter, QPdfWriter, QTextDocument

from app.core.i18n import language, tr
from app.core.program_names import PRODUCT
from app.core.wording.handoff.page_blocks import AdministratorPage
from app.ui.paper.amended import Bookmark, with_outline, with_spaces
from app.ui.paper.page_breaks import page_bounds
from app.ui.paper.page_document import MUTED, POINT, font, page_document

_POINTS_AN_INCH: Final = 72
_SIDE: Final = 46.0
_TOP: Final = 50.0
_FOOT: Final = 60.0
"""The margins in points."""

_LETTER: Final = frozenset(
    {"BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE"}
)
"""The territories that write on Letter; all others do on A4 (Unicode CLDR, "paperSize")."""


def paper_of(locale: QLocale) -> QPageSize.PageSizeId:
    """Return the paper that people use where ``locale`` is spoken."""
    territory = QLocale.territoryToCode(locale.territory())
    return QPageSize.PageSizeId.Letter if territory in _LETTER else QPageSize.PageSizeId.A4


def page_pdf(page: AdministratorPage, paper: QPageSize.PageSizeId) -> bytes:
    """Return ``page`` as a PDF's bytes, on ``paper``."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    bookmarks = _paint(page_document(page), page.title, paper, buffer)
    return with_outline(with_spaces(bytes(buffer.data().data())), language(), bookmarks)


def _paint(
    document: QTextDocument, title: str, paper: QPageSize.PageSizeId, buffer: QBuffer
) -> list[Bookmark]:
    """Paint the pages into ``buffer``, and return where their headings are."""
    size = QPageSize.sizePoints(paper)
    room = QSizeF(size.width() - 2 * _SIDE, size.height() - _TOP - _FOOT) * POINT
    document.setTextWidth(room.width())
    pages = page_bounds(document, room.height())
    writer = QPdfWriter(buffer)
    writer.setTitle(title)
    writer.setCreator(PRODUCT)
    writer.setResolution(_POINTS_AN_INCH * POINT)
    writer.setPageLayout(
        QPageLayout(QPageSize(paper), QPageLayout.Orientation.Portrait, QMarginsF())
    )
    painter = QPainter(writer)
    for number, (top, bottom) in enumerate(pages, start=1):
        if number > 1:
            writer.newPage()
        _paint_strip(painter, document, QRectF(0, top, room.width(), bottom - top))
        words = tr("Page {number} of {count}").format(number=number, count=len(pages))
        _paint_foot(painter, words, room)
    painter.end()
    return list(_bookmarks(document, pages, size.height() - _TOP))


def _bookmarks(
    document: QTextDocument, pages: Sequence[tuple[float, float]], top: float
) -> Iterator[Bookmark]:
    """Yield each heading below the title; a page's text begins ``top`` points above its foot."""
    block = document.begin()
    while block.isValid():
        if block.blockFormat().headingLevel() > 1:
            place = document.documentLayout().blockBoundingRect(block).top()
            number = max(n for n, (start, _) in enumerate(pages) if start <= place)
            below = (place - pages[number][0]) / POINT
            yield Bookmark(block.text(), number, top - below)
        block = block.next()


def _paint_strip(painter: QPainter, document: QTextDocument, strip: QRectF) -> None:
    painter.save()
    painter.translate(_SIDE * POINT, _TOP * POINT - strip.top())
    painter.setClipRect(strip)
    # What only touches the strip is another page's: seen by nobody, but copied.
    document.drawContents(painter, strip.adjusted(0, POINT, 0, -POINT))
    painter.restore()


def _paint_foot(painter: QPainter, words: str, room: QSizeF) -> None:
    painter.setFont(font(8 * POINT))
    painter.setPen(QColor(MUTED))
    top = _TOP * POINT + room.height() + 14 * POINT
    foot = QRectF(_SIDE * POINT, top, room.width(), 16 * POINT)
    painter.drawText(foot, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, words)
