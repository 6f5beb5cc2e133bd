"""What happened before a rehearsal begins: time passed, and roles were assumed meanwhile.

Imports moto through ``identities`` once it is called, so the module itself is light.
"""

import secrets
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from app.core.guide import SESSION_SECONDS, role_arn
from app.practice.account import ACCOUNT_ID, Keys
from app.practice.exchange import HttpAnswer, HttpCall
from app.practice.last_uses import SessionUse
from app.practice.ledger import Ledger
from app.practice.signature import Signature

if TYPE_CHECKING:
    from app.practice.visit import SignedCall

_AGENT: Final = "aws-sdk-dotnet-coreclr/3.7 ua/2.0 os/linux lang/.NET_Core"


@dataclass(frozen=True, slots=True)
class PastVisit:
    """Somebody with ``keys`` assumed a role of the practice account, so long ``ago``.

    ``used`` tells that the role was used then, so that it was its last use as well.
    """

    keys: Keys
    ago: timedelta
    region: str
    external_id: str | None = None
    arn: str = role_arn(ACCOUNT_ID)
    session_name: str = "ubiquity-connector"
    used: bool = False


def remember(visits: Iterable[PastVisit], ledger: Ledger) -> None:
    """Let CloudTrail have recorded ``visits``, the oldest first."""
    from app.practice import event_records, identities

    now = ledger.faults.now
    for past in sorted(visits, key=lambda visit: visit.ago, reverse=True):
        at = now - past.ago
        event_records.record(_signed(past, ledger, at), _answer(past, at))
        role = identities.find_role_by_arn(past.arn)
        if past.used and role is not None:
            ledger.last_uses.note(role.id, SessionUse(at, past.region), ledger.pace.last_use_after)


def let_pass(time: timedelta, ledger: Ledger) -> None:
    """Let the roles and policies of the practice account, and its history, be ``time`` older."""
    from app.practice.identities import backend

    ledger.events.let_pass(time)
    account = backend(ACCOUNT_ID)
    for role in account.roles.values():
        role.create_date -= time
    for policy in account.managed_policies.values():
        policy.create_date -= time
        policy.update_date -= time
        for version in policy.versions:
            version.create_date -= time


def _signed(past: PastVisit, ledger: Ledger, at: datetime) -> "SignedCall":
    from app.practice.identities import find_sign_in
    from app.practice.visit import SignedCall

    sign_in = find_sign_in(past.keys.access_key_id, ledger)
    if sign_in is None:
        raise LookupError(past.keys.access_key_id)
    form = {
        "Action": "AssumeRole",
        "RoleArn": past.arn,
        "RoleSessionName": past.session_name,
        "DurationSeconds": str(SESSION_SECONDS),
        **({} if past.external_id is None else {"ExternalId": past.external_id}),
    }
    call = HttpCall("POST", "/", "", {"user-agent": _AGENT}, urlencode(form).encode())
    day, moment = at.strftime("%Y%m%d"), at.strftime("%Y%m%dT%H%M%SZ")
    signature = Signature(sign_in.access_key_id, day, past.region, "sts", (), "", moment)
    return SignedCall(call, signature, sign_in, at, ledger, _not_handed_on)


def _answer(past: PastVisit, at: datetime) -> HttpAnswer:
    name = past.arn.rpartition("/")[2]
    ends = (at + timedelta(seconds=SESSION_SECONDS)).isoformat()
    body = (
        "<AssumeRoleResponse><AssumeRoleResult><Credentials>"
        f"<AccessKeyId>ASIAPAST{secrets.token_hex(6).upper()}</AccessKeyId>"
        f"<SessionToken>{secrets.token_urlsafe(40)}</SessionToken><Expiration>{ends}</Expiration>"
        f"</Credentials><AssumedRoleUser><AssumedRoleId>AROAPAST{secrets.token_hex(6).upper()}:"
        f"{past.session_name}</AssumedRoleId><Arn>arn:aws:sts::{ACCOUNT_ID}:assumed-role/{name}/"
        f"{past.session_name}</Arn></AssumedRoleUser></AssumeRoleResult></AssumeRoleResponse>"
    )
    headers = (("x-amzn-RequestId", str(uuid.uuid4())),)
    return HttpAnswer(200, headers, body.encode())


def _not_handed_on(_body: bytes, _account: str, _headers: object) -> HttpAnswer:
    raise NotImplementedError("What is past is not asked of moto again")
