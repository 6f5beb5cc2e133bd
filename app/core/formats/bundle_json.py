"""The support bundle (``ubiquity-s3-setup/bundle``, version 1): what one holds, and its manifest.

A bundle is a ZIP file of text files with fixed names, side by side. ``manifest.json`` tells of
each other file its size and SHA-256, what was left out, whether the UbiQuity Account ID is masked
in all of them, and when it was saved. Knows no ZIP: that is ``app.files.bundles``.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final, Protocol, TypeVar

from app.core.bundle import Bundle, CarriedReport
from app.core.draft import Draft
from app.core.formats.draft_json import DraftFile, read_draft
from app.core.formats.journal_json import read_journal
from app.core.formats.reading import (
    NEWEST,
    FormatError,
    InputProblem,
    JsonObject,
    on_one_line,
    read_file,
)
from app.core.formats.snapshot_json import read_snapshot
from app.core.formats.writing import file_text, moment_text
from app.core.frozen import frozen
from app.core.i18n import tr
from app.core.journal import Journal
from app.core.snapshot import Snapshot

T = TypeVar("T")

_SHOWN_AT_MOST: Final = 60

FORMAT: Final = "ubiquity-s3-setup/bundle"
VERSION: Final = 1

MANIFEST_FILE: Final = "manifest.json"
README_FILE: Final = "README.txt"
ERRORS_FILE: Final = "errors.json"
ROLE_FILE: Final = "role.txt"
DRAFT_FILE: Final = "draft.json"
SNAPSHOT_FILE: Final = "snapshot.json"
REPORT_FILE: Final = "report.json"
PLAN_FILE: Final = "plan.json"
JOURNAL_FILE: Final = "journal.json"
CALLS_FILE: Final = "calls.json"
VERSIONS_FILE: Final = "versions.json"
LOG_FILE: Final = "log.txt"

NAMES: Final = (
    README_FILE,
    ERRORS_FILE,
    ROLE_FILE,
    DRAFT_FILE,
    SNAPSHOT_FILE,
    REPORT_FILE,
    PLAN_FILE,
    JOURNAL_FILE,
    CALLS_FILE,
    VERSIONS_FILE,
    LOG_FILE,
)
"""All that a bundle can hold beside its manifest, in the order in which it is shown."""


def asked_again(why: str) -> str:
    """Return why a bundle can't be used, with what to do about that."""
    if tr(NEWEST) in why:
        return why
    words = tr("{why} Nothing of it was opened. Ask for the bundle once more, as it was saved.")
    return words.replace("{why}", why)


class BundleFile(Protocol):
    """A file of a bundle that is to be saved: its name (one of ``NAMES``) and its whole text."""

    @property
    def name(self) -> str:
        """Its name."""

    @property
    def text(self) -> str:
        """Its text, which is written as UTF-8."""


def journal_in(bundle: Bundle) -> Journal | InputProblem | None:
    """Return the journal of the customer's last run; None where the bundle has none."""
    text = bundle.texts.get(JOURNAL_FILE)
    return None if text is None else read_journal(text, f"{bundle.source}: {JOURNAL_FILE}")


def dump_manifest(
    files: Iterable[BundleFile],
    left_out: Iterable[str],
    saved_at: datetime,
    *,
    masked: bool,
    practice: bool,
    masked_id: str | None = None,
) -> str:
    """Return the text of the manifest of a bundle of ``files``.

    ``masked_id`` is what stands in the place of the UbiQuity Account ID: with it other details
    can be tried on the bundle, and those that were left out be given.
    """
    return file_text(
        {
            "format": FORMAT,
            "version": VERSION,
            "saved_at": moment_text(saved_at),
            "masked": masked,
            **({"masked_id": masked_id} if masked_id else {}),
            "practice": practice,
            "files": [_entry(file.name, content_of(file.text)) for file in files],
            "left_out": list(left_out),
        }
    )


def id_in(files: Iterable[BundleFile]) -> str | None:
    """Return the UbiQuity Account ID, or its pseudonym, that the draft among ``files`` has."""
    texts = (file.text for file in files if file.name == DRAFT_FILE)
    read = (read_draft(text, DRAFT_FILE) for text in texts)
    return next((file.draft.database_id for file in read if isinstance(file, DraftFile)), None)


def content_of(text: str) -> bytes:
    """Return a file's text as it is written; half a character, which has no UTF-8, is escaped."""
    return text.encode("utf-8", "backslashreplace")


def _entry(name: str, content: bytes) -> dict[str, object]:
    return {"name": name, "size": len(content), "sha256": _sha256(content)}


def _sha256(content: bytes) -> str:
    from hashlib import sha256

    return sha256(content).hexdigest()


