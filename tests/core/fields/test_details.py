"""The form "Your details": from what is typed to a draft, or to what Next waits for."""

from dataclasses import replace
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.draft import BucketEntry, Draft
from app.core.fields.details import check_details
from app.core.fields.form import BucketForm, DetailsForm, EncryptionChoice, form_of, split_field
from app.core.fields.secret import SECRETS
from app.core.problem import Severity
from app.core.wording.problems import problem_text
from tests.core.pasted.test_without_secrets import JWT, SECRET
from tests.helpers.drafts import (
    ACCOUNT,
    BUCKET,
    DATABASE_ID,
    ENCRYPTED,
    KEY_ARN,
    OTHER_KEY_ARN,
    PLAIN,
    REGION,
)

KEYS: Final = ("name", "region", "prefix", "kms_key_arn")
KNOWN: Final = {"ap-southeast-2": "Asia Pacific (Sydney)", "us-east-1": "US East (N. Virginia)"}
BUCKET_FORM: Final = BucketForm(BUCKET, REGION)
FORM: Final = DetailsForm(ACCOUNT, DATABASE_ID, (BUCKET_FORM,))


FORM_TEXTS: Final = {
    "account_id": ACCOUNT,
    "database_id": DATABASE_ID,
    "buckets[0].name": BUCKET,
    "buckets[0].region": REGION,
    "buckets[0].prefix": "imports/",
    "buckets[0].kms_key_arn": KEY_ARN,
}


def form(*buckets: BucketForm) -> DetailsForm:
    return replace(FORM, buckets=buckets)


def codes(checked: DetailsForm, field: str) -> list[str]:
    return [problem.code for problem in check_details(checked, KNOWN).problems(field)]


def test_an_empty_form_waits_for_all_that_is_needed() -> None:
    check = check_details(DetailsForm(), KNOWN)
    assert check.draft is None
    assert [problem.field for problem in check.errors] == [
        "account_id",
        "database_id",
        "buckets[0].name",
        "buckets[0].region",
    ]
    assert check_details(FORM, KNOWN).draft == PLAIN


def test_what_is_pasted_becomes_final_values() -> None:
    pasted = DetailsForm(
        f"arn:aws:iam::{ACCOUNT}:root",
        f" {DATABASE_ID}\n",
        (BucketForm(f"arn:aws:s3:::{BUCKET}", "Sydney", " imports/ "),),
    )
    check = check_details(pasted, KNOWN)
    assert check.errors == ()
    assert check.draft == Draft(ACCOUNT, DATABASE_ID, (BucketEntry(BUCKET, REGION, "imports/"),))
    # What is typed stays as it is: it is cleaned when the field is left.
    assert pasted.text_of("database_id") == f" {DATABASE_ID}\n"


def test_regions_that_are_not_loaded_yet() -> None:
    named = form(BucketForm(BUCKET, "Sydney"))
    assert check_details(named, {}).draft is None
    assert check_details(named, KNOWN).draft == PLAIN
    assert check_details(FORM, {}).draft == PLAIN


@pytest.mark.parametrize(
    ("bucket", "field", "code", "mended"),
    [
        (
            BucketForm(BUCKET, REGION, encryption=EncryptionChoice.CLIENT),
            "buckets[0].encryption",
            "encryption.sse-c",
            BUCKET_FORM,
        ),
        (
            BucketForm(BUCKET, REGION, encryption=EncryptionChoice.KMS),
            "buckets[0].kms_key_arn",
            "kms.empty",
            BucketForm(BUCKET, REGION, encryption=EncryptionChoice.KMS, kms_key_arn=f" {KEY_ARN}"),
        ),
        (
            BucketForm(BUCKET, "us-east-1", encryption=EncryptionChoice.KMS, kms_key_arn=KEY_ARN),
            "buckets[0].kms_key_arn",
            "kms.region",
            BucketForm(BUCKET, REGION, encryption=EncryptionChoice.KMS, kms_key_arn=KEY_ARN),
        ),
        (
            BucketForm(BUCKET, REGION, restrict_to_prefix=True),
            "buckets[0].prefix",
            "prefix.empty-restricted",
            BucketForm(BUCKET, REGION, "imports/", restrict_to_prefix=True),
        ),
        (
            BucketForm("Acme_Imports", REGION),
            "buckets[0].name",
            "bucket.capitals",
            BucketForm("Acme_Imports", "us-east-1"),
        ),
    ],
)
def test_one_wrong_field(bucket: BucketForm, field: str, code: str, mended: BucketForm) -> None:
    check = check_details(form(bucket), KNOWN)
    assert check.draft is None
    assert {problem.field for problem in check.errors} == {field}
    assert code in codes(form(bucket), field)
    assert check_details(form(mended), KNOWN).draft is not None


