"""A page of a listing, as the connector lists: by a prefix, without a delimiter.

Source: Amazon S3 API Reference, ListObjectsV2.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from botocore.exceptions import PaginationError

from app.flow.ports.aws import ListedFile, ListedPage

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_s3.type_defs import ListObjectsV2RequestTypeDef, ObjectTypeDef

_PAGE: Final = 1000
_NAMED_AT_MOST: Final = 10
_ARCHIVED: Final = ("GLACIER", "DEEP_ARCHIVE")
"""Classes whose objects have to be restored before they can be read (Amazon S3 User Guide,
"Understanding S3 Glacier storage classes"); ``GLACIER_IR`` is read at once."""


@dataclass(frozen=True, slots=True)
class Listing:
    """Which page to list: of a bucket, under a prefix, from a token on (None for the first)."""

    bucket: str
    prefix: str
    token: str | None = None


def listed_page(client: "S3Client", listing: Listing) -> ListedPage:
    """Return the page. Blocks, and raises what botocore raises; a page that leads to itself too.

    Where the prefix is empty none is sent, as the connector does.
    """
    request: ListObjectsV2RequestTypeDef = {"Bucket": listing.bucket, "MaxKeys": _PAGE}
    if listing.prefix:
        request["Prefix"] = listing.prefix
    if listing.token is not None:
        request["ContinuationToken"] = listing.token
    answer = client.list_objects_v2(**request)
    objects = answer.get("Contents", [])
    names = tuple(entry["Key"] for entry in objects[:_NAMED_AT_MOST])
    following = answer.get("NextContinuationToken") or None
    if following is not None and following == listing.token:
        raise PaginationError(message="The same page of the listing came again")
    files = [entry for entry in objects if not _is_marker(entry)]
    markers = len(objects) - len(files)
    return ListedPage(len(objects), names, following, markers, _readable(files))


def _is_marker(entry: "ObjectTypeDef") -> bool:
    """Tell whether an object stands for a folder, as the console makes one, and is no file."""
    return entry["Key"].endswith("/") and not entry.get("Size")


def _readable(files: "Sequence[ObjectTypeDef]") -> ListedFile | None:
    """Return the first file that holds something and can be read, else the first, if any."""
    full = (entry for entry in files if entry.get("Size") and not _is_archived(entry))
    best = next(full, files[0] if files else None)
    return ListedFile(best["Key"], best.get("Size", 0)) if best else None


def _is_archived(entry: "ObjectTypeDef") -> bool:
    return entry.get("StorageClass", "STANDARD") in _ARCHIVED
