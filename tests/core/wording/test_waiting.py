"""What is said while AWS is waited for."""

from app.core.failure import AwsFailure
from app.core.wording.waiting import waiting_words

LOST = AwsFailure("iam:CreateRole", "ReadTimeoutError", "", took_effect_unknown=True)
NOT_YET = AwsFailure("iam:AttachRolePolicy", "NoSuchEntity", "", 404)


def test_each_wait_says_why() -> None:
    sentences = [
        waiting_words(None, slowed=False),
        waiting_words(NOT_YET, slowed=False),
        waiting_words(LOST, slowed=False),
        waiting_words(NOT_YET, slowed=True),
    ]
    assert [words.format(seconds=12) for words in sentences] == [
        "AWS is still spreading this, 12 s",
        "AWS is still spreading this, 12 s",
        "AWS’s answer was lost. Looking whether this was made, 12 s",
        "AWS asks to go more slowly. Trying again, 12 s",
    ]
