"""IAM of the practice AWS: who may change what, and what AWS would not have taken.

Source: IAM API Reference, and IAM User Guide, "IAM and AWS STS quotas". Imports moto through
``identities``, so it is imported only once the practice AWS starts.
"""

import re
from collections.abc import Callable, Mapping
from typing import Final
from urllib.parse import urlencode

from app.core.documents.policy_size import (
    INLINE_POLICIES,
    MANAGED_POLICY_LIMIT,
    TRUST_POLICY_LIMIT,
)
from app.practice import authority, documents, identities, orphans, seed, simulator
from app.practice.exchange import HttpAnswer
from app.practice.iam_calls import needed_for
from app.practice.refusal import refuse
from app.practice.visit import SignedCall

Form = Mapping[str, str]

_POLICIES_PER_ROLE: Final = 10
MOST_TAGS: Final = 50
_NAMESPACE: Final = "https://iam.amazonaws.com/doc/2010-05-08/"
_TEXTS: Final = (
    (re.compile(r"Role ([^<\s]+) not found"), r"The role with name \1 cannot be found."),
    (re.compile(r"Policy (arn:[^<\s]+) not found"), r"Policy \1 was not found."),
    (re.compile(r"User ([^<\s]+) not found"), r"The user with name \1 cannot be found."),
)
"""What moto says, and what AWS says instead."""


def serve(signed: SignedCall) -> HttpAnswer:
    """Answer one request to IAM.

    Raises ``RefusedError`` where AWS would refuse it.
    """
    form = _with_stored_name(signed.call.form, signed.sign_in.account)
    action = form.get("Action", "")
    if action == "SimulatePrincipalPolicy":
        return simulator.serve(signed, form)
    if action.startswith("Simulate"):
        raise signed.not_offered(f"iam:{action}")
    account = signed.sign_in.account
    authority.require(signed, needed_for(action, form, account, signed.sign_in.name))
    check = _CHECKS.get(action)
    if check is not None:
        check(form, account)
    if action == "UpdateAssumeRolePolicy":
        return _update_trust(form, account)
    return _passed_on(signed, action, form)


def _passed_on(signed: SignedCall, action: str, form: Form) -> HttpAnswer:
    account = signed.sign_in.account
    if action == "GetRole":
        _tell_last_use(signed, form)
    gone = orphans.about_to_go(action, form, account)
    answer = signed.pass_on(urlencode(form).encode())
    if answer.ok and gone is not None:
        orphans.replace_principal(*gone, signed.ledger)
    if answer.ok and action.startswith("Attach"):
        _count_attachments(form, account)
    if answer.ok and action == "CreateUser":
        return _with_user_id(answer, form, account)
    if answer.ok and action == "CreateRole":
        answer = _made_at_the_request(signed, answer, form)
    return _to_the_second(answer) if answer.ok else _in_aws_words(answer)


def _made_at_the_request(signed: SignedCall, answer: HttpAnswer, form: Form) -> HttpAnswer:
    """Let the role be as old as its event in CloudTrail; moto looks at its own clock, later."""
    role = identities.find_role(signed.sign_in.account, form.get("RoleName", ""))
    if role is not None:
        role.create_date = signed.now
    made = f"<CreateDate>{signed.now:%Y-%m-%dT%H:%M:%SZ}</CreateDate>".encode()
    return answer.with_body(re.sub(rb"<CreateDate>[^<]*</CreateDate>", made, answer.body))


def _to_the_second(answer: HttpAnswer) -> HttpAnswer:
    """Return ``answer`` with times in whole seconds, as IAM tells them."""
    return answer.with_body(re.sub(rb"(T\d\d:\d\d:\d\d)\.\d+Z<", rb"\1Z<", answer.body))


def _tell_last_use(signed: SignedCall, form: Form) -> None:
    """Let moto answer when the role was last used, as far as that shows by now."""
    role = identities.find_role(signed.sign_in.account, form.get("RoleName", ""))
    if role is not None:
        delay = signed.ledger.pace.last_use_after
        use = signed.ledger.last_uses.shown(role.id, signed.now, delay)
        role.last_used = use.at.replace(microsecond=0) if use is not None else None
        vars(role)["last_used_region"] = use.region if use is not None else None


def _with_stored_name(form: Form, account: str) -> Form:
    """Name the role as it is stored: IAM finds a role whatever the case of the letters."""
    name = form.get("RoleName", "")
    role = identities.find_role(account, name) if name else None
    if role is None or form.get("Action") == "CreateRole":
        return form
    return {**form, "RoleName": role.name}


def _with_user_id(answer: HttpAnswer, form: Form, account: str) -> HttpAnswer:
    user = identities.backend(account).users[form["UserName"]]
    old, user.id = user.id, seed.new_user_id()
    return answer.with_body(answer.body.replace(old.encode(), user.id.encode()))


def _in_aws_words(answer: HttpAnswer) -> HttpAnswer:
    text = answer.body.decode()
    for pattern, words in _TEXTS:
        text = pattern.sub(words, text)
    return answer.with_body(text.encode())


def _update_trust(form: Form, account: str) -> HttpAnswer:
    """Store the trust policy; moto's own check would refuse documents that AWS takes."""
    role = identities.find_role(account, form.get("RoleName", ""))
    if role is None:
        sentence = f"The role with name {form.get('RoleName')} cannot be found."
        raise refuse("NoSuchEntity", sentence, 404)
    _check_trust(form["PolicyDocument"])
    role.assume_role_policy_document = form["PolicyDocument"]
    body = (
        f'<UpdateAssumeRolePolicyResponse xmlns="{_NAMESPACE}"><ResponseMetadata>'
        "<RequestId>practice</RequestId></ResponseMetadata></UpdateAssumeRolePolicyResponse>"
    )
    return HttpAnswer(200, (("Content-Type", "text/xml"),)).with_body(body.encode())


