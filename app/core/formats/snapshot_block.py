"""The block: a snapshot as lines that can be copied out of a terminal, mailed and pasted.

Between its two marks stand lines of base64. They hold the SHA-256 of the snapshot's text in UTF-8
(32 bytes), then that text compressed (zlib, RFC 1950). Whatever a terminal or a mail program puts
around or between the lines is passed over; what it took away or changed, the checksum tells.
"""

import base64
import binascii
import hashlib
import re
import zlib
from collections.abc import Iterator
from typing import Final

from app.core.formats.reading import InputProblem
from app.core.formats.snapshot_json import dump_snapshot, read_snapshot
from app.core.frozen import frozen
from app.core.i18n import mark, tr
from app.core.snapshot import Snapshot

BEGIN: Final = "-----BEGIN UBIQUITY S3 SNAPSHOT-----"
END: Final = "-----END UBIQUITY S3 SNAPSHOT-----"
LINE: Final = 76
"""Characters of a line at most: what every mail program leaves alone (RFC 2045, section 6.8)."""

LARGEST: Final = 10_000_000
"""Bytes that a snapshot may have once unpacked: as many as one in a file may have."""

_CHECKSUM: Final = hashlib.sha256().digest_size

# Mail programs and word processors make a dash of two hyphens, and a gap of a space.
_DASH: Final = r"[-\u00ad\u2010-\u2015\u2212\ufe58\ufe63\uff0d]"
_GAP: Final = r"[\s\u200b-\u200f\u2060\ufeff]*"
_MARK: Final = re.compile(
    f"{_DASH}{_GAP}(BEGIN|END){_GAP}UBIQUITY{_GAP}S3{_GAP}SNAPSHOT{_GAP}{_DASH}"
)
_TERMINAL: Final = re.compile(
    r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\^_])"
)
"""What colours a terminal's text or moves its cursor (ECMA-48), and titles that it is given."""
_BEFORE_A_LINE: Final = re.compile(r"^[^\n]*[$#%>|»]", re.MULTILINE)
"""A shell's prompt, and what a reply's quotation begins with: base64 has none of these."""
_NO_DIGIT: Final = re.compile(r"[^A-Za-z0-9+/=]+")

_NO_BLOCK: Final = mark(
    "{file}: there is no block in it. Copy everything from the line “{begin}” to the line “{end}”."
)
_CUT_SHORT: Final = mark(
    "{file}: the block is cut short: its last line “{end}” is missing. Copy it once more, up to "
    "and with that line."
)
_HEADLESS: Final = mark(
    "{file}: the block is cut short: its first line “{begin}” is missing. Copy it once more, from "
    "that line on."
)
_ALTERED: Final = mark(
    "{file}: the block was altered on its way: a character or a line in it is missing or is "
    "another. Copy it once more, or use the file that was saved with it."
)
_TOO_LARGE: Final = mark(
    "{file}: what is in the block is larger than {size} MB, and no snapshot is: it is not opened. "
    "Run the command in CloudShell once more, and copy what it prints then."
)
_OF_TWO_ACCOUNTS: Final = mark(
    "{file}: there are blocks of two AWS accounts in it, {one} and {other}. Give one of them alone."
)


def block_of(snapshot: Snapshot) -> str:
    """Return the block of ``snapshot``: whole lines, the last with its line end."""
    # Half a character, as a paste can hold, has no UTF-8; in JSON its escape means the same.
    text = dump_snapshot(snapshot).encode("utf-8", "backslashreplace")
    digits = base64.b64encode(hashlib.sha256(text).digest() + zlib.compress(text, 9)).decode()
    lines = [digits[start : start + LINE] for start in range(0, len(digits), LINE)]
    return "\n".join([BEGIN, *lines, END, ""])


