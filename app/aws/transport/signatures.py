"""Whether somebody's key signed something: ECDSA with P-256 and SHA-256, as awscrt has it."""

from hashlib import sha256

from awscrt.crypto import EC


def is_signed(public_key: bytes, message: bytes, signature: bytes) -> bool:
    """Tell whether ``signature`` (DER) is that of ``message`` by the key (DER) ``public_key``.

    False for what is no key, or no signature, too.
    """
    try:
        key = EC.new_key_from_der_data(public_key)
        return key.verify(sha256(message).digest(), signature) is True
    except (RuntimeError, ValueError, TypeError):  # awscrt's, for what it can't read
        return False


def is_key(public_key: bytes) -> bool:
    """Tell whether ``public_key`` (DER) is one that something can be verified with."""
    try:
        EC.new_key_from_der_data(public_key)
    except (RuntimeError, ValueError, TypeError):
        return False
    return True
