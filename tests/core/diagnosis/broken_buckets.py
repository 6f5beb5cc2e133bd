"""Ways to break buckets, keys and files, and what lies beyond them."""

from typing import Any, Final

from app.core.documents.policies import kms_statement
from tests.core.diagnosis.row import Row
from tests.helpers.snapshots import (
    ACCOUNT,
    BUCKET_ARN,
    DELETE,
    GET,
    KEY,
    LIST,
    OBJECTS,
    OTHER_KEY,
    PUT,
    ROLE_ARN,
    STRANGER,
    UBIQUITY_ROOT,
    Break,
    World,
    allow,
    deny,
    document,
    good,
    good_encrypted,
    good_two,
    together,
)

OFFICE: Final = {"NotIpAddress": {"aws:SourceIp": ["192.0.2.0/24"]}}
ADMIN: Final = f"arn:aws:iam::{ACCOUNT}:role/Admin"
EVERYONE: Final = {"Principal": "*"}
CODE: Final = "AccessDenied"
BY_SCP: Final = "with an explicit deny in a service control policy"
BY_RCP: Final = "with an explicit deny in a resource control policy"


def state(name: str, *, index: int = 0) -> Break:
    def break_it(world: World) -> None:
        bucket = world.snapshot["buckets"][index]
        world.snapshot["buckets"][index] = {"name": bucket["name"], "state": name}

    return break_it


def fact(name: str, value: object, *, index: int = 0) -> Break:
    return lambda world: world.snapshot["buckets"][index].update({name: value})


def bucket_policy(*statements: dict[str, Any]) -> Break:
    return fact("policy", document(*statements))


def sample(**changed: object) -> Break:
    return lambda world: world.bucket["sample"].update(changed)


def files_under(name: str, **known: object) -> Break:
    """Have a file under the key ``name``; ``known`` is what was read of it, nothing for nothing."""
    entry = {"arn": name, "account": ACCOUNT, "manager": "CUSTOMER", "state": "Enabled", **known}
    return sample(kms_keys=[name], **({"other_keys": [entry]} if known else {}))


LETTING_IN: Final = document(dict(kms_statement(ACCOUNT)))
HANDING_ON: Final = document(allow("kms:*", Principal={"AWS": f"arn:aws:iam::{ACCOUNT}:root"}))
OLDER_KEY: Final = KEY.replace("1234abcd", "0000abcd")
REPLICA: Final = f"arn:aws:kms:us-east-1:{ACCOUNT}:key/mrk-1234abcd12ab34cd56ef1234567890ab"
FOREIGN: Final = OTHER_KEY.replace(ACCOUNT, STRANGER)
UNREAD_KEY: Final = "files.other-key check.unreadable"


def denied_by_organization(*rows: tuple[str, str]) -> Break:
    def break_it(world: World) -> None:
        world.snapshot["organization_denies"] = [
            {"action": action, "resource": resource, "by": "service control policy"}
            for action, resource in rows
        ]

    return break_it


def refused(who: str, action: str, message: str = "", **more: object) -> Break:
    return lambda world: world.observe(who, action, "denied", code=CODE, message=message, **more)


def not_authorized(action: str, resource: str, reason: str = "") -> str:
    who = f"arn:aws:sts::{ACCOUNT}:assumed-role/ubiquity-connectors-s3-access-role/import"
    return f"User: {who} is not authorized to perform: {action} on resource: {resource} {reason}"


