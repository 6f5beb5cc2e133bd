"""What ``test --json`` prints (``ubiquity-s3-setup/test``, version 1)."""

from collections.abc import Iterable
from typing import Final

from app.core.formats.snapshot_json import observation_to_json
from app.core.formats.writing import Json
from app.core.frozen import frozen
from app.core.observation import Observation
from app.core.report import Evidence, Verdict

FORMAT: Final = "ubiquity-s3-setup/test"
VERSION: Final = 1

_MILLISECONDS: Final = 3
"""Places of a second: what is more is the machine's, not AWS's."""


@frozen
class CheckRow:
    """One check: what was tried, how it ended, how that is known, and how long it took.

    ``code`` is the finding that it leads to, where it failed; ``seconds`` is None where it was
    not made, or took no call of its own.
    """

    what: str
    state: str
    evidence: Evidence
    seconds: float | None = None
    code: str | None = None


@frozen
class FilesRow:
    """How many files there are under a connector's prefix; ``complete`` where it is all of them."""

    bucket: str
    prefix: str
    count: int
    complete: bool


def connection_test_to_json(
    verdict: Verdict,
    checks: Iterable[CheckRow],
    files: Iterable[FilesRow],
    observations: Iterable[Observation],
) -> Json:
    """Return the document of one test, with the observations as a snapshot has them."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "verdict": verdict.value,
        "checks": [
            {
                "what": check.what,
                "state": check.state,
                "evidence": check.evidence.value,
                "seconds": None if check.seconds is None else round(check.seconds, _MILLISECONDS),
                "code": check.code,
            }
            for check in checks
        ],
        "files": [
            {
                "bucket": row.bucket,
                "prefix": row.prefix,
                "count": row.count,
                "complete": row.complete,
            }
            for row in files
        ],
        "observations": [observation_to_json(observation) for observation in observations],
    }
