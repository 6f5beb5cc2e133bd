"""The one page on this computer to which the browser comes back from the sign-in.

Source: RFC 8252, "OAuth 2.0 for Native Apps", sections 7.3 and 8.3: the loopback address, a port
of the moment, open only while it is needed.
"""

import asyncio
import contextlib
import hmac
import re
import socket
import socketserver
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from enum import Enum, auto
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final, Self, cast
from urllib.parse import parse_qs, urlsplit

PATH: Final = "/oauth/callback"

_PAGE_PATIENCE: Final = 25.0
"""Seconds for which the browser waits until the program knows whether it worked."""

_HEADERS: Final = {
    "Content-Type": "text/html; charset=utf-8",
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Connection": "close",
}

_UNANSWERED_AT_MOST: Final = 32
"""Connections that may be open at a time without a whole request; a browser opens about six."""


class BrowserWords(Enum):
    """What the page in the browser says."""

    WORKED = auto()
    FAILED = auto()
    IN_PROGRAM = auto()
    """How it ended is shown in the program."""
    NOT_OURS = auto()
    """What was asked does not belong to this sign-in, which goes on."""


PageText = Callable[[BrowserWords], str]
"""Makes the HTML page."""


@dataclass(frozen=True, slots=True)
class CameBack:
    """What the browser brought: a code, or the name of an error."""

    code: str = field(default="", repr=False)
    error: str = ""


