"""The key of an encrypted bucket: whether it is usable, and what its policy lacks for the role.

Sources: the guide, "Encrypted buckets"; KMS Developer Guide, "Key policies in AWS KMS" and "Key
states of AWS KMS keys"; S3 User Guide, "Using SSE-KMS" (writing needs ``kms:GenerateDataKey``).
"""

from collections.abc import Iterable, Iterator
from typing import Final

from app.core.diagnosis.deny_findings import denials_of
from app.core.diagnosis.quote import Json, condition_of, conditions_that_are, quoted
from app.core.diagnosis.trust import deleted_in
from app.core.diagnosis.view.bucket_key import BucketKey
from app.core.diagnosis.view.connector import DECRYPT
from app.core.diagnosis.view.question import GRANT_ALL, Question, grants
from app.core.diagnosis.view.setup import Answer, AnsweredConnector, Setup
from app.core.documents.policies import kms_statement
from app.core.frozen import replace
from app.core.iam.decision import Decision, Outcome
from app.core.iam.readings import StatementReading
from app.core.iam.statements import Effect
from app.core.iam.truth import Truth
from app.core.report import Evidence, Finding

_USABLE: Final = (None, "Enabled", "Creating", "Updating")


def key_findings(setup: Setup) -> Iterator[Finding]:
    """Yield what is wrong with each bucket's customer-managed key, and with those of its files."""
    for connection in setup.connections:
        key = connection.connector.key
        if key is not None:
            yield from _differs(connection, key)
            yield from _facts(setup, connection, key)
            yield from _to_read(setup, connection, key, connection.key[0])
            if setup.role.is_found:
                yield from _to_write(setup, connection, key)
        for other in connection.other_keys:
            yield from _facts(setup, connection, other.key)
            yield from _to_read(setup, connection, other.key, other.decrypt)


def _differs(connection: AnsweredConnector, key: BucketKey) -> Iterator[Finding]:
    expected_arn = connection.connector.entry.kms_key_arn
    if key.facts is not None and key.arn != expected_arn:
        params: Json = {"expected": expected_arn, "found": key.arn}
        yield Finding("kms.key-differs", Evidence.OBSERVED, connection.bucket, params)


def _facts(setup: Setup, connection: AnsweredConnector, key: BucketKey) -> Iterator[Finding]:
    if key.facts is None:
        return
    of_files: Json = {} if key == connection.connector.key else {"of_files": True}
    if key.facts.state not in _USABLE:
        params: Json = {"key": key.arn, "state": key.facts.state, **of_files}
        yield Finding("kms.key-disabled", Evidence.OBSERVED, connection.bucket, params)
    if key.account != setup.draft.account_id:
        params = {"key": key.arn, "account": key.account, **of_files}
        params |= statement_to_paste(setup, connection, key)
        yield Finding("kms.other-account", Evidence.OBSERVED, connection.bucket, params)


def _to_read(
    setup: Setup, connection: AnsweredConnector, key: BucketKey, decrypt: Answer
) -> Iterator[Finding]:
    """Yield why nothing lets the role decrypt; without a role, if no policy of it could."""
    if decrypt.is_allowed:
        return
    question = decrypt.question
    if not setup.role.is_found:
        question = replace(question, identity=(GRANT_ALL,))
    granted = grants(question)
    if granted.decision is Decision.UNKNOWN and question.grants_are_read:
        yield from _conditional(setup, connection.bucket, granted)
    if granted.decision is not Decision.DENIED:
        return
    params, deleted = _params(setup, key), _deleted(granted.with_action, question)
    if deleted:
        params["found"] = deleted
    else:
        params |= {} if key == connection.connector.key else {"of_files": True}
        params |= statement_to_paste(setup, connection, key)
    code = "kms.principal-orphaned" if deleted else "kms.decrypt-denied"
    yield Finding(code, Evidence.PREDICTED, connection.bucket, params)


def _conditional(setup: Setup, bucket: str, granted: Outcome) -> Iterator[Finding]:
    """Yield the role's own grants of decrypting whose condition nobody here can decide."""
    for reading in granted.because.statements:
        unknown = conditions_that_are(Truth.UNKNOWN, reading)
        name = setup.role.names.get(reading.source)
        if unknown and name:
            params: Json = {"policy": name, "actions": [DECRYPT], **quoted(reading.statement)}
            params |= {"condition": condition_of(unknown), "certain": False}
            code = "policy.condition-blocks"
            yield Finding(code, Evidence.PREDICTED, bucket, params)


def _params(setup: Setup, key: BucketKey) -> Json:
    return {"key": key.arn, "role": setup.role.required_arn}


def statement_to_paste(setup: Setup, connection: AnsweredConnector, key: BucketKey) -> Json:
    """Return the guide's statement for ``key`` where the program shows it nowhere else.

    It does for the keys of the draft.
    """
    if key.arn == connection.connector.entry.kms_key_arn:
        return {}
    return {"paste": kms_statement(setup.draft.account_id)}


def _to_write(setup: Setup, connection: AnsweredConnector, key: BucketKey) -> Iterator[Finding]:
    decrypt, describe, generate = connection.key
    for answer, code in ((describe, "kms.describe-denied"), (generate, "kms.write-denied")):
        if _is_lacking_beside(answer, decrypt):
            params = _params(setup, key) | statement_to_paste(setup, connection, key)
            yield Finding(code, Evidence.PREDICTED, connection.bucket, params)


def _is_lacking_beside(answer: Answer, decrypt: Answer) -> bool:
    """Tell whether an action is denied for another reason than decrypting is."""
    if answer.is_allowed or grants(decrypt.question).decision is Decision.DENIED:
        return False
    if grants(answer.question).decision is Decision.DENIED:
        return True
    if decrypt.decision is Decision.DENIED:
        return bool(_denials(answer) - _denials(decrypt))
    return answer.decision is Decision.DENIED


def _denials(answer: Answer) -> set[tuple[str, int]]:
    denials = (denial for denial in denials_of(answer.question) if denial.certain)
    return {(denial.source, denial.reading.statement.index) for denial in denials}


def _deleted(readings: Iterable[StatementReading], question: Question) -> str | None:
    """Return the unique id of a deleted role that the key's policy lets decrypt."""
    living = question.request.principal.unique_id
    for reading in readings:
        is_grant = reading.statement.effect is Effect.ALLOW and reading.action is Truth.TRUE
        if is_grant and (deleted := deleted_in(reading.statement, living)):
            return deleted[0]
    return None
