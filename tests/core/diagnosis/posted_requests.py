"""Posted policies about how a request to S3 is made: headers, encryption, signature, folder.

S3 User Guide, "Bucket policy examples using condition keys"; S3 API Reference, "Amazon S3
Signature Version 4 authentication specific policy keys"; Service Authorization Reference.
"""

from typing import Final

from tests.core.diagnosis.posted import Posted, bucket, bucket_if, role, role_if
from tests.helpers.snapshots import (
    ACCOUNT,
    BUCKET_ARN,
    DELETE,
    GET,
    LIST,
    OBJECTS,
    PUT,
    STRANGER,
)

SSE: Final = "s3:x-amz-server-side-encryption"
KEY_ID: Final = f"{SSE}-aws-kms-key-id"
SSE_C: Final = f"{SSE}-customer-algorithm"
SOME_KEY: Final = "arn:aws:kms:us-east-2:123456789012:key/*"
TLS: Final = {"aws:SecureTransport": "false"}

ENCRYPTION: Final = (
    Posted(
        "S3: not encrypted with KMS",
        bucket({"StringNotEquals": {SSE: "aws:kms"}}, PUT),
        "ad aaua aaa",
    ),
    Posted("S3: no header", bucket({"Null": {SSE: "true"}}, PUT), "ad aaua aaa"),
    Posted(
        "a wrong header, where there is one",
        bucket({"StringNotEquals": {SSE: "aws:kms"}, "Null": {SSE: "false"}}, PUT),
        "ad aaua aaa",
    ),
    Posted("S3: no key named", bucket({"Null": {KEY_ID: "true"}}, PUT), "ad aaua aaa"),
    Posted(
        "another key, or none",
        bucket({"StringNotLikeIfExists": {KEY_ID: SOME_KEY}}, PUT),
        "ad aaua aaa",
    ),
    Posted(
        "never with S3's own keys", bucket({"StringEquals": {SSE: "AES256"}}, PUT), "ad aaua aaa"
    ),
    Posted(
        "a value that S3 does not have",
        bucket({"StringNotEquals": {SSE: "AES-256"}}, PUT),
        "ad aada aaa",
    ),
    Posted(
        "each value that S3 has",
        bucket({"StringNotEqualsIfExists": {SSE: ["AES256", "aws:kms", "aws:kms:dsse"]}}, PUT),
        "ad aaua aaa",
    ),
    Posted(
        "a header is asked for of every request",
        bucket({"StringNotEquals": {SSE: "AES256"}}),
        "ad ddud aaa",
    ),
    Posted("Security Blog: block SSE-C", bucket({"Null": {SSE_C: "false"}}, PUT, resource=OBJECTS)),
    Posted("block SSE-C, of every request", bucket({"Null": {SSE_C: "false"}})),
    Posted(
        "block SSE-C, by its only value",
        bucket({"StringEqualsIgnoreCase": {SSE_C: "aes256"}}, PUT),
        "ad aaaa aaa",
    ),
    Posted("block SSE-C, where nobody knows", bucket({"StringLike": {SSE_C: "*"}}, PUT)),
    Posted("block SSE-C by the role", role({"Null": {SSE_C: "false"}}, PUT)),
    Posted(
        "SSE-C is asked for", bucket({"StringNotEquals": {SSE_C: "AES256"}}, PUT), "ad aada aaa"
    ),
    Posted("SSE-C is asked for by the grant", role_if({"Null": {SSE_C: "false"}}), "ad dddd aaa"),
    Posted("the grant leaves SSE-C out", role_if({"Null": {SSE_C: "true"}})),
)

