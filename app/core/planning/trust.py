"""The trust policy: UbiQuity let in with the draft's External ID, and all others as they are.

Sources: the guide's Step 2 and Troubleshooting ("Invalid External ID").
"""

from collections.abc import Iterable, Iterator, Mapping

from app.core.changes.role import UPDATE_TRUST_POLICY
from app.core.choices import Choice, Choices
from app.core.diagnosis.openness import requests_without
from app.core.diagnosis.view.role_view import TRUST
from app.core.documents.comparison import same_document, same_statement
from app.core.documents.damage import is_damaged_form
from app.core.documents.external_ids import asks_for_external_id, is_placeholder
from app.core.documents.policies import Document, trust_policy
from app.core.documents.statements import (
    RawStatement,
    allows,
    aws_principals,
    statements_in,
    with_more,
    with_one,
    with_statements,
)
from app.core.documents.ubiquity_trust import REVOKED_SID, revoked_statement
from app.core.draft import Draft
from app.core.frozen import frozen, replace
from app.core.guide import UBIQUITY_ACCOUNT, UBIQUITY_ROOT_ARN
from app.core.iam.conditions import ConditionReading, parse_conditions
from app.core.iam.json_text import one_or_list, strings
from app.core.iam.truth import Truth
from app.core.iam.work import Work
from app.core.planning.connector_questions import ConnectorQuestions, connector_questions
from app.core.planning.granted import granted_by
from app.core.planning.part import PlanPart, Unread, rewritten
from app.core.snapshot import Snapshot

_KEY = "sts:ExternalId"
_ELEMENTS = ("Principal", "Action", "Condition")


def trust_parts(
    draft: Draft, snapshot: Snapshot, choices: Choices, work: Work
) -> Iterator[PlanPart]:
    """Yield what lets UbiQuity in; nothing where Allow statements already do."""
    questions, present = connector_questions(draft, snapshot, work), snapshot.role.trust_policy
    target = questions.role.required_arn
    if not snapshot.was_read(TRUST) or not isinstance(present, Mapping):
        yield Unread(TRUST, target)
        return
    document = _document_after(questions, present, choices)
    if document is None:
        yield Unread(TRUST, target)
    elif document != present:
        yield rewritten(UPDATE_TRUST_POLICY, target, present, document)


def _document_after(
    questions: ConnectorQuestions, present: Mapping[str, object], choices: Choices
) -> Mapping[str, object] | None:
    """Return the trust policy as it should be; None where nothing that is added would count."""
    external_id = questions.draft.database_id
    if Choice.REPLACE_TRUST in choices.chosen:
        guides = trust_policy(external_id)
        return present if same_document(present, guides) else guides
    document = _without_revocation(present)
    if not _lets_in(questions, document):
        ways = _ways(document, external_id)
        letting_in = next((way for way in ways if _lets_in(questions, way)), None)
        if letting_in is None:
            return None
        document = letting_in
    if Choice.REQUIRE_EXTERNAL_ID in choices.chosen:
        stricter = _requiring_external_id(questions, document)
        document = stricter if _lets_in(questions, stricter) else document
    return document


def _lets_in(questions: ConnectorQuestions, document: Mapping[str, object]) -> bool:
    return granted_by(questions.assume, document, "trust")


def _without_revocation(document: Mapping[str, object]) -> Mapping[str, object]:
    """Take out the Deny that this program put in when the access was revoked, and no other."""
    statements = statements_in(document)
    others = [statement for statement in statements if not _is_revocation(statement)]
    return document if len(others) == len(statements) else with_statements(document, others)


def _is_revocation(statement: object) -> bool:
    return (
        isinstance(statement, Mapping)
        and statement.get("Sid") == REVOKED_SID
        and same_statement(statement, revoked_statement())
    )


def _ways(document: Mapping[str, object], external_id: str) -> Iterator[Document]:
    """Yield the ways to let UbiQuity in, the one that changes least first."""
    own = [
        (place, statement, test)
        for place, statement in enumerate(statements_in(document))
        if isinstance(statement, Mapping) and (test := _only_test(statement)) is not None
    ]
    for place, statement, test in own:
        if any(_is_gone_wrong(value, external_id) for value in test.values):
            yield with_one(document, place, test.with_values(statement, _mended(test, external_id)))
    for place, statement, test in own:
        values = [*test.values, external_id]
        yield with_one(document, place, test.with_values(statement, values))
    yield with_more(document, _guides_statements(external_id))


