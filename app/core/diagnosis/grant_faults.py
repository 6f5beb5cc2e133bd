"""Why a statement that nearly grants an action to the connector does not grant it.

Source: the guide's Step 3 and "Additional configuration"; Service Authorization Reference for
Amazon S3 (which action is about the bucket, which about objects).
"""

from collections.abc import Collection, Iterator
from typing import Final

from app.core.diagnosis.quote import texts_in
from app.core.diagnosis.s3_patterns import S3Pattern, s3_patterns
from app.core.diagnosis.view.connector import Connector
from app.core.frozen import frozen
from app.core.guide import LIST_ACTION
from app.core.iam.beginnings import Beginnings
from app.core.iam.conditions import ConditionReading
from app.core.iam.operators import TextOperator
from app.core.iam.patterns import Glob
from app.core.iam.readings import StatementReading
from app.core.iam.statements import Effect, Statement
from app.core.iam.truth import Truth
from app.core.iam.work import Work

CONDITION: Final = "policy.condition-blocks"
PREFIX: Final = "policy.prefix-mismatch"
OBJECTS: Final = "policy.objects-not-covered"
BUCKET: Final = "policy.bucket-not-covered"
PLACEHOLDER: Final = "policy.placeholder"
WRONG_BUCKET: Final = "policy.wrong-bucket"

_ON_THIS_BUCKET: Final = (CONDITION, PREFIX, OBJECTS, BUCKET)


@frozen
class GrantFault:
    """What is wrong with one statement for one action.

    ``distance`` is how far the statement is from granting it: the nearest ones are the cause.
    ``texts`` are what stands there: folders, a resource, a placeholder, names of buckets.
    """

    distance: int
    code: str
    action: str
    reading: StatementReading
    texts: tuple[str, ...] = ()
    conditions: tuple[ConditionReading, ...] = ()

    @property
    def is_about_this_bucket(self) -> bool:
        """Whether the statement names the connector's bucket at all."""
        return self.code in _ON_THIS_BUCKET


def faults_of(
    reading: StatementReading,
    action: str,
    connector: Connector,
    bucket_names: Collection[str],
    work: Work,
) -> tuple[GrantFault, ...]:
    """Return what keeps a statement from granting ``action``; nothing where it isn't about it.

    ``bucket_names`` are those of the draft's buckets, which are no placeholders.
    """
    statement = reading.statement
    if statement.effect is not Effect.ALLOW or statement.unreadable:
        return ()
    if reading.action is not Truth.TRUE:
        return ()
    if reading.resource is not Truth.FALSE:
        return tuple(_by_condition(reading, action, 1))
    by_resource = tuple(_by_resource(reading, action, connector, bucket_names, work))
    if not by_resource or not by_resource[0].is_about_this_bucket:
        return by_resource
    if reading.condition is Truth.TRUE:
        return by_resource
    # Both have to be mended, since the statement is meant for this bucket.
    return (*by_resource, *_by_condition(reading, action, by_resource[0].distance))


def _by_condition(reading: StatementReading, action: str, distance: int) -> Iterator[GrantFault]:
    failed = [c for c in reading.conditions if c.truth is Truth.FALSE]
    folders = [c for c in failed if action == LIST_ACTION and _limits_to_folders(c)]
    others = tuple(c for c in failed if c not in folders)
    unknown = tuple(c for c in reading.conditions if c.truth is Truth.UNKNOWN)
    if distance == 1 and not failed:
        distance = 0
    if folders:
        values = tuple(value for c in folders for value in c.condition.values)
        yield GrantFault(distance, PREFIX, action, reading, values)
    if others or unknown or not failed:
        yield GrantFault(distance, CONDITION, action, reading, conditions=others + unknown)


def _limits_to_folders(reading: ConditionReading) -> bool:
    condition = reading.condition
    kind = condition.operator.kind if condition.operator else None
    compares = isinstance(kind, TextOperator) and not kind.negated
    return condition.key.lower() == "s3:prefix" and compares and bool(condition.values)


def _by_resource(
    reading: StatementReading,
    action: str,
    connector: Connector,
    bucket_names: Collection[str],
    work: Work,
) -> Iterator[GrantFault]:
    resources = work.once(_Resources, reading.statement)
    on_this_bucket = resources.of_bucket(connector.bucket)
    if on_this_bucket:
        yield _on_this_bucket(reading, action, on_this_bucket)
        return
    placeholders = tuple(name for name in resources.placeholders if name not in bucket_names)
    if placeholders:
        yield GrantFault(4, PLACEHOLDER, action, reading, placeholders)
    elif resources.names:
        yield GrantFault(5, WRONG_BUCKET, action, reading, resources.names)


class _Resources:
    """The resources of a statement, by the bucket that they name."""

    def __init__(self, statement: Statement) -> None:
        self._patterns = s3_patterns(texts_in(statement, "Resource"))
        self._buckets = [Glob.of(pattern.bucket) for pattern in self._patterns]
        self._beginnings = Beginnings.of([glob.marks for glob in self._buckets])
        self.placeholders = tuple(p.bucket for p in self._patterns if p.is_placeholder)
        self.names = tuple(dict.fromkeys(pattern.bucket for pattern in self._patterns))

    def of_bucket(self, bucket: str) -> tuple[S3Pattern, ...]:
        """Return those whose bucket is ``bucket``."""
        return tuple(
            self._patterns[place]
            for place in self._beginnings.fitting(bucket)
            if self._buckets[place].match(bucket) is Truth.TRUE
        )


def _on_this_bucket(
    reading: StatementReading, action: str, patterns: tuple[S3Pattern, ...]
) -> GrantFault:
    if action == LIST_ACTION:
        return GrantFault(3, BUCKET, action, reading, (patterns[0].text,))
    folders = tuple(pattern.key for pattern in patterns if pattern.key)
    if folders:
        return GrantFault(2, PREFIX, action, reading, folders)
    return GrantFault(3, OBJECTS, action, reading, (patterns[0].text,))
