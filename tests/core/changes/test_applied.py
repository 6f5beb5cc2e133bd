"""A snapshot after changes: what each kind makes of it, and what it has where they act."""

from dataclasses import replace
from typing import Final

import pytest

from app.core.change import Change, ChangeKind
from app.core.changes.applied import after_changes, value_at
from app.core.guide import POLICY_NAME
from app.core.snapshot import (
    CustomerPolicy,
    PolicyDocument,
    PolicyVersion,
    RoleFacts,
    Snapshot,
    State,
    Unreadable,
)
from tests.helpers.drafts import (
    ACCOUNT,
    BUCKET,
    DATABASE_ID,
    KEY_ARN,
    OTHER_KEY_ARN,
    PLAIN,
    POLICY_ARN,
    ROLE_ARN,
    bucket_facts,
    kms_key,
    untouched,
    whole,
)

K: Final = ChangeKind
NEW: Final = {"Version": "2012-10-17", "Statement": []}
BOUNDARY: Final = f"arn:aws:iam::{ACCOUNT}:policy/org/b"
OTHER: Final = "arn:aws:iam::aws:policy/ReadOnlyAccess"
DONE: Final = whole(PLAIN)
NOTHING: Final = untouched(PLAIN)
TRUST: Final = DONE.role.trust_policy
GRANTS: Final = DONE.customer_policy.document


def change(kind: ChangeKind, target: str, before: object, after: object, **more: object) -> Change:
    return Change(kind, target, before, after, True, more)


def on_role(kind: ChangeKind, before: object, after: object, **more: object) -> Change:
    return change(kind, ROLE_ARN, before, after, **more)


def on_policy(kind: ChangeKind, before: object, after: object, **more: object) -> Change:
    return change(kind, POLICY_ARN, before, after, **more)


def unread(snapshot: Snapshot, *paths: str) -> Snapshot:
    return replace(snapshot, unreadable=tuple(Unreadable(path, "AccessDenied") for path in paths))


def paths(snapshot: Snapshot) -> list[str]:
    return [entry.what for entry in snapshot.unreadable]


def checked(start: Snapshot, made: Change) -> Snapshot:
    """Make a change; what is there before and after is as the change has it."""
    assert value_at(start, made) == made.before
    end = after_changes(start, (made,))
    assert value_at(end, made) == made.after
    return end


def test_a_role_is_created() -> None:
    settings = {"tags": {"a": "b"}, "permissions_boundary": BOUNDARY, "max_session_duration": 7200}
    start = replace(NOTHING, absent=frozenset({"role.permissions_boundary"}))
    end = checked(start, on_role(K.CREATE_ROLE, None, TRUST, **settings))
    assert end.role == RoleFacts(
        State.FOUND,
        ROLE_ARN,
        ROLE_ARN.rpartition("/")[2],
        "/",
        TRUST,
        PolicyDocument("b", None, BOUNDARY),
        tags={"a": "b"},
        max_session_duration=7200,
        instance_profiles=(),
    )
    assert end.absent == frozenset()
    assert paths(end) == ["role.permissions_boundary.document"]


def test_a_role_under_a_path() -> None:
    arn = ROLE_ARN.replace("role/", "role/x/y/")
    end = checked(NOTHING, change(K.CREATE_ROLE, arn, None, TRUST))
    assert (end.role.path, end.role.max_session_duration) == ("/x/y/", 3600)
    assert paths(end) == []


def test_a_role_is_deleted() -> None:
    policy = replace(DONE.customer_policy, attached_to=(str(DONE.role.name), "other"))
    start = unread(replace(DONE, customer_policy=policy), "role.inline_policies", "buckets[0]")
    end = checked(start, on_role(K.DELETE_ROLE, TRUST, None))
    assert end.role == RoleFacts(State.MISSING)
    assert end.customer_policy.attached_to == ("other",)
    assert paths(end) == ["buckets[0]"]


def test_the_trust_policy() -> None:
    start = unread(DONE, "role.trust_policy", "role.tags")
    assert after_changes(start, (on_role(K.UPDATE_TRUST_POLICY, TRUST, NEW),)).unreadable == (
        Unreadable("role.tags", "AccessDenied"),
    )
    end = checked(DONE, on_role(K.UPDATE_TRUST_POLICY, TRUST, NEW))
    assert end == replace(DONE, role=replace(DONE.role, trust_policy=NEW))


