"""Work has an end: by steps, by a watch, and by whoever stops it."""

from typing import Any, Final

import pytest

from app.core.iam.policies import parse_policy
from app.core.iam.work import OutOfWorkError, Work

ARN: Final = "arn:aws:s3:::bucket"


def test_steps_are_used_up() -> None:
    work = Work(3)
    work.spend(3)
    with pytest.raises(OutOfWorkError):
        work.spend(1)


def test_a_watch_ends_it() -> None:
    looks = iter([False, False, True])
    work = Work(is_over=lambda: next(looks))
    work.spend(1)
    work.spend(1)
    with pytest.raises(OutOfWorkError):
        work.spend(1)


def test_a_text_is_so_much_work_as_it_is_long() -> None:
    work = Work(100)
    assert list(work.reading(["", "x" * 160])) == ["", "x" * 160]
    assert work.left == 100 - 1 - 11


@pytest.mark.parametrize(
    "statement",
    [
        {"Action": [f"s3:Get{n}" for n in range(500)], "Resource": "*"},
        {"Action": "s3:*", "Resource": [f"{ARN}/{n}" for n in range(500)]},
        {"Action": "s3:*", "Resource": ARN + "*?" * 4000},
        {
            "Action": "s3:*",
            "Resource": "*",
            "Condition": {"StringLike": {"s3:prefix": [f"{n}/" for n in range(500)]}},
        },
        {
            "Action": "s3:*",
            "Resource": "*",
            "Condition": {"IpAddress": {"aws:SourceIp": [f"10.0.0.{n}" for n in range(256)] * 2}},
        },
        {
            "Action": "s3:*",
            "Resource": "*",
            "Condition": {"StringEquals": {f"aws:RequestTag/{n}": "x" for n in range(500)}},
        },
    ],
    ids=["actions", "resources", "one long resource", "texts", "addresses", "conditions"],
)
def test_to_read_a_long_statement_is_work(statement: dict[str, Any]) -> None:
    document = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", **statement}]}
    with pytest.raises(OutOfWorkError):
        parse_policy(document, "p", "identity", Work(400))
    assert len(parse_policy(document, "p", "identity", Work(20_000)).statements) == 1


def test_to_read_many_statements_is_work() -> None:
    document = {"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}] * 100}
    with pytest.raises(OutOfWorkError):
        parse_policy(document, "p", "identity", Work(400))
