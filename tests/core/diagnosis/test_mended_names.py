"""Policies with a bucket's name mended say of that bucket what the whole document would."""

from typing import Any

import pytest

from app.core.diagnosis.mended_names import with_bucket_named
from app.core.iam.policies import Policy, parse_policy
from app.core.iam.work import Work

ARN = "arn:aws:s3:::"
RIGHT = "acme-imports"


def _policy(*resources: object, version: str = "2012-10-17") -> Policy:
    statements = [
        {"Effect": "Allow", "Action": "s3:GetObject", "Resource": resource}
        for resource in resources
    ]
    return parse_policy({"Version": version, "Statement": statements}, "p", "identity")


def _resources(policy: Policy) -> list[object]:
    raw: Any = [statement.raw for statement in policy.statements]
    return [statement["Resource"] for statement in raw]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"{ARN}acme-import/*", [f"{ARN}acme-imports/*"]),
        ([f"{ARN}acme-import", f"{ARN}other"], [f"{ARN}acme-imports"]),
        ([f"{ARN}acme-import/*", f"{ARN}acme-impots/*"], [f"{ARN}acme-imports/*"]),
        ([f"{ARN}acme-import/a", f"{ARN}acme-imports/b"], [f"{ARN}{RIGHT}/a", f"{ARN}{RIGHT}/b"]),
        ([f"{ARN}acme-import/*", f"{ARN}*-logs", "*"], [f"{ARN}{RIGHT}/*", f"{ARN}*-logs", "*"]),
        (
            [f"{ARN}acme-import/*", f"{ARN}${{aws:username}}"],
            [f"{ARN}{RIGHT}/*", f"{ARN}${{aws:username}}"],
        ),
    ],
)
def test_the_resources_that_may_be_of_the_bucket_stay(before: object, after: object) -> None:
    mended = with_bucket_named(RIGHT, ["acme-import", "acme-impots"], [_policy(before)], Work())[0]
    assert _resources(mended) == [after]


@pytest.mark.parametrize(
    "resource",
    [
        f"{ARN}other/*",
        f"{ARN}acme-imports",
        "*",
        [f"{ARN}acme-import", 7],
        None,
        f"{ARN}acme-impor?",
    ],
)
def test_a_statement_that_has_no_wrong_name_is_the_same(resource: object) -> None:
    policy = _policy(resource)
    (mended,) = with_bucket_named(RIGHT, ["acme-import"], [policy], Work())
    assert mended.statements[0] is policy.statements[0]


def test_the_others_keep_their_places() -> None:
    policy = _policy(f"{ARN}other", f"{ARN}acme-import", f"{ARN}acme-import/*", "*")
    (mended,) = with_bucket_named(RIGHT, ["acme-import"], [policy], Work())
    assert [statement.index for statement in mended.statements] == [0, 1, 2, 3]
    assert _resources(mended)[1:3] == [[f"{ARN}{RIGHT}"], [f"{ARN}{RIGHT}/*"]]
    assert [mended.statements[n] is policy.statements[n] for n in range(4)] == [
        True,
        False,
        False,
        True,
    ]


def test_a_document_that_is_none_stays() -> None:
    policy = parse_policy("no policy", "p", "identity")
    assert with_bucket_named(RIGHT, ["acme-import"], [policy], Work()) == (policy,)
