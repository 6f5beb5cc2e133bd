"""What a text that was pasted from UbiQuity's Test Connection is taken for."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.told.answer import ToldAnswer
from app.core.told.pasted_answer import ReadAnswer, answer_in

ASSUME = "User: x is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::1:role/r"
LISTING = "An error occurred (AccessDenied) when calling the ListObjectsV2 operation: Access Denied"
NO_BUCKET = (
    "An error occurred (NoSuchBucket) when calling the ListObjectsV2 operation: The specified "
    "bucket does not exist"
)


@pytest.mark.parametrize(
    ("text", "told", "files"),
    [
        ("Connection successful. Found 1,234 files in bucket.", ToldAnswer.SUCCESS, 1234),
        ("connection successful", ToldAnswer.SUCCESS, None),
        ("✓ Connection successful.\nFound 0 files in bucket.", ToldAnswer.SUCCESS, 0),
        ("Connection unsuccessful", ToldAnswer.OTHER, None),
        ("Access denied", ToldAnswer.OTHER, None),  # it may be the role or the bucket
        ("Not authorised to perform sts:AssumeRole", ToldAnswer.ASSUME, None),
        (ASSUME, ToldAnswer.ASSUME, None),
        ("External ID mismatch", ToldAnswer.EXTERNAL_ID, None),
        ("Bucket does not exist in region", ToldAnswer.REGION, None),
        (NO_BUCKET, ToldAnswer.REGION, None),
        (LISTING, ToldAnswer.OPERATIONS, None),
        (
            f"Connection successful. Found 3 files in bucket.\n{LISTING}",
            ToldAnswer.OPERATIONS,
            None,
        ),
        ("Please try again later", ToldAnswer.OTHER, None),
    ],
)
def test_what_is_pasted(text: str, told: ToldAnswer, files: int | None) -> None:
    assert answer_in(text) == ReadAnswer(told, files)


def test_nothing_is_no_answer() -> None:
    assert answer_in(" \n") is None


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=60))
def test_only_the_guides_words_are_a_success(text: str) -> None:
    read = answer_in(text)
    if read is not None and read.told is ToldAnswer.SUCCESS:
        assert "connection" in text.casefold()
