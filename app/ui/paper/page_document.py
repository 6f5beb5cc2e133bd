"""The administrator's page as a ``QTextDocument``: a paragraph for each thing that is said.

Every length is in twentieths of a point, a font's size too, so that the document is the same
whatever screen it is made beside.
"""

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextOption,
)

from app.core.conventions import is_right_to_left, labelled
from app.core.wording.characters import escaped
from app.core.wording.handoff.page_blocks import (
    AdministratorPage,
    Block,
    Facts,
    Instructions,
    Link,
    Paragraph,
    Points,
    Sheet,
    Value,
    Warned,
)

POINT: Final = 20
"""Units of the document in a point."""

WITH_NEXT: Final = QTextFormat.Property.UserProperty + 1
"""The property of a paragraph that is not to be torn from the one after it."""

PADDING: Final = 5 * POINT
"""Between a frame and what is in it."""

SIZE: Final = 10 * POINT
_SHEET: Final = 8 * POINT
_INDENT: Final = 18 * POINT
_COLUMN: Final = 185 * POINT
"""Where the values of ``Facts`` begin."""
_FAMILIES: Final = ("Arial", "Helvetica", "Liberation Sans", "DejaVu Sans", "Noto Sans")
_FIXED: Final = ("Consolas", "Menlo", "DejaVu Sans Mono", "Liberation Mono", "Courier New")
"""Fonts that can be put into a PDF on Windows, macOS and Linux: the text stays text."""

TEXT: Final = "#1b1f24"
MUTED: Final = "#57606a"
LINK: Final = "#0b5cad"
SHEET_GROUND: Final = "#f0f2f5"
WARNED_GROUND: Final = "#fff4dc"
_LINE: Final = "#7d8590"
_WARNED_LINE: Final = "#8a5a00"


_NO_BREAK: Final = "\u00a0"


def page_document(page: AdministratorPage) -> QTextDocument:
    """Return ``page`` as a document; it has no size yet."""
    return _Writing(page).document


def font(size: int = SIZE, *, bold: bool = False, fixed: bool = False) -> QFont:
    """Return the font of so many twentieths of a point."""
    made = QFont()
    made.setFamilies(list(_FIXED if fixed else _FAMILIES))
    made.setPixelSize(size)
    made.setBold(bold)
    if fixed:
        made.setStyleHint(QFont.StyleHint.Monospace)
    return made


def _chars(
    size: int = SIZE, colour: str = TEXT, *, bold: bool = False, fixed: bool = False
) -> QTextCharFormat:
    chars = QTextCharFormat()
    chars.setFont(font(size, bold=bold, fixed=fixed))
    chars.setForeground(QColor(colour))
    return chars