class Callback:
    """Listens on 127.0.0.1, at a port of the moment, from ``with`` to its end.

    A code or an error counts only with ``state``, and only what comes first: another program or
    web page can neither put its own sign-in in the place of this one nor end it, be it with many
    requests or with one that never ends. What doesn't count is answered, and leaves nothing.
    """

    def __init__(self, state: str, page: PageText) -> None:
        """Open the port; raises OSError where that is not possible."""
        self._server = _Server(state, page)
        self.closed = threading.Event()
        """Set once the port is closed."""

    @property
    def address(self) -> str:
        """Where the browser comes back to."""
        return f"http://127.0.0.1:{self._server.server_address[1]}{PATH}"

    async def came_back(self) -> CameBack:
        """Wait for the browser."""
        return await asyncio.shield(asyncio.wrap_future(self._server.came_back))

    def tell(self, *, worked: bool) -> None:
        """Tell the waiting browser whether the sign-in worked."""
        if not self._server.outcome.done():
            self._server.outcome.set_result(worked)

    def __enter__(self) -> Self:
        threading.Thread(target=self._serve, name="sign-in-callback", daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        # From another thread: it waits until the listening has ended, which a window must not.
        self.tell(worked=False)
        threading.Thread(target=self._server.shutdown, daemon=True).start()

    def _serve(self) -> None:
        self._server.serve_forever(poll_interval=0.1)
        self._server.server_close()
        self.closed.set()


class _Server(ThreadingHTTPServer):
    # A browser opens connections in reserve: one that stays silent must not hold up the other.
    daemon_threads = True
    # With socketserver's five a crowd lets a newcomer wait for seconds.
    request_queue_size = 128
    # On Windows another program could otherwise take the same port.
    allow_reuse_address = False

    def __init__(self, state: str, page: PageText) -> None:
        self.state = state
        self.page = page
        self.came_back: Future[CameBack] = Future()
        self.outcome: Future[bool] = Future()
        self._lock = threading.Lock()
        self._unanswered: list[socket.socket] = []
        """Whose request is not read yet, the oldest first."""
        super().__init__(("127.0.0.1", 0), _Handler)

    def server_bind(self) -> None:
        """Bind without asking for the name of 127.0.0.1, which can take long."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = "127.0.0.1", self.server_address[1]

    def process_request(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 - as there
        """Read the request in a thread; where many are silent, the one that is so longest goes."""
        with self._lock:
            self._unanswered.append(request)
            crowd = self._unanswered[:-_UNANSWERED_AT_MOST]
            del self._unanswered[: len(crowd)]
        _hang_up(crowd)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:  # noqa: ANN401 - as there
        """Close a connection that has its answer, or went away."""
        self.was_read(request)
        super().shutdown_request(request)

    def was_read(self, request: socket.socket) -> None:
        """Remember that the whole request is there: what is still written is waited for."""
        with self._lock, contextlib.suppress(ValueError):
            self._unanswered.remove(request)

    def server_close(self) -> None:
        """Close the port, and what is connected to it and says nothing."""
        super().server_close()
        with self._lock:
            silent, self._unanswered = self._unanswered, []
        _hang_up(silent)

    def handle_error(self, *_: object) -> None:
        """Say nothing of a browser that went away: what it asked for holds the code."""

    def take(self, brought: CameBack) -> bool:
        """Take what the browser brought; False where something came before it."""
        with self._lock:
            if self.came_back.done():
                return False
            self.came_back.set_result(brought)
            return True


class _Handler(BaseHTTPRequestHandler):
    timeout = 10

    def do_GET(self) -> None:
        """Answer the browser."""
        server = self._read_whole()
        query = _query(self.path)
        if query is None:
            self._answer(HTTPStatus.NOT_FOUND, "")
            return
        brought = _brought(query, server.state)
        if brought is None:
            self._answer(HTTPStatus.BAD_REQUEST, server.page(BrowserWords.NOT_OURS))
        elif server.take(brought):
            self._answer(HTTPStatus.OK, server.page(self._outcome()))
        else:
            self._answer(HTTPStatus.OK, server.page(BrowserWords.IN_PROGRAM))

    def do_HEAD(self) -> None:
        """Refuse what looks at links before a person follows them, and would use up the code."""
        self._read_whole()
        self._answer(HTTPStatus.METHOD_NOT_ALLOWED, "")

    def do_POST(self) -> None:
        """Refuse what no browser sends here; its body is not read."""
        server = self._read_whole()
        self._answer(HTTPStatus.METHOD_NOT_ALLOWED, server.page(BrowserWords.NOT_OURS))

    def _read_whole(self) -> _Server:
        server = cast("_Server", self.server)
        server.was_read(self.connection)
        return server

    def _outcome(self) -> BrowserWords:
        try:
            worked = cast("_Server", self.server).outcome.result(_PAGE_PATIENCE)
        except TimeoutError:
            return BrowserWords.IN_PROGRAM
        return BrowserWords.WORKED if worked else BrowserWords.FAILED

    def _answer(self, status: HTTPStatus, html: str) -> None:
        body = html.encode()
        self.send_response(status)
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def version_string(self) -> str:
        """Return nothing about this computer's software."""
        return "ubiquity-s3-setup"

    def log_message(self, *_: object) -> None:
        """Log nothing: the request holds the code."""


def _hang_up(connections: list[socket.socket]) -> None:
    """End connections, each of which a thread reads from: that thread closes it."""
    for connection in connections:
        with contextlib.suppress(OSError):
            connection.shutdown(socket.SHUT_RDWR)


def _query(target: str) -> str | None:
    """Return the query of what was asked for; None where that is not the callback's address."""
    try:
        asked = urlsplit(target)
    except ValueError:
        return None
    return asked.query if asked.path == PATH else None


def _brought(query: str, state: str) -> CameBack | None:
    """Return what a request carries; None where it does not belong to this sign-in.

    RFC 6749, section 4.1.2.1: an error comes back with the state too; section 3.1: a parameter
    stands there once.
    """
    asked = parse_qs(query)
    states, errors, codes = (asked.get(name, []) for name in ("state", "error", "code"))
    if len(states) != 1 or not hmac.compare_digest(states[0].encode(), state.encode()):
        return None
    if len(errors) == 1 and not codes:
        # Its text is not taken over: only the names that RFC 6749 knows can be explained.
        name = errors[0]
        return CameBack(error=name if re.fullmatch("[a-z_]{1,40}", name) else "unknown_error")
    return CameBack(code=codes[0]) if len(codes) == 1 and not errors else None
