"""What could not be read: which permission is missing, and what remains uncertain.

A fact is unread where the snapshot names it in ``unreadable``, where its file doesn't hold it at
all, and where it is null although AWS always has something (a role's trust policy, the document
of a policy that is there).
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from app.core.diagnosis.observed.tried import standing
from app.core.diagnosis.snapshot_facts import fact_at
from app.core.diagnosis.unevaluated import NO_POLICY, TOO_LONG, TOO_MUCH_WORK, limit_at
from app.core.diagnosis.view.role_view import (
    ATTACHED,
    BOUNDARY,
    CUSTOMER_POLICY,
    INLINE,
    TRUST,
    document_path,
)
from app.core.diagnosis.view.setup import Answer, Setup
from app.core.failure import finding_of_failure
from app.core.frozen import frozen
from app.core.iam.decision import Decision
from app.core.report import Evidence, Finding
from app.core.snapshot import NOT_PASTED, BucketFacts, Snapshot, State, Unreadable

_FACT: Final = 5
"""About how many steps it takes to tell of a fact that was not read."""

_READ_FROM_IAM: Final = ("role", "similar_roles", CUSTOMER_POLICY)
_NOT_HERE: Final = (State.MISSING, State.OTHER_ACCOUNT)
_OF_THE_ROLE: Final = (ATTACHED, INLINE, BOUNDARY)
_NEVER_SHOWN: Final = ("buckets[].object_ownership", "buckets[].sample", "organization_denies")
"""Facts that AWS's console has no text of to copy."""

_ON_S3: Final = ("", ".policy", ".owner_account", ".state")
_ON_KEY: Final = (".kms_key", ".encryption")
_ON_OTHER_KEYS: Final = ".sample.other_keys"
"""The parts of a bucket that decisions hang on; "" is the whole of it."""


_FOR_PLANS: Final = (
    "role.instance_profiles",
    f"{CUSTOMER_POLICY}.versions",
    f"{CUSTOMER_POLICY}.attached_to",
)
"""Optional facts that no decision hangs on: a plan says itself what it can't do without them."""

_REFUSED: Final = frozenset({"AccessDenied", "AccessDeniedException", "Forbidden", "403"})


@frozen
class _UnreadFact:
    """A fact that is not known. ``answer`` is what AWS said, where it was asked."""

    path: str
    answer: Unreadable | None = None
    bucket: str | None = None


def unreadable_findings(setup: Setup) -> Iterator[Finding]:
    """Yield one finding for each fact that could not be read and could matter."""
    for unread in _unread_facts(setup):
        params: dict[str, object] = {
            "what": unread.path,
            "permission": _permission(unread),
            "uncertain": _uncertain(_hanging_on(setup, unread)),
            **_not_evaluated(unread),
            **_not_pasted(unread),
            **_of_organization(unread),
            **_keys_of_files(setup, unread),
        }
        yield Finding("check.unreadable", Evidence.OBSERVED, unread.bucket, params)


def _of_organization(unread: _UnreadFact) -> dict[str, object]:
    """Return that a rule of the organisation refuses it: no permission of the account helps."""
    message = (unread.answer.message if unread.answer else None) or ""
    if "control" not in message.lower() or not _permission(unread):
        return {}
    # Late, since most snapshots hold no such refusal and a check has to start fast.
    from app.core.explain.denial import is_by_organization

    return {"organization": True} if is_by_organization(message) else {}


def _keys_of_files(setup: Setup, unread: _UnreadFact) -> dict[str, object]:
    """Return the keys of files that the fact is about: no draft and no bucket names them."""
    if _ON_OTHER_KEYS not in unread.path:
        return {}
    keys = (key for c in setup.connections for key in c.connector.other_keys)
    of_it = (k.arn for k in keys if f"{k.policy.source}.".startswith(f"{unread.path}."))
    return {"keys": list(dict.fromkeys(of_it)) or None}


def refused_reads(snapshot: Snapshot) -> tuple[str, ...]:
    """Return the permissions for want of which AWS did not tell the sign-in something."""
    refused = (entry for entry in snapshot.unreadable if entry.code in _REFUSED)
    permissions = (_permission(_UnreadFact(entry.what, entry)) for entry in refused)
    return tuple(dict.fromkeys(name for name in permissions if name))


