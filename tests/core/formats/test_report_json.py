"""The report's JSON: formats.md, "The report"."""

import json

import pytest

from app.core.diagnosis.catalogue import CATALOGUE
from app.core.formats.report_json import report_to_json
from app.core.guide import role_arn
from app.core.report import Access, Evidence, Finding, Report, Verdict
from app.core.wording.findings import words
from tests.core.wording.finding_samples import SAMPLES

ROLE = role_arn("123456789012")
BUCKET = "customer-data-imports"
ACCESS = (
    Access("sts:AssumeRole", ROLE, "allowed", "the trust policy lets UbiQuity in"),
    Access("sts:AssumeRole", ROLE, "denied", "no External ID", without_external_id=True),
    Access("s3:ListBucket", f"arn:aws:s3:::{BUCKET}", "unknown", "a condition", BUCKET, "imports/"),
    Access("s3:ListBucket", f"arn:aws:s3:::{BUCKET}", "allowed", "it is granted", BUCKET, ""),
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
                "because": "the trust policy lets UbiQuity in",
            },
            {
                "action": "sts:AssumeRole",
                "resource": ROLE,
                "without_external_id": True,
                "decision": "denied",
                "because": "no External ID",
            },
            {
                "action": "s3:ListBucket",
                "resource": f"arn:aws:s3:::{BUCKET}",
                "bucket": BUCKET,
                "prefix": "imports/",
                "decision": "unknown",
                "because": "a condition",
            },
            {
                "action": "s3:ListBucket",
                "resource": f"arn:aws:s3:::{BUCKET}",
                "bucket": BUCKET,
                "prefix": "",
                "decision": "allowed",
                "because": "it is granted",
            },
        ],
        "findings": [],
    }


def test_the_formats_own_example() -> None:
    params = {"expected": "xWqJBlwfjUOUcQjd5gt7vQ", "found": "xWqJBlwfjUOUcQjd5gt7vQ "}
    finding = Finding("trust.external-id-mismatch", Evidence.PREDICTED, None, params)
    said = words(finding)
    assert report_to_json(Report(Verdict.BLOCKED, (), (finding,)))["findings"] == [
        {
            "code": "trust.external-id-mismatch",
            "severity": "blocker",
            "evidence": "predicted",
            "bucket": None,
            "params": params,
            "title": said.title.text,
            "detail": said.detail.text,
            "fix": [step.text for step in said.fix],
            "who": "aws-admin",
            "doc": "#troubleshooting",
        }
    ]


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.code)
def test_every_finding_can_be_written_and_read_again(sample: Finding) -> None:
    report = report_to_json(Report(Verdict.BLOCKED, ACCESS, (sample,)))
    read = json.loads(json.dumps(report))
    assert read == report
    (entry,) = read["findings"]
    row = CATALOGUE[sample.code]
    assert (entry["severity"], entry["who"], entry["doc"]) == (row.weight, row.who, row.doc)
    assert entry["bucket"] == sample.bucket
