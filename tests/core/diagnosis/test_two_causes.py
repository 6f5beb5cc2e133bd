"""Two things broken at once: the first broken link comes first, and nothing is said twice."""

from collections.abc import Iterator
from itertools import combinations
from typing import Final

import pytest

from app.core.diagnosis.codes.catalogue import CATALOGUE
from app.core.guide import PLACEHOLDER_DATABASE_ID
from tests.core.diagnosis.broken_buckets import bucket_policy, fact, sample, state
from tests.core.diagnosis.broken_keys import key, key_policy, published
from tests.core.diagnosis.broken_permissions import (
    FROM_OFFICE,
    detached,
    folder,
    gone,
    guarded,
    listing,
    named,
    objects,
)
from tests.core.diagnosis.broken_sign_in import signed_in
from tests.core.diagnosis.broken_trust import action, also, bounded, missing, renamed, trust, under
from tests.core.diagnosis.row import Row
from tests.core.diagnosis.test_causes import ROWS
from tests.helpers.snapshots import (
    BUCKET_ARN,
    DATABASE_ID,
    DELETED,
    GET,
    LIST,
    OBJECTS,
    ROOT,
    STRANGER,
    UBIQUITY_ROOT,
    Break,
    World,
    allow,
    asks_for,
    broken,
    codes_of,
    deny,
    document,
    good,
    good_encrypted,
    together,
    trusting,
)

ORDER: Final = list(CATALOGUE)
EVERYONE: Final = {"Principal": "*"}
MFA: Final = {"Bool": {"aws:MultiFactorAuthPresent": "true"}}


def trusts(principal: str, external_id: object, **more: object) -> Break:
    return trust(trusting({"AWS": principal}, asks_for(external_id) | more))


def typed(name: str) -> Break:
    """Let the draft name another bucket than the policy, which isn't there."""

    def break_it(world: World) -> None:
        world.entry["name"] = name
        world.snapshot["buckets"] = [{"name": name, "state": "missing"}]

    return break_it


def moved(world: World) -> None:
    world.bucket["policy"] = document(deny("s3:*", OBJECTS, **EVERYONE))
    world.bucket["region"] = "eu-west-1"


PAIRS: Final[tuple[tuple[str, Break, Break, str], ...]] = (
    ("no role, no policy", missing(), gone, "role.missing"),
    ("no role, another bucket", named("acme-x"), missing(), "role.missing"),
    ("no role, not attached", detached, missing(), "role.missing"),
    (
        "no role, region",
        missing("ubiquity-connectors-s3-access-rol"),
        fact("region", "us-east-1"),
        "role.misnamed bucket.region-mismatch",
    ),
    (
        "no role, bucket shut to all",
        missing(),
        bucket_policy(deny("s3:*", OBJECTS, **EVERYONE)),
        "role.missing bucket.explicit-deny",
    ),
    (
        "path and case",
        under("/x/"),
        renamed("Ubiquity-Connectors-S3-Access-Role"),
        "role.misnamed role.path",
    ),
    (
        "path and External ID",
        under("/x/"),
        trusts(UBIQUITY_ROOT, "another"),
        "role.path trust.external-id-mismatch",
    ),
    (
        "boundary and no grant",
        bounded(allow("ec2:*")),
        gone,
        "role.boundary policy.missing",
    ),
    (
        "boundary and bucket",
        bounded(allow("ec2:*")),
        bucket_policy(deny(GET, OBJECTS, **EVERYONE)),
        "role.boundary bucket.explicit-deny",
    ),
    (
        "principal and External ID",
        trusts(ROOT, f"{DATABASE_ID} "),
        action("sts:AssumeRole"),
        "trust.principal-wrong trust.external-id-mismatch",
    ),
    (
        "principal and placeholder",
        trusts(STRANGER, PLACEHOLDER_DATABASE_ID),
        action("sts:AssumeRole"),
        "trust.principal-wrong trust.external-id-placeholder",
    ),
    (
        "orphan and action",
        trusts(DELETED, DATABASE_ID),
        action("sts:TagSession"),
        "trust.principal-orphaned trust.action-wrong",
    ),
    (
        "External ID and MFA",
        trusts(UBIQUITY_ROOT, DATABASE_ID.upper(), **MFA),
        action("sts:AssumeRole"),
        "trust.external-id-mismatch trust.condition-blocks",
    ),
    (
        "action and External ID",
        trusts(UBIQUITY_ROOT, "another"),
        action(["sts:TagSession"]),
        "trust.external-id-mismatch trust.action-wrong",
    ),
    (
        "External ID and Deny",
        trusts(UBIQUITY_ROOT, "another"),
        also({"Effect": "Deny", "Principal": "*", "Action": "sts:AssumeRole"}),
        "trust.external-id-mismatch trust.explicit-deny",
    ),
    ("gone and Deny", gone, guarded(deny("s3:*")), "policy.missing policy.explicit-deny"),
    (
        "not attached and placeholder",
        named("YOUR_BUCKET_NAME"),
        together(
            lambda w: w.snapshot["customer_policy"].update(
                document=w.role["attached_policies"][0]["document"]
            ),
            detached,
        ),
        "policy.not-attached policy.placeholder",
    ),
    (
        "placeholder and no star",
        objects(Resource=BUCKET_ARN),
        named("YOUR_BUCKET_NAME"),
        "policy.placeholder policy.objects-not-covered",
    ),
    (
        "a letter and a folder",
        folder("reports/"),
        named("acme-import"),
        "policy.wrong-bucket policy.prefix-mismatch",
    ),
    (
        "a letter and an action",
        objects(Action=[GET]),
        named("acme-import"),
        "policy.wrong-bucket policy.action-missing",
    ),
    (
        "another bucket and a Deny",
        named("acme-x"),
        guarded(deny("s3:DeleteObject")),
        "policy.wrong-bucket policy.explicit-deny",
    ),
    (
        "no star and no list",
        objects(Resource=BUCKET_ARN),
        listing(Action="s3:ListBucketVersions"),
        "policy.objects-not-covered policy.action-missing policy.too-broad",
    ),
    (
        "no star and an address",
        objects(Resource=BUCKET_ARN),
        objects(Condition=FROM_OFFICE),
        "policy.objects-not-covered policy.condition-blocks",
    ),
    (
        "star and a folder",
        listing(Resource=OBJECTS),
        listing(Condition={"StringLike": {"s3:prefix": ["reports/*"]}}),
        "policy.bucket-not-covered policy.prefix-mismatch",
    ),
    (
        "an action and the bucket's Deny",
        objects(Action=[GET]),
        bucket_policy(deny(LIST, BUCKET_ARN, **EVERYONE)),
        "policy.action-missing bucket.explicit-deny",
    ),
    (
        "the bucket mistyped in the draft",
        sample(listed=9),
        typed("acme-import"),
        "policy.wrong-bucket bucket.missing",
    ),
    ("moved and shut", moved, sample(), "bucket.region-mismatch bucket.explicit-deny"),
    (
        "another account and nothing granted",
        state("other-account"),
        gone,
        "policy.missing bucket.other-account",
    ),
)

ENCRYPTED: Final[tuple[tuple[str, Break, Break, str], ...]] = (
    (
        "no grant and disabled",
        key_policy(),
        key(state="Disabled"),
        "kms.decrypt-denied kms.key-disabled",
    ),
    ("boundary of S3", bounded(allow("s3:*")), published, "role.boundary kms.write-denied"),
    (
        "role's Deny and no grant",
        guarded(deny("kms:Decrypt")),
        key_policy(),
        "policy.explicit-deny kms.decrypt-denied",
    ),
    (
        "no role and a key that trusts none",
        missing(),
        key_policy(),
        "role.missing kms.decrypt-denied",
    ),
    (
        "no policy and pending",
        gone,
        key(state="PendingDeletion"),
        "policy.missing kms.key-disabled",
    ),
    (
        "another account's sign-in and a broken key",
        signed_in(f"arn:aws:iam::{STRANGER}:user/jo", STRANGER),
        key_policy(),
        "signin.wrong-account kms.decrypt-denied",
    ),
)


def test_is_said_in_the_order_of_the_chain() -> None:
    for pairs in (PAIRS, ENCRYPTED):
        for _, _, _, codes in pairs:
            assert sorted(codes.split(), key=ORDER.index) == codes.split()


@pytest.mark.parametrize(("name", "one", "other", "codes"), PAIRS, ids=[p[0] for p in PAIRS])
def test_each_is_said_and_no_symptom(name: str, one: Break, other: Break, codes: str) -> None:
    assert codes_of(broken(good(), one, other).report()) == codes.split(), name


@pytest.mark.parametrize(
    ("name", "one", "other", "codes"), ENCRYPTED, ids=[p[0] for p in ENCRYPTED]
)
def test_each_is_said_of_a_key(name: str, one: Break, other: Break, codes: str) -> None:
    assert codes_of(broken(good_encrypted(), one, other).report()) == codes.split(), name


ROOMS: Final = ("trust", "policy", "bucket", "kms", "files")
HIDDEN: Final = {
    ("policy.explicit-deny", "kms.other-account"),
    ("policy.deny-may-apply", "kms.other-account"),
    ("policy.too-broad", "files.tagged"),
}
"""The second overwrites, or itself mends, what the first broke."""


def _independent() -> Iterator[tuple[Row, Row]]:
    """Yield pairs of causes in different rooms, one row for each code."""
    first = {row.code: row for row in reversed(ROWS) if row.base in (good, good_encrypted)}
    rows = [row for row in first.values() if row.code.partition(".")[0] in ROOMS and not row.codes]
    rows.sort(key=lambda row: ORDER.index(row.code))
    for one, other in combinations(rows, 2):
        rooms = one.code.partition(".")[0], other.code.partition(".")[0]
        # Of a bucket that isn't there, or is somebody else's, nothing more is known.
        gone = one.code in ("bucket.missing", "bucket.other-account") and rooms[0] != rooms[1]
        if rooms[0] != rooms[1] and not gone and (one.code, other.code) not in HIDDEN:
            yield one, other


def _named(pair: tuple[Row, Row]) -> str:
    return " and ".join(row.code for row in pair)


@pytest.mark.parametrize("pair", tuple(_independent()), ids=_named)
def test_causes_of_two_rooms_are_both_said(pair: tuple[Row, Row]) -> None:
    base = good_encrypted if good_encrypted in (pair[0].base, pair[1].base) else good
    report = broken(base(), pair[0].how, pair[1].how).report()
    assert codes_of(report) == [pair[0].code, pair[1].code]
