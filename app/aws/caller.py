"""Who is signed in, and whether it is the draft's account."""

from app.aws.clients import Clients
from app.core.failure import AwsFailure
from app.core.i18n import tr
from app.core.snapshot import Caller

ASK_CALLER = "sts:GetCallerIdentity"
"""No policy can refuse it, so its failure is one of the network or the sign-in."""


def ask_caller(clients: Clients) -> Caller:
    """Return the identity behind the sign-in. Blocks, and raises what botocore raises."""
    answer = clients.sts().get_caller_identity()
    return Caller(answer["Arn"], answer["Account"])


def wrong_account(action: str, caller: Caller, account_id: str) -> AwsFailure | None:
    """Return why ``action`` can't be done in ``account_id`` as ``caller``; None where it can.

    IAM knows a role by its name alone and would read, or make, it in the caller's account.
    """
    if caller.account == account_id:
        return None
    words = tr("The sign-in belongs to account {caller}, not to {account}.")
    return AwsFailure(
        action=action,
        code="WrongAccount",
        message=words.format(caller=caller.account, account=account_id),
        finding="signin.wrong-account",
        params={"expected": account_id, "found": caller.account},
    )
