"""Errors of the caller: the network, this computer's AWS settings, the sign-in.

AWS's codes and botocore's exceptions are read by the one table of
``app.core.failure``; here are the texts by which they are known where the code itself
was not pasted. Sources: botocore.exceptions; the error lists of STS, IAM, S3 and KMS.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from app.core.explain.explanation import Explanation
from app.core.explain.pasted import Pasted
from app.core.failure import finding_of_failure

_CODE_BY_PHRASE: Final[Mapping[str, str]] = {
    "unabletolocatecredentials": "NoCredentialsError",
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
    "couldnotconnecttotheendpointurl": "EndpointConnectionError",
    "temporaryfailureinnameresolution": "EndpointConnectionError",
    "getaddrinfofailed": "EndpointConnectionError",
    "nodenameorservnameprovided": "EndpointConnectionError",
    "connecttimeoutonendpointurl": "ConnectTimeoutError",
    "readtimeoutonendpointurl": "ReadTimeoutError",
    "connectionwasclosedbeforewereceivedavalidresponse": "ConnectionClosedError",
    "failedtoconnecttoproxyurl": "ProxyConnectionError",
    "sslvalidationfailed": "SSLError",
    "certificateverifyfailed": "SSLError",
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


def client_errors(pasted: Pasted) -> Iterator[Explanation]:
    """Yield the causes on the caller's side that the text tells of."""
    for code in _codes(pasted):
        finding = finding_of_failure(code, pasted.text)
        if finding:
            yield _explained(finding, pasted)
            yield from (Explanation(also) for also in _ALSO.get(code, ()))
    if pasted.status.startswith("5"):
        yield Explanation("env.aws-fault")


def _codes(pasted: Pasted) -> Iterator[str]:
    yield from (_CODE_IN_LOWER_CASE.get(code.lower(), code) for code in pasted.codes)
    yield from (code for phrase, code in _CODE_BY_PHRASE.items() if pasted.says(phrase))


def _explained(finding: str, pasted: Pasted) -> Explanation:
    matches = (
        (name, re.search(pattern, pasted.text, re.IGNORECASE))
        for code, name, pattern in _VALUES
        if code == finding
    )
    params: dict[str, object] = {name: match[1].rstrip(".") for name, match in matches if match}
    if finding == "signin.not-allowed":
        params["actions"] = ["signin:CreateOAuth2Token"]
    return Explanation(finding, params)
