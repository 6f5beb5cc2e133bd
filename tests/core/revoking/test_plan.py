"""Taking UbiQuity's access away: what goes, what stays, and that it then is denied."""

import copy
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from app.core.change import Change, ChangeKind, Plan
from app.core.changes.applied import after_changes
from app.core.choices import Choice, Choices, RevokeWay
from app.core.diagnosis.diagnose import diagnose
from app.core.documents.gone_principals import living
from app.core.documents.open_sessions import SESSIONS_POLICY
from app.core.documents.policies import kms_statement
from app.core.documents.statements import statements_of
from app.core.documents.ubiquity_trust import REVOKED_SID, revoked_statement
from app.core.draft import Draft
from app.core.guide import ROLE_NAME
from app.core.revoking.granted_buckets import granted_buckets
from app.core.revoking.ours import without_ours
from app.core.revoking.plan import (
    databases_of,
    revoke_plan,
)
from app.core.revoking.proof import proof_of
from app.core.snapshot import Snapshot, State
from app.core.wording.revoking import revoke_obstacle_sentence
from tests.core.diagnosis.any_world import worlds
from tests.helpers.snapshots import (
    ACCOUNT,
    BUCKET,
    DATABASE_ID,
    DELETED,
    KEY,
    POLICY_ARN,
    ROLE_ARN,
    ROLE_ID,
    ROOT,
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
    inline,
    trusting,
)

AT: Final = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
OTHER_ID: Final = "aBcDeFgHiJkLmNoPqRsTuV"
THIRD_ID: Final = "ZyXwVuTsRqPoNmLkJiHgFe"
OURS: Final = trusting({"AWS": UBIQUITY_ROOT}, asks_for(DATABASE_ID))
STRANGER_ROOT: Final = f"arn:aws:iam::{STRANGER}:root"
SOMEBODY: Final = trusting({"AWS": STRANGER_ROOT})
EC2: Final = trusting({"Service": "ec2.amazonaws.com"})
DELETE, CHANGE = RevokeWay.DELETE_ROLE, RevokeWay.CHANGE_TRUST
ALL: Final = frozenset({Choice.EVERYONE})


def whole(world: World) -> World:
    """Add the optional facts that AWS tells of role and policy."""
    if world.role.get("state") == "found":
        world.role["instance_profiles"] = []
    policy = world.snapshot["customer_policy"]
    if policy.get("state") == "found":
        attached = world.role.get("attached_policies") or []
        versions = [{"id": "v1", "created_at": None, "default": True}]
        names = [ROLE_NAME] if any(entry["arn"] == POLICY_ARN for entry in attached) else []
        policy.update(versions=versions, attached_to=names, tags={})
    return world


def planned(
    world: World,
    how: RevokeWay = DELETE,
    chosen: frozenset[Choice] = frozenset(),
    *,
    with_draft: bool = True,
) -> Plan:
    draft, snapshot = world.read()
    return revoke_plan(
        snapshot, how, draft.account_id, draft if with_draft else None, Choices(chosen), AT
    )


def kinds(plan: Plan) -> list[str]:
    return [change.kind.value for change in plan.changes]


def the(plan: Plan, kind: ChangeKind) -> Change:
    (found,) = [change for change in plan.changes if change.kind is kind]
    return found


def codes(plan: Plan) -> list[tuple[str, str]]:
    return [(obstacle.code, obstacle.target) for obstacle in plan.cannot_mend]


def kept(plan: Plan) -> dict[str, Any]:
    return {entry.code: entry.params["names"] for entry in plan.left_alone}


def statements_after(plan: Plan, kind: ChangeKind = ChangeKind.UPDATE_TRUST_POLICY) -> list[Any]:
    return list(statements_of(the(plan, kind).after))


def trusted_by(*statements: Json) -> World:
    world = whole(good())
    world.set_trust(*statements)
    return world


# Deleting the role


def test_a_role_for_ubiquity_alone_goes_with_all_that_belongs_to_it() -> None:
    plan = planned(whole(good_encrypted()))
    assert kinds(plan) == ["put-key-policy", "detach-policy", "delete-role", "delete-policy"]
    assert (plan.cannot_mend, plan.offers, plan.left_alone) == ((), (), ())
    key = the(plan, ChangeKind.PUT_KEY_POLICY)
    assert key.target == KEY
    assert statements_of(key.after) == [admin_of_key()]
    assert [change.reversible for change in plan.changes] == [True, True, False, True]


