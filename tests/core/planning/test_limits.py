"""Limits of AWS, foreseen before anything is changed; and the other way, where there is one.

Public reports of each stand in the log of issue 10: "Cannot exceed quota for PoliciesPerRole: 10"
(and 15, and 20, where AWS has raised it), "Maximum policy size of 10240 bytes exceeded for role",
"Cannot exceed quota for ACLSizePerRole: 2048", "Cannot exceed quota for PolicySize: 6144".
"""

from collections.abc import Mapping
from typing import Any, Final

import pytest

from app.core.change import ChangeKind, Plan
from app.core.changes.applied import after_changes
from app.core.choices import Choice, Choices
from app.core.diagnosis.diagnose import diagnose
from app.core.documents.policies import permissions_policy
from app.core.guide import POLICY_NAME
from app.core.planning.plan import plan
from tests.helpers.snapshots import (
    ACCOUNT,
    POLICY_ARN,
    ROLE_ARN,
    UBIQUITY_ROOT,
    World,
    allow,
    document,
    good,
    good_encrypted,
    inline,
    trusting,
)

Json = dict[str, Any]
INLINE: Final = frozenset({Choice.INLINE_POLICY})


def _other(number: int) -> Json:
    arn = f"arn:aws:iam::{ACCOUNT}:policy/p{number}"
    contents = document(allow("logs:PutLogEvents"))
    return {"name": f"p{number}", "arn": arn, "version": "v1", "document": contents}


def with_policies(count: int) -> World:
    """Return a role with ``count`` policies of others; the guide's is there, and not attached."""
    world = good()
    world.role["attached_policies"] = [_other(number) for number in range(count)]
    return world


def planned(
    world: World, chosen: frozenset[Choice] = frozenset(), tags: Mapping[str, str] | None = None
) -> Plan:
    draft, start = world.read()
    return plan(draft, start, Choices(chosen, tags=tags or {}))


def limits(wanted: Plan) -> list[tuple[object, object]]:
    findings = (o.finding for o in wanted.cannot_mend if o.code == "change.limit")
    return [(f.params["limit"], f.params["figure"]) for f in findings if f]


@pytest.mark.parametrize("count", [10, 20, 25])
def test_no_policy_is_attached_beside_as_many_as_a_role_can_have(count: int) -> None:
    wanted = planned(with_policies(count))
    assert wanted.changes == ()
    assert limits(wanted) == [("policies-per-role", count)]
    assert [offer.choice for offer in wanted.offers] == [Choice.INLINE_POLICY]


@pytest.mark.parametrize("count", [0, 9, 11, 15])
def test_it_is_where_there_is_room_or_the_limit_was_raised(count: int) -> None:
    wanted = planned(with_policies(count))
    assert [change.kind for change in wanted.changes] == [ChangeKind.ATTACH_POLICY]
    assert (limits(wanted), wanted.offers) == ([], ())


def test_nothing_is_made_for_nothing_where_the_policy_could_not_be_attached() -> None:
    world = with_policies(10)
    world.snapshot["customer_policy"] = {"state": "missing"}
    wanted = planned(world)
    assert wanted.changes == ()
    assert limits(wanted) == [("policies-per-role", 10)]


def test_where_it_is_attached_already_the_count_does_not_matter() -> None:
    world = good()
    world.role["attached_policies"] += [_other(number) for number in range(9)]
    assert planned(world) == Plan((), left_alone=planned(world).left_alone)


@pytest.mark.parametrize("is_there", [True, False])
def test_the_inline_way_grants_the_same(is_there: bool) -> None:
    world = with_policies(10)
    if not is_there:
        world.snapshot["customer_policy"] = {"state": "missing"}
    wanted = planned(world, INLINE)
    (change,) = wanted.changes
    draft, start = world.read()
    assert (change.kind, change.target) == (ChangeKind.PUT_ROLE_POLICY, ROLE_ARN)
    assert change.after == {"name": POLICY_NAME, "document": permissions_policy(draft.buckets)}
    assert (change.before, wanted.cannot_mend) == (None, ())
    end = after_changes(start, wanted.changes)
    assert diagnose(draft, end).verdict == "ready"
    for chosen in (INLINE, frozenset[Choice]()):
        again = plan(draft, end, Choices(chosen))
        assert (again.changes, again.cannot_mend) == ((), ())


def test_an_inline_policy_of_that_name_is_extended() -> None:
    world = with_policies(10)
    theirs = allow("sqs:SendMessage")
    world.role["inline_policies"] = [inline(POLICY_NAME, theirs)]
    (change,) = planned(world, INLINE).changes
    assert isinstance(change.after, dict)
    assert change.after["document"]["Statement"][0] == theirs
    assert change.before == {"name": POLICY_NAME, "document": document(theirs)}


def test_all_inline_policies_together_have_a_limit() -> None:
    world = with_policies(10)
    actions = [f"sqs:Action{number:06d}" for number in range(520)]
    world.role["inline_policies"] = [inline("theirs", allow(actions))]
    wanted = planned(world, INLINE)
    assert wanted.changes == ()
    assert limits(wanted) == [("inline-policy-size", 10_240)]


