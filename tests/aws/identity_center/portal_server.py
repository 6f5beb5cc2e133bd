"""Identity Center on 127.0.0.1, as the service models of ``sso-oidc`` and ``sso`` say.

Every request is checked against botocore's model of its operation (members, types, what is
required), every error is one that the model lists for it, in the form of the real service.
"""

import hashlib
import json
import secrets
import threading
from base64 import urlsafe_b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final, cast
from urllib.parse import parse_qs, urlencode, urlsplit

from botocore.loaders import Loader
from botocore.model import OperationModel, ServiceModel, StructureShape
from botocore.validate import ParamValidator

CANARY: Final = "CANARY"
"""In every secret that the server gives out."""

DEVICE_GRANT: Final = "urn:ietf:params:oauth:grant-type:device_code"
TOKEN_LASTS: Final = 3600
DEVICE_LASTS: Final = 600
INTERVAL: Final = 7
PAGE: Final = 2
"""Entries on each page of a listing."""


class Refusal(Exception):  # noqa: N818 - an answer, not a bug
    def __init__(self, code: str, description: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.description = description or f"{code}: said by the test server"


@cache
def model(service: str) -> ServiceModel:
    return ServiceModel(Loader().load_service_model(service, "service-2"), service)


def input_of(operation: OperationModel) -> StructureShape:
    shape = operation.input_shape
    assert shape is not None
    return shape


def operations() -> Mapping[tuple[str, str], OperationModel]:
    found = {}
    for service in ("sso-oidc", "sso"):
        for name in model(service).operation_names:
            operation = model(service).operation_model(name)
            found[operation.http["method"], operation.http["requestUri"]] = operation
    return found


@dataclass
class Client:
    secret: str
    grants: list[str]
    redirects: list[str]
    scopes: list[str]
    issuer: str | None


@dataclass
class Grant:
    client_id: str
    expires_at: datetime
    redirect: str = ""
    challenge: str = ""
    user_code: str = ""
    allowed: bool | None = None


@dataclass
class PortalServer:
    """The service; ``now`` is its clock. ``answers`` are coming refusals of an operation."""

    start_url: str = "https://acme.awsapps.com/start"
    now: datetime = datetime(2026, 11, 5, 9, 0, tzinfo=UTC)
    accounts: list[dict[str, str]] = field(default_factory=list)
    roles: dict[str, list[str]] = field(default_factory=dict)
    answers: dict[str, list[Refusal | None]] = field(default_factory=dict)
    asked: list[tuple[str, Mapping[str, Any]]] = field(default_factory=list)
    clients: dict[str, Client] = field(default_factory=dict)
    codes: dict[str, Grant] = field(default_factory=dict)
    devices: dict[str, Grant] = field(default_factory=dict)
    tokens: dict[str, datetime] = field(default_factory=dict)
    refresh_tokens: dict[str, str] = field(default_factory=dict)
    denies: bool = False
    before: Callable[[str], None] = lambda _operation: None

    def __post_init__(self) -> None:
        self._operations = operations()
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
        self._http.daemon_threads = True
        self._http.portal = self  # type: ignore[attr-defined]
        self._thread = threading.Thread(
            target=lambda: self._http.serve_forever(poll_interval=0.02), daemon=True
        )

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._http.server_address[1]}"

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._http.shutdown()
        self._http.server_close()

    def names(self) -> list[str]:
        return [name for name, _ in self.asked]

    def refuse(self, operation: str, *codes: str | None) -> None:
        coming = [Refusal(code) if code else None for code in codes]
        self.answers.setdefault(operation, []).extend(coming)

    # Requests

    def answer(
        self, method: str, target: str, headers: Mapping[str, str], body: bytes
    ) -> tuple[int, dict[str, str], bytes]:
        split = urlsplit(target)
        query = {name: values[0] for name, values in parse_qs(split.query).items()}
        if (method, split.path) == ("GET", "/authorize"):
            return self._authorize(query)
        operation = self._operations.get((method, split.path))
        if operation is None:
            return 404, {}, b""
        given = _given(operation, query, headers, body)
        self.asked.append((operation.name, given))
        self.before(operation.name)
        try:
            return 200, _JSON, json.dumps(self._run(operation, given)).encode()
        except Refusal as refusal:
            return _error(operation, refusal)

    def _run(self, operation: OperationModel, given: Mapping[str, Any]) -> dict[str, Any]:
        asked = input_of(operation)
        report = ParamValidator().validate(given, asked)
        unknown = given.keys() - asked.members.keys()
        if report.has_errors() or unknown:
            raise Refusal("InvalidRequestException", report.generate_report() or str(unknown))
        coming = self.answers.get(operation.name, [])
        refusal = coming.pop(0) if coming else None
        if refusal is not None:
            raise refusal
        answer: dict[str, Any] = getattr(self, f"_{operation.name}")(given)
        shape = operation.output_shape
        assert shape is not None
        assert not ParamValidator().validate(answer, shape).has_errors()
        return answer

    def _RegisterClient(self, given: Mapping[str, Any]) -> dict[str, Any]:  # noqa: N802
        if given["clientType"] != "public":
            raise Refusal("InvalidClientMetadataException")
        grants = given.get("grantTypes", [DEVICE_GRANT, "refresh_token"])
        whole = given.get("redirectUris") and given.get("issuerUrl") == self.start_url
        if "authorization_code" in grants and not whole:
            raise Refusal("InvalidRequestException")
        client_id = f"client-{len(self.clients) + 1}"
        self.clients[client_id] = Client(
            secret=_secret("client-secret"),
            grants=grants,
            redirects=given.get("redirectUris", []),
            scopes=given.get("scopes", []),
            issuer=given.get("issuerUrl"),
        )
        return {
            "clientId": client_id,
            "clientSecret": self.clients[client_id].secret,
            "clientIdIssuedAt": int(self.now.timestamp()),
            "clientSecretExpiresAt": int((self.now + timedelta(days=90)).timestamp()),
        }

    def _authorize(self, query: Mapping[str, str]) -> tuple[int, dict[str, str], bytes]:
        client = self.clients[query["client_id"]]
        redirect = urlsplit(query["redirect_uri"])
        assert query["response_type"] == "code"
        assert query["code_challenge_method"] == "S256"
        assert "authorization_code" in client.grants
        assert query["scopes"].split() == client.scopes
        assert f"{redirect.scheme}://{redirect.hostname}{redirect.path}" in client.redirects
        back = {"state": query["state"]}
        if self.denies:
            back["error"] = "access_denied"
            back["error_description"] = "the person said no"
        else:
            code = _secret("code")
            self.codes[code] = Grant(
                client_id=query["client_id"],
                expires_at=self.now + timedelta(minutes=5),
                redirect=query["redirect_uri"],
                challenge=query["code_challenge"],
            )
            back["code"] = code
        return 302, {"Location": f"{query['redirect_uri']}?{urlencode(back)}"}, b""

    def _client(self, given: Mapping[str, Any]) -> Client:
        client = self.clients.get(given["clientId"])
        if client is None or client.secret != given["clientSecret"]:
            raise Refusal("InvalidClientException")
        return client

    def _StartDeviceAuthorization(self, given: Mapping[str, Any]) -> dict[str, Any]:  # noqa: N802
        self._client(given)
        if given["startUrl"] != self.start_url:
            raise Refusal("InvalidRequestException")
        code, user_code = _secret("device"), f"ABCD-EF{len(self.devices):02d}"
        expires_at = self.now + timedelta(seconds=DEVICE_LASTS)
        self.devices[code] = Grant(given["clientId"], expires_at, user_code=user_code)
        page = f"{self.start_url}/#/device"
        return {
            "deviceCode": code,
            "userCode": user_code,
            "verificationUri": page,
            "verificationUriComplete": f"{page}?user_code={user_code}",
            "expiresIn": DEVICE_LASTS,
            "interval": INTERVAL,
        }

    def decide(self, user_code: str, *, allow: bool = True) -> None:
        """Let the person enter ``user_code`` elsewhere and allow it, or not."""
        next(
            grant for grant in self.devices.values() if grant.user_code == user_code
        ).allowed = allow

    def _CreateToken(self, given: Mapping[str, Any]) -> dict[str, Any]:  # noqa: N802
        client = self._client(given)
        if given["grantType"] not in client.grants:
            raise Refusal("UnauthorizedClientException")
        check = {
            "authorization_code": self._check_code,
            DEVICE_GRANT: self._check_device,
            "refresh_token": self._check_refresh,
        }.get(given["grantType"])
        if check is None:
            raise Refusal("UnsupportedGrantTypeException")
        check(given)
        return self._issue(given["clientId"], client)

    def _check_code(self, given: Mapping[str, Any]) -> None:
        grant = self.codes.pop(given["code"], None)
        if grant is None or grant.client_id != given["clientId"]:
            raise Refusal("InvalidGrantException")
        digest = hashlib.sha256(given["codeVerifier"].encode()).digest()
        challenge = urlsafe_b64encode(digest).decode().rstrip("=")
        if challenge != grant.challenge or given["redirectUri"] != grant.redirect:
            raise Refusal("InvalidGrantException")

    def _check_device(self, given: Mapping[str, Any]) -> None:
        grant = self.devices[given["deviceCode"]]
        if self.now >= grant.expires_at:
            raise Refusal("ExpiredTokenException")
        if grant.allowed is None:
            raise Refusal("AuthorizationPendingException")
        if not grant.allowed:
            raise Refusal("AccessDeniedException")
        del self.devices[given["deviceCode"]]

    def _check_refresh(self, given: Mapping[str, Any]) -> None:
        if self.refresh_tokens.pop(given["refreshToken"], None) != given["clientId"]:
            raise Refusal("InvalidGrantException")

    def _issue(self, client_id: str, client: Client) -> dict[str, Any]:
        token = _secret("access-token")
        self.tokens[token] = self.now + timedelta(seconds=TOKEN_LASTS)
        answer: dict[str, Any] = {
            "accessToken": token,
            "tokenType": "Bearer",
            "expiresIn": TOKEN_LASTS,
        }
        if client.scopes:
            refresh_token = _secret("refresh-token")
            self.refresh_tokens[refresh_token] = client_id
            answer["refreshToken"] = refresh_token
        return answer

    # The portal

    def _person(self, given: Mapping[str, Any]) -> None:
        if self.tokens.get(given["accessToken"], self.now) <= self.now:
            raise Refusal("UnauthorizedException", "Session token not found or invalid")

    def _ListAccounts(self, given: Mapping[str, Any]) -> dict[str, Any]:  # noqa: N802
        self._person(given)
        return _page(given, "accountList", self.accounts)

    def _ListAccountRoles(self, given: Mapping[str, Any]) -> dict[str, Any]:  # noqa: N802
        self._person(given)
        account = given["accountId"]
        names = self.roles.get(account)
        if names is None:
            raise Refusal("ForbiddenException", "No access")
        rows = [{"roleName": name, "accountId": account} for name in names]
        return _page(given, "roleList", rows)

    def _GetRoleCredentials(self, given: Mapping[str, Any]) -> dict[str, Any]:  # noqa: N802
        self._person(given)
        if given["roleName"] not in self.roles.get(given["accountId"], []):
            raise Refusal("ForbiddenException", "No access")
        expires_at = datetime.now(UTC) + timedelta(hours=1)  # botocore's own clock counts
        return {
            "roleCredentials": {
                "accessKeyId": "ASIAFROMTHEPORTAL",
                "secretAccessKey": _secret("key"),
                "sessionToken": _secret("session"),
                "expiration": int(expires_at.timestamp() * 1000),
            }
        }


