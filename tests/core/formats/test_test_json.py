"""The document of ``test --json``, to the letter of formats.md."""

import json

from app.core.formats.test_json import CheckRow, FilesRow, connection_test_to_json
from app.core.observation import Identity, Observation, ObservationSource, ObservedOutcome
from app.core.report import Evidence, Verdict
from tests.helpers.drafts import MOMENT, ROLE_ARN

SEEN = Observation(
    MOMENT,
    Identity.UBIQUITY,
    "sts:AssumeRole",
    ObservedOutcome.ALLOWED,
    ROLE_ARN,
    external_id="right",
    request_id="req-9",
    source=ObservationSource.CLOUDTRAIL,
)


def test_the_document_to_the_letter() -> None:
    document = connection_test_to_json(
        Verdict.BLOCKED,
        [
            CheckRow("network", "passed", Evidence.OBSERVED, 0.123456),
            CheckRow("clock", "skipped", Evidence.OBSERVED),
            CheckRow("account", "failed", Evidence.PREDICTED, 2, "role.missing"),
        ],
        [FilesRow("one", "imports/", 1000, False), FilesRow("two", "", 0, True)],
        [SEEN],
    )
    # Whoever reads it reads text, not values of Python.
    assert json.loads(json.dumps(document)) == {
        "format": "ubiquity-s3-setup/test",
        "version": 1,
        "verdict": "blocked",
        "checks": [
            {
                "what": "network",
                "state": "passed",
                "evidence": "observed",
                "seconds": 0.123,
                "code": None,
            },
            {
                "what": "clock",
                "state": "skipped",
                "evidence": "observed",
                "seconds": None,
                "code": None,
            },
            {
                "what": "account",
                "state": "failed",
                "evidence": "predicted",
                "seconds": 2,
                "code": "role.missing",
            },
        ],
        "files": [
            {"bucket": "one", "prefix": "imports/", "count": 1000, "complete": False},
            {"bucket": "two", "prefix": "", "count": 0, "complete": True},
        ],
        "observations": [
            {
                "at": "2026-11-23T01:02:03Z",
                "as": "ubiquity",
                "action": "sts:AssumeRole",
                "resource": ROLE_ARN,
                "bucket": None,
                "external_id": "right",
                "outcome": "allowed",
                "code": None,
                "message": None,
                "request_id": "req-9",
                "source": "cloudtrail",
            }
        ],
    }
    assert list(document) == ["format", "version", "verdict", "checks", "files", "observations"]
