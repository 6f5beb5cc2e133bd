"""The files in a ZIP file, taken out in memory, from a sender whom nobody knows.

Written for this alone, since Python's ``zipfile`` trusts more than we may: it cuts a name at a
null character and turns backslashes into slashes, passes over what stands before the first file,
lets files lie over one another (CPython issue 109858, mended in 3.11.8), and answers damage with
some ten kinds of exception (CPython issues 91087 and 101911). Here everything that is not as a
plain ZIP file has it is one sentence. Nothing is ever written to the disk.

Source: PKWARE's APPNOTE.TXT 6.3.10, sections 4.3.7 (local file header), 4.3.12 (central directory)
and 4.3.16 (end of central directory).
"""

import struct
import zlib
from collections.abc import Collection
from typing import Final, NamedTuple

from app.core.formats.bundle_json import asked_again
from app.core.formats.reading import on_one_line
from app.core.i18n import tr
from app.files.reading import MEGABYTE, ZIP_START

EACH_AT_MOST: Final = 10 * MEGABYTE
ALL_AT_MOST: Final = 25 * MEGABYTE
"""Bytes of one file, and of all of them, once they are unpacked."""

_LOCAL: Final = struct.Struct("<4s5H3I2H")
_CENTRAL: Final = struct.Struct("<4s6H3I5H2I")
_END: Final = struct.Struct("<4s4H2IH")
_CENTRAL_START: Final = b"PK\x01\x02"
_END_START: Final = b"PK\x05\x06"

_ENCRYPTED: Final = 0x1 | 0x40 | 0x2000
"""The flags of encryption: the usual, the strong, and that of the central directory."""

_STORED, _DEFLATED = 0, 8
_BEYOND: Final = 0xFFFF_FFFF
"""Stands where a number has not room in 32 bits (ZIP64)."""

_UNIX: Final = 3
_KIND, _FILE, _LINK, _FOLDER = 0o170000, 0o100000, 0o120000, 0o040000
_DOS_FOLDER: Final = 0x10
_SHOWN: Final = 60


class ZipProblem(Exception):  # noqa: N818 - a file that can't be used, not a fault
    """Why a ZIP file can't be used, and what to do: begins after the file's name and a colon."""

    def __init__(self, why: str) -> None:
        self.sentence = asked_again(why)
        super().__init__(self.sentence)


class _Entry(NamedTuple):
    """One file, as the central directory has it; where it begins in the ZIP file, and its ends."""

    name: str
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    start: int
    system: int
    attributes: int


class ZipEntries:
    """The files of a ZIP file: which there are, and what is in each.

    To make one raises ``ZipProblem`` for what no plain ZIP file of files side by side has, and for
    what would be larger than ``EACH_AT_MOST`` and ``ALL_AT_MOST``.
    """

    def __init__(self, content: bytes) -> None:
        directory, count = _end(content)
        entries = _directory(content, directory, count)
        _check_names(entries)
        for entry in entries:
            _check_kind(entry)
        _check_sizes(entries)
        places = _places(content, entries, directory)
        self._content = content
        self._entries = {e.name: (e, place) for e, place in zip(entries, places, strict=True)}

    @property
    def names(self) -> tuple[str, ...]:
        """The names, in their order."""
        return tuple(self._entries)

    def read(self, name: str) -> bytes:
        """Return what is in a file; raises ``ZipProblem`` where that is not what it says."""
        entry, (start, end) = self._entries[name]
        return _unpacked(entry, self._content[start:end])


def _end(content: bytes) -> tuple[int, int]:
    """Return where the central directory begins, and how many files it has."""
    if not content.startswith((ZIP_START, _END_START)):
        raise ZipProblem(tr("this is no support bundle: it is not a ZIP file."))
    at = len(content) - _END.size
    if at < 0 or content[at : at + 4] != _END_START:
        raise _cut_short()
    _, disk, first_disk, here, count, size, start, comment = _END.unpack_from(content, at)
    if _BEYOND in (size, start):
        raise ZipProblem(tr("it is larger than a support bundle can be."))
    if disk or first_disk or comment or here != count or start + size != at:
        raise _damaged()
    return start, count


def _directory(content: bytes, start: int, count: int) -> list[_Entry]:
    entries, at, end = [], start, len(content) - _END.size
    if count * _CENTRAL.size > end - start:
        raise _damaged()
    for _ in range(count):
        if at + _CENTRAL.size > end or content[at : at + 4] != _CENTRAL_START:
            raise _damaged()
        fields = _CENTRAL.unpack_from(content, at)
        made_by, flags, method = fields[1], fields[3], fields[4]
        crc, packed, size, name_size, extra, comment = fields[7:13]
        name_at = at + _CENTRAL.size
        at = name_at + name_size + extra + comment
        name = content[name_at : name_at + name_size].decode("utf-8", "backslashreplace")
        entries.append(
            _Entry(name, flags, method, crc, packed, size, fields[16], made_by >> 8, fields[15])
        )
    if at != end:
        raise _damaged()
    return entries