def test_the_boundary() -> None:
    role = replace(DONE.role, permissions_boundary=PolicyDocument("b", NEW, BOUNDARY))
    start = replace(DONE, role=role)
    named, other = {"policy_arn": BOUNDARY}, {"policy_arn": POLICY_ARN}
    none = checked(start, on_role(K.SET_PERMISSIONS_BOUNDARY, named, None))
    assert none.role.permissions_boundary is None
    swapped = checked(start, on_role(K.SET_PERMISSIONS_BOUNDARY, named, other))
    assert swapped.role.permissions_boundary == PolicyDocument(POLICY_NAME, GRANTS, POLICY_ARN)
    unknown = checked(none, on_role(K.SET_PERMISSIONS_BOUNDARY, None, named))
    assert not unknown.was_read("role.permissions_boundary.document")
    # In one go the document is remembered.
    there_and_back = (
        on_role(K.SET_PERMISSIONS_BOUNDARY, named, None),
        on_role(K.SET_PERMISSIONS_BOUNDARY, None, named),
    )
    assert after_changes(start, there_and_back) == start


def test_tags() -> None:
    start = replace(DONE, role=replace(DONE.role, tags={"a": "1", "b": "2"}))
    end = checked(start, on_role(K.TAG_ROLE, {"a": "1"}, {"a": "9", "c": "3"}))
    assert end.role.tags == {"a": "9", "b": "2", "c": "3"}
    back = checked(end, on_role(K.TAG_ROLE, {"a": "9", "c": "3"}, {"a": "1"}))
    assert back.role.tags == start.role.tags
    unknown = on_role(K.TAG_ROLE, {}, {"a": "1"})
    assert after_changes(DONE, (unknown,)) == DONE


def test_inline_policies() -> None:
    names = ("one", "two", "three")
    inline = tuple(PolicyDocument(name, NEW) for name in names)
    start = replace(DONE, role=replace(DONE.role, inline_policies=inline))
    start = unread(start, "role.inline_policies[0]", "role.inline_policies[2].document")
    two = {"name": "two", "document": NEW}
    gone = checked(start, on_role(K.PUT_ROLE_POLICY, two, None))
    assert [policy.name for policy in gone.role.inline_policies] == ["one", "three"]
    assert paths(gone) == ["role.inline_policies[0]", "role.inline_policies[1].document"]
    back = checked(gone, on_role(K.PUT_ROLE_POLICY, None, two))
    assert [policy.name for policy in back.role.inline_policies] == ["one", "three", "two"]
    first = {"name": "one", "document": {"Statement": []}}
    put = after_changes(start, (on_role(K.PUT_ROLE_POLICY, None, first),))
    assert put.role.inline_policies[0].document == {"Statement": []}
    assert put.was_read("role.inline_policies[0].document")


def test_the_policy_is_created_and_deleted() -> None:
    start = unread(NOTHING, "customer_policy")
    end = checked(start, on_policy(K.CREATE_POLICY, None, NEW, tags={"a": "b"}))
    assert end.customer_policy == CustomerPolicy(
        State.FOUND,
        POLICY_ARN,
        "v1",
        NEW,
        (PolicyVersion("v1", None, default=True),),
        (),
        {"a": "b"},
    )
    assert paths(end) == []
    gone = checked(end, on_policy(K.DELETE_POLICY, NEW, None))
    assert gone.customer_policy == CustomerPolicy(State.MISSING)


def versions(*ids: str, default: str) -> tuple[PolicyVersion, ...]:
    return tuple(PolicyVersion(name, None, default=name == default) for name in ids)


def test_versions() -> None:
    policy = replace(
        DONE.customer_policy, version="v3", versions=versions("v9", "v3", "v4", default="v3")
    )
    boundary = PolicyDocument(POLICY_NAME, GRANTS, POLICY_ARN)
    role = replace(DONE.role, permissions_boundary=boundary)
    start = replace(DONE, customer_policy=policy, role=role)
    new = checked(start, on_policy(K.CREATE_POLICY_VERSION, GRANTS, NEW))
    assert new.customer_policy.version == "v10"
    assert new.customer_policy.versions == versions("v9", "v3", "v4", "v10", default="v10")
    (attached,) = new.role.attached_policies
    assert (attached.version, attached.document) == ("v10", NEW)
    assert new.role.permissions_boundary == replace(boundary, document=NEW)

    old = {"version": "v3", "document": GRANTS}
    back = checked(
        new, on_policy(K.SET_DEFAULT_POLICY_VERSION, {"version": "v10", "document": NEW}, old)
    )
    gone = checked(
        back, on_policy(K.DELETE_POLICY_VERSION, {"version": "v10", "document": None}, None)
    )
    assert gone.customer_policy == policy
    assert gone.role.attached_policies[0].document == GRANTS
    there = on_policy(K.DELETE_POLICY_VERSION, old, None)
    assert value_at(gone, there) == old


