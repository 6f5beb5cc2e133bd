"""The files under the prefix, as the sample shows them."""

from collections.abc import Iterator
from typing import Final

from app.core.diagnosis.key import statement_to_paste
from app.core.diagnosis.view.connector import s3_question
from app.core.diagnosis.view.question import decide
from app.core.diagnosis.view.setup import AnsweredConnector, Setup
from app.core.documents.additions import TAGGING_ACTIONS
from app.core.iam.decision import Decision
from app.core.report import Evidence, Finding
from app.core.snapshot import Sample

_ARCHIVED: Final = ("GLACIER", "DEEP_ARCHIVE")
"""S3 User Guide, "Working with archived objects": Glacier Instant Retrieval is read at once."""


def file_findings(setup: Setup) -> Iterator[Finding]:
    """Yield what the customer should know of each connector's files."""
    for connection in setup.connections:
        facts = connection.connector.facts
        if facts is not None and facts.sample is not None:
            yield from _of(setup, connection, facts.sample)
            yield from _under_other_keys(setup, connection)


def _of(setup: Setup, connection: AnsweredConnector, sample: Sample) -> Iterator[Finding]:
    bucket = connection.bucket
    if sample.listed == 0 and not sample.truncated:
        params: dict[str, object] = {"prefix": connection.connector.entry.prefix}
        params |= {"markers": sample.markers} if sample.markers else {}
        yield Finding("files.none", Evidence.OBSERVED, bucket, params)
    classes = {c: n for c, n in sample.storage_classes.items() if c in _ARCHIVED and n > 0}
    if classes:
        params = {"count": sum(classes.values()), "classes": classes}
        yield Finding("files.archived", Evidence.OBSERVED, bucket, params)
    lacking_actions = _lacking(setup, connection) if sample.tagged > 0 else []
    if lacking_actions:
        params = {"count": sample.tagged, "actions": lacking_actions}
        yield Finding("files.tagged", Evidence.OBSERVED, bucket, params)
    if sample.sse_c > 0:
        yield Finding("files.sse-c", Evidence.OBSERVED, bucket, {"count": sample.sse_c})


def _under_other_keys(setup: Setup, connection: AnsweredConnector) -> Iterator[Finding]:
    """Yield the keys of files that are surely not what the bucket encrypts with by default."""
    if not _is_default_known(connection):
        return
    own = connection.connector.key
    for other in connection.other_keys:
        params: dict[str, object] = {
            "key": other.key.arn,
            "default": own.arn if own else None,
            "decision": other.decrypt.decision.value,
            **statement_to_paste(setup, connection, other.key),
        }
        yield Finding("files.other-key", Evidence.OBSERVED, connection.bucket, params)


def _is_default_known(connection: AnsweredConnector) -> bool:
    """Tell whether the key that the bucket encrypts with by default, if any, is known."""
    own, facts = connection.connector.key, connection.connector.facts
    if facts is None or facts.encryption is None:
        return False
    if own is not None:
        return not own.arn.endswith("*")
    is_aws_key = (facts.encryption.algorithm or "").startswith("aws:kms")
    return not is_aws_key or (facts.kms_key is not None and facts.kms_key.arn is not None)


def _lacking(setup: Setup, connection: AnsweredConnector) -> list[str]:
    if not setup.role.is_found:
        return []
    connector, role, snapshot = connection.connector, setup.role, setup.snapshot
    questions = (s3_question(action, connector, role, snapshot) for action in TAGGING_ACTIONS)
    return [
        question.action for question in questions if decide(question).decision is Decision.DENIED
    ]
