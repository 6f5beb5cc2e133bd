"""UbiQuity's own identity: assuming the customer's role and listing as the connector does."""

from typing import TYPE_CHECKING, Final

from botocore.exceptions import PaginationError

from app.aws.access import Access
from app.aws.bucket_place import LIST_BUCKET
from app.aws.calls import Calls
from app.aws.clients import Clients, SessionKeys
from app.core.failure import AwsFailure
from app.core.guide import SESSION_SECONDS
from app.flow.ports import ListedPage

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_s3.type_defs import ListObjectsV2RequestTypeDef
    from mypy_boto3_sts.type_defs import AssumeRoleRequestTypeDef

_SESSION_NAME: Final = "ubiquity-s3-setup"
_PAGE: Final = 1000
_NAMED_AT_MOST: Final = 10


class UbiquityAccount:
    """UbiQuity's own account; ``sign_in`` is one of it, or the clients of one.

    Implements ``app.flow.ports.UbiquityAws``.
    """

    def __init__(self, sign_in: Access | Clients) -> None:
        self._calls = Calls(sign_in if isinstance(sign_in, Clients) else Clients(sign_in))

    async def assume_role(
        self, role_arn: str, external_id: str | None
    ) -> "AssumedRole | AwsFailure":
        """Assume ``role_arn`` for an hour (the guide, "How it works")."""
        request: AssumeRoleRequestTypeDef = {
            "RoleArn": role_arn,
            "RoleSessionName": _SESSION_NAME,
            "DurationSeconds": SESSION_SECONDS,
        }
        if external_id is not None:
            request["ExternalId"] = external_id
        keys = await self._calls.run("sts:AssumeRole", lambda: self._session_keys(request))
        return keys if isinstance(keys, AwsFailure) else AssumedRole(self._calls, keys)

    def _session_keys(self, request: "AssumeRoleRequestTypeDef") -> SessionKeys:
        keys = self._calls.clients.sts().assume_role(**request)["Credentials"]
        return SessionKeys(keys["AccessKeyId"], keys["SecretAccessKey"], keys["SessionToken"])


class AssumedRole:
    """The customer's role, once UbiQuity has assumed it.

    Implements ``app.flow.ports.RoleSession``.
    """

    def __init__(self, calls: Calls, keys: SessionKeys) -> None:
        self._calls = calls
        self._keys = keys
        self._clients: dict[str, S3Client] = {}
        self._followed: dict[tuple[str, str, str], set[str]] = {}

    async def list_page(
        self, bucket: str, region: str, prefix: str, token: str | None
    ) -> ListedPage | AwsFailure:
        """List up to 1,000 objects of ``bucket`` under ``prefix``, from ``token`` on.

        As the connector does: in ``region`` and nowhere else, without a delimiter, and without
        a prefix where that is empty.
        """
        return await self._calls.run(LIST_BUCKET, lambda: self._page(bucket, region, prefix, token))

    def _page(self, bucket: str, region: str, prefix: str, token: str | None) -> ListedPage:
        request: ListObjectsV2RequestTypeDef = {"Bucket": bucket, "MaxKeys": _PAGE}
        if prefix:
            request["Prefix"] = prefix
        if token is not None:
            request["ContinuationToken"] = token
        page = self._client(region).list_objects_v2(**request)
        names = tuple(entry["Key"] for entry in page.get("Contents", ()))
        following = page.get("NextContinuationToken") or None
        self._follow((bucket, region, prefix), token, following)
        return ListedPage(len(names), names[:_NAMED_AT_MOST], following)

    def _follow(
        self, listing: tuple[str, str, str], token: str | None, following: str | None
    ) -> None:
        """Raise PaginationError where a page of ``listing`` leads back to one before it."""
        if token is None:
            self._followed[listing] = set()
        followed = self._followed.setdefault(listing, set())
        if following is None:
            return
        if following in followed:
            raise PaginationError(message="The page leads back to one before it")
        followed.add(following)

    def _client(self, region: str) -> "S3Client":
        if region not in self._clients:
            self._clients[region] = self._calls.clients.s3_as(self._keys, region)
        return self._clients[region]
