"""Taking UbiQuity's access away: the guide's "Revoking access", as a plan.

What others put into the account stays to the letter, and a role that they use is not deleted:
our part is taken out of it. Pure: the same draft and snapshot give the same plan.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from app.core.change import Change, LeftAlone, Obstacle, Offer, Plan
from app.core.changes.gone import left_out, rewriting
from app.core.changes.kinds import rules_of, typed
from app.core.changes.role import PUT_ROLE_POLICY, UPDATE_TRUST_POLICY, deletion
from app.core.changes.sides import InlinePolicy
from app.core.choices import Choice, Choices, RevokeWay
from app.core.documents.open_sessions import SESSIONS_POLICY, closing_policy, ended_before
from app.core.documents.policy_size import INLINE_POLICIES, inline_size
from app.core.documents.ubiquity_trust import (
    Remainder,
    databases_in,
    other_databases,
    without_database,
    without_ubiquity,
)
from app.core.draft import Draft
from app.core.guide import UBIQUITY_ACCOUNT
from app.core.iam.work import MOST_STEPS, Work
from app.core.report import Evidence, Finding
from app.core.revoking.account import UNREADABLE, RevokedAccount, RevokePart
from app.core.revoking.direct import direct_of_all, direct_parts
from app.core.revoking.keys import direct_key_parts, key_parts
from app.core.revoking.policy import (
    bucket_offers,
    detach,
    inline_parts,
    policy_parts,
    rest_of_inline,
)
from app.core.snapshot import PolicyDocument, Snapshot, State


def revoke_plan(
    snapshot: Snapshot,
    how: RevokeWay,
    account_id: str,
    draft: Draft | None,
    choices: Choices,
    at: datetime,
    work: Work | None = None,
) -> Plan:
    """Return what has to change in AWS so that UbiQuity's access ends.

    With ``draft`` it is that database's access, and everybody's only where it has the role for
    itself or ``Choice.EVERYONE`` is chosen; without it is all of UbiQuity's. ``at`` is the time
    (UTC) as of which sessions are ended, where ``Choice.END_SESSIONS`` is chosen; they are ended
    as of when the request is sent (``app.core.changes.dating``). Where the ``work`` ends before,
    nothing is known of what the policies of buckets and keys say, and nothing of them is changed.
    """
    work = work or Work(MOST_STEPS)
    account = RevokedAccount.of(snapshot, how, account_id, draft, choices, at, work)
    parts = list(_parts(account))
    changes = tuple(part for part in parts if isinstance(part, Change))
    left_alone = (part for part in parts if isinstance(part, LeftAlone))
    return Plan(
        changes,
        tuple(part for part in parts if isinstance(part, Obstacle)),
        tuple(part for part in parts if isinstance(part, Offer)),
        (*left_alone, *_gone(changes)),
    )


def _gone(changes: Iterable[Change]) -> Iterator[LeftAlone]:
    """Yield whom the changes leave out of policies that AWS would not take with them."""
    for change in changes:
        if names := left_out(change):
            yield LeftAlone("gone-principals", change.target, {"names": list(names)})


def databases_of(snapshot: Snapshot) -> tuple[str, ...]:
    """Return the External IDs of all UbiQuity databases that the role lets in."""
    return databases_in(snapshot.role.trust_policy)


def sessions_end(plan: Plan) -> bool:
    """Tell whether open sessions of the role end with ``plan``."""
    return any(rules_of(change).ends_sessions(typed(change)) for change in plan.changes)


def _parts(account: RevokedAccount) -> Iterator[RevokePart]:
    """Yield what the plan consists of; its changes in their order."""
    caller, role = account.snapshot.caller, account.snapshot.role
    if caller is not None and caller.account not in (account.account_id, UBIQUITY_ACCOUNT):
        yield Obstacle("signin.wrong-account", caller.account)
    elif role.state is State.UNREADABLE or not account.snapshot.was_read("role"):
        yield Obstacle(UNREADABLE, account.role_arn)
    elif role.state is State.MISSING:
        yield from _leftovers(account)
    elif not isinstance(role.trust_policy, Mapping) or not account.snapshot.was_read(
        "role.trust_policy"
    ):
        yield Obstacle(UNREADABLE, account.role_arn)
    else:
        yield from _with_role(account, role.trust_policy)


def _leftovers(account: RevokedAccount) -> Iterator[RevokePart]:
    """Without a role nobody gets in; what was made for it goes all the same."""
    yield from direct_parts(account)
    if account.how is RevokeWay.CHANGE_TRUST:
        yield from direct_key_parts(account)
    else:
        yield from key_parts(account)
        yield from policy_parts(account, role_stays=False)
        yield from bucket_offers(account, shared=False)


def _with_role(account: RevokedAccount, trust: Mapping[str, object]) -> Iterator[RevokePart]:
    others = other_databases(trust, account.draft.database_id) if account.draft else ()
    if others:
        params = {"external_ids": list(others)}
        yield Offer(Choice.EVERYONE, account.role_arn, params)
    if others and account.draft and Choice.EVERYONE not in account.choices.chosen:
        yield from _ours_alone(account, without_database(trust, account.draft.database_id))
        return
    left = without_ubiquity(trust)
    yield from direct_parts(account)
    if account.how is RevokeWay.CHANGE_TRUST:
        yield from direct_key_parts(account)
        yield from _trust_parts(account, trust, left)
        return
    yield from _delete_role(account, trust, left)


# One database of several


def _ours_alone(account: RevokedAccount, left: Remainder) -> Iterator[RevokePart]:
    """Take out the draft's External ID; role, policies and keys serve the others."""
    yield LeftAlone("other-external-ids", account.role_arn, {"names": list(left.databases)})
    yield from direct_of_all(account)
    if left.too_open:
        yield Obstacle("trust.too-open", account.role_arn)
    yield from _trust_parts(account, account.snapshot.role.trust_policy, left)


