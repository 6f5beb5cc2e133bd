"""UbiQuity's own identity: assuming the customer's role, and doing with it what the connector does.

Nothing here needs more than what the guide grants: ``s3:ListBucket``, ``s3:GetObject``,
``s3:PutObject`` and ``s3:DeleteObject``, and the key's use that S3 makes of them.
"""

import functools
import threading
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final, TypeVar

from botocore.exceptions import ClientError, PaginationError

from app.aws.access import Access
from app.aws.bucket_place import LIST_BUCKET
from app.aws.calls import Calls
from app.aws.clients import Clients, SessionKeys
from app.aws.listing import Listing, listed_page
from app.core.failure import AwsFailure
from app.core.frozen import replace
from app.core.guide import SESSION_SECONDS
from app.flow.clocks import Clock
from app.flow.ports.aws import CountSoFar, Deleted, Fetched, ListedPage, Stored

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_s3.type_defs import GetObjectRequestTypeDef
    from mypy_boto3_sts.type_defs import AssumeRoleRequestTypeDef

Answer = TypeVar("Answer")

RENEW_BEFORE: Final = timedelta(minutes=5)
"""How long before they end credentials are renewed: longer than any one call takes."""

_ASSUME: Final = "sts:AssumeRole"
_SESSION_NAME: Final = "ubiquity-s3-setup"
_BY_OWN_SIDE: Final = (
    "identity-based policy",
    "permissions boundary",
    "session policy",
    "service control policy",
)
"""What AWS says refused a caller who is of another account than the role: policies of the caller's
own account (IAM User Guide, "Troubleshoot access denied error messages"). The role's own side is a
resource-based policy, or a resource control policy."""
_PLAIN: Final = "text/plain; charset=utf-8"
_NOT_OFFERED: Final = "NotImplemented"
"""S3's, and S3-like services', answer to a header that they do not know."""


def _now() -> datetime:
    return datetime.now(UTC)


class UbiquityAccount:
    """UbiQuity's own account; ``sign_in`` is one of it, or the clients of one.

    Implements ``app.flow.ports.aws.UbiquityAws``.
    """

    def __init__(self, sign_in: Access | Clients, clock: Clock = _now) -> None:
        """``clock`` is this computer's, by which the age of credentials is told."""
        self._calls = Calls(sign_in if isinstance(sign_in, Clients) else Clients(sign_in))
        self._clock = clock

    async def assume_role(
        self, role_arn: str, external_id: str | None, region: str | None = None
    ) -> "AssumedRole | AwsFailure":
        """Assume ``role_arn`` for an hour (the guide, "How it works").

        STS is asked in ``region``, as by a connector there: what a region's own endpoint gives is
        good in every region, and the account's event history has it there.
        """
        request: AssumeRoleRequestTypeDef = {
            "RoleArn": role_arn,
            "RoleSessionName": _SESSION_NAME,
            "DurationSeconds": SESSION_SECONDS,
        }
        if external_id is not None:
            request["ExternalId"] = external_id

        def assume() -> SessionKeys:
            return self._session_keys(request, region)

        keys = await self._calls.run(_ASSUME, assume)
        if isinstance(keys, AwsFailure):
            return _without(external_id, _of_own_sign_in(keys))
        return AssumedRole(self._calls, keys, assume, self._clock)

    def _session_keys(self, request: "AssumeRoleRequestTypeDef", region: str | None) -> SessionKeys:
        keys = self._calls.clients.sts(region).assume_role(**request)["Credentials"]
        return SessionKeys(
            keys["AccessKeyId"], keys["SecretAccessKey"], keys["SessionToken"], keys["Expiration"]
        )


def _of_own_sign_in(failure: AwsFailure) -> AwsFailure:
    """Return ``failure`` as one of UbiQuity's own sign-in, where AWS says that it is.

    The role was not even asked then: to be refused says nothing of its trust policy.
    """
    if failure.finding is not None or not any(by in failure.message for by in _BY_OWN_SIDE):
        return failure
    return replace(failure, finding="signin.not-allowed", params={"actions": [_ASSUME]})


def _without(external_id: str | None, failure: AwsFailure) -> AwsFailure:
    """Return ``failure`` without the External ID, which STS repeats where it is malformed."""
    if external_id is None or external_id not in failure.message:
        return failure
    return replace(failure, message=failure.message.replace(external_id, "(External ID)"))


