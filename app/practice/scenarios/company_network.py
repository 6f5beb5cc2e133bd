"""What may stand between a computer and AWS: nobody, a proxy, or a company that looks inside.

Small servers on 127.0.0.1 for a rehearsal; each runs until it is closed.
"""

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, Self

_HERE: Final = "127.0.0.1"
_SECONDS: Final = 5.0
_REFUSED: Final = (
    b"HTTP/1.1 407 Proxy Authentication Required\r\n"
    b'Proxy-Authenticate: Basic realm="company"\r\n'
    b"Content-Length: 0\r\nConnection: close\r\n\r\n"
)


class ClosedDoor:
    """An address at which nobody answers: the port is taken, and nothing listens."""

    def __init__(self) -> None:
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        self._socket.bind((_HERE, 0))
        self.url = f"http://{_HERE}:{self._socket.getsockname()[1]}"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()


class _Doorkeeper:
    """Hands each connection to ``meet``, in one thread, until it is closed."""

    def __init__(self, meet: Callable[[socket.socket], None], scheme: str) -> None:
        self._meet = meet
        self._door = socket.create_server((_HERE, 0))
        self.url = f"{scheme}://{_HERE}:{self._door.getsockname()[1]}"
        self._thread = threading.Thread(target=self._serve, name="practice-network", daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        while True:
            try:
                visitor, _ = self._door.accept()
            except OSError:
                return
            visitor.settimeout(_SECONDS)
            with visitor, contextlib.suppress(OSError):
                self._meet(visitor)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(OSError):
            self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()
        self._thread.join(_SECONDS)


class RefusingProxy(_Doorkeeper):
    """A proxy that lets nobody through who has no password for it."""

    def __init__(self) -> None:
        super().__init__(_refuse, "http")


class InspectingCompany(_Doorkeeper):
    """A company that shows a certificate of its own in the place of AWS's.

    ``folder`` is where the certificate and its key are put while the rehearsal lasts.
    """

    def __init__(self, folder: Path) -> None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(_certificate(folder / "inspection.pem"))

        def shake_hands(visitor: socket.socket) -> None:
            with context.wrap_socket(visitor, server_side=True) as connection:
                connection.recv(1)

        super().__init__(shake_hands, "https")


def _refuse(visitor: socket.socket) -> None:
    visitor.recv(65536)
    visitor.sendall(_REFUSED)


def _certificate(path: Path) -> Path:
    """Make a certificate that nobody vouches for, with its key, in one file."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Example Company Inspection")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path.write_bytes(certificate.public_bytes(serialization.Encoding.PEM) + private)
    return path
