"""What others put there and the plan leaves to the letter, to be shown in the review."""

from collections.abc import Iterable, Iterator, Mapping

from app.core.additions import WRITE_SID
from app.core.change import Change, ChangeKind, Kept
from app.core.diagnosis.role_view import view_role
from app.core.diagnosis.s3_patterns import s3_patterns
from app.core.draft import Draft
from app.core.guide import KMS_STATEMENT_SID, POLICY_NAME, UBIQUITY_ACCOUNT
from app.core.iam.json_text import strings
from app.core.iam.principals import account_of
from app.core.planning.statements import Statement, statements_in
from app.core.snapshot import Snapshot, State
from app.core.ubiquity_trust import other_databases


def kept_in(draft: Draft, end: Snapshot, changes: Iterable[Change]) -> Iterator[Kept]:
    """Yield what of others is in the account once ``changes`` are made; ``end`` is it then."""
    role = view_role(draft, end)
    if role.is_required_one:
        yield from _kept("others-trusted", role.arn, others_trusted(end.role.trust_policy))
        others = other_databases(end.role.trust_policy, draft.database_id)
        yield from _kept("other-external-ids", role.arn, others)
        yield from _kept("other-policies", role.arn, _other_policies(end))
        if _carries_customer_policy(end):
            arn = end.customer_policy.arn or ""
            yield from _kept("other-buckets", arn, other_buckets(draft, end))
    keys = {c.target: c.before for c in changes if c.kind is ChangeKind.PUT_KEY_POLICY}
    for arn, policy in keys.items():
        yield from _kept("key-statements", arn, _key_statements(policy))


def _kept(code: str, target: str, names: Iterable[str]) -> Iterator[Kept]:
    listed = list(dict.fromkeys(names))
    if listed:
        yield Kept(code, target, {"names": listed})


def others_trusted(trust_policy: object) -> Iterator[str]:
    """Yield whom a trust policy lets in beside UbiQuity's account, as it is written there."""
    for statement in _allowing(trust_policy):
        element = statement.get("Principal")
        if element is None:
            yield "NotPrincipal"
        elif isinstance(element, str):
            yield element
        elif isinstance(element, Mapping):
            for kind, names in element.items():
                for name in strings(names) or ():
                    if kind != "AWS" or UBIQUITY_ACCOUNT not in (name, account_of(name)):
                        yield name


def _allowing(document: object) -> Iterator[Statement]:
    for statement in statements_in(document) if isinstance(document, Mapping) else ():
        if isinstance(statement, Mapping) and statement.get("Effect") == "Allow":
            yield statement


def _other_policies(end: Snapshot) -> Iterator[str]:
    role, own = end.role, end.customer_policy.arn
    yield from (p.name for p in role.attached_policies if p.name != POLICY_NAME and p.arn != own)
    yield from (policy.name for policy in role.inline_policies)


def _carries_customer_policy(end: Snapshot) -> bool:
    policy = end.customer_policy
    attached = {entry.arn for entry in end.role.attached_policies}
    return policy.state is State.FOUND and policy.arn in attached


def other_buckets(draft: Draft, end: Snapshot) -> Iterator[str]:
    """Yield the buckets (or patterns) of the customer's policy that the draft does not name."""
    for statement in _allowing(end.customer_policy.document):
        for pattern in s3_patterns(strings(statement.get("Resource")) or ()):
            if pattern.bucket not in draft.bucket_names and not pattern.is_placeholder:
                yield pattern.bucket


def _key_statements(policy: object) -> Iterator[str]:
    """Yield a name for each statement that is not ours: its Sid, or else whom it is about."""
    for statement in statements_in(policy) if isinstance(policy, Mapping) else ():
        if isinstance(statement, Mapping) and statement.get("Sid") not in _OURS:
            yield str(statement.get("Sid") or next(_whom(statement), "*"))


_OURS = (KMS_STATEMENT_SID, WRITE_SID)


def _whom(statement: Statement) -> Iterator[str]:
    element = statement.get("Principal")
    if isinstance(element, Mapping):
        yield from (name for names in element.values() for name in strings(names) or ())
