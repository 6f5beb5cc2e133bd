"""Ways to put a policy found in the wild into a good setup."""

from dataclasses import dataclass
from typing import Any, Final

from tests.core.diagnosis.broken_buckets import bucket_policy
from tests.core.diagnosis.broken_trust import trust
from tests.helpers.snapshots import (
    BUCKET_ARN,
    DATABASE_ID,
    OBJECTS,
    ROLE_ARN,
    ROOT,
    UBIQUITY_ROOT,
    Break,
    World,
    asks_for,
    deny,
    trusting,
)

BOTH: Final = [BUCKET_ARN, OBJECTS]
GOOD: Final = "ad aaaa aaa"


@dataclass(frozen=True, slots=True)
class Found:
    """A policy, where AWS tells how it is decided, and what it comes to."""

    source: str
    how: Break
    decisions: str = GOOD
    codes: str = ""

    def __str__(self) -> str:
        return self.source


def organization(name: str | None) -> Break:
    return lambda world: world.snapshot.update(organization_id=name)


def forget(*names: str) -> Break:
    def break_it(world: World) -> None:
        for name in names:
            world.role.pop(name)

    return break_it


def ubiquity(condition: dict[str, Any], **more: Any) -> Break:  # noqa: ANN401
    return trust(trusting({"AWS": UBIQUITY_ROOT}, asks_for(DATABASE_ID) | condition, **more))


def everyone(effect: dict[str, Any], **condition: Any) -> Break:  # noqa: ANN401
    return bucket_policy({**effect, "Principal": "*", **condition})


def only_ids(*ids: str) -> dict[str, Any]:
    """Return the condition that all but these unique ids meet."""
    return {"StringNotLike": {"aws:userId": list(ids)}}


ALL_BUT_THE_ROLE: Final = {
    "Effect": "Deny",
    "NotPrincipal": {"AWS": [ROLE_ARN, ROOT]},
    "Action": "s3:*",
    "Resource": BOTH,
}
ONLY_ORG: Final = {"Condition": {"StringNotEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}}
SHUT: Final = deny("s3:*", BOTH)