def bundle_of(
    entries: Mapping[str, bytes], source: str, strange: Sequence[str] = ()
) -> Bundle | InputProblem:
    """Return the bundle of the files ``entries``, or why it can't be used.

    Each file has to be what the manifest says, to the byte, and nothing else may be there:
    ``strange`` are the names of files that no bundle of this version has.
    """
    try:
        return _bundle(entries, source, strange)
    except FormatError as error:
        return InputProblem(source, on_one_line(f"{source}: {asked_again(error.sentence)}"))


def _bundle(entries: Mapping[str, bytes], source: str, strange: Sequence[str]) -> Bundle:
    manifest = entries.get(MANIFEST_FILE)
    if manifest is None:
        sentence = tr("this is no support bundle of this program: it holds no {file}.")
        raise FormatError(sentence.format(file=MANIFEST_FILE))
    if strange:
        _read(read_file(_text(MANIFEST_FILE, manifest), MANIFEST_FILE, _described))
        sentence = tr("“{name}” in it is no file of a support bundle.")
        name = on_one_line(strange[0], _SHOWN_AT_MOST)
        raise FormatError(sentence.format(name=name))
    texts = {name: _text(name, content) for name, content in entries.items()}
    described = _read(read_file(texts.pop(MANIFEST_FILE), MANIFEST_FILE, _described))
    _compare(described.files, entries)
    return Bundle(
        source=source,
        saved_at=described.saved_at,
        masked=described.masked,
        practice=described.practice,
        masked_id=described.masked_id,
        left_out=described.left_out,
        texts=texts,
        draft=_draft(texts),
        snapshot=_snapshot(texts),
        report=_report(texts),
    )


def _text(name: str, content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        sentence = tr("“{file}” in it is not a UTF-8 text.")
        raise FormatError(sentence.format(file=name)) from None


@frozen
class _Described:
    saved_at: datetime
    masked: bool
    practice: bool
    masked_id: str | None
    left_out: tuple[str, ...]
    files: Mapping[str, tuple[int, str]]
    """Size in bytes and SHA-256 of each file, by its name."""


def _described(top: JsonObject) -> _Described:
    top.expect_format(FORMAT, VERSION)
    files: dict[str, tuple[int, str]] = {}
    for place in top.items("files", required=True):
        name = place.choice("name", NAMES)
        if name in files:
            sentence = tr("“{place}” is there twice, and should be there once.")
            raise FormatError(sentence.format(place=place.at(name)))
        files[name] = place.count("size"), place.text("sha256").lower()
    return _Described(
        saved_at=top.moment("saved_at"),
        masked=top.truth("masked"),
        practice=top.truth("practice", default=False),
        masked_id=top.optional_text("masked_id"),
        left_out=tuple(name for name in top.texts("left_out") if name in NAMES),
        files=files,
    )


def _compare(files: Mapping[str, tuple[int, str]], entries: Mapping[str, bytes]) -> None:
    """Raise ``FormatError`` where the files are not those that the manifest tells of."""
    for name, (size, sha256) in files.items():
        content = entries.get(name)
        if content is None:
            sentence = tr("“{file}” should be in it, and is not.")
            raise FormatError(sentence.format(file=name))
        if len(content) != size or _sha256(content) != sha256:
            sentence = tr(
                "“{file}” in it is not as it was when the bundle was saved: it was altered or "
                "damaged on the way."
            )
            raise FormatError(sentence.format(file=name))
    for name in entries:
        if name not in files and name != MANIFEST_FILE:
            sentence = tr("it holds “{file}”, of which its {manifest} does not tell.")
            raise FormatError(sentence.format(file=name, manifest=MANIFEST_FILE))


def _draft(texts: Mapping[str, str]) -> Draft | None:
    text = texts.get(DRAFT_FILE)
    return None if text is None else _read(read_draft(text, DRAFT_FILE)).draft


def _snapshot(texts: Mapping[str, str]) -> Snapshot | None:
    text = texts.get(SNAPSHOT_FILE)
    return None if text is None else _read(read_snapshot(text, SNAPSHOT_FILE))


def _report(texts: Mapping[str, str]) -> CarriedReport | None:
    text = texts.get(REPORT_FILE)
    return None if text is None else _read(read_file(text, REPORT_FILE, _carried))


def _carried(top: JsonObject) -> CarriedReport:
    top.expect_format("ubiquity-s3-setup/report", 1)
    codes = tuple(place.text("code") for place in top.items("findings", required=True))
    return CarriedReport(top.text("verdict"), codes)


def _read(read: T | InputProblem) -> T:
    """Return what was read; raise ``FormatError`` where that was a problem."""
    if isinstance(read, InputProblem):
        raise FormatError(read.text)
    return read
