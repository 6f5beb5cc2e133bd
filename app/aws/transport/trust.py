"""Which certificates AWS must show: those that this computer's own trust store accepts.

botocore trusts the list of certifi (or its own), so that a company's inspection proxy, whose
root sits in the system's store only, breaks it. Here botocore's sessions verify with truststore
unless a bundle is named (``AWS_CA_BUNDLE``, ``ca_bundle``, ``REQUESTS_CA_BUNDLE``), which then
alone counts, as in each AWS tool. Verification is never switched off.

truststore is not injected into ``ssl``: that would change every connection of the process, and
botocore's own contexts leave the host name to urllib3, which can't check it where the system
itself verifies (macOS, Windows).
"""

import functools
import ssl
from typing import Protocol

import botocore.args
import botocore.httpsession
import truststore
from botocore.endpoint import EndpointCreator

from app.aws.transport.connections import BoundedSession, is_metadata_service
from app.aws.transport.failures import UnusableConfigError
from app.core.i18n import tr


class _Connections(Protocol):
    """The part of urllib3's connection pool that says how to verify."""

    cert_reqs: str | None
    ca_certs: str | None


class SystemTrustSession(BoundedSession):
    """An HTTP session that verifies with the system's trust store."""

    def _get_ssl_context(self) -> ssl.SSLContext:
        return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)

    def _setup_ssl_cert(self, conn: _Connections, _url: str, _verify: object) -> None:
        conn.cert_reqs = "CERT_REQUIRED"
        conn.ca_certs = None


class MetadataSession(SystemTrustSession):
    """The session with which a machine or a container is asked for its credentials."""

    def _may_be_plain(self, host: str) -> bool:
        return is_metadata_service(host) or super()._may_be_plain(host)


def http_session(verify: bool | str | None = None, **settings: object) -> BoundedSession:
    """Return the session that botocore's ``settings`` ask for; they stay with it.

    Raises UnusableConfigError where ``verify`` names a file that is none of certificates.
    """
    if isinstance(verify, str):
        _look_into(verify)
        return BoundedSession(verify=verify, **settings)
    return SystemTrustSession(**settings)


def _look_into(bundle: str) -> None:
    """Raise UnusableConfigError where the file of certificates that a setting names is none.

    Else each connection would fail as if somebody on the way had shown a wrong certificate.
    """
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(bundle)
    except OSError as error:
        words = tr(
            "The file of certificates that AWS_CA_BUNDLE, REQUESTS_CA_BUNDLE or ca_bundle names "
            "can’t be used: {file} ({reason})."
        )
        reason = error.strerror or str(error)
        sentence = words.format(file=bundle, reason=reason)
        raise UnusableConfigError(error_msg=sentence, path=bundle) from error


class _SystemTrustEndpoints(EndpointCreator):
    create_endpoint = functools.partialmethod(
        EndpointCreator.create_endpoint, http_session_cls=http_session
    )


def trust_the_system() -> None:
    """Let each client that botocore makes from now on use the system's trust store.

    That includes the clients botocore makes for itself while it fetches credentials, which no
    argument of ours reaches, and the sessions with which it asks machines and containers for them.
    """
    vars(botocore.args)["EndpointCreator"] = _SystemTrustEndpoints
    vars(botocore.httpsession)["URLLib3Session"] = MetadataSession
