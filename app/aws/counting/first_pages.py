"""Pages of a listing by the ordinary client, and what another process needs to go on with it."""

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

from botocore.awsrequest import AWSPreparedRequest

from app.aws.counting.messages import Given, ListingEndpoint, SigningKeys
from app.aws.transport.connections import BoundedSession

if TYPE_CHECKING:
    from botocore.credentials import Credentials
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_s3.type_defs import ListObjectsV2RequestTypeDef

_EVENT: Final = "before-send.s3.ListObjectsV2"
_PARTS: Final = 5
"""Of what a signature counts for: key, day, region, service, ``aws4_request``."""
_SENT: Final = threading.local()


@dataclass(frozen=True, slots=True)
class Listed:
    """A page, and the way that its request took; None where another can't take it."""

    page: Given
    place: ListingEndpoint | None


def list_page(
    client: "S3Client", bucket: str, prefix: str, after: str, token: str | None, most: int
) -> Listed:
    """List up to ``most`` keys after ``after``, or from ``token`` on; blocks, and raises."""
    request: ListObjectsV2RequestTypeDef = {"Bucket": bucket, "MaxKeys": most}
    if prefix:
        request["Prefix"] = prefix
    if token is not None:
        request["ContinuationToken"] = token
    elif after:
        request["StartAfter"] = after
    # Registered once for each client: it notes only what this thread sends.
    client.meta.events.register_first(_EVENT, _note, unique_id="counting")
    _SENT.request = None
    answer = client.list_objects_v2(**request)
    entries, truncated = answer.get("Contents", []), answer["IsTruncated"]
    page = Given(
        names=tuple(entry["Key"] for entry in entries),
        marking=tuple(
            entry["Key"]
            for entry in entries
            if entry["Key"].endswith("/") and entry.get("Size") == 0
        ),
        truncated=truncated,
        token=(answer.get("NextContinuationToken") or None) if truncated else None,
        keys=_keys(client),
    )
    return Listed(page, _place(client, _SENT.request))


def _note(request: AWSPreparedRequest, **_: object) -> None:
    _SENT.request = request


def _keys(client: "S3Client") -> SigningKeys:
    """Return what ``client`` signs with now; it has just renewed that if need be."""
    # botocore has no public way to them.
    credentials = cast("Credentials", vars(vars(client)["_request_signer"])["_credentials"])
    frozen = credentials.get_frozen_credentials()
    return SigningKeys(str(frozen.access_key), str(frozen.secret_key), frozen.token)


def _place(client: "S3Client", request: AWSPreparedRequest | None) -> ListingEndpoint | None:
    """Return where ``request`` went and how; None where it was not signed as most are."""
    session = getattr(vars(client)["_endpoint"], "http_session", None)
    if request is None or not isinstance(session, BoundedSession):
        return None
    algorithm, _, signed = _header(request, "Authorization").partition(" Credential=")
    scope = signed.partition(",")[0].rsplit("/", _PARTS - 1)
    if algorithm != "AWS4-HMAC-SHA256" or len(scope) != _PARTS:
        return None
    address = request.url.partition("?")[0]
    agent = _header(request, "User-Agent")
    return ListingEndpoint(address, scope[2], scope[3], agent, session.settings)


def _header(request: AWSPreparedRequest, name: str) -> str:
    value: object = request.headers.get(name, "")
    return value.decode() if isinstance(value, bytes) else str(value)
