"""May they? The gate's questions to the program's own evaluator, and AWS's sentence for a no.

Nothing is unknown on the practice AWS: every condition key has a value or is absent. Source:
IAM User Guide, "Policy evaluation logic", and AWS KMS Developer Guide, "Key policies". Imports
moto for the kinds it keeps.
"""

import functools
import json

from moto.iam.models import Role
from moto.kms.models import Key
from moto.s3.models import FakeBucket

from app.core.iam.context import Context
from app.core.iam.decision import (
    Decision,
    Outcome,
    decide_cross_account,
    decide_key,
    decide_same_account,
    decide_trust,
)
from app.core.iam.elements import PolicyKind
from app.core.iam.policies import Policy, parse_policy
from app.core.iam.principals import Requester
from app.core.iam.requests import Request
from app.practice import denials
from app.practice.kms_keys import key_policy
from app.practice.needs import Needed
from app.practice.organization import organization_refuses
from app.practice.refusal import Refusal, RefusedError
from app.practice.sign_in import SignIn, StoredPolicy
from app.practice.visit import SignedCall


def require(signed: SignedCall, needed: Needed) -> None:
    """Check an action that hangs on the caller's own policies alone (IAM, CreateBucket).

    Raises ``RefusedError`` where they don't allow it.
    """
    outcome = decide_same_account(
        _request(signed, needed, signed.sign_in.account),
        identity=_identity(signed.sign_in),
        resource=None,
        boundary=_boundary(signed.sign_in),
    )
    _settle(signed, needed, outcome, denials.for_identity)


def require_in_bucket(signed: SignedCall, needed: Needed, bucket: FakeBucket) -> None:
    """Check an action on ``bucket`` or an object in it, the bucket's policy included.

    Raises ``RefusedError`` where it is not allowed.
    """
    refusal = refusal_in_bucket(signed, needed, bucket)
    if refusal is not None:
        raise RefusedError(refusal)


def refusal_in_bucket(signed: SignedCall, needed: Needed, bucket: FakeBucket) -> Refusal | None:
    """Return why S3 would refuse ``needed`` on ``bucket``, or None where it would not."""
    owner = str(bucket.account_id)
    document = signed.ledger.bucket_policies.get(str(bucket.name))
    policy = _policy(document, "bucket", "resource") if document else None
    same_account = owner == signed.sign_in.account
    decide = decide_same_account if same_account else decide_cross_account
    outcome = decide(
        _request(signed, needed, owner),
        identity=_identity(signed.sign_in),
        resource=policy,
        boundary=_boundary(signed.sign_in),
    )
    words = denials.for_identity if same_account else denials.for_strangers
    return _refusal(signed, needed, outcome, words)


def require_key(signed: SignedCall, needed: Needed, key: Key) -> None:
    """Check an action on ``key``, asked of KMS itself or by S3 in the caller's name.

    Raises ``RefusedError`` where the key's policy and the caller's don't allow it.
    """
    same_account = str(key.account_id) == signed.sign_in.account
    document = key_policy(key, signed.ledger)
    outcome = _decide_key(signed, needed, document, same_account=same_account)
    through_s3 = signed.signature.service == "s3"
    _settle(signed, needed, outcome, denials.for_key_in_s3 if through_s3 else denials.for_key)


def may_change_key_policy(signed: SignedCall, document: str, key: Key | None) -> bool:
    """Return whether, under the policy ``document``, the caller could still put another.

    ``key`` is None while it is being made. Source: AWS KMS API Reference, "PutKeyPolicy".
    """
    arn = str(key.arn) if key is not None else "arn:aws:kms:::key/new"
    needed = Needed("kms:PutKeyPolicy", arn, arn)
    outcome = _decide_key(signed, needed, document, same_account=True)
    return outcome.decision is Decision.ALLOWED


def require_assume(signed: SignedCall, needed: Needed, role: Role) -> None:
    """Check whether the caller may assume ``role``: the role's trust policy and the caller's own.

    Raises ``RefusedError`` where they may not.
    """
    account = str(role.account_id)
    outcome = decide_trust(
        _request(signed, needed, account),
        _policy(role.assume_role_policy_document, "trust", "trust"),
        identity=_identity(signed.sign_in),
        boundary=_boundary(signed.sign_in),
    )
    is_own_role = account == signed.sign_in.account
    _settle(signed, needed, outcome, denials.for_trust if is_own_role else denials.for_role)


def cannot_assume(signed: SignedCall, needed: Needed) -> RefusedError:
    """Return what is said where there is no such role: the same as where one does not trust."""
    return RefusedError(denials.refusal(signed, denials.plain(signed.sign_in, needed)))


def _decide_key(
    signed: SignedCall, needed: Needed, document: str, *, same_account: bool
) -> Outcome:
    return decide_key(
        _request(signed, needed, signed.sign_in.account),
        identity=_identity(signed.sign_in),
        key=_policy(document, "key", "resource"),
        boundary=_boundary(signed.sign_in),
        same_account=same_account,
    )


def _settle(
    signed: SignedCall, needed: Needed, outcome: Outcome, words: denials.DenialWords
) -> None:
    refusal = _refusal(signed, needed, outcome, words)
    if refusal is not None:
        raise RefusedError(refusal)


def _refusal(
    signed: SignedCall, needed: Needed, outcome: Outcome, words: denials.DenialWords
) -> Refusal | None:
    account = signed.sign_in.account
    request = _request(signed, needed, account)
    no = organization_refuses(request, account, signed.ledger)
    if no is not None:
        return denials.refusal(signed, denials.by_organization(signed.sign_in, needed, no))
    if outcome.decision is not Decision.ALLOWED:
        return denials.refusal(signed, words(signed.sign_in, needed, outcome))
    if not _session_policy_allows(signed, needed):
        return denials.refusal(signed, denials.no_session_policy(signed.sign_in, needed))
    return None


def _session_policy_allows(signed: SignedCall, needed: Needed) -> bool:
    """Return whether the policy given with AssumeRole, if one was, leaves the action in."""
    stored = signed.sign_in.session_policy
    if stored is None:
        return True
    outcome = decide_same_account(
        _request(signed, needed, signed.sign_in.account),
        identity=(_stored(stored, "session", "identity"),),
        resource=None,
        boundary=None,
    )
    return outcome.decision is Decision.ALLOWED


def _request(signed: SignedCall, needed: Needed, owner: str) -> Request:
    keys = {**signed.keys, **needed.keys, "aws:ResourceAccount": owner}
    if needed.service == "s3":
        keys["s3:ResourceAccount"] = owner
    return Request(needed.action, needed.resource, _caller(signed.sign_in), Context.known(keys))


def _caller(sign_in: SignIn) -> Requester:
    if sign_in.is_session:
        return Requester.role_session(
            sign_in.principal_arn, sign_in.unique_id, sign_in.session_name
        )
    return Requester.user(sign_in.principal_arn, sign_in.unique_id)


def _identity(sign_in: SignIn) -> tuple[Policy, ...]:
    return tuple(_stored(stored, "identity", "identity") for stored in sign_in.policies)


def _boundary(sign_in: SignIn) -> Policy | None:
    stored = sign_in.boundary
    return _stored(stored, "boundary", "boundary") if stored is not None else None


def _stored(stored: StoredPolicy, source: str, kind: PolicyKind) -> Policy:
    return _policy(stored.document, f"{source}:{stored.name}", kind)


@functools.lru_cache(maxsize=256)
def _policy(document: str, source: str, kind: PolicyKind) -> Policy:
    """Read a policy, once for the many requests that are decided by it."""
    return parse_policy(json.loads(document), source, kind)
