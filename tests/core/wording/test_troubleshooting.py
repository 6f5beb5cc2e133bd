"""The guide's Troubleshooting, by what failed."""

import pytest

from app.core.guide import DATABASE_ID_PLACE, POLICY_NAME, ROLE_NAME, UBIQUITY_ROOT_ARN
from app.core.wording.troubleshooting import Trouble, advice, trouble_of


@pytest.mark.parametrize(
    ("action", "code", "trouble"),
    [
        ("sts:AssumeRole", "AccessDenied", Trouble.ASSUME),
        ("sts:AssumeRole", "NoSuchBucket", Trouble.ASSUME),
        ("s3:ListBucket", "NoSuchBucket", Trouble.REGION),
        ("s3:ListBucket", "PermanentRedirect", Trouble.REGION),
        ("s3:ListBucket", "AuthorizationHeaderMalformed", Trouble.REGION),
        ("s3:ListBucket", "404", Trouble.REGION),
        ("s3:ListBucket", "AccessDenied", Trouble.OPERATIONS),
        ("s3:ListBucket", "403", Trouble.OPERATIONS),
    ],
)
def test_the_heading_for_a_failure(action: str, code: str, trouble: Trouble) -> None:
    assert trouble_of(action, code) is trouble


@pytest.mark.parametrize("trouble", Trouble)
def test_every_heading_has_its_checks(trouble: Trouble) -> None:
    said = advice(trouble)
    assert said.title
    assert said.detail.endswith(":")
    assert len(said.checks) >= 2
    assert all(check.endswith(".") and "{" not in check for check in said.checks)


@pytest.mark.parametrize(
    ("trouble", "named"),
    [
        (Trouble.ASSUME, (ROLE_NAME, UBIQUITY_ROOT_ARN)),
        (Trouble.OPERATIONS, (POLICY_NAME, "kms:Decrypt", "kms:DescribeKey")),
        (Trouble.EXTERNAL_ID, (DATABASE_ID_PLACE,)),
    ],
)
def test_what_the_guide_names_there(trouble: Trouble, named: tuple[str, ...]) -> None:
    text = " ".join(advice(trouble).checks)
    assert all(name in text for name in named)
