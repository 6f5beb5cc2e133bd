"""Each exception of botocore becomes a failure with AWS's own words and the right finding."""

import string
from collections.abc import Callable
from pathlib import Path

import botocore.exceptions
import pytest
from botocore.configloader import load_config
from botocore.exceptions import BotoCoreError, ClientError, ConfigParseError
from botocore.parsers import ResponseParserError

from app.aws.transport.failures import attempt
from app.core.failure import AwsFailure
from app.core.settings_mistake import told_mistake


def _failure(error: BaseException) -> AwsFailure:
    def work() -> None:
        raise error

    failure = attempt("iam:GetRole", work)
    assert isinstance(failure, AwsFailure)
    return failure


def _refused(code: str, status: int | None, message: str) -> ClientError:
    about: dict[str, object] = {"RequestId": "R1", "HTTPStatusCode": status, "HTTPHeaders": {}}
    response = {"Error": {"Code": code, "Message": message}, "ResponseMetadata": about}
    return ClientError(response, "GetRole")  # type: ignore[arg-type]


TOKEN_INVALID = "The security token included in the request is invalid."
SIGNATURE = "The request signature we calculated does not match the signature you provided."
SIGNATURE_OLD = "Signature expired: 20231123T010203Z is now earlier than 20231123T011703Z"
SIGNATURE_EARLY = "Signature not yet current: 20231123T010203Z is still later than 20231123T00Z"
NOT_AUTHORIZED = "User: arn:aws:iam::1:user/J is not authorized to perform: iam:GetRole"

# What AWS answers. Sources: the error lists of the STS, IAM, S3, KMS and Identity Center API
# References and of botocore's models; the texts from public transcripts.
ANSWERS = (
    ("InvalidClientTokenId", 403, TOKEN_INVALID, "signin.invalid"),
    (
        "InvalidAccessKeyId",
        403,
        "The AWS Access Key Id you provided does not exist",
        "signin.invalid",
    ),
    (
        "InvalidToken",
        400,
        "The provided token is malformed or otherwise invalid.",
        "signin.invalid",
    ),
    ("UnrecognizedClientException", 400, TOKEN_INVALID, "signin.invalid"),
    ("SignatureDoesNotMatch", 403, SIGNATURE, "signin.invalid"),
    ("InvalidSignatureException", 400, SIGNATURE, "signin.invalid"),
    ("SignatureDoesNotMatch", 403, SIGNATURE_OLD, "env.clock-skew"),
    ("SignatureDoesNotMatch", 403, SIGNATURE_EARLY, "env.clock-skew"),
    ("InvalidSignatureException", 400, SIGNATURE_OLD, "env.clock-skew"),
    ("RequestTimeTooSkewed", 403, "The difference between the request time", "env.clock-skew"),
    (
        "ExpiredToken",
        403,
        "The security token included in the request is expired",
        "signin.expired",
    ),
    ("ExpiredToken", 400, "The provided token has expired.", "signin.expired"),
    ("ExpiredTokenException", 400, "The security token included is expired", "signin.expired"),
    ("UnauthorizedException", 401, "Session token not found or invalid", "signin.expired"),
    ("AccessDeniedException", 400, "error: TOKEN_EXPIRED", "signin.expired"),
    (
        "RegionDisabledException",
        403,
        "STS is not activated in the region",
        "signin.region-disabled",
    ),
    ("Throttling", 400, "Rate exceeded", "env.throttled"),
    ("ThrottlingException", 400, "Rate exceeded", "env.throttled"),
    ("TooManyRequestsException", 429, "Too many", "env.throttled"),
    ("SlowDown", 503, "Please reduce your request rate.", "env.throttled"),
    ("RequestLimitExceeded", 503, "Request limit exceeded.", "env.throttled"),
    ("429", 429, "Too Many Requests", "env.throttled"),
    ("RequestTimeout", 400, "Your socket connection to the server was not read", "env.timeout"),
    ("InternalError", 500, "We encountered an internal error.", "env.aws-fault"),
    ("ServiceFailure", 500, "The request processing has failed", "env.aws-fault"),
    ("PolicyEvaluation", 500, "The request failed", "env.aws-fault"),
    ("502", 502, "Bad Gateway", "env.aws-fault"),
    ("407", 407, "Proxy Authentication Required", "env.proxy"),
    # AWS's own refusals of the call say nothing of who is asking.
    ("AccessDenied", 403, NOT_AUTHORIZED, None),
    ("AccessDenied", 403, "Access Denied", None),
    ("AccessDeniedException", 400, NOT_AUTHORIZED, None),
    ("ValidationError", 400, "1 validation error detected", None),
    ("EntityAlreadyExists", 409, "Role with name x already exists.", None),
    ("NoSuchEntity", 404, "The role with name x cannot be found.", None),
    ("LimitExceeded", 409, "A managed policy can have up to 5 versions.", None),
    ("MalformedPolicyDocument", 400, "This policy contains invalid Json", None),
    ("DeleteConflict", 409, "Cannot delete entity, must detach all policies first.", None),
    ("ConcurrentModification", 409, "", None),
    ("NoSuchBucket", 404, "The specified bucket does not exist", None),
    ("PermanentRedirect", 301, "The bucket you are attempting to access", None),
    ("AuthorizationHeaderMalformed", 400, "the region 'x' is wrong; expecting 'y'", None),
    ("IllegalLocationConstraintException", 400, "The location constraint is incompatible", None),
    ("NotImplemented", 501, "A header you provided implies functionality", None),
    ("KMS.DisabledException", 400, "arn is disabled.", None),
    ("NotFoundException", 400, "Key 'arn' does not exist", None),
    ("403", 403, "Forbidden", None),
    ("404", 404, "Not Found", None),
)