def test_every_version_goes_before_the_policy() -> None:
    world = whole(good())
    world.snapshot["customer_policy"]["versions"] = [
        {"id": f"v{n}", "created_at": None, "default": n == 3} for n in (4, 3, 1)
    ]
    world.snapshot["customer_policy"]["version"] = "v3"
    plan = planned(world)
    assert kinds(plan)[-3:] == ["delete-policy-version", "delete-policy-version", "delete-policy"]
    deleted = [c.before for c in plan.changes if c.kind is ChangeKind.DELETE_POLICY_VERSION]
    assert deleted == [{"version": "v4", "document": None}, {"version": "v1", "document": None}]
    # Made anew it would be v1, and the old versions are lost.
    assert not the(plan, ChangeKind.DELETE_POLICY).reversible


def test_what_the_role_was_made_with_is_told_for_making_it_anew() -> None:
    world = whole(good())
    world.role.update(tags={"team": "data"}, max_session_duration=7200)
    world.set_boundary(allow())
    assert the(planned(world), ChangeKind.DELETE_ROLE).settings == {
        "tags": {"team": "data"},
        "max_session_duration": 7200,
        "permissions_boundary": f"arn:aws:iam::{ACCOUNT}:policy/developers",
    }


HOLDING: Final[dict[str, tuple[Callable[[World], object], str]]] = {
    "another account": (lambda w: w.set_trust(OURS, SOMEBODY), "others-trusted"),
    "a service": (lambda w: w.set_trust(OURS, EC2), "others-trusted"),
    "anyone": (lambda w: w.set_trust(OURS, trusting("*")), "others-trusted"),
    "an inline policy": (
        lambda w: w.role.update(inline_policies=[inline("extra", allow("sqs:*"))]),
        "other-policies",
    ),
    "an attached policy": (
        lambda w: w.role["attached_policies"].append(
            {"name": "Reports", "arn": f"arn:aws:iam::{ACCOUNT}:policy/Reports", "document": {}}
        ),
        "other-policies",
    ),
    "a machine": (lambda w: w.role.update(instance_profiles=["machine"]), "instance-profiles"),
}


@pytest.mark.parametrize("name", HOLDING)
def test_a_role_that_others_use_stays_and_our_part_goes(name: str) -> None:
    hold, code = HOLDING[name]
    world = whole(good_encrypted())
    hold(world)
    plan = planned(world)
    assert code in kept(plan)
    assert kinds(plan) == [
        "put-key-policy",
        "update-trust-policy",
        "detach-policy",
        "delete-policy",
    ]
    assert {c.reversible for c in plan.changes} == {True}
    draft, snapshot = world.read()
    after = after_changes(snapshot, plan.changes)
    assert proof_of(diagnose(draft, after)).is_ended
    foreign = [s for s in statements_of(snapshot.role.trust_policy) if s != OURS]
    assert [s for s in statements_of(after.role.trust_policy) if s in foreign] == foreign


def test_a_role_that_only_the_deleted_used_as_well_goes() -> None:
    world = trusted_by(OURS, trusting({"AWS": DELETED}))
    assert kinds(planned(world)) == ["detach-policy", "delete-role", "delete-policy"]


def test_who_no_longer_exists_is_left_out_of_what_is_rewritten() -> None:
    gone = trusting({"AWS": DELETED})
    plan = planned(trusted_by(OURS, gone), CHANGE)
    assert statements_after(plan) == [revoked_statement()]
    assert not the(plan, ChangeKind.UPDATE_TRUST_POLICY).reversible
    assert kept(plan) == {"gone-principals": [DELETED]}
    both = trusting({"AWS": [DELETED, STRANGER_ROOT]})
    assert statements_after(planned(trusted_by(OURS, both))) == [SOMEBODY]
    # Nothing of UbiQuity's is in it: it is left as it is.
    assert planned(trusted_by(gone), CHANGE).changes == ()


