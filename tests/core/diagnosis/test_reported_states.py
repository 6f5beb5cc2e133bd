"""States of accounts from public reports, as their files came: what each must give."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import pytest

from app.core.change import Plan
from app.core.choices import Choice
from app.core.diagnosis.diagnose import diagnose
from app.core.documents.policies import kms_statement
from app.core.draft import Draft
from app.core.formats.draft_json import DraftFile, read_draft
from app.core.formats.snapshot_json import read_snapshot
from app.core.planning.plan import plan
from app.core.report import Finding, Report
from app.core.snapshot import Snapshot
from app.core.wording.findings import words
from tests.helpers.snapshots import ACCOUNT, KEY, ROLE_ARN

STATES: Final = Path(__file__).parents[2] / "data" / "states"


def read(name: str) -> tuple[Draft, Snapshot]:
    draft = read_draft((STATES / name / "draft.json").read_text("utf-8"), "draft.json")
    snapshot = read_snapshot((STATES / name / "snapshot.json").read_text("utf-8"), "snapshot.json")
    assert isinstance(draft, DraftFile)
    assert isinstance(snapshot, Snapshot)
    return draft.draft, snapshot


def _one(report: Report, code: str) -> Finding:
    (finding,) = [finding for finding in report.findings if finding.code == code]
    return finding


def _said(finding: Finding) -> str:
    said = words(finding)
    return " ".join((said.title.text, said.detail.text, *(step.text for step in said.fix)))


def _other_key(report: Report, _wanted: Plan) -> None:
    assert report.verdict == "incomplete"
    finding = _one(report, "files.other-key")
    assert (finding.params["key"], finding.params["decision"]) == (KEY, "unknown")
    assert finding.params["paste"] == kms_statement(ACCOUNT)
    row = report.access[-1]
    assert (row.action, row.resource, row.decision) == ("kms:Decrypt", KEY, "unknown")


def _session_arn(report: Report, _wanted: Plan) -> None:
    assert report.verdict == "blocked"
    finding = _one(report, "bucket.explicit-deny")
    assert "always the ARN of the role itself, never the session’s" in _said(finding)
    paste = str(finding.params["paste"])
    assert "ArnNotLike" in paste
    assert ROLE_ARN in paste


def _not_principal(report: Report, _wanted: Plan) -> None:
    assert report.verdict == "incomplete"
    finding = _one(report, "bucket.deny-may-apply")
    condition = {"ArnNotEquals": {"aws:PrincipalArn": ROLE_ARN}}
    assert finding.params["paste"] == {"Principal": "*", "Condition": condition}
    assert "“NotPrincipal” with a Deny may catch a role that it names" in _said(finding)


def _ten_policies(_report: Report, wanted: Plan) -> None:
    assert wanted.changes == ()
    assert wanted.cannot_mend[0].code == "change.limit"
    assert [offer.choice for offer in wanted.offers] == [Choice.INLINE_POLICY]


def _any_external_id(report: Report, _wanted: Plan) -> None:
    assert report.verdict == "ready"
    finding = _one(report, "trust.external-id-not-required")
    assert "with any External ID" in words(finding).title.text
    assert report.access[1].decision == "denied"


EXPECTED: Final[Mapping[str, Callable[[Report, Plan], None]]] = {
    "objects-under-other-key": _other_key,
    "denydelete-principalarn-sts": _session_arn,
    "notprincipal-role-only": _not_principal,
    "ten-policies": _ten_policies,
    "any-external-id": _any_external_id,
}


@pytest.mark.parametrize("name", EXPECTED)
def test_a_reported_state_gives_what_it_must(name: str) -> None:
    draft, snapshot = read(name)
    EXPECTED[name](diagnose(draft, snapshot), plan(draft, snapshot))


def test_every_state_is_looked_at() -> None:
    assert {path.name for path in STATES.iterdir() if path.is_dir()} == set(EXPECTED)
