"""Requests to S3: which bucket and object they mean, and which permissions they need.

Source: Service Authorization Reference, "Actions, resources, and condition keys for Amazon S3",
and Amazon S3 User Guide, "Required permissions for Amazon S3 API operations".
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote

from app.practice.exchange import HttpCall
from app.practice.needs import ConditionKeys, Needed

_BUCKET_PARTS: Final = {
    "accelerate": "AccelerateConfiguration",
    "acl": "BucketAcl",
    "cors": "BucketCORS",
    "encryption": "EncryptionConfiguration",
    "inventory": "InventoryConfiguration",
    "lifecycle": "LifecycleConfiguration",
    "logging": "BucketLogging",
    "notification": "BucketNotification",
    "object-lock": "BucketObjectLockConfiguration",
    "ownershipControls": "BucketOwnershipControls",
    "policy": "BucketPolicy",
    "publicAccessBlock": "BucketPublicAccessBlock",
    "replication": "ReplicationConfiguration",
    "requestPayment": "BucketRequestPayment",
    "tagging": "BucketTagging",
    "versioning": "BucketVersioning",
    "website": "BucketWebsite",
}
"""Parts of a bucket that are read with Get…, and written and deleted with Put…."""

_READ_ONLY_PARTS: Final = {
    "location": "s3:GetBucketLocation",
    "policyStatus": "s3:GetBucketPolicyStatus",
    "uploads": "s3:ListBucketMultipartUploads",
    "versions": "s3:ListBucketVersions",
}
_OWN_DELETE: Final = {"policy": "s3:DeleteBucketPolicy", "website": "s3:DeleteBucketWebsite"}
_BARE_BUCKET: Final = {
    "GET": "s3:ListBucket",
    "HEAD": "s3:ListBucket",
    "PUT": "s3:CreateBucket",
    "DELETE": "s3:DeleteBucket",
}
_OBJECT_PARTS: Final = {
    ("GET", "acl"): "s3:GetObjectAcl",
    ("PUT", "acl"): "s3:PutObjectAcl",
    ("GET", "tagging"): "s3:GetObjectTagging",
    ("PUT", "tagging"): "s3:PutObjectTagging",
    ("DELETE", "tagging"): "s3:DeleteObjectTagging",
    ("GET", "legal-hold"): "s3:GetObjectLegalHold",
    ("PUT", "legal-hold"): "s3:PutObjectLegalHold",
    ("GET", "retention"): "s3:GetObjectRetention",
    ("PUT", "retention"): "s3:PutObjectRetention",
    ("GET", "uploadId"): "s3:ListMultipartUploadParts",
    ("DELETE", "uploadId"): "s3:AbortMultipartUpload",
    ("POST", "restore"): "s3:RestoreObject",
    ("POST", "select"): "s3:GetObject",
}
_BARE_OBJECT: Final = {
    "GET": "s3:GetObject",
    "HEAD": "s3:GetObject",
    "PUT": "s3:PutObject",
    "POST": "s3:PutObject",
    "DELETE": "s3:DeleteObject",
}
_GOVERNANCE: Final = "s3:BypassGovernanceRetention"
_HEADER_KEYS: Final = (
    "x-amz-acl",
    "x-amz-copy-source",
    "x-amz-metadata-directive",
    "x-amz-server-side-encryption",
    "x-amz-server-side-encryption-aws-kms-key-id",
    "x-amz-storage-class",
)
_QUERY_KEYS: Final = ("prefix", "delimiter", "max-keys", "versionid")


@dataclass(frozen=True, slots=True)
class S3Call:
    """A request to S3. ``bucket`` and ``key`` are empty where it names none."""

    http: HttpCall
    bucket: str
    key: str

    @property
    def method(self) -> str:
        """The HTTP method."""
        return self.http.method

    @property
    def part(self) -> str:
        """The part of the bucket or object that is meant (``policy``, ``acl``), or nothing."""
        parts = (*_BUCKET_PARTS, *_READ_ONLY_PARTS, "legal-hold", "retention", "uploadId")
        names = (*parts, "restore", "select", "delete", "attributes")
        return next((name for name in names if name in self.http.query), "")

    @property
    def bucket_arn(self) -> str:
        """The bucket's ARN."""
        return f"arn:aws:s3:::{self.bucket}"

    @property
    def object_arn(self) -> str:
        """The object's ARN."""
        return f"{self.bucket_arn}/{self.key}"

    @property
    def copy_source(self) -> tuple[str, str] | None:
        """The bucket and name of the object that is to be copied, or None."""
        source = unquote(self.http.header("x-amz-copy-source").partition("?versionId=")[0])
        bucket, _, key = source.lstrip("/").partition("/")
        return (bucket, key) if key else None

    @property
    def copied_version(self) -> str | None:
        """The version that is to be copied, where one was named."""
        return self.http.header("x-amz-copy-source").partition("?versionId=")[2] or None

    @property
    def version(self) -> str | None:
        """The version of the object that is meant, where one was named."""
        return self.http.query.get("versionId")

    @property
    def passes_governance(self) -> bool:
        """Whether a retention period in governance mode is to be passed by."""
        return self.http.header("x-amz-bypass-governance-retention").lower() == "true"

    @property
    def makes_bucket(self) -> bool:
        """Whether this creates a bucket."""
        return self.method == "PUT" and not self.key and not self.part

    @property
    def deletes_many(self) -> bool:
        """Whether this is DeleteObjects, which names its objects in the body."""
        return self.method == "POST" and not self.key and self.part == "delete"