def read_block(text: str, name: str) -> Snapshot | InputProblem:
    """Return the snapshot of the block in ``text``, or why there is none that can be used.

    ``name`` is what the problem's sentence calls it. Of several blocks, as a terminal in which
    the command ran twice shows them, the one that was captured last counts; but where the last of
    them is damaged, that is said: it may be the one that was meant.
    """
    pieces = list(_pieces(_TERMINAL.sub("", text)))
    if not pieces:
        return _problem(_NO_BLOCK, name)
    blocks = [_read_piece(piece, name) for piece in pieces]
    last = blocks[-1]
    if isinstance(last, InputProblem):
        return last
    snapshots = [block for block in blocks if isinstance(block, Snapshot)]
    accounts = list(dict.fromkeys(s.caller.account for s in snapshots if s.caller))
    if len(accounts) > 1:
        return _problem(_OF_TWO_ACCOUNTS, name, one=accounts[0], other=accounts[1])
    return max(reversed(snapshots), key=lambda snapshot: snapshot.captured_at)


def holds_block(text: str) -> bool:
    """Tell whether a block begins or ends somewhere in ``text``, be it damaged."""
    return _MARK.search(_TERMINAL.sub("", text)) is not None


@frozen
class _Piece:
    """What stands between two marks; ``begun`` and ``ended`` tell which of them are there."""

    text: str
    begun: bool
    ended: bool


def _pieces(text: str) -> Iterator[_Piece]:
    """Yield each block of ``text`` in its order, one that lacks a mark too."""
    begun_at: int | None = None
    for found in _MARK.finditer(text):
        is_begin = found[1] == "BEGIN"
        if begun_at is not None:
            yield _Piece(text[begun_at : found.start()], begun=True, ended=not is_begin)
        elif not is_begin:
            yield _Piece("", begun=False, ended=True)
        begun_at = found.end() if is_begin else None
    if begun_at is not None:
        yield _Piece(text[begun_at:], begun=True, ended=False)


def _read_piece(piece: _Piece, name: str) -> Snapshot | InputProblem:
    if not piece.begun:
        return _problem(_HEADLESS, name)
    if not piece.ended:
        return _problem(_CUT_SHORT, name)
    if len(piece.text) > 2 * LARGEST:
        return _problem(_TOO_LARGE, name)
    packed = _packed(piece.text)
    if packed is None:
        return _problem(_ALTERED, name)
    try:
        unpacked = _unpacked(packed[_CHECKSUM:])
    except _TooLarge:
        return _problem(_TOO_LARGE, name)
    if unpacked is None or hashlib.sha256(unpacked).digest() != packed[:_CHECKSUM]:
        return _problem(_ALTERED, name)
    return read_snapshot(unpacked.decode("utf-8", "replace"), name)


def _packed(text: str) -> bytes | None:
    """Return the bytes that the lines hold; None where they are no base64, to the last bit."""
    lines = _BEFORE_A_LINE.sub("", text)
    packed = _bytes_of(lines)
    if packed is None:
        # What a mail program puts in its file: soft line ends, and signs by number (RFC 2045).
        sent = binascii.a2b_qp(lines.encode("ascii", "ignore"))
        packed = _bytes_of(sent.decode("ascii", "ignore"))
    return packed


def _bytes_of(lines: str) -> bytes | None:
    digits = _NO_DIGIT.sub("", lines)
    try:
        packed = base64.b64decode(digits, validate=True)
    except (binascii.Error, ValueError):
        return None
    # The last digit may hold bits that decoding passes over.
    return packed if base64.b64encode(packed).decode() == digits else None


class _TooLarge(Exception):  # noqa: N818 - an answer of this module's own
    """More comes out than a snapshot may have."""


def _unpacked(packed: bytes) -> bytes | None:
    """Return what ``packed`` holds, in bounded memory; None where it is not one whole stream."""
    stream = zlib.decompressobj()
    try:
        text = stream.decompress(packed, LARGEST + 1)
    except zlib.error:
        return None
    if len(text) > LARGEST:
        raise _TooLarge
    return text if stream.eof and not stream.unused_data else None


def _problem(sentence: str, name: str, **values: str) -> InputProblem:
    size = f"{LARGEST // 1_000_000}"
    words = tr(sentence).format(file=name, begin=BEGIN, end=END, size=size, **values)
    return InputProblem(name, words)
