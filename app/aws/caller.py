"""Who is signed in."""

from app.aws.clients import Clients
from app.core.snapshot import Caller

ASK_CALLER = "sts:GetCallerIdentity"
"""No policy can refuse it, so its failure is one of the network or the sign-in."""


def ask_caller(clients: Clients) -> Caller:
    """Return the identity behind the sign-in. Blocks, and raises what botocore raises."""
    answer = clients.sts().get_caller_identity()
    return Caller(answer["Arn"], answer["Account"])
