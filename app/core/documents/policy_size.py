"""Policy documents against AWS's size limits.

Sources: "IAM and AWS STS quotas": 6,144 characters for a managed policy, 2,048 for a role's trust
policy and 10,240 for all inline policies of a role, white space not counted; S3 User Guide,
"Bucket policies": 20 KB; KMS Developer Guide, "Resource quotas", "Key policy document size":
32,768 bytes.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from app.core.documents.document_text import compact_text
from app.core.documents.policies import permissions_policy, trust_policy
from app.core.draft import BucketEntry, Draft
from app.core.frozen import frozen
from app.core.problem import Problem, Severity

MANAGED_POLICY_LIMIT: Final = 6144
TRUST_POLICY_LIMIT: Final = 2048
KEY_POLICY_LIMIT: Final = 32_768


def size_in_characters(document: Mapping[str, object]) -> int:
    """Return how many characters AWS counts: all that is not white space."""
    text = compact_text(document)
    return len("".join(text.split()))


def _size_in_bytes(document: Mapping[str, object]) -> int:
    return len(compact_text(document).encode("utf-8", "surrogatepass"))


@frozen
class SizeLimit:
    """A limit of AWS to a document: ``name`` is the finding's word for it."""

    name: str
    figure: int
    size: Callable[[Mapping[str, object]], int] = size_in_characters

    def is_exceeded_by(self, document: Mapping[str, object]) -> bool:
        """Tell whether AWS would refuse ``document`` as too long."""
        return self.size(document) > self.figure


MANAGED_POLICY: Final = SizeLimit("policy-size", MANAGED_POLICY_LIMIT)
TRUST_POLICY: Final = SizeLimit("trust-policy-size", TRUST_POLICY_LIMIT)
LONGEST_TRUST_POLICY: Final = SizeLimit("trust-policy-size", 4096)
"""What AWS raises the limit to at most, on request."""
INLINE_POLICIES: Final = SizeLimit("inline-policy-size", 10_240)
"""Of all inline policies of a role together."""
BUCKET_POLICY: Final = SizeLimit("bucket-policy-size", 20_480, _size_in_bytes)
KEY_POLICY: Final = SizeLimit("key-policy-size", KEY_POLICY_LIMIT, _size_in_bytes)


def inline_size(documents: Iterable[object]) -> int:
    """Return how many characters AWS counts of all inline policies of a role together."""
    return sum(INLINE_POLICIES.size(d) for d in documents if isinstance(d, Mapping))


def size_problems(draft: Draft) -> tuple[Problem, ...]:
    """Return an error for each policy of ``draft`` that AWS would refuse as too long.

    The error about the permissions policy says how many of the draft's first entries fit.
    """
    problems = []
    if _is_too_long(draft.buckets):
        fit = entries_that_fit(draft)
        params = {"count": len(draft.buckets), "fit": fit, "limit": MANAGED_POLICY_LIMIT}
        problems.append(Problem("buckets", "buckets.too-many", Severity.ERROR, params))
    if size_in_characters(trust_policy(draft.database_id)) > TRUST_POLICY_LIMIT:
        params = {"limit": TRUST_POLICY_LIMIT}
        problems.append(Problem("database_id", "database.too-long", Severity.ERROR, params))
    return tuple(problems)


def entries_that_fit(draft: Draft) -> int:
    """Return how many of the first entries one managed policy has room for: one more is too many.

    Looks by halves, since a whole document is made for each look.
    """
    if not _is_too_long(draft.buckets):
        return len(draft.buckets)
    counts = range(1, len(draft.buckets))
    return bisect_left(counts, True, key=lambda count: _is_too_long(draft.buckets[:count]))


def _is_too_long(entries: Sequence[BucketEntry]) -> bool:
    return size_in_characters(permissions_policy(entries)) > MANAGED_POLICY_LIMIT