def test_a_key_counts_only_where_the_files_are_encrypted_with_it() -> None:
    left_over = BucketForm(BUCKET, REGION, kms_key_arn="rubbish")
    assert check_details(form(left_over), KNOWN).draft == PLAIN
    chosen = BucketForm(BUCKET, REGION, encryption=EncryptionChoice.KMS, kms_key_arn=KEY_ARN)
    assert check_details(form(chosen), KNOWN).draft == ENCRYPTED


def test_a_key_of_another_account_is_a_warning() -> None:
    other = KEY_ARN.replace(ACCOUNT, "210987654321")
    bucket = BucketForm(BUCKET, REGION, encryption=EncryptionChoice.KMS, kms_key_arn=other)
    check = check_details(form(bucket), KNOWN)
    assert [p.severity for p in check.problems("buckets[0].kms_key_arn")] == [Severity.WARNING]
    assert check.draft is not None


def test_rules_over_several_buckets() -> None:
    twice = form(BUCKET_FORM, BucketForm(f" {BUCKET}", REGION))
    assert codes(twice, "buckets[1].prefix") == ["buckets.twice"]
    assert check_details(twice, KNOWN).draft is None
    mended = twice.with_text("buckets[1].prefix", "imports/")
    draft = check_details(mended, KNOWN).draft
    assert draft is not None
    assert [entry.prefix for entry in draft.buckets] == ["", "imports/"]


def test_rules_over_several_wait_for_each_to_be_right() -> None:
    unfinished = form(BUCKET_FORM, BUCKET_FORM, BucketForm())
    assert codes(unfinished, "buckets[1].prefix") == []
    assert codes(form(BUCKET_FORM, BUCKET_FORM), "buckets[1].prefix") == ["buckets.twice"]


def test_a_warning_over_several_is_no_error() -> None:
    keys = [
        BucketForm(BUCKET, REGION, prefix, encryption=EncryptionChoice.KMS, kms_key_arn=key)
        for prefix, key in (("a/", KEY_ARN), ("b/", OTHER_KEY_ARN))
    ]
    check = check_details(form(*keys), KNOWN)
    assert [p.code for p in check.problems("buckets[1].kms_key_arn")] == ["buckets.two-keys"]
    assert check.errors == ()
    assert check.draft is not None


def test_no_bucket_at_all() -> None:
    check = check_details(form(), KNOWN)
    assert [problem.code for problem in check.errors] == ["buckets.none"]
    assert check_details(form(BUCKET_FORM), KNOWN).draft == PLAIN


def test_too_many_buckets() -> None:
    many = [BucketForm(f"bucket-{number:03}", REGION) for number in range(150)]
    check = check_details(form(*many), KNOWN)
    (problem,) = check.errors
    assert (problem.field, problem.code) == ("buckets", "buckets.too-many")
    assert check.problems("buckets") == (problem,)
    assert check.draft is None
    fit = problem.params["fit"]
    assert isinstance(fit, int)
    assert check_details(form(*many[:fit]), KNOWN).draft is not None


@pytest.mark.parametrize("draft", [PLAIN, ENCRYPTED])
def test_a_draft_fills_the_form_that_gives_it(draft: Draft) -> None:
    assert check_details(form_of(draft), {}).draft == draft


def test_an_empty_key_is_not_the_same_as_none() -> None:
    empty = Draft(ACCOUNT, DATABASE_ID, (BucketEntry(BUCKET, REGION, kms_key_arn=""),))
    assert form_of(empty).buckets[0].encryption is EncryptionChoice.KMS
    assert [p.code for p in check_details(form_of(empty), {}).errors] == ["kms.empty"]
    assert check_details(form_of(PLAIN), {}).draft == PLAIN


@pytest.mark.parametrize(
    ("name", "bucket", "key"),
    [
        ("account_id", None, "account_id"),
        ("buckets", None, "buckets"),
        ("buckets[0].name", 0, "name"),
        ("buckets[12].kms_key_arn", 12, "kms_key_arn"),
    ],
)
def test_the_names_of_fields(name: str, bucket: int | None, key: str) -> None:
    assert split_field(name) == (bucket, key)


