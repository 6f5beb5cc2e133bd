"""The account whose access is taken away, with all that the plan turns on."""

from datetime import datetime

from app.core.change import Change, LeftAlone, Obstacle, Offer
from app.core.choices import Choices, RevokeWay
from app.core.diagnosis.direct_access import DirectAccess, direct_access_of
from app.core.diagnosis.unevaluated import without_bucket_policies
from app.core.draft import Draft
from app.core.frozen import frozen
from app.core.guide import POLICY_NAME, policy_arn, role_arn
from app.core.iam.work import OutOfWorkError, Work
from app.core.snapshot import PolicyDocument, Snapshot

RevokePart = Change | Obstacle | Offer | LeftAlone

UNREADABLE = "check.unreadable"


@frozen
class RevokedAccount:
    """What is there, what is wanted, and when (UTC)."""

    snapshot: Snapshot
    how: RevokeWay
    account_id: str
    draft: Draft | None
    choices: Choices
    at: datetime
    direct: tuple[DirectAccess, ...] | None
    """The ways in past the role; None where it is more than could be worked out."""

    @classmethod
    def of(
        cls,
        snapshot: Snapshot,
        how: RevokeWay,
        account_id: str,
        draft: Draft | None,
        choices: Choices,
        at: datetime,
        work: Work,
    ) -> "RevokedAccount":
        """Return the account; where the ``work`` ends, policies of buckets and keys as unread."""
        try:
            direct = direct_access_of(snapshot, work)
        except OutOfWorkError:
            unread = without_bucket_policies(snapshot)
            return cls(unread, how, account_id, draft, choices, at, None)
        return cls(snapshot, how, account_id, draft, choices, at, direct)

    @property
    def role_arn(self) -> str:
        """The role's ARN, under whatever path it is."""
        return self.snapshot.role.arn or role_arn(self.account_id)

    @property
    def policy_arn(self) -> str:
        """The ARN of the policy of the guide's Step 3."""
        return self.snapshot.customer_policy.arn or policy_arn(self.account_id)

    def is_our_policy(self, policy: PolicyDocument) -> bool:
        """Tell whether an attached policy is the one of the guide's Step 3."""
        return policy.arn == self.policy_arn or policy.name == POLICY_NAME
