"""The administrator's page on paper, read back by another program (pypdf)."""

import functools
import io
import itertools
import json
import re
from typing import Any, Final

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QLocale
from PySide6.QtGui import QPageSize, QTextCursor, QTextDocument

from app.core.documents.policies import permissions_policy, trust_policy
from app.core.draft import BucketEntry, Draft
from app.core.guide import GUIDE_ADDRESS
from app.core.wording.handoff.administrator_page import administrator_page
from app.core.wording.handoff.page_blocks import AdministratorPage, Facts, PageSection, Sheet
from app.ui.look.tokens import contrast
from app.ui.paper import page_document as written
from app.ui.paper.amended import with_outline, with_spaces
from app.ui.paper.page_breaks import page_bounds
from app.ui.paper.page_document import WITH_NEXT, page_document
from app.ui.paper.pdf import page_pdf, paper_of
from tests.helpers.drafts import ACCOUNT, DATABASE_ID, ENCRYPTED, REGION

pytestmark = pytest.mark.usefixtures("qapp")

A4: Final = QPageSize.PageSizeId.A4
LETTER: Final = QPageSize.PageSizeId.Letter
MANY: Final = Draft(
    ACCOUNT,
    DATABASE_ID,
    tuple(
        BucketEntry(f"bucket-{n}", REGION, f"in folder/{n}/", restrict_to_prefix=True)
        for n in range(12)
    ),
)
"""Its permissions policy is longer than a page, and has spaces within values."""


@functools.cache
def read(draft: Draft, paper: QPageSize.PageSizeId = A4) -> PdfReader:
    return PdfReader(io.BytesIO(page_pdf(administrator_page(draft), paper)), strict=True)


@functools.cache
def texts_of(draft: Draft, paper: QPageSize.PageSizeId = A4) -> list[str]:
    """Return the text of each page."""
    return [page.extract_text() for page in read(draft, paper).pages]


def text_of(draft: Draft) -> str:
    """Return the text of all pages, without their numbers."""
    return "\n".join(re.sub(r"Page \d+ of \d+\s*$", "", text) for text in texts_of(draft))


def packed(text: str) -> str:
    """Return ``text`` without white space: a reader guesses where a line is wrapped."""
    return "".join(text.split())


@pytest.mark.parametrize("paper", [A4, LETTER])
def test_its_pages_have_the_size_of_the_paper_and_are_numbered(
    paper: QPageSize.PageSizeId,
) -> None:
    reader = read(ENCRYPTED, paper)
    size = QPageSize.sizePoints(paper)
    for page in reader.pages:
        assert (page.mediabox.width, page.mediabox.height) == (size.width(), size.height())
    for number, text in enumerate(texts_of(ENCRYPTED, paper), start=1):
        assert text.rstrip().endswith(f"Page {number} of {len(reader.pages)}")


def test_no_page_is_empty() -> None:
    document = page_document(administrator_page(ENCRYPTED))
    document.setTextWidth(10_000)
    below = document.lastBlock()
    assert below.text() == ""  # what Qt puts below a frame
    room = document.documentLayout().blockBoundingRect(below).top()
    assert len(page_bounds(document, room)) == 1


def test_what_is_cut_ends_with_more_than_a_bracket() -> None:
    policy = Sheet("Policy", "\n".join(map(str, range(120))))
    page = AdministratorPage("Title", "Lead", (PageSection("end", "End", (policy,)),), ())
    document = page_document(page)
    document.setTextWidth(10_000)
    lines = [top for top, _, _ in _lines(document)]
    ends = {page_bounds(document, room)[-1][0] for room in range(6_000, 9_000, 40)}
    assert len(ends) > 10
    assert min(len([top for top in lines if top >= end]) for end in ends) == 3


def test_it_has_title_and_language() -> None:
    reader = read(ENCRYPTED)
    assert reader.metadata is not None
    assert reader.metadata.title == administrator_page(ENCRYPTED).title
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]


@pytest.mark.parametrize("draft", [ENCRYPTED, MANY])
def test_its_headings_can_be_gone_to(draft: Draft) -> None:
    reader = read(draft)
    outline: Any = reader.outline
    titles = [section.title for section in administrator_page(draft).sections]
    assert [entry.title for entry in outline] == titles
    for entry, title in zip(outline, titles, strict=True):
        number = reader.get_destination_page_number(entry) or 0
        assert packed(title) in packed(texts_of(draft)[number])
        assert 0 < entry.top < reader.pages[number].mediabox.height
    tops = [(reader.get_destination_page_number(e), -e.top) for e in outline]
    assert tops == sorted(tops)


