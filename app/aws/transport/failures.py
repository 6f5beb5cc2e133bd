"""Failures of AWS, the network and the sign-in as values.

Here is the one boundary around the call stack of a client: its building (settings, credentials,
addresses), signing, sending, and reading the answer. Whatever leaves it is an ``AwsFailure``, be
it an exception that botocore has a name for or one that it was surprised by: what is wrong then is
a file, a setting or an answer, which this program did not write. What our own code raises is a
bug and goes on as an exception, also where botocore has called it.
"""

import logging
import re
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from traceback import walk_tb
from typing import Final, TypeVar
from urllib.parse import urlsplit

from botocore import xform_name
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    ConfigParseError,
    ConnectionClosedError,
    CredentialRetrievalError,
    HTTPClientError,
    IncompleteReadError,
    LoginInsufficientPermissions,
    LoginRefreshRequired,
    LoginTokenLoadError,
    PaginationError,
    ParamValidationError,
    ReadTimeoutError,
    SSOTokenLoadError,
)
from botocore.parsers import ResponseParserError

from app.aws.transport.answers import UnreadableAnswerError
from app.aws.transport.bounds import (
    CallInProgress,
    CallTooLongError,
    EndlessAnswerError,
    one_call,
)
from app.aws.transport.config_reader import read_marked_files
from app.aws.transport.request_ids import request_id_of
from app.core.call_record import CallOutcome, CallRecord
from app.core.failure import AwsFailure, finding_of_failure
from app.core.i18n import tr
from app.core.pasted.without_secrets import without_secrets
from app.core.secret_shapes import as_kept
from app.core.settings_mistake import SettingsMistake
from app.files.reading import INPUT_AT_MOST, read_bytes
from app.flow.call_log import somebody_listens, tell_of

T = TypeVar("T")

_AWSS_OR_OURS: Final = ("app", "botocore")
_OF_AN_ADDRESS: Final = ("Invalid endpoint", "Invalid IPv6 URL", "Port ")
"""How the texts begin in which botocore and urllib say that an address is none."""
_SETTINGS: Final = {
    "SerialNumber": "mfa_serial",
    "TokenCode": "",
    "WebIdentityToken": "web_identity_token_file",
    "accountId": "sso_account_id",
    "roleName": "sso_role_name",
}
"""What a parameter is called in a profile, where botocore's own name in Python differs."""
_LOADING_LOGIN: Final = {"LoginProvider", "LoginCredentialFetcher", "LoginTokenLoader"}
_LOADING_TOKEN: Final = {
    "SSOProvider",
    "SSOCredentialFetcher",
    "SSOTokenLoader",
    "SSOTokenProvider",
    "DeferredRefreshableToken",
}
"""botocore's classes that read what ``aws login`` and ``aws sso login`` have cached."""
_SIGNING: Final = frozenset({"botocore.auth", "botocore.crt.auth"})
_OF_CRT: Final = r"[0-9]+ \(AWS_[A-Z0-9_]+\): [\w ,.'-]{0,200}"
"""How AWS's own library in C says what it refuses (a blank key): it quotes nothing."""

_LIBRARIES: Final = ("botocore", "urllib3")


class UnusableConfigError(BotoCoreError):
    """AWS settings of this computer that botocore can't work with."""

    fmt = "{error_msg}"


class PassedOverFileError(BotoCoreError):
    """A file of settings that botocore passes over in silence, as if it were not there.

    ``mistake`` (a ``SettingsMistake``) tells why.
    """

    fmt = "Unable to read config file: {path}"


class UnencryptedError(BotoCoreError):
    """A setting names an address of another computer without encryption (``http://``)."""

    fmt = 'Nothing is sent unencrypted to endpoint URL: "{endpoint_url}"'


class UnsendableError(BotoCoreError):
    """A key or a token holds what can't be sent: a line break, or another script."""

    fmt = "What signs the request can't be sent: it is no key or token of AWS{told}"


class UnexpectedAnswerError(BotoCoreError):
    """An answer that botocore was surprised by, or what came in the place of one."""

    fmt = "{error_msg}"


# The request may have arrived, only its answer did not.
_ANSWER_LOST: Final = (
    ReadTimeoutError,
    ConnectionClosedError,
    HTTPClientError,
    IncompleteReadError,
    ResponseParserError,
    CallTooLongError,
    EndlessAnswerError,
    PaginationError,
    UnexpectedAnswerError,
    UnreadableAnswerError,
)


