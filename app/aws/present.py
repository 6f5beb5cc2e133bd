"""What AWS has now where a change acts, read for comparing before and after a write.

The answer has the form of the change's ``before`` and ``after`` (``app.core.change``). Source:
IAM, AWS KMS and Amazon S3 API References, the actions of the same names. IAM finds a role by its
name, whatever the case and path: where that is another role than the target, the value says so,
so that it equals neither side of the change.
"""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, Final, TypeVar

from app.aws.calls import Calls
from app.aws.policy_facts import NO_SUCH_ENTITY
from app.aws.stored_documents import stored_document
from app.core.change import Change, ChangeKind
from app.core.changes.aws_call import MADE_BY_TAG, name_in
from app.core.changes.bucket_policy import bucket_in
from app.core.changes.kinds import typed
from app.core.changes.sides import (
    ChangeSettings,
    DocumentVersion,
    Grant,
    InlinePolicy,
    PolicyReference,
    StoredDocument,
    Tags,
    TypedChange,
)
from app.core.failure import AwsFailure
from app.flow.ports.aws import Present

if TYPE_CHECKING:
    from mypy_boto3_iam.type_defs import PolicyTypeDef, RoleTypeDef

T = TypeVar("T")

_NOT_THERE: Final = (NO_SUCH_ENTITY, "NotFoundException", "NoSuchBucketPolicy", "NoSuchBucket")


async def read_present(calls: Calls, change: Change) -> Present | AwsFailure:
    """Return what AWS has where ``change`` acts; None as the value where there is nothing."""
    return await _READERS[change.kind](calls, typed(change))


async def _ask(calls: Calls, action: str, work: Callable[[], T]) -> T | AwsFailure | None:
    """Return what ``work`` returns, None where AWS has no such thing, or why it failed."""
    answer = await calls.run(action, work)
    if isinstance(answer, AwsFailure) and answer.code in _NOT_THERE:
        return None
    return answer


async def _role(
    calls: Calls, arn: str, *, only_this_one: bool = False
) -> "RoleTypeDef | Present | AwsFailure":
    """Return the role ``arn``, else what is told in its place.

    With ``only_this_one`` another role of the same name is told as nothing: a deletion wants no
    more than that the target itself is gone.
    """
    name = name_in(arn)
    role = await _ask(
        calls, "iam:GetRole", lambda: calls.clients.iam().get_role(RoleName=name)["Role"]
    )
    if role is None or isinstance(role, AwsFailure):
        return role or Present(None)
    if role["Arn"] == arn:
        return role
    return Present(None if only_this_one else {"arn": role["Arn"]})


async def _trust(
    calls: Calls, change: TypedChange[StoredDocument], *, only_this_one: bool = False
) -> Present | AwsFailure:
    role = await _role(calls, change.target, only_this_one=only_this_one)
    if isinstance(role, Present | AwsFailure):
        return role
    settings = _role_settings(role).to_json() if only_this_one else None
    return Present(role.get("AssumeRolePolicyDocument"), None, _is_tagged(role), settings)


def _role_settings(role: "RoleTypeDef") -> ChangeSettings:
    return ChangeSettings(
        description=role.get("Description"),
        tags=_tags_of(role),
        permissions_boundary=role.get("PermissionsBoundary", {}).get("PermissionsBoundaryArn"),
        max_session_duration=role.get("MaxSessionDuration"),
    )


async def _boundary(calls: Calls, change: TypedChange[PolicyReference]) -> Present | AwsFailure:
    role = await _role(calls, change.target)
    if isinstance(role, Present | AwsFailure):
        return role
    arn = role.get("PermissionsBoundary", {}).get("PermissionsBoundaryArn")
    return Present(PolicyReference(arn).to_json() if arn else None)


async def _tags(calls: Calls, change: TypedChange[Tags]) -> Present | AwsFailure:
    role = await _role(calls, change.target)
    if isinstance(role, Present | AwsFailure):
        return role
    keys = {key for side in (change.before, change.after) if side for key in side.values}
    tags = {tag["Key"]: tag["Value"] for tag in role.get("Tags", ()) if tag["Key"] in keys}
    return Present(Tags(tags).to_json())


async def _attachment(
    calls: Calls, change: TypedChange[PolicyReference], *, only_this_one: bool = False
) -> Present | AwsFailure:
    role = await _role(calls, change.target, only_this_one=only_this_one)
    if isinstance(role, Present | AwsFailure):
        return role
    attached = await _ask(
        calls,
        "iam:ListAttachedRolePolicies",
        lambda: (
            calls.clients.iam()
            .get_paginator("list_attached_role_policies")
            .paginate(RoleName=role["RoleName"])
            .build_full_result()["AttachedPolicies"]
        ),
    )
    if isinstance(attached, AwsFailure):
        return attached
    is_there = any(policy["PolicyArn"] == change.subject.arn for policy in attached or ())
    return Present(change.subject.to_json() if is_there else None)


async def _inline(calls: Calls, change: TypedChange[InlinePolicy]) -> Present | AwsFailure:
    name = change.subject.name
    role = await _role(calls, change.target)
    if isinstance(role, Present | AwsFailure):
        return role
    answer = await _ask(
        calls,
        "iam:GetRolePolicy",
        lambda: calls.clients.iam().get_role_policy(RoleName=role["RoleName"], PolicyName=name),
    )
    if answer is None or isinstance(answer, AwsFailure):
        return answer or Present(None)
    return Present(InlinePolicy(name, answer["PolicyDocument"]).to_json())


