"""The administrator's page as a PDF: its pages painted, numbered, and named."""

import re
from typing import Final

from PySide6.QtCore import QBuffer, QIODevice, QLocale, QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPageLayout, QPageSize, QPainter, QPdfWriter, QTextDocument

from app.core.i18n import language, tr
from app.core.wording.administrator_page import AdministratorPage
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
    _paint(page_document(page), page.title, paper, buffer)
    return _in_language(_with_spaces(bytes(buffer.data().data())), language())


def _paint(
    document: QTextDocument, title: str, paper: QPageSize.PageSizeId, buffer: QBuffer
) -> None:
    size = QPageSize.sizePoints(paper)
    room = QSizeF(size.width() - 2 * _SIDE, size.height() - _TOP - _FOOT) * POINT
    document.setTextWidth(room.width())
    pages = page_bounds(document, room.height())
    writer = QPdfWriter(buffer)
    writer.setTitle(title)
    writer.setCreator("UbiQuity S3 Connection Setup")
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


_NAMES: Final = re.compile(rb"begincmap\n.*?endcmap", re.DOTALL)
_TAB: Final = re.compile(rb"(?<=[\[ ])<0009>(?=[ \n])(?! <)|(?<=[\[ ])<0009>(?= <[^\n]*\])")


def _with_spaces(pdf: bytes) -> bytes:
    """Return ``pdf`` with its spaces copied as spaces.

    Fonts draw a tab as a space, and of the two Qt names the tab as what the picture means.
    """
    return _NAMES.sub(lambda names: _TAB.sub(b"<0020>", names[0]), pdf)


_CATALOG: Final = re.compile(rb"\n(\d+) 0 obj\n<<\n(/Type /Catalog\n.*?)>>\nendobj", re.DOTALL)
_TRAILER: Final = re.compile(rb"trailer\n<<\n(.*?)>>\nstartxref\n(\d+) ?\n%%EOF\n*\Z", re.DOTALL)


def _in_language(pdf: bytes, tag: str) -> bytes:
    """Return ``pdf`` with the language it is to be read aloud in, and shown by its title.

    Qt writes neither, so its catalogue is replaced by an incremental update (PDF 32000-1, 7.5.6).
    """
    catalog, trailer = _CATALOG.search(pdf), _TRAILER.search(pdf)
    if catalog is None or trailer is None:
        return pdf
    number, entries = catalog[1], catalog[2]
    added = b"/Lang (%s)\n/ViewerPreferences << /DisplayDocTitle true >>\n" % tag.encode("ascii")
    at = len(pdf)
    body = b"%s 0 obj\n<<\n%s%s>>\nendobj\n" % (number, entries, added)
    table = b"xref\n0 1\n0000000000 65535 f \n%s 1\n%010d 00000 n \n" % (number, at)
    end = b"trailer\n<<\n%s/Prev %s\n>>\nstartxref\n%d\n%%%%EOF\n" % (
        trailer[1],
        trailer[2],
        at + len(body),
    )
    return pdf + body + table + end
