"""What a plan mends is what its changes take away, and nothing that only a person can."""

from typing import Final

import pytest

from app.core.diagnosis.codes.catalogue import CATALOGUE
from app.core.diagnosis.diagnose import diagnose
from app.core.iam.work import Work
from app.core.planning.mended import mended
from app.core.planning.plan import plan
from app.core.report import Finding
from tests.core.diagnosis.broken_buckets import BEYOND, BUCKET, FILES
from tests.core.diagnosis.broken_keys import KEYS
from tests.core.diagnosis.broken_permissions import BREADTH, CONDITIONS, GRANTS
from tests.core.diagnosis.broken_sign_in import CHANGES, ENVIRONMENT, LIVE, SIGN_IN
from tests.core.diagnosis.broken_trust import ROLE, TRUST
from tests.core.diagnosis.row import Row
from tests.helpers.snapshots import World, broken, good, together

FIRST_ROWS: Final = {
    row.code: row
    for row in reversed(
        (
            *(*ENVIRONMENT, *SIGN_IN, *CHANGES, *LIVE),
            *(*ROLE, *TRUST, *GRANTS, *CONDITIONS, *BREADTH),
            *(*BUCKET, *FILES, *BEYOND, *KEYS),
        )
    )
}

BY_THE_PROGRAM: Final = frozenset(
    {
        "role.missing",
        "role.misnamed",
        "trust.principal-wrong",
        "trust.principal-orphaned",
        "trust.external-id-mismatch",
        "trust.external-id-placeholder",
        "trust.action-wrong",
        "trust.condition-blocks",
        "policy.missing",
        "policy.not-attached",
        "policy.placeholder",
        "policy.wrong-bucket",
        "policy.objects-not-covered",
        "policy.bucket-not-covered",
        "policy.prefix-mismatch",
        "policy.action-missing",
        "policy.condition-blocks",
        "kms.decrypt-denied",
        "kms.describe-denied",
        "kms.principal-orphaned",
    }
)
"""Of the first row of each code in the tables."""


def _mended(world: World, steps: int = 10_000_000) -> tuple[Finding, ...]:
    draft, snapshot = world.read()
    report = diagnose(draft, snapshot)
    return mended(draft, snapshot, report, plan(draft, snapshot).changes, Work(steps))


@pytest.mark.parametrize("code", [code for code in CATALOGUE if code in FIRST_ROWS])
def test_what_the_program_can_mend(code: str) -> None:
    codes = [finding.code for finding in _mended(FIRST_ROWS[code].world)]
    assert codes == ([code] if code in BY_THE_PROGRAM else [])


def test_of_two_causes_only_the_one_that_is_mended() -> None:
    by_program, by_person = FIRST_ROWS["trust.action-wrong"], FIRST_ROWS["bucket.missing"]
    world = broken(good(), together(by_program.how, by_person.how))
    assert [finding.code for finding in _mended(world)] == ["trust.action-wrong"]


def test_what_ubiquity_was_refused_for_no_reason_that_can_be_read_is_not_mended() -> None:
    """The organisation is then what remains, whatever else the plan changes."""
    world = broken(good(), FIRST_ROWS["policy.missing"].how)
    refused = {"external_id": "right", "code": "AccessDenied", "message": "not authorized"}
    later = "2026-11-23T01:12:09Z"
    world.observe("ubiquity", "sts:AssumeRole", "denied", at=later, **refused)
    assert "organization.denies" in [finding.code for finding in world.report().findings]
    assert [finding.code for finding in _mended(world)] == ["policy.missing"]


def test_nothing_is_promised_that_could_not_be_worked_out() -> None:
    row: Row = FIRST_ROWS["role.missing"]
    assert _mended(row.world, steps=10) == ()
