"""A server on 127.0.0.1 that lists one bucket as S3 does, as fast as a real bucket is.

It knows both versions of the listing, delimiters and the encoding of keys, and no signature. A
page of a thousand keys is put together from the keys' own bytes at one stroke: what is measured
against it is the client.
"""

import asyncio
import contextlib
import time
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from threading import Thread
from typing import Final
from urllib.parse import parse_qs, quote, urlsplit
from xml.sax.saxutils import escape

NAMESPACE: Final = "http://s3.amazonaws.com/doc/2006-03-01/"
MOST: Final = 5500
"""Requests a second that S3 allows for a prefix."""
_REST: Final = (
    "</Key><LastModified>2026-11-29T10:00:00.000Z</LastModified>"
    "<ETag>&quot;d41d8cd98f00b204e9800998ecf8427e&quot;</ETag>"
    "<ChecksumAlgorithm>CRC64NVME</ChecksumAlgorithm><ChecksumType>FULL_OBJECT</ChecksumType>"
    "<Size>{size}</Size><StorageClass>STANDARD</StorageClass></Contents>"
)
_BEGIN: Final = b"<Contents><Key>"
_FULL: Final = _REST.format(size=1048576).encode()
_EMPTY: Final = _REST.format(size=0).encode()
_BETWEEN: Final = _FULL + _BEGIN
_SAFE: Final = "/-_.~*"

Answer = tuple[int, bytes]
Instead = Callable[[dict[str, str], str], Answer | None]
"""Given the query and the head of a request: an answer in the place of its page, or None."""


def error(status: int, code: str) -> Answer:
    """Return an error as S3 writes it."""
    text = f"<Error><Code>{code}</Code><Message>{code}</Message><RequestId>R1</RequestId></Error>"
    return status, text.encode()