def test_who_no_longer_exists_is_left_out_of_a_key_policy() -> None:
    world = whole(good_encrypted())
    theirs = allow("kms:Decrypt", Principal={"AWS": DELETED}, Sid="Theirs")
    world.key_statements.append(theirs)
    plan = planned(world)
    assert statements_after(plan, ChangeKind.PUT_KEY_POLICY) == [admin_of_key()]
    assert not the(plan, ChangeKind.PUT_KEY_POLICY).reversible
    assert kept(plan) == {"gone-principals": [DELETED]}
    alone = deny("kms:Decrypt", NotPrincipal={"AWS": DELETED})
    world.key_statements[-1] = alone
    assert codes(planned(world)) == [("change.refused", KEY)]


def test_not_to_know_what_else_a_role_has_keeps_it() -> None:
    for lose in ("role.inline_policies", "role.attached_policies"):
        world = whole(good())
        world.lose(lose)
        plan = planned(world)
        assert ("check.unreadable", ROLE_ARN) in codes(plan)
        assert kinds(plan) == ["update-trust-policy", "detach-policy", "delete-policy"]
    world = whole(good())
    world.role["instance_profiles"] = None
    assert codes(planned(world)) == [("check.unreadable", ROLE_ARN)]
    assert "delete-role" not in kinds(planned(world))


@pytest.mark.parametrize("how", RevokeWay)
@pytest.mark.parametrize("lost", ["role", "role.trust_policy"])
def test_a_role_that_can_not_be_read_is_left(how: RevokeWay, lost: str) -> None:
    world = whole(good_encrypted())
    world.lose(lost)
    plan = planned(world, how)
    assert plan.changes == ()
    assert codes(plan) == [("check.unreadable", ROLE_ARN)]


def test_a_policy_in_use_elsewhere_is_only_detached() -> None:
    world = whole(good())
    world.snapshot["customer_policy"]["attached_to"] = [ROLE_NAME, "user/jo"]
    plan = planned(world)
    assert kinds(plan) == ["detach-policy", "delete-role"]
    assert kept(plan) == {"policy-elsewhere": ["user/jo"]}


def test_a_policy_that_bounds_a_role_that_stays_is_only_detached() -> None:
    world = trusted_by(OURS, SOMEBODY)
    world.role["permissions_boundary"] = {"arn": POLICY_ARN, "document": document(allow())}
    plan = planned(world)
    assert kinds(plan) == ["update-trust-policy", "detach-policy"]
    assert kept(plan)["policy-boundary"] == [ROLE_NAME]
    assert kept(planned(trusted_by(OURS, SOMEBODY))) == {"others-trusted": [STRANGER_ROOT]}
    # The boundary goes with a role that is deleted.
    world.set_trust(OURS)
    assert kinds(planned(world)) == ["detach-policy", "delete-role", "delete-policy"]
    world.set_trust(OURS, SOMEBODY)
    world.lose("role.permissions_boundary")
    plan = planned(world)
    assert kinds(plan) == ["update-trust-policy", "detach-policy"]
    assert codes(plan) == [("check.unreadable", POLICY_ARN)]


@pytest.mark.parametrize("fact", ["versions", "attached_to"])
def test_a_policy_of_which_too_little_is_known_is_only_detached(fact: str) -> None:
    world = whole(good())
    world.snapshot["customer_policy"][fact] = None
    plan = planned(world)
    assert kinds(plan) == ["detach-policy", "delete-role"]
    assert codes(plan) == [("check.unreadable", POLICY_ARN)]


def test_a_policy_that_others_wrote_into_is_not_deleted() -> None:
    world = whole(good())
    world.set_policy(*world.permissions, allow("sqs:*"))
    plan = planned(world)
    assert kinds(plan) == ["detach-policy", "delete-role", "create-policy-version"]
    assert kept(plan) == {"policy-statements": ["*"]}
    world.set_trust(OURS, SOMEBODY)
    # Whoever else uses the role keeps what somebody wrote for them.
    assert kinds(planned(world)) == ["update-trust-policy", "create-policy-version"]
    assert statements_after(planned(world), ChangeKind.CREATE_POLICY_VERSION) == [allow("sqs:*")]


