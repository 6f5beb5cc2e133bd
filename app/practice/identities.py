"""The users, roles and sessions that moto keeps, looked up as AWS would look them up.

Imports moto, so it is imported only once the practice AWS starts.
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC

from moto.iam.models import AccessKey, Group, IAMBackend, ManagedPolicy, Role, User, iam_backends
from moto.sts.models import AssumedRole, sts_backends

from app.practice.account import ACCOUNT_ID, ADMIN_USER
from app.practice.console_sessions import IssuedKeys
from app.practice.ledger import Ledger
from app.practice.sign_in import SignIn, StoredPolicy

_PARTITION = "aws"


def backend(account: str) -> IAMBackend:
    """Return moto's IAM of ``account``."""
    return iam_backends[account][_PARTITION]


def known_accounts() -> tuple[str, ...]:
    """Return the accounts in which somebody or something has been made."""
    return tuple(
        account
        for account, regions in list(iam_backends.items())
        if regions[_PARTITION].users or regions[_PARTITION].roles
    )


def find_role(account: str, name: str) -> Role | None:
    """Return the role ``name`` of ``account``; AWS finds it whatever the case of the letters."""
    for role in backend(account).roles.values():
        if role.name.lower() == name.lower():
            return role
    return None


def find_role_by_arn(arn: str) -> Role | None:
    """Return the role with exactly this ARN, its path and case included."""
    account = arn.split(":")[4] if arn.count(":") >= 5 else ""
    if not account.isdigit() or account not in iam_backends:
        return None
    roles = backend(account).roles.values()
    return next((role for role in roles if role.arn == arn), None)


def find_user_by_arn(arn: str) -> User | None:
    """Return the user with exactly this ARN."""
    account = arn.split(":")[4] if arn.count(":") >= 5 else ""
    if not account.isdigit() or account not in iam_backends:
        return None
    users = backend(account).users.values()
    return next((user for user in users if user.arn == arn), None)


def find_managed_policy(account: str, arn: str) -> ManagedPolicy | None:
    """Return the managed policy ``arn`` as ``account`` sees it."""
    return backend(account).managed_policies.get(arn)


def find_policy_by_name(account: str, name: str) -> ManagedPolicy | None:
    """Return the account's own policy called ``name``, whatever the case of the letters."""
    for policy in backend(account).managed_policies.values():
        if policy.name.lower() == name.lower() and ":iam::aws:" not in policy.arn:
            return policy
    return None


def find_sign_in(access_key_id: str, ledger: Ledger) -> SignIn | None:
    """Return who has ``access_key_id``: a user, or a role's session; None where nobody has.

    An inactive key and a session whose role was deleted belong to nobody any more.
    """
    for account, regions in list(iam_backends.items()):
        key = regions[_PARTITION].access_keys.get(access_key_id)
        if key is not None and key.user_name is not None:
            return _user_sign_in(account, key)
    opened = ledger.console.keys.get(access_key_id)
    if opened is not None:
        return _console_sign_in(access_key_id, opened)
    for account, sessions in list(sts_backends.items()):
        session = sessions[_PARTITION].get_assumed_role_from_access_key(access_key_id)
        if session is not None:
            return _session_sign_in(account, session, ledger)
    return None


def _user_sign_in(account: str, key: AccessKey) -> SignIn | None:
    user = backend(account).users.get(key.user_name or "")
    if user is None or key.status != "Active" or key not in user.access_keys:
        return None
    return _of_user(account, user, key.access_key_id, key.secret_access_key)


def _of_user(account: str, user: User, access_key_id: str, secret_access_key: str) -> SignIn:
    return SignIn(
        access_key_id=access_key_id,
        secret_access_key=secret_access_key,
        account=account,
        arn=user.arn,
        principal_arn=user.arn,
        unique_id=user.id,
        name=user.name,
        policies=user_policies(account, user),
    )


def _console_sign_in(access_key_id: str, keys: IssuedKeys) -> SignIn | None:
    """Return the administrator by what a sign-in as for the AWS console gave."""
    user = backend(ACCOUNT_ID).users.get(ADMIN_USER)
    if user is None:
        return None
    sign_in = _of_user(ACCOUNT_ID, user, access_key_id, keys.secret_access_key)
    return replace(
        sign_in, session_token=keys.session_token, issued=keys.issued, expires=keys.expires
    )


def _session_sign_in(account: str, session: AssumedRole, ledger: Ledger) -> SignIn | None:
    role = find_role_by_arn(session.role_arn)
    opened = ledger.sessions.get(session.access_key_id)
    if role is None or opened is None or opened.role_id != role.id:
        return None
    policy = session.policy
    return SignIn(
        access_key_id=session.access_key_id,
        secret_access_key=session.secret_access_key,
        account=account,
        arn=session.arn,
        principal_arn=role.arn,
        unique_id=role.id,
        name=role.name,
        session_name=session.session_name,
        session_token=session.session_token,
        issued=opened.issued,
        expires=session.expiration.replace(tzinfo=UTC),
        policies=tuple(_policies_of(role)),
        boundary=_boundary_of(account, role),
        session_policy=StoredPolicy("session policy", policy) if policy else None,
        opened_by=opened.opened_by,
    )


def role_policies(account: str, role: Role) -> tuple[tuple[StoredPolicy, ...], StoredPolicy | None]:
    """Return the policies of ``role``, and its permissions boundary or None."""
    return tuple(_policies_of(role)), _boundary_of(account, role)


def user_policies(account: str, user: User) -> tuple[StoredPolicy, ...]:
    """Return the policies of ``user``, those of its groups among them."""
    return (*_policies_of(user), *_policies_of_groups(account, user))


def _policies_of(owner: Role | User | Group) -> Iterator[StoredPolicy]:
    for managed in owner.managed_policies.values():
        yield StoredPolicy(managed.arn, default_document(managed))
    for name, document in owner.policies.items():
        yield StoredPolicy(name, document)


def _policies_of_groups(account: str, user: User) -> Iterator[StoredPolicy]:
    for group in backend(account).get_groups_for_user(user.name):
        yield from _policies_of(group)


def _boundary_of(account: str, role: Role) -> StoredPolicy | None:
    arn = role.permissions_boundary_arn
    if not arn:
        return None
    policy = find_managed_policy(account, arn)
    # A boundary whose policy is gone allows nothing.
    document = default_document(policy) if policy is not None else _NOTHING
    return StoredPolicy(arn, document)


_NOTHING = json.dumps({"Version": "2012-10-17", "Statement": []})


def default_document(policy: ManagedPolicy) -> str:
    """Return the document of the policy's default version."""
    for version in policy.versions:
        if version.version_id == policy.default_version_id:
            return str(version.document)
    return _NOTHING
