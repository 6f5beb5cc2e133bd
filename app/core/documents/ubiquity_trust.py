"""UbiQuity's part of a trust policy: which databases it lets in, and the policy without it.

Sources: the guide's Step 2 and "Revoking access" (“remove the UbiQuity statement or change the
External ID”); IAM User Guide, "AWS JSON policy elements: Principal" and "… Condition".
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from app.core.documents.comparison import same_statement
from app.core.documents.external_ids import external_ids, is_own, is_placeholder, with_other_ids
from app.core.documents.gone_principals import living
from app.core.documents.policies import Document
from app.core.documents.statements import RawStatement, statements_in
from app.core.frozen import frozen
from app.core.guide import UBIQUITY_ACCOUNT, UBIQUITY_ROOT_ARN
from app.core.iam.json_text import one_or_list, strings
from app.core.iam.principals import Requester, account_of, is_orphan, parse_principals
from app.core.iam.truth import Truth

REVOKED_SID: Final = "UbiQuityAccessRevoked"
"""The statement that stands where UbiQuity's was the only one: AWS wants at least one."""

_UBIQUITY: Final = Requester.someone_in(UBIQUITY_ACCOUNT)


def revoked_statement() -> Document:
    """Return the statement that keeps all of UbiQuity's account out of the role."""
    return {
        "Sid": REVOKED_SID,
        "Effect": "Deny",
        "Principal": {"AWS": UBIQUITY_ROOT_ARN},
        "Action": "sts:AssumeRole",
    }


@frozen
class Remainder:
    """A trust policy once UbiQuity's part is taken out.

    ``document`` is None where nothing had to be taken out; whoever is gone is left out of it as
    well, since AWS takes no policy that names them. ``others`` are the principals that are still
    let in, ``databases`` the External IDs of other databases that are. Where
    ``too_open``, anyone is let in with any External ID, and so is the one that should not be.
    """

    document: Mapping[str, object] | None
    others: tuple[str, ...] = ()
    databases: tuple[str, ...] = ()
    too_open: bool = False


def databases_in(trust_policy: object) -> tuple[str, ...]:
    """Return each External ID with which UbiQuity is let in, as written; no placeholder is one."""
    databases = (
        value
        for statement in statements_in(trust_policy)
        if isinstance(statement, Mapping) and _reaches_ubiquity(statement)
        for value in external_ids(statement)
        if not is_placeholder(value)
    )
    return tuple(dict.fromkeys(databases))


def other_databases(trust_policy: object, database_id: str) -> tuple[str, ...]:
    """Return the External IDs of databases other than ``database_id``.

    A damaged form of it (white space, case, padding) and a pattern that matches it are its own.
    """
    databases = databases_in(trust_policy)
    return tuple(value for value in databases if not is_own(value, database_id))


def others_trusted(trust_policy: object) -> tuple[str, ...]:
    """Return whom a trust policy lets in beside UbiQuity's account, as it is written there.

    Whoever no longer exists is let in by nothing, and is not among them.
    """
    return _others(statements_in(trust_policy))


def refuses_ubiquity(trust_policy: object) -> bool:
    """Tell whether the statement of a revocation stands in the policy."""
    return any(_is_revoked(statement) for statement in statements_in(trust_policy))


def without_ubiquity(trust_policy: Mapping[str, object]) -> Remainder:
    """Return the policy that lets nobody of UbiQuity's account in; what others have stays.

    Statements that name others beside UbiQuity lose UbiQuity's name alone. Where one lets
    everybody in, or none would be left, a Deny for UbiQuity's account is put in.
    """
    statements = statements_in(trust_policy)
    remaining = [rest for s in statements if (rest := _without_names(s)) is not None]
    if any(_is_wide(s) for s in remaining) and not any(_is_revoked(s) for s in remaining):
        remaining.append(revoked_statement())
    return Remainder(_changed(trust_policy, statements, remaining), _others(remaining))


def without_database(trust_policy: Mapping[str, object], database_id: str) -> Remainder:
    """Return the policy that lets every UbiQuity database in but ``database_id``."""
    statements = statements_in(trust_policy)
    remaining = [rest for s in statements for rest in _without_id(s, database_id)]
    return Remainder(
        _changed(trust_policy, statements, remaining),
        _others(remaining),
        other_databases(trust_policy, database_id),
        too_open=any(
            _is_wide(s) and not (isinstance(s, Mapping) and external_ids(s)) for s in remaining
        ),
    )


