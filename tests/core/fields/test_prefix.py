"""The prefix: kept as it is, with an offer where another is probably meant."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.fields.prefix import LONGEST_IN_BYTES, check_prefix
from app.core.problem import Checked
from app.core.wording.problems import problem_text
from tests.core.fields.row import Row, codes_of

EITHER_WAY = [
    Row("imports/", "imports/"),
    Row("imports/ubiquity/", "imports/ubiquity/"),
    Row("my folder/2024 07/", "my folder/2024 07/"),
    Row("Zürich/", "Zürich/"),
    Row("a+b=c,d;e:f@g!h'(i)/", "a+b=c,d;e:f@g!h'(i)/"),
    Row('it"s/', 'it"s/'),
    Row(" imports/ ", "imports/", "cleaned.spaces"),
    Row("imports/\n", "imports/", "cleaned.line-breaks"),
    Row("imports/\u200b", "imports/", "cleaned.invisible"),
    Row('"imports/"', "imports/", "cleaned.quotes"),
    Row("a*b/", "a*b/", "prefix.wildcards"),
    Row("what?/", "what?/", "prefix.wildcards"),
    Row("${aws:username}/", "${aws:username}/", "prefix.wildcards"),
    Row("$5/", "$5/"),
    Row("/imports/", "/imports/", "prefix.leading-slash", offer="imports/"),
    Row("a//b/", "a//b/", "prefix.double-slash", offer="a/b/"),
    Row("./a/", "./a/", "prefix.dots", offer="a/"),
    Row("a/../b/", "a/../b/", "prefix.dots", offer="a/b/"),
    Row("a%2Fb/", "a%2Fb/", "prefix.encoded", offer="a/b/"),
    Row("100%/", "100%/"),
    Row("a\xa0b/", "a\xa0b/", "prefix.unseen", offer="a b/"),
    Row("a\xadb/", "a\xadb/", "prefix.unseen", offer="ab/"),
    Row("a" * 1023 + "/", "a" * 1023 + "/"),
    Row(
        "s3://acme-imports/imports/",
        "imports/",
        "prefix.taken",
        other_fields={"name": "acme-imports"},
    ),
    Row(
        "https://acme-imports.s3.eu-west-1.amazonaws.com/imports/july.csv",
        "imports/",
        "prefix.taken",
        other_fields={"name": "acme-imports", "region": "eu-west-1"},
    ),
    Row("a\x00b/", None, "prefix.control", mended="ab/"),
    Row("a\tb/", None, "prefix.line-break", mended="a b/"),
    Row("a\nb/", None, "prefix.line-break", mended="a/b/"),
    Row("a\x00\nb/", None, "prefix.line-break prefix.control", mended="a/b/"),
    Row("a\x7fb/", None, "prefix.control", mended="ab/"),
    Row("a\x85b/", None, "prefix.line-break", mended="ab/"),
    Row("a\ud800b/", None, "prefix.control", mended="ab/"),
    Row("a" * 1024 + "/", None, "prefix.long", mended="a" * 1023 + "/"),
    Row("arn:aws:iam::120456789013:root", None, "prefix.address", mended="imports/"),
    Row("https://example.com/imports/", None, "prefix.address", mended="imports/"),
]

FREE = [
    Row("", ""),
    Row(" ", "", "cleaned.spaces"),
    Row("imports", "imports", "prefix.no-slash", offer="imports/"),
    Row("/imports", "/imports", "prefix.leading-slash prefix.no-slash", offer="imports/"),
    Row("/", "/", "prefix.leading-slash", offer=""),
    Row("imports/july.csv", "imports/july.csv", "prefix.file", offer="imports/"),
    Row("july.csv", "july.csv", "prefix.file", offer=""),
    Row("v1.2", "v1.2", "prefix.no-slash", offer="v1.2/"),
    Row("imports/*", "imports/*", "prefix.star", offer="imports/"),
    Row("imports\\a\\", "imports\\a\\", "prefix.backslash prefix.no-slash", offer="imports/a/"),
    Row("データ/", "データ/"),
    Row("2024–25/", "2024–25/"),
    Row("a\u200bb/", "a\u200bb/", "prefix.unseen", offer="ab/"),
    Row("é" * 512, "é" * 512, "prefix.no-slash"),
    Row("é" * 512 + "/", None, "prefix.long", mended="é/"),
    Row("s3://acme-imports", "", "prefix.taken-none", other_fields={"name": "acme-imports"}),
    Row(
        "s3://acme-imports/s3://x/", "", "prefix.taken-none", other_fields={"name": "acme-imports"}
    ),
]

RESTRICTED = [
    Row("", None, "prefix.empty-restricted", mended="imports/"),
    Row("imports", None, "prefix.slash-needed", offer="imports/"),
    Row("a{{Resolve:ssm:x}}/", None, "prefix.reference", mended="a{{x}}/"),
    Row("imports/*", None, "prefix.slash-needed prefix.star", offer="imports/"),
    Row("imports/a.csv", None, "prefix.slash-needed prefix.file", offer="imports/"),
    Row("\\imports", None, "prefix.slash-needed prefix.backslash", offer="imports/"),
    Row("データ/", None, "prefix.characters", mended="data/"),
    Row("2024–25/", None, "prefix.characters", mended="2024-25/"),
    Row("a\u200bb/", None, "prefix.characters prefix.unseen", offer="ab/"),
    Row(
        "s3://acme-imports",
        None,
        "prefix.empty-restricted prefix.taken-none",
        mended="imports/",
        other_fields={"name": "acme-imports"},
    ),
]


def free(text: str) -> Checked:
    return check_prefix(text, restricted=False)


def restricted(text: str) -> Checked:
    return check_prefix(text, restricted=True)


@pytest.mark.parametrize("row", EITHER_WAY + FREE, ids=lambda row: ascii(row.text[:40]))
def test_a_prefix(row: Row) -> None:
    row.verify(free)


@pytest.mark.parametrize("row", EITHER_WAY + RESTRICTED, ids=lambda row: ascii(row.text[:40]))
def test_a_prefix_that_the_policy_has_to_carry(row: Row) -> None:
    row.verify(restricted)


def test_what_a_policy_cannot_carry_is_named() -> None:
    checked = restricted("2024–25/")
    assert "“–” (U+2013)" in problem_text(checked.errors[0])


def test_a_prefix_that_starts_with_the_buckets_name() -> None:
    checked = check_prefix("acme-imports/july/", restricted=False, bucket="acme-imports")
    assert codes_of(checked.problems) == ["prefix.bucket-name"]
    assert checked.offer is not None
    assert checked.offer.value == "july/"


PIECES = st.lists(
    st.sampled_from([*"/\\.*?$ \"'%2Fa\u200b\xa0\n\x00é–", "..", "//", ".csv", "s3://", "arn:"]),
    max_size=10,
).map("".join)


@settings(deadline=None)
@given(PIECES | st.text(st.characters(exclude_categories=())), st.booleans())
def test_an_offer_can_always_be_taken_and_leads_on(text: str, only_this_folder: bool) -> None:
    checked = check_prefix(text, restricted=only_this_folder)
    for _ in range(3):
        if checked.offer is None:
            break
        checked = check_prefix(checked.offer.value, restricted=only_this_folder)
        assert checked.errors == ()
    assert checked.offer is None, "taking offers has to come to an end"


@settings(deadline=None)
@given(PIECES)
def test_a_usable_limit_ends_in_a_slash_and_fits_a_policy(text: str) -> None:
    value = restricted(text).value
    if value is not None:
        assert value.endswith("/")
        assert all(" " <= char <= "\xff" for char in value)
        assert len(value.encode()) <= LONGEST_IN_BYTES
