"""What ``check`` prints of several files (``ubiquity-s3-setup/checks``, version 1).

A file has ``problem``, the sentence why it can't be used, or all the rest. ``code`` is its cause:
the first blocker's, else that of the first finding that keeps it from being ready, null where it
is ready. ``as_told`` tells whether the verdict and the findings are those that the customer was
told, null where the bundle doesn't hold them. Files of the same cause stand together, the cause
of the most files first; then what is ready, then what can't be used.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from app.core.diagnosis.codes.catalogue import CATALOGUE
from app.core.formats.writing import Json, moment_text
from app.core.report import Finding, Report, Verdict, Weight

FORMAT: Final = "ubiquity-s3-setup/checks"
VERSION: Final = 1


class CheckedFile(NamedTuple):
    """One of the files; it goes from one process to another."""

    file: str
    problem: str | None = None
    account_id: str | None = None
    verdict: Verdict | None = None
    code: str | None = None
    title: str | None = None
    saved_at: datetime | None = None
    masked: bool | None = None
    practice: bool | None = None
    as_told: bool | None = None


def cause_of(report: Report) -> Finding | None:
    """Return the finding that stands for a report: the first broken link, or the first doubt."""
    if report.verdict is Verdict.READY:
        return None
    for weight in Weight:
        for finding in report.findings:
            if CATALOGUE[finding.code].weight is weight:
                return finding
    return None


def by_cause(files: Iterable[CheckedFile]) -> list[CheckedFile]:
    """Return ``files`` in the order in which they are told."""
    listed = list(files)
    counts = Counter(file.code for file in listed)

    def place(file: CheckedFile) -> tuple[bool, bool, int, str, str]:
        code = file.code or ""
        is_ready = file.verdict is Verdict.READY
        return file.problem is not None, is_ready, -counts[file.code], code, file.file

    return sorted(listed, key=place)


def checks_to_json(files: Sequence[CheckedFile]) -> Json:
    """Return the JSON object about ``files``, in their order."""
    return {"format": FORMAT, "version": VERSION, "checks": [_row(file) for file in files]}


def _row(file: CheckedFile) -> Json:
    if file.problem is not None:
        return {"file": file.file, "problem": file.problem}
    return {
        "file": file.file,
        "problem": None,
        "account_id": file.account_id,
        "verdict": file.verdict,
        "code": file.code,
        "title": file.title,
        "saved_at": moment_text(file.saved_at) if file.saved_at else None,
        "masked": file.masked,
        "practice": file.practice,
        "as_told": file.as_told,
    }
