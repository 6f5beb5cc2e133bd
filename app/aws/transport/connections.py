"""The HTTP connections of all clients: how requests go out, and how far answers are read.

botocore's own session reads a body to its end, wherever that is, and takes what is shorter than
its Content-Length for whole. Here each request is one of a call with bounds, an answer that broke
off is an error, and nothing is sent without encryption but to this computer itself.
"""

import contextlib
import http.client
import ipaddress
import socket
import ssl
from collections.abc import Iterator
from http import HTTPStatus
from typing import IO, TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

import truststore
import urllib3.exceptions
from botocore.awsrequest import (
    AWSHTTPConnection,
    AWSHTTPConnectionPool,
    AWSHTTPSConnection,
    AWSHTTPSConnectionPool,
    AWSPreparedRequest,
    AWSResponse,
)
from botocore.exceptions import (
    ConnectionClosedError,
    HTTPClientError,
    IncompleteReadError,
    ReadTimeoutError,
)
from botocore.httpsession import URLLib3Session

from app.aws.transport.addresses import addresses_of
from app.aws.transport.bounds import CallInProgress, EndlessAnswerError, call_in_progress
from app.aws.transport.failures import UnencryptedError, UnsendableError
from app.aws.transport.turn import TURN

if TYPE_CHECKING:
    from urllib3._base_connection import BaseHTTPSConnection
    from urllib3.response import HTTPResponse

_PART: Final = 2**16
_HOSTS: Final = 50
_IPV6: Final = 6
_AWS_ULA: Final = ipaddress.IPv6Network("fd00:ec2::/32")
_WITHOUT_BODY: Final = (HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED)


class _Lines:
    """Reads lines as ``file`` does, and knows whether the last one was the end of everything."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.at_end = False

    def readline(self, limit: int = -1) -> bytes:
        """Return the next line, with its end; nothing where there is no more."""
        line = self._file.readline(limit)
        self.at_end = not line
        return line

    def __getattr__(self, name: str) -> object:
        return getattr(self._file, name)


class _WholeAnswer(http.client.HTTPResponse):
    """An answer whose headers came to their end: http.client takes what was cut for whole."""

    def begin(self) -> None:
        """Read status and headers. Raises http.client.IncompleteRead where they were cut."""
        response: Any = self
        file = response.fp
        response.fp = lines = _Lines(file)
        super().begin()
        if response.fp is lines:  # else there is no body, and it was closed
            response.fp = file
        if lines.at_end:
            self.close()
            raise http.client.IncompleteRead(b"")


class _Watched(AWSHTTPConnection):
    """A connection that tells the call in progress what is read from it, from its opening on."""

    response_class = _WholeAnswer  # type: ignore[assignment]

    def connect(self) -> None:
        """Open the connection; other calls work meanwhile."""
        with TURN.given_away():
            super().connect()

    def _new_conn(self) -> socket.socket:
        call = call_in_progress()
        line = self._connected_to(self._addresses(call.seconds_left))
        call.connects(line)
        return line

    def _addresses(self, seconds: float) -> list[str]:
        """Return the addresses of the host. Raises urllib3's error where there are none."""
        limit = self.timeout if isinstance(self.timeout, int | float) else seconds
        try:
            return addresses_of(self.host, int(self.port), max(0.0, min(limit, seconds)))
        except socket.gaierror as error:
            raise urllib3.exceptions.NameResolutionError(self.host, self, error) from error
        except OSError as error:
            words = f"Failed to establish a new connection: {error}"
            raise urllib3.exceptions.NewConnectionError(self, words) from error

    def _connected_to(self, addresses: list[str]) -> socket.socket:
        """Return a connection to the first of ``addresses`` that takes one."""
        host = self.host
        try:
            for address in addresses[:-1]:
                self.host = address
                with contextlib.suppress(
                    urllib3.exceptions.NewConnectionError, urllib3.exceptions.ConnectTimeoutError
                ):
                    return super()._new_conn()
            self.host = addresses[-1]
            return super()._new_conn()
        finally:
            self.host = host  # the certificate is for the name

    def _tunnel(self) -> None:
        try:
            super()._tunnel()
        except http.client.HTTPException as error:
            # urllib3 takes it for an answer of AWS's that was cut: it is the proxy's, and none.
            call_in_progress().still_goes_on()
            words = "The proxy did not answer as one does"
            raise urllib3.exceptions.ProxyError(words, error) from error
        # A cut connection can look like a proxy's consent.
        call_in_progress().still_goes_on()

    def getresponse(self) -> "HTTPResponse":  # type: ignore[override]
        """Return the answer's beginning: its status and its headers."""
        call_in_progress().reads_from(self.sock)
        with TURN.given_away():
            return super().getresponse()


class _WatchedTls(_Watched, AWSHTTPSConnection):  # type: ignore[misc]
    """As ``_Watched``, with TLS."""


class _Pool(AWSHTTPConnectionPool):
    ConnectionCls = _Watched