def _guides_statements(external_id: str) -> list[RawStatement]:
    return [s for s in statements_in(trust_policy(external_id)) if isinstance(s, Mapping)]


@frozen
class _Test:
    """The one condition of a statement, which is for one of several External IDs."""

    operator: str
    key: str
    values: tuple[str, ...]

    def with_values(self, statement: RawStatement, values: Iterable[str]) -> Document:
        """Return ``statement`` with ``values`` in place of those that it asks for."""
        external_ids = one_or_list(tuple(dict.fromkeys(values)))
        return {**statement, "Condition": {self.operator: {self.key: external_ids}}}


def _only_test(statement: RawStatement) -> _Test | None:
    """Return what a statement that is UbiQuity's alone asks for, if it is an External ID only."""
    if not is_ubiquitys(statement) or "Condition" not in statement:
        return None
    conditions, _ = parse_conditions(statement["Condition"], 0, variables=True)
    if len(conditions) != 1:
        return None
    (condition,) = conditions
    if not asks_for_external_id(ConditionReading(condition, Truth.UNKNOWN)):
        return None
    return _Test(condition.operator_name, condition.key, condition.values)


def is_ubiquitys(statement: object) -> bool:
    """Tell whether a statement lets UbiQuity's account in, by its root or its id, and nobody else.

    ``sts:AssumeRole`` is allowed by name; ``sts:TagSession`` and the like may stand beside it.
    """
    if not isinstance(statement, Mapping) or not allows(statement, _ELEMENTS):
        return False
    principals = aws_principals(statement)
    actions = [action.lower() for action in strings(statement.get("Action")) or ()]
    only = bool(principals) and set(principals) <= {UBIQUITY_ROOT_ARN, UBIQUITY_ACCOUNT}
    return only and "sts:assumerole" in actions


def _is_gone_wrong(value: str, external_id: str) -> bool:
    return is_damaged_form(external_id, value) or is_placeholder(value)


def _mended(test: _Test, external_id: str) -> Iterator[str]:
    for value in test.values:
        yield external_id if _is_gone_wrong(value, external_id) else value


# Asking for the External ID where it is not asked for


def _requiring_external_id(
    questions: ConnectorQuestions, document: Mapping[str, object]
) -> Mapping[str, object]:
    """Return ``document`` with the External ID asked for wherever UbiQuity alone is let in."""
    statements = [
        _with_condition(statement, questions.draft.database_id)
        if isinstance(statement, Mapping)
        and is_ubiquitys(statement)
        and _is_open(questions, document, statement)
        else statement
        for statement in statements_in(document)
    ]
    return (
        document if statements == statements_in(document) else with_statements(document, statements)
    )


def _is_open(
    questions: ConnectorQuestions, document: Mapping[str, object], statement: RawStatement
) -> bool:
    """Tell whether the statement by itself lets UbiQuity in without the draft's External ID."""
    alone = with_statements(document, [statement])
    question = questions.assume
    return any(
        granted_by(replace(question, request=request), alone, "trust")
        for request in requests_without(questions.draft.database_id, questions.assume_without)
    )


def _with_condition(statement: RawStatement, external_id: str) -> Document:
    """Return the statement asking for the External ID beside those that it asks for already."""
    present = statement.get("Condition")
    condition = dict(present) if isinstance(present, Mapping) else {}
    tests, _ = parse_conditions(condition, 0, variables=True)
    accepted = [
        value
        for test in tests
        if asks_for_external_id(ConditionReading(test, Truth.UNKNOWN))
        for value in test.values
        if not set(value) & set("*?$")
    ]
    equals = condition.get("StringEquals")
    others = dict(equals) if isinstance(equals, Mapping) else {}
    external_ids = one_or_list(tuple(dict.fromkeys([*accepted, external_id])))
    condition["StringEquals"] = {**others, _KEY: external_ids}
    return {**statement, "Condition": condition}
