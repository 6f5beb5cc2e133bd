"""What AWS answered when the sign-in tried to change something."""

from collections.abc import Iterator

from app.core.diagnosis.observed.tried import Failure, standing
from app.core.diagnosis.view.setup import Setup
from app.core.observation import Identity
from app.core.report import Evidence, Finding


def change_findings(setup: Setup) -> Iterator[Finding]:
    """Yield what stopped a change, where AWS did not want it as it was."""
    for failure in standing(setup.snapshot.observations):
        if failure.observation.identity is Identity.CUSTOMER and not failure.finding:
            yield from _of(failure)


def _of(failure: Failure) -> Iterator[Finding]:
    observation = failure.observation
    cause = next(iter(failure.causes), None)
    if cause is None or not cause.code.startswith("change."):
        return
    target = {"target": observation.resource} if observation.resource else {}
    defaults: dict[str, dict[str, object]] = {
        "change.conflict": {"target": ""},
        "change.limit": {"limit": observation.message or ""},
        "change.refused": {"message": observation.message or ""},
    }
    params = {**defaults[cause.code], **cause.params, **target}
    yield Finding(cause.code, Evidence.OBSERVED, observation.bucket, params)
