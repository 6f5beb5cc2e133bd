"""One HTTP request to the practice AWS and its answer, as plain values.

The gate reads a request whole before it decides, and hands it on to moto only when the caller
may have it.
"""

import io
import json
import re
import secrets
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, unquote

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


@dataclass(frozen=True, slots=True)
class HttpCall:
    """A request: ``path`` and ``query_string`` as they were sent, header names in lower case."""

    method: str
    path: str
    query_string: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def query(self) -> dict[str, str]:
        """The query's parameters, decoded; one without a value is an empty text."""
        return dict(parse_qsl(self.query_string, keep_blank_values=True))

    @property
    def form(self) -> dict[str, str]:
        """The parameters of AWS's query protocol (IAM, STS), which come as a form."""
        return dict(parse_qsl(self.body.decode(errors="replace"), keep_blank_values=True))

    @property
    def json(self) -> dict[str, Any]:
        """The parameters of AWS's JSON protocol (KMS, CloudTrail); none where there are none."""
        try:
            asked = json.loads(self.body or b"{}")
        except ValueError:
            return {}
        return asked if isinstance(asked, dict) else {}

    @property
    def decoded_path(self) -> str:
        """The path with its percent-encoding undone."""
        return unquote(self.path)

    def header(self, name: str) -> str:
        """Return the header ``name``, or an empty text."""
        return self.headers.get(name.lower(), "")


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """What the practice AWS answers."""

    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""

    @property
    def ok(self) -> bool:
        """True where the call did what it should."""
        return self.status < 300

    def with_header(self, name: str, value: str) -> "HttpAnswer":
        """Return the answer with the header ``name`` set to ``value``."""
        kept = tuple(pair for pair in self.headers if pair[0].lower() != name.lower())
        return replace(self, headers=(*kept, (name, value)))

    def with_body(self, body: bytes) -> "HttpAnswer":
        """Return the answer with another body, and its length in the header."""
        return replace(self, body=body).with_header("Content-Length", str(len(body)))

    @property
    def request_id(self) -> str | None:
        """The id that the answer carries, or None."""
        return next((text for name, text in self.headers if name.lower() in _ID_HEADERS), None)

    def identified(self, service: str) -> "HttpAnswer":
        """Return the answer with an id in the form of ``service``, as each answer of AWS has one.

        moto's own have another form; where the body repeats the id, it is the same there.
        """
        if service == "s3":
            bare = tuple(pair for pair in self.headers if pair[0].lower() not in _ID_HEADERS)
            request_id = secrets.token_hex(8).upper()
            return replace(self, headers=bare).with_header(_ID_HEADERS[1], request_id)
        request_id = str(uuid.uuid4())
        element = f"<RequestId>{request_id}</RequestId>".encode()
        body = re.sub(rb"<RequestId>[^<]*</RequestId>", element, self.body)
        return self.with_header(_ID_HEADERS[0], request_id).with_body(body)

    def send(self, start_response: "StartResponse") -> Iterable[bytes]:
        """Give the answer back to the web server."""
        start_response(f"{self.status} {_REASONS.get(self.status, 'Error')}", list(self.headers))
        return [self.body] if self.body else []


_ID_HEADERS = ("x-amzn-requestid", "x-amz-request-id")
_REASONS = {
    200: "OK",
    204: "No Content",
    206: "Partial Content",
    301: "Moved Permanently",
    302: "Found",
    304: "Not Modified",
    400: "Bad Request",
    403: "Forbidden",
    404: "Not Found",
    409: "Conflict",
    412: "Precondition Failed",
    500: "Internal Server Error",
    503: "Service Unavailable",
}


def read_call(environ: "WSGIEnvironment") -> HttpCall:
    """Return the request of ``environ``, its body read to the end."""
    raw = str(environ.get("RAW_URI") or environ.get("PATH_INFO", "/"))
    path, _, query_string = raw.partition("?")
    # WSGI turns "-" into "_"; moto's web server keeps the names that had a "_" of their own.
    spelt: dict[str, str] = environ.get("moto.preserved_header_names") or {}
    headers = {
        spelt.get(name, name[5:].replace("_", "-")).lower(): str(value)
        for name, value in environ.items()
        if name.startswith("HTTP_")
    }
    for name in ("CONTENT_TYPE", "CONTENT_LENGTH"):
        if environ.get(name):
            headers[name.replace("_", "-").lower()] = str(environ[name])
    return HttpCall(environ["REQUEST_METHOD"], path, query_string, headers, _body(environ))


def _body(environ: "WSGIEnvironment") -> bytes:
    stream = environ["wsgi.input"]
    if environ.get("wsgi.input_terminated"):
        data: bytes = stream.read()
        return data
    length = int(environ.get("CONTENT_LENGTH") or 0)
    read: bytes = stream.read(length) if length else b""
    return read


def forward(
    application: "WSGIApplication",
    environ: "WSGIEnvironment",
    body: bytes,
    headers: Mapping[str, str],
) -> HttpAnswer:
    """Hand the request of ``environ`` on to ``application`` with this body and extra headers.

    Whatever the application raises is passed on to the caller.
    """
    inner = {**environ, "wsgi.input": io.BytesIO(body), "CONTENT_LENGTH": str(len(body))}
    inner.pop("wsgi.input_terminated", None)
    inner.pop("HTTP_TRANSFER_ENCODING", None)
    for name, value in headers.items():
        inner["HTTP_" + name.upper().replace("-", "_")] = value
    started: list[tuple[str, list[tuple[str, str]]]] = []

    def start_response(
        status: str, response_headers: list[tuple[str, str]], _error: object = None, /
    ) -> "_Write":
        started.append((status, response_headers))
        return _no_write

    chunks = application(inner, start_response)
    try:
        content = b"".join(chunks)
    finally:
        close = getattr(chunks, "close", None)
        if close is not None:
            close()
    status, response_headers = started[-1]
    return HttpAnswer(int(status.split()[0]), tuple(response_headers), content)


if TYPE_CHECKING:
    from collections.abc import Callable

    _Write = Callable[[bytes], object]


def _no_write(_data: bytes, /) -> None:
    raise NotImplementedError("moto answers with an iterable, not with write()")
