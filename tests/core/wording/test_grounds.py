"""The words of each decision's grounds."""

import pytest

from app.core.report import DecidingStatement, Grounds, GroundsCode, PolicyPlace
from app.core.wording.grounds import grounds_words

BOUNDARY_ARN = "arn:aws:iam::123456789012:policy/developers"
STOP = DecidingStatement(PolicyPlace.BUCKET, 2, "Stop")
SECOND = DecidingStatement(PolicyPlace.TRUST, 2)
OF_THE_BOUNDARY = DecidingStatement(PolicyPlace.BOUNDARY, 1, policy=BOUNDARY_ARN)
OF_THE_KEY = DecidingStatement(PolicyPlace.KEY, 1)
OF_THE_ROLE = DecidingStatement(PolicyPlace.ROLE, 3, "Read", "imports")

WORDS = (
    (Grounds(GroundsCode.ROLE_UNREADABLE), "The role could not be read."),
    (Grounds(GroundsCode.ROLE_MISSING), "There is no such role."),
    (Grounds(GroundsCode.ANOTHER_ROLE, arn="arn:x"), "The role’s ARN is another one: arn:x."),
    (
        Grounds(GroundsCode.GRANTED, (OF_THE_ROLE, OF_THE_KEY)),
        ("Allowed by: statement “Read” (the policy imports) and statement 1 (the key policy)."),
    ),
    (
        Grounds(GroundsCode.EXPLICIT_DENY, (STOP, OF_THE_BOUNDARY)),
        (
            "Denied by: statement “Stop” (the bucket policy) and statement 1 (the "
            f"permissions boundary {BOUNDARY_ARN})."
        ),
    ),
    (
        Grounds(GroundsCode.ORGANIZATION, denied_by=("service control policy",)),
        "The organisation denies it: service control policy.",
    ),
    (
        Grounds(GroundsCode.BOUNDARY, arn=BOUNDARY_ARN),
        f"The permissions boundary {BOUNDARY_ARN} does not allow it.",
    ),
    (Grounds(GroundsCode.NOT_TRUSTED), "No statement of the trust policy allows it."),
    (
        Grounds(GroundsCode.KEY_NOT_GRANTED),
        "Neither the key policy nor a policy of the role allows it.",
    ),
    (Grounds(GroundsCode.NOT_GRANTED), "No policy of the role or of the bucket allows it."),
    (Grounds(GroundsCode.UNDECIDED), "It could not be worked out."),
    (
        Grounds(GroundsCode.UNDECIDED, (SECOND,), unread=("role.attached_policies[1].document",)),
        (
            "This could not be read: a policy attached to the role. It depends on: statement 2 "
            "(the trust policy)."
        ),
    ),
    (
        Grounds(GroundsCode.UNDECIDED, (SECOND,), unknown_keys=("aws:SourceIp",)),
        (
            "It depends on: statement 2 (the trust policy). This program cannot know "
            "the network address that the request comes from (aws:SourceIp)."
        ),
    ),
)


@pytest.mark.parametrize(("grounds", "words"), WORDS)
def test_the_words_of_each_code(grounds: Grounds, words: str) -> None:
    assert grounds_words(grounds) == words


def test_no_code_is_without_words() -> None:
    assert {grounds.code for grounds, _ in WORDS} == set(GroundsCode)