HEADERS: Final = (
    Posted(
        "S3: the owner's full control",
        bucket({"StringNotEquals": {"s3:x-amz-acl": "bucket-owner-full-control"}}, PUT),
        "ad aaua aaa",
    ),
    Posted(
        "S3: nothing public",
        bucket({"StringEquals": {"s3:x-amz-acl": ["public-read", "public-read-write"]}}, PUT),
        "ad aaua aaa",
    ),
    Posted(
        "a storage class",
        bucket({"StringNotEquals": {"s3:x-amz-storage-class": "STANDARD_IA"}}, PUT),
        "ad aaua aaa",
    ),
    Posted(
        "a locked object", bucket({"Null": {"s3:object-lock-mode": "true"}}, PUT), "ad aaua aaa"
    ),
    Posted(
        "S3: a copy's source",
        bucket(
            {
                "StringNotLike": {"s3:x-amz-copy-source": "acme/public/*"},
                "Null": {"s3:x-amz-copy-source": "false"},
            },
            PUT,
        ),
        "ad aaua aaa",
    ),
    Posted(
        "S3: no overwriting", bucket({"Null": {"s3:if-none-match": "true"}}, PUT), "ad aaua aaa"
    ),
    Posted(
        "S3: no overwriting, but for uploads in parts",
        bucket(
            {"Null": {"s3:if-none-match": "true"}, "Bool": {"s3:ObjectCreationOperation": "true"}},
            PUT,
        ),
        "ad aaua aaa",
    ),
    Posted(
        "an unsigned body",
        bucket({"StringEquals": {"s3:x-amz-content-sha256": "UNSIGNED-PAYLOAD"}}),
        "ad uuuu aaa",
    ),
    Posted(
        "a page that links here: a program sends none",
        bucket({"StringNotLike": {"aws:Referer": ["https://www.example.com/*"]}}, GET),
        "ad adaa aaa",
    ),
    Posted("no page that links here", bucket({"StringLike": {"aws:Referer": ["*"]}}, GET)),
    Posted(
        "CloudFront's own header",
        bucket({"StringNotEquals": {"aws:UserAgent": "Amazon CloudFront"}}, GET),
        "ad auaa aaa",
    ),
    Posted("a program that says what it is", bucket({"Null": {"aws:UserAgent": "true"}})),
)

SIGNATURES: Final = (
    Posted("S3: TLS", bucket({"Bool": TLS})),
    Posted(
        "TLS, but for services", bucket({"Bool": {**TLS, "aws:PrincipalIsAWSService": "false"}})
    ),
    Posted("TLS, or nobody knows", bucket({"BoolIfExists": TLS})),
    Posted("TLS, by its absence", bucket({"Null": {"aws:SecureTransport": "true"}})),
    Posted(
        "TLS, the wrong way round", bucket({"Bool": {"aws:SecureTransport": "true"}}), "ad dddd aaa"
    ),
    Posted("S3: TLS 1.2", bucket({"NumericLessThan": {"s3:TlsVersion": 1.2}}), "ad uuuu aaa"),
    Posted(
        "Control Tower, CT.S3.PV.3: TLS 1.3",
        bucket({"NumericLessThan": {"s3:TlsVersion": ["1.3"]}}),
        "ad uuuu aaa",
    ),
    Posted(
        "S3: presigned for ten minutes",
        bucket({"NumericGreaterThan": {"s3:signatureAge": 600000}}),
        "ad uuuu aaa",
    ),
    Posted(
        "presigned ones alone",
        bucket(
            {
                "StringEquals": {"s3:authType": "REST-QUERY-STRING"},
                "NumericGreaterThan": {"s3:signatureAge": "900000"},
            },
            GET,
            PUT,
        ),
        "ad auua aaa",
    ),
    Posted(
        "Control Tower, CT.S3.PV.2: none presigned",
        bucket({"StringNotEquals": {"s3:authType": "REST-HEADER"}}),
        "ad uuuu aaa",
    ),
    Posted(
        "S3: only presigned",
        bucket({"StringNotEquals": {"s3:authtype": "REST-QUERY-STRING"}}, GET),
        "ad auaa aaa",
    ),
    Posted(
        "a way of signing that S3 does not have",
        bucket({"StringNotEquals": {"s3:authType": "QueryString"}}, GET),
        "ad adaa aaa",
    ),
    Posted(
        "a form alone: only uploads can be",
        bucket({"StringEquals": {"s3:authType": "POST"}}),
        "ad aaua aaa",
    ),
    Posted(
        "all ways but a form",
        bucket({"StringNotEquals": {"s3:authType": ["REST-HEADER", "REST-QUERY-STRING"]}}),
        "ad aaua aaa",
    ),
    Posted(
        "S3: Signature Version 2",
        bucket({"StringEquals": {"s3:signatureversion": "AWS"}}),
        "ad uuuu aaa",
    ),
    Posted(
        "S3: Signature Version 4",
        bucket({"StringNotEquals": {"s3:signatureversion": "AWS4-HMAC-SHA256"}}),
        "ad uuuu aaa",
    ),
    Posted(
        "a version that S3 does not have", bucket({"StringEquals": {"s3:signatureversion": "AWS4"}})
    ),
)

