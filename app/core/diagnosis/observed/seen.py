"""What UbiQuity itself was seen to do, or told: it counts more than what was worked out.

A refusal that was predicted is verified. One that was not is explained by AWS's own words, by
what nobody here could decide or read, or else by what no policy shows: AWS still spreading what
was just made, or a rule of the organisation.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from app.core.diagnosis.codes.catalogue import CATALOGUE
from app.core.diagnosis.observed.concern import concerns, refutes
from app.core.diagnosis.observed.tried import Failure, standing
from app.core.diagnosis.observed.unforeseen import likely_cause, unexplained
from app.core.diagnosis.view.connector import DECRYPT, S3_ACTIONS
from app.core.diagnosis.view.setup import ASSUME, Setup
from app.core.frozen import replace
from app.core.iam.decision import Decision
from app.core.observation import Identity, Observation, ObservationSource, ObservedOutcome
from app.core.report import Evidence, Finding, Weight

_UBIQUITY: Final = (Identity.UBIQUITY, Identity.TOLD)
_NEEDED: Final = (ASSUME, *S3_ACTIONS, DECRYPT)
_NOT_REQUIRED: Final = "trust.external-id-not-required"
_TOO_BROAD: Final = "policy.too-broad"
_ORGANIZATION: Final = "organization.denies"


def with_what_was_seen(setup: Setup, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return ``findings`` as the observations leave them."""
    changed = list(findings)
    observations = setup.snapshot.observations
    for failure in standing(observations):
        changed = _with_refusal(setup, failure, changed)
    for observation in _successes(setup):
        changed = _with_success(setup, observation, changed)
    return tuple(changed)


def _is_right(observation: Observation) -> bool:
    """Tell whether the call was made as the connector makes it."""
    return observation.external_id in (None, "right")


def _successes(setup: Setup) -> Iterator[Observation]:
    """Yield the last answer to each call of UbiQuity's, where it worked.

    Whatever it did beside AssumeRole says as well that it could assume the role.
    """
    last: dict[tuple[object, ...], Observation] = {}
    for observation in setup.snapshot.observations:
        if observation.identity in _UBIQUITY:
            last[_call(observation)] = observation
    for observation in last.values():
        if observation.outcome is not ObservedOutcome.ALLOWED:
            continue
        yield observation
        if observation.action != ASSUME:
            yield replace(observation, action=ASSUME, bucket=None)


def _call(one: Observation) -> tuple[object, ...]:
    """Return what makes two calls the same; a key is used by its name."""
    key = one.resource if one.action.startswith("kms:") else None
    return one.action, one.bucket, one.external_id, one.looks_outside, key


def _with_success(setup: Setup, seen: Observation, findings: Sequence[Finding]) -> list[Finding]:
    if not _is_right(seen):
        if _is_of_another_database(setup, seen):
            return list(findings)
        params: dict[str, object] = {"expected": setup.draft.database_id}
        params |= {"any": seen.external_id == "wrong", "certain": True}
        verified = Finding(_NOT_REQUIRED, Evidence.VERIFIED, params=params)
        return [*(f for f in findings if f.code != _NOT_REQUIRED), verified]
    if seen.looks_outside:
        return _with_whole_bucket(seen, findings)
    if seen.at < setup.snapshot.captured_at and not _settles_doubt(setup, seen):
        return list(findings)
    # What was worked out yields to what was seen; what was read stays as it is.
    return [
        remaining
        for finding in findings
        for remaining in (
            _without_action(finding, seen.action)
            if finding.evidence is Evidence.PREDICTED and refutes(seen, finding)
            else (finding,)
        )
    ]


def _settles_doubt(setup: Setup, seen: Observation) -> bool:
    """Tell whether a recorded visit answers what only UbiQuity knows, though it was long ago.

    It met the trust policy as it stands (``app.flow.since_setup``), so a condition that nobody here
    can decide was met. What is certainly denied by now stays denied.
    """
    is_visit = seen.source is ObservationSource.CLOUDTRAIL and seen.action == ASSUME
    return is_visit and setup.assume.decision is Decision.UNKNOWN


def _with_whole_bucket(seen: Observation, findings: Sequence[Finding]) -> list[Finding]:
    """Return ``findings`` with that a role which is limited to a folder sees more of the bucket."""
    told = next((f for f in findings if f.code == _TOO_BROAD), None)
    names = told.params.get("whole") if told else None
    others = names if isinstance(names, list) else []
    nothing: dict[str, object] = dict.fromkeys(("policies", "buckets", "actions"))
    params = {**nothing, **(told.params if told else {})}
    params["whole"] = list(dict.fromkeys([*others, seen.bucket]))
    verified = Finding(_TOO_BROAD, Evidence.VERIFIED, params=params)
    return [*(f for f in findings if f is not told), verified]


