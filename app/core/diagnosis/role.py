"""The role: whether it is the one that UbiQuity may assume, and what its boundary leaves out.

Sources: the guide's Step 1; IAM User Guide, "Permissions boundaries for IAM entities".
"""

from collections.abc import Iterator

from app.core.diagnosis.deny_findings import boundary_denials
from app.core.diagnosis.quote import Json, condition_of, conditions_that_are, quoted
from app.core.diagnosis.view.question import bounds
from app.core.diagnosis.view.role_view import BOUNDARY
from app.core.diagnosis.view.setup import Answer, AnsweredConnector, Setup
from app.core.guide import ROLE_NAME
from app.core.iam.decision import Decision
from app.core.iam.readings import StatementReading
from app.core.iam.truth import Truth
from app.core.report import Evidence, Finding
from app.core.snapshot import State


def role_findings(setup: Setup) -> Iterator[Finding]:
    """Yield what is wrong with the role itself."""
    role = setup.role
    if role.state is State.MISSING:
        yield _missing(setup)
    if not role.is_found:
        return
    if role.place.name != ROLE_NAME:
        yield _misnamed([role.place.name])
    if role.place.path != "/":
        params = {"found": role.arn, "path": role.place.path}
        yield Finding("role.path", Evidence.OBSERVED, params=params)


def _missing(setup: Setup) -> Finding:
    names = [similar.name for similar in setup.snapshot.similar_roles if similar.name != ROLE_NAME]
    if names:
        # The one that differs least comes first.
        return _misnamed(sorted(names, key=_difference))
    params = {"account": setup.draft.account_id}
    return Finding("role.missing", Evidence.OBSERVED, params=params)


def _difference(name: str) -> tuple[bool, int]:
    letters = sum(a != b for a, b in zip(name.lower(), ROLE_NAME, strict=False))
    return name.lower() != ROLE_NAME, letters + 2 * abs(len(name) - len(ROLE_NAME))


def _misnamed(names: list[str]) -> Finding:
    nearest, *others = names
    return Finding(
        "role.misnamed", Evidence.OBSERVED, params={"found": nearest, "others": others or None}
    )


def boundary_findings(setup: Setup) -> Iterator[Finding]:
    """Yield one finding for all that the boundary leaves out, and one for each doubtful grant."""
    if setup.role.boundary is None:
        return
    left_out: list[str] = []
    denying: list[Json] = []
    for connection in setup.connections:
        for answer in connection.needed:
            denied = [
                quoted(d.reading.statement) | d.advice(setup.role.session)
                for d in boundary_denials(answer)
            ]
            if denied or _is_left_out(answer):
                left_out.append(answer.action)
            denying += denied
        yield from _doubtful_grants(setup, connection)
    if left_out:
        boundary = setup.role.boundary_arn
        params: Json = {"boundary": boundary, "actions": list(dict.fromkeys(left_out))}
        params |= denying[0] if denying else {}
        yield Finding("role.boundary", Evidence.PREDICTED, params=params)


def _is_left_out(answer: Answer) -> bool:
    outcome = bounds(answer.question)
    is_denied = answer.decision is Decision.DENIED
    return is_denied and outcome is not None and outcome.decision is Decision.DENIED


def _doubtful_grants(setup: Setup, connection: AnsweredConnector) -> Iterator[Finding]:
    """Yield the statements of the boundary that allow under a condition nobody can decide."""
    actions_by_statement: dict[int, tuple[StatementReading, list[str]]] = {}
    for answer in connection.needed:
        outcome = bounds(answer.question)
        if outcome is None or outcome.decision is not Decision.UNKNOWN:
            continue
        for reading in outcome.because.statements:
            if reading.source.startswith(BOUNDARY) and conditions_that_are(Truth.UNKNOWN, reading):
                index = reading.statement.index
                actions_by_statement.setdefault(index, (reading, []))[1].append(answer.action)
    for reading, actions in actions_by_statement.values():
        params = quoted(reading.statement) | {
            "policy": setup.role.names.get(reading.source, ""),
            "actions": actions,
            "condition": condition_of(conditions_that_are(Truth.UNKNOWN, reading)),
            "certain": False,
        }
        code = "policy.condition-blocks"
        yield Finding(code, Evidence.PREDICTED, connection.bucket, params)
