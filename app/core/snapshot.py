"""The snapshot: what AWS has. Its file is read and written in ``formats.snapshot_json``.

All that the diagnosis knows of AWS is in here. What could not be read is None and named in
``unreadable`` by its path: not read is never the same as not there.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Final

from app.core.frozen import field, frozen, replace
from app.core.observation import Observation
from app.core.secret_shapes import as_kept

NOT_PASTED: Final = "NotPasted"
"""The code in ``unreadable`` of what nobody pasted: AWS was not asked."""


class State(StrEnum):
    """What is known of a role, a policy or a bucket."""

    FOUND = "found"
    MISSING = "missing"
    OTHER_ACCOUNT = "other-account"
    """Buckets only: it answers, and belongs to another account."""
    UNREADABLE = "unreadable"


@frozen
class Caller:
    """The sign-in that read the snapshot."""

    arn: str
    account: str


@frozen
class PolicyDocument:
    """A named policy with its document as JSON; ``arn`` and ``version`` for managed ones."""

    name: str
    document: object
    arn: str | None = None
    version: str | None = None


@frozen
class LastUse:
    """When (UTC) and in which region any request was last made with a role.

    AWS tells it for the last 400 days, some hours late at times (IAM API Reference,
    "RoleLastUsed").
    """

    at: datetime | None
    region: str | None = None


NEVER_USED: Final = LastUse(None)


@frozen
class RoleFacts:
    """The role of the required name (or of that name in another case).

    ``last_used`` is None where it was not read.
    """

    state: State
    arn: str | None = None
    name: str | None = None
    path: str | None = None
    trust_policy: object = None
    permissions_boundary: PolicyDocument | None = None
    attached_policies: tuple[PolicyDocument, ...] = ()
    inline_policies: tuple[PolicyDocument, ...] = ()
    id: str | None = None
    tags: Mapping[str, str] | None = None
    max_session_duration: int | None = None
    instance_profiles: tuple[str, ...] | None = None
    last_used: LastUse | None = None


@frozen
class SimilarRole:
    """A role whose name looks like the required one."""

    name: str
    arn: str


@frozen
class PolicyVersion:
    """A stored version of the customer policy."""

    id: str
    created_at: datetime | None
    default: bool


@frozen
class CustomerPolicy:
    """The managed policy ``ubiquity-s3-access-policy``, attached or not."""

    state: State
    arn: str | None = None
    version: str | None = None
    document: object = None
    versions: tuple[PolicyVersion, ...] | None = None
    attached_to: tuple[str, ...] | None = None
    tags: Mapping[str, str] | None = None


@frozen
class Encryption:
    """A bucket's default encryption; ``algorithm`` is None where there is none."""

    algorithm: str | None
    kms_key_id: str | None = None
    bucket_key: bool = False

    @property
    def uses_bucket_key(self) -> bool:
        """Whether new files are encrypted under the bucket's own key of KMS's key.

        The flag counts for nothing with two layers of encryption: "S3 Bucket Keys aren't
        supported for dual-layer server-side encryption" (S3 User Guide, "Reducing the cost of
        SSE-KMS with Amazon S3 Bucket Keys").
        """
        return self.bucket_key and self.algorithm != "aws:kms:dsse"


@frozen
class KmsGrant:
    """A grant of a key: who it lets use the key past its policy, and what for.

    ``grantee`` is an ARN, ``operations`` are KMS's own names (``Decrypt``). ``id`` is what a
    grant is revoked by, None where the snapshot came from elsewhere without it.
    """

    grantee: str
    operations: tuple[str, ...] = ()
    id: str | None = None


@frozen
class KmsKey:
    """The KMS key of a bucket's default encryption, or of files. ``manager`` is CUSTOMER or AWS.

    ``grants`` are None where they were not listed.
    """

    arn: str | None = None
    account: str | None = None
    manager: str | None = None
    state: str | None = None
    policy: object = None
    grants: tuple[KmsGrant, ...] | None = None


@frozen
class Sample:
    """What a listing of up to 1,000 objects under the prefix showed.

    ``markers`` are keys that end in ``/``, which stand for folders and are not counted as files;
    None where they were not told apart. ``kms_keys`` name the keys that the files looked at are
    encrypted with; ``other_keys`` are those of them that are not the bucket's, as far as they
    were read.
    """

    listed: int
    truncated: bool = False
    keys: tuple[str, ...] = ()
    storage_classes: Mapping[str, int] = field(default_factory=dict)
    tagged: int = 0
    sse_c: int = 0
    kms_keys: tuple[str, ...] = ()
    other_keys: tuple[KmsKey, ...] = ()
    markers: int | None = None


@frozen
class BucketFacts:
    """One bucket. ``owner_account`` is the draft's account or None."""

    name: str
    state: State
    region: str | None = None
    owner_account: str | None = None
    policy: object = None
    encryption: Encryption | None = None
    object_ownership: str | None = None
    kms_key: KmsKey | None = None
    sample: Sample | None = None


@frozen
class KeyPlace:
    """A key, the path at which it stands in the snapshot, and the bucket that it was read for."""

    path: str
    bucket: BucketFacts
    key: KmsKey


@frozen
class OrganizationDeny:
    """What IAM's simulator attributes to the organisation."""

    action: str
    resource: str
    by: str


