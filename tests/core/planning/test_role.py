"""The role: made, given what an organisation requires, and made anew only where that is chosen."""

from collections.abc import Callable
from typing import Final

import pytest

from app.core.change import ChangeKind, Plan
from app.core.changes.applied import after_changes
from app.core.choices import Choice, Choices
from app.core.documents.policies import trust_policy
from app.core.guide import ROLE_NAME
from app.core.planning.plan import plan
from tests.helpers.snapshots import (
    ACCOUNT,
    DATABASE_ID,
    POLICY_ARN,
    ROLE_ARN,
    World,
    allow,
    document,
    good,
    inline,
    trusting,
)

K: Final = ChangeKind
BOUNDARY: Final = f"arn:aws:iam::{ACCOUNT}:policy/org/developers"
PATH_ARN: Final = ROLE_ARN.replace("role/", "role/service/")
CASE_ARN: Final = ROLE_ARN.replace(ROLE_NAME, ROLE_NAME.title())
READ_ONLY: Final = "arn:aws:iam::aws:policy/ReadOnlyAccess"


def planned(world: World, choices: Choices) -> Plan:
    draft, start = world.read()
    wanted = plan(draft, start, choices)
    assert plan(draft, after_changes(start, wanted.changes), choices).changes == ()
    return wanted


def test_a_new_role_as_the_organisation_wants_it() -> None:
    world = good()
    world.detach(delete=True)
    world.snapshot["role"] = {"state": "missing"}
    choices = Choices(frozenset(), BOUNDARY, {"team": "data"}, "For UbiQuity")
    policy, role, _attach = planned(world, choices).changes
    assert role.settings == {
        "description": "For UbiQuity",
        "tags": {"team": "data"},
        "permissions_boundary": BOUNDARY,
    }
    assert policy.settings == {"tags": {"team": "data"}}


def test_a_role_that_is_there_is_given_boundary_and_tags() -> None:
    world = good()
    world.role["tags"] = {"team": "web", "stage": "live"}
    choices = Choices(frozenset(), BOUNDARY, {"team": "data", "stage": "live", "cost": "7"})
    boundary, tags = planned(world, choices).changes
    assert (boundary.kind, boundary.before) == (K.SET_PERMISSIONS_BOUNDARY, None)
    assert boundary.after == {"policy_arn": BOUNDARY}
    assert (tags.kind, tags.before) == (K.TAG_ROLE, {"team": "web"})
    assert tags.after == {"team": "data", "cost": "7"}


def test_another_boundary() -> None:
    world = good()
    world.set_boundary(allow())
    (change,) = planned(world, Choices(frozenset(), BOUNDARY)).changes
    assert change.before == {"policy_arn": world.role["permissions_boundary"]["arn"]}
    same = Choices(frozenset(), str(world.role["permissions_boundary"]["arn"]))
    assert planned(world, same).changes == ()


def test_tags_or_a_boundary_that_were_not_read_are_left() -> None:
    world = good()
    del world.role["tags"]
    world.lose("role.permissions_boundary")
    wanted = planned(world, Choices(frozenset(), BOUNDARY, {"team": "data"}))
    assert wanted.changes == ()
    assert [o.code for o in wanted.cannot_mend] == ["check.unreadable", "check.unreadable"]


def _path(world: World) -> None:
    world.role.update(path="/service/", arn=PATH_ARN)


def _case(world: World) -> None:
    world.role.update(name=ROLE_NAME.title(), arn=CASE_ARN)


def in_the_way(move: Callable[[World], None]) -> World:
    """Return a role that stands in the way, with all that a role can have."""
    world = good()
    move(world)
    world.set_trust(world.trust, trusting({"Service": "ec2.amazonaws.com"}))
    role = world.role
    role["attached_policies"].append(
        {"name": "ReadOnlyAccess", "arn": READ_ONLY, "document": document(allow("s3:Get*"))}
    )
    role["inline_policies"] = [inline("extra", allow("sqs:*"))]
    role.update(tags={"team": "web", "aws:x": "y"}, max_session_duration=7200, instance_profiles=[])
    world.set_boundary(allow())
    return world


