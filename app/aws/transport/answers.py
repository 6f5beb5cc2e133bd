"""Whether an answer is AWS's own, and whole: a page of something on the way is not.

botocore reads what it can of any answer: a proxy's page with status 200 becomes an answer with
nothing in it, to a change as well, which would then count as made. Each success of AWS carries
the id of its request, and what this program reads of an answer AWS never leaves out.
"""

from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any, Final

from botocore.awsrequest import AWSResponse
from botocore.exceptions import BotoCoreError
from botocore.model import ListShape, OperationModel, Shape, StructureShape
from botocore.session import Session as CoreSession

from app.aws.transport.request_ids import request_id_of

_ALWAYS_THERE: Final[Mapping[str, tuple[str, ...]]] = {
    # STS
    "GetCallerIdentityResponse": ("Arn", "Account"),
    "AssumeRoleResponse": ("Credentials",),
    # IAM
    "GetPolicyResponse": ("Policy",),
    "CreatePolicyResponse": ("Policy",),
    "Policy": ("PolicyName", "Arn", "DefaultVersionId"),
    "GetPolicyVersionResponse": ("PolicyVersion",),
    "CreatePolicyVersionResponse": ("PolicyVersion",),
    "PolicyVersion": ("VersionId", "IsDefaultVersion"),
    "AttachedPolicy": ("PolicyName", "PolicyArn"),
    "PolicyRole": ("RoleName",),
    "PolicyUser": ("UserName",),
    "PolicyGroup": ("GroupName",),
    "ListAttachedRolePoliciesResponse": ("AttachedPolicies",),
    "ListPoliciesResponse": ("Policies",),
    "ListPolicyVersionsResponse": ("Versions",),
    "ListEntitiesForPolicyResponse": ("PolicyRoles", "PolicyUsers", "PolicyGroups"),
    "SimulatePolicyResponse": ("EvaluationResults",),
    # S3
    "GetBucketPolicyOutput": ("Policy",),
    "GetBucketOwnershipControlsOutput": ("OwnershipControls",),
    "GetBucketEncryptionOutput": ("ServerSideEncryptionConfiguration",),
    "ListObjectsV2Output": ("IsTruncated",),
    "Object": ("Key",),
    # KMS
    "DescribeKeyResponse": ("KeyMetadata",),
    "KeyMetadata": ("Arn", "AWSAccountId"),
    "GetKeyPolicyResponse": ("Policy",),
    # Identity Center
    "CreateTokenResponse": ("accessToken", "expiresIn"),
    "RegisterClientResponse": ("clientId", "clientSecret", "clientSecretExpiresAt"),
    "StartDeviceAuthorizationResponse": (
        "deviceCode",
        "userCode",
        "verificationUri",
        "expiresIn",
    ),
    "ListAccountsResponse": ("accountList",),
    "ListAccountRolesResponse": ("roleList",),
    "AccountInfo": ("accountId",),
    "RoleInfo": ("roleName",),
    "GetRoleCredentialsResponse": ("roleCredentials",),
    "RoleCredentials": ("accessKeyId", "secretAccessKey", "sessionToken", "expiration"),
}
"""What this program reads of AWS's answers, beside what botocore's models call required."""

_END_OF_TIME: Final = 253_402_300_799
"""Seconds since 1970 until the year 10000, which is no year of Python's."""
_MOST: Final[Mapping[str, int]] = {
    "expiresIn": 10**9,
    "interval": 3600,
    "clientSecretExpiresAt": _END_OF_TIME,
    "expiration": _END_OF_TIME * 1000,
}
"""Numbers of Identity Center from which times are worked out, and the largest that give one."""

_OF_ANYBODY: Final = (HTTPStatus.PROXY_AUTHENTICATION_REQUIRED, HTTPStatus.TOO_MANY_REQUESTS)
"""Status codes that say the same whoever answers, as faults (5xx) do."""


class UnreadableAnswerError(BotoCoreError):
    """Something answered that is not AWS, or AWS did not as it always does."""

    fmt = "The answer to {operation} is not one of AWS: {reason}"


