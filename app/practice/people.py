"""People who use the practice AWS, each with boto3 clients of their own.

boto3 is imported with the first client, not with this module.
"""

import functools
from typing import TYPE_CHECKING, Final, cast

from app.practice.account import KEY_REGION, Keys

if TYPE_CHECKING:
    import boto3
    from mypy_boto3_iam import IAMClient
    from mypy_boto3_kms import KMSClient
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_sts import STSClient

_SECONDS: Final = 20


class Person:
    """Somebody signed in to the practice AWS at ``endpoint_url``."""

    def __init__(self, endpoint_url: str, keys: Keys) -> None:
        self.keys = keys
        self._endpoint_url = endpoint_url
        self._clients: dict[tuple[str, str], object] = {}

    @property
    def iam(self) -> "IAMClient":
        """IAM."""
        return cast("IAMClient", self._client("iam", "us-east-1"))

    @property
    def sts(self) -> "STSClient":
        """STS."""
        return cast("STSClient", self._client("sts", "us-east-1"))

    @property
    def kms(self) -> "KMSClient":
        """KMS in the region of the practice key."""
        return cast("KMSClient", self._client("kms", KEY_REGION))

    def sts_in(self, region: str) -> "STSClient":
        """STS by its endpoint in ``region``."""
        return cast("STSClient", self._client("sts", region))

    def s3(self, region: str = KEY_REGION) -> "S3Client":
        """S3 in ``region``."""
        return cast("S3Client", self._client("s3", region))

    def _client(self, service: str, region: str) -> object:
        if (service, region) not in self._clients:
            self._clients[service, region] = self._new(service, region)
        return self._clients[service, region]

    def _new(self, service: str, region: str) -> object:
        from botocore.config import Config

        return _session().client(
            service,
            region_name=region,
            endpoint_url=self._endpoint_url,
            aws_access_key_id=self.keys.access_key_id,
            aws_secret_access_key=self.keys.secret_access_key,
            aws_session_token=self.keys.session_token,
            config=Config(
                proxies={},
                connect_timeout=_SECONDS,
                read_timeout=_SECONDS,
                retries={"total_max_attempts": 1},
                s3={"addressing_style": "path"},
            ),
        )


@functools.cache
def _session() -> "boto3.Session":
    """Return one session for all: reading AWS's service models is what a session costs."""
    from app.practice.isolation import session_without_files

    return session_without_files()
