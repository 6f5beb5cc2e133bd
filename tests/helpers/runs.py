"""Runs to walk faults over: accounts as they are at the start, and what is to be changed there."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from app.core.change import Change, ChangeKind
from app.core.draft import BucketEntry, Draft
from app.core.frozen import replace
from app.core.guide import POLICY_NAME, policy_arn, role_arn
from app.core.policies import kms_statement, permissions_policy, trust_policy
from app.core.snapshot import PolicyDocument, PolicyVersion, Snapshot
from tests.helpers.drafts import (
    ACCOUNT,
    ENCRYPTED,
    KEY_POLICY,
    PLAIN,
    untouched,
    whole,
)

Start = tuple[Snapshot, tuple[Change, ...]]


def made(draft: Draft) -> tuple[Change, ...]:
    """Return the changes that make the guide's setup in an untouched account.

    Not by ``plan``: the walk is about how changes are made, whatever the plan holds.
    """
    role, policy = role_arn(draft.account_id), policy_arn(draft.account_id)
    changes = [
        change(ChangeKind.CREATE_POLICY, policy, None, permissions_policy(draft.buckets)),
        change(ChangeKind.CREATE_ROLE, role, None, trust_policy(draft.database_id)),
        change(ChangeKind.ATTACH_POLICY, role, None, {"policy_arn": policy}),
    ]
    keys = dict.fromkeys(entry.kms_key_arn for entry in draft.buckets if entry.kms_key_arn)
    return (*changes, *(granted(key, draft.account_id, KEY_POLICY) for key in keys))


def granted(key: str, account: str, before: Mapping[str, Any]) -> Change:
    """Return the change that adds the guide's statement to a key policy."""
    after = {**before, "Statement": [*before["Statement"], kms_statement(account)]}
    return change(ChangeKind.PUT_KEY_POLICY, key, before, after)


def change(kind: ChangeKind, target: str, before: object, after: object, **more: object) -> Change:
    """Return a change; ``more`` are its settings."""
    return Change(kind, target, before, after, reversible=True, settings=more)


def foreign_trust() -> dict[str, Any]:
    """Return a trust policy that lets others in, and another UbiQuity database."""
    other = {
        "Sid": "Theirs",
        "Effect": "Allow",
        "Principal": {"Service": "ec2.amazonaws.com"},
        "Action": "sts:AssumeRole",
    }
    ours: Any = trust_policy("another-database-id-00")["Statement"]
    return {"Version": "2012-10-17", "Statement": [other, *ours]}


def _untouched(draft: Draft) -> Start:
    return untouched(draft), made(draft)


def _mended() -> Start:
    """Mend the setup of another database, shared with others; its policy has five versions."""
    role, policy = role_arn(ACCOUNT), policy_arn(ACCOUNT)
    start = whole(PLAIN)
    theirs = foreign_trust()
    ours: Any = trust_policy(PLAIN.database_id)["Statement"]
    wanted = {**theirs, "Statement": [*theirs["Statement"], *ours]}
    older = {"Version": "2012-10-17", "Statement": []}
    versions = tuple(PolicyVersion(f"v{n}", None, default=n == 5) for n in range(1, 6))
    entry = PolicyDocument(POLICY_NAME, older, policy, "v5")
    start = replace(
        start,
        role=replace(start.role, trust_policy=theirs, attached_policies=(entry,), tags={"a": "1"}),
        customer_policy=replace(
            start.customer_policy, version="v5", document=older, versions=versions, tags={}
        ),
    )
    more = (*PLAIN.buckets, BucketEntry("acme-exports", "ap-southeast-2"))
    boundary = {"policy_arn": f"arn:aws:iam::{ACCOUNT}:policy/developers"}
    inline = {"name": "end-sessions", "document": older}
    first = {"version": "v1", "document": None}
    return start, (
        change(ChangeKind.DELETE_POLICY_VERSION, policy, first, None),
        change(ChangeKind.CREATE_POLICY_VERSION, policy, older, permissions_policy(more)),
        change(ChangeKind.UPDATE_TRUST_POLICY, role, theirs, wanted),
        change(ChangeKind.SET_PERMISSIONS_BOUNDARY, role, None, boundary),
        change(ChangeKind.TAG_ROLE, role, {"a": "1"}, {"b": "2"}),
        change(ChangeKind.PUT_ROLE_POLICY, role, None, inline),
    )


def _organization() -> Start:
    """Make the role with a boundary, tags and a description."""
    policy, role, attach = made(PLAIN)
    settings = {
        "description": "for UbiQuity",
        "tags": {"team": "data"},
        "permissions_boundary": f"arn:aws:iam::{ACCOUNT}:policy/developers",
        "max_session_duration": 7200,
    }
    return untouched(PLAIN), (policy, replace(role, settings=settings), attach)


def _remade() -> Start:
    """Delete a role under a path and make it anew where it belongs."""
    policy, role, attach = made(PLAIN)
    start = untouched(PLAIN)
    arn = role.target.replace(":role/", ":role/team/")
    trust = trust_policy("another-database-id-00")
    found = replace(
        whole(PLAIN).role,
        arn=arn,
        path="/team/",
        trust_policy=trust,
        attached_policies=(),
        tags={"team": "data"},
        max_session_duration=3600,
        instance_profiles=(),
    )
    delete = change(ChangeKind.DELETE_ROLE, arn, trust, None, tags={"team": "data"})
    return replace(start, role=found), (policy, delete, role, attach)


def _revoked() -> Start:
    """Take a whole setup with a key apart."""
    policy, role, attach, key = made(ENCRYPTED)
    start = whole(ENCRYPTED)
    versions = (PolicyVersion("v1", None, default=True),)
    start = replace(
        start,
        role=replace(
            start.role, tags={"made": "x"}, max_session_duration=3600, instance_profiles=()
        ),
        customer_policy=replace(
            start.customer_policy, versions=versions, attached_to=(start.role.name or "",), tags={}
        ),
    )
    tags = {"tags": {"made": "x"}}
    return start, (
        change(ChangeKind.PUT_KEY_POLICY, key.target, key.after, key.before),
        change(ChangeKind.DETACH_POLICY, role.target, attach.after, None),
        replace(change(ChangeKind.DELETE_ROLE, role.target, role.after, None), settings=tags),
        change(ChangeKind.DELETE_POLICY, policy.target, policy.after, None),
    )


STARTS: Final[Mapping[str, Callable[[], Start]]] = {
    "untouched": lambda: _untouched(PLAIN),
    "untouched, with a key": lambda: _untouched(ENCRYPTED),
    "shared and full": _mended,
    "as an organisation requires": _organization,
    "remade": _remade,
    "revoked": _revoked,
}
"""More can be added: each is a snapshot, and changes that fit it."""
