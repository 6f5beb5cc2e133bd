"""AWS as it was recorded, far away: each answer is given again, after a delay, to many at once.

The practice AWS answers one request at a time, as its gate wants it. So its answers are taken down
once (``Recorder``), and given again by a process of its own (``RecordedAws``), which keeps note of
from when to when it had each call.
"""

import asyncio
import http.client
import json
import socket
import ssl
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any, Final, NamedTuple, Self
from urllib.parse import urlsplit

_TELL: Final = "/-/calls"
"""Where the notes are fetched, and begun anew; no bucket is called ``-``."""
_LEFT_OUT: Final = ("transfer-encoding", "connection", "content-length")


class Call(NamedTuple):
    """One call as the server had it: what was asked, and from when to when, in seconds."""

    key: str
    begun: float
    ended: float


class Answer(NamedTuple):
    """An answer of AWS."""

    status: int
    headers: list[tuple[str, str]]
    body: str


def key_of(method: str, target: str, headers: Mapping[str, str], body: str) -> str:
    """Return what tells one question from another, on one line."""
    said = [headers.get(name, "") for name in ("x-amz-target", "x-amz-expected-bucket-owner")]
    return " ".join((method, target, *filter(None, said), body)).strip()


class Recorder:
    """Hands requests on to the practice AWS at ``url``, and takes the answers down."""

    def __init__(self, url: str) -> None:
        self.answers: dict[str, Answer] = {}
        recorder, address = self, urlsplit(url).netloc

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                body = self.rfile.read(int(self.headers.get("content-length") or 0))
                line = http.client.HTTPConnection(address)
                # The signature is over the host that was asked.
                line.request(self.command, self.path, body, dict(self.headers))
                came = line.getresponse()
                told = came.read().decode()
                kept = [(k, v) for k, v in came.getheaders() if k.lower() not in _LEFT_OUT]
                headers = {name.lower(): value for name, value in self.headers.items()}
                key = key_of(self.command, self.path, headers, body.decode())
                recorder.answers[key] = Answer(came.status, kept, told)
                self.send_response_only(came.status)
                for name, value in kept:
                    self.send_header(name, value)
                length = came.getheader("content-length") if self.command == "HEAD" else None
                self.send_header("content-length", length or str(len(told.encode())))
                self.end_headers()
                self.wfile.write(told.encode())

            do_POST = do_HEAD = do_GET  # noqa: N815 - the server's own names

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        """Stop."""
        self._server.shutdown()
        self._server.server_close()


class RecordedAws:
    """The answers, given again by another process, ``delay`` seconds after each question.

    With ``certificate``, a file that holds its key too, it speaks TLS over a line on which all,
    handshakes too, is ``delay`` seconds to the other end and back.
    """

    def __init__(
        self, answers: Mapping[str, Answer], delay: float, certificate: Path | None = None
    ) -> None:
        more = [str(certificate)] if certificate else []
        self._process = subprocess.Popen(
            [sys.executable, str(Path(__file__)), str(delay), *more],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        ways_in, ways_out = self._process.stdin, self._process.stdout
        if ways_in is None or ways_out is None:
            raise RuntimeError("The server has no way in or out.")
        ways_in.write(json.dumps(answers) + "\n")
        ways_in.flush()
        self._told_at, asked_at = ways_out.readline().split()
        self.url = f"{'https' if certificate else 'http'}://localhost:{asked_at}"

    def calls(self) -> tuple[list[Call], int]:
        """Return the calls since the last time, as they began, and over how many connections."""
        where = f"http://localhost:{self._told_at}{_TELL}"
        with urllib.request.urlopen(where) as answer:
            told = json.loads(answer.read())
        return sorted((Call(*call) for call in told["calls"]), key=lambda c: c.begun), told["lines"]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.kill()
        self._process.communicate()


class _Server:
    def __init__(self, answers: Mapping[str, Answer], delay: float) -> None:
        self._answers = answers
        self._delay = delay
        self._calls: list[Call] = []
        self._lines = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one connection, until it is closed."""
        is_counted = False
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                begun = time.monotonic()
                lines = head.decode().split("\r\n")
                method, target, _ = lines[0].split(" ")
                pairs = (line.partition(":") for line in lines[1:] if line)
                headers = {name.lower(): value.strip() for name, _, value in pairs}
                if "expect" in headers:
                    writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
                body = await reader.readexactly(int(headers.get("content-length") or 0))
                if target == _TELL:
                    writer.write(self._told())
                    continue
                self._lines, is_counted = self._lines + (not is_counted), True
                key = key_of(method, target, headers, body.decode())
                await asyncio.sleep(self._delay - (time.monotonic() - begun))
                writer.write(self._answer(method, key))
                self._calls.append(Call(key, begun, time.monotonic()))
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    def _told(self) -> bytes:
        body = json.dumps({"calls": self._calls, "lines": self._lines})
        self._calls, self._lines = [], 0
        return f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode()

    def _answer(self, method: str, key: str) -> bytes:
        status, headers, body = self._answers.get(key) or Answer(501, [], f"never asked: {key}")
        text = body.encode()
        lines = [f"HTTP/1.1 {status} {http.client.responses[status]}"]
        lines += [f"{name}: {value}" for name, value in headers]
        lines.append(f"Content-Length: {len(text)}")
        return "\r\n".join((*lines, "", "")).encode() + (b"" if method == "HEAD" else text)


async def _main() -> None:
    told: dict[str, Any] = json.loads(sys.stdin.readline())
    answers = {key: Answer(*answer) for key, answer in told.items()}
    delay, *certificate = sys.argv[1:]
    serving = _Server(answers, 0 if certificate else float(delay))
    server = await asyncio.start_server(serving.serve, "localhost", 0, family=socket.AF_INET)
    asked = server
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate[0])
        secured = await asyncio.start_server(serving.serve, "127.0.0.1", 0, ssl=context)
        line = _Line(_port(secured), float(delay) / 2)
        asked = await asyncio.start_server(line.join, "localhost", 0, family=socket.AF_INET)
    print(_port(server), _port(asked), flush=True)
    await server.serve_forever()


def _port(server: asyncio.Server) -> int:
    return int(server.sockets[0].getsockname()[1])


class _Line:
    """A line to ``port`` on which all takes ``seconds`` to the other end."""

    def __init__(self, port: int, seconds: float) -> None:
        self._port = port
        self._seconds = seconds

    async def join(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Carry all from one end to the other, until one hangs up."""
        answers, questions = await asyncio.open_connection("127.0.0.1", self._port)
        await asyncio.gather(self._carry(reader, questions), self._carry(answers, writer))

    async def _carry(self, source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        loop = asyncio.get_running_loop()
        try:
            while part := await source.read(2**16):
                loop.call_later(self._seconds, target.write, part)
        except ConnectionError:
            pass
        loop.call_later(self._seconds, target.close)


if __name__ == "__main__":
    asyncio.run(_main())
