"""Where a bucket is, asked without any sign-in.

S3 tells the region of a bucket to whoever asks, in a header of its refusal. Source: Amazon S3 API
Reference, "HeadBucket" (``x-amz-bucket-region``); S3 User Guide, "Virtual hosting of buckets": a
bucket with dots in its name has no certificate of its own, so the name stands in the path.
"""

import re
from http import HTTPStatus
from typing import TYPE_CHECKING, Final, cast

from botocore import UNSIGNED
from botocore.config import Config

from app.aws.bucket_place import LIST_BUCKET, Head, ask_for_head
from app.aws.clients import stay_in_region
from app.aws.partitions import partitions
from app.aws.transport.core_sessions import HOME_REGION, deaf_session, settings_only
from app.aws.transport.failures import attempt
from app.core.failure import AwsFailure
from app.core.fields.aws_settings import BucketSettings
from app.core.regions import region_named

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

_BY_NOBODY: Final = Config(signature_version=cast("str", UNSIGNED), s3={"addressing_style": "path"})


def bucket_region(
    name: str, near: str | None = None, address: str | None = None
) -> BucketSettings | AwsFailure:
    """Return where AWS has the bucket ``name``, or that it has none; else what stopped the call.

    Nothing is signed: the name is all that is told. ``near`` is a region of the partition in which
    the bucket is sought: each has buckets of its own, and of the others' it knows nothing. Without
    one it is AWS's usual partition. ``address`` is asked in the place of AWS's own. Blocks.
    """

    def asked() -> Head:
        core = settings_only() if address is None else deaf_session()
        client = cast(
            "S3Client",
            core.create_client(
                "s3", region_name=home_of(near), config=_BY_NOBODY, endpoint_url=address
            ),
        )
        # The first answer tells the region; to be sent on to it would tell nothing more.
        stay_in_region(client)
        return ask_for_head(client, name, None)

    head = attempt(LIST_BUCKET, asked)
    if isinstance(head, AwsFailure):
        return head
    if head.status == HTTPStatus.NOT_FOUND:
        return BucketSettings(is_there=False)
    return BucketSettings(region=region_named(head.region) if head.region else None)


def home_of(region: str | None) -> str:
    """Return the region that answers for all of the partition that ``region`` is in."""
    for partition in partitions():
        if region is not None and re.match(partition["regionRegex"], region):
            return str(partition["outputs"]["implicitGlobalRegion"])
    return HOME_REGION
