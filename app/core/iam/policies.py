"""A policy document, read as AWS reads it.

Source: AWS "IAM JSON policy elements": Version and Statement. A missing Version is 2008-10-17,
which has no policy variables; a single statement needs no list.
"""

from collections.abc import Mapping
from typing import Final

from app.core.frozen import frozen, replace
from app.core.iam.document_faults import DocumentFault
from app.core.iam.elements import PolicyKind
from app.core.iam.json_text import as_list, shown
from app.core.iam.statements import Statement, parse_statement
from app.core.iam.work import Work

_VERSION_WITH_VARIABLES: Final = "2012-10-17"
_VERSIONS: Final = ("2008-10-17", _VERSION_WITH_VARIABLES)
_ELEMENTS: Final = ("Version", "Id", "Statement")


@frozen
class Policy:
    """A policy, taken apart.

    ``source`` is the caller's label for it (``trust``, ``identity:ubiquity-s3-access-policy``,
    ``boundary``, ``bucket``, ``key``); ``raw`` the document as it was given. ``faults`` say
    what AWS would not have stored. Where not ``is_read``, nothing is known of what it says.
    """

    source: str
    kind: PolicyKind
    statements: tuple[Statement, ...]
    faults: tuple[DocumentFault, ...] = ()
    raw: object = None
    is_read: bool = True


def parse_policy(
    document: object, source: str, kind: PolicyKind, work: Work | None = None
) -> Policy:
    """Read ``document`` (what ``json.loads`` makes of it), whatever it is.

    Without a limit to its ``work`` it never raises. What AWS would refuse to store is in the
    result's ``faults``, and its statement reads as unknown; a document that isn't an object reads
    as unknown altogether, one without statements grants and denies nothing.
    """
    if not isinstance(document, Mapping):
        fault = DocumentFault("not-an-object", None, "Policy")
        return replace(unread_policy(source, kind), faults=(fault,), raw=document)
    version = document.get("Version", _VERSIONS[0])
    is_known = version in _VERSIONS
    statements: list[Statement] = []
    faults = _faults_of_document(document, is_known=is_known)
    work = work or Work()
    for index, raw in enumerate(_statements(document)):
        variables = version == _VERSION_WITH_VARIABLES
        statement, refused = parse_statement(raw, index, kind, work, variables=variables)
        statements.append(statement if is_known else _doubted(statement))
        faults += refused
    faults += _repeated_sids(statements)
    return Policy(source, kind, tuple(statements), tuple(faults), document)


def unread_policy(source: str, kind: PolicyKind) -> Policy:
    """Return a policy that exists, or may exist, and could not be read: it may say anything."""
    anything = Statement(0, None, unreadable=frozenset({"Statement"}))
    return Policy(source, kind, (anything,), is_read=False)


def _statements(document: Mapping[object, object]) -> list[object]:
    return as_list(document.get("Statement", []))


def _faults_of_document(
    document: Mapping[object, object], *, is_known: bool
) -> list[DocumentFault]:
    faults: list[DocumentFault] = []
    if not is_known:
        faults.append(DocumentFault("version-unknown", None, "Version", shown(document["Version"])))
    if "Statement" not in document:
        faults.append(DocumentFault("element-missing", None, "Statement", unreadable=False))
    others = (shown(name) for name in document if name not in _ELEMENTS)
    faults += [DocumentFault("element-unknown", None, name, unreadable=False) for name in others]
    return faults


def _doubted(statement: Statement) -> Statement:
    """Mark a statement of a language version that isn't known."""
    return replace(statement, unreadable=statement.unreadable | {"Version"})


def _repeated_sids(statements: list[Statement]) -> list[DocumentFault]:
    """IAM: "Statement IDs (SID) in a single policy must be unique"."""
    faults: list[DocumentFault] = []
    sids: set[str] = set()
    for statement in statements:
        if statement.sid and statement.sid in sids:
            at, sid = statement.index, statement.sid
            faults.append(DocumentFault("sid-repeated", at, "Sid", sid, unreadable=False))
        sids.add(statement.sid or "")
    return faults
