"""The whole setup as the checks see it: draft, snapshot, and every question already answered."""

from typing import Final

from app.core.diagnosis.view.bucket_key import BucketKey
from app.core.diagnosis.view.connector import (
    DECRYPT,
    KEY_ACTIONS,
    S3_ACTIONS,
    Connector,
    connectors_of,
    key_question,
    s3_question,
)
from app.core.diagnosis.view.question import Question, Rule, decide
from app.core.diagnosis.view.role_view import RoleView, is_foreign, view_role
from app.core.draft import Draft
from app.core.frozen import frozen, replace
from app.core.guide import ASSUME_ACTION, role_arn
from app.core.iam.decision import Because, Decision, Outcome, Reason
from app.core.iam.requests import Request, assume_role_request
from app.core.iam.work import Work
from app.core.snapshot import Snapshot, State

ASSUME: Final = ASSUME_ACTION

_OBSERVATION: Final = 2000
"""About how many steps it takes to make sense of what was seen: its message is looked into."""

_NOBODY_KNOWS: Final = Outcome(Decision.UNKNOWN, Because(Reason.UNDECIDED))
_NO_SUCH_ROLE: Final = Outcome(Decision.DENIED, Because(Reason.NO_GRANT))


@frozen
class Answer:
    """A question with its answer."""

    question: Question
    outcome: Outcome

    @property
    def action(self) -> str:
        """The action asked for."""
        return self.question.action

    @property
    def decision(self) -> Decision:
        """What AWS answers."""
        return self.outcome.decision

    @property
    def is_allowed(self) -> bool:
        """Whether it certainly works, so that nothing stands in the way."""
        return self.outcome.decision is Decision.ALLOWED


@frozen
class KeyOfFiles:
    """A key of some files that is not the bucket's own, and whether the role may decrypt by it."""

    key: BucketKey
    decrypt: Answer


@frozen
class AnsweredConnector:
    """A connector with the answers for it; ``key`` is empty without a customer-managed key."""

    connector: Connector
    s3: tuple[Answer, ...]
    key: tuple[Answer, ...]
    other_keys: tuple[KeyOfFiles, ...] = ()

    @property
    def bucket(self) -> str:
        """The bucket's name."""
        return self.connector.bucket

    @property
    def needed(self) -> tuple[Answer, ...]:
        """The answers without which nothing works: the four S3 actions and ``kms:Decrypt``."""
        return (*self.s3, *self.key[:1], *self.of_other_keys)

    @property
    def of_other_keys(self) -> tuple[Answer, ...]:
        """The answers about ``kms:Decrypt`` on the keys of files that are not the bucket's."""
        return tuple(other.decrypt for other in self.other_keys)

    @property
    def all(self) -> tuple[Answer, ...]:
        """Every answer, in the order of the report."""
        return (*self.s3, *self.key, *self.of_other_keys)


@frozen
class Setup:
    """What the checks look at."""

    draft: Draft
    snapshot: Snapshot
    role: RoleView
    foreign: bool
    """Whether the sign-in belongs to another account than the draft's."""
    assume: Answer
    assume_without: Answer
    """The same without an External ID."""
    connections: tuple[AnsweredConnector, ...]


def set_up(draft: Draft, snapshot: Snapshot, work: Work) -> Setup:
    """Ask every question that the report answers; raises OutOfWorkError alone."""
    work.spend(_OBSERVATION * len(snapshot.observations))
    snapshot = snapshot.as_to_role(role_arn(draft.account_id))
    return _set_up(draft, snapshot, view_role(draft, snapshot, work))


def with_required_role(setup: Setup) -> Setup:
    """Return ``setup`` as it would be, were the role the one that UbiQuity may assume."""
    session = replace(setup.role.session, arn=setup.role.required_arn)
    return _set_up(setup.draft, setup.snapshot, replace(setup.role, session=session))


def _set_up(draft: Draft, snapshot: Snapshot, role: RoleView) -> Setup:
    return Setup(
        draft=draft,
        snapshot=snapshot,
        role=role,
        foreign=is_foreign(draft, snapshot),
        assume=_assume(draft.database_id, role, snapshot),
        assume_without=_assume(None, role, snapshot),
        connections=tuple(
            _connection(connector, role, snapshot)
            for connector in connectors_of(draft, snapshot, role.work)
        ),
    )


def assume_request(external_id: str | None, role: RoleView, snapshot: Snapshot) -> Request:
    """Return UbiQuity's AssumeRole with ``external_id`` or, for None, without one."""
    role.work.spend(len(role.session.tags or ()))
    return assume_role_request(
        role.session.arn,
        external_id,
        snapshot.captured_at,
        role_tags=role.session.tags,
        organization_id=snapshot.organization_id,
    )


def _assume(external_id: str | None, role: RoleView, snapshot: Snapshot) -> Answer:
    request = assume_request(external_id, role, snapshot)
    organization = snapshot.organization_denies
    question = Question(
        request, Rule.TRUST, resource=role.trust, organization=organization, work=role.work
    )
    if role.state is State.UNREADABLE:
        return Answer(question, _NOBODY_KNOWS)
    outcome = decide(question) if role.is_required_one else _NO_SUCH_ROLE
    if outcome.decision is Decision.ALLOWED and not snapshot.was_read("role.arn"):
        return Answer(question, _NOBODY_KNOWS)  # It may have another name, or a path.
    return Answer(question, outcome)


def _connection(connector: Connector, role: RoleView, snapshot: Snapshot) -> AnsweredConnector:
    key = connector.key
    s3 = (s3_question(action, connector, role, snapshot) for action in S3_ACTIONS)
    kms = (
        (key_question(action, connector, key, role, snapshot) for action in KEY_ACTIONS)
        if key
        else ()
    )
    others = (
        KeyOfFiles(other, _answer(key_question(DECRYPT, connector, other, role, snapshot), role))
        for other in connector.other_keys
    )
    return AnsweredConnector(
        connector,
        tuple(_answer(question, role) for question in s3),
        tuple(_answer(question, role) for question in kms),
        tuple(others),
    )


def _answer(question: Question, role: RoleView) -> Answer:
    """Return the answer for the role once assumed; where there is no role, nobody knows it."""
    return Answer(question, decide(question) if role.is_found else _NOBODY_KNOWS)
