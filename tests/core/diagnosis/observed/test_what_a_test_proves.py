"""What UbiQuity's own test proves of permissions, key and files, and what it does not prove."""

from collections.abc import Callable, Iterable, Mapping
from typing import Final

import pytest

from app.core.diagnosis.chain import links_of
from app.core.diagnosis.codes.catalogue import ChainLink
from app.core.diagnosis.diagnose import diagnose
from app.core.observation import nobodys_folder
from app.core.report import Evidence
from tests.core.diagnosis.broken_buckets import bucket_policy
from tests.core.diagnosis.broken_keys import key_policy
from tests.core.diagnosis.observed.test_seen import LIST, NO_LIST, seen
from tests.helpers.snapshots import (
    BUCKET,
    BUCKET_ARN,
    KEY,
    OBJECTS,
    OTHER_KEY,
    SECOND,
    Break,
    World,
    broken,
    deny,
    good,
    good_encrypted,
    good_two,
)

GET, PUT, DELETE = "s3:GetObject", "s3:PutObject", "s3:DeleteObject"
OUTSIDE: Final = {"bucket": BUCKET, "resource": f"{BUCKET_ARN}/{nobodys_folder('0')}*"}
REFUSED: Final = {"code": "AccessDenied", "message": "Access Denied"}
ARCHIVED: Final = {
    "code": "InvalidObjectState",
    "message": "The operation is not valid for the object's storage class",
}


def did(action: str, outcome: str = "allowed", **more: object) -> Break:
    return seen("ubiquity", action, outcome, **{"bucket": BUCKET, **more})


def _without_data_key(world: World) -> None:
    world.bucket["kms_key"]["policy"]["Statement"][1]["Action"].remove("kms:GenerateDataKey")


def _archived(world: World) -> None:
    world.bucket["sample"]["storage_classes"] = {"GLACIER": 3}


CASES: Final[Mapping[str, tuple[Callable[[], World], tuple[Break, ...], str]]] = {
    "a look outside is refused, as it should be": (
        good,
        (did(LIST, "denied", **{**REFUSED, **OUTSIDE}),),
        "",
    ),
    "a look outside is refused after the connector's own listing": (
        good,
        (did(LIST, resource=BUCKET_ARN), did(LIST, "denied", **{**REFUSED, **OUTSIDE})),
        "",
    ),
    "a look outside works": (good, (did(LIST, **OUTSIDE),), "policy.too-broad verified"),
    "a look outside works, and the listing does not": (
        good,
        (did(LIST, "failed", code="NoSuchBucket"), did(LIST, **OUTSIDE)),
        "policy.too-broad verified, bucket.missing verified",
    ),
    "the connector's own listing, by the resource of a decision": (
        good,
        (did(LIST, "failed", code="NoSuchBucket", resource=f"{BUCKET_ARN}/imports/*"),),
        "bucket.missing verified",
    ),
    "one file can be read, and the key is refused": (
        good_encrypted,
        (key_policy(), did(GET)),
        "kms.decrypt-denied predicted",
    ),
    "a file under the key can be read": (
        good_encrypted,
        (key_policy(), did(GET), did("kms:Decrypt", resource=KEY)),
        "",
    ),
    "a file under another key can be read": (
        good_encrypted,
        (key_policy(), did(GET), did("kms:Decrypt", resource=OTHER_KEY)),
        "kms.decrypt-denied predicted",
    ),
    "an object was written, under whatever key": (
        good_encrypted,
        (_without_data_key, did(PUT)),
        "kms.write-denied predicted",
    ),
    "an object was written under the key": (
        good_encrypted,
        (_without_data_key, did(PUT), did("kms:GenerateDataKey", resource=KEY)),
        "",
    ),
    "one file can be read, and a part is denied": (
        good,
        (
            bucket_policy(deny(GET, [f"{BUCKET_ARN}/imports/secret/*"], Principal="*")),
            did(GET),
        ),
        "bucket.deny-may-apply predicted",
    ),
    "one file can be read, and all of them are denied by the policies": (
        good,
        (bucket_policy(deny(GET, [OBJECTS], Principal="*")), did(GET)),
        "",
    ),
    "a file is archived": (
        good,
        (did(GET, "failed", **ARCHIVED),),
        "files.archived verified",
    ),
    "an archived file, and the sample shows such": (
        good,
        (_archived, did(GET, "failed", **ARCHIVED)),
        "files.archived verified",
    ),
    "a write is refused for want of the key's use": (
        good_encrypted,
        (
            _without_data_key,
            did(
                PUT,
                "denied",
                code="AccessDenied",
                message=f"is not authorized to perform: kms:GenerateDataKey on resource: {KEY} "
                "because no resource-based policy allows the kms:GenerateDataKey action",
            ),
        ),
        "kms.write-denied verified",
    ),
}