def attempt(action: str, work: Callable[[], T]) -> T | AwsFailure:
    """Return what ``work`` returns, or the failure that stopped it.

    ``action`` is the permission that the call needs (``iam:GetRole``). What our own code raises
    is raised on, but for the system's errors (OSError).
    """
    keep_quiet()
    read_marked_files()
    begun_at, begun = datetime.now(UTC), time.monotonic()
    with one_call() as call:
        answer = _attempted(action, work, call)
    failure = answer if isinstance(answer, AwsFailure) else None
    # To look up which key signs sends nothing, as long as it goes well.
    if somebody_listens() and (failure is not None or call.requests):
        tell_of(_record(action, failure, call, begun_at, time.monotonic() - begun))
    return answer


def _attempted(action: str, work: Callable[[], T], call: CallInProgress) -> T | AwsFailure:
    try:
        return work()
    except ClientError as error:
        return refusal(action, error)
    except ParamValidationError as error:
        return _unanswered(action, _of_settings(error) or error)
    except (BotoCoreError, ResponseParserError) as error:
        return _unanswered(action, error)
    except Exception as error:
        if not isinstance(error, OSError) and _is_ours(error):
            raise
        return _unanswered(action, _surprise(error, call))


def _record(
    action: str,
    failure: AwsFailure | None,
    call: CallInProgress,
    begun_at: datetime,
    seconds: float,
) -> CallRecord:
    """Return what the log keeps of a call that has ended: no text of an answer."""
    outcome = CallOutcome.DONE
    if failure is not None:
        is_answer = failure.http_status is not None
        outcome = CallOutcome.REFUSED if is_answer else CallOutcome.FAILED
    return CallRecord(
        action=action,
        begun_at=begun_at,
        seconds=seconds,
        outcome=outcome,
        operation=call.sent,
        region=call.place.region,
        bucket=call.place.bucket,
        http_status=call.answer.status,
        request_id=call.answer.request_id,
        host_id=call.answer.host_id,
        code=failure.code if failure is not None else None,
        requests=call.requests,
    )


def keep_quiet() -> None:
    """Let the libraries below log nothing.

    They log what they raise as well, with a traceback, and quote what they could not read: a
    token cache, the answer of a credential process. With no log set up it reaches the terminal.
    """
    for name in _LIBRARIES:
        logger = logging.getLogger(name)
        if logger.propagate:
            logger.propagate = False
            logger.addHandler(logging.NullHandler())


def _is_ours(error: Exception) -> bool:
    """Tell whether our own code was at work when ``error`` was raised, not AWS's.

    What Python's own modules or urllib3 raise is put down to whoever called them.
    """
    packages = [module.partition(".")[0] for module in reversed(_modules(error))]
    return next((package for package in packages if package in _AWSS_OR_OURS), "app") == "app"


def _modules(error: Exception) -> list[str]:
    """Return the modules through which ``error`` came, the one that raised it last."""
    return [frame.f_globals.get("__name__", "") for frame, _ in walk_tb(error.__traceback__)]


def _of_settings(error: ParamValidationError) -> UnusableConfigError | None:
    """Return what botocore says of a value that a profile sends with its own sign-in.

    None where what is wrong is a value of this program's request.
    """
    if "botocore.credentials" not in _modules(error):
        return None
    faults = " ".join(str(error).partition("\n")[2].split())
    sent = re.search(r" for parameter (\w+)", faults)
    setting = _SETTINGS.get(sent[1], xform_name(sent[1])) if sent else ""
    return UnusableConfigError(error_msg=f"{setting}: {faults}", setting=setting)


def _surprise(error: Exception, call: CallInProgress) -> BotoCoreError:
    """Return what nobody foresaw as a failure of the answer, or of the settings before it.

    Its text is left out but for the system's own, and for what is said of an address: it may
    quote a token cache or a credential.
    """
    if isinstance(error, OSError):
        # Reading a config file, a token cache, or starting a credential process.
        return UnusableConfigError(error_msg=error)
    text, kind = str(error), type(error).__name__
    if isinstance(error, ValueError) and text.startswith(_OF_AN_ADDRESS):
        return UnusableConfigError(error_msg=without_secrets(text))
    if call.sent is None:
        return _of_credentials(error) or UnusableConfigError(error_msg=kind)
    return UnexpectedAnswerError(error_msg=kind)


def _of_credentials(error: Exception) -> BotoCoreError | None:
    """Return what botocore was surprised by in a cached token or another program's answer.

    None where it was elsewhere, in a setting. What a cache holds and is no token is as good as
    none; what an answer holds is not repeated.
    """
    if isinstance(error, RuntimeError) and str(error).endswith("still expired."):
        return CredentialRetrievalError(provider="any", error_msg="it has expired already")
    frames = [frame.f_code.co_qualname for frame, _ in walk_tb(error.__traceback__)]
    at_work = {name.partition(".")[0] for name in frames}
    if "compat_shell_split" in at_work:  # what is wrong is the command that the setting holds
        return None
    if at_work & _LOADING_LOGIN:
        return LoginTokenLoadError(error_msg=type(error).__name__)
    if at_work & _LOADING_TOKEN:
        return SSOTokenLoadError(error_msg=type(error).__name__)
    if at_work & {"ProcessProvider", "RefreshableCredentials"}:
        return CredentialRetrievalError(provider="any", error_msg="no credentials")
    if not _SIGNING.intersection(_modules(error)):
        return None
    text = str(error)
    return UnsendableError(told=f" ({text})" if re.fullmatch(_OF_CRT, text) else "")


