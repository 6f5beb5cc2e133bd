"""The customer's organisation: a service control policy on the practice account.

Source: AWS Organizations User Guide, "SCP evaluation": a service control policy must allow, and
must not deny, what anybody in the account does; by itself it grants nothing.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from app.core.iam.decision import Decision, Reason, decide_same_account
from app.core.iam.policies import parse_policy
from app.core.iam.requests import Request
from app.practice.account import ACCOUNT_ID
from app.practice.ledger import Ledger


@dataclass(frozen=True, slots=True)
class OrganizationNo:
    """A request that the organisation does not allow, ``explicit`` where a Deny says so."""

    explicit: bool

    def words(self, action: str) -> str:
        """Return the end of AWS's sentence (IAM User Guide, access denied error messages)."""
        if self.explicit:
            return "with an explicit deny in a service control policy"
        return f"because no service control policy allows the {action} action"


def is_in_organization(account: str, ledger: Ledger) -> bool:
    """Return whether ``account`` belongs to an organisation that limits it."""
    return account == ACCOUNT_ID and ledger.faults.organization_policy is not None


def organization_refuses(request: Request, account: str, ledger: Ledger) -> OrganizationNo | None:
    """Return why the organisation stops ``request`` by somebody in ``account``, or None."""
    return _refuses(request, account, ledger, lambda _statement: True)


def simulated_refusal(request: Request, account: str, ledger: Ledger) -> OrganizationNo | None:
    """Return the same as IAM's simulator sees it: it passes over statements with conditions.

    Source: IAM User Guide, "IAM policy testing with the IAM policy simulator", Considerations.
    """
    return _refuses(request, account, ledger, lambda statement: "Condition" not in statement)


def _refuses(
    request: Request,
    account: str,
    ledger: Ledger,
    counts: Callable[[Mapping[str, object]], bool],
) -> OrganizationNo | None:
    document = ledger.faults.organization_policy
    if document is None or account != ACCOUNT_ID:
        return None
    policy = json.loads(document)
    policy["Statement"] = [statement for statement in policy["Statement"] if counts(statement)]
    outcome = decide_same_account(
        request,
        identity=(parse_policy(policy, "organization", "identity"),),
        resource=None,
        boundary=None,
    )
    if outcome.decision is Decision.ALLOWED:
        return None
    return OrganizationNo(outcome.because.reason is Reason.EXPLICIT_DENY)
