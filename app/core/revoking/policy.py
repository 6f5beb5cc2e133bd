"""The guide's policy: deleted where it is UbiQuity's alone, else without our statements.

Others may have written into it, hold the role that it is on, or have it attached elsewhere. What
they have by it stays to the letter, and so it is kept wherever one of these was not read.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from app.core.change import Change, LeftAlone, Obstacle, Offer
from app.core.changes.attachment import DETACH_POLICY
from app.core.changes.managed_policy import DELETE_POLICY, DELETE_POLICY_VERSION, new_version
from app.core.changes.role import PUT_ROLE_POLICY
from app.core.changes.sides import (
    ChangeSettings,
    DocumentVersion,
    InlinePolicy,
    PolicyReference,
    StoredDocument,
)
from app.core.choices import Choice
from app.core.frozen import frozen
from app.core.guide import POLICY_NAME, ROLE_NAME
from app.core.revoking.account import UNREADABLE, RevokedAccount, RevokePart
from app.core.revoking.ours import Rest, connector_buckets, without_ours
from app.core.snapshot import PolicyDocument, State

_DOCUMENT: Final = "customer_policy.document"


def detach(account: RevokedAccount) -> Iterator[RevokePart]:
    """Take the policy off the role, where it is known to be attached."""
    role, attached = account.snapshot.role, account.snapshot.customer_policy.attached_to or ()
    ours = [p.arn or account.policy_arn for p in role.attached_policies if account.is_our_policy(p)]
    if not account.snapshot.was_read("role.attached_policies") and role.name in attached:
        ours = [account.policy_arn]
    for arn in ours:
        yield DETACH_POLICY.change(account.role_arn, PolicyReference(arn), None)


def policy_parts(
    account: RevokedAccount, *, role_stays: bool, shared: bool = False
) -> Iterator[RevokePart]:
    """Take our statements out of the policy; all of it where nobody else is in it or has it.

    Of a role that goes it has been detached before; ``shared`` is one that others can use.
    """
    policy = account.snapshot.customer_policy
    if policy.state is State.MISSING:
        yield from detach(account) if role_stays else ()
    elif policy.state is not State.FOUND or not isinstance(policy.document, Mapping):
        yield Obstacle(UNREADABLE, account.policy_arn)
    else:
        uses = _Uses.of(account, role_stays=role_stays)
        shared = shared or uses.elsewhere != ()
        names = buckets(account, shared=shared)
        rest = without_ours(policy.document, names, shared=shared)
        if rest.document is not None:  # others stand in it: only what is ours to the letter goes
            rest = without_ours(policy.document, names)
        parts = _rest_stays if rest.document is not None else _nothing_stays
        yield from parts(account, rest, uses)


@frozen
class _Uses:
    """Who else has the policy: each is None where that was not read.

    ``boundary`` is whether it bounds a role that stays.
    """

    role_stays: bool
    elsewhere: tuple[str, ...] | None
    boundary: bool | None

    @classmethod
    def of(cls, account: RevokedAccount, *, role_stays: bool) -> "_Uses":
        """Return who has the policy beside UbiQuity's role."""
        role, attached = account.snapshot.role, account.snapshot.customer_policy.attached_to
        own = (ROLE_NAME, role.name)
        elsewhere = None if attached is None else tuple(n for n in attached if n not in own)
        return cls(role_stays, elsewhere, _is_boundary(account) if role_stays else False)

    @property
    def are_read(self) -> bool:
        """Whether all of them were read."""
        return self.elsewhere is not None and self.boundary is not None

    def left_alone(self, target: str) -> Iterator[LeftAlone]:
        """Yield for whom the policy is kept."""
        if self.elsewhere:
            yield LeftAlone("policy-elsewhere", target, {"names": list(self.elsewhere)})
        if self.boundary:
            yield LeftAlone("policy-boundary", target, {"names": [ROLE_NAME]})


def _is_boundary(account: RevokedAccount) -> bool | None:
    """Tell whether the policy is the role's permissions boundary; None where that was not read."""
    if not account.snapshot.was_read("role.permissions_boundary"):
        return None
    boundary = account.snapshot.role.permissions_boundary
    return boundary is not None and boundary.arn == account.policy_arn


