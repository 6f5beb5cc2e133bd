"""The report as the JSON object that formats.md describes, with words in the installed language."""

from typing import Final

from app.core.diagnosis.codes.catalogue import CATALOGUE
from app.core.formats.writing import Json
from app.core.report import AccessDecision, Finding, Report
from app.core.wording.grounds import grounds_words

FORMAT: Final = "ubiquity-s3-setup/report"
VERSION: Final = 1


def report_to_json(report: Report) -> Json:
    """Return ``report`` as a JSON object; severity, words, who and doc follow from the codes."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "verdict": report.verdict.value,
        "access": [_access(access) for access in report.access],
        "findings": [_finding(finding) for finding in report.findings],
    }


def _access(access: AccessDecision) -> Json:
    entry: Json = {"action": access.action, "resource": access.resource}
    if access.without_external_id:
        entry["without_external_id"] = True
    if access.bucket is not None:
        entry["bucket"] = access.bucket
    if access.prefix is not None:
        entry["prefix"] = access.prefix
    return {**entry, "decision": access.decision, "because": grounds_words(access.because)}


def _finding(finding: Finding) -> Json:
    # A report without findings needs no words: a check starts faster without them.
    from app.core.wording.findings import words

    row = CATALOGUE[finding.code]
    text = words(finding)
    return {
        "code": finding.code,
        "severity": row.weight.value,
        "evidence": finding.evidence.value,
        "bucket": finding.bucket,
        "params": dict(finding.params),
        "title": text.title.text,
        "detail": text.detail.text,
        "fix": [step.text for step in text.fix],
        "who": row.who.value,
        "doc": row.doc,
    }
