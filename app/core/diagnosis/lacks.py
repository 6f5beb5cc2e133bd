"""The actions on S3 that the role's own policies do not grant, and how near they come to it."""

from collections.abc import Collection

from app.core.diagnosis.grant_faults import CONDITION, GrantFault, faults_of
from app.core.diagnosis.view.connector import Connector
from app.core.diagnosis.view.question import Question, Rule, grants
from app.core.diagnosis.view.setup import AnsweredConnector
from app.core.frozen import frozen, replace
from app.core.iam.decision import Decision, Outcome
from app.core.iam.policies import Policy
from app.core.iam.readings import StatementReading
from app.core.iam.truth import Truth


@frozen
class Lack:
    """An action that nothing grants for certain; the nearest statements tell why."""

    action: str
    faults: tuple[GrantFault, ...]


def lacks_of(
    connection: AnsweredConnector, identity: tuple[Policy, ...], bucket_names: Collection[str]
) -> tuple[Lack, ...]:
    """Return the S3 actions that are not granted to a role with the policies ``identity``.

    An action is left out where a policy that was not read might grant it. ``bucket_names`` are
    those of the draft's buckets.
    """
    doubtful = (answer.question for answer in connection.s3 if not answer.is_allowed)
    lacks = (_lack(question, connection.connector, identity, bucket_names) for question in doubtful)
    return tuple(lack for lack in lacks if lack is not None)


def _lack(
    asked_question: Question,
    connector: Connector,
    identity: tuple[Policy, ...],
    bucket_names: Collection[str],
) -> Lack | None:
    question = replace(_within_the_account(asked_question), identity=identity)
    outcome = grants(question)
    if outcome.decision is Decision.ALLOWED:
        return None
    nearest = _nearest(outcome, question, connector, bucket_names)
    if outcome.decision is Decision.DENIED:
        return Lack(question.action, nearest)
    # Not certain: only a condition may stand in the way, and nothing unread beside it.
    may_be = bool(nearest) and nearest[0].distance == 0 and question.grants_are_read
    return Lack(question.action, nearest) if may_be else None


def _within_the_account(question: Question) -> Question:
    """Leave another account's bucket policy aside: it adds nothing to the role's own."""
    if question.rule is Rule.CROSS_ACCOUNT:
        return replace(question, rule=Rule.SAME_ACCOUNT, resource=None)
    return replace(question, rule=Rule.SAME_ACCOUNT)


def _nearest(
    outcome: Outcome, question: Question, connector: Connector, bucket_names: Collection[str]
) -> tuple[GrantFault, ...]:
    own_sources = {policy.source for policy in question.identity}
    faults = [
        fault
        for reading in outcome.with_action
        for fault in faults_of(reading, question.action, connector, bucket_names, question.work)
        if reading.source in own_sources or _is_granted_by_bucket(reading, fault)
    ]
    least = min((fault.distance for fault in faults), default=0)
    return tuple(fault for fault in faults if fault.distance == least)


def _is_granted_by_bucket(reading: StatementReading, fault: GrantFault) -> bool:
    """Tell whether a statement of the bucket policy was meant to let the role in.

    One for everyone says nothing of that, unless a condition alone stands in its way.
    """
    reach = reading.reach
    if reach.role is not Truth.FALSE:
        return True
    return reach.direct is not Truth.FALSE and fault.code == CONDITION and fault.distance == 0
