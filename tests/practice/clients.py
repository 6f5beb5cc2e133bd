"""Real boto3 clients for the practice AWS, and what AWS says when it refuses one."""

import http.client
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from botocore.auth import S3SigV4Auth, SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.config import Config
from botocore.credentials import Credentials
from botocore.exceptions import ClientError

from app.aws.access import GivenKeys
from app.aws.account import CustomerAccount
from app.core.guide import ROLE_NAME, policy_arn, role_arn
from app.practice.account import ACCOUNT_ID, Keys
from app.practice.server import PracticeAws

if TYPE_CHECKING:
    from mypy_boto3_iam import IAMClient
    from mypy_boto3_kms import KMSClient
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_sts import STSClient

ROLE_ARN = role_arn(ACCOUNT_ID)
POLICY_ARN = policy_arn(ACCOUNT_ID)
SESSION_ARN = f"arn:aws:sts::{ACCOUNT_ID}:assumed-role/{ROLE_NAME}/connector"
IMPORTS = "practice-data-imports"
ENCRYPTED = "practice-encrypted"
EMPTY = "practice-empty"
_SESSION = boto3.Session(region_name="us-east-1")


class Person:
    """Somebody signed in to the practice AWS, in one region."""

    def __init__(self, aws: PracticeAws, keys: Keys, region: str = "ap-southeast-2") -> None:
        self.aws = aws
        self.keys = keys
        self.region = region

    def client(self, service: str) -> Any:  # noqa: ANN401 - the stubs know each service by name
        return _SESSION.client(
            service,
            endpoint_url=self.aws.endpoint_url,
            region_name=self.region,
            aws_access_key_id=self.keys.access_key_id,
            aws_secret_access_key=self.keys.secret_access_key,
            aws_session_token=self.keys.session_token,
            config=Config(
                retries={"total_max_attempts": 1},
                signature_version="s3v4" if service == "s3" else "v4",
                connect_timeout=5,
                read_timeout=20,
            ),
        )

    @cached_property
    def iam(self) -> "IAMClient":
        return self.client("iam")  # type: ignore[no-any-return]

    @cached_property
    def kms(self) -> "KMSClient":
        return self.client("kms")  # type: ignore[no-any-return]

    @cached_property
    def s3(self) -> "S3Client":
        return self.client("s3")  # type: ignore[no-any-return]

    @cached_property
    def sts(self) -> "STSClient":
        return self.client("sts")  # type: ignore[no-any-return]

    def at(self, region: str) -> "Person":
        return Person(self.aws, self.keys, region)


@dataclass(frozen=True)
class Refusal:
    """What AWS said no with."""

    code: str
    status: int
    message: str
    headers: Mapping[str, str]
    error: Mapping[str, str]


def refusal_of(call: Callable[[], object]) -> Refusal:
    """Return how AWS refuses ``call``; fails where it doesn't."""
    with pytest.raises(ClientError) as caught:
        call()
    response: Any = caught.value.response
    meta = response["ResponseMetadata"]
    error = response["Error"]
    return Refusal(
        error["Code"],
        meta["HTTPStatusCode"],
        error.get("Message", ""),
        meta["HTTPHeaders"],
        error,
    )


@dataclass(frozen=True)
class RawAnswer:
    """An answer as it came, before boto3 follows a redirect or turns it into an error."""

    status: int
    headers: Mapping[str, str]
    text: str


def send(
    person: Person,
    method: str,
    path: str,
    *,
    service: str = "s3",
    region: str = "",
    headers: Mapping[str, str] | None = None,
    signed_at: datetime | None = None,
) -> RawAnswer:
    """Sign one request by hand, as if at ``signed_at``, and send it without boto3."""
    keys = person.keys
    request = AWSRequest(method, f"{person.aws.endpoint_url}{path}", headers=dict(headers or {}))
    secrets = Credentials(keys.access_key_id, keys.secret_access_key, keys.session_token)
    signer = S3SigV4Auth if service == "s3" else SigV4Auth
    moment = (signed_at or datetime.now(UTC)).replace(tzinfo=None)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("botocore.auth.get_current_datetime", lambda: moment)
        signer(secrets, service, region or person.region).add_auth(request)
    host = person.aws.endpoint_url.removeprefix("http://")
    connection = http.client.HTTPConnection(host, timeout=20)
    try:
        connection.request(method, path, headers=dict(request.headers.items()))
        answer = connection.getresponse()
        names = {name.lower(): value for name, value in answer.getheaders()}
        return RawAnswer(answer.status, names, answer.read().decode())
    finally:
        connection.close()


def allow(*actions: str, on: object = "*", **elements: object) -> dict[str, object]:
    return {"Effect": "Allow", "Action": list(actions), "Resource": on, **elements}


def deny(*actions: str, on: object = "*", **elements: object) -> dict[str, object]:
    return {"Effect": "Deny", "Action": list(actions), "Resource": on, **elements}


def document(*statements: Mapping[str, object]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


@cache
def customer_account(aws: PracticeAws, keys: Keys | None = None) -> CustomerAccount:
    """Return the practice account as the program sees it with ``keys``, the administrator's first.

    It is the same one for the same keys: its clients go on over every reset.
    """
    given = keys or aws.admin
    return CustomerAccount(
        GivenKeys(aws.endpoint_url, given.access_key_id, given.secret_access_key)
    )