@pytest.mark.parametrize(
    ("move", "arn", "code"), [(_path, PATH_ARN, "role.path"), (_case, CASE_ARN, "role.misnamed")]
)
def test_a_role_in_the_way(move: Callable[[World], None], arn: str, code: str) -> None:
    world = in_the_way(move)
    wanted = planned(world, Choices(tags={"cost": "7"}))
    assert wanted.changes == ()
    assert [(o.code, o.target) for o in wanted.cannot_mend] == [(code, arn)]
    (offer,) = wanted.offers
    assert (offer.choice, offer.target) == (Choice.REMAKE_ROLE, arn)
    assert offer.params == {
        "policies": ["ReadOnlyAccess", "extra"],
        "names": ["ec2.amazonaws.com"],
        "external_ids": [],
    }

    wanted = planned(world, Choices(frozenset({Choice.REMAKE_ROLE}), tags={"cost": "7"}))
    assert wanted.cannot_mend == ()
    assert [offer.choice for offer in wanted.offers] == [Choice.REMAKE_ROLE]
    boundary = world.role["permissions_boundary"]["arn"]
    assert [(c.kind, c.target) for c in wanted.changes] == [
        (K.DETACH_POLICY, arn),
        (K.DETACH_POLICY, arn),
        (K.PUT_ROLE_POLICY, arn),
        (K.DELETE_ROLE, arn),
        (K.CREATE_ROLE, ROLE_ARN),
        (K.ATTACH_POLICY, ROLE_ARN),
    ]
    *apart, delete, create, attach = wanted.changes
    assert not any(change.reversible for change in (*apart, delete))
    assert delete.before == world.role["trust_policy"]
    assert delete.settings == {
        "tags": {"team": "web", "aws:x": "y"},
        "permissions_boundary": boundary,
        "max_session_duration": 7200,
    }
    assert create.after == trust_policy(DATABASE_ID)
    assert create.settings == {
        "tags": {"team": "web", "cost": "7"},
        "permissions_boundary": boundary,
    }
    assert attach.after == {"policy_arn": POLICY_ARN}


@pytest.mark.parametrize(
    "hold",
    [
        lambda world: world.role.update(instance_profiles=["servers"]),
        lambda world: world.role.pop("instance_profiles"),
        lambda world: world.lose("role.attached_policies"),
        lambda world: world.lose("role.inline_policies[0]"),
        lambda world: world.lose("role.trust_policy"),
    ],
)
def test_a_role_that_is_not_made_anew(hold: Callable[[World], object]) -> None:
    world = in_the_way(_path)
    hold(world)
    wanted = planned(world, Choices(frozenset({Choice.REMAKE_ROLE})))
    assert wanted.changes == ()
    assert Choice.REMAKE_ROLE not in {offer.choice for offer in wanted.offers}


def test_a_namesake_of_which_nothing_is_known_is_left() -> None:
    world = good()
    world.snapshot["role"] = {"state": "missing"}
    name = ROLE_NAME.upper()
    arn = f"arn:aws:iam::{ACCOUNT}:role/{name}"
    world.snapshot["similar_roles"] = [{"name": name, "arn": arn}]
    wanted = planned(world, Choices(frozenset({Choice.REMAKE_ROLE})))
    assert (wanted.changes, wanted.offers) == ((), ())
    assert [(o.code, o.target) for o in wanted.cannot_mend] == [("role.misnamed", arn)]


def test_what_others_have_in_the_role_is_told() -> None:
    world = in_the_way(lambda _world: None)
    wanted = planned(world, Choices())
    assert wanted.changes == ()
    assert {part.code: part.params["names"] for part in wanted.left_alone} == {
        "others-trusted": ["ec2.amazonaws.com"],
        "other-policies": ["ReadOnlyAccess", "extra"],
    }
