"""AWS Sign-In of the practice AWS: the page in the browser, and the exchange of its code.

It behaves as botocore's model ``signin/2023-01-01`` says, and takes the links that the AWS CLI
makes. Whoever signs in is the practice account's administrator.
"""

import json
import secrets
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final
from urllib.parse import urlencode, urlsplit

from app.practice.account import ACCOUNT_ID, ADMIN_USER
from app.practice.console_pages import code_page, question_page
from app.practice.console_sessions import Allowed, ConsoleSignIns, IssuedKeys, Renewable
from app.practice.dpop import prover
from app.practice.exchange import HttpAnswer, HttpCall

ADMIN_ARN: Final = f"arn:aws:iam::{ACCOUNT_ID}:user/{ADMIN_USER}"

_AUTHORIZE: Final = "/v1/authorize"
_TOKEN: Final = "/v1/token"  # noqa: S105 - a path
_CONFIRMATION: Final = "/v1/sessions/confirmation"
_HERE: Final = "arn:aws:signin:::devtools/same-device"
_ELSEWHERE: Final = "arn:aws:signin:::devtools/cross-device"
_KEYS_LAST: Final = timedelta(seconds=900)
_RENEWABLE: Final = timedelta(hours=12)


class _RefusedError(Exception):
    """``code`` is the model's exception, ``reason`` its member ``error``."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


def is_sign_in(call: HttpCall) -> bool:
    """Tell whether ``call`` is for AWS Sign-In: no bucket's name is as short as ``v1``."""
    return call.path in {_AUTHORIZE, _TOKEN, _CONFIRMATION}


def serve(call: HttpCall, sign_ins: ConsoleSignIns, now: datetime) -> HttpAnswer:
    """Answer a request of the browser, or of a program that exchanges a code or renews."""
    if call.path == _TOKEN:
        return _token(call, sign_ins, now)
    if call.path == _CONFIRMATION:
        return _page(200, code_page(b64encode(call.query_string.encode()).decode()))
    return _authorize(call, sign_ins)


# The browser


def _authorize(call: HttpCall, sign_ins: ConsoleSignIns) -> HttpAnswer:
    query = call.query
    decision = query.pop("decision", "")
    if not _is_whole(query, _address(call)):
        return _page(400, "Bad Request")  # AWS's own page says no more
    if decision not in {"allow", "deny"}:
        return _page(200, question_page(query))
    back = {"state": query["state"]}
    if decision == "allow":
        back["code"] = code = secrets.token_urlsafe(32)
        sign_ins.allowed[code] = Allowed(
            query["client_id"], query["redirect_uri"], query["code_challenge"]
        )
    else:
        back["error"] = "access_denied"
    return HttpAnswer(302, (("Location", f"{query['redirect_uri']}?{urlencode(back)}"),))


def _is_whole(query: Mapping[str, str], address: str) -> bool:
    right = {
        "response_type": "code",
        "scope": "openid",
        "code_challenge_method": "SHA-256",
    }
    if any(query.get(name) != value for name, value in right.items()):
        return False
    if not query.get("state") or not query.get("code_challenge"):
        return False
    redirect = query.get("redirect_uri", "")
    if query.get("client_id") == _ELSEWHERE:
        return redirect == f"{address}{_CONFIRMATION}"
    try:
        place = urlsplit(redirect)
    except ValueError:
        return False
    loopback = (place.scheme, place.hostname, place.path) == (
        "http",
        "127.0.0.1",
        "/oauth/callback",
    )
    return query.get("client_id") == _HERE and loopback


# The program


def _token(call: HttpCall, sign_ins: ConsoleSignIns, now: datetime) -> HttpAnswer:
    try:
        return _json(200, _exchanged(call, sign_ins, now))
    except _RefusedError as refused:
        return _refused(refused)