class AssumedRole:
    """The customer's role, once UbiQuity has assumed it.

    Implements ``app.flow.ports.aws.UbiquitySession``.
    """

    def __init__(
        self, calls: Calls, keys: SessionKeys, assume: Callable[[], SessionKeys], clock: Clock
    ) -> None:
        """``keys`` are those that ``assume`` has just given; it blocks, and gives new ones."""
        self._calls = calls
        self._assume = assume
        self._clock = clock
        self._lock = threading.Lock()
        self._followed: dict[tuple[str, str, str], set[str]] = {}
        self._take(keys)

    def _take(self, keys: SessionKeys) -> None:
        self._keys = keys
        self._clients: dict[tuple[str, bool], S3Client] = {}
        own = self._clock()
        # AWS tells when they end by its own clock, which this computer's need not agree with.
        life = keys.expires - self._calls.clients.clock.time(own) if keys.expires else None
        self._renew_at = own + life - RENEW_BEFORE if life is not None else None

    def fresh_keys(self) -> SessionKeys:
        """Return credentials that are good for some minutes more, renewed where need be.

        Blocks, and raises what botocore raises, as a client's calls do: it belongs inside of
        ``attempt``. Several threads may ask at once.
        """
        with self._lock:
            self._renew()
            return self._keys

    def _renew(self) -> None:
        if self._is_due():
            self._take(self._assume())

    def _is_due(self) -> bool:
        return self._renew_at is not None and self._clock() >= self._renew_at

    async def list_page(
        self, bucket: str, region: str, prefix: str, token: str | None
    ) -> ListedPage | AwsFailure:
        """List up to 1,000 objects of ``bucket`` under ``prefix``, from ``token`` on.

        As the connector does: in ``region`` and nowhere else, without a delimiter, and without
        a prefix where that is empty.
        """
        return await self._run(LIST_BUCKET, lambda: self._page(bucket, region, prefix, token))

    async def count(
        self, bucket: str, region: str, prefix: str, on_progress: Callable[[CountSoFar], None]
    ) -> CountSoFar | AwsFailure:
        """Count all files of ``bucket`` under ``prefix``; see ``app.aws.counting``."""
        from app.aws.counting.count import count_files

        client = functools.partial(self._client, region)
        return await count_files(self._run, client, bucket, prefix, on_progress)

    async def read_object(
        self, bucket: str, region: str, key: str, most: int | None = None
    ) -> Fetched | AwsFailure:
        """Read an object, or its first ``most`` bytes (it has to have one) and no more."""
        request: GetObjectRequestTypeDef = {"Bucket": bucket, "Key": key}
        if most is not None:
            request["Range"] = f"bytes=0-{most - 1}"

        def read() -> Fetched:
            answer = self._client(region).get_object(**request)
            with answer["Body"] as body:
                # Who does not know of ranges sends the whole file: it is not waited for.
                return Fetched(body.read(most), answer.get("SSEKMSKeyId"))

        return await self._run("s3:GetObject", read)

    async def write_new(
        self, bucket: str, region: str, key: str, body: bytes
    ) -> Stored | AwsFailure:
        """Write an object where there is none, by one request that is sent once.

        The condition needs ``s3:PutObject`` alone (Amazon S3 User Guide, "How to prevent object
        overwrites with conditional writes"). A service that does not know it is asked without.
        """

        def write() -> Stored:
            s3 = self._client(region, changing=True)
            request = {"Bucket": bucket, "Key": key, "Body": body, "ContentType": _PLAIN}
            answer = _unless_there(s3.put_object, request)
            return Stored(answer.get("VersionId"), answer.get("SSEKMSKeyId"))

        return await self._run("s3:PutObject", write)

    async def copy_object(
        self, bucket: str, region: str, source: str, target: str
    ) -> Stored | AwsFailure:
        """Copy the object ``source`` to the name ``target`` of the same bucket, sent once too."""

        def copy() -> Stored:
            s3 = self._client(region, changing=True)
            origin = {"Bucket": bucket, "Key": source}
            request = {"Bucket": bucket, "Key": target, "CopySource": origin}
            answer = _unless_there(s3.copy_object, request)
            return Stored(answer.get("VersionId"), answer.get("SSEKMSKeyId"))

        return await self._run("s3:PutObject", copy)

    async def delete_object(self, bucket: str, region: str, key: str) -> Deleted | AwsFailure:
        """Delete an object; in a bucket that keeps versions it gets a delete marker."""

        def delete() -> Deleted:
            answer = self._client(region).delete_object(Bucket=bucket, Key=key)
            return Deleted(answer.get("VersionId") if answer.get("DeleteMarker") else None)

        return await self._run("s3:DeleteObject", delete)

    async def _run(self, action: str, work: Callable[[], Answer]) -> Answer | AwsFailure:
        if self._is_due():
            renewed = await self._calls.run(_ASSUME, self.fresh_keys)
            if isinstance(renewed, AwsFailure):
                return renewed
        return await self._calls.run(action, work)

    def _page(self, bucket: str, region: str, prefix: str, token: str | None) -> ListedPage:
        page = listed_page(self._client(region), Listing(bucket, prefix, token))
        self._follow((bucket, region, prefix), token, page.next_token)
        return page

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

    def _client(self, region: str, *, changing: bool = False) -> "S3Client":
        """Return a client that signs with fresh keys; in a thread, as ``fresh_keys``."""
        place = (region, changing)
        with self._lock:
            self._renew()
            if place not in self._clients:
                self._clients[place] = self._calls.clients.s3_as(
                    self._keys, region, changing=changing
                )
            return self._clients[place]


def _unless_there(put: Callable[..., Answer], request: Mapping[str, object]) -> Answer:
    """Return what ``put`` answers on the condition that nothing of that name is there yet."""
    try:
        return put(**request, IfNoneMatch="*")
    except ClientError as error:
        if error.response.get("Error", {}).get("Code") != _NOT_OFFERED:
            raise
        return put(**request)
