"""A call in a line."""

from datetime import UTC, datetime

import pytest

from app.core.call_record import CallOutcome, CallRecord
from app.core.wording.call_words import call_line

AT = datetime(2026, 11, 23, 1, 2, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    ("record", "line"),
    [
        (
            CallRecord(
                "s3:GetObject",
                AT,
                0.32,
                CallOutcome.REFUSED,
                "s3.GetObject",
                "us-east-1",
                "b",
                403,
                "R",
                "H",
                "No",
                1,
            ),
            "01:02:03 UTC · s3:GetObject · b, us-east-1 · refused No · 0.3 s · request ID R, H",
        ),
        (
            CallRecord("iam:GetRole", AT, 15, CallOutcome.FAILED, code="SSLError", requests=3),
            "01:02:03 UTC · iam:GetRole · failed SSLError · 15 s · 3 requests",
        ),
        (
            CallRecord(
                "sts:AssumeRole", AT, 1, CallOutcome.DONE, region="eu-west-1", request_id="R"
            ),
            "01:02:03 UTC · sts:AssumeRole · eu-west-1 · done · 1.0 s · request ID R",
        ),
    ],
)
def test_what_was_asked_of_whom_and_how_it_ended(record: CallRecord, line: str) -> None:
    assert call_line(record) == line
