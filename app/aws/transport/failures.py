"""Failures of AWS, the network and the sign-in as values.

Every exception of botocore becomes an ``AwsFailure`` with AWS's own code and text; anything else
is a bug and goes on as an exception.
"""

import configparser
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final, TypeVar
from urllib.parse import urlsplit

from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    ConfigParseError,
    ConnectionClosedError,
    CredentialRetrievalError,
    HTTPClientError,
    IncompleteReadError,
    ReadTimeoutError,
)
from botocore.parsers import ResponseParserError

from app.core.failure import AwsFailure, finding_of_failure
from app.core.i18n import tr
from app.core.pasted.without_secrets import without_secrets
from app.files.reading import SMALL, FileProblem, read_bytes

T = TypeVar("T")


class UnusableConfigError(BotoCoreError):
    """AWS settings of this computer that botocore can't work with."""

    fmt = "{error_msg}"


# The request may have arrived, only its answer did not.
_ANSWER_LOST: Final = (
    ReadTimeoutError,
    ConnectionClosedError,
    HTTPClientError,
    IncompleteReadError,
    ResponseParserError,
)


def attempt(action: str, work: Callable[[], T]) -> T | AwsFailure:
    """Return what ``work`` returns, or the failure that stopped it.

    ``action`` is the permission that the call needs (``iam:GetRole``). Exceptions that are
    neither botocore's nor the system's are raised on.
    """
    try:
        return work()
    except ClientError as error:
        return refusal(action, error)
    except (BotoCoreError, ResponseParserError) as error:
        return _unanswered(action, error)
    except OSError as error:
        # Reading a config file, a token cache, or starting a credential process.
        return _unanswered(action, UnusableConfigError(error_msg=error))


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
        request_id=about.get("RequestId") or None,
        finding=finding,
        took_effect_unknown=finding == "env.aws-fault",
        params={"action": action} if finding in ("env.throttled", "env.aws-fault") else {},
    )


def _unanswered(action: str, error: Exception) -> AwsFailure:
    code, params = type(error).__name__, _params(error)
    message = without_secrets(str(error)) if "answer" in params else str(error)
    if "line" in params:
        message = f"{message} (line {params['line']})"
    return AwsFailure(
        action=action,
        code=code,
        message=message,
        finding=finding_of_failure(code, message),
        took_effect_unknown=isinstance(error, _ANSWER_LOST),
        params=params,
    )


def _params(error: Exception) -> dict[str, str]:
    """Return what the exception tells of the place where it happened."""
    told = error.kwargs if isinstance(error, BotoCoreError) else {}
    named = {
        "endpoint": _host(told.get("endpoint_url")),
        "proxy": _host(told.get("proxy_url")),
        "profile": told.get("profile"),
        "mfa_device": told.get("mfa_device"),
        "answer": _answer(told) if isinstance(error, CredentialRetrievalError) else None,
        "file": told.get("path"),
        "line": _line(told) if isinstance(error, ConfigParseError) else None,
    }
    return {name: str(value) for name, value in named.items() if value}


def _answer(told: Mapping[str, object]) -> str:
    """Return what another program said; it may hold a secret, which is left out."""
    return without_secrets(str(told.get("error_msg", ""))).strip() or tr("(nothing)")


def _host(url: object) -> str | None:
    """Return host and port of an address, without the password that a proxy's may hold."""
    return urlsplit(str(url)).netloc.rpartition("@")[2] if url else None


def _line(told: Mapping[str, object]) -> int | None:
    """Return the line of a config file that is wrong; its text is left out: it may be a key."""
    cause = told.get("error")
    if type(cause) is ValueError:
        return _line_without_value(Path(str(told.get("path"))))
    if isinstance(cause, UnicodeDecodeError):
        return cause.object[: cause.start].count(b"\n") + 1
    if isinstance(cause, configparser.MissingSectionHeaderError):
        return cause.lineno
    if isinstance(cause, configparser.ParsingError):
        return cause.errors[0][0] if cause.errors else None
    if isinstance(cause, configparser.DuplicateSectionError | configparser.DuplicateOptionError):
        return cause.lineno
    return None


def _line_without_value(path: Path) -> int | None:
    """Return the first indented line, of those under an empty setting, that sets nothing.

    botocore's ``_parse_nested`` (configloader.py) refuses it without a word of where it is.
    """
    content = read_bytes(path, SMALL)
    if isinstance(content, FileProblem):
        return None
    lines = content.decode("utf-8", errors="replace").splitlines()
    nested = False
    for number, line in enumerate(lines, start=1):
        text = line.strip()
        if not text or text.startswith(("#", ";")):
            continue
        if line[0].isspace():
            if nested and "=" not in text:
                return number
        else:
            nested = text.endswith(("=", ":"))
    return None
