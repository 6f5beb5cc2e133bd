"""A server on 127.0.0.1 that answers every request as no AWS does, until it is told otherwise."""

import gzip
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from typing import Final, cast

PAGE: Final = "<!DOCTYPE html><html><head><title>Sign in</title></head><body>Wi-Fi<br></html>"
"""What a captive portal or a proxy shows to a browser."""

XHTML: Final = "<html xmlns='http://www.w3.org/1999/xhtml'><body><p>Blocked</p></body></html>"
"""The same as a page that an XML parser can read."""

_ENTITIES = "".join(
    f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in pairwise("abcdefghi")
)
BOMB: Final = f'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">{_ENTITIES}]><a>&i;</a>'
"""A few hundred bytes that come to a gigabyte."""

Reply = Callable[["Request"], None]


class Request(BaseHTTPRequestHandler):
    """One request; a reply writes to ``wfile`` what it likes."""

    protocol_version = "HTTP/1.1"
    timeout = 30
    body = b""
    """What was sent with it."""

    def handle_one_request(self) -> None:
        """Answer with the reply of the moment, whatever the method."""
        self.raw_requestline = self.rfile.readline(65537)
        if not self.raw_requestline or not self.parse_request():
            self.close_connection = True
            return
        self.body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        server = cast("_Server", self.server)
        server.asked.append(self.path)
        self.close_connection = True
        server.reply(self)
        self.wfile.flush()

    def log_message(self, *_: object) -> None:
        """Log nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, reply: Reply, port: int) -> None:
        super().__init__(("127.0.0.1", port), Request)
        self.reply = reply
        self.asked: list[str] = []

    def handle_error(self, *_: object) -> None:
        """Say nothing of a client that went away."""


@dataclass
class Hostile:
    """The server as a test has it: its address, and what was asked of it."""

    url: str
    asked: list[str] = field(default_factory=list)


@contextmanager
def hostile(reply: Reply, port: int = 0, certificate: Path | None = None) -> Iterator[Hostile]:
    """Run a server whose every answer is ``reply``, at ``port`` (0 for any that is free).

    With the file of a certificate and its key it speaks TLS, as ``localhost``.
    """
    server = _Server(reply, port)
    place = f"http://127.0.0.1:{server.server_address[1]}"
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        # Its own thread shakes hands: a client that hangs up holds nobody else up.
        server.socket = context.wrap_socket(
            server.socket, server_side=True, do_handshake_on_connect=False
        )
        place = f"https://localhost:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}).start()
    try:
        yield Hostile(place, server.asked)
    finally:
        server.shutdown()
        server.server_close()


def saying(
    body: str | bytes,
    status: int = 200,
    kind: str = "text/html",
    *,
    length: int | None = None,
    **headers: str,
) -> Reply:
    """Return a reply with ``body``; ``length`` where it lies about its own."""
    content = body.encode() if isinstance(body, str) else body

    def reply(request: Request) -> None:
        request.send_response(status)
        request.send_header("Content-Type", kind)
        request.send_header("Content-Length", str(len(content) if length is None else length))
        # It hangs up after each answer: who is not told may ask again over the same line.
        request.send_header("Connection", "close")
        for name, value in headers.items():
            request.send_header(name.replace("_", "-"), value)
        request.end_headers()
        if request.command != "HEAD":
            request.wfile.write(content)

    return reply


def resetting(request: Request) -> None:
    """Go away in the middle of the headers."""
    request.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Le")


def saying_nothing(request: Request) -> None:
    """Go away without a word."""


def no_http(request: Request) -> None:
    """Answer as another kind of server."""
    request.wfile.write(b"SSH-2.0-OpenSSH_9.6\r\n")


def broken_chunks(request: Request) -> None:
    """Begin a chunked body, and end it with nonsense."""
    request.wfile.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    request.wfile.write(b"5\r\n<html\r\nzz\r\n")


REPLIES: Final[dict[str, Reply]] = {
    "a page": saying(PAGE),
    "a page that is XML": saying(XHTML),
    "a page that calls itself XML": saying(XHTML, kind="text/xml"),
    "nothing": saying(""),
    "white space": saying("\r\n  ", kind="text/plain"),
    "half of an XML": saying("<GetRoleResponse><GetRoleResult><Role><Path>/</Pa", kind="text/xml"),
    "another XML": saying("<a><b/></a>", kind="text/xml"),
    "JSON": saying('{"Role": {"Arn": 1}, "error": null}', kind="application/json"),
    "a list as JSON": saying("[[1], 2, null]", kind="application/x-amz-json-1.1"),
    "null as JSON": saying("null", kind="application/x-amz-json-1.1"),
    "deep JSON": saying("[" * 100_000, kind="application/x-amz-json-1.1"),
    "a bomb of entities": saying(BOMB, kind="text/xml"),
    "gzip": saying(gzip.compress(b"<a/>" * 1000), kind="text/xml", Content_Encoding="gzip"),
    "gzip that is none": saying("<a/>", kind="text/xml", Content_Encoding="gzip"),
    "bytes": saying(bytes(range(256)), kind="application/octet-stream"),
    "less than it says": saying("<a/>", kind="text/xml", length=4000),
    "more than it says": saying("<a/>" * 100, kind="text/xml", length=5),
    "a redirect": saying("", 301, Location="http://127.0.0.1:1/"),
    "a redirect of S3": saying(
        "<Error><Code>PermanentRedirect</Code><Message>there</Message></Error>", 301, "text/xml"
    ),
    "a redirect to no region": saying(
        "<Error><Code>PermanentRedirect</Code></Error>", 301, "text/xml", x_amz_bucket_region=""
    ),
    "a redirect in a circle": saying(
        "<Error><Code>PermanentRedirect</Code></Error>",
        301,
        "text/xml",
        x_amz_bucket_region="eu-west-1",
    ),
    "a redirect to nonsense": saying(
        "<Error><Code>PermanentRedirect</Code></Error>",
        301,
        "text/xml",
        x_amz_bucket_region="http://[::",
    ),
    "a reset": resetting,
    "silence": saying_nothing,
    "another protocol": no_http,
    "broken chunks": broken_chunks,
    "a page of an error": saying(PAGE, 403),
    "a page of a fault": saying(PAGE, 503),
    "not modified": saying("", 304),
    "status 999": saying("", 999),
    "no content": saying("", 204),
}
"""What may come in the place of each answer of AWS."""
