"""A quiet web server of our own on 127.0.0.1, in threads that end when it is told to.

Imports moto and werkzeug, so it is imported only once the practice AWS starts.
"""

import contextlib
import socket
import threading
from typing import TYPE_CHECKING, Any, Final

from moto.moto_server.werkzeug_app import MotoRequestHandler
from werkzeug.serving import BaseWSGIServer, ThreadedWSGIServer

from app.practice.faults import HungUpError

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

ADDRESS: Final = "127.0.0.1"
_POLL_SECONDS: Final = 0.02
_JOIN_SECONDS: Final = 5.0


class _QuietHandler(MotoRequestHandler):
    """Answers requests without a line on standard error for any of them."""

    # Headers and body go out in two writes; Nagle's algorithm would hold back the second.
    disable_nagle_algorithm = True

    def send_response(self, code: int, message: str | None = None) -> None:
        """Begin an answer without a date of this computer: the gate tells AWS's own."""
        self.send_response_only(code, message)

    def connection_dropped(self, error: BaseException, environ: object = None) -> None:
        """Close the connection where the gate hangs up; a silent one stays open."""
        del environ
        if isinstance(error, HungUpError):
            self.close_connection = True

    def log(self, type: str, message: str, *args: Any) -> None:  # noqa: A002, ANN401 - werkzeug's
        """Say nothing: the gate answers each failure, and requests hold names and keys."""


class _CountedServer(ThreadedWSGIServer):
    """Knows its open connections, so that stopping can close them and wait for their threads."""

    def __init__(self, application: "WSGIApplication") -> None:
        self._open: dict[threading.Thread, socket.socket] = {}
        self._open_lock = threading.Lock()
        super().__init__(ADDRESS, 0, application, _QuietHandler)

    def process_request(self, request: Any, client_address: Any) -> None:  # noqa: ANN401
        """Answer one connection in a thread of its own."""
        thread = threading.Thread(
            target=self._answer, args=(request, client_address), name="practice-aws-request"
        )
        thread.daemon = True
        with self._open_lock:
            self._open[thread] = request
        thread.start()

    def _answer(self, request: Any, client_address: Any) -> None:  # noqa: ANN401
        try:
            self.process_request_thread(request, client_address)
        finally:
            with self._open_lock:
                self._open.pop(threading.current_thread(), None)

    def log(self, type: str, message: str, *args: Any) -> None:  # noqa: A002, ANN401
        """Say nothing, like the handler."""

    def hang_up(self) -> None:
        """Close every open connection and wait for the threads that served them."""
        with self._open_lock:
            waiting = dict(self._open)
        for connection in waiting.values():
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        for thread in waiting:
            thread.join(_JOIN_SECONDS)


class WebServer:
    """Serves one WSGI application on a free port of 127.0.0.1, from the moment it is made."""

    def __init__(self, application: "WSGIApplication") -> None:
        self._server: BaseWSGIServer = _CountedServer(application)
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(_POLL_SECONDS,), name="practice-aws"
        )
        self._thread.daemon = True
        self._thread.start()

    @property
    def url(self) -> str:
        """The address to put into ``endpoint_url``."""
        return f"http://{ADDRESS}:{self._server.port}"

    def close(self) -> None:
        """Stop listening, hang up, and return when no thread is left."""
        self._server.shutdown()
        self._thread.join(_JOIN_SECONDS)
        self._server.server_close()
        if isinstance(self._server, _CountedServer):
            self._server.hang_up()
