"""What CloudTrail records of a request: who, what, with which parameters, and what came of it.

Source: AWS CloudTrail User Guide, "CloudTrail record contents" and "CloudTrail userIdentity
element"; IAM User Guide, "Logging IAM and AWS STS API calls with AWS CloudTrail" (its two records
of one AssumeRole across accounts).
"""

import json
import re
import uuid
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Final

from app.practice.event_deeds import Deed, deed_of
from app.practice.event_history import RecordedEvent, event_time
from app.practice.exchange import HttpAnswer
from app.practice.refusal import speaks_json
from app.practice.sign_in import SignIn
from app.practice.visit import SignedCall

_RESOURCES: Final = {
    "roleName": "AWS::IAM::Role",
    "userName": "AWS::IAM::User",
    "policyArn": "AWS::IAM::Policy",
    "policyName": "AWS::IAM::Policy",
    "keyId": "AWS::KMS::Key",
    "bucketName": "AWS::S3::Bucket",
}
_FULL_CODES: Final = frozenset(
    {"DeleteConflict", "EntityAlreadyExists", "LimitExceeded", "MalformedPolicyDocument"}
    | {"NoSuchEntity"}
)
"""Errors of IAM that CloudTrail names by their shapes, which end in "Exception"."""
_DENIALS: Final = frozenset({"AccessDenied", "AccessDeniedException"})
"""CloudTrail keeps the parameters of what was denied to itself."""


def record(signed: SignedCall, answer: HttpAnswer) -> None:
    """Record what ``signed`` did, once it is answered: in the caller's account, if it is one call.

    An AssumeRole is recorded in the role's account as well, where it worked. What reads and writes
    objects is no management event, and is not recorded.
    """
    deed = deed_of(signed, answer)
    if deed is None:
        return
    shared = _role_account(deed, signed.sign_in, answer)
    shared_id = str(uuid.uuid4()) if shared is not None else None
    own = _event(signed, answer, deed, signed.sign_in.account, shared_id)
    signed.ledger.events.add((signed.sign_in.account, deed.region), own)
    if shared is not None:
        theirs = _event(signed, answer, deed, shared, shared_id)
        signed.ledger.events.add((shared, deed.region), theirs)


def _role_account(deed: Deed, sign_in: SignIn, answer: HttpAnswer) -> str | None:
    """Return the account of the role that somebody from another one has assumed, or None."""
    if deed.name != "AssumeRole" or not answer.ok:
        return None
    account = str(deed.parameters.get("roleArn", "")).split(":")[4]
    return account if account != sign_in.account else None


def _event(
    signed: SignedCall, answer: HttpAnswer, deed: Deed, recipient: str, shared_id: str | None
) -> RecordedEvent:
    """Return the event as ``recipient``'s history tells it."""
    sign_in, service = signed.sign_in, signed.signature.service
    at_home = recipient == sign_in.account
    error = _error(answer, service)
    is_denied = error.get("errorCode") in _DENIALS
    event_id = str(uuid.uuid4())
    source = f"{service}.amazonaws.com"
    content: dict[str, object | None] = {
        "eventVersion": "1.11",
        "userIdentity": _identity(sign_in) if at_home else _stranger(sign_in),
        "eventTime": event_time(signed.now),
        "eventSource": source,
        "eventName": deed.name,
        "awsRegion": deed.region,
        "sourceIPAddress": signed.keys["aws:SourceIp"],
        "userAgent": signed.call.header("user-agent"),
        **error,
        "requestParameters": None if is_denied else dict(deed.parameters) or None,
        "responseElements": deed.result,
        "requestID": answer.request_id,
        "eventID": event_id,
        "readOnly": deed.read_only,
        **_role_touched(deed),
        "eventType": "AwsApiCall",
        "managementEvent": True,
        "recipientAccountId": recipient,
        **({"sharedEventID": shared_id} if shared_id is not None else {}),
        "eventCategory": "Management",
    }
    return RecordedEvent(
        id=event_id,
        name=deed.name,
        at=signed.now,
        source=source,
        read_only=deed.read_only,
        record=json.dumps(content),
        username=(sign_in.session_name or sign_in.name) if at_home else None,
        access_key_id=sign_in.access_key_id if at_home else None,
        resources=tuple(_resources(deed)),
    )


