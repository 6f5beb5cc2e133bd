"""STS of the practice AWS: who am I, and assuming a role.

Source: AWS STS API Reference, "AssumeRole" and "GetCallerIdentity". Imports moto through
``identities``, so it is imported only once the practice AWS starts.
"""

import re
import uuid
from collections.abc import Mapping
from typing import Final
from xml.sax.saxutils import escape

from app.practice import authority, identities
from app.practice.exchange import HttpAnswer
from app.practice.ledger import OpenedSession
from app.practice.needs import Needed
from app.practice.refusal import refuse
from app.practice.sign_in import SignIn
from app.practice.visit import SignedCall

_CALLER: Final = (
    '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">'
    "<GetCallerIdentityResult><Arn>{arn}</Arn><UserId>{user_id}</UserId>"
    "<Account>{account}</Account></GetCallerIdentityResult>"
    "<ResponseMetadata><RequestId>{request_id}</RequestId></ResponseMetadata>"
    "</GetCallerIdentityResponse>"
)
_SHORTEST_SECONDS: Final = 900
_CHAINED_SECONDS: Final = 3600
_PATTERNS: Final = (
    ("RoleSessionName", "roleSessionName", r"[\w+=,.@-]*"),
    ("ExternalId", "externalId", r"[\w+=,.@:\/-]*"),
)


def serve(signed: SignedCall) -> HttpAnswer:
    """Answer one request to STS.

    Raises ``RefusedError`` where AWS would refuse it.
    """
    form = signed.call.form
    action = form.get("Action", "")
    if action == "AssumeRole":
        return _assume_role(signed, form)
    if action == "GetCallerIdentity":
        return _caller(signed.sign_in)
    raise signed.not_offered(f"sts:{action}")


def _caller(sign_in: SignIn) -> HttpAnswer:
    """Say who asks: anybody who is signed in may know that."""
    user_id = sign_in.unique_id
    if sign_in.session_name is not None:
        user_id = f"{user_id}:{sign_in.session_name}"
    request_id = str(uuid.uuid4())
    text = _CALLER.format(
        arn=escape(sign_in.arn),
        user_id=escape(user_id),
        account=sign_in.account,
        request_id=request_id,
    )
    headers = (("Content-Type", "text/xml"), ("x-amzn-RequestId", request_id))
    return HttpAnswer(200, headers).with_body(text.encode())


def _assume_role(signed: SignedCall, form: Mapping[str, str]) -> HttpAnswer:
    for parameter, shown, pattern in _PATTERNS:
        _check_pattern(form.get(parameter, ""), shown, pattern)
    arn = form.get("RoleArn", "")
    needed = Needed("sts:AssumeRole", arn, arn, _keys(form))
    role = identities.find_role_by_arn(arn)
    if role is None:
        raise authority.cannot_assume(signed, needed)
    if signed.ledger.faults.is_spreading(role.id):
        raise authority.cannot_assume(signed, needed)
    authority.require_assume(signed, needed, role)
    _check_duration(signed, form, int(role.max_session_duration or _CHAINED_SECONDS))
    answer = signed.pass_on()
    new_key_id = re.search(rb"<AccessKeyId>(\w+)</AccessKeyId>", answer.body)
    if new_key_id is not None:
        opened = OpenedSession(role.id, signed.now, signed.sign_in.comes_from)
        signed.ledger.sessions[new_key_id.group(1).decode()] = opened
    return answer


def _keys(form: Mapping[str, str]) -> Mapping[str, str]:
    keys = {"sts:RoleSessionName": form.get("RoleSessionName", "")}
    if "ExternalId" in form:
        keys["sts:ExternalId"] = form["ExternalId"]
    return keys


def _check_pattern(value: str, shown: str, pattern: str) -> None:
    if re.fullmatch(pattern, value, re.ASCII) is None:
        raise refuse(
            "ValidationError",
            f"1 validation error detected: Value '{value}' at '{shown}' failed to satisfy "
            f"constraint: Member must satisfy regular expression pattern: {pattern}",
        )


def _check_duration(signed: SignedCall, form: Mapping[str, str], longest: int) -> None:
    seconds = int(form.get("DurationSeconds", _CHAINED_SECONDS))
    if seconds < _SHORTEST_SECONDS:
        raise refuse(
            "ValidationError",
            f"1 validation error detected: Value '{seconds}' at 'durationSeconds' failed to "
            f"satisfy constraint: Member must have value greater than or equal to 900",
        )
    if signed.sign_in.is_session and seconds > _CHAINED_SECONDS:
        raise refuse(
            "ValidationError",
            "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed "
            "by role chaining",
        )
    if seconds > longest:
        raise refuse(
            "ValidationError",
            "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
        )
