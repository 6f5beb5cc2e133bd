"""The key policies: our statement added or mended, all others to the letter.

Sources: the guide, "Encrypted buckets"; KMS Developer Guide, "Key policies in AWS KMS" and "Key
states of AWS KMS keys" (the policy of a key that is being deleted can't be changed).
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

from app.core.change import Change, Obstacle
from app.core.changes.key_policy import PUT_KEY_POLICY
from app.core.choices import Choice, Choices
from app.core.diagnosis.view.bucket_key import BucketKey
from app.core.diagnosis.view.connector import Connector
from app.core.diagnosis.view.question import Question
from app.core.documents.additions import write_statement
from app.core.documents.policies import Document, bucket_arn, kms_entries, kms_statement
from app.core.documents.statements import (
    RawStatement,
    allows,
    aws_principals,
    statements_in,
    with_more,
    with_one,
)
from app.core.draft import BucketEntry, Draft
from app.core.frozen import frozen
from app.core.iam.decision import Decision
from app.core.iam.json_text import strings
from app.core.iam.principals import is_orphan
from app.core.iam.work import Work
from app.core.planning.connector_questions import ConnectorQuestions, connector_questions
from app.core.planning.granted import are_granted, granted_by
from app.core.planning.part import PlanPart, Unread, rewritten
from app.core.snapshot import BucketFacts, Snapshot, State

_BEING_DELETED: Final = ("PendingDeletion", "PendingReplicaDeletion")


def key_parts(
    draft: Draft, snapshot: Snapshot, choices: Choices, work: Work, gone: Collection[str] = ()
) -> Iterator[PlanPart]:
    """Yield what lets the role use the keys that the draft names and the buckets have.

    ``gone`` are the roles that the plan has deleted by then.
    """
    questions = connector_questions(draft, snapshot, work)
    planned: set[str] = set()
    for entry in kms_entries(draft):
        arn = entry.kms_key_arn or ""
        in_the_way = _in_the_way(snapshot, entry, arn)
        if in_the_way is not None:
            yield from () if _is_missing(snapshot, entry) else (in_the_way,)
        elif arn not in planned:
            planned.add(arn)
            yield from _one_key(questions, _connector(questions, entry), choices, gone)
    if Choice.OTHER_KEYS in choices.chosen:
        for connector in questions.connectors:
            for key in connector.other_keys:
                if key.arn not in planned:
                    planned.add(key.arn)
                    yield from _key_of_files(questions, connector, key, gone)


def _key_of_files(
    questions: ConnectorQuestions, connector: Connector, key: BucketKey, gone: Collection[str]
) -> Iterator[PlanPart]:
    """Yield what lets the role read the files under a key that is not their bucket's."""
    if key.facts is None or key.facts.state in _BEING_DELETED:
        return
    decrypt = questions.to_decrypt(connector, key)
    reading = _Use((decrypt,), kms_statement(questions.draft.account_id))
    yield from _granting(questions, key, [reading], gone)


def _connector(questions: ConnectorQuestions, entry: BucketEntry) -> Connector:
    return next(connector for connector in questions.connectors if connector.entry == entry)


def _in_the_way(snapshot: Snapshot, entry: BucketEntry, arn: str) -> PlanPart | None:
    """Return why the bucket's key is none that the draft's statement could go to, if so."""
    index = snapshot.bucket_index(entry.name)
    path = f"buckets[{index}].kms_key"
    bucket = None if index is None else snapshot.buckets[index]
    key = bucket.kms_key if bucket else None
    if key is None and _uses_no_key(bucket, snapshot, path):
        return Obstacle("kms.key-differs", bucket_arn(entry.name))
    if key is None or key.arn is None:
        return Unread(path if bucket else "buckets", arn)
    if key.arn != arn:
        return Obstacle("kms.key-differs", key.arn)
    return None


def _is_missing(snapshot: Snapshot, entry: BucketEntry) -> bool:
    """Tell whether there is no bucket to speak of: then that is said, and nothing of its key."""
    index = snapshot.bucket_index(entry.name)
    return index is not None and snapshot.buckets[index].state is State.MISSING


