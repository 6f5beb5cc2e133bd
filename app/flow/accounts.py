"""The right account: nothing is read or changed in another one than is asked for."""

from app.core.failure import AwsFailure, wrong_account
from app.flow.ports.accounts import SignedIn


def in_account(signed_in: SignedIn | AwsFailure, account_id: str | None) -> SignedIn | AwsFailure:
    """Return the sign-in where it belongs to ``account_id`` (None: any), else why it won't do."""
    if isinstance(signed_in, AwsFailure) or account_id is None:
        return signed_in
    own_id = signed_in.caller.account
    return wrong_account("sts:GetCallerIdentity", account_id, own_id) or signed_in
