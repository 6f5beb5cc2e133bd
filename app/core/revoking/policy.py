"""The guide's policy, taken off the role and deleted."""

from collections.abc import Iterator, Mapping

from app.core.change import Change, LeftAlone, Obstacle
from app.core.changes.attachment import DETACH_POLICY
from app.core.changes.managed_policy import DELETE_POLICY, DELETE_POLICY_VERSION
from app.core.changes.sides import DocumentVersion, PolicyReference, Settings, StoredDocument
from app.core.documents.statements import statements_of
from app.core.guide import POLICY_NAME, ROLE_NAME
from app.core.iam.json_text import strings
from app.core.revoking.account import UNREADABLE, RevokedAccount, RevokePart
from app.core.snapshot import State


def detach(account: RevokedAccount) -> Iterator[RevokePart]:
    """Take the policy off the role, where it is known to be attached."""
    role, attached = account.snapshot.role, account.snapshot.customer_policy.attached_to or ()
    ours = [p.arn or account.policy_arn for p in role.attached_policies if account.is_our_policy(p)]
    if not account.snapshot.was_read("role.attached_policies") and role.name in attached:
        ours = [account.policy_arn]
    for arn in ours:
        yield DETACH_POLICY.change(account.role_arn, PolicyReference(arn), None)


def policy_parts(account: RevokedAccount, *, used_by_others: bool) -> Iterator[RevokePart]:
    """Delete the policy with all its versions, unless others wrote into it or use it."""
    policy, target = account.snapshot.customer_policy, account.policy_arn
    if used_by_others and _has_foreign_statements(policy.document):
        yield LeftAlone("policy-statements", target, {"names": [POLICY_NAME]})
        return
    if used_by_others:
        yield from detach(account)
    if policy.state is State.MISSING:
        return
    lacking = policy.versions is None or policy.attached_to is None or policy.document is None
    boundary = _is_boundary(account) if used_by_others else False
    if policy.state is not State.FOUND or lacking or boundary is None:
        yield Obstacle(UNREADABLE, target)
        return
    own = (ROLE_NAME, account.snapshot.role.name)
    elsewhere = [name for name in policy.attached_to or () if name not in own]
    if elsewhere:
        yield LeftAlone("policy-elsewhere", target, {"names": elsewhere})
    elif _has_foreign_statements(policy.document):
        yield LeftAlone("policy-statements", target, {"names": [POLICY_NAME]})
    elif boundary:
        yield LeftAlone("policy-boundary", target, {"names": [ROLE_NAME]})
    else:
        yield from _delete_policy(account)


def _is_boundary(account: RevokedAccount) -> bool | None:
    """Tell whether the policy is the role's permissions boundary; None where that was not read."""
    if not account.snapshot.was_read("role.permissions_boundary"):
        return None
    boundary = account.snapshot.role.permissions_boundary
    return boundary is not None and boundary.arn == account.policy_arn


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
        settings=Settings(tags=policy.tags or {}),
    )


def _has_foreign_statements(document: object) -> bool:
    """Tell whether somebody wrote into the policy what is not for the connector.

    The guide's statements allow actions of S3, and an addition those of KMS; whatever denies, or
    is about another service, is somebody's.
    """
    return any(not _is_for_connector(statement) for statement in statements_of(document))


def _is_for_connector(statement: Mapping[str, object]) -> bool:
    actions = strings(statement.get("Action")) or ()
    about = all(action.lower().startswith(("s3:", "kms:")) for action in actions)
    return statement.get("Effect") == "Allow" and bool(actions) and about
