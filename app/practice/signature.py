"""The signature on a request: who claims to have sent it, and whether the secret key fits.

Source: AWS Identity and Access Management User Guide, "AWS Signature Version 4 for API requests",
and Amazon S3 API Reference, "Authenticating Requests: Using Query Parameters".
"""

import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from app.practice.exchange import HttpCall

ALGORITHM: Final = "AWS4-HMAC-SHA256"
CLOCK_TOLERANCE: Final = timedelta(minutes=15)
_TIME_FORMAT: Final = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True, slots=True)
class Signature:
    """What a signed request says of itself: the key, when, for which region and service."""

    access_key_id: str
    date: str
    region: str
    service: str
    signed_headers: tuple[str, ...]
    value: str
    timestamp: str
    session_token: str | None = None
    presigned_seconds: int | None = None

    @property
    def time(self) -> datetime | None:
        """When the request was signed, or None where that can't be read."""
        try:
            return datetime.strptime(self.timestamp, _TIME_FORMAT).replace(tzinfo=UTC)
        except ValueError:
            return None


def read_signature(call: HttpCall) -> Signature | None:
    """Return the signature of ``call``, from its header or its query; None where it has none."""
    if call.header("authorization").startswith(ALGORITHM):
        return _from_header(call)
    if call.query.get("X-Amz-Algorithm") == ALGORITHM:
        return _from_query(call)
    return None


def _from_header(call: HttpCall) -> Signature | None:
    fields = dict(re.findall(r"(\w+)=([^,\s]+)", call.header("authorization")))
    return _build(
        fields.get("Credential", ""),
        fields.get("SignedHeaders", ""),
        fields.get("Signature", ""),
        call.header("x-amz-date"),
        call.header("x-amz-security-token") or None,
    )


def _from_query(call: HttpCall) -> Signature | None:
    query = call.query
    return _build(
        query.get("X-Amz-Credential", ""),
        query.get("X-Amz-SignedHeaders", ""),
        query.get("X-Amz-Signature", ""),
        query.get("X-Amz-Date", ""),
        query.get("X-Amz-Security-Token"),
        int(query["X-Amz-Expires"]) if query.get("X-Amz-Expires", "").isdecimal() else 0,
    )


def _build(
    credential: str,
    headers: str,
    value: str,
    timestamp: str,
    token: str | None,
    presigned_seconds: int | None = None,
) -> Signature | None:
    scope = credential.split("/")
    if len(scope) != 5 or not value:
        return None
    key, date, region, service, _ = scope
    names = tuple(headers.split(";"))
    return Signature(key, date, region, service, names, value, timestamp, token, presigned_seconds)


def fits(signature: Signature, call: HttpCall, secret_access_key: str) -> bool:
    """Return whether ``call`` was signed with ``secret_access_key``."""
    text = "\n".join(
        (
            ALGORITHM,
            signature.timestamp,
            f"{signature.date}/{signature.region}/{signature.service}/aws4_request",
            hashlib.sha256(_canonical(signature, call).encode()).hexdigest(),
        )
    )
    key = f"AWS4{secret_access_key}".encode()
    for part in (signature.date, signature.region, signature.service, "aws4_request"):
        key = hmac.digest(key, part.encode(), "sha256")
    expected = hmac.digest(key, text.encode(), "sha256").hex()
    return hmac.compare_digest(expected, signature.value)


def _canonical(signature: Signature, call: HttpCall) -> str:
    headers = "".join(
        f"{name}:{' '.join(call.header(name).split())}\n" for name in signature.signed_headers
    )
    names = ";".join(signature.signed_headers)
    return "\n".join(
        (call.method, call.path or "/", _query(call), headers, names, _payload(signature, call))
    )


def _query(call: HttpCall) -> str:
    pairs = [tuple(part.partition("=")[::2]) for part in call.query_string.split("&") if part]
    kept = sorted(pair for pair in pairs if pair[0] != "X-Amz-Signature")
    return "&".join(f"{name}={value}" for name, value in kept)


def _payload(signature: Signature, call: HttpCall) -> str:
    if signature.presigned_seconds is not None:
        return "UNSIGNED-PAYLOAD"
    named = call.header("x-amz-content-sha256")
    return named or hashlib.sha256(call.body).hexdigest()
