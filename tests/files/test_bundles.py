"""Opening a bundle: what is in it, and what is refused, whoever made it."""

import io
import struct
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.bundle import Bundle, CarriedReport
from app.core.diagnosis.diagnose import diagnose
from app.core.formats.bundle_json import (
    DRAFT_FILE,
    MANIFEST_FILE,
    README_FILE,
    SNAPSHOT_FILE,
    content_of,
    dump_manifest,
    journal_in,
)
from app.core.formats.reading import InputProblem
from app.core.formats.report_json import report_to_json
from app.core.formats.snapshot_json import dump_snapshot
from app.core.formats.writing import file_text
from app.files.bundles import opened_bundle, packed, read_bundle, write_bundle
from tests.helpers.drafts import PLAIN, dump_draft, untouched

MOMENT: Final = datetime(2026, 11, 29, 9, 8, 7, tzinfo=UTC)


class File(NamedTuple):
    name: str
    text: str


def files() -> tuple[File, ...]:
    report = report_to_json(diagnose(PLAIN, untouched(PLAIN)))
    return (
        File(README_FILE, "What happened: a half \udc80 and a whole €\n"),
        File(DRAFT_FILE, dump_draft(PLAIN)),
        File(SNAPSHOT_FILE, dump_snapshot(untouched(PLAIN))),
        File("report.json", file_text(report)),
    )


def manifest(*of: File) -> str:
    return dump_manifest(of, ["journal.json"], MOMENT, masked=True, practice=False)


FILES: Final = files()
GOOD: Final = packed(FILES, manifest(*FILES), MOMENT)


