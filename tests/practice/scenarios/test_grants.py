"""A grant of the bucket's key on the practice AWS: read, said, and gone once it is revoked."""

import asyncio
from collections.abc import Callable

import pytest

from app.core.diagnosis.diagnose import diagnose
from app.core.guide import UBIQUITY_ROOT_ARN
from app.core.report import Report, Verdict
from app.core.snapshot import KmsGrant, Snapshot
from app.practice.account import KEY_ARN
from app.practice.people import Person
from app.practice.scenarios.sign_ins import WithKeys
from app.practice.scenarios.stage import LOCKED, RehearsalStage, allow
from app.practice.server import PracticeAws
from tests.practice.clients import refusal_of
from tests.practice.scenarios.trainee import Trainee


@pytest.fixture
def stage(aws: PracticeAws) -> RehearsalStage:
    aws.reset()
    stage = RehearsalStage(aws)
    stage.use(LOCKED)
    stage.everything()
    return stage


def _read(stage: RehearsalStage, trainee: Trainee) -> tuple[Snapshot, Report]:
    account = trainee.account(stage.sign_in)
    snapshot = asyncio.run(account.read_snapshot(stage.draft))
    return snapshot, diagnose(stage.draft, snapshot)


def _grants(snapshot: Snapshot) -> tuple[KmsGrant, ...] | None:
    key = snapshot.buckets[0].kms_key
    assert key is not None
    return key.grants


def test_a_grant_for_ubiquity_is_said_until_it_is_revoked(
    stage: RehearsalStage, trainee: Trainee
) -> None:
    kms = stage.admin.kms
    granted = kms.create_grant(
        KeyId=KEY_ARN, GranteePrincipal=UBIQUITY_ROOT_ARN, Operations=["Decrypt", "DescribeKey"]
    )
    snapshot, report = _read(stage, trainee)
    grant = KmsGrant(UBIQUITY_ROOT_ARN, ("Decrypt", "DescribeKey"), granted["GrantId"])
    assert _grants(snapshot) == (grant,)
    assert report.verdict is Verdict.READY
    assert [finding.code for finding in report.findings] == ["kms.direct-grant"]
    assert report.findings[0].params["grant"] == granted["GrantId"]
    kms.revoke_grant(KeyId=KEY_ARN, GrantId=granted["GrantId"])
    snapshot, report = _read(stage, trainee)
    assert (_grants(snapshot), report.findings) == ((), ())


def test_who_may_not_list_grants_reads_all_the_rest(
    stage: RehearsalStage, trainee: Trainee
) -> None:
    stage.admin.kms.create_grant(
        KeyId=KEY_ARN, GranteePrincipal=UBIQUITY_ROOT_ARN, Operations=["Decrypt"]
    )
    reading = allow("iam:*", "s3:*", "kms:DescribeKey", "kms:GetKeyPolicy")
    stage.sign_in_with(stage.colleague("practice-reader", reading))
    snapshot, report = _read(stage, trainee)
    assert (_grants(snapshot), snapshot.unreadable) == (None, ())
    assert (report.verdict, report.findings) == (Verdict.READY, ())
    # With the permission, the grant is there.
    stage.sign_in_with(stage.colleague("practice-lister", reading, allow("kms:ListGrants")))
    _, report = _read(stage, trainee)
    assert [finding.code for finding in report.findings] == ["kms.direct-grant"]


@pytest.mark.parametrize("action", ["CreateGrant", "ListGrants", "RevokeGrant"])
def test_grants_take_their_own_permission(stage: RehearsalStage, action: str) -> None:
    granted = stage.admin.kms.create_grant(
        KeyId=KEY_ARN, GranteePrincipal=UBIQUITY_ROOT_ARN, Operations=["Decrypt"]
    )
    others = [f"kms:{name}" for name in ("CreateGrant", "ListGrants", "RevokeGrant")]
    others.remove(f"kms:{action}")
    stage.sign_in_with(stage.colleague("practice-keeper", allow(*others)))
    assert isinstance(stage.sign_in, WithKeys)
    kms = Person(stage.aws.endpoint_url, stage.sign_in.keys).kms
    calls: dict[str, Callable[[], object]] = {
        "CreateGrant": lambda: kms.create_grant(
            KeyId=KEY_ARN, GranteePrincipal=UBIQUITY_ROOT_ARN, Operations=["Decrypt"]
        ),
        "ListGrants": lambda: kms.list_grants(KeyId=KEY_ARN),
        "RevokeGrant": lambda: kms.revoke_grant(KeyId=KEY_ARN, GrantId=granted["GrantId"]),
    }
    refusal = refusal_of(calls.pop(action))
    assert (refusal.code, f"kms:{action}" in refusal.message) == ("AccessDeniedException", True)
    for call in calls.values():
        call()
