"""Why an access decision is what it is, in plain words that name the statement."""

from collections.abc import Sequence

from app.core.diagnosis.role_view import BOUNDARY, TRUST, RoleView
from app.core.diagnosis.setup import ASSUME, Answer
from app.core.i18n import tr
from app.core.iam.decision import Because, Reason
from app.core.iam.readings import StatementReading
from app.core.snapshot import State
from app.core.wording.facts import condition_words, fact_words, listed


def because_of(answer: Answer, role: RoleView) -> str:
    """Return why AWS decides as ``answer`` says."""
    if role.state is State.UNREADABLE:
        return tr("The role could not be read.")
    if role.state is State.MISSING:
        return tr("There is no such role.")
    if answer.action == ASSUME and not role.is_required_one:
        return tr("The role’s ARN is another one: {arn}.").format(arn=role.arn)
    because = answer.outcome.because
    deciding = listed(_named(reading, role) for reading in because.statements)
    match because.reason:
        case Reason.GRANTED:
            return tr("It is allowed by {statements}.").format(statements=deciding)
        case Reason.EXPLICIT_DENY:
            return tr("It is denied by {statements}.").format(statements=deciding)
        case Reason.ORGANIZATION:
            kinds = listed(dict.fromkeys(row.by for row in because.organization))
            return tr("The organisation denies it: {kinds}.").format(kinds=kinds)
        case Reason.BOUNDARY:
            name = role.boundary_arn
            return tr("The permissions boundary {name} does not allow it.").format(name=name)
        case Reason.NO_GRANT:
            return _nothing(answer)
        case Reason.UNDECIDED:
            return " ".join(_doubts(because, role)) or tr("It could not be worked out.")


def _nothing(answer: Answer) -> str:
    service = answer.action.partition(":")[0]
    if service == "sts":
        return tr("No statement of the trust policy allows it.")
    if service == "kms":
        return tr("Neither the key policy nor a policy of the role allows it.")
    return tr("No policy of the role or of the bucket allows it.")


def _doubts(because: Because, role: RoleView) -> Sequence[str]:
    unread = [label for label in because.unread if label]
    known = [reading for reading in because.statements if reading.source not in unread]
    said: list[str] = []
    if unread:
        facts = listed(dict.fromkeys(fact_words(label) for label in unread))
        said.append(tr("This could not be read: {facts}.").format(facts=facts))
    if known:
        statements = listed(_named(reading, role) for reading in known)
        said.append(tr("It hangs on {statements}.").format(statements=statements))
    if because.missing and known:
        keys = listed(condition_words({"": dict.fromkeys(because.missing)}))
        said.append(tr("Nobody here can know {keys}.").format(keys=keys))
    return said


def _named(reading: StatementReading, role: RoleView) -> str:
    """Return which statement of which policy it is."""
    policy = _policy(reading.source, role)
    sid, number = reading.statement.sid, reading.statement.index + 1
    if sid:
        return tr("the statement “{sid}” of {policy}").format(sid=sid, policy=policy)
    return tr("statement {number} of {policy}").format(number=number, policy=policy)


def _policy(label: str, role: RoleView) -> str:
    name = role.names.get(label)
    if label.startswith(BOUNDARY):
        return tr("the permissions boundary {name}").format(name=name or role.boundary_arn)
    if name:
        return tr("the policy {name}").format(name=name)
    if label == TRUST:
        return tr("the trust policy")
    return tr("the key policy") if ".kms_key" in label else tr("the bucket policy")