def _paragraph(*, with_next: bool = False) -> QTextBlockFormat:
    layout = QTextBlockFormat()
    layout.setLineHeight(120, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    layout.setProperty(WITH_NEXT, with_next)
    if is_right_to_left():
        layout.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    return layout


def _code_line(*, with_next: bool = False) -> QTextBlockFormat:
    """Return a line for a machine: it reads from left to right in any language."""
    layout = _paragraph(with_next=with_next)
    layout.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    return layout


def _gap(otherwise: str) -> str:
    """Return what leads to the place of a tab; from right to left Qt has none, and it is other."""
    return otherwise if is_right_to_left() else "\t"


def _set_beginning(of: QTextBlockFormat | QTextFrameFormat, margin: int) -> None:
    """Set the margin of the side on which the lines begin."""
    if is_right_to_left():
        of.setRightMargin(margin)
    else:
        of.setLeftMargin(margin)


class _Writing:
    """Writes the paragraphs one after the other."""

    def __init__(self, page: AdministratorPage) -> None:
        self.document = QTextDocument()
        self.document.setUndoRedoEnabled(False)
        self.document.setDocumentMargin(0)
        self.document.setDefaultFont(font())
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.document.setDefaultTextOption(option)
        self._cursor = QTextCursor(self.document)
        self._indent = 0
        self._is_begun = False
        self._heading(page.title, 1, 18)
        self._begin(after=4)
        self._put(page.lead)
        self._blocks(page.footer)
        for section in page.sections:
            self._heading(section.title, 2, 13)
            self._blocks(section.blocks)

    def _begin(
        self,
        *,
        before: int = 0,
        after: int = 5,
        with_next: bool = False,
        level: int = 0,
        hanging: int = 0,
    ) -> None:
        """Begin a paragraph; ``before`` and ``after`` are in points."""
        layout = _paragraph(with_next=with_next)
        layout.setTopMargin(before * POINT)
        layout.setBottomMargin(after * POINT)
        _set_beginning(layout, self._indent + hanging)
        layout.setHeadingLevel(level)
        if hanging:
            layout.setTextIndent(-hanging)
            layout.setTabPositions([QTextOption.Tab(hanging, QTextOption.TabType.LeftTab)])
        if self._is_begun:
            self._cursor.insertBlock(layout)
        else:
            self._cursor.setBlockFormat(layout)
            self._is_begun = True

    def _put(self, text: str, chars: QTextCharFormat | None = None) -> None:
        self._cursor.insertText(escaped(text), chars or _chars())

    def _heading(self, text: str, level: int, points: int) -> None:
        self._begin(before=0 if level == 1 else 12, with_next=True, level=level)
        self._put(text, _chars(points * POINT, bold=True))

    def _blocks(self, blocks: Iterable[Block]) -> None:
        for block in blocks:
            self._block(block)

    def _block(self, block: Block) -> None:
        match block:
            case Paragraph(text=text, leads=leads):
                self._begin(with_next=leads)
                self._put(text)
            case Warned(label=label, text=text):
                self._frame(WARNED_GROUND, _WARNED_LINE)
                self._put(label, _chars(bold=True))
                self._put(f" {text}")
                self._leave_frame()
            case Points(items=items):
                self._points(items)
            case Instructions():
                self._steps(block)
            case Facts(rows=rows):
                self._facts(rows)
            case Value(label=label, value=value):
                self._begin()
                self._put(labelled(label, ""), _chars(colour=MUTED))
                self._put(value, _chars(fixed=True))
            case Link(text=text, address=address):
                self._link(text, address)
            case Sheet(title=title, text=text):
                self._sheet(title, text)

    def _points(self, items: Iterable[str]) -> None:
        for item in items:
            self._hang("•")
            self._put(item)

    def _steps(self, steps: Instructions) -> None:
        for number, step in enumerate(steps.steps, start=1):
            self._hang(f"{number}.", with_next=bool(step.below))
            self._put(step.text)
            self._indent += _INDENT
            self._blocks(step.below)
            self._indent -= _INDENT

    def _hang(self, mark: str, *, with_next: bool = False) -> None:
        """Begin a paragraph that hangs beside its ``mark``."""
        self._begin(hanging=_INDENT, after=3, with_next=with_next)
        self._cursor.insertText(f"{mark}{_gap(_NO_BREAK * 2)}", _chars())

    def _facts(self, rows: Iterable[Value]) -> None:
        for row in rows:
            self._begin(hanging=_COLUMN, after=2)
            self._put(row.label, _chars(colour=MUTED))
            self._cursor.insertText(_gap(": "), _chars())
            self._put(row.value, _chars(9 * POINT, fixed=True))

    def _link(self, text: str, address: str) -> None:
        self._begin()
        chars = _chars(colour=LINK)
        chars.setFontUnderline(True)
        chars.setAnchor(True)
        chars.setAnchorHref(address)
        self._put(text, chars)

    def _sheet(self, title: str, text: str) -> None:
        self._begin(after=2, with_next=True)
        self._put(title, _chars(bold=True))
        self._frame(SHEET_GROUND, _LINE)
        self._cursor.setBlockFormat(_code_line())
        *lines, last = text.split("\n")
        for line in lines:
            self._cursor.setBlockFormat(_code_line(with_next=True))
            self._cursor.insertText(line, _chars(_SHEET, fixed=True))
            self._cursor.insertBlock(_code_line())
        self._cursor.insertText(last, _chars(_SHEET, fixed=True))
        self._leave_frame()

    def _frame(self, ground: str, line: str) -> None:
        """Begin a frame around paragraphs."""
        frame = QTextFrameFormat()
        frame.setBackground(QColor(ground))
        frame.setBorder(POINT // 2)
        frame.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        frame.setBorderBrush(QColor(line))
        frame.setPadding(PADDING)
        _set_beginning(frame, self._indent)
        frame.setBottomMargin(8 * POINT)
        self._cursor.insertFrame(frame)
        self._cursor.setBlockFormat(_paragraph())

    def _leave_frame(self) -> None:
        """Go on below the frame, in the paragraph that Qt puts there."""
        self._cursor.movePosition(QTextCursor.MoveOperation.NextBlock)
        self._is_begun = False
