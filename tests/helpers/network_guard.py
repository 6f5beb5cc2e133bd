"""A guard that lets nothing out but to this computer, for tests.

On the practice AWS nothing may ever go to the real AWS. The guard stands where every connection
of Python passes, name look-ups included, so a client with a forgotten endpoint fails loudly.
"""

import contextlib
import socket
from collections.abc import Callable, Iterator
from typing import Any, Final

_HERE: Final = frozenset({"127.0.0.1", "::1", "localhost"})


class OutsideError(OSError):
    """Something tried to reach an address that is not this computer's own."""

    def __init__(self, address: object) -> None:
        super().__init__(f"The network guard refused a connection to {address!r}")
        self.address = address


@contextlib.contextmanager
def only_this_computer() -> Iterator[list[object]]:
    """Refuse every address but this computer's own for as long as the block lasts.

    Yields the list of addresses that were refused, in order, so that a test can see attempts
    that were swallowed on the way. Raises ``OutsideError`` in whoever tried.
    """
    refused: list[object] = []
    with contextlib.ExitStack() as stack:
        for name in ("connect", "connect_ex"):
            stack.enter_context(_replaced(socket.socket, name, refused, _connect_address))
        for name in ("getaddrinfo", "gethostbyname", "gethostbyname_ex"):
            stack.enter_context(_replaced(socket, name, refused, _first_argument))
        stack.enter_context(_replaced(socket.socket, "sendto", refused, _last_argument))
        yield refused


@contextlib.contextmanager
def _replaced(
    owner: object,
    name: str,
    refused: list[object],
    address_of: Callable[[tuple[Any, ...]], object],
) -> Iterator[None]:
    original = getattr(owner, name)

    def guarded(*args: Any, **kwargs: Any) -> object:  # noqa: ANN401 - any socket call
        address = address_of(args)
        if not _is_here(address):
            refused.append(address)
            raise OutsideError(address)
        return original(*args, **kwargs)

    inherited = isinstance(owner, type) and name not in vars(owner)
    setattr(owner, name, guarded)
    try:
        yield
    finally:
        if inherited:
            delattr(owner, name)
        else:
            setattr(owner, name, original)


def _connect_address(args: tuple[Any, ...]) -> object:
    connection, address = args
    return None if _is_local_kind(connection) else address


def _last_argument(args: tuple[Any, ...]) -> object:
    return None if _is_local_kind(args[0]) else args[-1]


def _first_argument(args: tuple[Any, ...]) -> object:
    return args[0] if args else None


def _is_local_kind(connection: socket.socket) -> bool:
    local = getattr(socket, "AF_UNIX", None)
    return local is not None and connection.family == local


def _is_here(address: object) -> bool:
    host = address[0] if isinstance(address, tuple) and address else address
    if isinstance(host, bytes):
        host = host.decode(errors="replace")
    return host is None or host == "" or host in _HERE
