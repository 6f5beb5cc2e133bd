"""Our statements in key policies, and what is left of a key policy without them.

Sources: the guide's "Encrypted buckets"; IAM User Guide, "IAM identifiers" (a deleted role's
unique id stays behind in the policies that named it); AWS KMS API Reference, PutKeyPolicy.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final

from app.core.change import LeftAlone, Obstacle
from app.core.changes.gone import rewriting
from app.core.changes.key_policy import PUT_KEY_POLICY
from app.core.documents.additions import KEY_SIDS
from app.core.documents.gone_principals import living
from app.core.documents.policies import bucket_arn
from app.core.documents.statements import RawStatement, statements_in, statements_of
from app.core.frozen import frozen
from app.core.guide import role_arn
from app.core.iam.json_text import one_or_list, strings
from app.core.iam.principals import is_orphan
from app.core.revoking.account import UNREADABLE, RevokedAccount, RevokePart
from app.core.revoking.direct import own_key_statements
from app.core.snapshot import KmsKey, Snapshot, State

_OUR_ACTIONS: Final = frozenset({"kms:decrypt", "kms:describekey", "kms:generatedatakey"})


@frozen
class _ReadKey:
    """A key of the snapshot; ``policy`` is None where it was not read."""

    arn: str
    account: str | None
    policy: Mapping[str, object] | None


def _keys_in(snapshot: Snapshot) -> Iterator[_ReadKey]:
    """Yield each customer-managed key of the snapshot's buckets and their files once."""
    seen: set[str] = set()
    for place in snapshot.key_places():
        key = place.key
        if key.arn is None or key.manager == "AWS" or key.arn in seen:
            continue
        seen.add(key.arn)
        yield _ReadKey(key.arn, key.account, _policy(snapshot, key, place.path))


def _policy(snapshot: Snapshot, key: KmsKey, path: str) -> Mapping[str, object] | None:
    was_read = isinstance(key.policy, Mapping) and snapshot.was_read(f"{path}.policy")
    return key.policy if was_read and isinstance(key.policy, Mapping) else None


def _without_ours(
    policy: Mapping[str, object],
    role: frozenset[str],
    direct: Collection[int],
    *,
    role_stays: bool,
) -> Mapping[str, object] | None:
    """Return the key policy without our statements, or None where it has none of them.

    Ours are those with our Sids for the role alone (or for the id that a deleted one left), and,
    where the role goes, those that let nobody but the role do what ours let it do. A role that
    stays keeps those that allow more than ours do: others may need it. Of ours that somebody
    added other principals to, the role alone is taken out. Those at the places ``direct`` let in
    UbiQuity's account alone. All others stay to the letter.
    """
    statements = statements_in(policy)
    left = [
        rest
        for place, statement in enumerate(statements)
        if place not in direct
        and (rest := _left_of(statement, role, role_stays=role_stays)) is not None
    ]
    return None if left == statements else {**policy, "Statement": left}


def _has_our_sid(statement: object) -> bool:
    return isinstance(statement, Mapping) and statement.get("Sid") in KEY_SIDS


def _has_our_shape(statement: object) -> bool:
    """Tell whether it is ours, and allows no more than ours do."""
    if not isinstance(statement, Mapping) or not _has_our_sid(statement):
        return False
    return _does_what_ours_does(statement)


def _left_of(statement: object, role: frozenset[str], *, role_stays: bool) -> object | None:
    if role_stays and not _has_our_shape(statement):
        return statement
    if not isinstance(statement, Mapping) or statement.get("Effect") != "Allow":
        return statement
    principals = _principals(statement)
    if principals is None:
        return statement
    if not _has_our_sid(statement):
        is_ours = (
            bool(principals) and role.issuperset(principals) and _does_what_ours_does(statement)
        )
        return None if is_ours else statement
    foreign = [name for name in principals if name not in role and not is_orphan(name)]
    if len(foreign) == len(principals):
        return statement
    if not foreign:
        return None
    return {**statement, "Principal": {"AWS": one_or_list(foreign)}}


def _principals(statement: RawStatement) -> tuple[str, ...] | None:
    """Return the AWS principals that the statement names; None where it names others besides."""
    element = statement.get("Principal")
    if not isinstance(element, Mapping) or list(element) != ["AWS"]:
        return None
    return strings(element["AWS"])


def _does_what_ours_does(statement: RawStatement) -> bool:
    actions = strings(statement.get("Action")) or ()
    return bool(actions) and _OUR_ACTIONS.issuperset(action.lower() for action in actions)


def key_parts(account: RevokedAccount, *, role_stays: bool = False) -> Iterator[RevokePart]:
    """Take our statements out before the role is deleted: after it AWS names it by its id."""
    read = list(_keys_in(account.snapshot))
    for key in read:
        yield from _one_key(account, key, role_stays=role_stays)
    for target in _keys_not_seen(account, {key.arn for key in read}):
        yield Obstacle(UNREADABLE, target)


def _one_key(account: RevokedAccount, key: _ReadKey, *, role_stays: bool) -> Iterator[RevokePart]:
    if key.policy is None:
        yield Obstacle(UNREADABLE, key.arn)
        return
    direct = own_key_statements(account, key.arn)
    after = _without_ours(key.policy, _names(account), direct, role_stays=role_stays)
    names = list(_of_the_role(key.policy if after is None else after, account))
    if names and role_stays:
        yield LeftAlone("key-statements", key.arn, {"names": names})
    if after is not None:
        yield _put(account, key, after)


def direct_key_parts(account: RevokedAccount) -> Iterator[RevokePart]:
    """Take out what lets in UbiQuity's account past the role, and nothing of the role's."""
    for key in _keys_in(account.snapshot):
        direct = own_key_statements(account, key.arn)
        if key.policy is not None and direct:
            statements = enumerate(statements_in(key.policy))
            left = [statement for place, statement in statements if place not in direct]
            yield _put(account, key, {**key.policy, "Statement": left})


def _put(account: RevokedAccount, key: _ReadKey, after: Mapping[str, object]) -> RevokePart:
    if key.account not in (None, account.account_id):
        return Obstacle("kms.other-account", key.arn)
    if not living(statements_in(after)):
        return Obstacle("change.limit", key.arn)
    return rewriting(PUT_KEY_POLICY, key.arn, key.policy, after)


def _of_the_role(policy: Mapping[str, object], account: RevokedAccount) -> Iterator[str]:
    """Yield a name for each statement that lets the role use the key: its Sid, or what it does."""
    for statement in statements_of(policy):
        if not set(_principals(statement) or ()).isdisjoint(_names(account)):
            yield from (strings(statement.get("Sid")) or strings(statement.get("Action")) or ())[:1]


def _names(account: RevokedAccount) -> frozenset[str]:
    """Return how a key policy may name the role."""
    role = account.snapshot.role
    return frozenset(n for n in (role_arn(account.account_id), role.arn, role.id) if n)


def _keys_not_seen(account: RevokedAccount, read: Iterable[str]) -> Iterator[str]:
    """Yield buckets whose key could not be read, and keys of the draft that no bucket has."""
    for index, bucket in enumerate(account.snapshot.buckets):
        whole = bucket.state is State.UNREADABLE
        if whole or not account.snapshot.was_read(f"buckets[{index}].kms_key"):
            yield bucket_arn(bucket.name)
    entries = account.draft.buckets if account.draft else ()
    keys = dict.fromkeys(entry.kms_key_arn for entry in entries if entry.kms_key_arn)
    yield from (arn for arn in keys if arn not in set(read))
