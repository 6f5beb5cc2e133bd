"""What Qt writes wrongly into a PDF, or leaves out of it, put right.

Source: PDF 32000-1. Where a later Qt writes its PDFs in another form they stay as they are.
"""

import itertools
import re
from collections.abc import Sequence
from typing import Final, NamedTuple


class Bookmark(NamedTuple):
    """A heading to go to: the page, counted from 0, and how far above its foot, in points."""

    title: str
    page: int
    height: float


_NAMES: Final = re.compile(rb"begincmap\n.*?endcmap", re.DOTALL)
_RANGE: Final = re.compile(rb"^(<[0-9A-F]{4}> <[0-9A-F]{4}> )(.*)$", re.MULTILINE)
"""From which glyph to which, and then what they mean (9.10.3)."""


def with_spaces(pdf: bytes) -> bytes:
    """Return ``pdf`` with its spaces copied as spaces.

    Fonts draw a tab as a space, and of the two Qt names the tab as what the picture means.
    """
    return _NAMES.sub(lambda names: _RANGE.sub(_renamed, names[0]), pdf)


def _renamed(line: re.Match[bytes]) -> bytes:
    return line[1] + line[2].replace(b"<0009>", b"<0020>")


_CATALOG: Final = re.compile(rb"\n(\d+) 0 obj\n<<\n(/Type /Catalog\n.*?)>>\nendobj", re.DOTALL)
_PAGES: Final = re.compile(rb"/Type /Pages\n/Kids \n\[\n(.*?)\]", re.DOTALL)
_TRAILER: Final = re.compile(
    rb"trailer\n<<\n/Size (\d+) \n(.*?)>>\nstartxref\n(\d+) ?\n%%EOF\n*\Z", re.DOTALL
)


def with_outline(pdf: bytes, language: str, bookmarks: Sequence[Bookmark]) -> bytes:
    """Return ``pdf`` with the language that it is to be read aloud in, and its headings to go to.

    Both stand in the catalogue (7.7.2, 12.3.3), which an incremental update replaces (7.5.6).
    ``language`` is a tag such as ``en-GB``.
    """
    catalog, pages, trailer = (each.search(pdf) for each in (_CATALOG, _PAGES, _TRAILER))
    if catalog is None or pages is None or trailer is None:
        return pdf
    size = int(trailer[1])
    entries = (
        b"%s/Lang (%s)\n/ViewerPreferences << /DisplayDocTitle true >>\n/Outlines %d 0 R\n"
        % (catalog[2], language.encode("ascii"), size)
    )
    outline = _outline(size, pages[1].strip().split(b"\n"), bookmarks)
    objects = [(int(catalog[1]), entries), *enumerate(outline, start=size)]
    return pdf + _update(len(pdf), objects, trailer[2], trailer[3])


def _outline(root: int, pages: Sequence[bytes], bookmarks: Sequence[Bookmark]) -> list[bytes]:
    """Return the outline's own object, number ``root``, and after it one for each bookmark."""
    count = len(bookmarks)
    objects = [
        b"/Type /Outlines\n/First %d 0 R\n/Last %d 0 R\n/Count %d\n"
        % (root + 1, root + count, count)
    ]
    for number, bookmark in enumerate(bookmarks, start=1):
        title = b"\xfe\xff" + bookmark.title.encode("utf-16-be", "replace")
        entry = b"/Title <%s>\n/Parent %d 0 R\n/Dest [%s /XYZ 0 %d null]\n" % (
            title.hex().encode("ascii"),
            root,
            pages[bookmark.page],
            round(bookmark.height),
        )
        if number > 1:
            entry += b"/Prev %d 0 R\n" % (root + number - 1)
        if number < count:
            entry += b"/Next %d 0 R\n" % (root + number + 1)
        objects.append(entry)
    return objects


def _update(
    start: int, objects: Sequence[tuple[int, bytes]], trailer: bytes, previous: bytes
) -> bytes:
    """Return what is written at ``start`` to put ``objects``, by number, in the others' place."""
    texts = [b"%d 0 obj\n<<\n%s>>\nendobj\n" % each for each in objects]
    places = itertools.accumulate(map(len, texts), initial=start)
    rows = [
        b"%d 1\n%010d 00000 n \n" % (number, place)
        for (number, _), place in zip(objects, places, strict=False)
    ]
    body = b"".join(texts)
    table = b"xref\n0 1\n0000000000 65535 f \n" + b"".join(rows)
    size = max(number for number, _ in objects) + 1
    end = b"trailer\n<<\n/Size %d\n%s/Prev %s\n>>\nstartxref\n%d\n%%%%EOF\n" % (
        size,
        trailer,
        previous,
        start + len(body),
    )
    return body + table + end