def _not_evaluated(unread: _UnreadFact) -> dict[str, object]:
    """Return why a policy that was read is not evaluated; nothing for one that was not read."""
    match unread.answer:
        case Unreadable(code=code) if code == TOO_LONG:
            return {"limit": limit_at(unread.path)}
        case Unreadable(code=code) if code == TOO_MUCH_WORK:
            return {"too_much": True}
        case Unreadable(code=code) if code == NO_POLICY:
            return {"no_policy": True}
        case _:
            return {}


def _not_pasted(unread: _UnreadFact) -> dict[str, object]:
    """Return that nobody pasted a fact, or said it, or that a sign-in alone can show it."""
    if not _is_not_pasted(unread.answer):
        return {}
    fact = fact_at(unread.path)
    if fact is not None and fact.name in _NEVER_SHOWN:
        return {"signed_in_only": True}
    is_said = unread.path == INLINE or unread.path.endswith(".owner_account")
    return {"not_said": True} if is_said else {"not_pasted": True}


def _is_not_pasted(answer: Unreadable | None) -> bool:
    return answer is not None and answer.code == NOT_PASTED


def _unread_facts(setup: Setup) -> tuple[_UnreadFact, ...]:
    """Return what is not known and could matter, in the snapshot's order.

    A fact is left out that nothing turns on any more (of a role that is missing, say), or whose
    cause is another finding (no network, another account's sign-in).
    """
    snapshot = setup.snapshot
    answers = {entry.what: entry for entry in snapshot.unreadable}
    paths = dict.fromkeys([*answers, *_implied(setup), *_garbled(setup), *sorted(snapshot.absent)])
    of_the_caller = {failure.finding for failure in standing(snapshot.observations)}
    setup.role.work.spend(_FACT * len(paths))
    unread = [
        _UnreadFact(path, answers.get(path), bucket.name if bucket else None)
        for path in paths
        for bucket in (_bucket_of(snapshot, path),)
        if not _is_part_of_another(path, paths)
    ]
    unlisted = (
        _UnreadFact("buckets", answers.get("buckets"), c.bucket)
        for c in setup.connections
        if not c.connector.facts
    )
    mattering = (fact for fact in unread if not _is_pointless(setup, fact, of_the_caller))
    return (*mattering, *dict.fromkeys(unlisted))


def _is_part_of_another(path: str, paths: Mapping[str, object]) -> bool:
    if any(path[:end] in paths for end, char in enumerate(path) if char in ".["):
        return True
    # The key is read by way of the encryption.
    return path.endswith(".kms_key") and f"{path.removesuffix('kms_key')}encryption" in paths


def _implied(setup: Setup) -> Iterator[str]:
    """Yield the facts that are null although AWS always has something."""
    snapshot = setup.snapshot
    policy = snapshot.customer_policy
    if setup.role.state is State.UNREADABLE:
        yield "role"
    elif setup.role.is_found:
        yield from _implied_of_role(snapshot)
    if policy.state is State.UNREADABLE:
        yield CUSTOMER_POLICY
    elif policy.state is State.FOUND and policy.document is None:
        yield f"{CUSTOMER_POLICY}.document"
    for index, bucket in enumerate(snapshot.buckets):
        if bucket.state is State.UNREADABLE:
            yield f"buckets[{index}]"
        for place in snapshot.key_places_of(index):
            if place.key.policy is None and place.key.manager != "AWS":
                yield f"{place.path}.policy"
    for connection in setup.connections:
        # A key that the sample names, and of which the snapshot has nothing.
        yield from (k.policy.source for k in connection.connector.other_keys if k.facts is None)


def _implied_of_role(snapshot: Snapshot) -> Iterator[str]:
    role = snapshot.role
    if role.trust_policy is None:
        yield TRUST
    if role.permissions_boundary and role.permissions_boundary.document is None:
        yield f"{BOUNDARY}.document"
    for listed, policies in ((ATTACHED, role.attached_policies), (INLINE, role.inline_policies)):
        for index, policy in enumerate(policies):
            if policy.document is None:
                yield document_path(listed, index)


