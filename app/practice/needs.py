"""What a call needs: the action, the resource, and the condition keys that AWS fills in.

Source of the keys: IAM User Guide, "AWS global condition context keys".
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from app.core import guide
from app.practice.exchange import HttpCall
from app.practice.sign_in import SignIn
from app.practice.signature import Signature

ConditionKeys = Mapping[str, str | Sequence[str]]

CUSTOMER_ADDRESS: Final = "203.0.113.10"
UBIQUITY_ADDRESS: Final = "198.51.100.20"
"""Addresses kept free for documentation (RFC 5737): the practice AWS has nobody behind one."""


@dataclass(frozen=True, slots=True)
class Needed:
    """One permission that a call needs; ``shown`` is how AWS names the resource when it refuses."""

    action: str
    resource: str
    shown: str = ""
    keys: ConditionKeys = field(default_factory=dict)

    @property
    def service(self) -> str:
        """The service that the action belongs to: ``s3`` of ``s3:GetObject``."""
        return self.action.partition(":")[0]


def global_keys(
    sign_in: SignIn, signature: Signature, call: HttpCall, now: datetime
) -> ConditionKeys:
    """Return the keys that every request of ``sign_in`` carries.

    The transport counts as secure: the customer's real requests are, and a bucket policy that
    insists on it must not refuse them here for the practice AWS's plain HTTP.
    """
    ubiquity = sign_in.comes_from == guide.UBIQUITY_ACCOUNT
    keys: dict[str, str | Sequence[str]] = {
        "aws:CurrentTime": _second(now),
        "aws:EpochTime": str(int(now.timestamp())),
        "aws:PrincipalAccount": sign_in.account,
        "aws:PrincipalArn": sign_in.principal_arn,
        "aws:PrincipalIsAWSService": "false",
        "aws:RequestedRegion": signature.region,
        "aws:SecureTransport": "true",
        "aws:SourceIp": UBIQUITY_ADDRESS if ubiquity else CUSTOMER_ADDRESS,
        "aws:UserAgent": call.header("user-agent"),
        "aws:ViaAWSService": "false",
    }
    return {**keys, **_session_keys(sign_in)}


def _second(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _session_keys(sign_in: SignIn) -> ConditionKeys:
    if sign_in.is_session:
        return {
            "aws:PrincipalType": "AssumedRole",
            "aws:userid": f"{sign_in.unique_id}:{sign_in.session_name}",
            "aws:MultiFactorAuthPresent": "false",
            **({"aws:TokenIssueTime": _second(sign_in.issued)} if sign_in.issued else {}),
        }
    return {
        "aws:PrincipalType": "User",
        "aws:userid": sign_in.unique_id,
        "aws:username": sign_in.name,
    }
