"""The way from this computer to the practice AWS, and what can be wrong with it."""

import contextlib
import http.client
import itertools
import socket
import threading
from urllib.parse import urlsplit

from tests.aws.hostile_server import Reply, Request

_SECONDS = 10.0


class Line:
    """What answers in the place of AWS: AWS itself, as long as nothing is ``wrong``.

    ``wrong_with`` is the one service that it is wrong with; None for all.
    """

    def __init__(self, aws: str) -> None:
        self._aws = urlsplit(aws).netloc
        self.wrong: Reply | None = None
        self.wrong_with: str | None = None

    def __call__(self, request: Request) -> None:
        """Answer one request."""
        if self.wrong is not None and self.wrong_with in (None, _service(request)):
            self.wrong(request)
        else:
            self.through(request)

    def through(self, request: Request) -> None:
        """Let AWS itself answer."""
        pass_on(request, self._aws)


def _service(request: Request) -> str:
    """Return whom a request is for, by its signature."""
    scope = request.headers.get("Authorization", "").partition("Credential=")[2]
    return (scope.split("/") + [""] * 4)[3]


def pass_on(request: Request, netloc: str) -> None:
    """Hand a request on to ``netloc``, and its answer back as it came."""
    line = http.client.HTTPConnection(netloc, timeout=_SECONDS)
    with contextlib.closing(line):
        line.request(request.command, request.path, request.body, dict(request.headers.items()))
        answer = line.getresponse()
        body = answer.read()
        request.send_response_only(answer.status, answer.reason)
        for name, value in answer.getheaders():
            if name.lower() not in ("connection", "transfer-encoding"):
                request.send_header(name, value)
        request.end_headers()
        request.wfile.write(body)
    request.close_connection = False


def once(wrong: Reply, then: Reply) -> Reply:
    """Return a reply that is ``wrong`` the first time."""
    times = itertools.count()

    def reply(request: Request) -> None:
        (wrong if next(times) == 0 else then)(request)

    return reply


def silent(stop: threading.Event) -> Reply:
    """Return a reply that takes the request and says nothing, until somebody stops."""

    def reply(request: Request) -> None:
        del request
        stop.wait(_SECONDS)

    return reply


def headers_only(request: Request) -> None:
    """Tell of a body, and go away."""
    request.wfile.write(b"HTTP/1.1 200 OK\r\nx-amzn-RequestId: R1\r\nContent-Length: 900\r\n\r\n")


def half_a_body(request: Request) -> None:
    """Go away in the middle of a body whose length was told."""
    headers_only(request)
    request.wfile.write(b"<?xml version='1.0'?><ListBucketResult><Contents><Key>a</Key>")


def half_a_chunk(request: Request) -> None:
    """Go away in the middle of a chunked body."""
    request.wfile.write(b"HTTP/1.1 200 OK\r\nx-amzn-RequestId: R1\r\n")
    request.wfile.write(b"Transfer-Encoding: chunked\r\n\r\n")
    request.wfile.write(b"40\r\n<?xml version='1.0'?><ListBucketResult>")


def tunnelling(request: Request) -> None:
    """Do what a proxy does: open a way to whom the request names, and let all through."""
    host, _, port = request.path.rpartition(":")
    with socket.create_connection((host, int(port)), timeout=_SECONDS) as server:
        request.wfile.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        request.wfile.flush()
        back = threading.Thread(target=_pump, args=(server, request.connection), daemon=True)
        back.start()
        _pump(request.connection, server)
        back.join()


def _pump(source: socket.socket, target: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while part := source.recv(65536):
            target.sendall(part)
    with contextlib.suppress(OSError):
        target.shutdown(socket.SHUT_WR)


def refusing(status: int, reason: str) -> Reply:
    """Return a proxy's refusal to open a way."""

    def reply(request: Request) -> None:
        request.wfile.write(f"HTTP/1.1 {status} {reason}\r\nContent-Length: 0\r\n\r\n".encode())

    return reply