OWNERS: Final = (
    Posted(
        "S3: the account that owns the bucket",
        role({"StringNotEquals": {"s3:ResourceAccount": ACCOUNT}}, "s3:*"),
    ),
    Posted(
        "S3's key in a Deny of all services",
        role({"StringNotEquals": {"s3:ResourceAccount": ACCOUNT}}),
        "ad aaaa ddd",
    ),
    Posted(
        "S3's key in a Deny of all services, where it is",
        role(
            {
                "StringNotEquals": {"s3:ResourceAccount": ACCOUNT},
                "Null": {"s3:ResourceAccount": "false"},
            }
        ),
    ),
    Posted(
        "IAM: the account that owns the resource",
        role({"StringNotEquals": {"aws:ResourceAccount": ACCOUNT}}),
    ),
    Posted(
        "IAM: another account's",
        role({"StringNotEquals": {"aws:ResourceAccount": [STRANGER]}}),
        "ad dddd ddd",
    ),
    Posted(
        "the caller's account owns it",
        role({"StringNotEquals": {"aws:ResourceAccount": "${aws:PrincipalAccount}"}}),
    ),
    Posted(
        "the owner's callers",
        bucket({"StringNotEquals": {"aws:PrincipalAccount": "${aws:ResourceAccount}"}}),
    ),
    Posted(
        "the grant asks for the owner", role_if({"StringEquals": {"s3:ResourceAccount": ACCOUNT}})
    ),
    Posted(
        "S3: access points of the account",
        bucket({"StringNotEquals": {"s3:DataAccessPointAccount": ACCOUNT}}),
        "ad dddd aaa",
    ),
    Posted(
        "S3: delegated to access points",
        bucket_if({"StringEquals": {"s3:DataAccessPointAccount": ACCOUNT}}, "*"),
        "ad dddd aaa",
    ),
    Posted(
        "an access point is asked for",
        bucket({"Null": {"s3:DataAccessPointArn": "true"}}),
        "ad dddd aaa",
    ),
    Posted(
        "access points of a VPC",
        bucket({"StringNotEqualsIfExists": {"s3:AccessPointNetworkOrigin": "VPC"}}),
        "ad dddd aaa",
    ),
    Posted(
        "no access point of the Internet",
        bucket({"StringEquals": {"s3:AccessPointNetworkOrigin": "Internet"}}),
    ),
)

PREFIX: Final = "s3:prefix"
FOLDERS: Final = (
    Posted("the connector's folder", bucket({"StringNotLike": {PREFIX: ["imports/*"]}}, LIST)),
    Posted(
        "the folder without what is in it",
        bucket({"StringNotLike": {PREFIX: "imports"}}, LIST),
        "ad daaa aaa",
    ),
    Posted(
        "IAM walkthrough: home folders",
        bucket({"StringNotEquals": {PREFIX: ["", "home/"]}}, LIST),
        "ad daaa aaa",
    ),
    Posted(
        "IAM walkthrough: by folders alone",
        role_if(
            {"StringEquals": {PREFIX: ["", "imports/"], "s3:delimiter": "/"}},
            LIST,
            resource=BUCKET_ARN,
        ),
        "ad dddd aaa",
    ),
    Posted(
        "a delimiter is asked for",
        bucket({"StringNotEquals": {"s3:delimiter": "/"}}, LIST),
        "ad daaa aaa",
    ),
    Posted(
        "a delimiter, where there is one, is ignored by a negated test",
        bucket({"StringNotEqualsIfExists": {"s3:delimiter": "/"}}, LIST),
        "ad daaa aaa",
    ),
    Posted(
        "S3: ten at a time",
        bucket({"NumericGreaterThan": {"s3:max-keys": 10}}, LIST),
        "ad daaa aaa",
    ),
    Posted("a thousand at a time", bucket({"NumericGreaterThan": {"s3:max-keys": "1000"}}, LIST)),
    Posted("no listing of everything", bucket({"Null": {PREFIX: "true"}}, LIST)),
    Posted(
        "no listing of everything, of every request",
        bucket({"Null": {PREFIX: "true"}}),
        "ad addd aaa",
    ),
    Posted(
        "a folder asked of every request",
        bucket({"StringNotLikeIfExists": {PREFIX: "imports/*"}}),
        "ad addd aaa",
    ),
    Posted(
        "a grant with a folder covers no object",
        role_if({"StringLike": {PREFIX: ["imports/*", "imports"]}}),
        "ad addd aaa",
    ),
    Posted(
        "the user's own folder",
        role_if({"StringLike": {PREFIX: "${aws:username}/*"}}, LIST),
        "ad dddd aaa",
    ),
    Posted("a folder secret to others", bucket({"StringLike": {PREFIX: "secret/*"}}, LIST)),
    Posted(
        "S3: a version is asked for",
        bucket({"Null": {"s3:VersionId": "true"}}, GET, DELETE),
        "ad adad aaa",
    ),
)
