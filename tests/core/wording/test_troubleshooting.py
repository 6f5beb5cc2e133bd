"""The guide's Troubleshooting, by what failed."""

import pytest

from app.core.guide import DATABASE_ID_PLACE, POLICY_NAME, ROLE_NAME, UBIQUITY_ROOT_ARN
from app.core.wording.troubleshooting import GuideHeading, advice, trouble_of


@pytest.mark.parametrize(
    ("action", "code", "trouble"),
    [
        ("sts:AssumeRole", "AccessDenied", GuideHeading.ASSUME),
        ("sts:AssumeRole", "NoSuchBucket", GuideHeading.ASSUME),
        ("s3:ListBucket", "NoSuchBucket", GuideHeading.REGION),
        ("s3:ListBucket", "PermanentRedirect", GuideHeading.REGION),
        ("s3:ListBucket", "AuthorizationHeaderMalformed", GuideHeading.REGION),
        ("s3:ListBucket", "404", GuideHeading.REGION),
        ("s3:ListBucket", "AccessDenied", GuideHeading.OPERATIONS),
        ("s3:ListBucket", "403", GuideHeading.OPERATIONS),
    ],
)
def test_the_heading_for_a_failure(action: str, code: str, trouble: GuideHeading) -> None:
    assert trouble_of(action, code) is trouble


@pytest.mark.parametrize("trouble", GuideHeading)
def test_every_heading_has_its_checks(trouble: GuideHeading) -> None:
    heading_advice = advice(trouble)
    assert heading_advice.title
    assert heading_advice.detail.endswith(":")
    assert len(heading_advice.checks) >= 2
    assert all(check.endswith(".") and "{" not in check for check in heading_advice.checks)


@pytest.mark.parametrize(
    ("trouble", "named"),
    [
        (GuideHeading.ASSUME, (ROLE_NAME, UBIQUITY_ROOT_ARN)),
        (GuideHeading.OPERATIONS, (POLICY_NAME, "kms:Decrypt", "kms:DescribeKey")),
        (GuideHeading.EXTERNAL_ID, (DATABASE_ID_PLACE,)),
    ],
)
def test_what_the_guide_names_there(trouble: GuideHeading, named: tuple[str, ...]) -> None:
    text = " ".join(advice(trouble).checks)
    assert all(name in text for name in named)
