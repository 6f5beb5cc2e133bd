"""Support bundles on this computer: written in one piece, and opened without being unpacked."""

import io
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from app.core.bundle import Bundle
from app.core.conventions import labelled
from app.core.formats.bundle_json import (
    MANIFEST_FILE,
    NAMES,
    BundleFile,
    bundle_of,
    content_of,
)
from app.core.formats.reading import InputProblem, on_one_line
from app.core.i18n import tr
from app.files.reading import INPUT_AT_MOST, FilePath, FileProblem, read_bytes
from app.files.writing import write_bytes
from app.files.zip_entries import ZipEntries, ZipProblem

_OWNER_ONLY: Final = 0o100600 << 16
_EARLIEST: Final = datetime(1980, 1, 1, tzinfo=UTC)
"""The first moment that a ZIP file can tell."""


def read_bundle(path: FilePath, name: str | None = None) -> Bundle | InputProblem:
    """Open the bundle at ``path`` in memory, or say why it can't be used; never raises.

    The sentence calls it ``name``, or else by its path.
    """
    source = name or str(path)
    content = read_bytes(path, INPUT_AT_MOST)
    if isinstance(content, FileProblem):
        sentence = tr("{file}: the file can’t be read: {reason}.")
        return InputProblem(source, sentence.format(file=source, reason=content.reason))
    return opened_bundle(content, source)


def opened_bundle(content: bytes, source: str) -> Bundle | InputProblem:
    """Return the bundle in the bytes of a file that ``source`` names, or why there is none."""
    try:
        zipped = ZipEntries(content)
        strange = [name for name in zipped.names if name not in NAMES and name != MANIFEST_FILE]
        # What a later version put in too is not opened, and its manifest tells that it is later.
        names = zipped.names if not strange else set(zipped.names) & {MANIFEST_FILE}
        entries = {name: zipped.read(name) for name in names}
    except ZipProblem as problem:
        return InputProblem(source, on_one_line(labelled(source, problem.sentence)))
    return bundle_of(entries, source, strange)


def write_bundle(path: Path, files: Iterable[BundleFile], manifest: str, moment: datetime) -> None:
    """Write the bundle of ``files``, its ``manifest`` first, in one piece and for its owner alone.

    ``moment`` (UTC) is when its files were made. Raises ``OSError`` where it can't be written.
    """
    write_bytes(path, packed(files, manifest, moment))


def packed(files: Iterable[BundleFile], manifest: str, moment: datetime) -> bytes:
    """Return the bytes of a bundle; they are the same for the same files at the same moment."""
    from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

    made = io.BytesIO()
    when = max(moment, _EARLIEST).timetuple()[:6]
    texts = [(MANIFEST_FILE, manifest), *((file.name, file.text) for file in files)]
    with ZipFile(made, "w", ZIP_DEFLATED) as zipped:
        for name, text in texts:
            about = ZipInfo(name, when)
            about.compress_type, about.create_system = ZIP_DEFLATED, 3
            about.external_attr = _OWNER_ONLY
            zipped.writestr(about, content_of(text))
    return made.getvalue()