class _TlsPool(AWSHTTPSConnectionPool):
    ConnectionCls = _WatchedTls

    def _new_conn(self) -> "BaseHTTPSConnection":
        """Return a connection with a context of its own where truststore verifies.

        One context shakes hands with one server at a time, and in two threads at once it can end
        up verifying nothing (sethmlarson/truststore issue 209).
        """
        connection = super()._new_conn()
        if isinstance(connection.ssl_context, truststore.SSLContext):
            connection.ssl_context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        return connection


class BoundedSession(URLLib3Session):
    """An HTTP session of botocore that keeps to the bounds of the call in progress."""

    def __init__(self, **settings: Any) -> None:  # noqa: ANN401 - botocore's own
        super().__init__(**settings)
        self.settings = settings
        """What it was made with, for another that is to be made alike."""
        # The session hands this very mapping to each manager of connections, proxies' included.
        vars(self)["_pool_classes_by_scheme"].update(http=_Pool, https=_TlsPool)

    def _get_pool_manager_kwargs(self, **more: Any) -> dict[str, Any]:  # noqa: ANN401
        """Keep the connections of as many hosts as a draft has buckets: each bucket is one."""
        settings: dict[str, Any] = super()._get_pool_manager_kwargs(  # type: ignore[misc]
            num_pools=_HOSTS, **more
        )
        return settings

    def send(self, request: AWSPreparedRequest) -> AWSResponse:  # type: ignore[override]
        """Send ``request`` and return its answer, read whole.

        Raises UnencryptedError before anything is sent, CallTooLongError, EndlessAnswerError,
        and what botocore raises.
        """
        self._refuse_unencrypted(request.url)
        call = call_in_progress()
        with call.request(request.url):
            streams, request.stream_output = request.stream_output, True
            with _nothing_quoted():
                response = super().send(request)
            if not streams:
                try:
                    with TURN.given_away():
                        vars(response)["_content"] = _content(response, request, call)
                except BaseException:
                    # What was not read to its end would stay open until nobody holds it.
                    response.raw.close()
                    raise
            return response

    def _refuse_unencrypted(self, url: str) -> None:
        address = urlsplit(url)
        if address.scheme != "https" and not self._may_be_plain(address.hostname or ""):
            raise UnencryptedError(endpoint_url=url)

    def _may_be_plain(self, host: str) -> bool:
        """Tell whether what is sent to ``host`` needs no encryption."""
        return _is_this_computer(host)


def _content(response: AWSResponse, request: AWSPreparedRequest, call: CallInProgress) -> bytes:
    parts, length = [], 0
    with _botocores_errors(request):
        for part in response.raw.stream(_PART):
            length += len(part)
            if length > call.bounds.body:
                raise EndlessAnswerError(endpoint_url=request.url, much=f"{length} bytes")
            parts.append(part)
    told = _length_told(response, request)
    if told is not None and told != length:
        raise IncompleteReadError(actual_bytes=length, expected_bytes=told)
    return b"".join(parts)


def _length_told(response: AWSResponse, request: AWSPreparedRequest) -> int | None:
    """Return how long the answer says that its body is; None where it need not be so long."""
    if request.method == "HEAD" or response.status_code in _WITHOUT_BODY:
        return None
    told = str(response.headers.get("content-length", ""))
    chunked = "transfer-encoding" in response.headers
    return int(told) if told.isascii() and told.isdecimal() and not chunked else None


@contextlib.contextmanager
def _botocores_errors(request: AWSPreparedRequest) -> Iterator[None]:
    """Raise what urllib3 raises while a body is read as ``URLLib3Session.send`` does."""
    try:
        yield
    except urllib3.exceptions.ReadTimeoutError as error:
        raise ReadTimeoutError(endpoint_url=request.url, error=error) from error
    except urllib3.exceptions.ProtocolError as error:
        raise ConnectionClosedError(
            error=error, request=request, endpoint_url=request.url
        ) from error
    except urllib3.exceptions.HTTPError as error:
        raise HTTPClientError(error=error) from error


@contextlib.contextmanager
def _nothing_quoted() -> Iterator[None]:
    """Say without its text what http.client says of a header: that is a key or a token."""
    try:
        yield
    except HTTPClientError as error:
        cause = error.kwargs.get("error")
        if isinstance(cause, UnicodeError) or str(cause).startswith("Invalid header"):
            raise UnsendableError(told="") from None
        raise


def _is_this_computer(host: str) -> bool:
    """Tell whether ``host`` never leaves this computer (RFC 6761, 6.3; RFC 1122; RFC 4291)."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def is_metadata_service(host: str) -> bool:
    """Tell whether ``host`` is where a machine of AWS, or a container, is told its credentials.

    These have no encryption, and no way leads there from another machine (Amazon EC2 User Guide,
    "Access instance metadata"; AWS SDKs and Tools Reference Guide, "Container credential
    provider").
    """
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return address.is_link_local or (address.version == _IPV6 and address in _AWS_ULA)
