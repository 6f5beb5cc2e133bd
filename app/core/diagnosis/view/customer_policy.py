"""The managed policy of the guide's Step 3, and whether the role has it."""

from typing import Final

from app.core.diagnosis.view.role_view import ATTACHED
from app.core.draft import Draft
from app.core.frozen import frozen
from app.core.guide import POLICY_NAME, policy_arn
from app.core.iam.policies import Policy, parse_policy
from app.core.iam.work import Work
from app.core.snapshot import Snapshot, State

DOCUMENT: Final = "customer_policy.document"


@frozen
class CustomerPolicyView:
    """The policy named ``ubiquity-s3-access-policy``; ``policy`` is None where it wasn't read."""

    state: State
    arn: str
    is_attached: bool
    policy: Policy | None

    @property
    def is_left_lying(self) -> bool:
        """Whether it is there, and not attached to the role."""
        return self.state is State.FOUND and not self.is_attached


def view_customer_policy(draft: Draft, snapshot: Snapshot, work: Work) -> CustomerPolicyView:
    """Return the policy as ``snapshot`` has it, read as part of the ``work``."""
    facts = snapshot.customer_policy
    arn = facts.arn or policy_arn(draft.account_id)
    attached = snapshot.role.attached_policies
    is_attached = any(p.arn == arn or p.name == POLICY_NAME for p in attached)
    is_readable = facts.state is State.FOUND and snapshot.was_read(DOCUMENT)
    policy = parse_policy(facts.document, DOCUMENT, "identity", work) if is_readable else None
    return CustomerPolicyView(
        state=facts.state,
        arn=arn,
        is_attached=is_attached or not snapshot.was_read(ATTACHED),
        policy=policy if policy and policy.is_read else None,
    )