BUCKET: Final = (
    Row("bucket.missing", "alone", state("missing")),
    Row("bucket.missing", "encrypted", state("missing"), base=good_encrypted),
    Row("bucket.missing", "the second of two", state("missing", index=1), base=good_two),
    Row("bucket.other-account", "alone", state("other-account")),
    Row("bucket.other-account", "a policy of theirs", fact("state", "other-account")),
    Row(
        "bucket.other-account", "the second of two", state("other-account", index=1), base=good_two
    ),
    Row("bucket.region-mismatch", "found elsewhere", fact("region", "us-east-1")),
    Row("bucket.region-mismatch", "second", fact("region", "eu-west-1", index=1), base=good_two),
    Row(
        "bucket.region-mismatch",
        "refused, yet its region is told",
        lambda world: world.bucket.update(state="unreadable", region="eu-west-1"),
        "bucket.region-mismatch check.unreadable",
    ),
    Row("bucket.explicit-deny", "everyone", bucket_policy(deny("s3:*", OBJECTS, **EVERYONE))),
    Row(
        "bucket.explicit-deny",
        "all but the administrators",
        bucket_policy(
            deny(
                "s3:*",
                [BUCKET_ARN, OBJECTS],
                Principal={"AWS": "*"},
                Condition={"StringNotLike": {"aws:PrincipalArn": [ADMIN]}},
            )
        ),
    ),
    Row(
        "bucket.explicit-deny",
        "without MFA",
        bucket_policy(
            deny(
                DELETE,
                OBJECTS,
                **EVERYONE,
                Condition={"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}},
            )
        ),
    ),
    Row(
        "bucket.explicit-deny",
        "the role itself",
        bucket_policy(deny(PUT, OBJECTS, Principal={"AWS": ROLE_ARN})),
    ),
    Row(
        "bucket.explicit-deny",
        "two that are one",
        bucket_policy(
            deny(GET, OBJECTS, **EVERYONE, Condition={"Bool": {"aws:ViaAWSService": "false"}})
        ),
    ),
    Row(
        "bucket.deny-may-apply",
        "address",
        bucket_policy(deny("s3:*", OBJECTS, **EVERYONE, Condition=OFFICE)),
    ),
    Row(
        "bucket.deny-may-apply",
        "TLS version",
        bucket_policy(
            deny(
                "s3:*",
                [BUCKET_ARN, OBJECTS],
                **EVERYONE,
                Condition={"NumericLessThan": {"s3:TlsVersion": "1.2"}},
            )
        ),
    ),
    Row(
        "bucket.deny-may-apply",
        "unencrypted uploads",
        bucket_policy(
            deny(
                PUT,
                OBJECTS,
                **EVERYONE,
                Condition={"StringNotEquals": {"s3:x-amz-server-side-encryption": "AES256"}},
            )
        ),
    ),
    Row(
        "bucket.deny-may-apply",
        "a part of the prefix",
        bucket_policy(deny("s3:*", f"{BUCKET_ARN}/imports/private/*", **EVERYONE)),
    ),
    Row(
        "bucket.deny-may-apply",
        "some files",
        bucket_policy(deny(PUT, f"{BUCKET_ARN}/*.exe", **EVERYONE)),
    ),
    Row(
        "bucket.direct-grant",
        "UbiQuity's account",
        bucket_policy(allow("s3:*", [BUCKET_ARN, OBJECTS], Principal={"AWS": UBIQUITY_ROOT})),
    ),
    Row(
        "bucket.direct-grant",
        "UbiQuity's account, from one address",
        bucket_policy(
            allow(
                GET,
                OBJECTS,
                Principal={"AWS": [UBIQUITY_ROOT, ROLE_ARN]},
                Condition={"IpAddress": {"aws:SourceIp": "192.0.2.0/28"}},
            )
        ),
    ),
    Row("bucket.direct-grant", "anybody", bucket_policy(allow(GET, OBJECTS, **EVERYONE))),
    Row("bucket.object-ownership", "writer", fact("object_ownership", "ObjectWriter")),
    Row("bucket.object-ownership", "preferred", fact("object_ownership", "BucketOwnerPreferred")),
    Row("bucket.object-ownership", "no setting", fact("object_ownership", None)),
)

FILES: Final = (
    Row("files.none", "prefix", sample(listed=0, keys=[], storage_classes={})),
    Row("files.none", "whole bucket", sample(listed=0), base=lambda: good(prefix="")),
    Row("files.none", "folders alone", sample(listed=0, keys=[], storage_classes={}, markers=2)),
    Row("files.none", "one of two", sample(listed=0), base=good_two),
    Row("files.archived", "Glacier", sample(storage_classes={"STANDARD": 1, "GLACIER": 2})),
    Row("files.archived", "deep", sample(storage_classes={"DEEP_ARCHIVE": 3})),
    Row("files.archived", "both", sample(storage_classes={"GLACIER": 1, "DEEP_ARCHIVE": 1})),
    Row("files.tagged", "one", sample(tagged=1)),
    Row("files.tagged", "all", sample(tagged=3)),
    Row(
        "files.tagged",
        "may read tags only",
        together(
            sample(tagged=2),
            lambda world: world.permissions.append(allow("s3:GetObjectTagging", OBJECTS)),
        ),
    ),
    Row("files.other-key", "allowed", files_under(OLDER_KEY, policy=LETTING_IN)),
    Row(
        "files.other-key",
        "beside the bucket's own",
        files_under(OTHER_KEY, policy=LETTING_IN),
        base=good_encrypted,
    ),
    Row("files.other-key", "nothing read of it", files_under(KEY), UNREAD_KEY),
    Row("files.other-key", "policy not read", files_under(KEY, policy=None), UNREAD_KEY),
    Row("files.other-key", "named by its id", files_under(KEY.rpartition("/")[2]), UNREAD_KEY),
    Row("files.other-key", "named by an alias", files_under("alias/data"), UNREAD_KEY),
    Row("files.other-key", "of another region", files_under(REPLICA, policy=LETTING_IN)),
    Row(
        "files.other-key",
        "of another account, granted by both",
        together(
            files_under(FOREIGN, account=STRANGER, policy=LETTING_IN),
            lambda world: world.permissions.append(allow("kms:Decrypt", FOREIGN)),
        ),
        "kms.other-account files.other-key",
    ),
    Row(
        "files.other-key",
        "nothing lets the role in",
        files_under(KEY, policy=HANDING_ON),
        "kms.decrypt-denied files.other-key",
    ),
    Row(
        "files.other-key",
        "handed on to a policy of the role",
        together(
            files_under(KEY, policy=HANDING_ON),
            lambda world: world.permissions.append(allow("kms:Decrypt", KEY)),
        ),
    ),
    Row(
        "files.other-key",
        "a Deny in its policy",
        files_under(
            KEY,
            policy=document(
                dict(kms_statement(ACCOUNT)), deny("kms:Decrypt", "*", Principal={"AWS": ROLE_ARN})
            ),
        ),
        "kms.explicit-deny files.other-key",
    ),
    Row(
        "files.other-key",
        "switched off",
        files_under(KEY, policy=LETTING_IN, state="Disabled"),
        "kms.key-disabled files.other-key",
    ),
    Row(
        "files.other-key",
        "UbiQuity let in directly",
        files_under(
            KEY,
            policy=document(
                dict(kms_statement(ACCOUNT)), allow("kms:*", Principal={"AWS": UBIQUITY_ROOT})
            ),
        ),
        "kms.direct-grant files.other-key",
    ),
    Row(
        "files.other-key",
        "the organisation denies it",
        together(files_under(KEY, policy=LETTING_IN), denied_by_organization(("kms:Decrypt", KEY))),
        "files.other-key organization.denies",
    ),
    Row("files.sse-c", "one", sample(sse_c=1)),
    Row("files.sse-c", "all", sample(sse_c=3)),
    Row("files.sse-c", "in one of two", sample(sse_c=2), base=good_two),
)

BEYOND: Final = (
    Row("organization.denies", "list", denied_by_organization((LIST, BUCKET_ARN))),
    Row("organization.denies", "files", denied_by_organization((GET, f"{BUCKET_ARN}/imports/*"))),
    Row("organization.denies", "all of S3", denied_by_organization(("s3:*", "*"))),
    Row(
        "organization.denies",
        "told in an error",
        refused("told", LIST, not_authorized(LIST, BUCKET_ARN, BY_RCP), bucket="acme-imports"),
    ),
    Row(
        "organization.denies",
        "seen by UbiQuity",
        refused("ubiquity", "sts:AssumeRole", not_authorized("sts:AssumeRole", ROLE_ARN, BY_RCP)),
    ),
    Row(
        "organization.denies",
        "seen by the customer",
        refused("customer", GET, not_authorized(GET, OBJECTS, BY_SCP), bucket="acme-imports"),
    ),
)
