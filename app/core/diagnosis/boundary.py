"""The role's permissions boundary: what of the connector's needs it leaves out.

Source: IAM User Guide, "Permissions boundaries for IAM entities".
"""

from collections.abc import Iterator

from app.core.diagnosis.deny_findings import boundary_denials
from app.core.diagnosis.question import bounds
from app.core.diagnosis.quote import Json, condition_of, conditions_that_are, quoted
from app.core.diagnosis.role_view import BOUNDARY
from app.core.diagnosis.setup import Answer, Connection, Setup
from app.core.iam.decision import Decision
from app.core.iam.readings import StatementReading
from app.core.iam.truth import Truth
from app.core.report import Evidence, Finding


def boundary_findings(setup: Setup) -> Iterator[Finding]:
    """Yield one finding for all that the boundary leaves out, and one for each doubtful grant."""
    if setup.role.boundary is None:
        return
    left_out: list[str] = []
    denying: list[Json] = []
    for connection in setup.connections:
        for answer in connection.needed:
            denied = [quoted(d.reading.statement) for d in boundary_denials(answer)]
            if denied or _leaves_out(answer):
                left_out.append(answer.action)
            denying += denied
        yield from _doubtful(setup, connection)
    if left_out:
        boundary = setup.role.boundary_arn
        params: Json = {"boundary": boundary, "actions": list(dict.fromkeys(left_out))}
        params |= denying[0] if denying else {}
        yield Finding("role.boundary", Evidence.PREDICTED, params=params)


def _leaves_out(answer: Answer) -> bool:
    outcome = bounds(answer.question)
    denied = answer.decision is Decision.DENIED
    return denied and outcome is not None and outcome.decision is Decision.DENIED


def _doubtful(setup: Setup, connection: Connection) -> Iterator[Finding]:
    """Yield the statements of the boundary that allow under a condition nobody can decide."""
    caught: dict[int, tuple[StatementReading, list[str]]] = {}
    for answer in connection.needed:
        outcome = bounds(answer.question)
        if outcome is None or outcome.decision is not Decision.UNKNOWN:
            continue
        for reading in outcome.because.statements:
            if reading.source.startswith(BOUNDARY) and conditions_that_are(Truth.UNKNOWN, reading):
                place = reading.statement.index
                caught.setdefault(place, (reading, []))[1].append(answer.action)
    for reading, actions in caught.values():
        params = quoted(reading.statement) | {
            "policy": setup.role.names.get(reading.source, ""),
            "actions": actions,
            "condition": condition_of(conditions_that_are(Truth.UNKNOWN, reading)),
            "certain": False,
        }
        code = "policy.condition-blocks"
        yield Finding(code, Evidence.PREDICTED, connection.bucket, params)
