"""The records of CloudTrail's event history: whose visit one tells of, or what was written.

Records are other people's text: what is no JSON, lacks a key or belongs to another account, role or
service is passed over. External IDs are compared here and go nowhere. Source of their form:
CloudTrail User Guide, "CloudTrail record contents"; IAM User Guide, "Logging IAM and AWS STS API
calls with AWS CloudTrail".
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Final

from app.core.draft import Draft
from app.core.guide import ROLE_NAME, UBIQUITY_ACCOUNT, role_arn
from app.flow.ports.aws import TrustWritten, Visit

Record = Mapping[str, object]

WRITTEN_BY: Final = {
    "UpdateAssumeRolePolicy": "policyDocument",
    "CreateRole": "assumeRolePolicyDocument",
}
"""The events that a trust policy is written by, and where in the request it stands."""

_REQUEST_ID: Final = re.compile(r"[0-9A-Za-z-]{1,64}")
_SESSION_NAME: Final = re.compile(r"[\w+=,.@-]{2,64}", re.ASCII)
"""STS API Reference, AssumeRole, RoleSessionName."""


def records_of(page: Record) -> Iterator[Record]:
    """Yield the records of a page that can be read, each as CloudTrail wrote it."""
    events = page.get("Events")
    for event in events if isinstance(events, list) else ():
        text = event.get("CloudTrailEvent") if isinstance(event, Mapping) else None
        record = _json(text)
        if isinstance(record, Mapping):
            yield record


def _json(text: object) -> object:
    """Return what a JSON text holds; None for what is none."""
    if not isinstance(text, str):
        return None
    try:
        value: object = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return value


def visit_in(record: Record, draft: Draft, region: str, since: datetime) -> Visit | None:
    """Return the visit of UbiQuity's that a record tells of; None where it tells of another."""
    who, asked = _mapping(record, "userIdentity"), _mapping(record, "requestParameters")
    is_ubiquity = who.get("type") == "AWSAccount" and who.get("accountId") == UBIQUITY_ACCOUNT
    is_ours = asked.get("roleArn") == role_arn(draft.account_id)
    at = _moment(record, since)
    if not (is_ubiquity and is_ours and _worked(record, "sts", "AssumeRole")) or at is None:
        return None
    return Visit(
        at,
        region,
        _external_id(asked, draft),
        _text(record, "requestID", _REQUEST_ID),
        _text(asked, "roleSessionName", _SESSION_NAME),
    )


def _external_id(asked: Record, draft: Draft) -> str:
    sent = asked.get("externalId")
    if sent is None:
        return "none"
    return "right" if sent == draft.database_id else "wrong"


def writing_of(
    draft: Draft, event_name: str, since: datetime
) -> Callable[[Record], TrustWritten | None]:
    """Return what reads how the role's trust policy was written by an event of that name."""

    def read(record: Record) -> TrustWritten | None:
        asked, at = _mapping(record, "requestParameters"), _moment(record, since)
        is_ours = asked.get("roleName") in (ROLE_NAME, role_arn(draft.account_id))
        if not (is_ours and _worked(record, "iam", event_name)) or at is None:
            return None
        return TrustWritten(at, _json(asked.get(WRITTEN_BY[event_name])))

    return read


def _worked(record: Record, service: str, event_name: str) -> bool:
    """Tell whether a record is of a call of that name that AWS did."""
    is_it = (record.get("eventSource"), record.get("eventName")) == (
        f"{service}.amazonaws.com",
        event_name,
    )
    return is_it and not record.get("errorCode") and not record.get("errorMessage")


def _moment(record: Record, since: datetime) -> datetime | None:
    """Return when it happened (UTC); None before ``since``, and where no time is told."""
    text = record.get("eventTime")
    try:
        moment = datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
    if moment is None or moment.tzinfo is None:
        return None
    moment = moment.astimezone(UTC)
    return moment if moment >= since.replace(microsecond=0) else None


def _mapping(record: Record, key: str) -> Record:
    value = record.get(key)
    return value if isinstance(value, Mapping) else {}


def _text(record: Record, key: str, shape: re.Pattern[str]) -> str | None:
    value = record.get(key)
    return value if isinstance(value, str) and shape.fullmatch(value) else None