@pytest.mark.parametrize(("code", "status", "message", "finding"), ANSWERS)
def test_an_answer_keeps_awss_words(
    code: str, status: int, message: str, finding: str | None
) -> None:
    failure = _failure(_refused(code, status, message))
    assert (failure.code, failure.message, failure.http_status) == (code, message, status)
    assert (failure.action, failure.request_id) == ("iam:GetRole", "R1")
    assert failure.finding == finding
    assert failure.took_effect_unknown is (finding == "env.aws-fault")


def test_an_answer_without_a_body_is_a_failure_too() -> None:
    failure = _failure(ClientError({}, "GetRole"))
    assert (failure.code, failure.message, failure.finding) == ("", "", None)


# botocore's own exceptions: name, what it needs to be made, finding.
EXCEPTIONS: tuple[tuple[str, dict[str, str], str | None], ...] = (
    ("EndpointConnectionError", {"endpoint_url": "https://sts"}, "env.offline"),
    ("ProxyConnectionError", {"proxy_url": "http://proxy"}, "env.proxy"),
    ("SSLError", {"endpoint_url": "https://sts", "error": "self signed"}, "env.tls-intercepted"),
    ("ConnectTimeoutError", {"endpoint_url": "https://sts"}, "env.timeout"),
    ("ReadTimeoutError", {"endpoint_url": "https://sts"}, "env.timeout"),
    ("ConnectionClosedError", {"endpoint_url": "https://sts"}, "env.timeout"),
    ("HTTPClientError", {"error": "unreachable"}, "env.offline"),
    ("NoCredentialsError", {}, "signin.none"),
    ("PartialCredentialsError", {"provider": "env", "cred_var": "x"}, "signin.config-broken"),
    ("ProfileNotFound", {"profile": "acme"}, "signin.profile-missing"),
    ("ConfigParseError", {"path": "/home/jo/.aws/config"}, "signin.config-broken"),
    ("InvalidConfigError", {"error_msg": "source_profile loop"}, "signin.config-broken"),
    ("InvalidRegionError", {"region_name": "Sydney"}, "signin.config-broken"),
    ("NoRegionError", {}, "signin.config-broken"),
    ("MissingDependencyException", {"msg": "awscrt"}, "signin.config-broken"),
    ("CredentialRetrievalError", {"provider": "p", "error_msg": "exit 1"}, "signin.invalid"),
    ("CredentialRetrievalError", {"provider": "p", "error_msg": "Token expired"}, "signin.expired"),
    ("SSOTokenLoadError", {"error_msg": "no cache"}, "signin.expired"),
    ("UnauthorizedSSOTokenError", {}, "signin.expired"),
    ("TokenRetrievalError", {"provider": "sso", "error_msg": "expired"}, "signin.expired"),
    ("LoginTokenLoadError", {"error_msg": "no cache"}, "signin.expired"),
    ("LoginRefreshRequired", {}, "signin.expired"),
    ("LoginAuthorizationCodeError", {"error_msg": "no"}, "signin.expired"),
    ("LoginInsufficientPermissions", {}, "signin.not-allowed"),
    ("RefreshWithMFAUnsupportedError", {}, "signin.expired"),
    ("ParamValidationError", {"report": "Invalid bucket name"}, None),
)  # fmt: skip


@pytest.mark.parametrize(("name", "needs", "finding"), EXCEPTIONS)
def test_an_exception_keeps_botocores_words(
    name: str, needs: dict[str, str], finding: str | None
) -> None:
    error: BotoCoreError = getattr(botocore.exceptions, name)(**needs)
    failure = _failure(error)
    assert (failure.code, failure.message) == (name, str(error))
    assert failure.finding == finding


def _every_exception() -> list[BotoCoreError]:
    kinds = (kind for kind in vars(botocore.exceptions).values() if isinstance(kind, type))
    return [
        kind(**dict.fromkeys(_places(kind.fmt), "x"))
        for kind in kinds
        if issubclass(kind, BotoCoreError) and kind is not botocore.exceptions.WaiterError
    ]


def _places(text: str) -> list[str]:
    return [name for _, name, _, _ in string.Formatter().parse(text) if name]


