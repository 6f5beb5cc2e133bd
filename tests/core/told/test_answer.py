"""What UbiQuity's Test Connection answered, picked or pasted, and the cause that it leads to."""

from datetime import timedelta
from typing import Final

import pytest

from app.core.diagnosis.chain import links_of
from app.core.diagnosis.codes.catalogue import ChainLink
from app.core.diagnosis.diagnose import diagnose
from app.core.observation import Identity, Observation, ObservationSource, ObservedOutcome
from app.core.report import Evidence, Report
from app.core.snapshot import Snapshot
from app.core.told.answer import ToldAnswer, with_told
from tests.core.diagnosis.broken_trust import external_id
from tests.helpers.snapshots import ROLE_ARN, broken, good

SUCCESS, ASSUME, OPERATIONS, OTHER = (
    ToldAnswer.SUCCESS,
    ToldAnswer.ASSUME,
    ToldAnswer.OPERATIONS,
    ToldAnswer.OTHER,
)
REFUSED: Final = (
    "User: arn:aws:iam::049579744830:user/connector is not authorized to perform: sts:AssumeRole "
    f"on resource: {ROLE_ARN}"
)
BY_SCP: Final = "with an explicit deny in a service control policy"
LIST: Final = (
    "User: arn:aws:sts::123456789012:assumed-role/ubiquity-connectors-s3-access-role/x is not "
    "authorized to perform: s3:ListBucket on resource: arn:aws:s3:::customer-data-imports"
)


def _told(answer: ToldAnswer, said: str, world: object = None) -> tuple[Report, Snapshot]:
    draft, snapshot = (world or good()).read()  # type: ignore[attr-defined]
    at = snapshot.captured_at + timedelta(hours=1)
    # What was told last counts alone.
    snapshot = with_told(snapshot, draft, ToldAnswer.EXTERNAL_ID, at, "Invalid External ID")
    snapshot = with_told(snapshot, draft, answer, at, said)
    return diagnose(draft, snapshot), snapshot


@pytest.mark.parametrize(
    ("answer", "said", "finding"),
    [
        (SUCCESS, "Connection successful. Found 3 files in bucket.", ""),
        (ASSUME, "", "organization.denies predicted"),
        (ASSUME, REFUSED, "organization.denies predicted"),
        (ASSUME, f"{REFUSED} {BY_SCP}", "organization.denies verified"),
        (OPERATIONS, "", "organization.denies predicted"),
        (OPERATIONS, f"{LIST} {BY_SCP}", "organization.denies verified"),
        (
            ToldAnswer.EXTERNAL_ID,
            "",
            "",
        ),  # the trust policy asks for ours, and UbiQuity sent another
        (OTHER, "", ""),
        (OTHER, "Something went wrong. Try again later.", ""),
        (OTHER, f"{LIST} {BY_SCP}", "organization.denies verified"),
        (OTHER, "The specified bucket does not exist", "bucket.missing verified"),
        (OTHER, "KMS.DisabledException", "kms.key-disabled verified"),
    ],
)
def test_the_words_of_an_answer_lead_to_the_cause(
    answer: ToldAnswer, said: str, finding: str
) -> None:
    report, _ = _told(answer, said)
    assert ", ".join(f"{f.code} {f.evidence}" for f in report.findings) == finding


def test_a_success_is_verified_and_its_words_are_none_of_a_failure() -> None:
    report, snapshot = _told(SUCCESS, "Connection successful. Found 3 files in bucket.")
    seen = {s.link for s in links_of(report, snapshot) if s.evidence is Evidence.VERIFIED}
    assert seen == {ChainLink.UBIQUITY, ChainLink.ROLE, ChainLink.TRUST, ChainLink.BUCKET}
    assert all(observation.message is None for observation in snapshot.observations)


def test_a_refusal_that_was_foreseen_is_verified_whatever_else_is_said() -> None:
    report, _ = _told(ASSUME, REFUSED, broken(good(), external_id("another")))
    assert [f"{f.code} {f.evidence}" for f in report.findings] == [
        "trust.external-id-mismatch verified"
    ]


def test_a_visit_that_was_recorded_since_is_the_last_word() -> None:
    draft, snapshot = good().read()
    told_at = snapshot.captured_at + timedelta(hours=1)
    visit = Observation(
        told_at + timedelta(minutes=5),
        Identity.UBIQUITY,
        "sts:AssumeRole",
        ObservedOutcome.ALLOWED,
        external_id="right",
        source=ObservationSource.CLOUDTRAIL,
    )
    seen = snapshot.with_observations_by_time(visit)
    # It is told of again with each new reading, and belongs where it was told.
    assert diagnose(draft, with_told(seen, draft, ASSUME, told_at, REFUSED)).findings == ()
    later = visit.at + timedelta(minutes=5)
    refused = diagnose(draft, with_told(seen, draft, ASSUME, later, f"{REFUSED} {BY_SCP}"))
    assert [finding.code for finding in refused.findings] == ["organization.denies"]


def test_no_secret_and_no_novel_is_kept() -> None:
    _, snapshot = _told(OTHER, "aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")
    assert "wJalr" not in str(snapshot.observations)
    _, snapshot = _told(OTHER, "x" * 100_000)
    assert len(snapshot.observations[0].message or "") <= 4000
