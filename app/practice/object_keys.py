"""What S3 asks of KMS when it reads or writes an object under SSE-KMS, in the caller's name.

Reading needs ``kms:Decrypt``, writing and copying ``kms:GenerateDataKey``. Source: Amazon S3 User
Guide, "Using server-side encryption with AWS KMS keys (SSE-KMS)", Permissions, AWS KMS Developer
Guide, "kms:ViaService", and IAM User Guide, "Forward access sessions".
"""

from typing import Final

from moto.kms.models import Key
from moto.s3.models import FakeBucket, FakeKey

from app.practice import authority, buckets
from app.practice.buckets import DefaultEncryption
from app.practice.kms_keys import find_key
from app.practice.needs import Needed
from app.practice.refusal import refuse
from app.practice.s3_calls import S3Call
from app.practice.visit import SignedCall

_AWS_OWN: Final = "alias/aws/s3"
_S3: Final = "s3.amazonaws.com"
_SSE: Final = "x-amz-server-side-encryption"


def require_read(signed: SignedCall, bucket: FakeBucket, stored: FakeKey) -> None:
    """Check that the caller may decrypt ``stored``.

    Raises ``RefusedError`` with AWS's words where KMS would not.
    """
    encryption = buckets.encryption_of(stored)
    key = _key(signed, bucket, encryption)
    if key is not None:
        name = f"{bucket.name}/{stored.name}"
        _require(signed, "kms:Decrypt", bucket, key, name)


def require_write(signed: SignedCall, call: S3Call, bucket: FakeBucket) -> None:
    """Check that the caller may encrypt a new object in ``bucket``.

    Raises ``RefusedError`` with AWS's words where KMS would not.
    """
    asked = call.http.header(_SSE)
    named = call.http.header(f"{_SSE}-aws-kms-key-id") or None
    default = buckets.default_encryption(bucket)
    encryption = DefaultEncryption(asked, named) if asked else default
    if encryption.with_kms and encryption.key is None and default.with_kms:
        encryption = default
    key = _key(signed, bucket, encryption)
    if key is not None:
        _require(signed, "kms:GenerateDataKey", bucket, key, f"{bucket.name}/{call.key}")


def _key(signed: SignedCall, bucket: FakeBucket, encryption: DefaultEncryption) -> Key | None:
    """Return the customer's key that KMS must be asked about, or None where there is none.

    AWS's own key for S3 is open to the bucket's account, through S3, and to nobody else.
    """
    if not encryption.with_kms:
        return None
    named = encryption.key
    if named is None or named.endswith(_AWS_OWN):
        if signed.sign_in.account != bucket.account_id:
            raise refuse("AccessDenied", "Access Denied", 403)
        return None
    key = find_key(named, str(bucket.account_id), str(bucket.region_name))
    if key is None:
        raise refuse("KMS.NotFoundException", f"Key '{named}' does not exist")
    return key


def _require(signed: SignedCall, action: str, bucket: FakeBucket, key: Key, name: str) -> None:
    arn = str(key.arn)
    keys = {
        "aws:ViaAWSService": "true",
        "aws:CalledVia": (_S3,),
        "aws:CalledViaFirst": _S3,
        "aws:CalledViaLast": _S3,
        "kms:ViaService": f"s3.{bucket.region_name}.amazonaws.com",
        "kms:CallerAccount": signed.sign_in.account,
        "kms:EncryptionContext:aws:s3:arn": f"arn:aws:s3:::{name}",
        "kms:EncryptionContextKeys": ("aws:s3:arn",),
    }
    authority.require_key(signed, Needed(action, arn, arn, keys), key)
    if key.key_state == "PendingDeletion":
        raise refuse("KMS.KMSInvalidStateException", f"{arn} is pending deletion.")
    if not key.enabled:
        raise refuse("KMS.DisabledException", f"{arn} is disabled.")
