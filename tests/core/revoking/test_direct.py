"""UbiQuity's account past the role: what is purely its own goes, what is mixed is named."""

import pytest

from app.core.change import ChangeKind, Plan
from app.core.changes.applied import after_changes
from app.core.choices import Choice, Choices, RevokeWay
from app.core.diagnosis.direct_access import direct_access_of
from app.core.iam.work import Work
from app.core.revoking.plan import revoke_plan
from tests.core.planning.inverse import taken_back
from tests.core.revoking.test_plan import (
    AT,
    CHANGE,
    DELETE,
    OTHER_ID,
    OURS,
    codes,
    kinds,
    planned,
    statements_after,
    the,
    whole,
)
from tests.helpers.snapshots import (
    ACCOUNT,
    BUCKET_ARN,
    DATABASE_ID,
    KEY,
    OBJECTS,
    REGION,
    STRANGER,
    UBIQUITY_ROOT,
    Json,
    World,
    admin_of_key,
    allow,
    asks_for,
    deny,
    document,
    good,
    good_encrypted,
    trusting,
)

PARTNER = f"arn:aws:iam::{STRANGER}:root"
BUCKET_POLICY = ChangeKind.PUT_BUCKET_POLICY


def lets_in(*names: str, action: object = "s3:*") -> Json:
    return allow(action, [BUCKET_ARN, OBJECTS], Principal={"AWS": list(names)})


THEIRS = lets_in(PARTNER)
TLS = deny(
    "s3:*", OBJECTS, Principal="*", Condition={"Bool": {"aws:SecureTransport": "false"}}, Sid="TLS"
)


def opened(*statements: Json) -> World:
    world = whole(good())
    world.bucket["policy"] = document(*statements)
    return world


@pytest.mark.parametrize("how", RevokeWay)
def test_ubiquitys_statement_of_a_bucket_policy_goes(how: RevokeWay) -> None:
    world = opened(THEIRS, lets_in(UBIQUITY_ROOT), TLS)
    plan = planned(world, how)
    assert kinds(plan)[0] == "put-bucket-policy"
    assert statements_after(plan, BUCKET_POLICY) == [THEIRS, TLS]
    change = the(plan, BUCKET_POLICY)
    assert (change.target, change.reversible) == (BUCKET_ARN, True)
    assert change.settings == {"region": REGION, "owner": ACCOUNT}
    start = world.read()[1]
    after = after_changes(start, plan.changes)
    assert direct_access_of(after) == ()
    back = after_changes(start, (*plan.changes, *taken_back(start, plan.changes)))
    assert back.buckets == start.buckets


def test_a_policy_of_nothing_else_is_deleted() -> None:
    plan = planned(opened(lets_in(UBIQUITY_ROOT), lets_in("049579744830", action="s3:GetObject")))
    assert kinds(plan)[0] == "put-bucket-policy"
    assert the(plan, BUCKET_POLICY).after is None


@pytest.mark.parametrize(
    "statement",
    [
        lets_in(UBIQUITY_ROOT, PARTNER),
        allow("s3:GetObject", OBJECTS, Principal="*"),
        allow("s3:GetObject", OBJECTS, NotPrincipal={"AWS": PARTNER}),
    ],
)
def test_what_serves_others_too_is_named_and_left(statement: Json) -> None:
    world = opened(statement)
    plan = planned(world)
    assert "put-bucket-policy" not in kinds(plan)
    assert codes(plan) == [("bucket.direct-grant", BUCKET_ARN)]
    # Written anew by its owner, it is no longer in the way.
    world.bucket["policy"] = document(THEIRS)
    assert codes(planned(world)) == []


@pytest.mark.parametrize("how", RevokeWay)
def test_ubiquitys_statement_of_a_key_policy_goes_with_ours(how: RevokeWay) -> None:
    world = whole(good_encrypted())
    ours = world.key_statements[1]
    world.key_statements.append(allow("kms:Decrypt", Principal={"AWS": UBIQUITY_ROOT}))
    after = statements_after(planned(world, how), ChangeKind.PUT_KEY_POLICY)
    assert after == ([admin_of_key()] if how is DELETE else [admin_of_key(), ours])
    world.key_statements[-1]["Principal"] = {"AWS": [UBIQUITY_ROOT, PARTNER]}
    assert ("kms.direct-grant", KEY) in codes(planned(world, how))


@pytest.mark.parametrize("how", RevokeWay)
def test_a_grant_is_revoked_and_others_stay(how: RevokeWay) -> None:
    world = whole(good_encrypted())
    theirs = {"grantee": PARTNER, "operations": ["Decrypt"], "id": "theirs"}
    grant = {"grantee": UBIQUITY_ROOT, "operations": ["Decrypt"], "id": "ours"}
    world.bucket["kms_key"]["grants"] = [theirs, grant]
    plan = planned(world, how)
    change = the(plan, ChangeKind.REVOKE_GRANT)
    assert (change.target, change.before, change.reversible) == (KEY, grant, False)
    start = world.read()[1]
    (left,) = {b.kms_key.grants for b in after_changes(start, plan.changes).buckets if b.kms_key}
    assert [each.id for each in left or ()] == ["theirs"]
    # One of which the id is not known can't be revoked from here.
    del grant["id"]
    assert ("kms.direct-grant", KEY) in codes(planned(world, how))


def test_one_database_of_several_keeps_what_asks_for_no_external_id() -> None:
    world = opened(lets_in(UBIQUITY_ROOT))
    world.set_trust(OURS, trusting({"AWS": UBIQUITY_ROOT}, asks_for(OTHER_ID)))
    plan = planned(world, CHANGE)
    assert kinds(plan) == ["update-trust-policy"]
    assert codes(plan) == [("bucket.direct-grant", BUCKET_ARN)]
    everyone = planned(world, CHANGE, frozenset({Choice.EVERYONE}))
    assert kinds(everyone)[0] == "put-bucket-policy"


def test_without_a_role_it_goes_all_the_same() -> None:
    world = opened(lets_in(UBIQUITY_ROOT))
    world.snapshot["role"] = world.snapshot["customer_policy"] = {"state": "missing"}
    for how in RevokeWay:
        plan = planned(world, how)
        assert kinds(plan) == ["put-bucket-policy"]
        draft, start = world.read()
        after = after_changes(start, plan.changes)
        assert revoke_plan(after, how, ACCOUNT, draft, Choices(), AT).changes == ()
    assert DATABASE_ID not in str(planned(world).changes)


@pytest.mark.parametrize("how", RevokeWay)
@pytest.mark.parametrize("steps", [0, 5])
def test_what_is_too_much_to_work_out_is_named_and_left(how: RevokeWay, steps: int) -> None:
    world = opened(lets_in(UBIQUITY_ROOT))
    draft, snapshot = world.read()

    def planned_with(work: Work) -> Plan:
        return revoke_plan(snapshot, how, ACCOUNT, draft, Choices(), AT, work)

    plan = planned_with(Work(steps))
    assert "put-bucket-policy" not in kinds(plan)
    assert ("check.unreadable", BUCKET_ARN) in codes(plan)
    # The role's own part goes all the same, and with time enough the rest does too.
    assert set(kinds(plan)) < set(kinds(planned_with(Work())))