async def _default(
    calls: Calls, change: TypedChange[Any], *, deleted: bool = False
) -> Present | AwsFailure:
    """Return the policy's default version: its document, and its id beside it."""
    policy = await _ask(
        calls,
        "iam:GetPolicy",
        lambda: calls.clients.iam().get_policy(PolicyArn=change.target)["Policy"],
    )
    if policy is None or isinstance(policy, AwsFailure):
        return policy or Present(None)
    version = policy["DefaultVersionId"]
    document = await _document(calls, change.target, version)
    if isinstance(document, AwsFailure):
        return document
    settings = ChangeSettings(description=policy.get("Description"), tags=_tags_of(policy))
    return Present(document, version, _is_tagged(policy), settings.to_json() if deleted else None)


def _is_tagged(thing: "RoleTypeDef | PolicyTypeDef") -> bool:
    return MADE_BY_TAG in _tags_of(thing)


def _tags_of(thing: "RoleTypeDef | PolicyTypeDef") -> dict[str, str]:
    return {tag["Key"]: tag["Value"] for tag in thing.get("Tags", ())}


async def _document(calls: Calls, arn: str, version: str) -> object:
    """Return the document of one version, None where there is none, or why it failed."""
    return await _ask(
        calls,
        "iam:GetPolicyVersion",
        lambda: (
            calls.clients.iam()
            .get_policy_version(PolicyArn=arn, VersionId=version)["PolicyVersion"]
            .get("Document")
        ),
    )


async def _default_version(
    calls: Calls, change: TypedChange[DocumentVersion]
) -> Present | AwsFailure:
    default = await _default(calls, change)
    if isinstance(default, AwsFailure) or default.version is None:
        return default
    side = DocumentVersion(default.version, default.value)
    return Present(side.to_json(), default.version)


async def _version(calls: Calls, change: TypedChange[DocumentVersion]) -> Present | AwsFailure:
    version = change.subject.version
    document = await _document(calls, change.target, version)
    if document is None or isinstance(document, AwsFailure):
        return document or Present(None)
    return Present(DocumentVersion(version, document).to_json())


async def _key_policy(calls: Calls, change: TypedChange[StoredDocument]) -> Present | AwsFailure:
    region = change.target.split(":")[3]
    text = await _ask(
        calls,
        "kms:GetKeyPolicy",
        lambda: calls.clients.kms(region).get_key_policy(KeyId=change.target, PolicyName="default")[
            "Policy"
        ],
    )
    if text is None or isinstance(text, AwsFailure):
        return text or Present(None)
    return Present(stored_document(text))


async def _bucket_policy(calls: Calls, change: TypedChange[StoredDocument]) -> Present | AwsFailure:
    # What is asked is the policy that the change's own request would put or delete.
    named, region = bucket_in(change.target), change.settings.region or "us-east-1"
    owner = {"ExpectedBucketOwner": change.settings.owner} if change.settings.owner else {}
    text = await _ask(
        calls,
        "s3:GetBucketPolicy",
        lambda: calls.clients.s3(region).get_bucket_policy(Bucket=named, **owner)["Policy"],
    )
    if text is None or isinstance(text, AwsFailure):
        return text or Present(None)
    return Present(stored_document(text))


async def _grant(calls: Calls, change: TypedChange[Grant]) -> Present | AwsFailure:
    region = change.target.split(":")[3]
    grants = await _ask(
        calls,
        "kms:ListGrants",
        lambda: calls.clients.kms(region).list_grants(
            KeyId=change.target, GrantId=change.subject.id
        )["Grants"],
    )
    if grants is None or isinstance(grants, AwsFailure):
        return grants or Present(None)
    same = (grant for grant in grants if grant.get("GrantId") == change.subject.id)
    sides = (
        Grant(
            grant.get("GrantId", ""),
            grant.get("GranteePrincipal", ""),
            tuple(map(str, grant.get("Operations", ()))),
        )
        for grant in same
    )
    return Present(next((side.to_json() for side in sides), None))


PresentReader = Callable[[Calls, TypedChange[Any]], Awaitable[Present | AwsFailure]]

_READERS: Final[Mapping[ChangeKind, PresentReader]] = {
    ChangeKind.CREATE_ROLE: _trust,
    ChangeKind.UPDATE_TRUST_POLICY: _trust,
    ChangeKind.DELETE_ROLE: partial(_trust, only_this_one=True),
    ChangeKind.CREATE_POLICY: _default,
    ChangeKind.CREATE_POLICY_VERSION: _default,
    ChangeKind.DELETE_POLICY: partial(_default, deleted=True),
    ChangeKind.DELETE_POLICY_VERSION: _version,
    ChangeKind.SET_DEFAULT_POLICY_VERSION: _default_version,
    ChangeKind.ATTACH_POLICY: _attachment,
    ChangeKind.DETACH_POLICY: partial(_attachment, only_this_one=True),
    ChangeKind.SET_PERMISSIONS_BOUNDARY: _boundary,
    ChangeKind.TAG_ROLE: _tags,
    ChangeKind.PUT_ROLE_POLICY: _inline,
    ChangeKind.PUT_KEY_POLICY: _key_policy,
    ChangeKind.PUT_BUCKET_POLICY: _bucket_policy,
    ChangeKind.REVOKE_GRANT: _grant,
}
