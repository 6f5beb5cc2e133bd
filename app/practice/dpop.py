"""Whether a request carries the proof that AWS Sign-In asks for (RFC 9449, "DPoP").

Imports cryptography, which comes with moto, so it is imported only once the practice AWS starts.
"""

import json
from base64 import urlsafe_b64decode
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

_TOLERANCE: Final = 300.0
"""Seconds by which the proof's time may differ."""

_HALF: Final = 32
"""Bytes of each of the two numbers of a P-256 signature (RFC 7518, section 3.4)."""


def prover(proof: str, address: str, now: datetime) -> str | None:
    """Return the thumbprint (RFC 7638) of the key that made ``proof``; None where it is none.

    ``address`` is where the request was sent to.
    """
    try:
        head, claims, signature = proof.split(".")
        header, told = json.loads(_decoded(head)), json.loads(_decoded(claims))
        key = header["jwk"]
        late = abs(float(told["iat"]) - now.timestamp()) > _TOLERANCE
        if (told["htm"], told["htu"]) != ("POST", address) or late:
            return None
        _public_key(key).verify(
            _signature(_decoded(signature)), f"{head}.{claims}".encode(), ec.ECDSA(SHA256())
        )
    except (ValueError, KeyError, TypeError, InvalidSignature):
        return None
    named = {name: key[name] for name in ("crv", "kty", "x", "y")}
    return sha256(json.dumps(named, sort_keys=True).encode()).hexdigest()


def _public_key(key: Mapping[str, str]) -> ec.EllipticCurvePublicKey:
    x, y = (int.from_bytes(_decoded(key[name])) for name in ("x", "y"))
    return ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()


def _signature(raw: bytes) -> bytes:
    return encode_dss_signature(int.from_bytes(raw[:_HALF]), int.from_bytes(raw[_HALF:]))


def _decoded(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
