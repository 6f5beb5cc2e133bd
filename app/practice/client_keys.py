"""SSE-C: objects under a key that the client brings along each time, which moto does not keep.

Source: Amazon S3 User Guide, "Using server-side encryption with customer-provided keys (SSE-C)".
"""

from typing import Final

from app.practice.refusal import refuse
from app.practice.s3_calls import S3Call
from app.practice.visit import SignedCall

_KEY_MD5: Final = "x-amz-server-side-encryption-customer-key-md5"
_NO_KEY: Final = (
    "The object was stored using a form of Server Side Encryption. The correct parameters must be "
    "provided to retrieve the object."
)
_NOT_ENCRYPTED: Final = "The encryption parameters are not applicable to this object."


def check_read(signed: SignedCall, call: S3Call) -> None:
    """Refuse to read or describe an SSE-C object without its key, or with another.

    Raises ``RefusedError`` with AWS's words.
    """
    stored = signed.ledger.customer_keys.get((call.bucket, call.key))
    brought = call.http.header(_KEY_MD5)
    if call.part:
        return
    if stored is None and brought:
        raise refuse("InvalidRequest", _NOT_ENCRYPTED)
    if stored is not None and not brought:
        raise refuse("InvalidRequest", _NO_KEY)
    if stored is not None and brought != stored:
        raise refuse("AccessDenied", "Access Denied", 403)


def note_written(signed: SignedCall, call: S3Call) -> None:
    """Remember under which key an object was written, and forget it when it is gone."""
    if call.method == "DELETE" and not call.part:
        signed.ledger.customer_keys.pop((call.bucket, call.key), None)
    if call.method == "PUT" and not call.part:
        brought = call.http.header(_KEY_MD5)
        if brought:
            signed.ledger.customer_keys[(call.bucket, call.key)] = brought
        else:
            signed.ledger.customer_keys.pop((call.bucket, call.key), None)
