"""AWS Sign-In on 127.0.0.1, as its service model and the AWS CLI's requests say.

Every request is checked against botocore's model of CreateOAuth2Token, and the signature of its
DPoP proof against the key in it (RFC 9449). Every secret that it gives out holds CANARY.
"""

import hashlib
import json
import secrets
import threading
from base64 import b64encode, urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final, cast
from urllib.parse import parse_qs, urlencode, urlsplit

from botocore.loaders import Loader
from botocore.model import OperationModel, ServiceModel
from botocore.validate import ParamValidator
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

CANARY: Final = "CANARY"
LASTS: Final = 900
JO: Final = "arn:aws:iam::111122223333:user/jo"
_CLIENTS: Final = "arn:aws:signin:::devtools/"
_JSON: Final = {"Content-Type": "application/json"}
_STATUSES: Final = {
    "AccessDeniedException": 403,
    "ValidationException": 400,
    "TooManyRequestsError": 429,
    "InternalServerException": 500,
}


class Refusal(Exception):  # noqa: N818 - an answer, not a bug
    """``code`` is the exception of the model, ``reason`` its member ``error``."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(code, reason)
        self.code = code
        self.reason = reason


@dataclass
class Allowed:
    """What a person has allowed, waiting to be exchanged."""

    client_id: str
    redirect: str
    challenge: str


@dataclass
class SignInServer:
    """The service. ``refusals`` are its coming answers to an exchange."""

    who: str = JO
    now: datetime = field(default_factory=lambda: datetime.now(UTC))
    denies: bool = False
    refusals: list[Refusal] = field(default_factory=list)
    asked: list[Mapping[str, Any]] = field(default_factory=list)
    links: list[Mapping[str, str]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    """The thumbprints of the keys that the proofs came from."""

    def __post_init__(self) -> None:
        self._codes: dict[str, Allowed] = {}
        self._refresh: dict[str, str] = {}
        self._proofs: set[str] = set()
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
        self._http.daemon_threads = True
        self._http.service = self  # type: ignore[attr-defined]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._http.server_address[1]}"

    def start(self) -> None:
        threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True).start()

    def stop(self) -> None:
        self._http.shutdown()
        self._http.server_close()

    # The person's browser

    def authorize(self, query: Mapping[str, str]) -> tuple[int, dict[str, str], bytes]:
        """Answer the link: the person signs in, allows it (or not), and is sent back."""
        self.links.append(query)
        assert set(query) == {
            "response_type",
            "client_id",
            "redirect_uri",
            "state",
            "scope",
            "code_challenge",
            "code_challenge_method",
        }
        assert query["response_type"] == "code"
        assert query["scope"] == "openid"
        assert query["code_challenge_method"] == "SHA-256"
        assert "=" not in query["code_challenge"]
        redirect = query["redirect_uri"]
        same = query["client_id"] == f"{_CLIENTS}same-device"
        if same:
            assert redirect.startswith("http://127.0.0.1:")
            assert redirect.endswith("/oauth/callback")
        else:
            assert query["client_id"] == f"{_CLIENTS}cross-device"
            assert redirect == f"{self.url}/v1/sessions/confirmation"
        back = {"state": query["state"]}
        if self.denies:
            back["error"] = "access_denied"
        else:
            code = _secret("code")
            self._codes[code] = Allowed(query["client_id"], redirect, query["code_challenge"])
            back["code"] = code
        return 302, {"Location": f"{redirect}?{urlencode(back)}"}, b""

    def shown_code(self, link: str) -> str:
        """Return what AWS shows to whoever follows ``link`` on another device."""
        query = {name: values[0] for name, values in parse_qs(urlsplit(link).query).items()}
        status, headers, _ = self.authorize(query)
        assert status == 302
        return b64encode(urlsplit(headers["Location"]).query.encode()).decode()

    # The exchange

    def token(self, proof: str | None, body: bytes) -> tuple[int, dict[str, str], bytes]:
        """Answer CreateOAuth2Token."""
        operation = _operation()
        given = json.loads(body)
        shape = operation.input_shape
        assert shape is not None
        report = ParamValidator().validate({"tokenInput": given}, shape)
        assert not report.has_errors(), report.generate_report()
        self.asked.append(given)
        try:
            if self.refusals:
                raise self.refusals.pop(0)
            answer = self._exchanged(given, self._prover(proof))
        except Refusal as refusal:
            told = {"error": refusal.reason, "message": f"{refusal.reason}: said by the server"}
            headers = {**_JSON, "x-amzn-errortype": refusal.code}
            return _STATUSES[refusal.code], headers, json.dumps(told).encode()
        output = operation.output_shape
        assert output is not None
        assert not ParamValidator().validate({"tokenOutput": answer}, output).has_errors()
        return 200, _JSON, json.dumps(answer).encode()

    def _exchanged(self, given: Mapping[str, str], key: str) -> dict[str, Any]:
        if given["grantType"] == "refresh_token":
            if self._refresh.pop(given["refreshToken"], None) != key:
                raise Refusal("AccessDeniedException", "TOKEN_EXPIRED")
            return self._issued(key)
        allowed = self._codes.pop(given["code"], None)
        if allowed is None:
            raise Refusal("AccessDeniedException", "AUTHCODE_EXPIRED")
        digest = hashlib.sha256(given["codeVerifier"].encode()).digest()
        told = Allowed(given["clientId"], given["redirectUri"], _encoded(digest))
        if told != allowed:
            raise Refusal("ValidationException", "INVALID_REQUEST")
        claims = _encoded(json.dumps({"sub": self.who, "aud": given["clientId"]}).encode())
        return {**self._issued(key), "idToken": f"{_encoded(b'{}')}.{claims}.{_encoded(b'x')}"}

    def _issued(self, key: str) -> dict[str, Any]:
        refresh = _secret("refresh")
        self._refresh[refresh] = key
        return {
            "accessToken": {
                "accessKeyId": f"ASIACONSOLE{len(self.asked)}",
                "secretAccessKey": _secret("key"),
                "sessionToken": _secret("session"),
            },
            "tokenType": "aws_sigv4",
            "expiresIn": LASTS,
            "refreshToken": refresh,
        }

    def _prover(self, proof: str | None) -> str:
        """Check a DPoP proof, and return the thumbprint of its key (RFC 7638)."""
        if proof is None:
            raise Refusal("ValidationException", "INVALID_REQUEST")
        head, claims, signature = proof.split(".")
        header, told = json.loads(_decoded(head)), json.loads(_decoded(claims))
        assert (header["typ"], header["alg"]) == ("dpop+jwt", "ES256")
        jwk = header["jwk"]
        assert (jwk["kty"], jwk["crv"]) == ("EC", "P-256")
        assert "d" not in jwk  # the private part
        numbers = ec.EllipticCurvePublicNumbers(
            int.from_bytes(_decoded(jwk["x"])), int.from_bytes(_decoded(jwk["y"])), ec.SECP256R1()
        )
        raw = _decoded(signature)
        assert len(raw) == 64
        pair = encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:]))
        try:
            numbers.public_key().verify(pair, f"{head}.{claims}".encode(), ec.ECDSA(SHA256()))
        except InvalidSignature:
            raise Refusal("ValidationException", "INVALID_REQUEST") from None
        assert (told["htm"], told["htu"]) == ("POST", f"{self.url}/v1/token")
        assert abs(told["iat"] - datetime.now(UTC).timestamp()) < 60
        assert told["jti"] not in self._proofs
        self._proofs.add(told["jti"])
        thumb = json.dumps({name: jwk[name] for name in ("crv", "kty", "x", "y")}, sort_keys=True)
        key = hashlib.sha256(thumb.encode()).hexdigest()
        self.keys.append(key)
        return key


def run_out(path: Any, ends: datetime | None = None) -> None:  # noqa: ANN401 - a path
    """Let the keys of a kept session have ended."""
    written = json.loads(path.read_text())
    ended = ends or datetime.now(UTC) - timedelta(minutes=1)
    written["accessToken"]["expiresAt"] = ended.strftime("%Y-%m-%dT%H:%M:%SZ")
    path.write_text(json.dumps(written))


def _operation() -> OperationModel:
    model = ServiceModel(Loader().load_service_model("signin", "service-2"), "signin")
    return model.operation_model("CreateOAuth2Token")


def _secret(kind: str) -> str:
    return f"{CANARY}-{kind}-{secrets.token_hex(8)}"


def _encoded(value: bytes) -> str:
    return urlsafe_b64encode(value).decode().rstrip("=")


def _decoded(text: str) -> bytes:
    assert "=" not in text
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        split = urlsplit(self.path)
        assert split.path == "/v1/authorize"
        query = {name: values[0] for name, values in parse_qs(split.query).items()}
        self._answer(*self._service.authorize(query))

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        assert self.path == "/v1/token"
        assert "Authorization" not in self.headers
        self._answer(*self._service.token(self.headers.get("DPoP"), body))

    @property
    def _service(self) -> SignInServer:
        return cast("SignInServer", self.server.service)  # type: ignore[attr-defined]

    def _answer(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass
