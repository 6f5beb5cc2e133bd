"""The folders of a bucket, page by page, to choose one from.

Source: Amazon S3 API Reference, ListObjectsV2: with a delimiter, all keys that go on behind it
come as one "common prefix". A page counts files and prefixes together, so one may have no folder.
"""

from typing import TYPE_CHECKING, Final

from app.aws.bucket_place import LIST_BUCKET
from app.aws.calls import Calls
from app.aws.transport.core_sessions import HOME_REGION
from app.core.failure import AwsFailure
from app.flow.ports.aws import FolderPage

if TYPE_CHECKING:
    from mypy_boto3_s3.type_defs import ListObjectsV2OutputTypeDef, ListObjectsV2RequestTypeDef

_DELIMITER: Final = "/"


async def list_folders(
    calls: Calls, bucket: str, region: str | None, prefix: str, token: str | None
) -> FolderPage | AwsFailure:
    """Return a page of what lies right under ``prefix`` in ``bucket``, from ``token`` on.

    Where the region is not known S3 itself leads there.
    """

    def listed() -> FolderPage:
        request: ListObjectsV2RequestTypeDef = {
            "Bucket": bucket,
            "Prefix": prefix,
            "Delimiter": _DELIMITER,
        }
        if token is not None:
            request["ContinuationToken"] = token
        answer = calls.clients.s3(region or HOME_REGION).list_objects_v2(**request)
        return _page(answer, prefix)

    page = await calls.run(LIST_BUCKET, listed)
    if isinstance(page, FolderPage) and token is not None and page.next_token == token:
        words = "The same page of the listing came again."
        return AwsFailure(LIST_BUCKET, "PaginationError", words, finding="env.aws-fault")
    return page


def _page(answer: "ListObjectsV2OutputTypeDef", prefix: str) -> FolderPage:
    """Return the page; the key that is the prefix itself is how the console makes a folder."""
    prefixes = (entry.get("Prefix", "") for entry in answer.get("CommonPrefixes", ()))
    folders = tuple(
        folder
        for folder in prefixes
        if folder.startswith(prefix) and folder.endswith(_DELIMITER) and folder != prefix
    )
    files = sum(1 for entry in answer.get("Contents", ()) if entry.get("Key") != prefix)
    more = answer.get("NextContinuationToken") if answer.get("IsTruncated") else None
    return FolderPage(folders, files, more)
