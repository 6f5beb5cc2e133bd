"""The policies: the guide's own to the letter, and least privilege for every mix of buckets."""

import fnmatch
import json
import re
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.core.documents.document_text import document_text
from app.core.documents.policies import (
    bucket_arn,
    escape_pattern,
    kms_entries,
    kms_statement,
    permissions_policy,
    trust_policy,
)
from app.core.draft import BucketEntry, Draft
from tests.helpers.drafts import ACCOUNT, DATABASE_ID, KEY_ARN, OTHER_KEY_ARN, REGION
from tests.helpers.golden import golden

FOLDER = "imports/ubiquity/"


def entry(name: str, folder: str | None = None, prefix: str = "") -> BucketEntry:
    """Return an entry for a whole bucket, or for the one ``folder`` of it."""
    if folder is None:
        return BucketEntry(name, REGION, prefix)
    return BucketEntry(name, REGION, folder, restrict_to_prefix=True)


def test_the_guides_trust_policy() -> None:
    guides = golden("guide-trust-policy.json", YOUR_UBIQUITY_ACCOUNT_ID=DATABASE_ID)
    assert json.dumps(trust_policy(DATABASE_ID)) == json.dumps(guides)


def test_the_guides_key_statement() -> None:
    guides = golden("guide-key-statement.json", YOUR_AWS_ACCOUNT_ID=ACCOUNT)
    assert json.dumps(kms_statement(ACCOUNT)) == json.dumps(guides)


@pytest.mark.parametrize(
    ("file", "entries", "placeholders"),
    [
        ("plain", [entry("acme")], {"YOUR_BUCKET_NAME": "acme"}),
        ("plain", [entry("acme", prefix="imports/")], {"YOUR_BUCKET_NAME": "acme"}),
        ("folder", [entry("acme", FOLDER)], {"YOUR_BUCKET_NAME": "acme"}),
        ("several-buckets", [entry("bucket-one"), entry("bucket-two")], {}),
        (
            "several-buckets",
            [entry("bucket-one", prefix="a/"), entry("bucket-one"), entry("bucket-two")],
            {},
        ),
    ],
)
def test_the_guides_permissions(
    file: str, entries: Sequence[BucketEntry], placeholders: Mapping[str, str]
) -> None:
    guides = golden(f"guide-permissions-{file}.json", **placeholders)
    policy = permissions_policy(entries)
    assert policy == guides
    assert json.dumps(policy) == json.dumps(guides)
    assert json.loads(document_text(policy)) == guides


# What the combined shapes come to: the list statements by Sid, and the objects.
Listing = dict[str, tuple[object, object]]


def listing_of(policy: Mapping[str, object]) -> Listing:
    """Return resource and prefixes of each statement about listing, by its Sid."""
    listing: Listing = {}
    for statement in statements(policy)[:-1]:
        assert statement["Action"] == ["s3:ListBucket"]
        condition = statement.get("Condition", {"StringLike": {"s3:prefix": None}})
        assert isinstance(condition, dict)
        listing[str(statement["Sid"])] = (
            statement["Resource"],
            condition["StringLike"]["s3:prefix"],
        )
    return listing


def statements(policy: Mapping[str, object]) -> list[Mapping[str, object]]:
    listed = policy["Statement"]
    assert isinstance(listed, list)
    return listed


@pytest.mark.parametrize(
    ("entries", "listing", "objects"),
    [
        (  # two buckets with different folders: neither sees the other's
            [entry("one", "a/"), entry("two", "b/")],
            {
                "ListBucket": (bucket_arn("one"), ["a/*"]),
                "ListBucket2": (bucket_arn("two"), ["b/*"]),
            },
            [f"{bucket_arn('one')}/a/*", f"{bucket_arn('two')}/b/*"],
        ),
        (  # two buckets with the same folder share a statement
            [entry("one", "a/"), entry("two", "a/")],
            {"ListBuckets": ([bucket_arn("one"), bucket_arn("two")], ["a/*"])},
            [f"{bucket_arn('one')}/a/*", f"{bucket_arn('two')}/a/*"],
        ),
        (  # one bucket with two folders
            [entry("one", "a/"), entry("one", "b/")],
            {"ListBucket": (bucket_arn("one"), ["a/*", "b/*"])},
            [f"{bucket_arn('one')}/a/*", f"{bucket_arn('one')}/b/*"],
        ),
        (  # whole buckets and folders
            [entry("one", "a/"), entry("two"), entry("three"), entry("four", "b/")],
            {
                "ListBuckets": ([bucket_arn("two"), bucket_arn("three")], None),
                "ListBucket2": (bucket_arn("one"), ["a/*"]),
                "ListBucket3": (bucket_arn("four"), ["b/*"]),
            },
            [
                f"{bucket_arn('one')}/a/*",
                f"{bucket_arn('two')}/*",
                f"{bucket_arn('three')}/*",
                f"{bucket_arn('four')}/b/*",
            ],
        ),
        (  # the same bucket whole and limited is granted whole, and that once
            [entry("one", "a/"), entry("one", prefix="b/")],
            {"ListBucket": (bucket_arn("one"), None)},
            f"{bucket_arn('one')}/*",
        ),
        (
            [entry("one", "a/"), entry("two", "b/"), entry("one")],
            {
                "ListBucket": (bucket_arn("one"), None),
                "ListBucket2": (bucket_arn("two"), ["b/*"]),
            },
            [f"{bucket_arn('one')}/*", f"{bucket_arn('two')}/b/*"],
        ),
    ],
)
def test_every_mix(entries: Sequence[BucketEntry], listing: Listing, objects: object) -> None:
    policy = permissions_policy(entries)
    assert listing_of(policy) == listing
    assert statements(policy)[-1] == {
        "Sid": "ObjectOperations",
        "Effect": "Allow",
        "Action": ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
        "Resource": objects,
    }