def _uses_no_key(bucket: BucketFacts | None, snapshot: Snapshot, path: str) -> bool:
    return bucket is not None and bucket.state is State.FOUND and snapshot.was_read(path)


def _one_key(
    questions: ConnectorQuestions, connector: Connector, choices: Choices, gone: Collection[str]
) -> Iterator[PlanPart]:
    facts = connector.facts
    key = facts.kms_key if facts else None
    if key is None or connector.key is None or key.state in _BEING_DELETED:
        # AWS's own key needs nothing of anybody.
        return
    decrypt, describe, generate = questions.on_key(connector)
    reading = _Use((decrypt, describe), kms_statement(questions.draft.account_id))
    writing = _Use((generate,), write_statement(questions.draft.account_id), addition=True)
    uses = (reading, writing) if Choice.DATA_KEY in choices.chosen else (reading,)
    yield from _granting(questions, connector.key, uses, gone)


def _granting(
    questions: ConnectorQuestions,
    key: BucketKey,
    uses: "Sequence[_Use]",
    gone: Collection[str],
) -> Iterator[PlanPart]:
    """Yield the changes of the key's policy for those of ``uses`` that are not granted yet."""
    lacking = [use for use in uses if are_granted(use.questions) is not Decision.ALLOWED]
    document = key.facts.policy if key.facts else None
    if not lacking:
        return
    if key.account != questions.draft.account_id:
        yield Obstacle("kms.other-account", key.arn)
    elif not isinstance(document, Mapping) or not key.policy.is_read:
        yield Unread(key.policy.source, key.arn)
    elif any(are_granted(use.questions) is Decision.UNKNOWN for use in lacking):
        yield from (Unread(path, key.arn) for path in questions.unread_policies)
    else:
        yield from _changes(document, key.arn, lacking, gone)


@frozen
class _Use:
    """Something that the role has to do with the key, and our statement that lets it."""

    questions: tuple[Question, ...]
    statement: Document
    addition: bool = False


def _changes(
    present: Mapping[str, object], arn: str, uses: Sequence[_Use], gone: Collection[str]
) -> Iterator[PlanPart]:
    """Yield one change for each use; an addition stands apart from what the guide says."""
    for use in uses:
        ways = _ways(present, use.statement)
        policy = next((way for way in ways if _lets(use, way)), None)
        if policy is None:
            yield Obstacle("change.conflict", arn)
            return
        part = rewritten(PUT_KEY_POLICY, arn, present, policy, gone, addition=use.addition)
        yield part
        if not isinstance(part, Change) or not isinstance(part.after, Mapping):
            return
        present = part.after


def _lets(use: _Use, document: Document) -> bool:
    return all(granted_by(question, document, "resource") for question in use.questions)


def _ways(present: Mapping[str, object], guides: Document) -> Iterator[Document]:
    """Yield the key policy with our statement mended where it is, then with it added."""
    for place, statement in enumerate(statements_in(present)):
        if isinstance(statement, Mapping) and _is_ours(statement, guides):
            yield with_one(present, place, _mended(statement, guides))
    yield with_more(present, [guides])


def _is_ours(statement: RawStatement, guides: Document) -> bool:
    """Tell whether it is our statement, for the role or for the id that a deleted one left."""
    if statement.get("Sid") != guides["Sid"]:
        return False
    role = aws_principals(guides)
    principals = aws_principals(statement)
    only = bool(principals) and all(
        name in role or (is_orphan(name) and name.startswith("AROA")) for name in principals
    )
    return only and allows(statement, ("Principal", "Action", "Resource"))


def _mended(statement: RawStatement, guides: Document) -> RawStatement:
    """Return our statement with what it lacks; actions that somebody added to it stay."""
    mended = dict(statement)
    if set(aws_principals(statement)) != set(aws_principals(guides)):
        mended["Principal"] = guides["Principal"]
    actions = strings(statement.get("Action")) or ()
    has = {action.lower() for action in actions}
    lacking = [a for a in strings(guides["Action"]) or () if a.lower() not in has]
    if lacking and not has & {"*", "kms:*"}:
        mended["Action"] = [*actions, *lacking]
    if strings(statement.get("Resource")) != ("*",):
        mended["Resource"] = guides["Resource"]
    return mended