def _check_names(entries: Collection[_Entry]) -> None:
    seen: set[str] = set()
    for entry in entries:
        shown = on_one_line(entry.name, _SHOWN)
        if any(char in entry.name for char in "/\\:"):
            sentence = tr(
                "“{name}” in it is a path, and the files of a support bundle lie side by side."
            )
            raise ZipProblem(sentence.format(name=shown))
        if entry.name in seen:
            raise ZipProblem(tr("“{name}” is in it twice.").format(name=shown))
        seen.add(entry.name)


def _check_kind(entry: _Entry) -> None:
    kind = (entry.attributes >> 16) & _KIND if entry.system == _UNIX else 0
    if kind == _LINK:
        raise ZipProblem(tr("“{name}” in it is a link, not a file.").format(name=entry.name))
    if kind == _FOLDER or entry.attributes & _DOS_FOLDER:
        raise ZipProblem(tr("“{name}” in it is a folder, not a file.").format(name=entry.name))
    if kind not in (0, _FILE):
        sentence = tr("“{name}” in it is a device or a pipe, not a file.")
        raise ZipProblem(sentence.format(name=entry.name))
    if entry.flags & _ENCRYPTED:
        sentence = tr("“{name}” in it is encrypted with a password.")
        raise ZipProblem(sentence.format(name=entry.name))
    if entry.method not in (_STORED, _DEFLATED):
        sentence = tr("“{name}” in it is packed in a way that this program does not read.")
        raise ZipProblem(sentence.format(name=entry.name))


def _check_sizes(entries: Collection[_Entry]) -> None:
    for entry in entries:
        if entry.size > EACH_AT_MOST:
            raise _too_large(entry)
    if sum(entry.size for entry in entries) > ALL_AT_MOST:
        raise ZipProblem(tr("its files are larger together than those of a support bundle can be."))


def _places(content: bytes, entries: Collection[_Entry], end: int) -> list[tuple[int, int]]:
    """Return where each file's packed bytes begin and end; none of them lies over another."""
    places = [_place(content, entry, end) for entry in entries]
    taken = sorted((e.start, data_end) for e, (_, data_end) in zip(entries, places, strict=True))
    before = 0
    for start, data_end in taken:
        if start < before:
            raise ZipProblem(tr("its files lie over one another, as in a ZIP bomb."))
        before = data_end
    return places


def _place(content: bytes, entry: _Entry, end: int) -> tuple[int, int]:
    data = entry.start + _LOCAL.size
    if data > end or content[entry.start : entry.start + 4] != ZIP_START:
        raise _damaged()
    fields = _LOCAL.unpack_from(content, entry.start)
    name_size, extra = fields[9], fields[10]
    own_name = content[data : data + name_size]
    data += name_size + extra
    differs = own_name != entry.name.encode("utf-8") or fields[3] != entry.method
    if differs or data + entry.packed > end:
        raise _damaged()
    return data, data + entry.packed


def _unpacked(entry: _Entry, packed: bytes) -> bytes:
    unpacked = packed if entry.method == _STORED else _inflated(entry, packed)
    if len(unpacked) != entry.size or zlib.crc32(unpacked) != entry.crc:
        raise _damaged_in(entry)
    return unpacked


def _inflated(entry: _Entry, packed: bytes) -> bytes:
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        # One byte more than it says is enough to know that it says less than it holds.
        unpacked = stream.decompress(packed, entry.size + 1)
    except zlib.error:
        raise _damaged_in(entry) from None
    if len(unpacked) > entry.size:
        raise _too_large(entry)
    if not stream.eof or stream.unused_data:
        raise _damaged_in(entry)
    return unpacked


def _too_large(entry: _Entry) -> ZipProblem:
    sentence = tr("“{name}” in it is larger, once unpacked, than it says or than it can be.")
    return ZipProblem(sentence.format(name=entry.name))


def _cut_short() -> ZipProblem:
    return ZipProblem(tr("its end is missing, or something was added to it."))


def _damaged() -> ZipProblem:
    return ZipProblem(tr("it is damaged."))


def _damaged_in(entry: _Entry) -> ZipProblem:
    sentence = tr("“{name}” in it is damaged.")
    return ZipProblem(sentence.format(name=entry.name))
