"""What to put into a Deny so that it leaves the connector alone, and why it does not do so yet.

Whatever is offered was tried: the evaluator says that the statement, so changed, no longer catches
the request. Sources: IAM User Guide, "AWS global condition context keys" (``aws:PrincipalArn`` is
the role's ARN, never the session's; ``aws:userid`` is the role's id, a colon and the session's
name; ``aws:username`` is there for users alone), "IAM JSON policy elements: Condition operators"
(only Like and the ARN operators know wildcards), "AWS JSON policy elements: NotPrincipal".
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Final

from app.core.diagnosis.quote import Json
from app.core.diagnosis.view.question import Question, Rule
from app.core.documents.statements import RawStatement, aws_principals
from app.core.frozen import frozen
from app.core.guide import ROLE_NAME, UBIQUITY_ACCOUNT, UBIQUITY_ROOT_ARN
from app.core.iam.conditions import ConditionReading
from app.core.iam.elements import PolicyKind
from app.core.iam.json_text import one_or_list, scalars, strings
from app.core.iam.operators import TextOperator, parse_operator
from app.core.iam.policies import parse_policy
from app.core.iam.principals import account_of, is_orphan
from app.core.iam.readings import Asked, Reader, StatementReading
from app.core.iam.requests import RoleSession
from app.core.iam.truth import Truth

_PRINCIPAL_ARN: Final = "aws:PrincipalArn"
_VERSION: Final = "2012-10-17"


class Mistake(StrEnum):
    """Why a Deny that leaves somebody out does not leave out the role."""

    SESSION_ARN = "session-arn"
    USER_ID = "user-id"
    OTHER_ID = "other-id"
    USER_NAME = "user-name"
    NOT_PRINCIPAL = "not-principal"
    LETTER_CASE = "letter-case"
    WILDCARD = "wildcard"
    OTHER_ACCOUNT = "other-account"
    PATH = "path"
    UBIQUITYS_ACCOUNT = "ubiquitys-account"
    ACCOUNT_ROOT = "account-root"
    EXTERNAL_ID = "external-id"
    POSITIVE = "positive"


@frozen
class _LeftOut:
    """Who is to be left out: by which key and value, and the operator where there is none yet."""

    key: str
    value: str
    operator: str


def advice_on(reading: StatementReading, question: Question, role: RoleSession) -> Json:
    """Return the values ``paste`` and ``mistakes`` of a finding on a Deny that catches or may.

    ``paste`` holds the elements of the statement that change; it is left out where none would do.
    """
    raw = reading.statement.raw
    if not isinstance(raw, Mapping):
        return {}
    left_out = _LeftOut(_PRINCIPAL_ARN, role.arn, "ArnNotEquals")
    if question.rule is Rule.TRUST:
        left_out = _LeftOut("aws:PrincipalAccount", UBIQUITY_ACCOUNT, "StringNotEquals")
    paste = next((w for w in _ways(raw, left_out) if _leaves_out(raw, w, reading, question)), None)
    mistakes = list(dict.fromkeys(_mistakes(reading, raw, question, role)))
    return {
        **({"paste": paste} if paste else {}),
        **({"mistakes": [str(mistake) for mistake in mistakes]} if mistakes else {}),
    }


# What to put in


def _ways(raw: RawStatement, left_out: _LeftOut) -> Iterator[Json]:
    """Yield what could stand in the statement in place of its own, what changes least first."""
    if "NotPrincipal" in raw:
        yield from _without_not_principal(raw, left_out)
        return
    names = aws_principals(raw)
    others = [name for name in names if not _is_of_role(name, left_out.value)]
    if others and len(others) < len(names):
        yield {"Principal": {**_mapping(raw.get("Principal")), "AWS": one_or_list(others)}}
    for condition in _conditions(_mapping(raw.get("Condition")), left_out, (left_out.value,)):
        yield {"Condition": condition}


def _without_not_principal(raw: RawStatement, left_out: _LeftOut) -> Iterator[Json]:
    """Yield ``Principal: "*"`` with a condition that leaves out whom NotPrincipal left out."""
    element = raw.get("NotPrincipal")
    named = strings(element.get("AWS")) if isinstance(element, Mapping) else None
    arns = [arn for name in named or () if (arn := _as_principal_arn(name)) is not None]
    if left_out.key == _PRINCIPAL_ARN:
        values = tuple(dict.fromkeys((*arns, left_out.value)))
    else:
        values = (left_out.value,)
    for condition in _conditions(_mapping(raw.get("Condition")), left_out, values):
        yield {"Principal": "*", "Condition": condition}


def _as_principal_arn(name: str) -> str | None:
    """Return what ``aws:PrincipalArn`` is for a principal; None for an account or an id.

    A role of IAM Identity Center has a path that its sessions' ARNs do not show (IAM Identity
    Center User Guide, "Referencing permission sets in resource policies").
    """
    kind, _, rest = name.rpartition(":")[2].partition("/")
    if not name.startswith("arn:") or kind != "assumed-role":
        return name if name.startswith("arn:") else None
    role = rest.partition("/")[0]
    path = "aws-reserved/sso.amazonaws.com*/" if role.startswith("AWSReservedSSO_") else ""
    return f"arn:aws:iam::{account_of(name)}:role/{path}{role}"


def _is_of_role(name: str, role_arn: str) -> bool:
    session = role_arn.replace(":iam:", ":sts:").replace(":role/", ":assumed-role/")
    return name == role_arn or name.startswith(f"{session}/")


def _conditions(
    present: Mapping[str, object], left_out: _LeftOut, values: Sequence[str]
) -> Iterator[Json]:
    """Yield the condition with a test that leaves out ``values``, in one that is there or new."""
    for name, tests in present.items():
        operator = parse_operator(name)
        kind = operator.kind if operator else None
        if not isinstance(kind, TextOperator) or not kind.negated or not isinstance(tests, Mapping):
            continue
        for key, listed in tests.items():
            if str(key).lower() == left_out.key.lower():
                more = tuple(dict.fromkeys((*(scalars(listed) or ()), *values)))
                yield {**present, name: {**tests, key: one_or_list(more)}}
    for name in (left_out.operator, f"{left_out.operator}IfExists"):
        tests = present.get(name, {})
        if isinstance(tests, Mapping) and not any(_is_key(k, left_out.key) for k in tests):
            yield {**present, name: {**tests, left_out.key: one_or_list(values)}}


def _is_key(text: object, key: str) -> bool:
    return str(text).lower() == key.lower()


def _mapping(value: object) -> Json:
    return {str(key): inner for key, inner in value.items()} if isinstance(value, Mapping) else {}


def _leaves_out(
    raw: RawStatement, paste: Json, reading: StatementReading, question: Question
) -> bool:
    """Tell whether the statement with ``paste`` in it certainly does not catch the request."""
    changed = {k: v for k, v in raw.items() if "Principal" not in paste or k != "NotPrincipal"}
    document = {"Version": _VERSION, "Statement": [{**changed, **paste}]}
    is_trust = question.rule is Rule.TRUST
    of_identity = reading.source.startswith("role.") and not is_trust
    kind: PolicyKind = "identity" if of_identity else "trust" if is_trust else "resource"
    policy = parse_policy(document, "changed", kind)
    if policy.faults:
        return False
    # Of this statement alone it is asked, which takes less than a whole decision.
    reader = Reader(Asked(question.request, Truth.FALSE, question.work))
    return reader.read(policy, policy.statements[0]).denies is Truth.FALSE


# Why it does not leave the role out


def _mistakes(
    reading: StatementReading, raw: RawStatement, question: Question, role: RoleSession
) -> Iterator[Mistake]:
    if "NotPrincipal" in raw:
        yield Mistake.NOT_PRINCIPAL
        element = raw.get("NotPrincipal")
        named = strings(element.get("AWS")) if isinstance(element, Mapping) else ()
        yield from _of_principals(named or (), role.arn)
    if question.rule is Rule.TRUST:
        return
    for condition in reading.conditions:
        if condition.truth is not Truth.FALSE:
            yield from _of_condition(condition, role)


def _of_principals(names: Sequence[str], role_arn: str) -> Iterator[Mistake]:
    if UBIQUITY_ROOT_ARN in names or UBIQUITY_ACCOUNT in names:
        yield Mistake.UBIQUITYS_ACCOUNT
    if any(name != role_arn and name.lower() == role_arn.lower() for name in names):
        yield Mistake.LETTER_CASE


def _of_condition(reading: ConditionReading, role: RoleSession) -> Iterator[Mistake]:
    condition, key = reading.condition, reading.condition.key.lower()
    kind = condition.operator.kind if condition.operator else None
    if not isinstance(kind, TextOperator):
        return
    if not kind.negated:
        if key == _PRINCIPAL_ARN.lower():
            yield Mistake.POSITIVE
        return
    look = _BY_KEY.get(key)
    if look is not None:
        yield from look(condition.values, kind, role)


def _of_arns(values: Sequence[str], kind: TextOperator, role: RoleSession) -> Iterator[Mistake]:
    for value in values:
        yield from _of_arn(value, role.arn)
        if not kind.wildcards and set(value) & set("*?"):
            yield Mistake.WILDCARD


def _of_arn(value: str, role_arn: str) -> Iterator[Mistake]:
    name = value.rpartition("/")[2]
    if ":assumed-role/" in value:
        yield Mistake.SESSION_ARN
    elif account_of(value) == UBIQUITY_ACCOUNT:
        yield Mistake.UBIQUITYS_ACCOUNT
    elif value.endswith(":root"):
        yield Mistake.ACCOUNT_ROOT
    elif value.lower() == role_arn.lower():
        yield Mistake.LETTER_CASE
    elif name == ROLE_NAME and account_of(value) not in (account_of(role_arn), "*", ""):
        yield Mistake.OTHER_ACCOUNT
    elif name == ROLE_NAME and value.startswith(role_arn.rpartition("/")[0]):
        yield Mistake.PATH
    elif is_orphan(value):
        yield Mistake.OTHER_ID


def _of_ids(values: Sequence[str], kind: TextOperator, role: RoleSession) -> Iterator[Mistake]:
    for value in values:
        unique_id = value.partition(":")[0].rstrip("*")
        if not kind.wildcards and "*" in value:
            yield Mistake.WILDCARD
        elif role.unique_id is not None and unique_id == role.unique_id:
            yield Mistake.USER_ID
        elif role.unique_id is not None and unique_id.startswith("AROA"):
            yield Mistake.OTHER_ID
        elif value == account_of(role.arn):
            yield Mistake.ACCOUNT_ROOT


def _always(mistake: Mistake) -> "_Look":
    def look(_values: Sequence[str], _kind: TextOperator, _role: RoleSession) -> Iterator[Mistake]:
        yield mistake

    return look


def _of_accounts(
    values: Sequence[str], _kind: TextOperator, _role: RoleSession
) -> Iterator[Mistake]:
    if UBIQUITY_ACCOUNT in values:
        yield Mistake.UBIQUITYS_ACCOUNT


_Look = Callable[[Sequence[str], TextOperator, RoleSession], Iterator[Mistake]]

_BY_KEY: Final[Mapping[str, _Look]] = {
    _PRINCIPAL_ARN.lower(): _of_arns,
    "aws:userid": _of_ids,
    "aws:username": _always(Mistake.USER_NAME),
    "aws:principalaccount": _of_accounts,
    "sts:externalid": _always(Mistake.EXTERNAL_ID),
}
"""What can be wrong with a test that is to leave somebody out, by its key."""
