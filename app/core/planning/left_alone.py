"""What others put there and the plan leaves to the letter, to be shown in the review."""

from collections.abc import Iterable, Iterator, Mapping

from app.core.change import Change, ChangeKind, LeftAlone
from app.core.changes.gone import deleted_roles, left_out
from app.core.changes.kinds import rules_of
from app.core.changes.rules import Thing
from app.core.diagnosis.s3_patterns import s3_patterns
from app.core.diagnosis.view.role_view import role_place
from app.core.documents.additions import KEY_SIDS
from app.core.documents.gone_principals import without_gone
from app.core.documents.statements import RawStatement, statements_of
from app.core.documents.ubiquity_trust import other_databases, others_trusted
from app.core.draft import Draft
from app.core.guide import POLICY_NAME, ROLE_NAME
from app.core.iam.json_text import strings
from app.core.snapshot import Snapshot, State


def left_alone_in(draft: Draft, end: Snapshot, changes: Iterable[Change]) -> Iterator[LeftAlone]:
    """Yield what of others is in the account once ``changes`` are made; ``end`` is it then."""
    role = role_place(draft, end)
    if role.is_required_one:
        yield from _named("others-trusted", role.arn, others_trusted(end.role.trust_policy))
        others = other_databases(end.role.trust_policy, draft.database_id)
        yield from _named("other-external-ids", role.arn, others)
        yield from _named("other-policies", role.arn, _other_policies(end))
        if _carries_customer_policy(end):
            arn = end.customer_policy.arn or ""
            yield from _named("other-buckets", arn, other_buckets(draft, end))
    changes = tuple(changes)
    yield from _elsewhere(end, changes)
    gone = deleted_roles(changes)
    keys = {c.target: c.before for c in changes if rules_of(c).acts_on is Thing.KEY}
    for arn, policy in keys.items():
        yield from _named("key-statements", arn, _key_statements(without_gone(policy, gone)))
    for change in changes:
        yield from _named("gone-principals", change.target, left_out(change, gone))


def _named(code: str, target: str, names: Iterable[str]) -> Iterator[LeftAlone]:
    listed = list(dict.fromkeys(names))
    if listed:
        yield LeftAlone(code, target, {"names": listed})


def _elsewhere(end: Snapshot, changes: Iterable[Change]) -> Iterator[LeftAlone]:
    """Yield who else has the customer's policy, where it is changed: that changes for them too."""
    policy = end.customer_policy
    for change in changes:
        if change.kind is not ChangeKind.CREATE_POLICY_VERSION:
            continue
        if policy.attached_to is None:
            yield LeftAlone("policy-elsewhere-unread", change.target)
        others = (n for n in policy.attached_to or () if n not in (ROLE_NAME, end.role.name))
        yield from _named("policy-elsewhere", change.target, others)


def _allowing(document: object) -> Iterator[RawStatement]:
    for statement in statements_of(document):
        if statement.get("Effect") == "Allow":
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
    for statement in statements_of(policy):
        if statement.get("Sid") not in KEY_SIDS:
            yield str(statement.get("Sid") or next(_whom(statement), "*"))


def _whom(statement: RawStatement) -> Iterator[str]:
    element = statement.get("Principal")
    if isinstance(element, Mapping):
        yield from (name for names in element.values() for name in strings(names) or ())
