"""Which page is to be done again after which change of the details: one table."""

from collections.abc import Mapping
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.draft import BucketEntry, Draft
from app.core.frozen import replace
from app.flow.wizard.pages import SETUP
from app.flow.wizard.ticks import SHOWN, Detail, changed_details, shows_the_same
from tests.helpers.drafts import ACCOUNT, DATABASE_ID, KEY_ARN, OTHER_KEY_ARN, REGION

ENTRY: Final = BucketEntry("acme-imports", REGION, "imports/", kms_key_arn=KEY_ARN)
LIMITED: Final = replace(ENTRY, restrict_to_prefix=True)
OTHER: Final = BucketEntry("acme-exports", "us-east-1")
BEFORE: Final = Draft(ACCOUNT, DATABASE_ID, (ENTRY, OTHER))
ACCOUNT_2: Final = "210987654321"


def first(entry: BucketEntry) -> Draft:
    """Return the draft with another first entry."""
    return replace(BEFORE, buckets=(entry, OTHER))


A: Final = (Detail.ACCOUNT,)
D: Final = (Detail.DATABASE,)
B: Final = (Detail.BUCKET,)
R: Final = (Detail.REGION,)
F: Final = (Detail.FOLDER,)
K: Final = (Detail.KEY,)
N: Final = (Detail.COUNT,)

Row = tuple[Draft, Draft, Mapping[str, tuple[Detail, ...]]]

TABLE: Final[Mapping[str, Row]] = {
    "nothing": (BEFORE, replace(BEFORE), {}),
    "account": (BEFORE, replace(BEFORE, account_id=ACCOUNT_2), dict.fromkeys(SHOWN, A)),
    "database": (
        BEFORE,
        replace(BEFORE, database_id="Zq7JBlwfjUOUcQjd5gt7vA"),
        {"trust": D, "create": D, "test": D},
    ),
    "bucket": (
        BEFORE,
        first(replace(ENTRY, name="acme-new")),
        {"permissions": B, "create": B, "connector": B, "test": B},
    ),
    "region": (BEFORE, first(replace(ENTRY, region="eu-west-1")), {"connector": R, "test": R}),
    "prefix of a whole bucket": (
        BEFORE,
        first(replace(ENTRY, prefix="other/")),
        {"connector": F, "test": F},
    ),
    "prefix that limits": (
        first(LIMITED),
        first(replace(LIMITED, prefix="other/")),
        {"permissions": F, "create": F, "connector": F, "test": F},
    ),
    "limit": (BEFORE, first(LIMITED), {"permissions": F, "create": F, "test": F}),
    "key": (
        BEFORE,
        first(replace(ENTRY, kms_key_arn=OTHER_KEY_ARN)),
        {"permissions": K, "create": K, "test": K},
    ),
    "no key any more": (
        BEFORE,
        first(replace(ENTRY, kms_key_arn=None)),
        {"permissions": K, "create": K, "test": K},
    ),
    "bucket and region": (
        BEFORE,
        first(replace(ENTRY, name="acme-new", region="eu-west-1")),
        {"permissions": B, "create": B, "connector": B + R, "test": B + R},
    ),
    "one bucket less": (
        BEFORE,
        replace(BEFORE, buckets=(ENTRY,)),
        {"permissions": N, "create": N, "connector": N, "test": N},
    ),
    "one folder of the same bucket more": (
        BEFORE,
        replace(BEFORE, buckets=(ENTRY, replace(ENTRY, prefix="more/"), OTHER)),
        {"connector": N, "test": N},
    ),
    "another order": (
        BEFORE,
        replace(BEFORE, buckets=(OTHER, ENTRY)),
        {
            "permissions": B,
            "create": B,
            "connector": B + R + F,
            "test": B + R + F + K,
        },
    ),
}


@pytest.mark.parametrize("name", TABLE)
def test_only_what_depends_on_a_change_is_done_again(name: str) -> None:
    before, after, expected = TABLE[name]
    if "create" in expected:  # what is sent is what would be made
        expected = {**expected, **dict.fromkeys(("handoff", "cloudshell"), expected["create"])}
    again = {page: changed_details(page, before, after) for page in SHOWN}
    assert {page: details for page, details in again.items() if details} == expected
    assert all(changed_details(page, after, after) == () for page in SHOWN)


def test_every_page_that_can_be_done_is_one_of_the_set_up() -> None:
    assert set(SHOWN) <= {page.id for page in SETUP}


ENTRIES: Final = st.builds(
    BucketEntry,
    st.sampled_from(["a-bucket", "b-bucket"]),
    st.sampled_from(["us-east-1", "eu-west-1"]),
    st.sampled_from(["", "x/", "y/"]),
    st.booleans(),
    st.sampled_from([None, KEY_ARN, OTHER_KEY_ARN]),
)
DRAFTS: Final = st.builds(
    Draft,
    st.sampled_from([ACCOUNT, ACCOUNT_2]),
    st.sampled_from([DATABASE_ID, "Zq7JBlwfjUOUcQjd5gt7vA"]),
    st.lists(ENTRIES, min_size=1, max_size=3).map(tuple),
)


@settings(max_examples=60)
@given(DRAFTS, DRAFTS, st.sampled_from(sorted(SHOWN)))
def test_there_is_always_a_reason_and_only_where_there_is_a_difference(
    before: Draft, after: Draft, page: str
) -> None:
    assert bool(changed_details(page, before, after)) != shows_the_same(page, before, after)
