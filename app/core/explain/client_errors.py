"""Errors of the caller: the network, this computer's AWS settings, the sign-in.

AWS's codes and botocore's exceptions are read by the one table of
``app.core.failure``; here are the texts by which they are known where the code itself
was not pasted. Sources: botocore.exceptions; the error lists of STS, IAM, S3 and KMS.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from app.core.explain.dialects import BY_ANY_PROGRAM, OF_AWS_ONLY, OF_AWS_SDKS
from app.core.explain.explanation import Explanation
from app.core.explain.hosts import HostOwner, asked
from app.core.explain.pasted import ErrorText
from app.core.failure import finding_of_failure

_CODE_BY_PHRASE: Final[Mapping[str, str]] = {
    "partialcredentialsfound": "PartialCredentialsError",
    "theconfigprofile": "ProfileNotFound",
    "unabletoparseconfigfile": "ConfigParseError",
    "errorwhenretrievingcredentialsfrom": "CredentialRetrievalError",
    "errorloadingssotoken": "SSOTokenLoadError",
    "thessosessionassociatedwiththisprofile": "UnauthorizedSSOTokenError",
    "errorwhenretrievingtokenfrom": "TokenRetrievalError",
    "errorloadingloginsessiontoken": "LoginTokenLoadError",
    "yoursessionhasexpiredorcredentialshavechanged": "LoginRefreshRequired",
    "missingpermissionforthesignincreateoauth2token": "LoginInsufficientPermissions",
    "insufficientpermissions": "LoginInsufficientPermissions",
    "errorloadingorredeemingaloginauthorizationcode": "LoginAuthorizationCodeError",
    "tokenexpired": "LoginRefreshRequired",
    "authcodeexpired": "LoginAuthorizationCodeError",
    "usercredentialschanged": "LoginRefreshRequired",
    "sessiontokennotfoundorinvalid": "UnauthorizedException",
    "missingdependency": "MissingDependencyException",
    "infiniteloopincredentialconfiguration": "InfiniteLoopConfigError",
    "cannotrefreshcredentialsmfatokenrequired": "RefreshWithMFAUnsupportedError",
    "youmustspecifyaregion": "NoRegionError",
    "doesntmatchasupportedformat": "InvalidRegionError",
    "thesecuritytokenincludedintherequestisinvalid": "InvalidClientTokenId",
    "thesecuritytokenincludedintherequestisexpired": "ExpiredToken",
    "theprovidedtokenhasexpired": "ExpiredToken",
    "accesskeyidyouprovideddoesnotexistinourrecords": "InvalidAccessKeyId",
    "theprovidedtokenismalformedorotherwiseinvalid": "InvalidToken",
    "therequestsignaturewecalculateddoesnotmatch": "SignatureDoesNotMatch",
    "signatureexpired": "RequestTimeTooSkewed",
    "signaturenotyetcurrent": "RequestTimeTooSkewed",
    "differencebetweentherequesttimeandthecurrenttimeistoolarge": "RequestTimeTooSkewed",
    "stsisnotactivatedintherequestedregion": "RegionDisabledException",
    "rateexceeded": "Throttling",
    "pleasereduceyourrequestrate": "SlowDown",
    "weencounteredaninternalerror": "InternalError",
    "policyevaluationfailed": "InternalError",
}

_CODES: Final = (
    *dict.fromkeys(_CODE_BY_PHRASE.values()),
    "NoCredentialsError",
    "EndpointConnectionError",
    "ConnectTimeoutError",
    "ReadTimeoutError",
    "ConnectionClosedError",
    "ProxyConnectionError",
    "SSLError",
    "ExpiredTokenException",
    "InvalidSignatureException",
    "InvalidGrantException",
    "InvalidClientException",
    "ServiceFailure",
    "ServiceUnavailable",
    "ThrottlingException",
    "TooManyRequestsException",
    "RequestLimitExceeded",
    "SlowDownException",
    "UnrecognizedClientException",
)
_CODE_IN_LOWER_CASE: Final = {code.lower(): code for code in _CODES}

_VALUES: Final[tuple[tuple[str, str, str], ...]] = (
    ("env.offline", "endpoint", r"endpoint URL:? \"?'?(https?://[^\s\"'<>]+)"),
    ("env.timeout", "endpoint", r"endpoint URL:? \"?'?(https?://[^\s\"'<>]+)"),
    ("env.tls-intercepted", "endpoint", r"validation failed for (https?://[^\s\"'<>]+)"),
    ("env.proxy", "proxy", r"proxy URL:? \"?'?(?:https?://)?(?:[^\s\"'@]{0,300}@)?([\w.:-]+)"),
    ("signin.profile-missing", "profile", r"config profile \((.{1,100}?)\) could not"),
    ("signin.config-broken", "file", r"parse config file: ([^\s\"'<>]+)"),
    (
        "signin.config-broken",
        "address",
        r"sent unencrypted to endpoint URL: \"(http://[^\s\"'<>/]+)",
    ),
    ("signin.region-disabled", "region", r"requested region:? \(?([a-z]{2,4}(?:-[a-z]+)+-\d)"),
)
"""The value that a finding takes from the text: code, name, and how it stands there."""

_ALSO: Final[Mapping[str, tuple[str, ...]]] = {
    "InvalidClientTokenId": ("signin.region-disabled",),
    "InvalidToken": ("signin.region-disabled",),
    "UnrecognizedClientException": ("signin.region-disabled",),
    "PartialCredentialsError": ("signin.none",),
    "SSOTokenLoadError": ("signin.none",),
    "LoginTokenLoadError": ("signin.none",),
}
"""What the same answer may mean as well: a region that is off knows no sign-in."""


_NETWORK: Final = (
    "env.proxy",
    "env.tls-intercepted",
    "env.clock-skew",
    "env.timeout",
    "env.offline",
)
"""What the text may say of the network, the most exact first: a timeout is told as a failed
connection too."""

_ANYBODYS: Final = frozenset({"ConnectionError", "HTTPClientError", "SSLError", "ReadTimeoutError"})
"""Names that other libraries give their exceptions too."""

_COMMON: Final = frozenset(
    {
        "UnauthorizedException",
        "InvalidToken",
        "ExpiredToken",
        "AuthFailure",
        "MissingAuthenticationToken",
        "InternalError",
        "InternalFailure",
        "InternalServerError",
        "ServiceUnavailable",
        "ServiceUnavailableException",
        "TooManyRequestsException",
    }
)
"""Codes that other products' answers have too."""

