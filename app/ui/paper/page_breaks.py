"""Where pages end: no heading alone at the foot of one, and nothing torn that fits on the next."""

from collections.abc import Iterator, Sequence
from typing import Final

from PySide6.QtGui import QTextBlock, QTextCursor, QTextDocument

from app.ui.paper.page_document import PADDING, WITH_NEXT

_LEAST: Final = 3
"""Lines of something that is cut, on its last page: a bracket alone would look like a mistake."""


def page_bounds(document: QTextDocument, room: float) -> list[tuple[float, float]]:
    """Return from where to where each page of ``document`` reaches, none higher than ``room``.

    The document is one long strip, cut between paragraphs or between two lines. A paragraph is kept
    whole, and together with those that are to stand before it. What is higher than a page is cut,
    and begins one where little of it would stand on the page before.
    """
    pages = [(0.0, 0.0)]
    for top, bottom, lines in _kept_together(document):
        begun = pages[-1][0]
        if bottom - begun > room and (bottom - top <= room or top - begun > room / 2):
            pages.append((top, top))
        _put(lines, pages, room)
    return pages


_Reach = tuple[float, float]
"""From where to where something stands, from the top of the document."""


def _put(lines: Sequence[_Reach], pages: list[_Reach], room: float) -> None:
    """Put ``lines`` on the last of ``pages``, and on more where they are too high."""
    last_cut = len(lines) - _LEAST
    for number, (_, bottom) in enumerate(lines):
        begun, end = pages[-1]
        if bottom - begun > room:
            cut = last_cut if 0 < last_cut < number and lines[last_cut][0] > begun else number
            if cut < number:
                end = lines[cut - 1][1]
            pages[-1] = (begun, end)
            begun = lines[cut][0]
            pages.append((begun, begun))
        pages[-1] = (begun, bottom)


def _kept_together(document: QTextDocument) -> Iterator[tuple[float, float, list[_Reach]]]:
    """Yield what belongs together: where it begins and ends, and its lines.

    The frame around a paragraph is a part of it. What has no text, as the paragraph that Qt puts
    below the last frame, is nothing to turn a page for.
    """
    block = document.begin()
    while block.isValid():
        top, lines = _reach(document, block)[0], list(_lines(document, block))
        is_said = bool(block.text())
        while block.blockFormat().property(WITH_NEXT) and block.next().isValid():
            block = block.next()
            lines += _lines(document, block)
            is_said = is_said or bool(block.text())
        bottom = _reach(document, block)[1]
        lines[-1] = (lines[-1][0], bottom)
        if is_said:
            yield top, bottom, lines
        block = block.next()


def _reach(document: QTextDocument, block: QTextBlock) -> _Reach:
    place = document.documentLayout().blockBoundingRect(block)
    around = 2 * PADDING if QTextCursor(block).currentFrame() != document.rootFrame() else 0
    return place.top() - around, place.bottom() + around


def _lines(document: QTextDocument, block: QTextBlock) -> Iterator[_Reach]:
    top = document.documentLayout().blockBoundingRect(block).top()
    layout = block.layout()
    for number in range(layout.lineCount()):
        line = layout.lineAt(number)
        yield top + line.y(), top + line.y() + line.height()