def _is_of_another_database(setup: Setup, seen: Observation) -> bool:
    """Tell whether a recorded visit may be that of a further database whose ID is asked for.

    CloudTrail's visits are the connector's own, and no try with a made-up External ID.
    """
    if seen.source is not ObservationSource.CLOUDTRAIL or seen.external_id != "wrong":
        return False
    # Late, since most snapshots hold no such visit and a check has to start fast.
    from app.core.documents.ubiquity_trust import databases_in

    trust = setup.snapshot.role.trust_policy
    return trust is None or any(one != setup.draft.database_id for one in databases_in(trust))


def _without_action(finding: Finding, action: str) -> tuple[Finding, ...]:
    """Return ``finding`` without the action that was seen to work; nothing if none is left."""
    actions = finding.params.get("actions")
    others = [a for a in actions if a != action] if isinstance(actions, list) else []
    if not others:
        return ()
    return (replace(finding, params={**finding.params, "actions": others}),)


def _with_refusal(setup: Setup, failure: Failure, findings: Sequence[Finding]) -> list[Finding]:
    observation = failure.observation
    organization = _by_organization(failure)
    if organization and (observation.identity in _UBIQUITY or observation.action in _NEEDED):
        return [*(f for f in findings if not _is_same_denial(f, organization)), organization]
    if observation.identity not in _UBIQUITY or not _is_right(observation):
        return list(findings)
    if failure.finding:
        # The network or a sign-in failed: nothing was refused.
        return list(findings)
    predicted = [f for f in findings if _is_cause(f, failure)]
    predicted = predicted or [f for f in findings if _is_told_of(f, failure)]
    if predicted:
        return [_verified(f) if f in predicted else f for f in findings]
    return _with_doubt_settled(setup, failure, findings)


def _by_organization(failure: Failure) -> Finding | None:
    observation = failure.observation
    cause = failure.by_organization
    if cause is None:
        return None
    is_verified = observation.identity in _UBIQUITY
    evidence = Evidence.VERIFIED if is_verified else Evidence.OBSERVED
    by = {"by": "service control policy"}
    params = {"actions": [observation.action], **by, **cause.params}
    return Finding(_ORGANIZATION, evidence, observation.bucket, params)


def _is_same_denial(one: Finding, other: Finding) -> bool:
    actions = one.params.get("actions"), other.params.get("actions")
    return (one.code, one.bucket, actions[0]) == (other.code, other.bucket, actions[1])


def _is_cause(finding: Finding, failure: Failure) -> bool:
    if CATALOGUE[finding.code].weight is not Weight.BLOCKER:
        return False
    if failure.observation.action in _NEEDED:
        return concerns(finding, failure.observation)
    # Test Connection may be told of without the call that failed.
    return any(cause.code == finding.code for cause in failure.causes)


def _is_told_of(finding: Finding, failure: Failure) -> bool:
    """Tell whether AWS's words leave no other cause than ``finding``, be it a warning alone."""
    codes = [cause.code for cause in failure.causes]
    return codes == [finding.code] and finding.bucket in (None, failure.observation.bucket)


def _verified(finding: Finding) -> Finding:
    certain = {"certain": True} if "certain" in finding.params else {}
    return replace(finding, evidence=Evidence.VERIFIED, params={**finding.params, **certain})


def _with_doubt_settled(
    setup: Setup, failure: Failure, findings: Sequence[Finding]
) -> list[Finding]:
    """Return ``findings`` with the one cause that is left for an unforeseen refusal."""
    observation = failure.observation
    doubts = [f for f in findings if _is_doubt(f) and concerns(f, observation)]
    if len(doubts) == 1:
        return [_settled(f) if f is doubts[0] else f for f in findings]
    cause = likely_cause(setup, failure.causes, observation.bucket)
    if cause is None:
        is_refusal = observation.outcome is ObservedOutcome.DENIED or failure.causes
        return [*findings, *(unexplained(setup, observation) if is_refusal else ())]
    finding = Finding(cause.code, Evidence.VERIFIED, observation.bucket, dict(cause.params))
    return [*findings, finding]


def _is_doubt(finding: Finding) -> bool:
    return finding.code.endswith(".deny-may-apply") and not finding.params.get("part")


def _settled(finding: Finding) -> Finding:
    code = finding.code.replace("deny-may-apply", "explicit-deny")
    params = {name: value for name, value in finding.params.items() if name != "part"}
    return Finding(code, Evidence.VERIFIED, finding.bucket, params)
