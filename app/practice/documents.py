"""Policy documents that AWS would not store, refused in the words of IAM, S3 and KMS.

What is wrong with a document is told by the program's own reader; whether the users and roles
that it names are there is looked up. Sources: IAM User Guide, "AWS JSON policy elements:
Principal", and public transcripts of IAM's MalformedPolicyDocument, S3's MalformedPolicy and
KMS's MalformedPolicyDocumentException. Imports moto through ``identities``.
"""

import json
import re
from collections.abc import Callable, Iterator
from typing import Final

from app.core.documents.policy_size import BUCKET_POLICY, KEY_POLICY
from app.core.iam.document_faults import DocumentFault
from app.core.iam.elements import PolicyKind
from app.core.iam.policies import Policy, parse_policy
from app.core.iam.principals import is_orphan
from app.practice import identities
from app.practice.refusal import RefusedError, refuse

_SYNTAX: Final = "Syntax errors in policy."
_VENDOR: Final = "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc."
_UNIQUE_SIDS: Final = "Statement IDs (SID) in a single policy must be unique."
_KEY_PRINCIPALS: Final = "Policy contains a statement with one or more invalid principals."


def check_trust(document: str) -> None:
    """Check a role's trust policy.

    Raises ``RefusedError`` with IAM's words.
    """
    policy = _read(document, "trust", _iam("This policy contains invalid Json"))
    for fault in policy.faults:
        raise _iam(_trust_words(fault))
    for name in _named(policy):
        if not _is_there(name):
            raise _iam(f'Invalid principal in policy: "AWS":"{name}"')


def check_identity(document: str) -> None:
    """Check a policy for attaching to a role or user; moto checks the rest.

    Raises ``RefusedError`` with IAM's words.
    """
    policy = _read(document, "identity", _iam(_SYNTAX))
    for fault in policy.faults:
        raise _iam(_identity_words(fault))


def check_bucket(document: str, bucket: str) -> None:
    """Check a bucket policy.

    Raises ``RefusedError`` with S3's words.
    """
    if len(document.encode()) > BUCKET_POLICY.figure:
        raise _s3("Policy exceeds the maximum allowed document size.")
    not_json = "Policies must be valid JSON and the first byte must be '{'"
    policy = _read(document, "resource", _s3(not_json))
    for fault in policy.faults:
        if fault.code != "sid-repeated":
            raise _s3(_bucket_words(fault))
    if not all(_is_there(name) for name in _named(policy)):
        raise _s3("Invalid principal in policy")
    for statement in policy.statements:
        _check_bucket_statement(statement.raw, bucket)


def check_key(document: str) -> None:
    """Check a key policy.

    Raises ``RefusedError`` with KMS's words.
    """
    if len(document.encode()) > KEY_POLICY.figure:
        raise refuse("LimitExceededException", "The key policy is too long.", 400)
    policy = _read(document, "resource", _kms("Policy contains invalid JSON."))
    for fault in policy.faults:
        if fault.element == "Principal" and fault.code == "value-malformed":
            raise _kms(_KEY_PRINCIPALS)
        if fault.code != "sid-repeated":
            raise _kms(_SYNTAX)
    if not all(_is_there(name) for name in _named(policy)):
        raise _kms(_KEY_PRINCIPALS)


def _read(document: str, kind: PolicyKind, not_json: RefusedError) -> Policy:
    try:
        content = json.loads(document)
    except ValueError:
        raise not_json from None
    if not isinstance(content, dict):
        raise not_json
    return parse_policy(content, kind, kind)


def _trust_words(fault: DocumentFault) -> str:
    if fault.code == "action-not-sts":
        return "AssumeRole policy may only specify STS AssumeRole actions."
    if fault.code == "element-not-allowed" and fault.element == "Resource":
        return "Has prohibited field Resource"
    if fault.code == "value-malformed" and fault.element == "Principal":
        return f'Invalid principal in policy: "AWS":"{fault.value}"'
    return _identity_words(fault)


def _identity_words(fault: DocumentFault) -> str:
    if fault.code == "sid-repeated":
        return _UNIQUE_SIDS
    if fault.code == "element-missing" and fault.element != "Statement":
        return f"Missing required field {fault.element}"
    if fault.code == "element-not-allowed" and fault.element == "Principal":
        return "Policy document should not specify a principal."
    if fault.code == "value-malformed" and fault.element == "Action":
        return _VENDOR
    if fault.code == "value-malformed" and fault.element == "Resource":
        return f'Resource {fault.value} must be in ARN format or "*".'
    return _SYNTAX


def _bucket_words(fault: DocumentFault) -> str:
    if fault.code == "element-missing":
        return f"Missing required field {fault.element}"
    if fault.code == "element-unknown":
        return f"Unknown field {fault.element}"
    if fault.code == "operator-unknown":
        return f"Invalid Condition type : {fault.value}"
    if fault.element == "Principal":
        return "Invalid principal in policy"
    if fault.element in {"Action", "Resource"}:
        return f"Policy has invalid {fault.element.lower()}"
    return _SYNTAX


def _check_bucket_statement(raw: object, bucket: str) -> None:
    statement = raw if isinstance(raw, dict) else {}
    actions = _texts(statement.get("Action", "*"))
    if not all(action == "*" or action.lower().startswith("s3:") for action in actions):
        raise _s3("Policy has invalid action")
    resources = _texts(statement.get("Resource", []))
    if not all(_is_in_bucket(name, bucket) for name in resources):
        raise _s3("Policy has invalid resource")


def _is_in_bucket(resource: str, bucket: str) -> bool:
    own = f"arn:aws:s3:::{bucket}"
    plain = re.split(r"[*?]", resource, maxsplit=1)[0]
    if plain == resource:
        return resource == own or resource.startswith(f"{own}/")
    return own.startswith(plain) or plain.startswith(f"{own}/")


def _texts(value: object) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list) else [str(value)]


def _named(policy: Policy) -> Iterator[str]:
    for statement in policy.statements:
        if statement.principals is not None:
            yield from statement.principals.names


def _is_there(name: str) -> bool:
    """Return whether AWS finds the principal: users and roles of the practice AWS's accounts.

    Of accounts that the practice AWS does not have, nothing is known, so they are believed.
    """
    if is_orphan(name):
        return _lives(name)
    if not name.startswith("arn:"):
        return True
    _, partition, _, _, account, resource = name.split(":", 5)
    if partition != "aws":
        return False
    find = _FINDERS.get(resource.partition("/")[0])
    return find is None or account not in identities.known_accounts() or find(name) is not None


def _lives(unique_id: str) -> bool:
    for account in identities.known_accounts():
        store = identities.backend(account)
        ids = {role.id for role in store.roles.values()}
        if unique_id in ids | {user.id for user in store.users.values()}:
            return True
    return False


_FINDERS: Final[dict[str, Callable[[str], object]]] = {
    "role": identities.find_role_by_arn,
    "user": identities.find_user_by_arn,
}


def _iam(words: str) -> RefusedError:
    return refuse("MalformedPolicyDocument", words)


def _s3(words: str) -> RefusedError:
    return refuse("MalformedPolicy", words)


def _kms(words: str) -> RefusedError:
    return refuse("MalformedPolicyDocumentException", words)
