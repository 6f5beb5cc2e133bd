"""The snapshot as a value: not read is never the same as not there."""

from dataclasses import replace

import pytest

from app.core.observation import Identity, Observation, ObservedOutcome
from app.core.snapshot import Unreadable
from tests.helpers.drafts import BUCKET, MOMENT, PLAIN, untouched

SNAPSHOT = untouched(PLAIN)


@pytest.mark.parametrize(
    ("unread", "path", "was_read"),
    [
        ("role", "role", False),
        ("role", "role.trust_policy", False),
        ("role", "role.attached_policies[0].document", False),
        ("role", "roles", True),
        ("role.trust_policy", "role", True),
        ("role.trust_policy", "role.trust_policy", False),
        ("role.trust", "role.trust_policy", True),
        ("role.attached_policies", "role.attached_policies[3].document", False),
        ("role.attached_policies[1]", "role.attached_policies[0]", True),
        ("role.attached_policies[1]", "role.attached_policies[1].document", False),
        ("role.attached_policies[1]", "role.attached_policies[10].document", True),
        ("buckets[0]", "buckets[0].kms_key.policy", False),
        ("buckets[0]", "buckets[1].kms_key.policy", True),
        ("buckets[0].kms_key", "buckets[0].kms_key.policy", False),
        ("buckets[0].policy", "buckets[0].kms_key.policy", True),
    ],
)
def test_what_was_read(unread: str, path: str, was_read: bool) -> None:
    named = replace(SNAPSHOT, unreadable=(Unreadable(unread, "AccessDenied"),))
    absent = replace(SNAPSHOT, absent=frozenset({unread}))
    assert named.was_read(path) is absent.was_read(path) is was_read
    assert SNAPSHOT.was_read(path)


def test_a_buckets_place() -> None:
    assert SNAPSHOT.bucket_index(BUCKET) == 0
    assert SNAPSHOT.bucket_index("another") is None


def test_observations_come_at_the_end() -> None:
    first, second = (
        Observation(MOMENT, Identity.TOLD, action, ObservedOutcome.FAILED)
        for action in ("sts:AssumeRole", "s3:ListBucket")
    )
    tried = SNAPSHOT.with_observations(first).with_observations(second)
    assert tried.observations == (first, second)
    assert SNAPSHOT.observations == ()