def _nothing_stays(account: RevokedAccount, _rest: Rest, uses: _Uses) -> Iterator[RevokePart]:
    """Take the policy, which is all ours, off the role; delete it unless somebody else has it."""
    policy, target = account.snapshot.customer_policy, account.policy_arn
    if uses.role_stays:
        yield from detach(account)
    if not uses.are_read or policy.versions is None:
        yield Obstacle(UNREADABLE, target)
        return
    left_alone = tuple(uses.left_alone(target))
    yield from left_alone or _delete_policy(account)


def _rest_stays(account: RevokedAccount, rest: Rest, uses: _Uses) -> Iterator[RevokePart]:
    """Cut our statements out, unless somebody else has the policy and would lose them too."""
    policy, target = account.snapshot.customer_policy, account.policy_arn
    names = {"names": list(rest.others), "policy": [POLICY_NAME]}
    yield LeftAlone("policy-statements", target, names)
    yield from uses.left_alone(target)
    if not rest.has_ours or uses.elsewhere or uses.boundary:
        return
    if not uses.are_read or policy.versions is None:
        yield Obstacle(UNREADABLE, target)
        return
    yield from new_version(policy, target, rest.document)


def _delete_policy(account: RevokedAccount) -> Iterator[Change]:
    policy, target = account.snapshot.customer_policy, account.policy_arn
    versions = policy.versions or ()
    for version in versions:
        if not version.default:
            before = DocumentVersion(version.id)
            yield DELETE_POLICY_VERSION.change(target, before, None, reversible=False)
    yield DELETE_POLICY.change(
        target,
        StoredDocument.read(policy.document),
        None,
        # Versions are numbered from v1 on, so that one alone comes back as it was.
        reversible=[version.id for version in versions] == ["v1"],
        settings=ChangeSettings(tags=policy.tags or {}),
    )


# Policies inside the role


def inline_parts(account: RevokedAccount, *, shared: bool) -> Iterator[RevokePart]:
    """Take our statements out of the role's inline policies; delete those that are ours alone.

    ``shared`` is a role that others can use.
    """
    for place, policy in enumerate(account.snapshot.role.inline_policies):
        rest = rest_of_inline(account, place, policy, shared=shared)
        if rest is None or not rest.has_ours:
            continue
        after = None if rest.document is None else InlinePolicy(policy.name, rest.document)
        before = InlinePolicy(policy.name, policy.document)
        yield PUT_ROLE_POLICY.change(account.role_arn, before, after)
        if after is not None:
            names = {"names": list(rest.others), "policy": [policy.name]}
            yield LeftAlone("policy-statements", account.role_arn, names)


def rest_of_inline(
    account: RevokedAccount, place: int, policy: PolicyDocument, *, shared: bool
) -> Rest | None:
    """Return what is left of an inline policy without our statements; None where it is unread."""
    was_read = account.snapshot.was_read(f"role.inline_policies[{place}].document")
    if not was_read or not isinstance(policy.document, Mapping):
        return None
    return without_ours(policy.document, buckets(account, shared=shared))


# Whose buckets


def buckets(account: RevokedAccount, *, shared: bool) -> tuple[str, ...]:
    """Return the buckets whose statements are ours: the draft's, and those that were chosen.

    Without a draft they are the buckets of a connector, as long as nobody else uses the policy.
    """
    names = account.draft.bucket_names if account.draft else ()
    is_chosen = Choice.CONNECTOR_BUCKETS in account.choices.chosen
    if is_chosen or (account.draft is None and not shared):
        return tuple(dict.fromkeys((*names, *_connector_buckets(account))))
    return tuple(names)


def bucket_offers(account: RevokedAccount, *, shared: bool) -> Iterator[Offer]:
    """Offer to count further buckets as UbiQuity's, to which the policies give all it needs."""
    names = account.draft.bucket_names if account.draft else ()
    more = [name for name in _connector_buckets(account) if name not in names]
    if more and (account.draft is not None or shared):
        yield Offer(Choice.CONNECTOR_BUCKETS, account.policy_arn, {"buckets": more})


def _connector_buckets(account: RevokedAccount) -> tuple[str, ...]:
    snapshot = account.snapshot
    inline = (policy.document for policy in snapshot.role.inline_policies)
    return connector_buckets((snapshot.customer_policy.document, *inline))
