"""Who is signed in."""

from typing import Final

from app.aws.clients import Clients
from app.core.failure import UNKNOWN_IN_REGION, AwsFailure
from app.core.frozen import replace
from app.core.snapshot import Caller

ASK_CALLER = "sts:GetCallerIdentity"
"""No policy can refuse it, so its failure is one of the network or the sign-in."""

_UNKNOWN_KEYS: Final = (
    "InvalidClientTokenId",
    "UnrecognizedClientException",
    "InvalidToken",
    "InvalidAccessKeyId",
    "AuthFailure",
)


def ask_caller(clients: Clients, region: str | None = None) -> Caller:
    """Return the identity behind the sign-in. Blocks, and raises what botocore raises.

    ``region`` is the one that is asked; None for the session's own.
    """
    answer = clients.sts(region).get_caller_identity()
    return Caller(answer["Arn"], answer["Account"])


def as_of_region(failure: AwsFailure, region: str) -> AwsFailure:
    """Return the failure of asking ``region``, by a sign-in that is known elsewhere in AWS.

    A region that is not switched on for the account knows none of its keys, and answers as to a
    wrong one (AWS General Reference, "Enable or disable AWS Regions in your account"; STS API
    Reference, "Common Errors").
    """
    if failure.code not in _UNKNOWN_KEYS:
        return failure
    return replace(
        failure,
        code=UNKNOWN_IN_REGION,
        message=f"{failure.message} (requested region: {region})",
        finding="signin.region-disabled",
        params={"region": region},
    )
