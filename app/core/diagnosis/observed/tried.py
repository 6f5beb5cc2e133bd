"""What was tried, and which answers still stand.

Observations come in order; the last answer to a call counts. What a refusal or a failure means
is read by the same rules as a pasted error (``app.core.explain``).
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from app.core.failure import finding_of_failure
from app.core.frozen import frozen
from app.core.observation import Identity, Observation, ObservedOutcome

_OF_THE_CALLER: Final = ("env.", "signin.")
_OF_UBIQUITY: Final = (Identity.UBIQUITY, Identity.TOLD)
_OF_ONE_CALL: Final = ("signin.region-disabled", "signin.not-allowed")
"""Failures that another call's answer says nothing about."""


@frozen
class Cause:
    """One cause that an answer's text tells of."""

    code: str
    params: Mapping[str, object]


@frozen
class Failure:
    """A refusal or a failure that still stands. ``finding`` is what it says of the caller."""

    observation: Observation
    finding: str | None

    @property
    def causes(self) -> tuple[Cause, ...]:
        """The causes that the answer's own words tell of, the best match first."""
        return causes_in(self.observation)

    @property
    def by_organization(self) -> Cause | None:
        """The organisation's refusal, where the answer tells of one."""
        if "control" not in (self.observation.message or "").lower():
            return None  # AWS says "service control policy" or "resource control policy".
        return next((cause for cause in self.causes if cause.code == "organization.denies"), None)


def causes_in(observation: Observation) -> tuple[Cause, ...]:
    """Return the causes that AWS's code and words tell of; none where they tell nothing."""
    # Late, since most snapshots hold no failed answer and a check has to start fast.
    from app.core.explain.explain import explain

    answer_text = f"{observation.code or ''}: {observation.message or ''}".strip(": ")
    explanations = explain(answer_text, observation.action)
    return tuple(Cause(explanation.code, explanation.params) for explanation in explanations)


def standing(observations: Sequence[Observation]) -> Iterator[Failure]:
    """Yield the failures that no later answer made good or put in another light."""
    read = [(observation, _finding(observation)) for observation in observations]
    for place, (observation, finding) in enumerate(read):
        refused_outside = observation.looks_outside and finding is None
        if observation.outcome is ObservedOutcome.ALLOWED or refused_outside:
            continue
        failure = Failure(observation, finding)
        if not any(_settles(*later, failure) for later in read[place + 1 :]):
            yield failure


def _finding(observation: Observation) -> str | None:
    """Return what a failure says of this computer or the sign-in, if anything."""
    if observation.outcome is ObservedOutcome.ALLOWED:
        return None
    code = finding_of_failure(observation.code or "", observation.message or "")
    if code or observation.outcome is ObservedOutcome.DENIED:
        return code
    codes = (cause.code for cause in causes_in(observation))
    return next((code for code in codes if code.startswith(_OF_THE_CALLER)), None)


def _settles(later: Observation, its_finding: str | None, failure: Failure) -> bool:
    """Tell whether ``later`` is the newer answer to what ``failure`` is about."""
    earlier, finding = failure.observation, failure.finding or ""
    if later.identity is not earlier.identity:
        # What UbiQuity's test told and what UbiQuity was seen to do are answers to one caller.
        is_one = later.identity in _OF_UBIQUITY and earlier.identity in _OF_UBIQUITY
        return is_one and _call(later) == _call(earlier)
    if _call(later) == _call(earlier):
        # What did not get through says nothing of the sign-in.
        return not (finding.startswith("signin.") and (its_finding or "").startswith("env."))
    if finding in _OF_ONE_CALL:
        return False
    if finding.startswith("env."):
        answered = not (its_finding or "").startswith("env.")
        return answered and _service(later) == _service(earlier)
    return finding.startswith("signin.") and its_finding is None


def _call(observation: Observation) -> tuple[str, str | None, str, bool]:
    sent = observation.external_id or "right"
    return observation.action.lower(), observation.bucket, sent, observation.looks_outside


def _service(observation: Observation) -> str:
    return observation.action.partition(":")[0].lower()
