"""The plan: the least changes from whatever is there, in their order."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Final

import pytest

from app.core.change import Change, ChangeKind, Plan
from app.core.changes.applied import after_changes
from app.core.choices import Choice, Choices
from app.core.documents.policies import permissions_policy, trust_policy
from app.core.guide import POLICY_NAME, ROLE_NAME
from app.core.planning.plan import for_kinds, plan
from tests.helpers.drafts import (
    DATABASE_ID,
    ENCRYPTED,
    KEY_ARN,
    PLAIN,
    POLICY_ARN,
    ROLE_ARN,
    untouched,
    whole,
)
from tests.helpers.snapshots import (
    ACCOUNT,
    BUCKET,
    KEY,
    SECOND,
    World,
    allow,
    asks_for,
    broken,
    deny,
    document,
    good,
    good_encrypted,
    good_two,
    inline,
    trusting,
)
from tests.helpers.snapshots import (
    ROLE_ARN as WORLDS_ROLE,
)

TRUST: Final = trust_policy(DATABASE_ID)
WANTED: Final = permissions_policy(PLAIN.buckets)
CREATE_POLICY: Final = Change(ChangeKind.CREATE_POLICY, POLICY_ARN, None, WANTED, reversible=True)
CREATE_ROLE: Final = Change(ChangeKind.CREATE_ROLE, ROLE_ARN, None, TRUST, reversible=True)
ATTACH: Final = Change(
    ChangeKind.ATTACH_POLICY, ROLE_ARN, None, {"policy_arn": POLICY_ARN}, reversible=True
)
K = ChangeKind


def kinds(wanted: Plan) -> list[ChangeKind]:
    return [change.kind for change in wanted.changes]


def codes(wanted: Plan) -> list[str]:
    return [obstacle.code for obstacle in wanted.cannot_mend]


def test_nothing_is_there_yet() -> None:
    assert plan(PLAIN, untouched(PLAIN)) == Plan((CREATE_POLICY, CREATE_ROLE, ATTACH))


def test_everything_is_there() -> None:
    assert plan(PLAIN, whole(PLAIN)) == Plan(())
    assert plan(ENCRYPTED, whole(ENCRYPTED)).changes == ()


def test_the_order_of_all_kinds() -> None:
    world = good_encrypted()
    world.role.update(path="/x/", arn=WORLDS_ROLE.replace("role/", "role/x/"), instance_profiles=[])
    world.role["inline_policies"] = [inline("extra", allow("sqs:*"))]
    world.set_policy(allow("s3:ListBucket", f"arn:aws:s3:::{BUCKET}"))
    world.snapshot["customer_policy"]["versions"] = [
        {"id": f"v{n}", "created_at": None, "default": n == 2} for n in (1, 2, 3, 4, 5)
    ]
    world.snapshot["customer_policy"]["version"] = "v2"
    world.key_statements[1]["Action"] = ["kms:Encrypt"]
    chosen = frozenset({Choice.REMAKE_ROLE, Choice.DATA_KEY})
    wanted = plan(*world.read(), Choices(chosen, f"arn:aws:iam::{ACCOUNT}:policy/b", {"a": "b"}))
    assert kinds(wanted) == [
        K.DELETE_POLICY_VERSION,
        K.CREATE_POLICY_VERSION,
        K.DETACH_POLICY,
        K.PUT_ROLE_POLICY,
        K.DELETE_ROLE,
        K.CREATE_ROLE,
        K.ATTACH_POLICY,
        K.PUT_KEY_POLICY,
        K.PUT_KEY_POLICY,
    ]
    assert [c.reversible for c in wanted.changes] == [False, True, False, False, False, *[True] * 4]
    assert [c.addition for c in wanted.changes] == [*[False] * 8, True]


def test_a_part_of_a_plan() -> None:
    whole_plan = plan(PLAIN, untouched(PLAIN))
    part = for_kinds(whole_plan, (K.ATTACH_POLICY, K.CREATE_POLICY))
    assert part == replace(whole_plan, changes=(CREATE_POLICY, ATTACH))


# What is odd and does


def _account_id(world: World) -> None:
    world.trust["Principal"] = {"AWS": "049579744830"}


def _list_of_ids(world: World) -> None:
    world.trust["Condition"] = asks_for(["another", world.draft["database_id"]])


def _one_statement(world: World) -> None:
    world.role["trust_policy"]["Statement"] = world.trust


def _wide(world: World) -> None:
    world.set_policy(allow("s3:*", "*"))


def _inline(world: World) -> None:
    world.detach(delete=True)
    world.role["inline_policies"] = [inline("mine", *permissions(world))]


def permissions(world: World) -> list[dict[str, Any]]:
    contents: Any = permissions_policy(world.read()[0].buckets)["Statement"]
    return list(contents)


def _other_policy(world: World) -> None:
    policy = world.role["attached_policies"][0]
    policy.update(name="ours", arn=f"arn:aws:iam::{ACCOUNT}:policy/ours")
    world.snapshot["customer_policy"] = {"state": "missing"}


def _under_a_path(world: World) -> None:
    arn = f"arn:aws:iam::{ACCOUNT}:policy/data/{POLICY_NAME}"
    world.role["attached_policies"][0]["arn"] = arn
    world.snapshot["customer_policy"]["arn"] = arn


def _bucket_grants(world: World) -> None:
    world.detach(delete=True)
    world.bucket["policy"] = document(
        *({**s, "Principal": {"AWS": WORLDS_ROLE}} for s in permissions(world))
    )


def _left_lying(world: World) -> None:
    _other_policy(world)
    world.snapshot["customer_policy"] = {
        "state": "found",
        "arn": f"arn:aws:iam::{ACCOUNT}:policy/{POLICY_NAME}",
        "version": "v1",
        "document": document(allow("s3:GetObject", "arn:aws:s3:::YOUR_BUCKET_NAME/*")),
    }


def _nothing(_world: World) -> None:
    pass


@pytest.mark.parametrize(
    "odd",
    [
        _nothing,
        _account_id,
        _list_of_ids,
        _one_statement,
        _wide,
        _inline,
        _other_policy,
        _under_a_path,
        _bucket_grants,
        _left_lying,
    ],
)
def test_what_is_odd_and_does_needs_no_change(odd: Callable[[World], object]) -> None:
    wanted = plan(*broken(good(), odd).read())
    assert (wanted.changes, wanted.cannot_mend) == ((), ())


# What is broken


def _no_role(world: World) -> None:
    world.snapshot["role"] = {"state": "missing"}


def _no_policy(world: World) -> None:
    world.detach(delete=True)


def _near_name(world: World) -> None:
    _no_role(world)
    name = "ubiquity-connector-s3-access-role"
    arn = f"arn:aws:iam::{ACCOUNT}:role/{name}"
    world.snapshot["similar_roles"] = [{"name": name, "arn": arn}]


def _other_bucket(world: World) -> None:
    world.set_document(permissions_policy(good(buckets=(SECOND,)).read()[0].buckets))


def _placeholder(world: World) -> None:
    world.set_document(permissions_policy(good(buckets=("YOUR_BUCKET_NAME",)).read()[0].buckets))


def _no_delete(world: World) -> None:
    world.permissions[1]["Action"].remove("s3:DeleteObject")
    world.set_policy(*world.permissions)


def _condition(world: World) -> None:
    for statement in world.permissions:
        statement["Condition"] = {"IpAddress": {"aws:SourceIp": "192.0.2.0/24"}}
    world.set_policy(*world.permissions)


def _not_attached(world: World) -> None:
    world.detach()


def _no_trust(world: World) -> None:
    world.set_trust(trusting({"Service": "ec2.amazonaws.com"}))


@pytest.mark.parametrize(
    ("break_it", "expected"),
    [
        (_no_role, [K.CREATE_ROLE, K.ATTACH_POLICY]),
        (_near_name, [K.CREATE_ROLE, K.ATTACH_POLICY]),
        (_no_policy, [K.CREATE_POLICY, K.ATTACH_POLICY]),
        (_not_attached, [K.ATTACH_POLICY]),
        (_no_trust, [K.UPDATE_TRUST_POLICY]),
        (_other_bucket, [K.CREATE_POLICY_VERSION]),
        (_placeholder, [K.CREATE_POLICY_VERSION]),
        (_no_delete, [K.CREATE_POLICY_VERSION]),
        (_condition, [K.CREATE_POLICY_VERSION]),
    ],
)
def test_what_is_broken_is_mended(
    break_it: Callable[[World], object], expected: Sequence[ChangeKind]
) -> None:
    draft, start = broken(good(), break_it).read()
    wanted = plan(draft, start)
    assert kinds(wanted) == list(expected)
    assert wanted.cannot_mend == ()
    assert all(change.reversible and not change.addition for change in wanted.changes)
    assert plan(draft, after_changes(start, wanted.changes)).changes == ()


# What can't be mended


def _path(world: World) -> None:
    world.role.update(path="/service/", arn=WORLDS_ROLE.replace("role/", "role/service/"))


def _case(world: World) -> None:
    name = ROLE_NAME.title()
    world.role.update(name=name, arn=WORLDS_ROLE.replace(ROLE_NAME, name))


def _similar_case(world: World) -> None:
    _no_role(world)
    name = ROLE_NAME.upper()
    arn = f"arn:aws:iam::{ACCOUNT}:role/{name}"
    world.snapshot["similar_roles"] = [{"name": name, "arn": arn}]


def _denied(world: World) -> None:
    world.bucket["policy"] = document(
        deny("s3:*", f"arn:aws:s3:::{BUCKET}/*", Principal="*"),
    )


def _bounded(world: World) -> None:
    world.set_boundary(allow("s3:GetObject"))


def _organization(world: World) -> None:
    row = {"action": "s3:PutObject", "resource": "*", "by": "service control policy"}
    world.snapshot["organization_denies"] = [row]


def _trust_denies(world: World) -> None:
    world.set_trust(world.trust, trusting("*", Effect="Deny"))


def _missing_bucket(world: World) -> None:
    world.bucket["state"] = "missing"


def _region(world: World) -> None:
    world.bucket["region"] = "us-east-1"


def _stranger(world: World) -> None:
    world.snapshot["caller"] = {"arn": "arn:aws:iam::210987654321:root", "account": "210987654321"}


def _china(world: World) -> None:
    world.snapshot["caller"]["arn"] = f"arn:aws-cn:iam::{ACCOUNT}:root"


@pytest.mark.parametrize(
    ("break_it", "code", "target"),
    [
        (_path, "role.path", WORLDS_ROLE.replace("role/", "role/service/")),
        (_case, "role.misnamed", WORLDS_ROLE.replace(ROLE_NAME, ROLE_NAME.title())),
        (_similar_case, "role.misnamed", WORLDS_ROLE.replace(ROLE_NAME, ROLE_NAME.upper())),
        (_denied, "bucket.explicit-deny", f"arn:aws:s3:::{BUCKET}"),
        (_bounded, "role.boundary", WORLDS_ROLE),
        (_organization, "organization.denies", WORLDS_ROLE),
        (_trust_denies, "trust.explicit-deny", WORLDS_ROLE),
        (_missing_bucket, "bucket.missing", f"arn:aws:s3:::{BUCKET}"),
        (_region, "bucket.region-mismatch", f"arn:aws:s3:::{BUCKET}"),
        (_stranger, "signin.wrong-account", "arn:aws:iam::210987654321:root"),
        (_china, "signin.wrong-partition", f"arn:aws-cn:iam::{ACCOUNT}:root"),
    ],
)
def test_what_no_plan_can_mend_is_said(
    break_it: Callable[[World], object], code: str, target: str
) -> None:
    wanted = plan(*broken(good(), break_it).read())
    assert wanted.changes == ()
    assert [(o.code, o.target) for o in wanted.cannot_mend] == [(code, target)]
    (obstacle,) = wanted.cannot_mend
    assert obstacle.finding is not None


def test_what_can_be_mended_is_whatever_else_can_not() -> None:
    wanted = plan(*broken(good(), _denied, _no_policy, _no_trust).read())
    assert kinds(wanted) == [K.CREATE_POLICY, K.UPDATE_TRUST_POLICY, K.ATTACH_POLICY]
    assert codes(wanted) == ["bucket.explicit-deny"]


def test_support_of_ubiquity_may_look_and_change_nothing() -> None:
    world = broken(good(), _no_policy)
    world.snapshot["caller"] = {
        "arn": "arn:aws:iam::049579744830:user/x",
        "account": "049579744830",
    }
    wanted = plan(*world.read())
    assert wanted.changes == ()
    assert codes(wanted) == ["signin.wrong-account", "policy.missing"]


@pytest.mark.parametrize(
    ("break_it", "paths", "target"),
    [
        (_nothing, ["role"], WORLDS_ROLE),
        (_nothing, ["role.trust_policy"], WORLDS_ROLE),
        (_no_policy, ["role.attached_policies"], WORLDS_ROLE),
        (_no_policy, ["role.inline_policies"], WORLDS_ROLE),
        (_not_attached, ["customer_policy"], f"arn:aws:iam::{ACCOUNT}:policy/{POLICY_NAME}"),
        (
            _not_attached,
            ["customer_policy.document"],
            f"arn:aws:iam::{ACCOUNT}:policy/{POLICY_NAME}",
        ),
    ],
)
def test_what_was_not_read_is_left(
    break_it: Callable[[World], object], paths: Sequence[str], target: str
) -> None:
    world = broken(good(), break_it)
    world.lose(*paths)
    wanted = plan(*world.read())
    assert wanted.changes == ()
    left = [o for o in wanted.cannot_mend if o.code == "check.unreadable"]
    assert [obstacle.target for obstacle in left] == [target]
    assert left[0].finding is not None
    assert left[0].finding.params["what"] == paths[0]


def test_what_was_not_read_and_does_not_matter() -> None:
    world = broken(good(), _no_policy)
    world.lose("buckets[0].policy", "buckets[0].sample", "similar_roles")
    wanted = plan(*world.read())
    assert kinds(wanted) == [K.CREATE_POLICY, K.ATTACH_POLICY]
    assert wanted.cannot_mend == ()


def test_a_policy_that_one_place_tells_of_is_known_in_the_other() -> None:
    attached, by_itself = broken(good_two(), _other_bucket), broken(good_two(), _other_bucket)
    attached.lose("customer_policy")
    by_itself.lose("role.attached_policies[0]")
    for world in (attached, by_itself):
        (change,) = plan(*world.read()).changes
        assert change.after == permissions_policy(
            (*good(buckets=(SECOND,)).read()[0].buckets, *good().read()[0].buckets)
        )


def test_two_buckets_with_one_key() -> None:
    world = good_encrypted()
    second = {**world.bucket, "name": SECOND, "kms_key": {**world.bucket["kms_key"]}}
    world.snapshot["buckets"].append(second)
    world.draft["buckets"].append({**world.entry, "name": SECOND})
    second["kms_key"]["policy"] = None
    world.snapshot["unreadable"] = [{"what": "buckets[1].kms_key.policy", "code": "AccessDenied"}]
    world.key_statements[1]["Principal"] = {"AWS": "AROAEXAMPLEDELETED001"}
    draft, start = world.read()
    wanted = plan(draft, start)
    assert kinds(wanted) == [K.CREATE_POLICY_VERSION, K.PUT_KEY_POLICY]
    assert [c.target for c in wanted.changes][1:] == [KEY]
    assert wanted.cannot_mend == ()
    assert plan(draft, after_changes(start, wanted.changes)).changes == ()


def test_a_bucket_of_the_draft_whose_key_is_new() -> None:
    (*_, change) = plan(ENCRYPTED, untouched(ENCRYPTED)).changes
    assert (change.kind, change.target) == (K.PUT_KEY_POLICY, KEY_ARN)
