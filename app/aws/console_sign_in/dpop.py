"""The proof that a request comes from who began the sign-in: RFC 9449, "DPoP".

The key is P-256, and the proof a JWT signed with ES256, as AWS Sign-In asks for; key and proof are
made by ``awscrt``, which botocore signs its renewals with.
"""

import json
import textwrap
import time
import uuid
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Mapping
from hashlib import sha256

from awscrt.crypto import EC, ECExportFormat, ECType


class ProofKey:
    """The key of one sign-in; it is kept with the session, which is renewed with it."""

    def __init__(self) -> None:
        self._key = EC.new_generate(ECType.P_256)
        while not _can_be_read_back(self._key):
            self._key = EC.new_generate(ECType.P_256)

    @property
    def pem(self) -> str:
        """The private key as the AWS CLI keeps it: SEC1, in lines of 64 characters."""
        text = b64encode(self._key.export_key(ECExportFormat.SEC1)).decode()
        lines = textwrap.fill(text, width=64)
        return f"-----BEGIN EC PRIVATE KEY-----\n{lines}\n-----END EC PRIVATE KEY-----\n"

    def proof(self, address: str) -> str:
        """Return the proof for one POST to ``address``."""
        x, y = self._key.get_public_coords()
        head = {
            "typ": "dpop+jwt",
            "alg": "ES256",
            "jwk": {"kty": "EC", "crv": "P-256", "x": _encoded(x), "y": _encoded(y)},
        }
        claims = {"jti": str(uuid.uuid4()), "htm": "POST", "htu": address, "iat": int(time.time())}
        signed = f"{_encoded_json(head)}.{_encoded_json(claims)}"
        signature = self._key.sign(sha256(signed.encode()).digest())
        raw = EC.decode_der_signature_to_padded_pair(signature, pad_to=32)
        return f"{signed}.{_encoded(raw)}"


def _can_be_read_back(key: EC) -> bool:
    """Return whether what is kept of ``key`` is a key again.

    Where its number begins with a zero byte, one time in 256, awscrt leaves that byte out (RFC
    5915 wants all 32) and then refuses what it has written: the sign-in would have ended at once.
    """
    try:
        EC.new_key_from_der_data(key.export_key(ECExportFormat.SEC1))
    except RuntimeError:
        return False
    return True


def _encoded_json(value: Mapping[str, object]) -> str:
    return _encoded(json.dumps(value, separators=(",", ":")).encode())


def _encoded(value: bytes) -> str:
    return urlsafe_b64encode(value).decode().rstrip("=")