_NO_REGION_IN_HOST: Final = re.compile(r"https?://[\w.-]{1,80}\.\.amazonaws\.com")
_DOTTED_BUCKET: Final = re.compile(r"[\w-]\.[\w-]{1,63}\.s3[.-][\w.-]{0,40}amazonaws\.com")
_NOT_MATCHING: Final = (
    "doesnotmatch",
    "altnameinvalid",
    "doesntmatch",
    "hostnamemismatch",
    "nosubjectalternative",
    "noalternativecertificatesubjectname",
    "certificateisvalidfor",
    "namemismatch",
)
_OF_ANOTHER_SERVICE: Final = "credentialshouldbescopedtocorrectservice"
_EXPIRED_CERTIFICATES: Final = ("certificatehasexpired", "certhasexpired", "certificateexpired")
_CLOCK_IS_BEHIND: Final = re.compile(r"current time \S{1,40} is before", re.IGNORECASE)


def client_errors(pasted: ErrorText) -> Iterator[Explanation]:
    """Yield the causes on the caller's side that the text tells of."""
    whose = asked(pasted)
    network = tuple(_network(pasted, whose))
    sign_in = tuple(_sign_in(pasted, whose, is_network_told=bool(network)))
    if any(cause.code == "signin.none" for cause in sign_in) and not _names_a_host(pasted, whose):
        network = ()  # The network to the address that would have given the sign-in.
    yield from network
    yield from sign_in
    if pasted.status.startswith("5") and whose is not HostOwner.OTHER and not (network or sign_in):
        yield Explanation("env.aws-fault")


def _names_a_host(pasted: ErrorText, whose: HostOwner) -> bool:
    return whose is HostOwner.AWS and bool(re.search(r"amazonaws\.com|awsapps", pasted.text))