@pytest.mark.parametrize("error", _every_exception(), ids=lambda error: type(error).__name__)
def test_no_exception_of_botocore_gets_through(error: BotoCoreError) -> None:
    assert _failure(error).code == type(error).__name__


def test_a_page_that_is_not_awss_comes_from_something_between() -> None:
    failure = _failure(ResponseParserError("invalid XML received"))
    assert failure.finding == "env.proxy"
    assert failure.took_effect_unknown


@pytest.mark.parametrize("error", [KeyError("Role"), TypeError("x"), AssertionError("x")])
def test_a_bug_stays_an_exception(error: Exception) -> None:
    with pytest.raises(type(error)):
        _failure(error)


def test_a_file_that_may_not_be_read_is_broken_config() -> None:
    failure = _failure(PermissionError(13, "Permission denied", "/home/jo/.aws/config"))
    assert failure.finding == "signin.config-broken"
    assert "/home/jo/.aws/config" in failure.message


def _unparsed(path: Path, text: bytes) -> ConfigParseError:
    path.write_bytes(text)
    with pytest.raises(ConfigParseError) as caught:
        load_config(str(path))
    return caught.value


BROKEN_FILES: tuple[tuple[bytes, str, int], ...] = (
    (b"region = x\n[default]\n", "no-section", 1),
    (b"[default]\nregion = x\naws_secret_access_key wJalrSECRET\n", "stray-line", 3),
    (b"[a]\nregion = x\n\n[a]\nregion = y\n", "twice-section", 4),
    (b"[a]\nregion = x\nregion = y\n", "twice-setting", 3),
    (b"[a]\nregion = x\nname = \xff\xfe\n", "encoding", 3),
    (b"[a]\ns3 =\n  nonsense\n", "indented", 3),
    (b"[a]\nregion = x\n  y\ns3 =\n  # = no\n  one = 1\n\n  wJalrSECRET\n", "indented", 8),
    (b"[a]\ns3 :\n  one = 1\n[b]\nname =\n  two = 2\n  three\n", "indented", 7),
)


@pytest.mark.parametrize(("text", "mistake", "line"), BROKEN_FILES)
def test_a_broken_config_file_is_named_with_its_line(
    tmp_path: Path, text: bytes, mistake: str, line: int
) -> None:
    path = tmp_path / "config"
    failure = _failure(_unparsed(path, text))
    said = f"Unable to parse config file: {path}"
    assert failure.finding == "signin.config-broken"
    assert told_mistake(failure.message)[0] == said
    told = {name: failure.params[name] for name in ("mistake", "file", "line", "said")}
    assert told == {"mistake": mistake, "file": str(path), "line": line, "said": said}
    assert "wJalr" not in repr(failure)
    path.unlink()
    assert _failure(ConfigParseError(path=str(path), error=ValueError("x"))).params == {
        "file": str(path),
        "said": said,
    }


PARAMS: tuple[tuple[Exception, dict[str, str]], ...] = (
    (
        botocore.exceptions.EndpointConnectionError(endpoint_url="https://sts.eu.example/a?b=c"),
        {"endpoint": "sts.eu.example"},
    ),
    (
        botocore.exceptions.ReadTimeoutError(endpoint_url="https://localhost:4566/"),
        {"endpoint": "localhost:4566"},
    ),
    (
        botocore.exceptions.ProxyConnectionError(proxy_url="http://jo:wJalr@proxy.example:8080"),
        {"proxy": "proxy.example:8080"},
    ),
    (botocore.exceptions.ProfileNotFound(profile="acme"), {"profile": "acme"}),
    (botocore.exceptions.NoCredentialsError(), {}),
    (_refused("ThrottlingException", 400, "Rate exceeded"), {"action": "iam:GetRole"}),
    (_refused("InternalError", 500, "Internal"), {"action": "iam:GetRole"}),
    (_refused("AccessDenied", 403, NOT_AUTHORIZED), {}),
)


@pytest.mark.parametrize(("error", "params"), PARAMS, ids=lambda value: type(value).__name__)
def test_a_failure_carries_the_values_of_its_words(
    error: Exception, params: dict[str, str]
) -> None:
    assert _failure(error).params == params


LOST: tuple[tuple[Callable[[], Exception], bool], ...] = (
    (lambda: botocore.exceptions.ReadTimeoutError(endpoint_url="https://iam"), True),
    (lambda: botocore.exceptions.ConnectionClosedError(endpoint_url="https://iam"), True),
    (lambda: botocore.exceptions.ConnectTimeoutError(endpoint_url="https://iam"), False),
    (lambda: botocore.exceptions.EndpointConnectionError(endpoint_url="https://iam"), False),
    (botocore.exceptions.NoCredentialsError, False),
    (lambda: _refused("EntityAlreadyExists", 409, "there"), False),
)


@pytest.mark.parametrize(("make", "unknown"), LOST)
def test_only_a_lost_answer_leaves_the_effect_open(
    make: Callable[[], Exception], unknown: bool
) -> None:
    assert _failure(make()).took_effect_unknown is unknown
