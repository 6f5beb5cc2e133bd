"""Rules over several buckets of one draft."""

from dataclasses import replace

import pytest

from app.core.draft import BucketEntry
from app.core.fields.bucket_set import check_buckets
from app.core.problem import Severity
from app.core.wording.problems import problem_text

HERE = BucketEntry("acme-imports", "ap-southeast-2")
FOLDER = replace(HERE, prefix="imports/", restrict_to_prefix=True)
KEY = "arn:aws:kms:ap-southeast-2:120456789013:key/1234abcd-12ab-34cd-56ef-1234567890ab"


@pytest.mark.parametrize(
    "entries",
    [
        [HERE],
        [HERE, replace(HERE, name="acme-archive", region="us-east-1", kms_key_arn=KEY)],
        [HERE, replace(HERE, prefix="imports/")],
        [FOLDER, replace(FOLDER, prefix="exports/")],
        [replace(HERE, kms_key_arn=KEY), replace(HERE, prefix="imports/", kms_key_arn=KEY)],
    ],
)
def test_buckets_that_go_together(entries: list[BucketEntry]) -> None:
    assert check_buckets(entries) == ()


@pytest.mark.parametrize(
    ("entries", "field", "code", "severity", "mended"),
    [
        ([], "buckets", "buckets.none", Severity.ERROR, [HERE]),
        (
            [HERE, HERE],
            "buckets[1].prefix",
            "buckets.twice",
            Severity.ERROR,
            [HERE, replace(HERE, prefix="imports/")],
        ),
        (
            [FOLDER, replace(HERE, name="other"), FOLDER],
            "buckets[2].prefix",
            "buckets.twice-prefix",
            Severity.ERROR,
            [FOLDER, replace(HERE, name="other"), replace(FOLDER, prefix="exports/")],
        ),
        (
            [HERE, replace(HERE, prefix="imports/", region="us-east-1")],
            "buckets[1].region",
            "buckets.two-regions",
            Severity.ERROR,
            [HERE, replace(HERE, prefix="imports/")],
        ),
        (
            [HERE, replace(HERE, prefix="imports/", kms_key_arn=KEY)],
            "buckets[1].kms_key_arn",
            "buckets.two-keys",
            Severity.WARNING,
            [HERE, replace(HERE, prefix="imports/")],
        ),
        (
            [FOLDER, HERE],
            "buckets[0].prefix",
            "buckets.limit-undone",
            Severity.WARNING,
            [FOLDER, replace(HERE, name="other")],
        ),
    ],
)
def test_buckets_that_do_not(
    entries: list[BucketEntry],
    field: str,
    code: str,
    severity: Severity,
    mended: list[BucketEntry],
) -> None:
    (problem,) = check_buckets(entries)
    assert (problem.field, problem.code, problem.severity) == (field, code, severity)
    assert problem_text(problem)
    assert check_buckets(mended) == ()


def test_the_same_line_thrice_is_said_at_each_later_line() -> None:
    fields = [problem.field for problem in check_buckets([HERE, HERE, HERE])]
    assert fields == ["buckets[1].prefix", "buckets[2].prefix"]
