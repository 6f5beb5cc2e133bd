"""The words of a failure: an obstacle, a finding, or AWS's own answer."""

from string import Formatter

import pytest

from app.core.diagnosis.codes.catalogue import CATALOGUE
from app.core.failure import AwsFailure
from app.core.wording.failures import failure_words
from app.core.wording.value_sentence import ValueSentence
from tests.helpers.drafts import ACCOUNT, PLAIN, ROLE_ARN

STRANGER = "210987654321"


def text(sentence: ValueSentence) -> str:
    places = {field for _, field, _, _ in Formatter().parse(sentence.template) if field}
    assert places == set(sentence.values)
    return sentence.template.format_map(sentence.values)


def test_an_obstacle_is_named() -> None:
    failure = AwsFailure("role", "change.conflict", ROLE_ARN, finding="change.conflict")
    words = text(failure_words(failure))
    assert words.startswith("Somebody changed this in the meantime")
    assert f": {ROLE_ARN}. " in words


@pytest.mark.parametrize("code", [c for c in CATALOGUE if c.startswith(("env.", "signin."))])
def test_this_side_of_aws_has_words_of_its_own(code: str) -> None:
    shown_text = text(
        failure_words(AwsFailure("iam:GetRole", "SomeError", "botocore says", finding=code))
    )
    assert "botocore says" not in shown_text
    assert code not in shown_text
    assert "1. " in shown_text  # what to do


@pytest.mark.parametrize(
    "message", [STRANGER, f"The sign-in belongs to account {STRANGER}, not to {ACCOUNT}."]
)
def test_the_wrong_account(message: str) -> None:
    failure = AwsFailure(
        "iam:CreateRole",
        "WrongAccount",
        message,
        finding="signin.wrong-account",
        params={"expected": ACCOUNT, "found": STRANGER},
    )
    sentence = failure_words(failure, PLAIN)
    assert sentence.values == {"expected": ACCOUNT, "found": STRANGER}
    assert f"account {STRANGER}" in text(sentence)


@pytest.mark.parametrize(
    ("failure", "answer"),
    [
        (AwsFailure("iam:CreateRole", "AccessDenied", "is not authorized"), "is not authorized"),
        (AwsFailure("s3:ListBucket", "403", ""), "403"),
        (AwsFailure("iam:CreateRole", "X", "{braces} and “quotes”"), "{braces} and “quotes”"),
    ],
)
def test_what_aws_refused_is_quoted(failure: AwsFailure, answer: str) -> None:
    sentence = failure_words(failure)
    assert sentence.values == {"answer": answer}
    assert f"“{answer}”" in text(sentence)


@pytest.mark.parametrize("code", ["AccessDenied", "AccessDeniedException"])
def test_who_may_not_is_told_who_can_allow_it_and_not_to_try_again(code: str) -> None:
    denied = text(failure_words(AwsFailure("iam:CreateRole", code, "is not authorized", 403)))
    assert "another sign-in" in denied
    assert "who can allow it" in denied
    assert "Try again" not in denied
    other = text(failure_words(AwsFailure("iam:CreateRole", "LimitExceeded", "too many", 409)))
    assert "Try again" in other
