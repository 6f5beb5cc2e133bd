"""The one page on this computer to which the browser comes back from the sign-in.

Source: RFC 8252, "OAuth 2.0 for Native Apps", sections 7.3 and 8.3: the loopback address, a port
of the moment, open only while it is needed.
"""

import asyncio
import hmac
import re
import socketserver
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final, Self, cast
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

Page = Callable[[bool | None], str]
"""Makes the HTML page: it worked, it did not, or (None) look in the program."""


@dataclass(frozen=True, slots=True)
class CameBack:
    """What the browser brought: a code, or the name of an error."""

    code: str = field(default="", repr=False)
    error: str = ""


class Callback:
    """Listens on 127.0.0.1, at a port of the moment, from ``with`` to its end.

    A code counts only with ``state``, and only what comes first: another program or web page
    can't put its own sign-in in the place of this one.
    """

    def __init__(self, state: str, page: Page) -> None:
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
        threading.Thread(target=self._serve, name="portal-callback", daemon=True).start()
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
    # On Windows another program could otherwise take the same port.
    allow_reuse_address = False

    def __init__(self, state: str, page: Page) -> None:
        self.state = state
        self.page = page
        self.came_back: Future[CameBack] = Future()
        self.outcome: Future[bool] = Future()
        self._first = threading.Lock()
        super().__init__(("127.0.0.1", 0), _Handler)

    def server_bind(self) -> None:
        """Bind without asking for the name of 127.0.0.1, which can take long."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = "127.0.0.1", self.server_address[1]

    def handle_error(self, *_: object) -> None:
        """Say nothing of a browser that went away: what it asked for holds the code."""

    def take(self, brought: CameBack) -> bool:
        """Take what the browser brought; False where something came before it."""
        with self._first:
            if self.came_back.done():
                return False
            self.came_back.set_result(brought)
            return True


class _Handler(BaseHTTPRequestHandler):
    timeout = 10

    def do_GET(self) -> None:
        """Answer the browser."""
        server, asked = cast("_Server", self.server), urlsplit(self.path)
        if asked.path != PATH:
            self._answer(HTTPStatus.NOT_FOUND, "")
            return
        brought = _brought(asked.query, server.state)
        if brought is None:
            self._answer(HTTPStatus.BAD_REQUEST, server.page(False))
        elif server.take(brought):
            self._answer(HTTPStatus.OK, server.page(self._outcome()))
        else:
            self._answer(HTTPStatus.OK, server.page(None))

    def _outcome(self) -> bool | None:
        try:
            return cast("_Server", self.server).outcome.result(_PAGE_PATIENCE)
        except TimeoutError:
            return None

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


def _brought(query: str, state: str) -> CameBack | None:
    """Return what a request carries; None where it does not belong to this sign-in."""
    asked = {name: values[0] for name, values in parse_qs(query).items()}
    given, error = asked.get("state", ""), asked.get("error", "")
    # An error may come without the state, as the AWS CLI allows: it can only end the sign-in.
    if not hmac.compare_digest(given.encode(), state.encode()) and not (error and not given):
        return None
    if error:
        # Its text is not taken over: only the names that RFC 6749 knows can be explained.
        return CameBack(error=error if re.fullmatch("[a-z_]{1,40}", error) else "unknown_error")
    return CameBack(code=asked["code"]) if asked.get("code") else None
