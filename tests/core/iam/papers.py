"""Statements, policies and requests for the evaluator's tests."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Final

from app.core.iam.context import Context
from app.core.iam.decision import Outcome, decide_same_account
from app.core.iam.elements import PolicyKind
from app.core.iam.policies import Policy, parse_policy
from app.core.iam.principals import Requester
from app.core.iam.requests import ConnectorPlace, Request, RoleSession

ACCOUNT: Final = "123456789012"
STRANGER: Final = "111122223333"
UBIQUITY: Final = "049579744830"
ROLE: Final = f"arn:aws:iam::{ACCOUNT}:role/ubiquity-connectors-s3-access-role"
ROLE_ID: Final = "AROAEXAMPLEROLEID0001"
SESSION: Final = f"arn:aws:sts::{ACCOUNT}:assumed-role/ubiquity-connectors-s3-access-role/job"
USER: Final = f"arn:aws:iam::{ACCOUNT}:user/jo"
ROOT: Final = f"arn:aws:iam::{ACCOUNT}:root"
KEY: Final = f"arn:aws:kms:ap-southeast-2:{ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab"
BUCKET: Final = "arn:aws:s3:::customer-data-imports"
OBJECTS: Final = f"{BUCKET}/*"
AT: Final = datetime(2026, 11, 23, 1, 2, 3, tzinfo=UTC)
PLACE: Final = ConnectorPlace("customer-data-imports", "imports/", "ap-southeast-2", ACCOUNT)
SESSION_OF_ROLE: Final = RoleSession(ROLE, ROLE_ID)

Json = Mapping[str, object]


def statement(effect: str, action: object, resource: object = None, **more: object) -> Json:
    """Return a statement; ``more`` are its other elements."""
    body: dict[str, object] = {"Effect": effect, "Action": action}
    if resource is not None:
        body["Resource"] = resource
    return body | more


def allow(action: object = "*", resource: object = "*", **more: object) -> Json:
    """Return an Allow statement of an identity policy, or of another with a Principal."""
    return statement("Allow", action, resource, **more)


def deny(action: object = "*", resource: object = "*", **more: object) -> Json:
    """Return a Deny statement."""
    return statement("Deny", action, resource, **more)


def trust_statement(principal: object, condition: object = None, effect: str = "Allow") -> Json:
    """Return a statement of a trust policy."""
    more = {} if condition is None else {"Condition": condition}
    return statement(effect, "sts:AssumeRole", None, Principal=principal, **more)


def document(*statements: object, version: str | None = "2012-10-17") -> dict[str, object]:
    """Return a policy document; ``version`` None leaves it out."""
    body: dict[str, object] = {} if version is None else {"Version": version}
    return body | {"Statement": list(statements)}


def policy(
    *statements: object, kind: PolicyKind = "identity", version: str | None = "2012-10-17"
) -> Policy:
    """Return a parsed policy, labelled with its kind."""
    return parse_policy(document(*statements, version=version), kind, kind)


def known_request(
    action: str = "s3:GetObject",
    resource: str = f"{BUCKET}/imports/a.csv",
    caller: Requester | None = None,
    context: Mapping[str, str | Sequence[str]] | None = None,
) -> Request:
    """Return a request of which everything is known."""
    asking = caller or Requester.role_session(ROLE, ROLE_ID, "job")
    return Request(action, resource, asking, Context.known(context or {}))


def decide(request: Request, *identity: Json, bucket: Sequence[Json] = ()) -> Outcome:
    """Decide within one account on one identity policy and perhaps a bucket policy."""
    return decide_same_account(
        request,
        identity=[policy(*identity)],
        resource=policy(*bucket, kind="resource") if bucket else None,
        boundary=None,
    )
