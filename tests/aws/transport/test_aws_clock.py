"""AWS's own time, from its answers."""

import asyncio
import json
from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime
from typing import Final

import pytest

from app.aws.account import CustomerAccount
from app.core.change import Change, ChangeKind
from app.core.failure import AwsFailure
from app.core.guide import role_arn
from app.flow.ports.aws import Made, Present
from tests.aws.doubles import ACCOUNT, Answer, Front, answer, document, keys

AWS_TIME: Final = datetime(2031, 5, 6, 7, 8, 9, tzinfo=UTC)
OWN_TIME: Final = datetime(2026, 11, 23, 1, 2, 3, tzinfo=UTC)
ROLE: Final = role_arn(ACCOUNT)
NO_ROLE: Final = "<ErrorResponse><Error><Code>NoSuchEntity</Code></Error></ErrorResponse>"
CREATE: Final = Change(ChangeKind.CREATE_ROLE, ROLE, None, json.loads(document()), reversible=True)


@pytest.fixture
def account(url: str, front: Front) -> CustomerAccount:  # noqa: ARG001 - it stands in front
    return CustomerAccount(keys(url), lambda: OWN_TIME)


def _at(answer: Present | Made | AwsFailure) -> datetime | None:
    assert not isinstance(answer, AwsFailure)
    return answer.at


def _refusal_at(date: str | None) -> Answer:
    headers = {"Date": date} if date is not None else {}
    return answer(404, NO_ROLE, **headers)


def test_what_is_read_and_made_has_the_time_of_awss_answer(account: CustomerAccount) -> None:
    before = datetime.now(UTC) - timedelta(seconds=1)
    read = _at(asyncio.run(account.present(CREATE)))
    made = _at(asyncio.run(account.apply(CREATE)))
    assert read is not None
    assert made is not None
    assert before <= read <= made <= datetime.now(UTC)


@pytest.mark.parametrize(
    "at", [AWS_TIME, AWS_TIME.astimezone(timezone(timedelta(hours=5))), AWS_TIME - timedelta(90)]
)
def test_a_refusal_tells_the_time_too(account: CustomerAccount, front: Front, at: datetime) -> None:
    front.answers["iam.GetRole"] = _refusal_at(format_datetime(at))
    present = asyncio.run(account.present(CREATE))
    assert present == Present(None)
    assert _at(present) == at


@pytest.mark.parametrize(
    "date", [None, "", "yesterday", "Mon, 99 Nov 2026 01:02:03 GMT", "Fri, 01 Jan 99999 00:00:00"]
)
def test_without_a_time_it_is_as_late_as_it_can_be(
    account: CustomerAccount, front: Front, date: str | None
) -> None:
    front.answers["sts.GetCallerIdentity"] = answer(
        200,
        "<GetCallerIdentityResponse><GetCallerIdentityResult>"
        f"<Arn>arn:aws:iam::{ACCOUNT}:user/jo</Arn><Account>{ACCOUNT}</Account>"
        "</GetCallerIdentityResult></GetCallerIdentityResponse>",
    )
    front.answers["iam.GetRole"] = _refusal_at(date)
    present = asyncio.run(account.present(CREATE))
    assert _at(present) == OWN_TIME + timedelta(minutes=5)


def test_the_latest_answer_counts(account: CustomerAccount, front: Front) -> None:
    front.answers["iam.GetRole"] = _refusal_at(format_datetime(AWS_TIME))
    assert _at(asyncio.run(account.present(CREATE))) == AWS_TIME
    later = AWS_TIME + timedelta(seconds=9)
    front.answers["iam.GetRole"] = _refusal_at(format_datetime(later, usegmt=True))
    assert _at(asyncio.run(account.present(CREATE))) == later
