"""The practice AWS without a network: botocore hands it each request in its own thread.

All is as over HTTP but for the line itself: botocore signs, sends again and reads answers, the
program's session keeps its bounds, the gate answers. What a real line does is tried over real
sockets, in ``tests/aws/transport``, ``tests/aws`` and the tests of ``tests/practice`` that don't
ask for this.
"""

import contextlib
import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote_to_bytes

import pytest
from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.exceptions import ConnectionClosedError, ReadTimeoutError
from botocore.httpsession import URLLib3Session
from urllib3 import HTTPHeaderDict, HTTPResponse

from app.practice.faults import HungUpError
from app.practice.server import PracticeAws

if TYPE_CHECKING:
    from app.practice.gate import Gate

_NO_HEADERS: Final = ("content-type", "content-length")
"""What WSGI names without ``HTTP_`` (PEP 3333)."""


@contextlib.contextmanager
def in_memory(aws: PracticeAws) -> Iterator[None]:
    """Let every HTTP session of botocore reach ``aws`` by a call for as long as the block lasts.

    Requests for other addresses go where they go.
    """
    gate, address, over_http = aws._started()[0], aws.endpoint_url, URLLib3Session.send

    def send(session: URLLib3Session, request: AWSPreparedRequest) -> AWSResponse:
        url = str(request.url)
        if not url.startswith(address):
            return over_http(session, request)
        answer = _called(gate, url.removeprefix(address), request)
        headers: Any = answer.headers  # botocore keeps urllib3's, whatever its types say
        response = AWSResponse(url, answer.status, headers, answer)
        if not request.stream_output:
            _ = response.content  # read to its end, as botocore's own session does
        return response

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(URLLib3Session, "send", send)
        yield


def _called(gate: "Gate", target: str, request: AWSPreparedRequest) -> HTTPResponse:
    """Return the gate's answer to ``request``, or raise what botocore makes of none."""
    started: list[tuple[str, list[tuple[str, str]]]] = []

    def start_response(status: str, headers: list[tuple[str, str]], *_error: object) -> Any:  # noqa: ANN401
        started.append((status, headers))

    try:
        body = b"".join(gate(_environ(target, request), start_response))
    except HungUpError as error:
        raise ConnectionClosedError(
            error=error, request=request, endpoint_url=request.url
        ) from error
    except ConnectionAbortedError as error:  # it is silent
        raise ReadTimeoutError(endpoint_url=request.url, error=error) from error
    status, headers = started[-1]
    return HTTPResponse(
        io.BytesIO(body if request.method != "HEAD" else b""),
        HTTPHeaderDict(headers),
        int(status.split()[0]),
        preload_content=False,
        decode_content=False,
        enforce_content_length=False,
        request_method=request.method,
    )


def _environ(target: str, request: AWSPreparedRequest) -> dict[str, Any]:
    """Return what a web server would make of ``request`` (PEP 3333, and werkzeug's ``RAW_URI``)."""
    path, _, query = target.partition("?")
    body = _read(request.body)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": request.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
        "QUERY_STRING": query,
        "RAW_URI": target,
        "REQUEST_URI": target,
        "REMOTE_ADDR": "127.0.0.1",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": str(request.url).split("/")[2].rpartition(":")[2],
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": str(request.url).split("/")[2],
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    given: dict[str, str | bytes] = dict(request.headers.items())
    for name, value in given.items():
        text = value.decode("latin-1") if isinstance(value, bytes) else value
        key = name.upper().replace("-", "_")
        environ[key if name.lower() in _NO_HEADERS else f"HTTP_{key}"] = text
    return environ


def _read(body: object) -> bytes:
    if body is None:
        return b""
    if isinstance(body, str):
        return body.encode()
    if isinstance(body, bytes | bytearray):
        return bytes(body)
    content: bytes = body.read()  # type: ignore[attr-defined]
    return content
