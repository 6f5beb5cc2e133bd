"""What UbiQuity's own Test Connection answered, as the person told it, for the diagnosis."""

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum

from app.core.documents.policies import bucket_arn
from app.core.draft import Draft
from app.core.frozen import replace
from app.core.guide import role_arn
from app.core.snapshot import Identity, Observation, ObservationSource, ObservedOutcome, Snapshot


class ToldAnswer(StrEnum):
    """The answers that can be told: success, the guide's headings, and another error."""

    SUCCESS = "success"
    ASSUME = "assume"
    OPERATIONS = "operations"
    REGION = "region"
    EXTERNAL_ID = "external-id"
    OTHER = "other"


def with_told(snapshot: Snapshot, draft: Draft, told: ToldAnswer, at: datetime) -> Snapshot:
    """Return ``snapshot`` with what was ``told``, in place of what was told before.

    Of several buckets nobody says which one UbiQuity tested, so of them nothing is told.
    """
    tried = (o for o in snapshot.observations if o.identity is not Identity.TOLD)
    return replace(snapshot, observations=(*tried, *_observations(draft, told, at)))


def _observations(draft: Draft, told: ToldAnswer, at: datetime) -> Iterator[Observation]:
    if told is ToldAnswer.OTHER:
        return
    is_refused = told in (ToldAnswer.ASSUME, ToldAnswer.EXTERNAL_ID)
    yield Observation(
        at=at,
        identity=Identity.TOLD,
        action="sts:AssumeRole",
        outcome=ObservedOutcome.DENIED if is_refused else ObservedOutcome.ALLOWED,
        resource=role_arn(draft.account_id),
        external_id="right",
        code="AccessDenied" if is_refused else None,
        source=ObservationSource.TOLD,
    )
    if is_refused or len(draft.bucket_names) > 1:
        return
    outcome, code = _LISTED[told]
    name = draft.bucket_names[0]
    yield Observation(
        at=at,
        identity=Identity.TOLD,
        action="s3:ListBucket",
        outcome=outcome,
        resource=bucket_arn(name),
        bucket=name,
        code=code,
        source=ObservationSource.TOLD,
    )


_LISTED = {
    ToldAnswer.SUCCESS: (ObservedOutcome.ALLOWED, None),
    ToldAnswer.OPERATIONS: (ObservedOutcome.DENIED, "AccessDenied"),
    ToldAnswer.REGION: (ObservedOutcome.FAILED, "NoSuchBucket"),
}
