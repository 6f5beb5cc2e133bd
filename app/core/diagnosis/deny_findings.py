"""Deny statements of the role's policies, the bucket's and the key's that catch the connector.

``denials_of`` tells which statements catch a request, or may. ``deny_findings`` makes one finding
of each statement and bucket, with every action that it refuses. A Deny that concerns only what
the connector can do without (``kms:DescribeKey``, ``kms:GenerateDataKey``) is a warning of
``key``, and left out here.
"""

from collections.abc import Iterator
from typing import Final

from app.core.diagnosis.quote import Json, deciding_condition, quoted, texts_in
from app.core.diagnosis.s3_patterns import s3_patterns
from app.core.diagnosis.view.connector import DECRYPT, S3_ACTIONS
from app.core.diagnosis.view.question import Question, denies
from app.core.diagnosis.view.role_view import ATTACHED, BOUNDARY, INLINE
from app.core.diagnosis.view.setup import Answer, AnsweredConnector, Setup
from app.core.frozen import frozen, replace
from app.core.guide import OBJECT_ACTIONS
from app.core.iam.context import Anything, PartText
from app.core.iam.decision import Decision
from app.core.iam.readings import StatementReading
from app.core.iam.requests import RoleSession
from app.core.iam.statements import Effect
from app.core.iam.truth import Truth
from app.core.report import Evidence, Finding
from app.core.snapshot import is_of_a_key

_NEEDED: Final = (*S3_ACTIONS, DECRYPT)


@frozen
class CatchingDeny:
    """A Deny statement that catches a request, ``certain`` or not: then nobody here can know."""

    reading: StatementReading
    certain: bool
    question: Question

    @property
    def source(self) -> str:
        """The label of its policy."""
        return self.reading.source

    @property
    def params(self) -> Json:
        """The values ``statement``, ``sid`` and ``condition`` of a finding."""
        condition = deciding_condition(self.reading)
        nothing: Json | None = None if self.certain else {}
        return quoted(self.reading.statement) | {"condition": condition or nothing}

    def advice(self, role: RoleSession) -> Json:
        """Return what leaves ``role`` out, and why it is not left out yet (``deny_advice``)."""
        # Most accounts have no such statement, and a check has to start in a blink.
        from app.core.diagnosis.deny_advice import advice_on

        return advice_on(self.reading, self.question, role)


def denials_of(question: Question) -> tuple[CatchingDeny, ...]:
    """Return the Deny statements that catch ``question``, whatever its policies allow.

    Two statements that are uncertain by themselves can deny for certain together.
    """
    outcome = denies(question)
    if outcome.decision is Decision.ALLOWED:
        return ()
    is_denied = outcome.decision is Decision.DENIED
    deciding = {_place(reading) for reading in outcome.because.statements} if is_denied else set()
    return tuple(
        CatchingDeny(reading, _place(reading) in deciding, question)
        for reading in outcome.concerned
        if reading.statement.effect is Effect.DENY and reading.denies is not Truth.FALSE
    )


def _place(reading: StatementReading) -> tuple[str, int]:
    return reading.source, reading.statement.index


def boundary_denials(answer: Answer) -> Iterator[CatchingDeny]:
    """Yield the Deny statements of the boundary that catch the request for certain."""
    for denial in denials_of(answer.question):
        if denial.certain and denial.source.startswith(BOUNDARY):
            yield denial


def deny_findings(setup: Setup) -> Iterator[Finding]:
    """Yield the Deny statements that stop the connector, or may."""
    for connection in setup.connections:
        for refusal in _refusals(connection):
            if refusal.denial.certain and not set(refusal.actions) & set(_NEEDED):
                continue
            yield from _finding(setup, connection, refusal)
        yield from _findings_on_some_files(setup, connection)


@frozen
class _Refusal:
    """A Deny statement and the actions that it refuses, for one bucket."""

    denial: CatchingDeny
    actions: tuple[str, ...]


def _refusals(connection: AnsweredConnector) -> Iterator[_Refusal]:
    """Yield each statement once, apart where it is certain for one action and not for another."""
    refusals: dict[tuple[str, int, bool], _Refusal] = {}
    for answer in connection.all:
        for denial in denials_of(answer.question) if not answer.is_allowed else ():
            key = (*_place(denial.reading), denial.certain)
            before = refusals.get(key, _Refusal(denial, ()))
            # Several keys may be asked for the same action.
            actions = dict.fromkeys((*before.actions, answer.action))
            refusals[key] = _Refusal(denial, tuple(actions))
    yield from refusals.values()


def _finding(setup: Setup, connection: AnsweredConnector, refusal: _Refusal) -> Iterator[Finding]:
    source, certain = refusal.denial.source, refusal.denial.certain
    denial = refusal.denial
    params: Json = {"actions": list(refusal.actions), **denial.params}
    params |= denial.advice(setup.role.session)
    kind = "explicit-deny" if certain else "deny-may-apply"
    if source.startswith((ATTACHED, INLINE)) or (source.startswith(BOUNDARY) and not certain):
        params["policy"] = setup.role.names.get(source, "")
        yield Finding(f"policy.{kind}", Evidence.PREDICTED, connection.bucket, params)
    elif is_of_a_key(source):
        keys = connection.connector.keys
        params["key"] = next((key.arn for key in keys if key.policy.source == source), "")
        yield Finding(f"kms.{kind}", Evidence.PREDICTED, connection.bucket, params)
    elif source.endswith(".policy"):
        yield Finding(f"bucket.{kind}", Evidence.PREDICTED, connection.bucket, params)


def _findings_on_some_files(setup: Setup, connection: AnsweredConnector) -> Iterator[Finding]:
    """Yield a warning for each Deny of the bucket policy on some files under the prefix.

    The decision is that for a name that no policy mentions, so these don't show in it; the files
    that they cover can't be read, moved or written all the same.
    """
    denials_by_statement: dict[int, tuple[CatchingDeny, list[str]]] = {}
    for answer in connection.s3:
        if answer.action in OBJECT_ACTIONS:
            for denial in _denials_of_some_files(connection, answer.question):
                index = denial.reading.statement.index
                denials_by_statement.setdefault(index, (denial, []))[1].append(answer.action)
    for denial, actions in denials_by_statement.values():
        patterns = s3_patterns(texts_in(denial.reading.statement, "Resource", "NotResource"))
        part = next((p.key for p in patterns if p.key and p.is_of(connection.bucket)), None)
        params = {"actions": actions, **denial.params, "part": part}
        params |= denial.advice(setup.role.session)
        yield Finding("bucket.deny-may-apply", Evidence.PREDICTED, connection.bucket, params)


def _denials_of_some_files(
    connection: AnsweredConnector, question: Question
) -> Iterator[CatchingDeny]:
    """Yield the Deny statements that reach some name under the prefix, but not any name."""
    policy = connection.connector.policy
    if policy is None or not policy.is_read:
        return
    of_any_file = {r.statement.index for r in _denying(question, policy.source)}
    place = connection.connector.place
    some_file = PartText((f"{place.bucket_arn}/{place.prefix}", Anything(0)))
    about_some_file = replace(question, request=replace(question.request, resource=some_file))
    for reading in _denying(about_some_file, policy.source):
        if reading.statement.index not in of_any_file:
            yield CatchingDeny(reading, certain=False, question=about_some_file)


def _denying(question: Question, source: str) -> Iterator[StatementReading]:
    for reading in denies(question).concerned:
        is_deny = reading.source == source and reading.statement.effect is Effect.DENY
        if is_deny and reading.denies is not Truth.FALSE:
            yield reading