def test_without_a_role_the_rest_goes() -> None:
    world = whole(good_encrypted())
    orphaned = {**kms_statement(ACCOUNT), "Principal": {"AWS": ROLE_ID}}
    world.bucket["kms_key"]["policy"] = document(admin_of_key(), orphaned)
    world.snapshot["role"] = {"state": "missing"}
    world.snapshot["customer_policy"]["attached_to"] = []
    assert kinds(planned(world)) == ["put-key-policy", "delete-policy"]
    assert planned(world, CHANGE) == Plan(())


def test_nothing_is_there() -> None:
    world = good()
    world.snapshot["role"] = world.snapshot["customer_policy"] = {"state": "missing"}
    for how in RevokeWay:
        assert planned(world, how) == Plan(())


# Key policies


def our_key_statement(**more: Any) -> Json:  # noqa: ANN401
    return {**kms_statement(ACCOUNT), **more}


@pytest.mark.parametrize(
    "statement",
    [
        our_key_statement(),
        our_key_statement(Sid="AllowUbiQuityConnectorWrite", Action="kms:GenerateDataKey"),
        our_key_statement(Sid="ByHand", Action=["KMS:Decrypt"]),
        our_key_statement(Principal={"AWS": [ROLE_ARN]}),
        our_key_statement(Principal={"AWS": DELETED}),
    ],
)
def test_our_key_statements_go(statement: Json) -> None:
    world = whole(good_encrypted())
    world.bucket["kms_key"]["policy"] = document(statement, admin_of_key())
    assert statements_after(planned(world), ChangeKind.PUT_KEY_POLICY) == [admin_of_key()]


@pytest.mark.parametrize(
    "statement",
    [
        our_key_statement(Sid="ByHand", Action=["kms:Decrypt", "kms:Encrypt"]),
        our_key_statement(Sid="ByHand", Principal={"AWS": [ROLE_ARN, STRANGER]}),
        our_key_statement(Sid="ByHand", Principal={"AWS": DELETED}),
        our_key_statement(Principal={"AWS": ROOT}),
        our_key_statement(Effect="Deny"),
        our_key_statement(Principal="*"),
    ],
)
def test_other_key_statements_stay(statement: Json) -> None:
    world = whole(good_encrypted())
    world.bucket["kms_key"]["policy"] = document(statement, admin_of_key())
    assert kinds(planned(world)) == ["detach-policy", "delete-role", "delete-policy"]


def test_what_a_role_that_stays_may_need_of_a_key_is_not_taken() -> None:
    world = whole(good_encrypted())
    theirs = our_key_statement(Sid="GlueJobsDecrypt")
    world.bucket["kms_key"]["policy"] = document(our_key_statement(), theirs, admin_of_key())
    world.role.update(inline_policies=[inline("glue", allow("s3:GetObject"))])
    after = statements_after(planned(world), ChangeKind.PUT_KEY_POLICY)
    assert after == [theirs, admin_of_key()]


def test_of_a_shared_key_statement_the_role_alone_is_taken_out() -> None:
    world = whole(good_encrypted())
    both = our_key_statement(Principal={"AWS": [ROLE_ARN, ROOT]})
    world.bucket["kms_key"]["policy"] = document(both)
    after = statements_after(planned(world), ChangeKind.PUT_KEY_POLICY)
    assert after == [our_key_statement(Principal={"AWS": ROOT})]


def test_a_key_policy_keeps_a_statement() -> None:
    world = whole(good_encrypted())
    world.bucket["kms_key"]["policy"] = document(our_key_statement())
    plan = planned(world)
    assert "put-key-policy" not in kinds(plan)
    assert codes(plan) == [("change.limit", KEY)]


def test_keys_that_can_not_be_changed_or_read_are_named() -> None:
    world = whole(good_encrypted())
    world.bucket["kms_key"]["account"] = STRANGER
    assert codes(planned(world)) == [("kms.other-account", KEY)]
    unread = whole(good_encrypted())
    unread.lose("buckets[0].kms_key.policy")
    assert codes(planned(unread)) == [("check.unreadable", KEY)]
    lost = whole(good())
    lost.lose("buckets[0].kms_key")
    assert codes(planned(lost)) == [("check.unreadable", f"arn:aws:s3:::{BUCKET}")]
    other = whole(good())
    other.entry["kms_key_arn"] = KEY
    assert codes(planned(other)) == [("check.unreadable", KEY)]


# Changing the trust policy