@dataclass
class Bucket:
    """A bucket's keys; those in ``empty`` have no bytes, all others a megabyte."""

    keys: list[bytes]
    empty: frozenset[bytes] = frozenset()
    fewer: int = 0
    """How many keys a page has less than was asked for."""
    plain: bool = field(init=False)
    """Whether keys are the same however they are written."""

    @staticmethod
    def of(keys: Iterable[str], empty: Iterable[str] = ()) -> "Bucket":
        """Return the bucket with ``keys``, put in order."""
        names = {key.encode() for key in keys}
        return Bucket(sorted(names), frozenset(key.encode() for key in empty))

    def __post_init__(self) -> None:
        plain = set(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/-_.")
        self.plain = all(plain.issuperset(key) for key in self.keys)

    def page(self, asked: dict[str, str]) -> bytes:
        """Return the page that is ``asked`` for by a query."""
        second = asked.get("list-type") == "2"
        prefix = asked.get("prefix", "").encode()
        after = asked.get("start-after" if second else "marker", "").encode()
        if second and "continuation-token" in asked:
            after = bytes.fromhex(asked["continuation-token"].partition("/")[0])
        begin = max(bisect_right(self.keys, after), bisect_left(self.keys, prefix))
        most = max(1, min(1000, int(asked.get("max-keys", 1000))) - self.fewer)
        delimiter = asked.get("delimiter", "").encode()
        if delimiter:
            return self._folders(asked, prefix, delimiter, after, most)
        names = self.keys[begin : begin + most]
        if names and not names[-1].startswith(prefix):
            names = [name for name in names if name.startswith(prefix)]
        end = begin + len(names)
        truncated = end < len(self.keys) and self.keys[end].startswith(prefix)
        return self._written(asked, names, [], names[-1] if truncated else None)

    def _folders(
        self, asked: dict[str, str], prefix: bytes, delimiter: bytes, after: bytes, most: int
    ) -> bytes:
        names: list[bytes] = []
        folders: list[bytes] = []
        at = max(bisect_right(self.keys, after), bisect_left(self.keys, prefix))
        last = None
        while at < len(self.keys) and self.keys[at].startswith(prefix):
            if len(names) + len(folders) == most:
                return self._written(asked, names, folders, last)
            key = self.keys[at]
            cut = key.find(delimiter, len(prefix))
            if cut < 0:
                names.append(key)
                last, at = key, at + 1
                continue
            folder = key[: cut + len(delimiter)]
            at = bisect_left(self.keys, folder + b"\xff", at)
            last = self.keys[at - 1]
            folders.append(folder)
        return self._written(asked, names, folders, None)

    def _written(
        self,
        asked: dict[str, str],
        names: list[bytes],
        folders: list[bytes],
        following: bytes | None,
    ) -> bytes:
        encoded = asked.get("encoding-type") == "url"
        write = _url if encoded else _xml
        head = [f"<Name>b</Name><Prefix>{write(asked.get('prefix', '').encode())}</Prefix>"]
        head.append(f"<KeyCount>{len(names) + len(folders)}</KeyCount><MaxKeys>1000</MaxKeys>")
        if encoded:
            head.append("<EncodingType>url</EncodingType>")
        head.append(f"<IsTruncated>{'true' if following else 'false'}</IsTruncated>")
        if following:
            token = following.hex()
            head.append(f"<NextContinuationToken>{token}</NextContinuationToken>")
            head.append(f"<NextMarker>{write(following)}</NextMarker>")
        begin = f'<?xml version="1.0" encoding="UTF-8"?>\n<ListBucketResult xmlns="{NAMESPACE}">'
        groups = (f"<CommonPrefixes><Prefix>{write(f)}</Prefix></CommonPrefixes>" for f in folders)
        return b"".join(
            (
                begin.encode(),
                "".join(head).encode(),
                self._contents(names, write),
                "".join(groups).encode(),
                b"</ListBucketResult>",
            )
        )

    def _contents(self, names: list[bytes], write: Callable[[bytes], str]) -> bytes:
        if not names:
            return b""
        if self.plain and not self.empty:
            return _BEGIN + _BETWEEN.join(names) + _FULL
        rows = ((name, _EMPTY if name in self.empty else _FULL) for name in names)
        return b"".join(_BEGIN + write(name).encode() + rest for name, rest in rows)


def _url(key: bytes) -> str:
    return quote(key, safe=_SAFE).replace("%20", "+")


def _xml(key: bytes) -> str:
    return escape(key.decode())


class _Requests(asyncio.Protocol):
    """One connection: a request at a time, each answered after the pause."""

    def __init__(self, server: "ListingServer") -> None:
        self._server = server
        self._received = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._server.open.add(transport)

    def connection_lost(self, exc: Exception | None) -> None:
        del exc
        if self._transport is not None:
            self._server.open.discard(self._transport)
        self._transport = None

    def data_received(self, data: bytes) -> None:
        self._received += data
        while b"\r\n\r\n" in self._received:
            head, _, self._received = self._received.partition(b"\r\n\r\n")
            loop = asyncio.get_running_loop()
            loop.call_later(self._server.pause, self._answer, head.decode("latin-1"))

    def _answer(self, head: str) -> None:
        if self._transport is None:
            return
        status, body, cut = self._server.answer(head)
        said = f"HTTP/1.1 {status} OK\r\nContent-Type: application/xml\r\n"
        said += f"x-amz-request-id: R1\r\nContent-Length: {len(body)}\r\n\r\n"
        self._transport.write(said.encode())
        self._transport.write(body[:cut])
        if cut is not None:
            self._transport.close()


@dataclass
class ListingServer:
    """Answers with pages of ``bucket``, each ``pause`` seconds after it was asked for."""

    bucket: Bucket
    pause: float = 0.0
    most: int = MOST
    """Requests a second; above that they are asked to slow down."""
    instead: Instead = lambda _query, _head: None
    cuts: Iterator[int | None] = field(default_factory=lambda: iter(()))
    """After how many bytes each answer breaks off; None for the whole of it."""
    asked: int = 0
    refused: int = 0
    open: set[asyncio.Transport] = field(default_factory=set)
    _second: int = 0
    _in_second: int = 0

    def answer(self, head: str) -> tuple[int, bytes, int | None]:
        """Return status, body, and after how many bytes to break off."""
        self.asked += 1
        method, target, _ = head.split(" ", 2)
        asked = parse_qs(urlsplit(target).query, keep_blank_values=True)
        query = {name: values[0] for name, values in asked.items()}
        special = self.instead(query, head)
        if special is None and self._is_too_fast():
            special = error(503, "SlowDown")
        if special is not None:
            self.refused += 1
            return *special, None
        if method != "GET":
            return (200 if urlsplit(target).path.count("/") == 1 else 404), b"", None
        if "location" in query:
            return 200, _LOCATION, None
        return 200, self.bucket.page(query), next(self.cuts, None)

    def _is_too_fast(self) -> bool:
        second = int(time.monotonic())
        if second != self._second:
            self._second, self._in_second = second, 0
        self._in_second += 1
        return self._in_second > self.most

    async def start(self) -> tuple[asyncio.Server, str]:
        """Begin to listen; return the server and its address."""
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: _Requests(self), "127.0.0.1", 0, backlog=256)
        return server, f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"


_LOCATION: Final = b"<LocationConstraint>ap-southeast-2</LocationConstraint>"


@contextlib.contextmanager
def listing(server: ListingServer) -> Iterator[str]:
    """Run ``server`` in a thread of its own; yield its address."""
    loop = asyncio.new_event_loop()
    listening, url = loop.run_until_complete(server.start())
    thread = Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield url
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        listening.close()
        for transport in tuple(server.open):
            transport.abort()
        loop.run_until_complete(asyncio.sleep(0))
        loop.close()
