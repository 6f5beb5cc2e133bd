"""What another administrator may do in the account in the middle of a run of ours."""

import json
from collections.abc import Callable, Mapping
from typing import Any, Final

from app.core.change import Change, ChangeKind
from app.core.frozen import field, frozen
from app.core.guide import policy_arn, role_arn
from app.core.snapshot import Snapshot, State
from tests.helpers.drafts import ACCOUNT
from tests.helpers.runs import change

MARK: Final = "OtherAdmin"
"""Stands in whatever the other administrator puts there."""

_THEIR_POLICY: Final = f"arn:aws:iam::{ACCOUNT}:policy/{MARK}"
_STATEMENT: Final[dict[str, Any]] = {"Sid": MARK, "Effect": "Allow", "Action": "sqs:ListQueues"}
_LETS_IN: Final[dict[str, Any]] = {
    "Sid": MARK,
    "Effect": "Allow",
    "Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:root"},
}


@frozen
class Meddling:
    """One thing that somebody else does.

    ``changes`` are what they do to an account, none where they can't; ``place`` is where it shows
    then. ``overwritten_by`` are the kinds of change that put something in the same place: AWS
    takes such a request whatever is there, so that what comes between the last look and the
    request is lost. ``goes_with_role``: whoever deletes the role deletes it too, but it comes
    back with the role.
    """

    changes: Callable[[Snapshot], tuple[Change, ...]]
    place: Callable[[Snapshot], object]
    overwritten_by: frozenset[ChangeKind] = field(default_factory=frozenset)
    goes_with_role: bool = False

    def stands(self, snapshot: Snapshot) -> bool:
        """Tell whether what they did is there."""
        return MARK in json.dumps(self.place(snapshot), default=str)


def _with(document: object, statement: Mapping[str, Any]) -> Any:  # noqa: ANN401 - JSON
    policy: Any = document or {"Version": "2012-10-17", "Statement": []}
    return {**policy, "Statement": [*policy["Statement"], statement]}


def _trust(account: Snapshot) -> tuple[Change, ...]:
    role = account.role
    if role.state is not State.FOUND:
        return ()
    after = _with(role.trust_policy, {**_LETS_IN, "Action": "sts:AssumeRole"})
    return (change(ChangeKind.UPDATE_TRUST_POLICY, role.arn or "", role.trust_policy, after),)


def _version(account: Snapshot) -> tuple[Change, ...]:
    policy = account.customer_policy
    if policy.state is not State.FOUND or len(policy.versions or ()) > 4:
        return ()
    after = _with(policy.document, {**_STATEMENT, "Resource": "*"})
    kind = ChangeKind.CREATE_POLICY_VERSION
    return (change(kind, policy.arn or "", policy.document, after),)


def _of_role(kind: ChangeKind, before: object, after: object) -> Callable[..., tuple[Change, ...]]:
    def changes(account: Snapshot) -> tuple[Change, ...]:
        role = account.role
        return (change(kind, role.arn or "", before, after),) if role.state is State.FOUND else ()

    return changes


def _boundary(account: Snapshot) -> tuple[Change, ...]:
    there = account.role.permissions_boundary
    before = {"policy_arn": there.arn} if there else None
    kind = ChangeKind.SET_PERMISSIONS_BOUNDARY
    return _of_role(kind, before, {"policy_arn": _THEIR_POLICY})(account)


def _bucket(account: Snapshot) -> tuple[Change, ...]:
    bucket = account.buckets[0]
    objects = f"arn:aws:s3:::{bucket.name}/*"
    after = _with(bucket.policy, {**_LETS_IN, "Action": "s3:GetObject", "Resource": objects})
    kind = ChangeKind.PUT_BUCKET_POLICY
    return (change(kind, f"arn:aws:s3:::{bucket.name}", bucket.policy, after),)


def _key(account: Snapshot) -> tuple[Change, ...]:
    key = account.buckets[0].kms_key
    if key is None:
        return ()
    after = _with(key.policy, {**_LETS_IN, "Action": "kms:Decrypt", "Resource": "*"})
    return (change(ChangeKind.PUT_KEY_POLICY, key.arn or "", key.policy, after),)


def _role_made(account: Snapshot) -> tuple[Change, ...]:
    if account.role.state is not State.MISSING:
        return ()
    trust = _with(None, {**_LETS_IN, "Action": "sts:AssumeRole"})
    return (change(ChangeKind.CREATE_ROLE, role_arn(ACCOUNT), None, trust),)


def _policy_made(account: Snapshot) -> tuple[Change, ...]:
    if account.customer_policy.state is not State.MISSING:
        return ()
    document = _with(None, {**_STATEMENT, "Resource": "*"})
    return (change(ChangeKind.CREATE_POLICY, policy_arn(ACCOUNT), None, document),)


MEDDLINGS: Final[Mapping[str, Meddling]] = {
    "trust policy": Meddling(
        _trust,
        lambda account: account.role.trust_policy,
        frozenset({ChangeKind.UPDATE_TRUST_POLICY, ChangeKind.DELETE_ROLE}),
    ),
    "version": Meddling(
        _version,
        lambda account: account.customer_policy.document,
        frozenset({ChangeKind.CREATE_POLICY_VERSION, ChangeKind.SET_DEFAULT_POLICY_VERSION}),
    ),
    "attachment": Meddling(
        _of_role(ChangeKind.ATTACH_POLICY, None, {"policy_arn": _THEIR_POLICY}),
        lambda account: [policy.arn for policy in account.role.attached_policies],
    ),
    "boundary": Meddling(
        _boundary,
        lambda account: account.role.permissions_boundary,
        frozenset({ChangeKind.SET_PERMISSIONS_BOUNDARY, ChangeKind.DELETE_ROLE}),
    ),
    "tag": Meddling(
        _of_role(ChangeKind.TAG_ROLE, {}, {MARK: "yes"}),
        lambda account: account.role.tags,
        frozenset({ChangeKind.DELETE_ROLE}),
        goes_with_role=True,
    ),
    "inline policy": Meddling(
        _of_role(ChangeKind.PUT_ROLE_POLICY, None, {"name": MARK, "document": _with(None, {})}),
        lambda account: [policy.name for policy in account.role.inline_policies],
    ),
    "bucket policy": Meddling(
        _bucket,
        lambda account: [bucket.policy for bucket in account.buckets],
        frozenset({ChangeKind.PUT_BUCKET_POLICY}),
    ),
    "key policy": Meddling(
        _key,
        lambda account: [bucket.kms_key for bucket in account.buckets],
        frozenset({ChangeKind.PUT_KEY_POLICY}),
    ),
    "role of the name": Meddling(_role_made, lambda account: account.role.trust_policy),
    "policy of the name": Meddling(_policy_made, lambda account: account.customer_policy.document),
}
"""What they do, by what it is about."""