@pytest.mark.parametrize(("base", "breaks", "said"), CASES.values(), ids=CASES)
def test_no_more_is_taken_from_it_than_it_shows(
    base: Callable[[], World], breaks: tuple[Break, ...], said: str
) -> None:
    findings = broken(base(), *breaks).report().findings
    assert ", ".join(f"{finding.code} {finding.evidence}" for finding in findings) == said


def test_what_is_too_broad_is_named() -> None:
    (finding,) = broken(good(), did(LIST, **OUTSIDE)).report().findings
    assert (finding.bucket, finding.params["whole"]) == (None, [BUCKET])


# The chain


def _verified(world: World) -> set[ChainLink]:
    draft, snapshot = world.read()
    links = links_of(diagnose(draft, snapshot), snapshot)
    return {status.link for status in links if status.evidence is Evidence.VERIFIED}


def _observed(
    base: Callable[[], World], deeds: Iterable[tuple[str, str, str | None]]
) -> set[ChainLink]:
    """Return the links that are verified once UbiQuity did ``deeds``: action, bucket, resource."""
    world = base()
    for action, bucket, resource in deeds:
        world.observe("ubiquity", action, "allowed", bucket=bucket, resource=resource)
    return _verified(world)


ALL_FOUR: Final = [(action, BUCKET, None) for action in (LIST, GET, PUT, DELETE)]
GOT_IN: Final = {ChainLink.UBIQUITY, ChainLink.ROLE, ChainLink.TRUST}
WITH_KEY: Final = [("kms:Decrypt", BUCKET, KEY), ("kms:GenerateDataKey", BUCKET, KEY)]


def test_all_four_actions_prove_the_permissions() -> None:
    assert _observed(good, ALL_FOUR) == {*GOT_IN, ChainLink.PERMISSIONS, ChainLink.BUCKET}


@pytest.mark.parametrize("missing", range(4))
def test_three_of_them_prove_no_permissions(missing: int) -> None:
    deeds = [deed for place, deed in enumerate(ALL_FOUR) if place != missing]
    assert ChainLink.PERMISSIONS not in _observed(good, deeds)


def test_each_bucket_has_to_be_tried() -> None:
    assert ChainLink.PERMISSIONS not in _observed(good_two, ALL_FOUR)
    both = [(action, name, None) for action, *_ in ALL_FOUR for name in (BUCKET, SECOND)]
    assert ChainLink.PERMISSIONS in _observed(good_two, both)


def test_the_keys_use_proves_the_key_and_a_file_that_was_read_does_not() -> None:
    assert ChainLink.KEY not in _observed(good_encrypted, ALL_FOUR)
    assert ChainLink.KEY not in _observed(good_encrypted, [*ALL_FOUR, WITH_KEY[0]])
    other = [(action, bucket, OTHER_KEY) for action, bucket, _ in WITH_KEY]
    assert ChainLink.KEY not in _observed(good_encrypted, [*ALL_FOUR, *other])
    assert ChainLink.KEY in _observed(good_encrypted, [*ALL_FOUR, *WITH_KEY])


def test_a_refused_look_outside_is_no_last_word_on_the_bucket() -> None:
    world = good()
    world.observe("ubiquity", LIST, "allowed", bucket=BUCKET, resource=BUCKET_ARN)
    world.observe("ubiquity", LIST, "denied", **{**NO_LIST, **OUTSIDE})
    assert ChainLink.BUCKET in _verified(world)
    world = good()
    world.observe("ubiquity", LIST, "allowed", **OUTSIDE)
    assert ChainLink.BUCKET not in _verified(world)