def test_versions_that_are_not_known() -> None:
    end = checked(DONE, on_policy(K.CREATE_POLICY_VERSION, GRANTS, NEW))
    assert (end.customer_policy.version, end.customer_policy.versions) == ("v2", None)
    nameless = replace(DONE, customer_policy=CustomerPolicy(State.FOUND, document=GRANTS))
    end = checked(nameless, on_policy(K.CREATE_POLICY_VERSION, GRANTS, NEW))
    assert end.customer_policy.document == NEW
    one = on_policy(K.DELETE_POLICY_VERSION, {"version": "v7", "document": None}, None)
    assert value_at(DONE, one) is None
    assert after_changes(DONE, (one,)) == DONE


def test_attaching_and_detaching() -> None:
    policy = replace(DONE.customer_policy, attached_to=())
    start = replace(DONE, role=replace(DONE.role, attached_policies=()), customer_policy=policy)
    end = checked(start, on_role(K.ATTACH_POLICY, None, {"policy_arn": POLICY_ARN}))
    assert end.role == DONE.role
    assert end.customer_policy.attached_to == (DONE.role.name,)
    more = checked(end, on_role(K.ATTACH_POLICY, None, {"policy_arn": OTHER}))
    assert paths(more) == ["role.attached_policies[1].document"]
    assert after_changes(more, (on_role(K.ATTACH_POLICY, None, {"policy_arn": OTHER}),)) == more
    less = checked(more, on_role(K.DETACH_POLICY, {"policy_arn": POLICY_ARN}, None))
    assert paths(less) == ["role.attached_policies[0].document"]
    assert less.customer_policy.attached_to == ()
    assert checked(less, on_role(K.DETACH_POLICY, {"policy_arn": OTHER}, None)) == start


def test_the_key_policy_at_every_bucket_that_has_the_key() -> None:
    other = kms_key(arn=OTHER_KEY_ARN)
    start = replace(
        NOTHING,
        buckets=(
            bucket_facts(BUCKET, kms_key()),
            bucket_facts("two", other),
            bucket_facts("three", kms_key()),
            bucket_facts("four"),
        ),
    )
    before = kms_key().policy
    end = checked(start, change(K.PUT_KEY_POLICY, KEY_ARN, before, NEW))
    found = [bucket.kms_key.policy if bucket.kms_key else None for bucket in end.buckets]
    assert found == [NEW, before, NEW, None]
    hidden = unread(start, "buckets[0].kms_key.policy", "buckets[2].kms_key")
    assert value_at(hidden, change(K.PUT_KEY_POLICY, KEY_ARN, before, NEW)) is None
    known = after_changes(hidden, (change(K.PUT_KEY_POLICY, KEY_ARN, before, NEW),))
    assert known.was_read("buckets[0].kms_key.policy")


@pytest.mark.parametrize(
    "kind",
    [
        K.DELETE_ROLE,
        K.UPDATE_TRUST_POLICY,
        K.SET_PERMISSIONS_BOUNDARY,
        K.TAG_ROLE,
        K.PUT_ROLE_POLICY,
        K.ATTACH_POLICY,
        K.DETACH_POLICY,
        K.DELETE_POLICY,
        K.CREATE_POLICY_VERSION,
        K.SET_DEFAULT_POLICY_VERSION,
        K.DELETE_POLICY_VERSION,
        K.PUT_KEY_POLICY,
    ],
)
def test_what_is_about_something_else_changes_nothing(kind: ChangeKind) -> None:
    named = {"policy_arn": OTHER, "name": "x", "version": "v1", "document": NEW}
    elsewhere = change(kind, f"arn:aws:iam::{ACCOUNT}:x/elsewhere", named, named)
    for start in (DONE, NOTHING):
        assert after_changes(start, (elsewhere,)) == start
        assert value_at(start, elsewhere) in (None, {})


def test_no_changes_and_an_id_of_another_account() -> None:
    assert after_changes(DONE, ()) == DONE
    assert DATABASE_ID in repr(value_at(DONE, on_role(K.UPDATE_TRUST_POLICY, None, None)))