def _changed(
    document: Mapping[str, object], before: Sequence[object], after: Sequence[object]
) -> Mapping[str, object] | None:
    """Return ``document`` with the statements ``after``, of which AWS wants at least one."""
    if list(before) == list(after):
        return None
    return {**document, "Statement": living(after) or [revoked_statement()]}


def _is_revoked(statement: object) -> bool:
    return isinstance(statement, Mapping) and same_statement(statement, revoked_statement())


def _allows(statement: object) -> bool:
    return isinstance(statement, Mapping) and statement.get("Effect") == "Allow"


def _is_wide(statement: object) -> bool:
    """Tell whether a statement lets UbiQuity in without naming it, or may."""
    if not isinstance(statement, Mapping):
        return True
    if not _allows(statement) or _ubiquitys(statement):
        return False
    principals = parse_principals(
        statement.get("Principal", statement.get("NotPrincipal")),
        negated="Principal" not in statement,
    )
    return isinstance(principals, str) or principals.reach(_UBIQUITY).anyhow is not Truth.FALSE


def _reaches_ubiquity(statement: RawStatement) -> bool:
    return _allows(statement) and (bool(_ubiquitys(statement)) or _is_wide(statement))


def _names(statement: RawStatement) -> Iterator[tuple[str, str]]:
    """Yield kind (``AWS``, ``Service`` …) and name of each principal that is let in."""
    element = statement.get("Principal")
    if element is None:
        yield "NotPrincipal", "NotPrincipal"
    if isinstance(element, str):
        yield "AWS", element
    if isinstance(element, Mapping):
        for kind, value in element.items():
            for name in strings(value) or ():
                yield str(kind), name


def is_ubiquitys(name: str) -> bool:
    """Tell whether an AWS principal, as written, is UbiQuity's account or one of its identities."""
    return UBIQUITY_ACCOUNT in (name, account_of(name))


def _is_ubiquitys(kind: str, name: str) -> bool:
    return kind == "AWS" and is_ubiquitys(name)


def _ubiquitys(statement: RawStatement) -> tuple[str, ...]:
    """Return the names of UbiQuity's account, and of its users and roles."""
    return tuple(name for kind, name in _names(statement) if _is_ubiquitys(kind, name))


def _others(statements: Iterable[object]) -> tuple[str, ...]:
    allowing = (s for s in statements if isinstance(s, Mapping) and _allows(s))
    named = (
        name
        for statement in allowing
        for kind, name in _names(statement)
        if not _is_ubiquitys(kind, name) and not (kind == "AWS" and is_orphan(name))
    )
    return tuple(dict.fromkeys(named))


def _without_names(statement: object) -> object | None:
    """Return the statement without UbiQuity's names; None where no other name is in it."""
    if not isinstance(statement, Mapping) or not _allows(statement) or not _ubiquitys(statement):
        return statement
    element = statement["Principal"]
    if not isinstance(element, Mapping) or not _others([statement]):
        return None
    others = [name for name in strings(element.get("AWS")) or () if not _is_ubiquitys("AWS", name)]
    principal = {kind: value for kind, value in element.items() if kind != "AWS"}
    if others:
        principal["AWS"] = one_or_list(others)
    return {**statement, "Principal": principal}


def _without_id(statement: object, database_id: str) -> Iterator[object]:
    """Yield what is left of a statement once the External ID lets nobody of UbiQuity in.

    Where it names others beside UbiQuity, they keep it as it is and UbiQuity's other databases
    get one of their own.
    """
    if not isinstance(statement, Mapping) or not _lets_in(statement, database_id):
        yield statement
        return
    others = _without_names(statement)
    if others is None:
        filtered = with_other_ids(statement, database_id)
    elif others == statement:  # everybody, or whoever comes with the External ID
        filtered = with_other_ids(statement, database_id) if external_ids(statement) else statement
    else:
        yield others
        own = {key: value for key, value in statement.items() if key != "Sid"}
        own["Principal"] = {"AWS": list(_ubiquitys(statement))}
        filtered = with_other_ids(own, database_id)
    if filtered is not None:
        yield filtered


def _lets_in(statement: RawStatement, database_id: str) -> bool:
    """Tell whether a statement may let UbiQuity in with this External ID."""
    accepted = external_ids(statement)
    ours = not accepted or any(is_own(value, database_id) for value in accepted)
    return ours and _reaches_ubiquity(statement)