def test_ubiquitys_only_statement_gives_way_to_a_refusal() -> None:
    plan = planned(whole(good()), CHANGE)
    assert kinds(plan) == ["update-trust-policy"]
    assert statements_after(plan) == [revoked_statement()]
    assert statements_after(plan)[0]["Sid"] == REVOKED_SID
    assert [offer.choice for offer in plan.offers] == [Choice.END_SESSIONS]


@pytest.mark.parametrize(
    ("statements", "left"),
    [
        ([OURS, SOMEBODY], [SOMEBODY]),
        ([EC2, OURS, SOMEBODY], [EC2, SOMEBODY]),
        ([OURS, trusting({"AWS": "049579744830"}), SOMEBODY], [SOMEBODY]),
        ([trusting({"AWS": "arn:aws:iam::049579744830:role/import"}), EC2], [EC2]),
        (
            [trusting({"AWS": [UBIQUITY_ROOT, f"arn:aws:iam::{STRANGER}:root"]})],
            [trusting({"AWS": f"arn:aws:iam::{STRANGER}:root"})],
        ),
        (
            [trusting({"AWS": UBIQUITY_ROOT, "Service": "ec2.amazonaws.com"})],
            [trusting({"Service": "ec2.amazonaws.com"})],
        ),
        ([OURS, trusting("*")], [trusting("*"), revoked_statement()]),
        ([OURS, trusting({"AWS": "*"})], [trusting({"AWS": "*"}), revoked_statement()]),
    ],
)
def test_what_others_have_in_the_trust_policy_stays(
    statements: list[Json], left: list[Json]
) -> None:
    world = trusted_by(*statements)
    plan = planned(world, CHANGE, ALL)
    assert statements_after(plan) == left
    draft, snapshot = world.read()
    again = after_changes(snapshot, plan.changes)
    assert revoke_plan(again, CHANGE, ACCOUNT, draft, Choices(ALL), AT).changes == ()


def test_whoever_else_is_let_in_is_named_with_what_becomes_of_the_role() -> None:
    """Where the trust policy alone is changed, nothing is taken out of its permissions."""
    shared = trusted_by(OURS, EC2)
    assert kept(planned(shared, CHANGE)) == {"others-let-in": ["ec2.amazonaws.com"]}
    assert kept(planned(shared)) == {"others-trusted": ["ec2.amazonaws.com"]}


def test_a_refusal_that_is_there_suffices() -> None:
    assert planned(trusted_by(revoked_statement()), CHANGE).changes == ()
    assert "delete-role" in kinds(planned(trusted_by(revoked_statement())))


def test_open_sessions_are_ended_where_that_is_chosen() -> None:
    chosen = frozenset({Choice.END_SESSIONS})
    world = whole(good())
    plan = planned(world, CHANGE, chosen)
    assert kinds(plan) == ["update-trust-policy", "put-role-policy"]
    assert the(plan, ChangeKind.PUT_ROLE_POLICY).after == {
        "name": SESSIONS_POLICY,
        "document": document(
            deny(Condition={"DateLessThan": {"aws:TokenIssueTime": "2026-11-25T10:01:00Z"}})
        ),
    }
    draft, snapshot = world.read()
    again = after_changes(snapshot, plan.changes)
    assert revoke_plan(again, CHANGE, ACCOUNT, draft, Choices(chosen), AT).changes == ()
    # Later UbiQuity may have been let in once more, and a session of then be open.
    later = datetime(2026, 11, 25, 11, 0, tzinfo=UTC)
    anew = revoke_plan(again, CHANGE, ACCOUNT, draft, Choices(chosen), later)
    assert kinds(anew) == ["put-role-policy"]
    assert revoke_plan(again, CHANGE, ACCOUNT, draft, Choices(), later).changes == ()
    # That policy is ours, so that the role can still be deleted, and goes before it.
    deleting = revoke_plan(again, DELETE, ACCOUNT, draft, Choices(), later)
    assert kinds(deleting) == ["detach-policy", "put-role-policy", "delete-role", "delete-policy"]
    assert the(deleting, ChangeKind.PUT_ROLE_POLICY).after is None


