"""What a failed call of the customer's sign-in is in a snapshot."""

from datetime import datetime

from app.core.failure import AwsFailure
from app.core.observation import Identity, Observation, ObservedOutcome


def failed_call(
    failure: AwsFailure,
    at: datetime,
    *,
    outcome: ObservedOutcome = ObservedOutcome.FAILED,
    resource: str | None = None,
    bucket: str | None = None,
) -> Observation:
    """Return that the customer's sign-in made the call of ``failure``, and what came of it.

    ``at`` is in UTC. ``resource`` and ``bucket`` are what was called upon, where that is known.
    """
    return Observation(
        at=at,
        identity=Identity.CUSTOMER,
        action=failure.action,
        outcome=outcome,
        resource=resource,
        bucket=bucket,
        code=failure.code,
        message=failure.message,
        request_id=failure.request_id,
    )
