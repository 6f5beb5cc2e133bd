"""Asking for a newer version: one request that says nothing of who asks.

It goes the way of every other: this computer's proxy and trusted certificates, and within bounds.
"""

import os
from http import HTTPStatus
from typing import Final

from botocore.awsrequest import AWSRequest
from botocore.exceptions import SSLError
from botocore.utils import get_environ_proxies

from app.aws.transport.bounds import Bounds, one_call
from app.aws.transport.core_sessions import settings_only
from app.aws.transport.failures import attempt
from app.aws.transport.trust import http_session
from app.core.failure import AwsFailure
from app.core.newer_version import LookProblem

BOUNDS: Final = Bounds(seconds=20.0, requests=1, body=16 * 1024)
"""An answer is a kilobyte. Nobody waits for it, and nobody is to be kept busy with it."""

_SECONDS: Final = 10
_AGENT: Final = "ubiquity-s3-setup"
"""Neither version nor system: nobody is to be told apart by it."""
_UNREACHABLE: Final = frozenset({"env.offline", "env.proxy", "env.timeout"})


def ask(address: str, bounds: Bounds = BOUNDS) -> bytes | LookProblem:
    """Return what ``address`` answers with status 200; a redirect is none. Blocks."""
    answer = attempt("look-for-update", lambda: _answer(address, bounds))
    if not isinstance(answer, AwsFailure):
        return answer
    if answer.finding == "env.tls-intercepted":
        return LookProblem.CERTIFICATE
    return LookProblem.UNREACHABLE if answer.finding in _UNREACHABLE else LookProblem.ANSWER


def _answer(address: str, bounds: Bounds) -> bytes | LookProblem:
    headers = {"User-Agent": _AGENT, "Accept": "application/json"}
    request = AWSRequest("GET", address, headers=headers).prepare()
    session = http_session(_bundle(), timeout=_SECONDS, proxies=get_environ_proxies(address))
    try:
        with one_call(bounds):
            response = session.send(request)
    except SSLError:
        return LookProblem.CERTIFICATE
    finally:
        session.close()
    return response.content if response.status_code == HTTPStatus.OK else LookProblem.ANSWER


def _bundle() -> str | None:
    """Return the file of certificates that this computer's settings name, as for AWS."""
    named = settings_only().get_config_variable("ca_bundle")
    return str(named) if named else os.environ.get("REQUESTS_CA_BUNDLE")
