"""The rows of a report's ``access``, in the connector's order (formats.md, "The report").

``resource`` of a listing is the bucket's ARN, as in the example of formats.md; that of the
object actions is ``arn:aws:s3:::<bucket>/<prefix>*`` to the letter, which stands for a name under
the prefix that no policy mentions.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from app.core.diagnosis.view.role_view import BOUNDARY, TRUST, RoleView
from app.core.diagnosis.view.setup import ASSUME, Answer, AnsweredConnector, Setup
from app.core.iam.decision import Reason
from app.core.iam.readings import StatementReading
from app.core.report import AccessDecision, DecidingStatement, Grounds, GroundsCode, PolicyPlace
from app.core.snapshot import State, is_of_a_key


def access_of(setup: Setup) -> tuple[AccessDecision, ...]:
    """Return every decision about the connector's requests."""
    rows = (row for connection in setup.connections for row in _rows(connection, setup.role))
    return (
        _assuming(setup.assume, setup.role),
        _assuming(setup.assume_without, setup.role, without_external_id=True),
        *rows,
    )


def _assuming(
    answer: Answer, role: RoleView, *, without_external_id: bool = False
) -> AccessDecision:
    return AccessDecision(
        action=answer.action,
        resource=role.required_arn,
        decision=answer.decision.value,
        because=_grounds(answer, role),
        without_external_id=without_external_id,
    )


def _rows(connection: AnsweredConnector, role: RoleView) -> Iterator[AccessDecision]:
    for answer in connection.all:
        yield AccessDecision(
            action=answer.action,
            resource=str(answer.question.request.resource),
            decision=answer.decision.value,
            because=_grounds(answer, role),
            bucket=connection.bucket,
            prefix=connection.connector.entry.prefix,
        )


def _grounds(answer: Answer, role: RoleView) -> Grounds:
    """Return why AWS decides as ``answer`` says."""
    if role.state is State.UNREADABLE:
        return Grounds(GroundsCode.ROLE_UNREADABLE)
    if role.state is State.MISSING:
        return Grounds(GroundsCode.ROLE_MISSING)
    if answer.action == ASSUME and not role.is_required_one:
        return Grounds(GroundsCode.ANOTHER_ROLE, arn=role.arn)
    because = answer.outcome.because
    match because.reason:
        case Reason.GRANTED:
            return Grounds(GroundsCode.GRANTED, _deciding(because.statements, role))
        case Reason.EXPLICIT_DENY:
            return Grounds(GroundsCode.EXPLICIT_DENY, _deciding(because.statements, role))
        case Reason.ORGANIZATION:
            kinds = dict.fromkeys(denial.by for denial in because.organization)
            return Grounds(GroundsCode.ORGANIZATION, denied_by=tuple(kinds))
        case Reason.BOUNDARY:
            return Grounds(GroundsCode.BOUNDARY, arn=role.boundary_arn)
        case Reason.NO_GRANT:
            service = answer.action.partition(":")[0]
            return Grounds(_NO_GRANT.get(service, GroundsCode.NOT_GRANTED))
        case Reason.UNDECIDED:
            # A policy that was not read is named as such, not by a statement of it.
            readings = (r for r in because.statements if r.source not in because.unread)
            return Grounds(
                GroundsCode.UNDECIDED,
                _deciding(readings, role),
                unread=because.unread,
                unknown_keys=because.missing,
                may_spare=because.may_spare,
            )


_NO_GRANT: Final[Mapping[str, GroundsCode]] = {
    "sts": GroundsCode.NOT_TRUSTED,
    "kms": GroundsCode.KEY_NOT_GRANTED,
}


def _deciding(
    readings: Iterable[StatementReading], role: RoleView
) -> tuple[DecidingStatement, ...]:
    return tuple(_deciding_statement(reading, role) for reading in readings)


def _deciding_statement(reading: StatementReading, role: RoleView) -> DecidingStatement:
    place = _place(reading.source, role)
    policy = role.names.get(reading.source, "")
    if place is PolicyPlace.BOUNDARY:
        policy = policy or role.boundary_arn
    statement = reading.statement
    return DecidingStatement(place, statement.index + 1, statement.sid, policy)


def _place(source: str, role: RoleView) -> PolicyPlace:
    """Return what the policy belongs to whose label is ``source``."""
    if source.startswith(BOUNDARY):
        return PolicyPlace.BOUNDARY
    if role.names.get(source):
        return PolicyPlace.ROLE
    if source == TRUST:
        return PolicyPlace.TRUST
    return PolicyPlace.KEY if is_of_a_key(source) else PolicyPlace.BUCKET