def _garbled(setup: Setup) -> Iterator[str]:
    """Yield the documents that AWS would have refused, where a decision hangs on them."""
    if not setup.role.is_found:
        return
    for answer in (setup.assume, *(a for c in setup.connections for a in c.needed)):
        if answer.decision is Decision.UNKNOWN:
            for reading in answer.outcome.because.statements:
                if reading.statement.unreadable and "." in reading.source:
                    yield reading.source


def _bucket_of(snapshot: Snapshot, path: str) -> BucketFacts | None:
    number = path.removeprefix("buckets[").partition("]")[0]
    is_bucket = path.startswith("buckets[") and number.isascii() and number.isdecimal()
    if not is_bucket or int(number) >= len(snapshot.buckets):
        return None
    return snapshot.buckets[int(number)]


def _is_pointless(setup: Setup, unread: _UnreadFact, of_the_caller: set[str | None]) -> bool:
    """Tell whether nothing turns on a fact, or whether another finding says why it was not read.

    ``of_the_caller`` are the codes of what stands against this computer or its sign-in.
    """
    snapshot, path = setup.snapshot, unread.path
    if path in _FOR_PLANS:
        return True
    if path == CUSTOMER_POLICY and _is_not_pasted(unread.answer):
        return True  # The role's own policies were pasted or asked for: this is one of them.
    if (cause := _cause(unread)) and cause in of_the_caller:
        return True
    if setup.foreign and not setup.role.is_found and path.startswith(_READ_FROM_IAM):
        return True
    if setup.role.state is State.MISSING and path.startswith(("role", CUSTOMER_POLICY)):
        return True
    bucket = _bucket_of(snapshot, path)
    if bucket is None:
        return path.startswith("buckets[")
    is_elsewhere = bucket.name not in setup.draft.bucket_names or bucket.state in _NOT_HERE
    return is_elsewhere or _is_of_aws_key(snapshot, path)


def _is_of_aws_key(snapshot: Snapshot, path: str) -> bool:
    return any(
        place.key.manager == "AWS" and f"{path}.".startswith(f"{place.path}.")
        for place in snapshot.key_places()
    )


def _cause(unread: _UnreadFact) -> str | None:
    """Return the code of what AWS's answer says of this computer or its sign-in, if anything."""
    answer = unread.answer
    return finding_of_failure(answer.code or "", answer.message or "") if answer else None


def _permission(unread: _UnreadFact) -> str | None:
    """Return the permission that AWS names in its refusal, or else the one that reads the fact."""
    if unread.answer is None or _cause(unread) or _not_evaluated(unread):
        return None
    if _is_not_pasted(unread.answer):
        return None
    fact = fact_at(unread.path)
    return _named_action(unread.answer.message or "") or (fact.permission if fact else None)


def _named_action(message: str) -> str | None:
    """Return the action in "… is not authorized to perform: iam:GetRole on resource: …"."""
    action = message.partition("to perform: ")[2].partition(" ")[0]
    return action if ":" in action else None


def _uncertain(answers: Iterable[Answer]) -> list[str]:
    actions = (answer.action for answer in answers if answer.decision is Decision.UNKNOWN)
    return list(dict.fromkeys(actions))


def _hanging_on(setup: Setup, unread: _UnreadFact) -> Iterator[Answer]:
    """Yield the answers that the fact has a say in."""
    path = unread.path
    if path in {"role", "role.arn"} or path.startswith(TRUST):
        yield setup.assume
    of_role = path == "role" or path.startswith(_OF_THE_ROLE)
    part = path.partition("]")[2]
    for connection in setup.connections:
        of_bucket = unread.bucket == connection.bucket
        if of_role or (of_bucket and part in _ON_S3):
            yield from connection.s3
        if of_role or (of_bucket and (not part or part.startswith(_ON_KEY))):
            yield from connection.key
        if of_role or (of_bucket and part.startswith(_ON_OTHER_KEYS)):
            yield from connection.of_other_keys