def _exchanged(call: HttpCall, sign_ins: ConsoleSignIns, now: datetime) -> dict[str, object]:
    key = prover(call.header("DPoP"), f"{_address(call)}{_TOKEN}", now)
    try:
        asked = json.loads(call.body)
    except ValueError:
        asked = None
    if key is None or not isinstance(asked, dict):
        raise _RefusedError("ValidationException", "INVALID_REQUEST")
    exchange = _EXCHANGES.get(str(asked.get("grantType")))
    if exchange is None:
        raise _RefusedError("ValidationException", "unsupported_grant_type")
    return exchange(asked, key, sign_ins, now)


def _of_code(
    asked: Mapping[str, object], key: str, sign_ins: ConsoleSignIns, now: datetime
) -> dict[str, object]:
    allowed = sign_ins.allowed.pop(str(asked.get("code")), None)
    if allowed is None:
        raise _RefusedError("AccessDeniedException", "AUTHCODE_EXPIRED")
    digest = sha256(str(asked.get("codeVerifier")).encode()).digest()
    told = Allowed(str(asked.get("clientId")), str(asked.get("redirectUri")), _encoded(digest))
    if told != allowed:
        raise _RefusedError("ValidationException", "INVALID_REQUEST")
    claims = {"sub": ADMIN_ARN, "aud": told.client_id, "iat": int(now.timestamp())}
    parts: tuple[dict[str, object], ...] = ({"alg": "none"}, claims, {})
    token = ".".join(_encoded(json.dumps(part).encode()) for part in parts)
    return {**_issued(Renewable(key, now + _RENEWABLE), sign_ins, now), "idToken": token}


def _of_refresh(
    asked: Mapping[str, object], key: str, sign_ins: ConsoleSignIns, now: datetime
) -> dict[str, object]:
    session = sign_ins.renewable.pop(str(asked.get("refreshToken")), None)
    if session is None or session.key != key or now >= session.until:
        raise _RefusedError("AccessDeniedException", "TOKEN_EXPIRED")
    return _issued(session, sign_ins, now)


_EXCHANGES: Final[
    Mapping[
        str,
        Callable[[Mapping[str, object], str, ConsoleSignIns, datetime], dict[str, object]],
    ]
] = {"authorization_code": _of_code, "refresh_token": _of_refresh}


def _issued(session: Renewable, sign_ins: ConsoleSignIns, now: datetime) -> dict[str, object]:
    refresh = secrets.token_urlsafe(32)
    sign_ins.renewable[refresh] = session
    key_id = f"ASIAPRACTICE{secrets.token_hex(4).upper()}"
    keys = IssuedKeys(secrets.token_urlsafe(30), secrets.token_urlsafe(60), now, now + _KEYS_LAST)
    sign_ins.keys[key_id] = keys
    return {
        "accessToken": {
            "accessKeyId": key_id,
            "secretAccessKey": keys.secret_access_key,
            "sessionToken": keys.session_token,
        },
        "tokenType": "aws_sigv4",
        "expiresIn": int(_KEYS_LAST.total_seconds()),
        "refreshToken": refresh,
    }


# Answers


def _address(call: HttpCall) -> str:
    return f"http://{call.header('Host')}"


def _refused(refused: _RefusedError) -> HttpAnswer:
    status = 403 if refused.code == "AccessDeniedException" else 400
    answer = _json(status, {"error": refused.reason, "message": f"{refused.reason}."})
    return answer.with_header("x-amzn-errortype", refused.code)


def _json(status: int, content: Mapping[str, object]) -> HttpAnswer:
    answer = HttpAnswer(status, (("Content-Type", "application/json"),))
    return answer.with_body(json.dumps(content).encode())


def _page(status: int, html: str) -> HttpAnswer:
    headers = (
        ("Content-Type", "text/html; charset=utf-8"),
        ("Cache-Control", "no-store"),
        ("Referrer-Policy", "no-referrer"),
    )
    return HttpAnswer(status, headers).with_body(html.encode())


def _encoded(value: bytes) -> str:
    return urlsafe_b64encode(value).decode().rstrip("=")