def _identity(sign_in: SignIn) -> Mapping[str, object]:
    """Return who asked, as their own account is told."""
    who: dict[str, object] = {
        "type": "AssumedRole" if sign_in.is_session else "IAMUser",
        "principalId": _principal_id(sign_in),
        "arn": sign_in.arn,
        "accountId": sign_in.account,
        "accessKeyId": sign_in.access_key_id,
    }
    if not sign_in.is_session:
        who["userName"] = sign_in.name
    if sign_in.issued is None:
        return who
    issuer = {
        "type": "Role",
        "principalId": sign_in.unique_id,
        "arn": sign_in.principal_arn,
        "accountId": sign_in.account,
        "userName": sign_in.name,
    }
    attributes = {"creationDate": event_time(sign_in.issued), "mfaAuthenticated": "false"}
    context: dict[str, object] = {"attributes": attributes}
    return {
        **who,
        "sessionContext": {"sessionIssuer": issuer} | context if sign_in.is_session else context,
    }


def _stranger(sign_in: SignIn) -> Mapping[str, object]:
    """Return who asked, as the account of the role is told: no name, no ARN and no key."""
    return {
        "type": "AWSAccount",
        "principalId": _principal_id(sign_in),
        "accountId": sign_in.account,
    }


def _principal_id(sign_in: SignIn) -> str:
    name = sign_in.session_name
    return sign_in.unique_id if name is None else f"{sign_in.unique_id}:{name}"


def _error(answer: HttpAnswer, service: str) -> Mapping[str, object]:
    if answer.ok:
        return {}
    if speaks_json(service):
        told = json.loads(answer.body)
        code, message = str(told.get("__type")), told.get("message") or told.get("Message")
    else:
        text = answer.body.decode()
        code = _between(text, "Code")
        message = _between(text, "Message")
    full = f"{code}Exception" if service == "iam" and code in _FULL_CODES else code
    return {"errorCode": full, "errorMessage": message}


def _between(text: str, name: str) -> str:
    element = re.search(rf"<{name}>(.*?)</{name}>", text, re.DOTALL)
    return unescape(element[1]) if element else ""


def _role_touched(deed: Deed) -> Mapping[str, object]:
    """Return the role that AssumeRole is about; other records don't name one here."""
    if deed.name != "AssumeRole" or "roleArn" not in deed.parameters:
        return {}
    arn = str(deed.parameters["roleArn"])
    account = arn.split(":")[4] if arn.count(":") >= 5 else ""
    return {"resources": [{"accountId": account, "type": "AWS::IAM::Role", "ARN": arn}]}


def _resources(deed: Deed) -> Iterator[tuple[str, str]]:
    """Yield what LookupEvents names as the resources of an event, each with its type."""
    if deed.name == "AssumeRole":
        yield from _assumed(deed)
    for name, kind in _RESOURCES.items():
        if name in deed.parameters:
            yield kind, str(deed.parameters[name])


def _assumed(deed: Deed) -> Iterator[tuple[str, str]]:
    result = deed.result or {}
    keys, role = result.get("credentials"), result.get("assumedRoleUser")
    if isinstance(keys, dict) and isinstance(role, dict):
        yield "AWS::IAM::AccessKey", str(keys["accessKeyId"])
        yield "AWS::STS::AssumedRole", str(role["assumedRoleId"])
        yield "AWS::STS::AssumedRole", str(role["arn"])
    if "roleArn" in deed.parameters:
        yield "AWS::IAM::Role", str(deed.parameters["roleArn"])