def test_a_role_of_which_the_inline_policies_are_not_known_gets_none() -> None:
    world = whole(good())
    world.lose("role.inline_policies")
    plan = planned(world, CHANGE, frozenset({Choice.END_SESSIONS}))
    assert kinds(plan) == ["update-trust-policy"]
    assert codes(plan) == [("check.unreadable", ROLE_ARN)]


def test_a_policy_that_ends_sessions_needs_room_in_the_role() -> None:
    chosen = frozenset({Choice.END_SESSIONS})
    world = whole(good())
    actions = [f"sqs:Action{number:06d}" for number in range(530)]
    world.role["inline_policies"] = [inline("theirs", allow(actions))]
    plan = planned(world, CHANGE, chosen)
    assert kinds(plan) == ["update-trust-policy"]
    assert codes(plan) == [("change.limit", ROLE_ARN)]
    assert (
        "none for a policy that ends open sessions"
        in revoke_obstacle_sentence(plan.cannot_mend[0]).text
    )
    # Once there is room it is put there.
    world.role["inline_policies"] = [inline("theirs", allow(actions[:400]))]
    assert kinds(planned(world, CHANGE, chosen)) == ["update-trust-policy", "put-role-policy"]


# Databases that share the role


@pytest.mark.parametrize("how", RevokeWay)
@pytest.mark.parametrize(
    ("statements", "left"),
    [
        (
            [trusting({"AWS": UBIQUITY_ROOT}, asks_for([DATABASE_ID, OTHER_ID]))],
            [trusting({"AWS": UBIQUITY_ROOT}, asks_for(OTHER_ID))],
        ),
        (
            [trusting({"AWS": UBIQUITY_ROOT}, asks_for([OTHER_ID, f"{DATABASE_ID} ", THIRD_ID]))],
            [trusting({"AWS": UBIQUITY_ROOT}, asks_for([OTHER_ID, THIRD_ID]))],
        ),
        (
            [OURS, trusting({"AWS": UBIQUITY_ROOT}, asks_for(OTHER_ID))],
            [trusting({"AWS": UBIQUITY_ROOT}, asks_for(OTHER_ID))],
        ),
        (
            [
                trusting({"AWS": UBIQUITY_ROOT}),
                trusting({"AWS": UBIQUITY_ROOT}, asks_for(OTHER_ID)),
            ],
            [trusting({"AWS": UBIQUITY_ROOT}, asks_for(OTHER_ID))],
        ),
        (
            [trusting({"AWS": UBIQUITY_ROOT}, asks_for(["*", OTHER_ID], "StringLike")), EC2],
            [trusting({"AWS": UBIQUITY_ROOT}, asks_for(OTHER_ID, "StringLike")), EC2],
        ),
    ],
)
def test_one_database_of_several(how: RevokeWay, statements: list[Json], left: list[Json]) -> None:
    world = trusted_by(*statements)
    plan = planned(world, how)
    assert kinds(plan) == ["update-trust-policy"]
    assert statements_after(plan) == left
    assert Choice.EVERYONE in [offer.choice for offer in plan.offers]
    assert OTHER_ID in kept(plan)["other-external-ids"]
    draft, snapshot = world.read()
    after = after_changes(snapshot, plan.changes)
    assert proof_of(diagnose(draft, after)).is_ended
    other = Draft(ACCOUNT, OTHER_ID, draft.buckets)
    assert diagnose(other, after).access[0].decision == "allowed"


def test_who_is_named_beside_ubiquity_keeps_the_statement() -> None:
    both = [UBIQUITY_ROOT, f"arn:aws:iam::{STRANGER}:root"]
    shared = trusting({"AWS": both}, asks_for([DATABASE_ID, OTHER_ID]), Sid="Both")
    assert statements_after(planned(trusted_by(shared))) == [
        {**shared, "Principal": {"AWS": f"arn:aws:iam::{STRANGER}:root"}},
        trusting({"AWS": [UBIQUITY_ROOT]}, asks_for(OTHER_ID)),
    ]


def test_another_database_s_role_is_left_unless_everyone_is_chosen() -> None:
    world = trusted_by(trusting({"AWS": UBIQUITY_ROOT}, asks_for(OTHER_ID)))
    plan = planned(world)
    assert plan.changes == ()
    assert plan.offers[0].params == {"external_ids": [OTHER_ID]}
    assert "delete-role" in kinds(planned(world, DELETE, ALL))