def look_at_answers(core: CoreSession) -> None:
    """Let each client of ``core`` raise UnreadableAnswerError for what is no answer of AWS."""
    core.register("after-call", _look_at)  # type: ignore[arg-type]


def _look_at(
    http_response: AWSResponse, parsed: Mapping[str, Any], model: OperationModel, **_: object
) -> None:
    status = http_response.status_code
    has_id = request_id_of(parsed.get("ResponseMetadata", {})) is not None
    if status >= HTTPStatus.MULTIPLE_CHOICES:
        # An error to HEAD has no body to tell it by, and emulators of S3 give it no id.
        told = has_id or model.http.get("method") == "HEAD" or _speaks_for_itself(status, parsed)
        if not told or (not has_id and _was_no_error(http_response, parsed)):
            raise UnreadableAnswerError(operation=model.name, reason=f"status {status} of a page")
        if has_id and status == HTTPStatus.SERVICE_UNAVAILABLE:
            _name_slow_down(parsed)
        return
    lacking = next(_lacking(parsed, model.output_shape, ""), None)
    if lacking:
        raise UnreadableAnswerError(operation=model.name, reason=f"no {lacking} in it")
    if not has_id and not _has_to_hold_something(model.output_shape):
        raise UnreadableAnswerError(operation=model.name, reason="it has no id")


def _speaks_for_itself(status: int, parsed: Mapping[str, Any]) -> bool:
    """Tell whether an error has AWS's form, or a status that counts whoever answers so."""
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status in _OF_ANYBODY:
        return True
    code = str(parsed.get("Error", {}).get("Code", ""))
    return bool(code) and not code.isdecimal()


def _name_slow_down(parsed: Mapping[str, Any]) -> None:
    """Give S3's refusal of a HEAD, which has no body, the code that it has with one.

    S3's 503 asks for fewer requests (AWS re:Post knowledge center, "How do I troubleshoot HTTP
    5xx errors from Amazon S3?"; aws-sdk-java-v2 issue 5414).
    """
    error = parsed.get("Error", {})
    if error.get("Code") == str(int(HTTPStatus.SERVICE_UNAVAILABLE)):
        error["Code"] = "SlowDown"


def _was_no_error(http_response: AWSResponse, parsed: Mapping[str, Any]) -> bool:
    """Tell whether botocore alone made a fault of it: of what S3 seemed to answer and is no XML.

    An error of S3's that comes with status 200 has a code of its own.
    """
    came_with = getattr(http_response.raw, "status", http_response.status_code)
    is_made = came_with < HTTPStatus.MULTIPLE_CHOICES
    return is_made and str(parsed.get("Error", {}).get("Code", "")).isdecimal()


def _has_to_hold_something(shape: Shape | None) -> bool:
    """Tell whether no page could be read as ``shape``: S3 hands out a bucket policy as it came."""
    if not isinstance(shape, StructureShape) or not _needed(shape):
        return False
    payload = shape.serialization.get("payload")
    return payload is None or isinstance(shape.members[payload], StructureShape)


def _needed(shape: StructureShape) -> frozenset[str]:
    return frozenset((*shape.required_members, *_ALWAYS_THERE.get(shape.name, ())))


def _lacking(value: object, shape: Shape | None, path: str) -> Iterator[str]:
    """Yield the path of each member that is not there and always is."""
    if isinstance(shape, StructureShape) and isinstance(value, Mapping):
        needed = _needed(shape)
        for name, member in shape.members.items():
            here = f"{path}.{name}" if path else name
            if value.get(name) is not None:
                yield from _lacking(value[name], member, here)
            elif name in needed:
                yield here
    elif isinstance(shape, ListShape) and isinstance(value, list):
        for entry in value:
            yield from _lacking(entry, shape.member, path)
    elif isinstance(shape, StructureShape | ListShape) or not _is_a_time(value, path):
        yield path


def _is_a_time(value: object, path: str) -> bool:
    """Tell whether a number that stands for a time, or how long something lasts, gives one."""
    most = _MOST.get(path.rpartition(".")[2])
    return most is None or (type(value) is int and 0 <= value <= most)
