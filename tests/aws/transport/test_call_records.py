"""Each call to AWS leaves a record with whoever listens: what became of it, and AWS's ids."""

import asyncio
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from botocore.exceptions import EndpointConnectionError

from app.aws.access import GivenKeys
from app.aws.account import CustomerAccount
from app.aws.reach import reach_aws
from app.core.call_record import CallOutcome, CallRecord
from app.core.failure import AwsFailure
from app.flow.call_log import CallLog, calls_heard
from tests.aws.doubles import BUCKET, REGION, Front, answer, draft, raises, refusal
from tests.aws.hostile_server import Request, hostile


def _heard(url: str, region: str = REGION) -> tuple[object, CallRecord]:
    """List a bucket; return the answer and the one record of it."""
    log = CallLog()
    account = CustomerAccount(GivenKeys(url, "AKIAADMIN", "secret"))
    with calls_heard(log.take):
        listed = asyncio.run(account.list_page(BUCKET, region, "in/", None))
    (record,) = log.records
    return listed, record


_PAGE = "<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>"


def test_what_was_asked_of_whom_and_what_came_back(url: str, front: Front) -> None:
    ids = {"x_amzn_RequestId": "R-7", "x_amz_id_2": "host-7"}
    front.answers["s3.ListObjectsV2"] = answer(200, _PAGE, **ids)
    before = datetime.now(UTC)
    _, record = _heard(url)
    assert before <= record.begun_at <= datetime.now(UTC)
    assert record.seconds >= 0
    told = (record.action, record.operation, record.region, record.bucket)
    assert told == ("s3:ListBucket", "s3.ListObjectsV2", REGION, BUCKET)
    assert (record.outcome, record.http_status, record.code) == (CallOutcome.DONE, 200, None)
    assert (record.request_id, record.host_id, record.requests) == ("R-7", "host-7", 1)


def test_a_refusal_has_its_code_and_its_id(url: str, front: Front) -> None:
    front.answers["s3.ListObjectsV2"] = refusal("s3", "AccessDenied")
    listed, record = _heard(url)
    assert isinstance(listed, AwsFailure)
    assert (record.outcome, record.code) == (CallOutcome.REFUSED, "AccessDenied")
    assert (record.http_status, record.request_id) == (403, listed.request_id)


def test_what_was_never_answered_has_no_id_of_an_earlier_answer(url: str, front: Front) -> None:
    account, log = CustomerAccount(GivenKeys(url, "AKIAADMIN", "secret")), CallLog()
    unreachable = raises(EndpointConnectionError(endpoint_url=url))
    with calls_heard(log.take):
        for instead in (answer(200, _PAGE), unreachable):
            front.answers["s3.ListObjectsV2"] = instead
            asyncio.run(account.list_page(BUCKET, REGION, "", None))
    done, failed = log.records
    assert (done.outcome, done.request_id) == (CallOutcome.DONE, "R1")
    assert (failed.outcome, failed.code) == (CallOutcome.FAILED, "EndpointConnectionError")
    assert (failed.request_id, failed.http_status, failed.bucket) == (None, None, BUCKET)


def test_what_was_sent_again_counts_each_time(
    url: str, front: Front, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("botocore.endpoint.time", SimpleNamespace(sleep=lambda _seconds: None))
    front.answers["s3.ListObjectsV2"] = refusal("s3", "SlowDown", 503)
    _, record = _heard(url)
    assert (record.requests, record.code) == (3, "SlowDown")
    # With AWS at ease again, the same goes through at once.
    front.answers["s3.ListObjectsV2"] = answer(200, _PAGE)
    _, record = _heard(url)
    assert (record.requests, record.outcome) == (1, CallOutcome.DONE)


def test_a_question_without_a_sign_in_is_heard_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses(request: Request) -> None:
        error = "<Error><Code>MissingAuthenticationToken</Code></Error>"
        body = f"<ErrorResponse>{error}<RequestId>R9</RequestId></ErrorResponse>"
        head = f"HTTP/1.1 403 Forbidden\r\nContent-Length: {len(body)}\r\n\r\n"
        request.wfile.write((head + body).encode())

    log = CallLog()
    with hostile(refuses) as server, calls_heard(log.take):
        monkeypatch.setenv("AWS_ENDPOINT_URL", server.url)
        asyncio.run(asyncio.to_thread(reach_aws))
    (record,) = log.records
    assert (record.operation, record.request_id) == ("sts.GetCallerIdentity", "R9")


def test_a_whole_reading_is_heard_and_no_key_is_in_it(url: str) -> None:
    log, account = CallLog(), CustomerAccount(GivenKeys(url, "AKIAADMIN", "secret"))
    with calls_heard(log.take):
        asyncio.run(account.read_snapshot(draft()))
    heard = [record for record in log.records if record.action == "sts:GetCallerIdentity"]
    assert {"sts:GetCallerIdentity", "iam:GetRole"} <= {record.action for record in log.records}
    begun = [record.begun_at for record in log.records]
    assert begun == sorted(begun)
    text = repr(log.records)
    assert "AKIAADMIN" not in text
    assert "secret" not in text
    # Afterwards nobody listens, but to what was under way.
    asyncio.run(account.caller())
    assert [each for each in log.records if each.action == "sts:GetCallerIdentity"] == heard


def test_two_at_a_time_hear_their_own_calls(url: str) -> None:
    async def asked(log: CallLog, times: int) -> None:
        account = CustomerAccount(GivenKeys(url, "AKIAADMIN", "secret"))
        with calls_heard(log.take):
            await asyncio.gather(*(account.caller() for _ in range(times)))

    async def both() -> None:
        with calls_heard(whole.take):
            await asyncio.gather(asked(one, 1), asked(other, 2))

    one, other, whole = CallLog(), CallLog(), CallLog()
    asyncio.run(both())
    assert [len(log.records) for log in (one, other, whole)] == [1, 2, 3]


def test_to_look_which_key_signs_is_no_call(url: str) -> None:
    log, account = CallLog(), CustomerAccount(GivenKeys(url, "AKIAADMIN", "secret"))
    with calls_heard(log.take):
        asyncio.run(account._calls.run("sts:GetCallerIdentity", account.clients.access_key_id))
    assert log.records == ()