def test_only_what_a_glyph_means_is_renamed() -> None:
    names = b"begincmap\n<0001> <0009> [<0009> <0041> ]\n<0009> <0009> <0009>\nendcmap <0009>"
    expected = b"begincmap\n<0001> <0009> [<0020> <0041> ]\n<0009> <0009> <0020>\nendcmap <0009>"
    assert with_spaces(names) == expected


def test_a_pdf_of_another_form_stays_as_it_is() -> None:
    assert with_outline(b"%PDF-9", "en-GB", []) == b"%PDF-9"


@pytest.mark.parametrize("draft", [ENCRYPTED, MANY])
def test_all_headings_and_values_are_text(draft: Draft) -> None:
    page, text = administrator_page(draft), packed(text_of(draft))
    for section in page.sections:
        assert packed(section.title) in text
        for block in section.blocks:
            if isinstance(block, Facts):
                assert all(packed(row.value) in text for row in block.rows)


def test_the_documents_can_be_copied_out_of_it() -> None:
    text = text_of(MANY)
    documents, at = [], 0
    while (at := text.find("\n{\n", at)) >= 0:
        document, end = json.JSONDecoder().raw_decode(text, at + 1)
        documents.append(document)
        at = end
    assert documents[:2] == [trust_policy(DATABASE_ID), permissions_policy(MANY.buckets)]
    assert len(documents) == 3
    assert "\t" not in text


def test_its_links_lead_somewhere() -> None:
    pages: list[Any] = list(read(ENCRYPTED).pages)
    annotations = [each.get_object() for page in pages for each in page["/Annots"]]
    addresses = {annotation["/A"]["/URI"] for annotation in annotations}
    assert GUIDE_ADDRESS in addresses
    assert len(addresses) >= 5


@pytest.mark.parametrize("draft", [ENCRYPTED, MANY])
@pytest.mark.parametrize("high", [6000.0, 12000.0, 14640.0])
def test_no_line_is_cut_and_no_heading_stands_alone(draft: Draft, high: float) -> None:
    document = page_document(administrator_page(draft))
    document.setTextWidth(10060)
    bounds = page_bounds(document, high)
    assert bounds[0][0] == 0
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(bounds))
    assert all(bottom - top <= high for top, bottom in bounds)
    lines = _lines(document)
    pages = [
        next((n for n, (t, b) in enumerate(bounds) if t <= y and y + h <= b), -1)
        for y, h, _ in lines
    ]
    assert -1 not in pages
    for (_, _, leads), page, following in zip(lines, pages, pages[1:], strict=False):
        assert not leads or page == following


def _lines(document: QTextDocument) -> list[tuple[float, float, bool]]:
    """Return each line: where it begins, how high it is, and whether it is kept with the next.

    Those of a document need not be: it may be higher than a page.
    """
    lines: list[tuple[float, float, bool]] = []
    block = document.begin()
    while block.isValid():
        top = document.documentLayout().blockBoundingRect(block).top()
        is_framed = QTextCursor(block).currentFrame() != document.rootFrame()
        leads = bool(block.blockFormat().property(WITH_NEXT)) and not is_framed
        for number in range(block.layout().lineCount() if block.text() else 0):
            line = block.layout().lineAt(number)
            lines.append((top + line.y(), line.height(), leads))
        block = block.next()
    return lines


def test_it_can_be_read() -> None:
    for text in (written.TEXT, written.MUTED, written.LINK):
        for ground in ("#ffffff", written.SHEET_GROUND, written.WARNED_GROUND):
            assert contrast(text, ground) >= 4.5


@pytest.mark.parametrize(
    ("locale", "paper"),
    [("en_US", LETTER), ("es_MX", LETTER), ("en_NZ", A4), ("en_GB", A4), ("C", A4)],
)
def test_the_paper_is_that_of_the_country(locale: str, paper: QPageSize.PageSizeId) -> None:
    territory = QLocale(locale) if locale != "C" else QLocale.c()
    assert paper_of(territory) is paper
