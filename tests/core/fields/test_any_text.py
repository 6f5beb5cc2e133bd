"""Whatever is typed: problems or a clean value come out, and never an exception."""

from collections.abc import Callable
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.fields.account_id import check_account_id
from app.core.fields.bucket_name import check_bucket
from app.core.fields.database_id import check_database_id
from app.core.fields.kms_key import check_kms_key
from app.core.fields.prefix import check_prefix
from app.core.fields.region import check_region
from app.core.fields.start_url import check_portal_region, check_start_url
from app.core.problem import Checked
from app.core.wording.problems import correction_text, problem_text
from tests.core.fields import (
    test_account_id,
    test_bucket_name,
    test_database_id,
    test_kms_key,
    test_prefix,
    test_region,
    test_start_url,
)
from tests.core.fields.row import Row

CHECKS: Final[dict[str, Callable[[str], Checked]]] = {
    "account": check_account_id,
    "database": check_database_id,
    "bucket": check_bucket,
    "bucket elsewhere": lambda text: check_bucket(
        text, region="ap-southeast-2", account_id="120456789013"
    ),
    "region": lambda text: check_region(text, test_region.KNOWN),
    "region, nothing known": lambda text: check_region(text, {}),
    "prefix": lambda text: check_prefix(text, restricted=False, bucket="acme-imports"),
    "prefix, restricted": lambda text: check_prefix(text, restricted=True),
    "portal": check_start_url,
    "portal's region": lambda text: check_portal_region(text, test_region.KNOWN),
    "key": check_kms_key,
    "key, known": lambda text: check_kms_key(
        text, account_id=test_kms_key.ACCOUNT, region=test_kms_key.REGION
    ),
}

ROWS: Final[list[Row]] = [
    *test_account_id.ROWS,
    *test_database_id.ROWS,
    *test_bucket_name.PLAIN,
    *test_bucket_name.BROKEN,
    *test_region.CODES,
    *test_region.NAMES,
    *test_region.WRONG,
    *test_prefix.EITHER_WAY,
    *test_prefix.FREE,
    *test_prefix.RESTRICTED,
    *test_kms_key.ROWS,
    *test_start_url.GOOD,
    *test_start_url.BAD,
]
PASTES: Final[list[str]] = [row.text for row in ROWS] + [text for text, _ in test_bucket_name.TAKEN]
ANY_CHARACTERS = st.text(st.characters(exclude_categories=()))
DAMAGED = st.tuples(
    ANY_CHARACTERS.map(lambda text: text[:3]),
    st.sampled_from(PASTES),
    ANY_CHARACTERS.map(lambda text: text[:3]),
).map("".join)


def verify(check: Callable[[str], Checked], text: str) -> None:
    """Check that there is a final value or an error, never both, and that all can be said."""
    checked = check(text)
    assert (checked.value is None) == bool(checked.errors)
    for problem in checked.problems:
        assert "{" not in problem_text(problem) or "{" in text
    if checked.offer:
        assert correction_text(checked.offer)
        assert checked.offer.value != checked.value
    if checked.value is not None:
        assert check(checked.value).value == checked.value


@pytest.mark.parametrize("name", CHECKS)
@settings(deadline=None)
@given(text=ANY_CHARACTERS)
def test_any_text(name: str, text: str) -> None:
    verify(CHECKS[name], text)


@pytest.mark.parametrize("name", CHECKS)
@settings(deadline=None)
@given(text=DAMAGED)
def test_a_paste_with_something_around_it(name: str, text: str) -> None:
    verify(CHECKS[name], text)


@pytest.mark.parametrize("name", CHECKS)
def test_every_paste_in_every_field(name: str) -> None:
    for text in PASTES:
        verify(CHECKS[name], text)


@pytest.mark.parametrize("name", CHECKS)
@pytest.mark.parametrize(
    "text",
    ["a" * 30_000, "1-" * 15_000, "s3://" * 6_000, "-" * 30_000, "a/" * 15_000, "%41" * 9_000],
)
def test_a_whole_file_pasted_by_mistake(name: str, text: str) -> None:
    verify(CHECKS[name], text)