def zipped(entries: dict[str, bytes | str], **attributes: int) -> bytes:
    """Return a ZIP file as Python's own module writes one."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            about = zipfile.ZipInfo(name)
            about.compress_type = zipfile.ZIP_DEFLATED
            for attribute, value in attributes.items():
                setattr(about, attribute, value)
            archive.writestr(about, content_of(content) if isinstance(content, str) else content)
    return made.getvalue()


def with_manifest(*of: File, **attributes: int) -> bytes:
    return zipped({MANIFEST_FILE: manifest(*of), **dict(of)}, **attributes)


def test_what_was_written_is_opened_and_stays_only_in_memory(tmp_path: Path) -> None:
    path = tmp_path / "bundle.zip"
    write_bundle(path, FILES, manifest(*FILES), MOMENT)
    assert path.read_bytes() == GOOD
    assert path.stat().st_mode & 0o077 == 0
    bundle = read_bundle(path)
    assert isinstance(bundle, Bundle)
    assert (bundle.source, bundle.saved_at) == (str(path), MOMENT)
    assert (bundle.masked, bundle.practice, bundle.left_out) == (True, False, ("journal.json",))
    assert (bundle.draft, bundle.snapshot) == (PLAIN, untouched(PLAIN))
    assert bundle.report == CarriedReport(
        "blocked", tuple(f.code for f in diagnose(PLAIN, untouched(PLAIN)).findings)
    )
    assert journal_in(bundle) is None
    assert bundle.texts[README_FILE] == "What happened: a half \\udc80 and a whole €\n"
    assert list(tmp_path.iterdir()) == [path]


def test_python_and_others_read_it_and_what_they_pack_is_read() -> None:
    with zipfile.ZipFile(io.BytesIO(GOOD)) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == [MANIFEST_FILE, *(file.name for file in FILES)]
    assert isinstance(opened_bundle(with_manifest(*FILES[1:]), "b.zip"), Bundle)
    streamed = io.BytesIO()

    class Pipe(io.RawIOBase):
        """Can't be gone back in, so that sizes stand behind the data (flag 3)."""

        def writable(self) -> bool:
            return True

        def write(self, content: object) -> int:
            return streamed.write(content)  # type: ignore[arg-type]

    with zipfile.ZipFile(Pipe(), "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in ((MANIFEST_FILE, manifest(*FILES[1:])), *FILES[1:]):
            archive.writestr(name, text)
    assert isinstance(opened_bundle(streamed.getvalue(), "b.zip"), Bundle)


def test_what_was_left_out_is_not_there() -> None:
    bundle = opened_bundle(packed((), manifest(), MOMENT), "b.zip")
    assert isinstance(bundle, Bundle)
    assert (bundle.draft, bundle.snapshot, bundle.report) == (None, None, None)


def _altered(at: bytes, number: int, offset: int, form: str) -> bytes:
    """Return the good bundle with a number exchanged, ``offset`` after the first ``at``."""
    content = bytearray(GOOD)
    struct.pack_into(form, content, content.index(at) + offset, number)
    return bytes(content)


CENTRAL: Final = b"PK\x01\x02"


def _bomb() -> bytes:
    return with_manifest(File(README_FILE, "0" * 11_000_000))


def _many() -> bytes:
    parts = [File(f"{name}.json", "0" * 9_000_000) for name in ("draft", "snapshot", "report")]
    return with_manifest(*parts)


def _lying() -> bytes:
    """Say that the first file is smaller than it is."""
    return _altered(CENTRAL, 10, 24, "<I")


def _overlapping() -> bytes:
    """Let the second file's data begin in the first's, as a quoted overlap does."""
    text = zipfile.ZipFile(io.BytesIO(GOOD))
    first, second = text.infolist()[:2]
    inner = first.header_offset
    content = bytearray(GOOD)
    second_at = content.index(CENTRAL, content.index(CENTRAL) + 4)
    local = content[second.header_offset : second.header_offset + 30 + len(second.filename)]
    content[inner + 50 : inner + 50 + len(local)] = local
    struct.pack_into("<I", content, second_at + 42, inner + 50)
    return bytes(content)


def _other_bytes() -> bytes:
    return zipped({MANIFEST_FILE: manifest(*FILES), **dict(FILES), DRAFT_FILE: "{}"})


def _newer() -> bytes:
    text = manifest(*FILES).replace('"version": 1', '"version": 2')
    return zipped({MANIFEST_FILE: text, "a-later-file.json": "{}"})


def _nul() -> bytes:
    content = zipped({"draft.json_x": "{}"})
    return content.replace(b"draft.json_x", b"draft.json\0x")


def _twice() -> bytes:
    return GOOD.replace(b"README.txt", b"draft.json")


REFUSED: Final[dict[str, tuple[Callable[[], bytes], str]]] = {
    "another name": (lambda: zipped({MANIFEST_FILE: manifest(), "evil.exe": ""}), "no file of"),
    "a name cut at NUL": (_nul, "no support bundle of this program"),
    "no manifest": (lambda: zipped({"a.txt": ""}), "it holds no manifest.json"),
    "upwards": (lambda: zipped({"../draft.json": "{}"}), "is a path"),
    "absolute": (lambda: zipped({"/etc/passwd": ""}), "is a path"),
    "a drive": (lambda: zipped({"C:draft.json": ""}), "is a path"),
    "backslashes": (lambda: zipped({"..\\draft.json": ""}), "is a path"),
    "a folder": (lambda: zipped({"draft/": ""}), "is a path"),
    "a link": (lambda: with_manifest(*FILES, external_attr=0o120777 << 16), "is a link"),
    "a device": (lambda: with_manifest(*FILES, external_attr=0o020666 << 16), "device or a pipe"),
    "a folder's mark": (lambda: with_manifest(*FILES, external_attr=0x10), "is a folder"),
    "twice": (_twice, "is in it twice"),
    "encrypted": (lambda: _altered(CENTRAL, 1, 8, "<H"), "is encrypted"),
    "another way to pack": (lambda: _altered(CENTRAL, 12, 10, "<H"), "packed in a way"),
    "a bomb": (_bomb, "is larger"),
    "many large ones": (_many, "larger together"),
    "more than it says": (_lying, "is larger, once unpacked, than it says"),
    "one over another": (_overlapping, "lie over one another"),
    "other bytes": (_other_bytes, "was altered or damaged"),
    "not told of": (lambda: zipped({MANIFEST_FILE: manifest(), **dict(FILES[:1])}), "not tell"),
    "told of": (lambda: zipped({MANIFEST_FILE: manifest(*FILES)}), "should be in it, and is not"),
    "newer": (_newer, "this program reads version 1 of this file, and this is 2"),
    "another format": (lambda: zipped({MANIFEST_FILE: dump_draft(PLAIN)}), "“format” should be"),
    "not UTF-8": (lambda: zipped({MANIFEST_FILE: b"\xff"}), "not a UTF-8 text"),
    "no ZIP": (lambda: b'{"format": "ubiquity-s3-setup/draft"}', "it is not a ZIP file"),
    "empty": (lambda: b"", "it is not a ZIP file"),
    "cut short": (lambda: GOOD[:-30], "its end is missing"),
    "something added": (lambda: GOOD + b"more", "something was added"),
    "something before": (lambda: b"#!/bin/sh\n" + GOOD, "it is not a ZIP file"),
    "of no use": (lambda: zipped({}), "it holds no manifest.json"),
    "beyond 32 bits": (lambda: _altered(b"PK\x05\x06", 0xFFFF_FFFF, 16, "<I"), "larger than"),
}


NEXT: Final = (
    "Ask for the bundle once more, as it was saved.",
    "Use the newest version of this program.",
)


@pytest.mark.parametrize(("made", "sentence"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_no_bundle_is_refused_in_one_sentence(
    made: Callable[[], bytes], sentence: str
) -> None:
    problem = opened_bundle(made(), "sent.zip")
    assert isinstance(problem, InputProblem)
    assert sentence in problem.text
    assert problem.text.startswith("sent.zip: ")
    assert "\n" not in problem.text
    assert problem.text.endswith(NEXT)
    # Sent once more, it is opened.
    assert isinstance(opened_bundle(GOOD, "sent.zip"), Bundle)


def test_a_file_that_is_too_large_or_none_is_not_read(tmp_path: Path) -> None:
    large = tmp_path / "large.zip"
    large.write_bytes(GOOD + bytes(10_000_001))
    for path, words in ((large, "larger than 10 MB"), (tmp_path, "folder"), ("x.zip", "No such")):
        problem = read_bundle(path, "sent.zip")
        assert isinstance(problem, InputProblem)
        assert words in problem.text


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_damage_of_any_kind_is_told_and_never_raised(data: st.DataObject) -> None:
    content = bytearray(GOOD)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content) - 1))
        match data.draw(st.sampled_from(["flip", "cut", "twice"])):
            case "flip":
                content[at] ^= data.draw(st.integers(1, 255))
            case "cut":
                del content[at : at + data.draw(st.integers(1, 40))]
            case _:
                content[at:at] = content[at : at + data.draw(st.integers(1, 40))]
        if not content:
            break
    opened = opened_bundle(bytes(content), "sent.zip")
    assert isinstance(opened, Bundle | InputProblem)
    if isinstance(opened, Bundle):  # what says nothing of the files: a time, a version needed
        assert opened.texts == opened_texts()


def opened_texts() -> object:
    bundle = opened_bundle(GOOD, "sent.zip")
    assert isinstance(bundle, Bundle)
    return bundle.texts
