"""An expected failure of AWS, the network or the sign-in, and the finding that it stands for.

One table of findings serves the live program and a replayed snapshot alike: ``app.aws`` puts the
finding on an ``AwsFailure``, the diagnosis reads the same from an observation's code and message.
Codes are AWS's own, or the name of botocore's exception where no answer of AWS came.

Sources: botocore.exceptions; the error lists of STS, IAM, S3 and KMS ("Common Error Types",
"Error responses" in their API references).
"""

from collections.abc import Mapping
from typing import Final

from app.core.frozen import field, frozen
from app.core.i18n import tr
from app.core.secret_shapes import as_kept


@frozen
class AwsFailure:
    """Why a call did not do what it should.

    ``code`` and ``message`` are AWS's own (or botocore's exception name and text), the message
    without what has the shape of a secret: AWS repeats what it was sent. ``action``
    is what was called (``iam:CreateRole``). ``finding`` is the code of the catalogue that fits
    a failure on this side of AWS (network, sign-in), or None where AWS refused the call itself.
    """

    action: str
    code: str
    message: str
    http_status: int | None = None
    request_id: str | None = None
    finding: str | None = None
    took_effect_unknown: bool = False
    """True where the answer was lost after the request was sent."""
    params: Mapping[str, object] = field(default_factory=dict)
    """The values that the finding's words are made from, as far as the failure tells them."""

    @property
    def told_code(self) -> str:
        """The code to tell UbiQuity's support: the catalogue's, or where it has none AWS's own."""
        return self.finding or self.code

    def __post_init__(self) -> None:
        """Keep no secret, whoever made the failure."""
        if self.message:
            object.__setattr__(self, "message", as_kept(self.message))


def wrong_account(action: str, account_id: str, own_id: str) -> AwsFailure | None:
    """Return why ``action`` can't be done in ``account_id``; None for the sign-in's ``own_id``.

    IAM knows a role by its name alone and would read, or make, it in the sign-in's own account.
    """
    if own_id == account_id:
        return None
    words = tr("The sign-in belongs to account {caller}, not to {account}.")
    return AwsFailure(
        action=action,
        code="WrongAccount",
        message=words.format(caller=own_id, account=account_id),
        finding="signin.wrong-account",
        params={"expected": account_id, "found": own_id},
    )


UNKNOWN_IN_REGION: Final = "SignInUnknownInRegion"
"""The code, not AWS's own, of a sign-in that AWS knows, and one of its regions does not."""

_CODES_BY_FINDING: Final[Mapping[str, tuple[str, ...]]] = {
    "env.offline": ("EndpointConnectionError", "ConnectionError", "HTTPClientError"),
    "env.proxy": (
        "ProxyConnectionError",
        "InvalidProxiesConfigError",
        # No AWS answers in a language that its own parser can't read, or leaves out what it
        # always tells: a captive portal or a proxy's page of its own does.
        "ResponseParserError",
        "UnexpectedAnswerError",
        "UnreadableAnswerError",
    ),
    "env.tls-intercepted": ("SSLError",),
    "env.clock-skew": ("RequestTimeTooSkewed", "RequestInTheFuture", "RequestExpired"),
    "env.timeout": (
        "ConnectTimeoutError",
        "ReadTimeoutError",
        "ConnectionClosedError",
        "ResponseStreamingError",
        "IncompleteReadError",
        "CallTooLongError",
        "RequestTimeout",
        "RequestTimeoutException",
    ),
    "env.throttled": (
        "Throttling",
        "ThrottlingException",
        "ThrottledException",
        "RequestThrottled",
        "RequestThrottledException",
        "TooManyRequestsException",
        "TooManyRequestsError",
        "rate_exceeded",
        "RequestLimitExceeded",
        "BandwidthLimitExceeded",
        "SlowDown",
        "SlowDownException",
        "EC2ThrottledException",
        "PriorRequestNotComplete",
        "CapacityNotAvailableError",
    ),
    "env.aws-fault": (
        "InternalError",
        "InternalFailure",
        "InternalServerError",
        "InternalServerException",
        "KMSInternalException",
        "ServiceFailure",
        "ServiceUnavailable",
        "ServiceUnavailableException",
        "DependencyTimeoutException",
        "EndlessAnswerError",
        "PaginationError",
    ),
    "signin.none": ("NoCredentialsError", "NoAuthTokenError"),
    "signin.profile-missing": ("ProfileNotFound",),
    "signin.expired": (
        "ExpiredToken",
        "ExpiredTokenException",
        "TokenRefreshRequired",
        "UnauthorizedException",
        "InvalidGrantException",
        "InvalidClientException",
        "SSOError",
        "SSOTokenLoadError",
        "UnauthorizedSSOTokenError",
        "TokenRetrievalError",
        "LoginError",
        "LoginRefreshRequired",
        "LoginTokenLoadError",
        "LoginAuthorizationCodeError",
        "RefreshWithMFAUnsupportedError",
        "MissingMfaCodeError",
    ),
    "signin.invalid": (
        "InvalidClientTokenId",
        "InvalidAccessKeyId",
        "InvalidToken",
        "UnrecognizedClientException",
        "SignatureDoesNotMatch",
        "InvalidSignatureException",
        "IncompleteSignature",
        "IncompleteSignatureException",
        "MissingAuthenticationToken",
        "MissingAuthenticationTokenException",
        "AuthFailure",
        "CredentialRetrievalError",
        "MetadataRetrievalError",
        "UnsendableError",
    ),
    "signin.config-broken": (
        "ConfigParseError",
        "ConfigNotFound",
        "InvalidConfigError",
        "InfiniteLoopConfigError",
        "PartialCredentialsError",
        "UnknownCredentialError",
        "UnknownTokenProviderError",
        "MissingDependencyException",
        "NoRegionError",
        "InvalidRegionError",
        "InvalidEndpointConfigurationError",
        "InvalidRetryConfigurationError",
        "InvalidMaxRetryAttemptsError",
        "InvalidRetryModeError",
        "InvalidDefaultsMode",
        "InvalidChecksumConfigError",
        "InvalidSTSRegionalEndpointsConfigError",
        "InvalidS3UsEast1RegionalEndpointConfigError",
        "InvalidS3AddressingStyleError",
        "InvalidIMDSEndpointError",
        "InvalidIMDSEndpointModeError",
        "UnsupportedS3ConfigurationError",
        "EndpointVariantError",
        "UnknownFIPSEndpointError",
        "UnusableConfigError",
        "UnencryptedError",
        "PassedOverFileError",
        "MistakenSettings",
    ),
    "signin.region-disabled": ("RegionDisabledException", UNKNOWN_IN_REGION),
    "signin.wrong-account": ("WrongAccount",),
    "signin.not-allowed": ("LoginInsufficientPermissions",),
}

