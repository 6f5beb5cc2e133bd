"""Who a request comes from, once its signature has been checked, and why AWS turns one away."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from app.practice.exchange import HttpCall
from app.practice.refusal import RefusedError, refuse, speaks_json
from app.practice.signature import CLOCK_TOLERANCE, Signature, fits

_INVALID: Final = "The security token included in the request is invalid."
_EXPIRED: Final = "The security token included in the request is expired"
_MISMATCH: Final = (
    "The request signature we calculated does not match the signature you provided. Check your "
    "AWS Secret Access Key and signing method. Consult the service documentation for details."
)
_MISMATCH_S3: Final = (
    "The request signature we calculated does not match the signature you provided. Check your "
    "key and signing method."
)


@dataclass(frozen=True, slots=True)
class StoredPolicy:
    """A policy as it is stored: its name (or ARN) and its document as text."""

    name: str
    document: str


@dataclass(frozen=True, slots=True)
class SignIn:
    """A user, or a session of a role, of one account.

    ``arn`` is what AWS calls it in its sentences (for a session the assumed-role ARN),
    ``principal_arn`` the user's or role's own ARN, ``unique_id`` AWS's ``AIDA…`` or ``AROA…`` id.
    """

    access_key_id: str
    secret_access_key: str = field(repr=False)
    account: str
    arn: str
    principal_arn: str
    unique_id: str
    name: str
    session_name: str | None = None
    session_token: str | None = field(default=None, repr=False)
    issued: datetime | None = None
    """When the session's token was issued (UTC); None for a user's key."""
    expires: datetime | None = None
    policies: tuple[StoredPolicy, ...] = ()
    boundary: StoredPolicy | None = None
    session_policy: StoredPolicy | None = None
    opened_by: str | None = None
    """The account that opened the session; None for a user."""

    @property
    def comes_from(self) -> str:
        """The account of whoever sends the requests: who assumed a role stays where they are."""
        return self.opened_by or self.account

    @property
    def is_session(self) -> bool:
        """True for a session of a role, False for a user."""
        return self.session_name is not None


def unsigned(service: str) -> RefusedError:
    """Return what AWS says to a request without a signature."""
    if service == "s3":
        return refuse("AccessDenied", "Access Denied", 403)
    return refuse("MissingAuthenticationToken", "Request is missing Authentication Token", 403)


def unknown_key(service: str, access_key_id: str) -> RefusedError:
    """Return what AWS says to an access key that does not exist, is inactive or was deleted."""
    if service == "s3":
        return refuse(
            "InvalidAccessKeyId",
            "The AWS Access Key Id you provided does not exist in our records.",
            403,
            AWSAccessKeyId=access_key_id,
        )
    if speaks_json(service):
        return refuse("UnrecognizedClientException", _INVALID, 400)
    return refuse("InvalidClientTokenId", _INVALID, 403)


def check_credentials(
    sign_in: SignIn, signature: Signature, call: HttpCall, now: datetime
) -> RefusedError | None:
    """Return why AWS would turn ``call`` away for its credentials, or None.

    Checked in AWS's order: the token, its age, the clock, the signature.
    """
    service = signature.service
    if signature.session_token != sign_in.session_token:
        return _wrong_token(service, sign_in)
    if sign_in.expires is not None and now >= sign_in.expires:
        return _expired(service)
    late = _clock(service, signature, now)
    if late is not None:
        return late
    if not fits(signature, call, sign_in.secret_access_key):
        return _mismatch(service)
    return None


def _wrong_token(service: str, sign_in: SignIn) -> RefusedError:
    if service == "s3" and sign_in.session_token is not None:
        return refuse("InvalidToken", "The provided token is malformed or otherwise invalid.", 400)
    return unknown_key(service, sign_in.access_key_id)


def _expired(service: str) -> RefusedError:
    if service == "s3":
        return refuse("ExpiredToken", "The provided token has expired.", 400)
    if speaks_json(service):
        return refuse("ExpiredTokenException", _EXPIRED, 400)
    return refuse("ExpiredToken", _EXPIRED, 403)


def _mismatch(service: str) -> RefusedError:
    if service == "s3":
        return refuse("SignatureDoesNotMatch", _MISMATCH_S3, 403)
    if speaks_json(service):
        return refuse("InvalidSignatureException", _MISMATCH, 400)
    return refuse("SignatureDoesNotMatch", _MISMATCH, 403)


def _clock(service: str, signature: Signature, now: datetime) -> RefusedError | None:
    signed_at = signature.time
    if signed_at is None:
        return _mismatch(service)
    if signature.presigned_seconds is not None:
        age = (now - signed_at).total_seconds()
        late = age > signature.presigned_seconds
        return refuse("AccessDenied", "Request has expired", 403) if late else None
    if abs(now - signed_at) <= CLOCK_TOLERANCE:
        return None
    if service == "s3":
        sentence = "The difference between the request time and the current time is too large."
        return refuse("RequestTimeTooSkewed", sentence, 403)
    sentence = _skew_sentence(signed_at, now)
    if speaks_json(service):
        return refuse("InvalidSignatureException", sentence, 400)
    return refuse("SignatureDoesNotMatch", sentence, 403)


def _skew_sentence(signed_at: datetime, now: datetime) -> str:
    signed, present = _stamp(signed_at), _stamp(now)
    if signed_at < now:
        limit = _stamp(now - CLOCK_TOLERANCE)
        return f"Signature expired: {signed} is now earlier than {limit} ({present} - 15 min.)"
    limit = _stamp(now + CLOCK_TOLERANCE)
    return f"Signature not yet current: {signed} is still later than {limit} ({present} + 15 min.)"


def _stamp(time: datetime) -> str:
    return time.strftime("%Y%m%dT%H%M%SZ")
