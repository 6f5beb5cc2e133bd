"""Deny statements of the role's policies, the bucket's and the key's that catch the connector.

One finding for each statement and bucket, with every action that it refuses. A Deny that only
concerns what the connector can do without (``kms:DescribeKey``, ``kms:GenerateDataKey``) is a
warning of the key's room, and not said here.
"""

from collections.abc import Iterator
from typing import Final

from app.core.diagnosis.connector import DECRYPT, S3_ACTIONS
from app.core.diagnosis.denials import CatchingDeny, denials_of
from app.core.diagnosis.partial_denials import partial_denials
from app.core.diagnosis.quote import Json
from app.core.diagnosis.role_view import ATTACHED, BOUNDARY, INLINE
from app.core.diagnosis.setup import Answer, Connection, Setup
from app.core.frozen import frozen
from app.core.report import Evidence, Finding

_NEEDED: Final = (*S3_ACTIONS, DECRYPT)


@frozen
class _Caught:
    """A Deny statement and the actions that it refuses, for one bucket."""

    denial: CatchingDeny
    actions: tuple[str, ...]


def deny_findings(setup: Setup) -> Iterator[Finding]:
    """Yield the Deny statements that stop the connector, or may."""
    for connection in setup.connections:
        for caught in _caught(connection):
            if caught.denial.certain and not set(caught.actions) & set(_NEEDED):
                continue
            yield from _finding(setup, connection, caught)
        yield from partial_denials(connection)


def _caught(connection: Connection) -> Iterator[_Caught]:
    """Yield each statement once, certain for one action or not for another apart."""
    found: dict[tuple[str, int, bool], _Caught] = {}
    for answer in (*connection.s3, *connection.key):
        for denial in denials_of(answer.question) if not answer.is_allowed else ():
            place = (denial.source, denial.reading.statement.index, denial.certain)
            before = found.get(place, _Caught(denial, ()))
            found[place] = _Caught(denial, (*before.actions, answer.action))
    yield from found.values()


def _finding(setup: Setup, connection: Connection, caught: _Caught) -> Iterator[Finding]:
    source, certain = caught.denial.source, caught.denial.certain
    params: Json = {"actions": list(caught.actions), **caught.denial.params}
    kind = "explicit-deny" if certain else "deny-may-apply"
    if source.startswith((ATTACHED, INLINE)) or (source.startswith(BOUNDARY) and not certain):
        params["policy"] = setup.role.names.get(source, "")
        yield Finding(f"policy.{kind}", Evidence.PREDICTED, connection.bucket, params)
    elif source.endswith(".kms_key.policy"):
        params["key"] = connection.connector.key.arn if connection.connector.key else ""
        yield Finding(f"kms.{kind}", Evidence.PREDICTED, connection.bucket, params)
    elif source.endswith(".policy"):
        yield Finding(f"bucket.{kind}", Evidence.PREDICTED, connection.bucket, params)


def boundary_denials(answer: Answer) -> Iterator[CatchingDeny]:
    """Yield the Deny statements of the boundary that catch the request for certain."""
    for denial in denials_of(answer.question):
        if denial.certain and denial.source.startswith(BOUNDARY):
            yield denial
