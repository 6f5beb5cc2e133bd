"""What is left out of a policy for a request never applies to it, and is never read."""

from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.iam.concern import Concern
from app.core.iam.decision import Decision, decide_same_account
from app.core.iam.policies import parse_policy
from app.core.iam.readings import Asked, Reader
from app.core.iam.requests import s3_request
from app.core.iam.truth import Truth
from app.core.iam.work import OutOfWorkError, Work
from tests.core.iam.papers import AT, PLACE, SESSION_OF_ROLE

BUCKET: Final = PLACE.bucket_arn
ACTIONS: Final = st.sampled_from(["*", "s3:*", "s3:Get*", "s3:GetObject", "S3:getobject", "kms:*"])
RESOURCES: Final = st.sampled_from(
    ["*", BUCKET, f"{BUCKET}/*", f"{BUCKET}*", "arn:aws:s3:::other/*", "arn:aws:s3:::${aws:x}/*"]
)
STATEMENTS: Final = st.lists(
    st.fixed_dictionaries(
        {"Effect": st.sampled_from(["Allow", "Deny", "Odd"])},
        optional={
            "Action": ACTIONS,
            "NotAction": ACTIONS,
            "Resource": RESOURCES,
            "NotResource": RESOURCES,
        },
    ),
    max_size=6,
)


@given(STATEMENTS, st.sampled_from(["s3:GetObject", "s3:ListBucket"]))
def test_what_is_left_out_does_not_apply(statements: list[dict[str, str]], action: str) -> None:
    policy = parse_policy({"Version": "2012-10-17", "Statement": statements}, "p", "identity")
    request = s3_request(action, SESSION_OF_ROLE, PLACE, AT)
    read = Concern.of(policy).statements(action, request.resource)
    reader = Reader(Asked(request, Truth.FALSE, Work()))
    others = [r for r in reader.all_of(policy) if r.statement not in read]
    assert {reading.applies for reading in others} <= {Truth.FALSE}


def steps_for(count: int) -> int:
    """Return how many steps it takes to decide, with ``count`` statements about other buckets."""
    statements = [
        {"Effect": effect, "Action": "s3:*", "Resource": f"arn:aws:s3:::other-{number}/*"}
        for number in range(count)
        for effect in ("Allow", "Deny")
    ]
    own = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": f"{BUCKET}/*"}
    document = {"Version": "2012-10-17", "Statement": [*statements, own]}
    policy, work = parse_policy(document, "p", "identity"), Work()
    request = s3_request("s3:GetObject", SESSION_OF_ROLE, PLACE, AT)
    before = work.left
    outcome = decide_same_account(
        request, identity=[policy], resource=None, boundary=None, work=work
    )
    assert outcome.decision is Decision.ALLOWED
    return before - work.left


def test_statements_about_other_buckets_are_not_read() -> None:
    assert steps_for(500) == steps_for(5)


def test_a_statement_is_read_once_for_a_request() -> None:
    statements = [{"Effect": "Allow", "Action": "s3:Get*", "Resource": "*"}] * 50
    policy = parse_policy({"Version": "2012-10-17", "Statement": statements}, "p", "identity")
    request, work = s3_request("s3:GetObject", SESSION_OF_ROLE, PLACE, AT), Work()

    def steps() -> int:
        before = work.left
        decide_same_account(request, identity=[policy], resource=None, boundary=None, work=work)
        return before - work.left

    first, again = steps(), steps()
    # The second time costs no more than to look each of them up.
    assert again < 4 * len(statements) < first


def test_work_ends_where_its_steps_do() -> None:
    work = Work(10)
    work.spend(10)
    with pytest.raises(OutOfWorkError):
        work.spend(1)


def test_work_that_is_stopped_ends_at_its_next_step() -> None:
    work = Work()
    work.spend(1)
    work.stop()
    with pytest.raises(OutOfWorkError):
        work.spend(1)
