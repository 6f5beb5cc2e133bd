"""Runs to walk faults over: accounts as they are at the start, and what is to be changed there."""

import json
from collections.abc import Callable, Mapping
from typing import Any, Final

from app.core.change import Change, ChangeKind
from app.core.choices import Choice, Choices, RevokeWay
from app.core.documents.open_sessions import SESSIONS_POLICY, sessions_policy
from app.core.documents.policies import kms_statement, permissions_policy, trust_policy
from app.core.draft import BucketEntry, Draft
from app.core.frozen import replace
from app.core.guide import POLICY_NAME, UBIQUITY_ROOT_ARN, policy_arn, role_arn
from app.core.planning.plan import plan
from app.core.revoking.plan import revoke_plan
from app.core.snapshot import KmsGrant, PolicyDocument, PolicyVersion, Snapshot
from tests.helpers.drafts import (
    ACCOUNT,
    ENCRYPTED,
    KEY_POLICY,
    MOMENT,
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


def _mended() -> Start:
    """Mend the setup of another database, shared with others; its policy has five versions."""
    role, policy = role_arn(ACCOUNT), policy_arn(ACCOUNT)
    start = whole(PLAIN)
    theirs = foreign_trust()
    ours: Any = trust_policy(PLAIN.database_id)["Statement"]
    both = {**theirs, "Statement": [*theirs["Statement"], *ours]}
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
        change(ChangeKind.UPDATE_TRUST_POLICY, role, theirs, both),
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
    """Delete a role under a path, where that was chosen, and make it anew where it belongs."""
    start = untouched(PLAIN)
    trust = trust_policy("another-database-id-00")
    elsewhere = replace(
        _held(whole(PLAIN)).role,
        arn=role_arn(ACCOUNT).replace(":role/", ":role/team/"),
        path="/team/",
        trust_policy=trust,
        attached_policies=(),
        tags={"team": "data"},
    )
    return _planned(PLAIN, replace(start, role=elsewhere), Choice.REMAKE_ROLE)


def _planned(draft: Draft, start: Snapshot, *chosen: Choice) -> Start:
    """Make what the program's own plan says."""
    return start, plan(draft, start, Choices(frozenset(chosen))).changes


def _mended_by_plan() -> Start:
    """Mend a role of another database, with a full and outdated policy and a key without ours."""
    start = _held(whole(ENCRYPTED), versions=5)
    older = permissions_policy([BucketEntry("acme-exports", "ap-southeast-2")])
    entry = PolicyDocument(POLICY_NAME, older, policy_arn(ACCOUNT), "v5")
    role = replace(start.role, trust_policy=foreign_trust(), attached_policies=(entry,))
    policy = replace(start.customer_policy, document=older)
    buckets = untouched(ENCRYPTED).buckets
    start = replace(start, role=role, customer_policy=policy, buckets=buckets)
    return _planned(ENCRYPTED, start, Choice.DATA_KEY)


def _held(start: Snapshot, versions: int = 1) -> Snapshot:
    """Return a whole setup with all facts that AWS tells, its policy having so many versions."""
    named = tuple(PolicyVersion(f"v{n}", None, default=n == versions) for n in _up_to(versions))
    latest = named[-1].id
    role = replace(
        start.role,
        tags={"made": "x"},
        max_session_duration=3600,
        instance_profiles=(),
        attached_policies=tuple(replace(p, version=latest) for p in start.role.attached_policies),
    )
    policy = replace(
        start.customer_policy,
        version=latest,
        versions=named,
        attached_to=(start.role.name or "",),
        tags={},
    )
    return replace(start, role=role, customer_policy=policy)


def _up_to(number: int) -> range:
    return range(1, number + 1)


def _revoked(start: Snapshot, how: RevokeWay, *chosen: Choice, draft: Draft | None = None) -> Start:
    """Take access away as the program's own plan says."""
    choices = Choices(frozenset(chosen))
    return start, revoke_plan(start, how, ACCOUNT, draft, choices, MOMENT).changes


def _with_sessions_ended() -> Snapshot:
    """Return a setup whose open sessions somebody has ended before; its policy has versions."""
    start = _held(whole(ENCRYPTED), versions=3)
    ended = PolicyDocument(SESSIONS_POLICY, sessions_policy(MOMENT))
    return replace(start, role=replace(start.role, inline_policies=(ended,)))


def _shared() -> Snapshot:
    """Return a setup whose role others use too: a service, and a policy of theirs."""
    start = _held(whole(ENCRYPTED), versions=2)
    theirs: Any = foreign_trust()["Statement"]
    ours: Any = trust_policy(ENCRYPTED.database_id)["Statement"]
    trust = {"Version": "2012-10-17", "Statement": [theirs[0], *ours]}
    statement = {"Effect": "Allow", "Action": "sqs:*", "Resource": "*"}
    extra = PolicyDocument("extra", {"Version": "2012-10-17", "Statement": [statement]})
    role = replace(start.role, trust_policy=trust, inline_policies=(extra,))
    return replace(start, role=role)


def let_in_past_the_role() -> Snapshot:
    """Return a setup whose bucket, key and a grant of that let UbiQuity's account in as well."""
    start = _held(whole(ENCRYPTED))
    ours = {"Effect": "Allow", "Principal": {"AWS": UBIQUITY_ROOT_ARN}, "Action": "*"}
    grant = KmsGrant(UBIQUITY_ROOT_ARN, ("Decrypt",), "a-grant")
    buckets = []
    for bucket in start.buckets:
        arn = f"arn:aws:s3:::{bucket.name}"
        policy = {"Version": "2012-10-17", "Statement": [{**ours, "Resource": f"{arn}/*"}]}
        key = bucket.kms_key
        if key is not None:
            before: Any = key.policy
            statements = [*before["Statement"], {**ours, "Action": "kms:*", "Resource": "*"}]
            key = replace(key, policy={**before, "Statement": statements}, grants=(grant,))
        buckets.append(replace(bucket, policy=policy, kms_key=key))
    return replace(start, buckets=tuple(buckets))


def _two_databases() -> Snapshot:
    start = _held(whole(ENCRYPTED))
    trust: Any = json.loads(json.dumps(trust_policy(ENCRYPTED.database_id)))
    names = [ENCRYPTED.database_id, "another-database-id-00"]
    trust["Statement"][0]["Condition"] = {"StringEquals": {"sts:ExternalId": names}}
    return replace(start, role=replace(start.role, trust_policy=trust))


_DELETE, _CHANGE = RevokeWay.DELETE_ROLE, RevokeWay.CHANGE_TRUST

STARTS: Final[Mapping[str, Callable[[], Start]]] = {
    "untouched, with a key": lambda: _planned(ENCRYPTED, untouched(ENCRYPTED)),
    "shared and full": _mended,
    "as an organisation requires": _organization,
    "mended by the plan": _mended_by_plan,
    "remade": _remade,
    "revoked": lambda: _revoked(_held(whole(ENCRYPTED)), _DELETE),
    "revoked past the role": lambda: _revoked(let_in_past_the_role(), _CHANGE, draft=ENCRYPTED),
    "revoked with versions": lambda: _revoked(_with_sessions_ended(), _DELETE, draft=ENCRYPTED),
    "revoked of a shared role": lambda: _revoked(_shared(), _DELETE),
    "trust changed": lambda: _revoked(_held(whole(ENCRYPTED)), _CHANGE, Choice.END_SESSIONS),
    "one of two revoked": lambda: _revoked(
        _two_databases(), _CHANGE, Choice.END_SESSIONS, draft=ENCRYPTED
    ),
}
"""More can be added: each is a snapshot, and changes that fit it."""