def test_inline_policies_that_were_not_read_are_not_written_over() -> None:
    world = with_policies(10)
    world.lose("role.inline_policies")
    wanted = planned(world, INLINE)
    assert wanted.changes == ()
    assert "check.unreadable" in {obstacle.code for obstacle in wanted.cannot_mend}


def test_a_policy_too_long_for_a_managed_one_may_stand_in_the_role() -> None:
    world = good()
    world.role["attached_policies"] = [_other(0)]
    actions = [f"sqs:Action{number:06d}" for number in range(315)]
    contents = document(allow(actions))
    world.snapshot["customer_policy"]["document"] = contents
    wanted = planned(world)
    assert limits(wanted) == [("policy-size", 6144)]
    assert Choice.INLINE_POLICY in [offer.choice for offer in wanted.offers]
    assert [c.kind for c in planned(world, INLINE).changes] == [ChangeKind.PUT_ROLE_POLICY]


def _long_trust(count: int) -> World:
    """Return a trust policy that others fill, and that does not let UbiQuity in."""
    world = good()
    names = [f"arn:aws:iam::{ACCOUNT}:role/service-{number:04d}" for number in range(count)]
    world.set_trust(trusting({"AWS": names}))
    return world


def test_a_trust_policy_has_no_room_for_ours() -> None:
    wanted = planned(_long_trust(40))
    assert (wanted.changes, limits(wanted)) == ((), [("trust-policy-size", 2048)])


def test_it_has_where_aws_has_raised_the_limit() -> None:
    wanted = planned(_long_trust(50))
    (change,) = wanted.changes
    assert change.kind is ChangeKind.UPDATE_TRUST_POLICY
    assert UBIQUITY_ROOT in str(change.after)
    assert limits(wanted) == []


def test_but_not_beyond_what_it_can_be_raised_to() -> None:
    wanted = planned(_long_trust(84))
    assert wanted.changes == ()
    assert limits(wanted) == [("trust-policy-size", 4096)]


def test_a_key_policy_has_no_room_for_ours() -> None:
    world = good_encrypted()
    names = [f"arn:aws:iam::{ACCOUNT}:role/service-{number:06d}" for number in range(680)]
    world.bucket["kms_key"]["policy"] = document(allow("kms:*", Principal={"AWS": names}))
    wanted = planned(world)
    assert wanted.changes == ()
    assert limits(wanted) == [("key-policy-size", 32_768)]


@pytest.mark.parametrize(("count", "fits"), [(48, True), (49, True), (50, False)])
def test_a_role_has_fifty_tags(count: int, fits: bool) -> None:
    world = good()
    world.role["tags"] = {f"tag{number}": "x" for number in range(count)}
    world.role["tags"]["aws:cloudformation:stack-name"] = "does not count"
    wanted = planned(world, tags={"Owner": "data"})
    assert bool(wanted.changes) is fits
    assert limits(wanted) == ([] if fits else [("tags", 50)])


def test_a_tag_that_is_there_needs_no_room() -> None:
    world = good()
    world.role["tags"] = {f"tag{number}": "x" for number in range(50)}
    wanted = planned(world, tags={"tag7": "y"})
    assert [change.kind for change in wanted.changes] == [ChangeKind.TAG_ROLE]


def test_a_new_role_needs_room_for_this_programs_tag_too() -> None:
    world = good()
    world.snapshot["role"] = {"state": "missing"}
    world.snapshot["customer_policy"] = {"state": "missing"}
    fifty = {f"tag{number}": "x" for number in range(50)}
    wanted = planned(world, tags=fifty)
    assert wanted.changes == ()
    assert limits(wanted)[:1] == [("tags", 50)]
    fifty.popitem()
    kinds = [change.kind for change in planned(world, tags=fifty).changes]
    assert kinds == [ChangeKind.CREATE_POLICY, ChangeKind.CREATE_ROLE, ChangeKind.ATTACH_POLICY]


def test_a_sixth_version_takes_the_place_of_the_oldest() -> None:
    world = good()
    world.set_policy(allow("s3:GetObject", "arn:aws:s3:::acme-imports/*"))
    world.snapshot["customer_policy"] |= {
        "arn": POLICY_ARN,
        "version": "v7",
        "versions": [{"id": f"v{n}", "default": n == 7} for n in range(3, 8)],
        "attached_to": [],
    }
    wanted = planned(world)
    kinds = [change.kind for change in wanted.changes]
    assert kinds == [ChangeKind.DELETE_POLICY_VERSION, ChangeKind.CREATE_POLICY_VERSION]
    assert limits(wanted) == []


def test_what_is_replaced_needs_nothing_in_the_role_besides() -> None:
    """Both chosen: a second plan would replace what the first one left alone."""
    world = good()
    others = document(allow("s3:ListBucket", "arn:aws:s3:::of-another-team"))
    world.set_document(others)
    chosen = INLINE | {Choice.REPLACE_POLICY}
    wanted = planned(world, chosen)
    assert [change.kind for change in wanted.changes] == [ChangeKind.CREATE_POLICY_VERSION]
    draft, start = world.read()
    end = after_changes(start, wanted.changes)
    assert plan(draft, end, Choices(chosen)).changes == ()
