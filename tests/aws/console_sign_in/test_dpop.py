"""The key that a sign-in is renewed with."""

from base64 import b64decode

import pytest
from awscrt.crypto import EC, ECExportFormat, ECType

from app.aws.console_sign_in.dpop import ProofKey

_FULL = 121
"""Bytes of a P-256 key in SEC1, with all 32 of its number (RFC 5915)."""


def _key(*, full: bool) -> EC:
    """Return a key whose number has all its bytes, or one that begins with zero (1 in 256)."""
    while True:
        key = EC.new_generate(ECType.P_256)
        if (len(key.export_key(ECExportFormat.SEC1)) == _FULL) is full:
            return key


def test_what_is_kept_of_a_key_is_a_key_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that awscrt writes and can't read made the sign-in end the moment it began."""
    keys = [_key(full=False), _key(full=True)]
    monkeypatch.setattr(EC, "new_generate", lambda _kind: keys.pop(0))
    pem = ProofKey().pem
    assert keys == []
    kept = b64decode("".join(pem.splitlines()[1:-1]))
    EC.new_key_from_der_data(kept)
    assert len(kept) == _FULL