def _network(pasted: ErrorText, whose: HostOwner) -> Iterator[Explanation]:
    """Yield what the text says of the way to AWS, the most exact first."""
    told = set(_network_codes(pasted, whose)) | set(_network_phrases(pasted, whose))
    if "env.timeout" in told and not any(map(pasted.says, BY_ANY_PROGRAM["env.offline"])):
        told.discard("env.offline")
    if told & {"env.proxy", "env.tls-intercepted"}:
        told -= {"env.offline", "env.timeout"}
    if _is_of_a_dotted_bucket(pasted):
        told.discard("env.tls-intercepted")
    if "env.tls-intercepted" in told and any(map(pasted.says, _EXPIRED_CERTIFICATES)):
        told.add("env.clock-skew")
    order: tuple[str, ...] = _NETWORK
    if _CLOCK_IS_BEHIND.search(pasted.text) or pasted.says("notyetvalid"):
        order = ("env.clock-skew", *_NETWORK)
    yield from (_explained(finding, pasted) for finding in dict.fromkeys(order) if finding in told)


def _network_codes(pasted: ErrorText, whose: HostOwner) -> Iterator[str]:
    for code in _codes(pasted, whose):
        finding = finding_of_failure(code, pasted.text)
        is_nobodys = whose is HostOwner.UNNAMED and code in _ANYBODYS
        is_ours = whose in (HostOwner.AWS, HostOwner.UNNAMED) and not is_nobodys
        if finding == "env.clock-skew" or (finding in _NETWORK and is_ours):
            yield finding


def _network_phrases(pasted: ErrorText, whose: HostOwner) -> Iterator[str]:
    tables = {HostOwner.AWS: (BY_ANY_PROGRAM, OF_AWS_ONLY), HostOwner.UNNAMED: (BY_ANY_PROGRAM,)}
    for table in (*tables.get(whose, ()), OF_AWS_SDKS):
        for finding, phrases in table.items():
            if finding in _NETWORK and any(map(pasted.says, phrases)):
                yield finding


def _is_of_a_dotted_bucket(pasted: ErrorText) -> bool:
    """Tell whether a bucket's name with dots is why the certificate does not match.

    Source: Amazon S3 User Guide, "Virtual hosting of buckets": it has no finding here.
    """
    return bool(_DOTTED_BUCKET.search(pasted.text)) and any(map(pasted.says, _NOT_MATCHING))


def _sign_in(
    pasted: ErrorText, whose: HostOwner, *, is_network_told: bool
) -> Iterator[Explanation]:
    """Yield what the text says of the sign-in, of AWS's own faults and of its limits."""
    for code in _codes(pasted, whose):
        finding = finding_of_failure(code, pasted.text)
        if not finding or finding in _NETWORK or pasted.says(_OF_ANOTHER_SERVICE):
            continue
        yield _explained(finding, pasted)
        yield from (Explanation(also) for also in _ALSO.get(code, ()))
    if whose is HostOwner.METADATA and not is_network_told and _fails_to_connect(pasted):
        yield Explanation("signin.none")
    tables = (OF_AWS_SDKS, OF_AWS_ONLY) if whose is HostOwner.AWS else (OF_AWS_SDKS,)
    for table in tables:
        for finding, phrases in table.items():
            if finding not in _NETWORK and any(map(pasted.says, phrases)):
                yield _explained(finding, pasted)
    if _NO_REGION_IN_HOST.search(pasted.text):
        yield Explanation("signin.config-broken")


def _fails_to_connect(pasted: ErrorText) -> bool:
    """Tell whether the text says in any words that a host was not reached."""
    return any(
        pasted.says(phrase)
        for table in (BY_ANY_PROGRAM, OF_AWS_ONLY)
        for finding in ("env.timeout", "env.offline")
        for phrase in table.get(finding, ())
    )


def _codes(pasted: ErrorText, whose: HostOwner) -> Iterator[str]:
    written = (_CODE_IN_LOWER_CASE.get(code.lower(), code) for code in pasted.codes)
    yield from (code for code in written if whose is not HostOwner.OTHER or code not in _COMMON)
    yield from (code for phrase, code in _CODE_BY_PHRASE.items() if pasted.says(phrase))


def values_told(finding: str, text: str) -> dict[str, object]:
    """Return the values of ``finding`` that a text tells, by the finding's names for them."""
    matches = (
        (name, re.search(pattern, text, re.IGNORECASE))
        for code, name, pattern in _VALUES
        if code == finding
    )
    return {name: match[1].rstrip(".") for name, match in matches if match}


def _explained(finding: str, pasted: ErrorText) -> Explanation:
    params = values_told(finding, pasted.text)
    if finding == "signin.not-allowed":
        params["actions"] = ["signin:CreateOAuth2Token"]
    return Explanation(finding, params)