_FINDING_BY_CODE: Final = {
    code: finding for finding, codes in _CODES_BY_FINDING.items() for code in codes
}

# STS, IAM and KMS sign with a time and a region: a wrong clock, a wrong region and a wrong secret
# share their codes, and only the text tells them apart.
_SIGNATURE_CODES: Final = ("SignatureDoesNotMatch", "InvalidSignatureException")
_REGION_TEXTS: Final = ("scoped to a valid region", "scoped to correct region")
_CLOCK_TEXTS: Final = ("signature expired", "signature not yet current", "is now earlier than")

_GRANT_ENDED: Final = "authorization grant is invalid, expired"
"""AWS Sign-In, of a session that can't be renewed any more (aws-cli issue 10613)."""

_MFA_REFUSED: Final = "multifactorauthentication failed"
"""What STS says of an MFA code that it does not accept; its code is that of any refusal."""

# A sign-in that another program fetched says in its text alone that it has run out.
_FETCHED_ENDED: Final = ("expired", "sso login", "aws login")

# What AWS's sign-in service says under AccessDeniedException (its API's OAuth2ErrorCode).
_SIGNIN_ENDED: Final = ("TOKEN_EXPIRED", "AUTHCODE_EXPIRED", "USER_CREDENTIALS_CHANGED")

_PROXY_ASKS_FOR_PASSWORD: Final = 407
_TOO_MANY_REQUESTS: Final = 429
_FIRST_SERVER_FAULT: Final = 500
_NOT_IMPLEMENTED: Final = 501
"""S3's answer to what it does not offer: no fault."""


def finding_of_failure(code: str, message: str, http_status: int | None = None) -> str | None:
    """Return the finding that a failed call stands for, or None where AWS refused the call itself.

    ``code`` and ``message`` are AWS's own or those of botocore's exception. A refusal such as
    AccessDenied says nothing of who is asking, and neither does an unknown code, but for the
    answers whose HTTP status speaks for itself (407 of a proxy, 5xx of AWS).
    """
    by_text = _finding_of_text(code, message)
    return by_text or _FINDING_BY_CODE.get(code) or _finding_of_status(code, http_status)


def _finding_of_text(code: str, message: str) -> str | None:
    text = message.casefold()
    if code in _SIGNATURE_CODES and any(part in text for part in _CLOCK_TEXTS):
        return "env.clock-skew"
    if code in _SIGNATURE_CODES and any(part in text for part in _REGION_TEXTS):
        return "signin.config-broken"
    if _MFA_REFUSED in text or _GRANT_ENDED in text:
        return "signin.expired"
    if code == "CredentialRetrievalError" and any(part in text for part in _FETCHED_ENDED):
        return "signin.expired"
    if code == "AccessDeniedException" and any(part in message for part in _SIGNIN_ENDED):
        return "signin.expired"
    return None


def _finding_of_status(code: str, http_status: int | None) -> str | None:
    # HEAD has no body: the status is then all there is, and botocore makes it the code.
    status = int(code) if code.isascii() and code.isdecimal() else http_status
    if status is None or status == _NOT_IMPLEMENTED:
        return None
    if status >= _FIRST_SERVER_FAULT:
        return "env.aws-fault"
    return {_PROXY_ASKS_FOR_PASSWORD: "env.proxy", _TOO_MANY_REQUESTS: "env.throttled"}.get(status)
