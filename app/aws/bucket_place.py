"""Finding a bucket: whether it is there, in which region, and whether it is the account's own.

Source: Amazon S3 API Reference, HeadBucket; it needs ``s3:ListBucket``, has no text in its
answers, and tells the region in a header even where it refuses.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from app.aws.reading import AccountReading
from app.aws.transport.failures import refusal
from app.core.failure import AwsFailure
from app.core.regions import region_named
from app.core.snapshot import State

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

LIST_BUCKET = "s3:ListBucket"


@dataclass(frozen=True, slots=True)
class BucketPlace:
    """What HeadBucket told; ``refused`` is its refusal where the bucket stays unreadable."""

    state: State
    region: str | None = None
    owner_account: str | None = None
    refused: AwsFailure | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """What HeadBucket answered: the bucket's region, and its refusal where it refused."""

    region: str | None
    refused: AwsFailure | None = None

    @property
    def status(self) -> int | None:
        """The HTTP status of the answer."""
        return self.refused.http_status if self.refused else HTTPStatus.OK


async def find_bucket(reading: AccountReading, name: str, region: str, what: str) -> BucketPlace:
    """Look for bucket ``name``, starting in ``region``.

    It is asked for with the account's number first: the account's own bucket answers that, and
    all is told. It belongs to another account only where it answers without the number and is
    refused with it; an owner or region that stays unknown is noted below ``what``.
    """
    owned = await _head(reading, name, region, what, reading.account_id)
    if isinstance(owned, AwsFailure):
        if owned.http_status != HTTPStatus.NOT_IMPLEMENTED:
            return BucketPlace(State.UNREADABLE, refused=owned)
        return await _without_owner(reading, name, region, what, owned)
    if owned.status == HTTPStatus.NOT_FOUND:
        return BucketPlace(State.MISSING)
    if owned.refused:
        return await _without_owner(reading, name, region, what, owned.refused)
    found_in = owned.region or await _location(reading, name, region, what)
    return BucketPlace(State.FOUND, found_in, reading.account_id)


async def _without_owner(
    reading: AccountReading, name: str, region: str, what: str, refused: AwsFailure
) -> BucketPlace:
    """Ask without the account's number, with which the bucket was ``refused``."""
    head = await _head(reading, name, region, what)
    if isinstance(head, AwsFailure):
        return BucketPlace(State.UNREADABLE, refused=head)
    if head.status == HTTPStatus.NOT_FOUND:
        return BucketPlace(State.MISSING)
    if head.refused:
        return BucketPlace(State.UNREADABLE, head.region, refused=head.refused)
    found_in = head.region or await _location(reading, name, region, what)
    if refused.http_status == HTTPStatus.FORBIDDEN:
        return BucketPlace(State.OTHER_ACCOUNT, found_in)
    reading.miss(f"{what}.owner_account", refused)
    return BucketPlace(State.FOUND, found_in)


async def _head(
    reading: AccountReading, name: str, region: str, what: str, owner: str | None = None
) -> Head | AwsFailure:
    """Ask in ``region``, and where the refusal says that the bucket is elsewhere, there."""

    async def asked(region: str) -> Head | AwsFailure:
        return await reading.ask(
            LIST_BUCKET, lambda: ask_for_head(reading.clients.s3(region), name, owner), name, what
        )

    head = await asked(region)
    if isinstance(head, Head) and head.refused and head.region not in (None, region):
        return await asked(head.region or region)
    return head


def ask_for_head(s3: "S3Client", name: str, owner: str | None) -> Head:
    """Return the answer, be it a refusal; raises where AWS did not speak of the bucket at all.

    ``owner`` is the account that the bucket has to belong to; None for any.
    """
    try:
        if owner is None:
            answer = s3.head_bucket(Bucket=name)
        else:
            answer = s3.head_bucket(Bucket=name, ExpectedBucketOwner=owner)
    except ClientError as error:
        failure = refusal(LIST_BUCKET, error)
        if failure.finding:
            raise
        return Head(_region(error.response.get("ResponseMetadata", {})), failure)
    return Head(_region(answer["ResponseMetadata"]))


def _region(about: Mapping[str, object]) -> str | None:
    headers = about.get("HTTPHeaders")
    region = headers.get("x-amz-bucket-region") if isinstance(headers, Mapping) else None
    return str(region) if region else None


async def _location(reading: AccountReading, name: str, region: str, what: str) -> str | None:
    """Ask for the region of a bucket whose answer had none, as S3-like services give it."""
    answer = await reading.fact(
        f"{what}.region",
        "s3:GetBucketLocation",
        lambda: reading.clients.s3(region).get_bucket_location(Bucket=name),
    )
    if answer is None:
        return None
    told: str | None = answer.get("LocationConstraint")
    return region_named(told or "us-east-1")
