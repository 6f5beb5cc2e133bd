"""How long a whole call may take, how often it may ask, and how much it may be answered.

The timeouts of botocore count for one read: who sends a byte every ten seconds, or a page that
leads to the next one for ever, is never done. A call here is what ``failures.attempt`` runs: all
pages of a listing, with the retries, redirects and the fetching of credentials that belong to it.
Only the time that requests are under way counts; a person who looks for an MFA code has all the
time there is.
"""

import contextlib
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Protocol

from botocore.awsrequest import AWSPreparedRequest
from botocore.exceptions import BotoCoreError
from botocore.session import Session as CoreSession

from app.aws.transport.deadlines import DEADLINES
from app.aws.transport.request_ids import host_id_of, request_id_of


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one call may come to."""

    seconds: float = 60.0
    """Three tries with their timeouts for connecting and for one read take no longer."""
    requests: int = 250
    """IAM has at most 5,000 roles or policies in an account, in pages of 100 where it is asked
    for no more: 50 requests, each tried three times at the worst (IAM User Guide, "IAM and AWS
    STS quotas")."""
    body: int = 32 * 2**20
    """Bytes of one answer. The largest are 1,000 keys of 1,024 bytes, each byte written with up
    to six characters (S3), and 1,000 roles with trust policies of 4,096 characters, written with
    up to three each (IAM): a dozen megabytes."""


BOUNDS: Final = Bounds()


class CallTooLongError(BotoCoreError):
    """A call took longer than any call of AWS does."""

    fmt = 'No whole answer within {seconds:.0f} seconds from endpoint URL: "{endpoint_url}"'


class EndlessAnswerError(BotoCoreError):
    """An answer has no end: more bytes, or more pages, than AWS has."""

    fmt = 'After {much} there is no end yet to the answer of endpoint URL: "{endpoint_url}"'


class _Socket(Protocol):
    """What a connection reads from: a socket, or (TLS within a proxy's TLS) what wraps one."""


@dataclass(frozen=True, slots=True)
class RequestTarget:
    """Where the request that was made last goes: the region, and of S3's the bucket."""

    region: str | None = None
    bucket: str | None = None


@dataclass(frozen=True, slots=True)
class LastAnswer:
    """What the last answer told of itself; ``host_id`` S3's alone."""

    status: int | None = None
    request_id: str | None = None
    host_id: str | None = None


class CallInProgress:
    """One call: what it has used up of its bounds, what it has sent, and what was answered."""

    def __init__(self, bounds: Bounds) -> None:
        self.bounds = bounds
        self.sent: str | None = None
        """The operation that was sent last (``iam.CreateRole``), with or without an answer."""
        self.requests = 0
        """How many requests were sent."""
        self.place = RequestTarget()
        self.answer = LastAnswer()
        self._seconds = bounds.seconds
        self._read_from: _Socket | None = None
        self._line: socket.socket | None = None
        self._lock = threading.Lock()
        self._is_over = False

    @property
    def seconds_left(self) -> float:
        """How much time there was when the request that is under way began."""
        return max(0.0, self._seconds)

    @contextlib.contextmanager
    def request(self, url: str) -> Iterator[None]:
        """Cut the connection of a request to ``url`` where the call's time is over.

        Raises CallTooLongError then, whatever the cut connection raised.
        """
        began = time.monotonic()
        deadline = DEADLINES.after(self.seconds_left, self._end)
        try:
            with _open(self):
                yield
        except Exception as error:
            if self._is_over:
                raise self._too_long(url) from error
            raise
        finally:
            deadline.call_off()
            self._let_go()
            self._seconds -= time.monotonic() - began
        if self._is_over:  # a cut connection can look like the end of an answer
            raise self._too_long(url)

    def sends(self, operation: str, url: str) -> None:
        """Count one request. Raises EndlessAnswerError for one too many."""
        self.sent = operation
        self.requests += 1
        if self.requests > self.bounds.requests:
            raise EndlessAnswerError(endpoint_url=url, much=f"{self.requests} requests")

    def reads_from(self, connected: _Socket | None) -> None:
        """Take note of what the request's answer is read from."""
        with self._lock:
            self._read_from = connected
            if self._is_over:
                self._cut()

    def connects(self, line: socket.socket) -> None:
        """Take note of a connection that was just opened, before anything is said on it.

        A proxy's consent and a handshake of TLS are read from it before any answer is.
        """
        with self._lock:
            # What TLS is wrapped around is no socket any more: a second handle stays one.
            self._line = line.dup()
            if self._is_over:
                self._cut()

    def still_goes_on(self) -> None:
        """Raise TimeoutError where the call's time is over."""
        if self._is_over:
            raise TimeoutError

    def _end(self) -> None:
        with self._lock:
            self._is_over = True
            self._cut()

    def _cut(self) -> None:
        """Wake up whoever reads: with an error, or as at the end of what was sent."""
        connected = getattr(self._read_from, "socket", self._read_from)
        for line in (connected, self._line):
            if isinstance(line, socket.socket):
                with contextlib.suppress(OSError):
                    # Not the method of a TLS socket: that would take its state from the reader.
                    socket.socket.shutdown(line, socket.SHUT_RDWR)

    def _let_go(self) -> None:
        """Hold on to no connection: it may serve another call."""
        with self._lock:
            line, self._line, self._read_from = self._line, None, None
            if line is not None:
                line.close()

    def _too_long(self, url: str) -> CallTooLongError:
        return CallTooLongError(endpoint_url=url, seconds=self.bounds.seconds)


_OPEN: Final = threading.local()


@contextlib.contextmanager
def one_call(bounds: Bounds | None = None) -> Iterator[CallInProgress]:
    """Let all requests of this thread, until the end of ``with``, belong to one call."""
    call = CallInProgress(bounds or BOUNDS)
    with _open(call):
        yield call


@contextlib.contextmanager
def _open(call: CallInProgress) -> Iterator[None]:
    outer = getattr(_OPEN, "call", None)
    _OPEN.call = call
    try:
        yield
    finally:
        _OPEN.call = outer


def note_what_is_sent(core: CoreSession) -> None:
    """Let each client of ``core`` tell the call in progress what it sends, and what is answered."""
    # First: other handlers find fault with an answer, and end the call.
    core.get_component("event_emitter").register_first("before-call", _note_place)
    core.register("before-send", _note)  # type: ignore[arg-type]
    core.get_component("event_emitter").register_first("after-call", _note_answer)


def _note(event_name: str, request: AWSPreparedRequest, **_: object) -> None:
    call_in_progress().sends(event_name.removeprefix("before-send."), request.url)


def _note_place(context: Mapping[str, Any], **_: object) -> None:
    region = context.get("signing", {}).get("region") or context.get("client_region")
    bucket = context.get("s3_redirect", {}).get("bucket")
    call = call_in_progress()
    call.place, call.answer = RequestTarget(_text(region), _text(bucket)), LastAnswer()


def _note_answer(parsed: Mapping[str, Any], **_: object) -> None:
    about = parsed.get("ResponseMetadata", {})
    call_in_progress().answer = LastAnswer(
        about.get("HTTPStatusCode"), request_id_of(about), host_id_of(about)
    )


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


def call_in_progress() -> CallInProgress:
    """Return the call that this thread is making; a request outside of one is a call by itself."""
    call = getattr(_OPEN, "call", None)
    return call if isinstance(call, CallInProgress) else CallInProgress(BOUNDS)