# An independent reading of the policies, by nothing but AWS's published rules for patterns.


def matches(pattern: str, text: str) -> bool:
    """Match as IAM does: ``*`` and ``?`` are wildcards, ``${*}``, ``${?}``, ``${$}`` themselves."""
    parts = re.findall(r"\$\{([*?$])\}|(.)", pattern, re.DOTALL)
    regex = "".join(
        re.escape(escaped) if escaped else {"*": ".*", "?": "."}.get(plain, re.escape(plain))
        for escaped, plain in parts
    )
    return re.fullmatch(regex, text, re.DOTALL) is not None


def texts(value: object) -> list[str]:
    return [value] if isinstance(value, str) else [str(entry) for entry in _list(value)]


def _list(value: object) -> list[object]:
    assert isinstance(value, list)
    return value


def allows(
    policy: Mapping[str, object], action: str, resource: str, prefix: str | None = None
) -> bool:
    """Tell whether a statement of ``policy`` allows the request."""
    return any(
        action in texts(statement["Action"])
        and any(matches(pattern, resource) for pattern in texts(statement["Resource"]))
        and _meets(statement.get("Condition"), prefix)
        for statement in statements(policy)
    )


def _meets(condition: object, prefix: str | None) -> bool:
    if condition is None:
        return True
    assert isinstance(condition, dict)
    assert list(condition) == ["StringLike"]
    assert list(condition["StringLike"]) == ["s3:prefix"]
    patterns = texts(condition["StringLike"]["s3:prefix"])
    return prefix is not None and any(matches(pattern, prefix) for pattern in patterns)


def asked_for(entries: Sequence[BucketEntry], bucket: str, key: str) -> bool:
    """Tell whether an entry of ``bucket`` itself asks for what begins as ``key`` does."""
    return any(
        e.name == bucket and (not e.restrict_to_prefix or key.startswith(e.prefix)) for e in entries
    )


BUCKETS = ("one", "one-more", "two", "on*")
FOLDERS = ("a/", "a/b/", "A/", "b c/", "*/", "?/", "$/", "${*}/", "a*/", "a?/", "${aws:username}/")
KEYS = tuple(
    f"{folder}{name}"
    for folder in ("", *FOLDERS, "a", "z/", "ab/", "jo/", "/a/")
    for name in ("", "x", "a/")
)
ENTRIES = st.lists(
    st.builds(
        BucketEntry,
        name=st.sampled_from(BUCKETS[:3]),
        region=st.just(REGION),
        prefix=st.sampled_from(FOLDERS),
        restrict_to_prefix=st.booleans(),
    ),
    min_size=1,
    max_size=6,
)


@given(ENTRIES)
@example([entry("one", "a/"), entry("two", "b c/"), entry("two")])
def test_no_bucket_gets_more_than_its_own_lines_ask_for(entries: list[BucketEntry]) -> None:
    policy = permissions_policy(entries)
    for bucket in BUCKETS:
        named = any(entry.name == bucket for entry in entries)
        for key in KEYS:
            granted = named and asked_for(entries, bucket, key)
            for action in ("s3:GetObject", "s3:PutObject", "s3:DeleteObject"):
                assert allows(policy, action, f"{bucket_arn(bucket)}/{key}") == granted
            assert allows(policy, "s3:ListBucket", bucket_arn(bucket), key) == granted
        # Without any prefix, the listing of a limited bucket is refused.
        whole = any(e.name == bucket and not e.restrict_to_prefix for e in entries)
        assert allows(policy, "s3:ListBucket", bucket_arn(bucket), None) == whole
        assert not allows(policy, "s3:GetObject", bucket_arn(bucket))
        assert not allows(policy, "s3:ListBucket", f"{bucket_arn(bucket)}/a/")


@given(ENTRIES)
def test_sids_are_unique_and_plain(entries: list[BucketEntry]) -> None:
    sids = [str(statement["Sid"]) for statement in statements(permissions_policy(entries))]
    assert len(set(sids)) == len(sids)
    assert all(re.fullmatch("[A-Za-z0-9]+", sid) for sid in sids)


@given(st.text(st.sampled_from("ab/*?${}")), st.text(st.sampled_from("ab/*?${}")))
def test_an_escaped_text_matches_itself_alone(text: str, other: str) -> None:
    assert matches(escape_pattern(text), text)
    assert matches(escape_pattern(text), other) == (text == other)
    assert matches(f"{escape_pattern(text)}*", f"{text}{other}")


@given(st.text("abc/.-_ "))
def test_a_plain_text_stays_as_it_is(text: str) -> None:
    assert escape_pattern(text) == text
    assert fnmatch.fnmatchcase(text, escape_pattern(text))


def test_each_bucket_and_key_needs_one_statement() -> None:
    one = BucketEntry("one", REGION, "a/", kms_key_arn=KEY_ARN)
    again = BucketEntry("one", REGION, "b/", kms_key_arn=KEY_ARN)
    two = BucketEntry("two", REGION, kms_key_arn=KEY_ARN)
    other = BucketEntry("one", REGION, "c/", kms_key_arn=OTHER_KEY_ARN)
    plain = BucketEntry("three", REGION)
    draft = Draft(ACCOUNT, DATABASE_ID, (plain, one, again, two, other, one))
    assert kms_entries(draft) == (one, two, other)
    assert kms_entries(Draft(ACCOUNT, DATABASE_ID, (plain,))) == ()


def test_a_document_is_read_by_people() -> None:
    text = document_text(permissions_policy([entry("acme", "Éxports/")]))
    assert "Éxports/*" in text
    assert text.startswith('{\n  "Version": "2012-10-17",\n  "Statement": [')
