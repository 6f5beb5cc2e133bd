"""The report's JSON: formats.md, "The report"."""

import json

import pytest

from app.core.diagnosis.codes.catalogue import CATALOGUE
from app.core.formats.report_json import report_to_json
from app.core.guide import role_arn
from app.core.report import (
    AccessDecision,
    DecidingStatement,
    Evidence,
    Finding,
    Grounds,
    GroundsCode,
    PolicyPlace,
    Report,
    Verdict,
)
from app.core.wording.findings import words
from tests.core.wording.finding_samples import SAMPLES

ROLE = role_arn("123456789012")
BUCKET = "customer-data-imports"
TRUSTED = Grounds(GroundsCode.GRANTED, (DecidingStatement(PolicyPlace.TRUST, 1),))
NOT_TRUSTED = Grounds(GroundsCode.NOT_TRUSTED)
DOUBTED = Grounds(
    GroundsCode.UNDECIDED,
    (DecidingStatement(PolicyPlace.ROLE, 2, "List", "ubiquity-s3-access-policy"),),
    unknown_keys=("aws:SourceIp",),
)
GRANTED = Grounds(
    GroundsCode.GRANTED,
    (DecidingStatement(PolicyPlace.ROLE, 1, policy="ubiquity-s3-access-policy"),),
)
ACCESS = (
    AccessDecision("sts:AssumeRole", ROLE, "allowed", TRUSTED),
    AccessDecision("sts:AssumeRole", ROLE, "denied", NOT_TRUSTED, without_external_id=True),
    AccessDecision(
        "s3:ListBucket", f"arn:aws:s3:::{BUCKET}", "unknown", DOUBTED, BUCKET, "imports/"
    ),
    AccessDecision("s3:ListBucket", f"arn:aws:s3:::{BUCKET}", "allowed", GRANTED, BUCKET, ""),
)


def test_access_is_as_the_format_says() -> None:
    assert report_to_json(Report(Verdict.INCOMPLETE, ACCESS, ())) == {
        "format": "ubiquity-s3-setup/report",
        "version": 1,
        "verdict": "incomplete",
        "access": [
            {
                "action": "sts:AssumeRole",
                "resource": ROLE,
                "decision": "allowed",
                "because": "Allowed by: statement 1 (the trust policy).",
            },
            {
                "action": "sts:AssumeRole",
                "resource": ROLE,
                "without_external_id": True,
                "decision": "denied",
                "because": "No statement of the trust policy allows it.",
            },
            {
                "action": "s3:ListBucket",
                "resource": f"arn:aws:s3:::{BUCKET}",
                "bucket": BUCKET,
                "prefix": "imports/",
                "decision": "unknown",
                "because": (
                    "It depends on: statement “List” (the policy "
                    "ubiquity-s3-access-policy). This program cannot know the network address "
                    "that the request comes from (aws:SourceIp)."
                ),
            },
            {
                "action": "s3:ListBucket",
                "resource": f"arn:aws:s3:::{BUCKET}",
                "bucket": BUCKET,
                "prefix": "",
                "decision": "allowed",
                "because": ("Allowed by: statement 1 (the policy ubiquity-s3-access-policy)."),
            },
        ],
        "findings": [],
    }


def test_the_formats_own_example() -> None:
    params = {"expected": "xWqJBlwfjUOUcQjd5gt7vQ", "found": "xWqJBlwfjUOUcQjd5gt7vQ "}
    finding = Finding("trust.external-id-mismatch", Evidence.PREDICTED, None, params)
    text = words(finding)
    assert report_to_json(Report(Verdict.BLOCKED, (), (finding,)))["findings"] == [
        {
            "code": "trust.external-id-mismatch",
            "severity": "blocker",
            "evidence": "predicted",
            "bucket": None,
            "params": params,
            "title": text.title.text,
            "detail": text.detail.text,
            "fix": [step.text for step in text.fix],
            "who": "aws-admin",
            "doc": "#troubleshooting",
        }
    ]


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.code)
def test_every_finding_can_be_written_and_read_again(sample: Finding) -> None:
    report = report_to_json(Report(Verdict.BLOCKED, ACCESS, (sample,)))
    written = json.loads(json.dumps(report))
    assert written == report
    (entry,) = written["findings"]
    row = CATALOGUE[sample.code]
    assert (entry["severity"], entry["who"], entry["doc"]) == (row.weight, row.who, row.doc)
    assert entry["bucket"] == sample.bucket