def read_s3_call(call: HttpCall) -> S3Call:
    """Return the bucket and object of ``call``, which names them in its path."""
    bucket, _, key = call.decoded_path.removeprefix("/").partition("/")
    return S3Call(call, bucket, key)


def needed_for(call: S3Call) -> tuple[Needed, ...]:
    """Return the permissions that ``call`` needs, but those for a copy's source and its tags.

    DeleteObjects needs one for each object in its body: see :func:`needed_to_delete`.
    """
    if not call.bucket:
        return (Needed("s3:ListAllMyBuckets", "arn:aws:s3:::*"),)
    keys = request_keys(call)
    if not call.key:
        return (_on(_bucket_action(call), call.bucket_arn, keys),)
    return tuple(_on(action, call.object_arn, keys) for action in _object_actions(call))


def needed_to_delete(call: S3Call, key: str, version: str | None) -> tuple[Needed, ...]:
    """Return the permissions to delete the object ``key`` of the call's bucket, or a version."""
    arn = f"{call.bucket_arn}/{key}"
    actions = ["s3:DeleteObject" if version is None else "s3:DeleteObjectVersion"]
    if call.passes_governance:
        actions.append(_GOVERNANCE)
    return tuple(_on(action, arn, {}) for action in actions)


def needed_to_copy(call: S3Call, tagged: bool) -> tuple[Needed, ...]:
    """Return what reading the source of a copy needs; its tags are copied with it."""
    bucket, key = call.copy_source or ("", "")
    arn = f"arn:aws:s3:::{bucket}/{key}"
    suffix = "" if call.copied_version is None else "Version"
    read = _on(f"s3:GetObject{suffix}", arn, {})
    return (read, _on(f"s3:GetObject{suffix}Tagging", arn, {})) if tagged else (read,)


def needed_on(action: str, call: S3Call) -> Needed:
    """Return ``action`` on the call's object, or on its bucket where it names none."""
    arn = call.object_arn if call.key else call.bucket_arn
    return _on(action, arn, request_keys(call) if call.key else {})


def request_keys(call: S3Call) -> ConditionKeys:
    """Return S3's own condition keys for ``call``; one that was not sent is absent."""
    query = {name.lower(): value for name, value in call.http.query.items()}
    from_query = {f"s3:{name}": query[name] for name in _QUERY_KEYS if name in query}
    from_headers = {
        f"s3:{name}": call.http.header(name) for name in _HEADER_KEYS if call.http.header(name)
    }
    presigned = "x-amz-algorithm" in query
    return {
        **from_query,
        **from_headers,
        "s3:authType": "REST-QUERY-STRING" if presigned else "REST-HEADER",
        "s3:signatureversion": "AWS4-HMAC-SHA256",
        "s3:TlsVersion": "1.3",
    }


def _bucket_action(call: S3Call) -> str:
    part = call.part
    if part in _READ_ONLY_PARTS:
        return _READ_ONLY_PARTS[part]
    if part not in _BUCKET_PARTS:
        return _BARE_BUCKET.get(call.method, "s3:PutObject")
    if call.method == "DELETE" and part in _OWN_DELETE:
        return _OWN_DELETE[part]
    return f"s3:{'Get' if call.method in {'GET', 'HEAD'} else 'Put'}{_BUCKET_PARTS[part]}"


def _object_actions(call: S3Call) -> Iterator[str]:
    plain = _OBJECT_PARTS.get((call.method, call.part))
    if plain is not None:
        yield plain
        return
    versioned = call.version is not None and call.method in {"GET", "HEAD", "DELETE"}
    yield _BARE_OBJECT.get(call.method, "s3:PutObject") + ("Version" if versioned else "")
    if call.method == "DELETE" and call.passes_governance:
        yield _GOVERNANCE
    if call.part == "attributes":
        yield "s3:GetObjectAttributes"
    if call.http.header("x-amz-tagging"):
        yield "s3:PutObjectTagging"
    if call.http.header("x-amz-acl"):
        yield "s3:PutObjectAcl"


def _on(action: str, arn: str, keys: ConditionKeys) -> Needed:
    return Needed(action, arn, f'"{arn}"', keys)