def test_reading_and_writing_a_field() -> None:
    two = form(BUCKET_FORM, BUCKET_FORM)
    changed = two.with_text("buckets[1].prefix", "a/").with_text("account_id", "1")
    assert changed.text_of("buckets[1].prefix") == "a/"
    assert changed.text_of("buckets[0].prefix") == ""
    assert changed.text_of("buckets[0].encryption") == "default"
    assert changed == DetailsForm(
        "1", DATABASE_ID, (BUCKET_FORM, replace(BUCKET_FORM, prefix="a/"))
    )


FORMS = st.builds(
    DetailsForm,
    st.text() | st.just(ACCOUNT),
    st.text() | st.just(DATABASE_ID),
    st.lists(
        st.builds(
            BucketForm,
            st.text() | st.just(BUCKET) | st.just(f"s3://{BUCKET}/a/"),
            st.text() | st.sampled_from([REGION, "Sydney", "cn-north-1"]),
            st.text() | st.sampled_from(["", "a/"]),
            st.booleans(),
            st.sampled_from(EncryptionChoice),
            st.text() | st.just(KEY_ARN),
        ),
        max_size=3,
    ).map(tuple),
)


@given(FORMS)
def test_any_form_gives_a_draft_or_errors(typed: DetailsForm) -> None:
    check = check_details(typed, KNOWN)
    assert (check.draft is None) == bool(check.errors)
    assert all(problem_text(problem) for problem in check.errors)
    if check.draft is not None:
        assert check_details(form_of(check.draft), KNOWN).draft == check.draft


FIELDS: Final = ("account_id", "database_id", *(f"buckets[0].{key}" for key in KEYS))
PRESIGNED: Final = (
    f"https://{BUCKET}.s3.{REGION}.amazonaws.com/in/a.csv?X-Amz-Security-Token={JWT}"
    f"&X-Amz-Credential=ASIAIOSFODNN7EXAMPLE%2F20261129&X-Amz-Signature=0f"
)


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize(
    "secret",
    [
        SECRET,
        f" {SECRET}\n",
        f"{SECRET}/",
        f"imports/{SECRET}/",
        f"s3://{BUCKET}/{SECRET}/x",
        f"arn:aws:s3:::{BUCKET}/{SECRET}",
        f"AKIAIOSFODNN7EXAMPLE {SECRET}",
        f"AWS_SECRET_ACCESS_KEY={SECRET}",
        "IQoJb3JpZ2luX2VjEAAaCXVzLWVhc3QtMSJH" * 4 + "==",
        JWT,
    ],
)
def test_a_secret_is_refused_and_in_no_remark(field: str, secret: str) -> None:
    check = check_details(_typed(field, secret), KNOWN)
    assert check.draft is None
    told = repr(check)
    assert secret.strip()[-30:] not in told
    assert SECRET[:20] not in told
    (problem,) = check.fields[field].errors
    assert problem.code in SECRETS or field in ("account_id", "buckets[0].region")
    assert "secret" in problem_text(problem) or problem.code not in SECRETS
    assert check_details(_typed(field, FORM_TEXTS[field]), KNOWN).draft is not None


def _typed(field: str, text: str) -> DetailsForm:
    whole = replace(BUCKET_FORM, encryption=EncryptionChoice.KMS, kms_key_arn=KEY_ARN)
    return form(whole).with_text(field, text)


@pytest.mark.parametrize(
    "prefix",
    [
        "exports/session_token/2026/",
        "access_key_id/",
        "logs/session token/abcdefghijklmnop1234/",
        "imports/2026/11/CustomerDataExportFiles/",
        "CustomerDataExportFilesDailyReports2026A/",
        "data/2026/11/29/12/Jobs/01/Part/00/Files/",
        "tenant=3fa85f64-5717-4562-b3fc-2c963f66afa6/Year=2026/Month=11/",
    ],
)
def test_a_folder_with_such_a_name_is_no_secret(prefix: str) -> None:
    check = check_details(_typed("buckets[0].prefix", prefix), KNOWN)
    assert check.draft is not None
    assert check.draft.buckets[0].prefix == prefix


def test_the_signature_of_an_address_is_dropped() -> None:
    check = check_details(_typed("buckets[0].name", PRESIGNED), KNOWN)
    assert check.draft is not None
    assert check.fields["buckets[0].name"].other_fields["prefix"] == "in/"
    assert JWT[:20] not in repr(check)