_JSON: Final = {"Content-Type": "application/json"}
_UNMODELLED: Final = {"ForbiddenException": 403}
"""What the portal is known to answer though its model does not say so."""


def _given(
    operation: OperationModel, query: Mapping[str, str], headers: Mapping[str, str], body: bytes
) -> Mapping[str, Any]:
    """Return the members of a request, from where the model says that they are."""
    given: dict[str, Any] = json.loads(body) if body else {}
    for name, shape in input_of(operation).members.items():
        place = shape.serialization.get("location")
        source = {"header": headers, "querystring": query}.get(place or "", {})
        value = source.get(shape.serialization.get("name", name))
        if value is not None:
            given[name] = int(value) if shape.type_name == "integer" else value
    return given


def _error(operation: OperationModel, refusal: Refusal) -> tuple[int, dict[str, str], bytes]:
    shapes = {shape.name: cast("StructureShape", shape) for shape in operation.error_shapes}
    if refusal.code in _UNMODELLED:
        status = _UNMODELLED[refusal.code]
    else:
        status = shapes[refusal.code].metadata["error"]["httpStatusCode"]
    members = set(shapes[refusal.code].members) if refusal.code in shapes else {"message"}
    said = (
        {"message": refusal.description}
        if "message" in members
        else {
            "error": refusal.code.removesuffix("Exception").lower(),
            "error_description": refusal.description,
        }
    )
    return status, {**_JSON, "x-amzn-errortype": refusal.code}, json.dumps(said).encode()


def _page(given: Mapping[str, Any], name: str, rows: list[dict[str, str]]) -> dict[str, Any]:
    start = int(given.get("nextToken", "0"))
    page: dict[str, Any] = {name: rows[start : start + PAGE]}
    if start + PAGE < len(rows):
        page["nextToken"] = str(start + PAGE)
    return page


def _secret(kind: str) -> str:
    return f"{CANARY}-{kind}-{secrets.token_hex(8)}"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def _any(self) -> None:
        portal = cast("PortalServer", self.server.portal)  # type: ignore[attr-defined]
        length = int(self.headers.get("Content-Length") or 0)
        status, headers, body = portal.answer(
            self.command, self.path, dict(self.headers), self.rfile.read(length)
        )
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = _any  # noqa: N815 - the names that http.server calls

    def log_message(self, *_: object) -> None:
        pass
