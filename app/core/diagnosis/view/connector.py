"""One line of the draft, which is one connector in UbiQuity, with what AWS has for it."""

from typing import Final

from app.core.diagnosis.view.bucket_key import BucketKey, key_of, keys_of_files
from app.core.diagnosis.view.policy_reader import PolicyReader
from app.core.diagnosis.view.question import Question, Rule
from app.core.diagnosis.view.role_view import RoleView
from app.core.draft import BucketEntry, Draft
from app.core.frozen import frozen
from app.core.guide import LIST_ACTION, OBJECT_ACTIONS
from app.core.iam.policies import Policy, unread_policy
from app.core.iam.requests import ConnectorPlace, kms_request, s3_request
from app.core.iam.work import Work
from app.core.snapshot import BucketFacts, Snapshot, State

S3_ACTIONS = (LIST_ACTION, *OBJECT_ACTIONS)
"""What the connector does on S3, in its order (the guide, Step 3)."""

DECRYPT = "kms:Decrypt"
DESCRIBE = "kms:DescribeKey"
GENERATE = "kms:GenerateDataKey"
KEY_ACTIONS = (DECRYPT, DESCRIBE, GENERATE)

_REQUEST: Final = 10
"""About how many steps it takes to make a request, beside its tags."""


@frozen
class Connector:
    """An entry of the draft, its bucket in the snapshot, and the policies on the way.

    ``facts`` are None where the snapshot lacks the bucket. ``policy`` is None where the bucket
    has none.
    """

    entry: BucketEntry
    path: str
    """Where the bucket stands in the snapshot."""
    facts: BucketFacts | None
    place: ConnectorPlace
    rule: Rule
    policy: Policy | None
    key: BucketKey | None
    other_keys: tuple[BucketKey, ...] = ()
    """The customer-managed keys of its files that are not the bucket's own."""

    @property
    def keys(self) -> tuple[BucketKey, ...]:
        """Every customer-managed key that the connector meets, the bucket's own first."""
        return (*((self.key,) if self.key else ()), *self.other_keys)

    @property
    def bucket(self) -> str:
        """The bucket's name."""
        return self.entry.name

    @property
    def state(self) -> State:
        """What is known of the bucket."""
        return self.facts.state if self.facts else State.UNREADABLE


def connectors_of(draft: Draft, snapshot: Snapshot, work: Work) -> tuple[Connector, ...]:
    """Return the connectors of ``draft``, in its order, as part of the ``work``."""
    reader = PolicyReader(snapshot, work)
    return tuple(_connector(draft, snapshot, entry, reader) for entry in draft.buckets)


def _connector(
    draft: Draft, snapshot: Snapshot, entry: BucketEntry, reader: PolicyReader
) -> Connector:
    index = snapshot.bucket_index(entry.name)
    facts = None if index is None else snapshot.buckets[index]
    rule = _rule(draft, snapshot, facts, index)
    is_own = rule is Rule.SAME_ACCOUNT
    owner = draft.account_id if is_own else (facts.owner_account if facts else None)
    region = (facts.region if facts else None) or entry.region
    key = key_of(draft, snapshot, entry, index, reader)
    return Connector(
        entry=entry,
        path="buckets" if index is None else f"buckets[{index}]",
        facts=facts,
        place=ConnectorPlace(entry.name, entry.prefix, region, owner),
        rule=rule,
        policy=_policy(snapshot, facts, index, reader),
        key=key,
        other_keys=tuple(keys_of_files(draft, snapshot, index, key, reader)),
    )


def _rule(draft: Draft, snapshot: Snapshot, facts: BucketFacts | None, index: int | None) -> Rule:
    """Return whose policies have to allow; a bucket that isn't there has no owner to ask."""
    if facts is None or facts.state is State.UNREADABLE:
        return Rule.OWNER_UNKNOWN
    if facts.state is State.OTHER_ACCOUNT or facts.owner_account not in (None, draft.account_id):
        return Rule.CROSS_ACCOUNT
    if facts.state is State.FOUND and not snapshot.was_read(f"buckets[{index}].owner_account"):
        return Rule.OWNER_UNKNOWN
    return Rule.SAME_ACCOUNT


def _policy(
    snapshot: Snapshot, facts: BucketFacts | None, index: int | None, reader: PolicyReader
) -> Policy | None:
    path = f"buckets[{index}].policy"
    if facts is not None and facts.policy is not None and snapshot.was_read(path):
        return reader.read(path, facts.policy, "resource")
    if facts is not None and facts.state is State.FOUND and snapshot.was_read(path):
        return None
    if facts is not None and facts.state is State.MISSING:
        return None
    return unread_policy(path if facts else "buckets", "resource")


def s3_question(action: str, connector: Connector, role: RoleView, snapshot: Snapshot) -> Question:
    """Return the question whether the role, once assumed, may do ``action`` on S3."""
    role.work.spend(_REQUEST + len(role.session.tags or ()))
    request = s3_request(action, role.session, connector.place, snapshot.captured_at)
    return Question(
        request,
        connector.rule,
        role.identity,
        connector.policy,
        role.boundary,
        snapshot.organization_denies,
        role.work,
    )


def key_question(
    action: str, connector: Connector, key: BucketKey, role: RoleView, snapshot: Snapshot
) -> Question:
    """Return the question whether the role may do ``action`` with a ``key`` through S3.

    How a file under another key than the bucket's was encrypted, the bucket's setting does not
    tell.
    """
    is_own = key == connector.key
    encryption = connector.facts.encryption if connector.facts and is_own else None
    place = ConnectorPlace(
        connector.bucket, connector.place.prefix, key.region, connector.place.owner
    )
    request = kms_request(
        action,
        role.session,
        key.arn,
        place,
        snapshot.captured_at,
        bucket_key=encryption.uses_bucket_key if encryption else None,
    )
    is_here = key.account == role.session.caller.account
    return Question(
        request,
        Rule.KEY if is_here else Rule.KEY_CROSS_ACCOUNT,
        role.identity,
        key.policy,
        role.boundary,
        snapshot.organization_denies,
        role.work,
    )
