"""Deny statements of a bucket policy that cover a part of the connector's prefix.

The decision is that for a name that no policy mentions, so these don't show in it; files they
cover can't be read, moved or written all the same.
"""

from collections.abc import Iterator
from typing import Final

from app.core.diagnosis.denials import CatchingDeny
from app.core.diagnosis.question import Question, denies
from app.core.diagnosis.quote import texts_in
from app.core.diagnosis.s3_patterns import s3_patterns
from app.core.diagnosis.setup import Connection
from app.core.frozen import replace
from app.core.guide import OBJECT_ACTIONS
from app.core.iam.context import Anything, PartText
from app.core.iam.readings import StatementReading
from app.core.iam.statements import Effect
from app.core.iam.truth import Truth
from app.core.report import Evidence, Finding

_CODE: Final = "bucket.deny-may-apply"


def partial_denials(connection: Connection) -> Iterator[Finding]:
    """Yield a warning for each Deny of the bucket policy on some files under the prefix."""
    caught: dict[int, tuple[StatementReading, list[str]]] = {}
    for answer in connection.s3:
        if answer.action in OBJECT_ACTIONS:
            for reading in _partial(connection, answer.question):
                place = reading.statement.index
                caught.setdefault(place, (reading, []))[1].append(answer.action)
    for reading, actions in caught.values():
        patterns = s3_patterns(texts_in(reading.statement, "Resource", "NotResource"))
        part = next((p.key for p in patterns if p.key and p.is_of(connection.bucket)), None)
        params = {"actions": actions, **CatchingDeny(reading, certain=False).params, "part": part}
        yield Finding(_CODE, Evidence.PREDICTED, connection.bucket, params)


def _partial(connection: Connection, question: Question) -> Iterator[StatementReading]:
    """Yield the Deny statements that reach some name under the prefix, but not any name."""
    policy = connection.connector.policy
    if policy is None or not policy.is_read:
        return
    known = {r.statement.index for r in _denying(question, policy.source)}
    place = connection.connector.place
    some = PartText((f"{place.bucket_arn}/{place.prefix}", Anything(0)))
    asked = replace(question, request=replace(question.request, resource=some))
    yield from (r for r in _denying(asked, policy.source) if r.statement.index not in known)


def _denying(question: Question, source: str) -> Iterator[StatementReading]:
    for reading in denies(question).readings:
        is_deny = reading.source == source and reading.statement.effect is Effect.DENY
        if is_deny and reading.denies is not Truth.FALSE:
            yield reading
