"""A refusal that nothing explains: new things take a while in AWS, and some rules can't be seen.

Source: IAM User Guide, "Troubleshoot IAM", "Changes that I make are not always immediately
visible".
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from app.core.diagnosis.setup import Setup
from app.core.report import Evidence, Finding
from app.core.snapshot import Identity, Observation, ObservedOutcome

_LONGEST: Final = timedelta(minutes=5)
"""Spreading takes seconds, seldom a minute; what is older than this is everywhere."""

_MAKING: Final = ("create", "put", "attach", "update", "set")


def unexplained(setup: Setup, refused: Observation) -> Iterator[Finding]:
    """Yield what is left to say of ``refused``, which all that was read says should work."""
    made = max(_times_of_making(setup, refused.at), default=setup.snapshot.captured_at)
    age = max(refused.at - made, timedelta())
    if age <= _LONGEST:
        params: dict[str, object] = {"seconds": int(age.total_seconds())}
        yield Finding("connect.propagating", Evidence.VERIFIED, params=params)
    else:
        # Nothing more is known, so the finding has no values and its words say "may".
        yield Finding("organization.denies", Evidence.PREDICTED, refused.bucket)


def _times_of_making(setup: Setup, until: datetime) -> Iterator[datetime]:
    for version in setup.snapshot.customer_policy.versions or ():
        if version.created_at is not None and version.created_at <= until:
            yield version.created_at
    for observation in setup.snapshot.observations:
        name = observation.action.partition(":")[2].lower()
        changed = name.startswith(_MAKING) and observation.outcome is ObservedOutcome.ALLOWED
        if observation.identity is Identity.CUSTOMER and changed and observation.at <= until:
            yield observation.at