def _trust_parts(account: RevokedAccount, before: object, left: Remainder) -> Iterator[RevokePart]:
    if left.others:
        yield LeftAlone("others-let-in", account.role_arn, {"names": list(left.others)})
    if left.document is not None:
        yield rewriting(UPDATE_TRUST_POLICY, account.role_arn, before, left.document)
    yield from _session_parts(account, changing=left.document is not None)


def _session_parts(account: RevokedAccount, *, changing: bool) -> Iterator[RevokePart]:
    """Offer to end open sessions, unless nobody gets in and all that can be open are ended."""
    present = _present_sessions_policy(account)
    if not changing and present is not None and _ends_all(present, account.at):
        return
    yield Offer(Choice.END_SESSIONS, account.role_arn)
    if Choice.END_SESSIONS not in account.choices.chosen:
        return
    if not account.snapshot.was_read("role.inline_policies"):
        yield Obstacle(UNREADABLE, account.role_arn)
        return
    before = None if present is None else _inline(present)
    after = InlinePolicy(SESSIONS_POLICY, closing_policy(account.at))
    others = (p.document for p in account.snapshot.role.inline_policies if p is not present)
    if inline_size((after.document, *others)) > INLINE_POLICIES.figure:
        yield _no_room_inside(account)
        return
    yield PUT_ROLE_POLICY.change(account.role_arn, before, after)


def _no_room_inside(account: RevokedAccount) -> Obstacle:
    """Return the obstacle that the role's inline policies leave no room for one more."""
    limit = {"limit": INLINE_POLICIES.name, "figure": INLINE_POLICIES.figure}
    params = {**limit, "target": account.role_arn}
    finding = Finding("change.limit", Evidence.PREDICTED, params=params)
    return Obstacle(finding.code, account.role_arn, finding)


def _ends_all(policy: PolicyDocument, at: datetime) -> bool:
    """Tell whether ``policy`` ends every session that began before ``at``.

    One of an earlier revocation does not: UbiQuity may have been let in again since.
    """
    moment = ended_before(policy.document)
    return moment is not None and moment >= at


def _present_sessions_policy(account: RevokedAccount) -> PolicyDocument | None:
    inline = account.snapshot.role.inline_policies
    return next((policy for policy in inline if policy.name == SESSIONS_POLICY), None)


# The whole role


def _delete_role(account: RevokedAccount, trust: object, left: Remainder) -> Iterator[RevokePart]:
    shared = bool(left.others) or account.snapshot.role.instance_profiles != ()
    holding = list(_what_others_have(account, left, shared=shared))
    yield from holding
    yield from key_parts(account, role_stays=bool(holding))
    if holding:
        yield from _trust_parts(account, trust, Remainder(left.document))
        yield from inline_parts(account, shared=shared)
        yield from policy_parts(account, role_stays=True, shared=shared)
    else:
        yield from detach(account)
        present = _present_sessions_policy(account)
        if present is not None:
            yield PUT_ROLE_POLICY.change(account.role_arn, _inline(present), None)
        yield from inline_parts(account, shared=shared)
        yield deletion(account.role_arn, account.snapshot.role)
        yield from policy_parts(account, role_stays=False)
    yield from bucket_offers(account, shared=shared)


def _what_others_have(
    account: RevokedAccount, left: Remainder, *, shared: bool
) -> Iterator[RevokePart]:
    """Yield for what the role is not deleted; not to know counts as something."""
    role, target = account.snapshot.role, account.role_arn
    if left.others:
        yield LeftAlone("others-trusted", target, {"names": list(left.others)})
    attached = [p.name for p in role.attached_policies if not account.is_our_policy(p)]
    inline = list(_inline_of_others(account, shared=shared))
    if attached or inline:
        yield LeftAlone("other-policies", target, {"names": [*attached, *inline]})
    if role.instance_profiles:
        yield LeftAlone("instance-profiles", target, {"names": list(role.instance_profiles)})
    lists = ("role.attached_policies", "role.inline_policies")
    unread = any(not account.snapshot.was_read(path) for path in lists)
    if unread or role.instance_profiles is None:
        yield Obstacle(UNREADABLE, target)


def _inline_of_others(account: RevokedAccount, *, shared: bool) -> Iterator[str]:
    """Yield the inline policies in which something is not ours, or that were not read."""
    for place, policy in enumerate(account.snapshot.role.inline_policies):
        if policy.name != SESSIONS_POLICY:
            rest = rest_of_inline(account, place, policy, shared=shared)
            if rest is None or rest.document is not None:
                yield policy.name


def _inline(policy: PolicyDocument) -> InlinePolicy:
    return InlinePolicy(policy.name, policy.document)