@frozen
class Unreadable:
    """A fact that could not be read: its path in the snapshot, and AWS's answer.

    The message is without secrets.
    """

    what: str
    code: str | None = None
    message: str | None = None

    def __post_init__(self) -> None:
        """Keep no secret: a snapshot is sent to support."""
        if self.message:
            object.__setattr__(self, "message", as_kept(self.message))


def other_keys_path(bucket: int) -> str:
    """Return the path of the keys of a bucket's files, by the bucket's place in the snapshot."""
    return f"buckets[{bucket}].sample.other_keys"


def full_key_arn(name: str, region: str, account: str) -> str:
    """Return the ARN of a key that may be named by its id or alias alone, as the account's own.

    Source: AWS KMS Developer Guide, "Key identifiers (KeyId)".
    """
    if name.startswith("arn:"):
        return name
    kind = name if name.startswith("alias/") else f"key/{name}"
    return f"arn:aws:kms:{region}:{account}:{kind}"


def is_of_a_key(path: str) -> bool:
    """Tell whether the fact at ``path`` is a key, or a part of one."""
    return path.startswith("buckets[") and (".kms_key" in path or ".other_keys" in path)


@frozen
class Snapshot:
    """Read-only facts about one account at one time.

    ``absent`` holds the paths of optional facts that a file doesn't carry at all; they count
    as not read, like those in ``unreadable``.
    """

    captured_at: datetime
    caller: Caller | None
    role: RoleFacts
    customer_policy: CustomerPolicy
    buckets: tuple[BucketFacts, ...] = ()
    similar_roles: tuple[SimilarRole, ...] = ()
    organization_denies: tuple[OrganizationDeny, ...] = ()
    observations: tuple[Observation, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()
    organization_id: str | None = None
    endpoint: str | None = None
    """The address that answered, where it is not AWS's own."""
    absent: frozenset[str] = frozenset()
    unread: frozenset[str] = frozenset()
    """The paths in both of them: worked out, whatever is given."""

    def __post_init__(self) -> None:
        """Put together what was not read, which is asked for again and again."""
        unread = self.absent.union(entry.what for entry in self.unreadable)
        object.__setattr__(self, "unread", unread)

    @property
    def is_pasted(self) -> bool:
        """Whether it was put together from what somebody pasted: nobody looked into the account."""
        return any(entry.code == NOT_PASTED for entry in self.unreadable)

    def was_read(self, path: str) -> bool:
        """Tell whether the fact at ``path`` was read (null may then mean that there is none).

        A fact is not read where it, or an object it is part of, is named in ``unreadable``.
        """
        whole = {path, *(path[:end] for end, char in enumerate(path) if char in ".[")}
        return self.unread.isdisjoint(whole)

    def bucket_index(self, name: str) -> int | None:
        """Return the place of bucket ``name`` in ``buckets``, or None where it is not in it."""
        return next((i for i, bucket in enumerate(self.buckets) if bucket.name == name), None)

    def key_places(self) -> Iterator[KeyPlace]:
        """Yield every key, bucket by bucket."""
        for index in range(len(self.buckets)):
            yield from self.key_places_of(index)

    def key_places_of(self, index: int) -> Iterator[KeyPlace]:
        """Yield the key of the bucket at place ``index``, then those of its files."""
        bucket = self.buckets[index]
        if bucket.kms_key is not None:
            yield KeyPlace(f"buckets[{index}].kms_key", bucket, bucket.kms_key)
        for place, key in enumerate(bucket.sample.other_keys if bucket.sample else ()):
            yield KeyPlace(f"{other_keys_path(index)}[{place}]", bucket, key)

    def with_keys(self, altered: Callable[[KeyPlace], KmsKey]) -> "Snapshot":
        """Return this snapshot with what ``altered`` makes of each key in its place."""
        keys = {place.path: altered(place) for place in self.key_places()}
        if not keys:
            return self
        buckets = list(self.buckets)
        for index, bucket in enumerate(self.buckets):
            sample, path = bucket.sample, other_keys_path(index)
            if sample is not None and sample.other_keys:
                others = (keys[f"{path}[{place}]"] for place in range(len(sample.other_keys)))
                sample = replace(sample, other_keys=tuple(others))
            own = keys.get(f"buckets[{index}].kms_key")
            buckets[index] = replace(bucket, kms_key=own, sample=sample)
        return replace(self, buckets=tuple(buckets))

    def as_to_role(self, arn: str | None) -> "Snapshot":
        """Return this snapshot without what tells nothing of UbiQuity's use of the role ``arn``.

        It may come in a file that somebody else made. Where no role is given it is all there.
        """
        if arn is None:
            return self
        of_role = tuple(one for one in self.observations if one.tells_of(arn))
        if len(of_role) == len(self.observations):
            return self
        return replace(self, observations=of_role)

    def with_observations(self, *observations: Observation) -> "Snapshot":
        """Return this snapshot with more observations at its end."""
        return replace(self, observations=(*self.observations, *observations))

    def with_observations_by_time(self, *observations: Observation) -> "Snapshot":
        """Return this snapshot with more observations, each where its time puts it.

        Observations are in order and the last answer to a call counts: what became known late may
        have been long ago. One that is there already is not added again.
        """
        placed = list(self.observations)
        for observation in observations:
            if observation not in placed:
                later = (at for at, other in enumerate(placed) if other.at > observation.at)
                placed.insert(next(later, len(placed)), observation)
        return replace(self, observations=tuple(placed))