def refusal(action: str, error: ClientError) -> AwsFailure:
    """Return an answer of AWS that is an error, as it is."""
    fields = error.response.get("Error", {})
    about = error.response.get("ResponseMetadata", {})
    code, message = str(fields.get("Code", "")), fields.get("Message", "")
    status = about.get("HTTPStatusCode")
    finding = finding_of_failure(code, message, status)
    return AwsFailure(
        action=action,
        code=code,
        message=message,
        http_status=status,
        request_id=request_id_of(about),
        finding=finding,
        took_effect_unknown=finding == "env.aws-fault",
        params={"action": action} if finding in ("env.throttled", "env.aws-fault") else {},
    )


def _unanswered(action: str, error: Exception) -> AwsFailure:
    code, params = type(error).__name__, _params(error)
    message = without_secrets(str(error)) if "answer" in params else str(error)
    finding = finding_of_failure(code, message)
    if isinstance(error, ConfigParseError | PassedOverFileError):
        mistake = _mistake_in_file(error)
        params = {"said": as_kept(message), **mistake.params}
        message = mistake.noted(message)
    return AwsFailure(
        action=action,
        code=code,
        message=message,
        finding=finding,
        took_effect_unknown=isinstance(error, _ANSWER_LOST),
        params=params,
    )


def _params(error: Exception) -> dict[str, object]:
    """Return what the exception tells of the place where it happened."""
    told = error.kwargs if isinstance(error, BotoCoreError) else {}
    named = {
        "endpoint": _host(told.get("endpoint_url")),
        "proxy": _host(told.get("proxy_url")),
        "profile": told.get("profile"),
        "mfa_device": told.get("mfa_device"),
        "answer": _answer(told) if isinstance(error, CredentialRetrievalError) else None,
        "file": told.get("path"),
        "setting": told.get("setting"),
        "address": _plain(told) if isinstance(error, UnencryptedError) else None,
    }
    params: dict[str, object] = {name: str(value) for name, value in named.items() if value}
    return params | _of_console_sign_in(error)


def _of_console_sign_in(error: Exception) -> dict[str, object]:
    """Return why a console sign-in can't be renewed, which botocore tells by its cause alone."""
    if isinstance(error, LoginInsufficientPermissions):
        return {"actions": ["signin:CreateOAuth2Token"]}
    # Other libraries' exceptions have a ``response`` of their own kind, or None.
    answer = getattr(error.__cause__, "response", None)
    reason = answer.get("error") if isinstance(answer, Mapping) else None
    changed = isinstance(error, LoginRefreshRequired) and reason == "USER_CREDENTIALS_CHANGED"
    return {"password_changed": True} if changed else {}


def _answer(told: Mapping[str, object]) -> str:
    """Return what another program said; it may hold a secret, which is left out."""
    return without_secrets(str(told.get("error_msg", ""))).strip() or tr("(nothing)")


def _host(url: object) -> str | None:
    """Return host and port of an address, without the password that a proxy's may hold."""
    return urlsplit(str(url)).netloc.rpartition("@")[2] if url else None


def _plain(told: Mapping[str, object]) -> str:
    return f"http://{_host(told.get('endpoint_url'))}"


def _mistake_in_file(error: BotoCoreError) -> SettingsMistake:
    """Return what is wrong in the file that botocore could not read, and in which line.

    Its text is left out: it may be a key.
    """
    told = error.kwargs.get("mistake")
    if isinstance(told, SettingsMistake):
        return told
    # Late: nothing else needs to take such a file apart.
    from app.core.aws_files.files import FileKind, FoundFile, ParsedFile
    from app.core.aws_files.whole_file import file_mistakes

    path, cause = str(error.kwargs.get("path", "")), error.kwargs.get("error")
    content = read_bytes(path, INPUT_AT_MOST)
    kind = FileKind.CREDENTIALS if "credential" in Path(path).name else FileKind.CONFIG
    found = FoundFile(kind, path, content if isinstance(content, bytes) else None)
    file = ParsedFile(found)
    mistake = next(file_mistakes(file), None)
    if mistake is None and isinstance(cause, UnicodeDecodeError):
        # It is UTF-8, and botocore read it in the encoding of the system.
        before = cause.object[: cause.start]
        return SettingsMistake("encoding", path, before.count(b"\n") + 1)
    return mistake or SettingsMistake("", path)