def _check_trust(document: str) -> None:
    documents.check_trust(document)
    if _size(document) > TRUST_POLICY_LIMIT:
        raise _limit("ACLSizePerRole", TRUST_POLICY_LIMIT)


def _create_role(form: Form, account: str) -> None:
    name = form.get("RoleName", "")
    if identities.find_role(account, name) is not None:
        raise refuse("EntityAlreadyExists", f"Role with name {name} already exists.", 409)
    _check_trust(form.get("AssumeRolePolicyDocument", ""))
    if form.get("PermissionsBoundary"):
        _boundary(form, account)


def _create_policy(form: Form, account: str) -> None:
    name = form.get("PolicyName", "")
    if identities.find_policy_by_name(account, name) is not None:
        sentence = f"A policy called {name} already exists. Duplicate names are not allowed."
        raise refuse("EntityAlreadyExists", sentence, 409)
    _identity_policy(form, account)


def _identity_policy(form: Form, _account: str) -> None:
    document = form.get("PolicyDocument", "")
    documents.check_identity(document)
    if _size(document) > MANAGED_POLICY_LIMIT:
        raise _limit("PolicySize", MANAGED_POLICY_LIMIT)


def _inline_policy(form: Form, account: str) -> None:
    documents.check_identity(form.get("PolicyDocument", ""))
    role = identities.find_role(account, form.get("RoleName", ""))
    if role is None:
        return
    others = (text for name, text in role.policies.items() if name != form.get("PolicyName"))
    if sum(map(_size, (form.get("PolicyDocument", ""), *others))) > INLINE_POLICIES.figure:
        sentence = (
            f"Maximum policy size of {INLINE_POLICIES.figure} bytes exceeded for role {role.name}"
        )
        raise refuse("LimitExceeded", sentence, 409)


def _tags(form: Form, account: str) -> None:
    role = identities.find_role(account, form.get("RoleName", ""))
    before = {tag["Key"] for tag in role.tags} if role is not None else set()
    if len(before | set(_tag_keys(form))) > MOST_TAGS:
        raise _limit("TagsPerRole", MOST_TAGS)


def _tag_keys(form: Form) -> list[str]:
    return [text for name, text in form.items() if re.fullmatch(r"Tags\.member\.\d+\.Key", name)]


def _attach(form: Form, account: str) -> None:
    role = identities.find_role(account, form.get("RoleName", ""))
    if role is None or form.get("PolicyArn") in role.managed_policies:
        return
    if len(role.managed_policies) >= _POLICIES_PER_ROLE:
        raise _limit("PoliciesPerRole", _POLICIES_PER_ROLE)


def _count_attachments(form: Form, account: str) -> None:
    """Count where the policy is attached: moto counts a call that changed nothing as well."""
    policy = identities.find_managed_policy(account, form.get("PolicyArn", ""))
    store = identities.backend(account)
    if policy is not None:
        owned = (
            owner.managed_policies
            for owners in (store.roles, store.users, store.groups)
            for owner in owners.values()
        )
        policy.attachment_count = sum(policy.arn in policies for policies in owned)


def _boundary(form: Form, account: str) -> None:
    arn = form.get("PermissionsBoundary", "")
    if identities.find_managed_policy(account, arn) is None:
        sentence = f"Scope ARN: {arn} does not exist or is not attachable."
        raise refuse("NoSuchEntity", sentence, 404)


def _delete_policy(form: Form, account: str) -> None:
    policy = identities.find_managed_policy(account, form.get("PolicyArn", ""))
    if policy is None:
        return
    if policy.attachment_count > 0 or _is_boundary(str(policy.arn), account):
        raise refuse("DeleteConflict", "Cannot delete a policy attached to entities.", 409)
    if len(policy.versions) > 1:
        sentence = (
            "This policy has more than one version. Before you delete a policy, you must delete "
            "the policy's versions. The default version is deleted with the policy."
        )
        raise refuse("DeleteConflict", sentence, 409)


def _is_boundary(arn: str, account: str) -> bool:
    roles = identities.backend(account).roles.values()
    return any(role.permissions_boundary_arn == arn for role in roles)


def _version(form: Form, account: str) -> None:
    """Say which version is not there; moto speaks of the policy."""
    arn, version_id = form.get("PolicyArn", ""), form.get("VersionId", "")
    policy = identities.find_managed_policy(account, arn)
    version_ids = (
        [version.version_id for version in policy.versions] if policy is not None else [version_id]
    )
    if version_id not in version_ids:
        sentence = f"Policy {arn} version {version_id} does not exist or is not attachable."
        raise refuse("NoSuchEntity", sentence, 404)


def _size(document: str) -> int:
    return sum(1 for char in document if not char.isspace())


def _limit(quota: str, most: int) -> Exception:
    return refuse("LimitExceeded", f"Cannot exceed quota for {quota}: {most}", 409)


_CHECKS: Final[dict[str, Callable[[Form, str], None]]] = {
    "AttachRolePolicy": _attach,
    "CreatePolicy": _create_policy,
    "CreatePolicyVersion": _identity_policy,
    "CreateRole": _create_role,
    "DeletePolicy": _delete_policy,
    "DeletePolicyVersion": _version,
    "GetPolicyVersion": _version,
    "SetDefaultPolicyVersion": _version,
    "PutRolePermissionsBoundary": _boundary,
    "PutRolePolicy": _inline_policy,
    "TagRole": _tags,
    "PutUserPolicy": _inline_policy,
}
