"""The ids of an answer, by which AWS finds a request again: botocore passes over those of a HEAD.

Source: Amazon S3 API Reference, "Common response headers" (``x-amz-request-id``, ``x-amz-id-2``).
"""

from collections.abc import Mapping
from typing import Any


def request_id_of(about: Mapping[str, Any]) -> str | None:
    """Return the id of the request; ``about`` is what botocore calls ``ResponseMetadata``."""
    return _first(about.get("RequestId"), *_headers(about, "x-amz-request-id", "x-amzn-requestid"))


def host_id_of(about: Mapping[str, Any]) -> str | None:
    """Return S3's second id, which its support asks for as well."""
    return _first(about.get("HostId"), *_headers(about, "x-amz-id-2"))


def _headers(about: Mapping[str, Any], *names: str) -> list[object]:
    headers = about.get("HTTPHeaders", {})
    return [headers.get(name) for name in names]


def _first(*values: object) -> str | None:
    return next((value for value in values if isinstance(value, str) and value), None)
