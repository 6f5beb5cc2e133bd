"""What UbiQuity's own Test Connection answered, as the person told it, for the diagnosis."""

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from app.core.documents.policies import bucket_arn
from app.core.frozen import replace
from app.core.guide import role_arn
from app.core.observation import Identity, Observation, ObservationSource, ObservedOutcome

if TYPE_CHECKING:
    from app.core.draft import Draft
    from app.core.snapshot import Snapshot


class ToldAnswer(StrEnum):
    """The answers that can be told: success, the guide's headings, and another error."""

    SUCCESS = "success"
    ASSUME = "assume"
    OPERATIONS = "operations"
    REGION = "region"
    EXTERNAL_ID = "external-id"
    OTHER = "other"


_SAID_AT_MOST: Final = 4000
"""Characters of a pasted answer that are kept: AWS's own errors are shorter."""


def with_told(
    snapshot: "Snapshot", draft: "Draft", told: ToldAnswer, at: datetime, said: str = ""
) -> "Snapshot":
    """Return ``snapshot`` with what was ``told``, in place of what was told before.

    ``at`` is when it was told. ``said`` is UbiQuity's own text, where it was pasted: its words tell
    more of a cause. Of several buckets nobody says which one UbiQuity tested, so of them nothing is
    told.
    """
    tried = tuple(o for o in snapshot.observations if o.identity is not Identity.TOLD)
    words = said.strip()[:_SAID_AT_MOST] or None
    answered = _observations(draft, told, at) if words or told is not ToldAnswer.OTHER else ()
    return replace(snapshot, observations=tried).with_observations_by_time(
        *(_with_words(each, words) for each in answered)
    )


def _with_words(observation: Observation, words: str | None) -> Observation:
    """Return an answer with UbiQuity's words: they belong to what did not work."""
    failed = observation.outcome is not ObservedOutcome.ALLOWED
    return replace(observation, message=words) if failed else observation


def _observations(draft: "Draft", told: ToldAnswer, at: datetime) -> Iterator[Observation]:
    if told is ToldAnswer.OTHER:
        # The words alone may tell which call failed.
        yield Observation(
            at=at,
            identity=Identity.TOLD,
            action="test",
            outcome=ObservedOutcome.FAILED,
            source=ObservationSource.TOLD,
        )
        return
    # A mismatch says that what UbiQuity sent is not what the trust policy asks for.
    is_refused = told in (ToldAnswer.ASSUME, ToldAnswer.EXTERNAL_ID)
    yield Observation(
        at=at,
        identity=Identity.TOLD,
        action="sts:AssumeRole",
        outcome=ObservedOutcome.DENIED if is_refused else ObservedOutcome.ALLOWED,
        resource=role_arn(draft.account_id),
        external_id="wrong" if told is ToldAnswer.EXTERNAL_ID else "right",
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
