"""Buckets and keys that nobody would make so, and that work all the same."""

from typing import Final

from app.core.documents.policies import kms_statement
from tests.core.diagnosis.odd_ways import (
    ADMIN,
    Odd,
    aws_managed,
    bucket_policy,
    by_identity,
    connected,
    pasted,
    recovered,
    support,
)
from tests.helpers.snapshots import (
    ACCOUNT,
    BUCKET_ARN,
    DELETED,
    GET,
    OBJECTS,
    PUT,
    ROLE_ARN,
    ROLE_ID,
    allow,
    deny,
    document,
    good_encrypted,
)

BUCKETS: Final = (
    Odd(
        "TLS demanded",
        bucket_policy(
            deny(
                "s3:*",
                [BUCKET_ARN, OBJECTS],
                Principal="*",
                Condition={"Bool": {"aws:SecureTransport": "false"}},
            )
        ),
    ),
    Odd(
        "all but two roles",
        bucket_policy(
            deny(
                "s3:*",
                [BUCKET_ARN, OBJECTS],
                Principal="*",
                Condition={"ArnNotEquals": {"aws:PrincipalArn": [ADMIN, ROLE_ARN]}},
            )
        ),
    ),
    Odd(
        "all but some ids",
        bucket_policy(
            deny(
                "s3:*",
                [BUCKET_ARN, OBJECTS],
                Principal="*",
                Condition={"StringNotLike": {"aws:userid": [f"{ROLE_ID}:*", ACCOUNT]}},
            )
        ),
    ),
    Odd(
        "all but the account",
        bucket_policy(
            deny(
                "s3:*",
                [BUCKET_ARN, OBJECTS],
                Principal="*",
                Condition={"StringNotEquals": {"aws:PrincipalAccount": ACCOUNT}},
            )
        ),
    ),
    Odd(
        "another folder closed",
        bucket_policy(deny("s3:*", f"{BUCKET_ARN}/private/*", Principal="*")),
    ),
    Odd(
        "a user shut out",
        bucket_policy(
            deny("s3:*", OBJECTS, Principal={"AWS": f"arn:aws:iam::{ACCOUNT}:user/intern"})
        ),
    ),
    Odd(
        "the public may read",
        bucket_policy(allow(GET, OBJECTS, Principal="*")),
        codes="bucket.direct-grant",
    ),
    Odd(
        "logs of a load balancer",
        bucket_policy(
            allow(PUT, f"{BUCKET_ARN}/logs/*", Principal={"Service": "delivery.logs.amazonaws.com"})
        ),
    ),
    Odd(
        "removing the bucket forbidden",
        bucket_policy(deny("s3:DeleteBucket", BUCKET_ARN, Principal="*")),
    ),
    Odd("AWS's own key", aws_managed),
    Odd("no default encryption", lambda w: w.bucket.update(encryption={"algorithm": None})),
    Odd(
        "the published statement",
        lambda w: w.bucket["kms_key"].update(policy=document(dict(kms_statement(ACCOUNT)))),
        "kms.write-denied",
        good_encrypted,
    ),
    Odd("the key granted by the role", by_identity, "", good_encrypted),
    Odd(
        "the key through S3 only",
        lambda w: w.key_statements[1].update(
            Condition={
                "StringEquals": {
                    "kms:ViaService": "s3.ap-southeast-2.amazonaws.com",
                    "kms:CallerAccount": ACCOUNT,
                }
            }
        ),
        "",
        good_encrypted,
    ),
    Odd(
        "every action on the key",
        lambda w: w.key_statements[1].update(Action="kms:*"),
        "",
        good_encrypted,
    ),
    Odd(
        "the key for the account's sessions",
        lambda w: w.key_statements[1].update(
            Principal="*", Condition={"StringEquals": {"kms:CallerAccount": ACCOUNT}}
        ),
        "",
        good_encrypted,
    ),
    Odd(
        "a deleted role in the key policy as well",
        lambda w: w.key_statements[1].update(Principal={"AWS": [DELETED, ROLE_ARN]}),
        "",
        good_encrypted,
    ),
    Odd("no files yet", lambda w: w.bucket["sample"].update(listed=0), "files.none"),
    Odd("instant archive", lambda w: w.bucket["sample"].update(storage_classes={"GLACIER_IR": 3})),
    Odd(
        "a bucket that nobody asks for",
        lambda w: w.snapshot["buckets"].append({"name": "other", "state": "unreadable"}),
    ),
)

ASKING: Final = (
    Odd("documents that were pasted", pasted),
    Odd("UbiQuity's support", support),
    Odd("the network came back", recovered),
    Odd("a connection that was seen to work", connected),
    Odd(
        "an organisation's rule about something else",
        lambda w: w.snapshot.update(
            organization_denies=[
                {"action": "s3:DeleteBucket", "resource": "*", "by": "service control policy"}
            ]
        ),
    ),
)
