"""Proof that certificates are looked at: a server of this computer's own that nobody vouches for.

The system's trust store has to refuse it, and a bundle of its own authority (what ``AWS_CA_BUNDLE``
names) to accept it. Both go through the sessions that every call to AWS goes through.
"""

import contextlib
import ipaddress
import socket
import ssl
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from botocore.awsrequest import AWSRequest
from botocore.exceptions import SSLError

from app.aws.transport.trust import http_session, system_context
from app.files.passing_folder import PassingFolder

_HOST: Final = "127.0.0.1"
_ANSWER: Final = b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"
_SECONDS: Final = 10


def roots_found() -> int | None:
    """Return how many authorities the system's store has; None where the system alone knows.

    Windows and macOS verify themselves. Raises what ssl raises where there is no store.
    """
    context = system_context()
    if sys.platform in ("win32", "darwin"):
        return None
    return context.cert_store_stats()["x509_ca"] or _in_folder()


def _in_folder() -> int:
    """Return how many files the folder of OpenSSL's store has, which reads each when needed."""
    folder = ssl.get_default_verify_paths().capath
    return len(list(Path(folder).glob("*.0"))) if folder else 0


def can_be_tried() -> bool:
    """Return whether a certificate can be made here: what makes it comes with the practice AWS."""
    with contextlib.suppress(ImportError):
        from cryptography import x509

        return x509 is not None
    return False


def is_refused(bundle: bool) -> bool:
    """Return whether a server with a certificate of an unknown authority is refused.

    With ``bundle`` that authority's own certificate is named as what to trust. Raises what
    botocore raises where something else than the certificate is wrong.
    """
    with PassingFolder() as folder:
        authority, served = _certificates(folder.path)
        with _serving(served) as port:
            session = http_session(str(authority) if bundle else None, timeout=_SECONDS, proxies={})
            request = AWSRequest("GET", f"https://{_HOST}:{port}/").prepare()
            try:
                session.send(request)
            except SSLError:
                return True
            finally:
                session.close()
            return False


@contextlib.contextmanager
def _serving(certificate: Path) -> Iterator[int]:
    """Serve one connection with ``certificate``; yield the port."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with socket.create_server((_HOST, 0)) as listening:
        listening.settimeout(_SECONDS)
        thread = threading.Thread(target=_serve, args=(listening, context), daemon=True)
        thread.start()
        yield listening.getsockname()[1]
    thread.join(_SECONDS)


def _serve(listening: socket.socket, context: ssl.SSLContext) -> None:
    with contextlib.suppress(OSError):  # whoever refuses the certificate hangs up
        line, _ = listening.accept()
        line.settimeout(_SECONDS)
        with line, context.wrap_socket(line, server_side=True) as connection:
            connection.recv(4096)
            connection.sendall(_ANSWER)


def _certificates(folder: Path) -> tuple[Path, Path]:
    """Write an authority's certificate, and one that it vouches for with its key."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    now = datetime.now(UTC)

    def unsigned(
        name: str, issuer: str, key: ec.EllipticCurvePrivateKey
    ) -> x509.CertificateBuilder:
        def named(text: str) -> x509.Name:
            return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])

        return (
            x509.CertificateBuilder()
            .subject_name(named(name))
            .issuer_name(named(issuer))
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=1))
            .not_valid_after(now + timedelta(days=1))
        )

    root_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    root = (
        unsigned("self-check authority", "self-check authority", root_key)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(root_key, hashes.SHA256())
    )
    address = x509.IPAddress(ipaddress.ip_address(_HOST))
    served = (
        unsigned("self-check", "self-check authority", key)
        .add_extension(x509.SubjectAlternativeName([address]), critical=False)
        .sign(root_key, hashes.SHA256())
    )
    authority, both = folder / "authority.pem", folder / "server.pem"
    pem = serialization.Encoding.PEM
    authority.write_bytes(root.public_bytes(pem))
    private = key.private_bytes(
        pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    both.write_bytes(served.public_bytes(pem) + private)
    return authority, both