def test_a_role_open_to_anyone_can_not_be_closed_to_one() -> None:
    other = trusting({"AWS": UBIQUITY_ROOT}, asks_for([DATABASE_ID, OTHER_ID]))
    world = trusted_by(other, trusting("*"))
    assert ("trust.too-open", ROLE_ARN) in codes(planned(world, CHANGE))
    assert codes(planned(world, CHANGE, ALL)) == []


def test_without_a_draft_all_databases_are_meant() -> None:
    world = trusted_by(trusting({"AWS": UBIQUITY_ROOT}, asks_for([DATABASE_ID, OTHER_ID])))
    plan = planned(world, with_draft=False)
    assert "delete-role" in kinds(plan)
    assert plan.offers == ()
    assert databases_of(world.read()[1]) == (DATABASE_ID, OTHER_ID)


@pytest.mark.parametrize("gone_wrong", [f" {DATABASE_ID}", DATABASE_ID.lower(), f"{DATABASE_ID}=="])
def test_a_damaged_external_id_is_ours(gone_wrong: str) -> None:
    world = trusted_by(trusting({"AWS": UBIQUITY_ROOT}, asks_for(gone_wrong)))
    plan = planned(world)
    assert "delete-role" in kinds(plan)
    assert plan.offers == ()


def test_another_account_s_snapshot_changes_nothing() -> None:
    world = whole(good())
    world.snapshot["caller"] = {"arn": f"arn:aws:iam::{STRANGER}:root", "account": STRANGER}
    plan = planned(world)
    assert plan.changes == ()
    assert codes(plan) == [("signin.wrong-account", STRANGER)]


def test_the_buckets_that_policies_name() -> None:
    world = whole(good())
    wanted = ["arn:aws:s3:::acme-more/*", "arn:aws:s3:::acme-*", "arn:aws:s3:::bucket-one", "*"]
    world.role["inline_policies"] = [inline("extra", allow("s3:GetObject", wanted), deny())]
    assert granted_buckets(world.read()[1]) == (BUCKET, "acme-more")


# Any account at all

EXAMPLES: Final = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


def _foreign(snapshot: Snapshot) -> list[Any]:
    """Return the statements that name nobody of UbiQuity's, as they stand."""
    found = list(statements_of(snapshot.role.trust_policy))
    return [s for s in found if "049579744830" not in str(s.get("Principal"))]


def _inline_of_others(snapshot: Snapshot, draft: Draft) -> list[Any]:
    """Return the statements of inline policies that are nobody's but others', as they stand."""
    inline = [p.document for p in snapshot.role.inline_policies if p.name != SESSIONS_POLICY]
    read = (document for document in inline if isinstance(document, Mapping))
    rests = (without_ours(document, draft.bucket_names) for document in read)
    return [statements_of(rest.document) for rest in rests if rest.document]


@EXAMPLES
@given(worlds(tried=False), st.sampled_from(RevokeWay), st.booleans())
def test_whatever_is_there_access_ends_and_the_rest_stays(
    world: World, how: RevokeWay, sessions: bool
) -> None:
    draft, snapshot = whole(copy.deepcopy(world)).read()
    chosen = ALL | ({Choice.END_SESSIONS} if sessions else frozenset())
    choices = Choices(chosen)
    plan = revoke_plan(snapshot, how, ACCOUNT, draft, choices, AT)
    after = after_changes(snapshot, plan.changes)
    if not any(change.kind is ChangeKind.DELETE_ROLE for change in plan.changes):
        before, left = (list(statements_of(s.role.trust_policy)) for s in (snapshot, after))
        theirs = _foreign(snapshot) if left == before else living(_foreign(snapshot))
        assert [s for s in left if s in theirs] == theirs
        assert _inline_of_others(after, draft) == _inline_of_others(snapshot, draft)
    assert revoke_plan(after, how, ACCOUNT, draft, choices, AT).changes == ()
    assume(not snapshot.unreadable and snapshot.role.state is not State.UNREADABLE)
    assume(snapshot.caller and snapshot.caller.account == ACCOUNT)
    report = diagnose(draft, after)
    assert report.access[0].decision == "denied"
    assert report.access[1].decision == "denied"
