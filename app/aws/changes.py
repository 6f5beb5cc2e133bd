"""Making one change in AWS: sending the requests that ``app.core.changes.requests`` tells.

Each request is sent once: after a lost answer a second attempt would meet what the first one
made.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

from app.aws.calls import Calls
from app.aws.clients import Clients
from app.core.change import Change
from app.core.changes.aws_call import AwsCall
from app.core.changes.requests import calls_of, makes_something
from app.core.failure import AwsFailure
from app.flow.ports.aws import Made

_REFUSED: Final = ("AccessDenied", "AccessDeniedException")

_METHODS: Final[Mapping[str, str]] = {
    "AttachRolePolicy": "attach_role_policy",
    "CreatePolicy": "create_policy",
    "CreatePolicyVersion": "create_policy_version",
    "CreateRole": "create_role",
    "DeletePolicy": "delete_policy",
    "DeletePolicyVersion": "delete_policy_version",
    "DeleteBucketPolicy": "delete_bucket_policy",
    "DeleteRole": "delete_role",
    "DeleteRolePermissionsBoundary": "delete_role_permissions_boundary",
    "DeleteRolePolicy": "delete_role_policy",
    "DetachRolePolicy": "detach_role_policy",
    "PutBucketPolicy": "put_bucket_policy",
    "PutKeyPolicy": "put_key_policy",
    "PutRolePermissionsBoundary": "put_role_permissions_boundary",
    "PutRolePolicy": "put_role_policy",
    "RevokeGrant": "revoke_grant",
    "SetDefaultPolicyVersion": "set_default_policy_version",
    "TagRole": "tag_role",
    "UntagRole": "untag_role",
    "UpdateAssumeRolePolicy": "update_assume_role_policy",
}
"""botocore's name of each operation that this program ever sends; there is no other."""


async def make_change(calls: Calls, change: Change) -> Made | AwsFailure:
    """Make ``change``; return what AWS confirmed, or why it did not."""
    if makes_something(change):
        return await _create(calls, change)
    version = None
    for number, call in enumerate(calls_of(change)):
        answer = await _send(calls, call)
        if isinstance(answer, AwsFailure):
            # Of two requests the first one is in effect already, whatever became of this one.
            return replace(answer, took_effect_unknown=answer.took_effect_unknown or number > 0)
        version = _version_in(answer)
    return Made(version)


async def _create(calls: Calls, change: Change) -> Made | AwsFailure:
    """Create with our tag, or without where the sign-in may create but not tag."""
    (call,) = calls_of(change)
    answer = await _send(calls, call)
    tagged = True
    if isinstance(answer, AwsFailure) and _tagging_refused(answer):
        tagged = False
        (call,) = calls_of(change, tagged=False)
        answer = await _send(calls, call)
    return answer if isinstance(answer, AwsFailure) else Made(_version_in(answer), tagged)


def _tagging_refused(failure: AwsFailure) -> bool:
    return failure.code in _REFUSED and "iam:Tag" in failure.message


async def _send(calls: Calls, call: AwsCall) -> Mapping[str, Any] | AwsFailure:
    action = f"{call.service}:{call.operation}"
    return await calls.run(action, lambda: _method(calls.clients, call)(**call.parameters))


def _method(clients: Clients, call: AwsCall) -> Callable[..., Mapping[str, Any]]:
    method: Callable[..., Mapping[str, Any]] = getattr(
        _client(clients, call), _METHODS[call.operation]
    )
    return method


def _client(clients: Clients, call: AwsCall) -> object:
    if call.region is None:
        return clients.iam(changing=True)
    if call.service == "s3":
        return clients.s3(call.region, changing=True)
    return clients.kms(call.region, changing=True)


def _version_in(answer: Mapping[str, Any]) -> str | None:
    """Return the version that was made, of a policy or of one of its versions."""
    if "PolicyVersion" in answer:
        return str(answer["PolicyVersion"]["VersionId"])
    return str(answer["Policy"]["DefaultVersionId"]) if "Policy" in answer else None
