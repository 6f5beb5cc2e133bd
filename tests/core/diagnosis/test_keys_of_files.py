"""Files that lie under another key than the bucket's: which key that is, and what is decided.

The rows come from public reports (see the log of issue 10): a default that was changed while files
stayed under the old key, files copied in by another team's job, replicas under a multi-Region key.
"""

from typing import Final

import pytest

from app.core.report import AccessDecision
from tests.core.diagnosis.broken_buckets import (
    HANDING_ON,
    LETTING_IN,
    REPLICA,
    files_under,
    sample,
)
from tests.core.diagnosis.row import Row
from tests.helpers.snapshots import (
    ACCOUNT,
    KEY,
    OTHER_KEY,
    REGION,
    ROLE_ARN,
    ROOT,
    STRANGER,
    Break,
    World,
    allow,
    codes_of,
    document,
    good,
    good_encrypted,
    together,
)

AWS_KEY: Final = f"arn:aws:kms:{REGION}:{ACCOUNT}:key/5555abcd-12ab-34cd-56ef-1234567890ab"


def default(algorithm: str | None, key: str | None = None, **read: object) -> Break:
    """Set the bucket's default encryption, and what was ``read`` of its key."""

    def break_it(world: World) -> None:
        world.bucket["encryption"] = {"algorithm": algorithm, "kms_key_id": key}
        world.bucket["kms_key"] = dict(read) or None

    return break_it


def _row(name: str, how: Break, codes: str = "", *, encrypted: bool = False) -> Row:
    return Row("files.other-key", name, how, codes or " ", good_encrypted if encrypted else good)


AWSS: Final = {"arn": AWS_KEY, "account": ACCOUNT, "manager": "AWS", "state": "Enabled"}

NOTHING_TO_SAY: Final = (
    _row("the bucket's own", sample(kms_keys=[KEY]), encrypted=True),
    _row("the bucket's own, by its id", sample(kms_keys=[KEY.rpartition("/")[2]]), encrypted=True),
    _row("AWS's key by its alias", sample(kms_keys=["alias/aws/s3"])),
    _row("AWS's key by its ARN", sample(kms_keys=[f"arn:aws:kms:{REGION}:{ACCOUNT}:alias/aws/s3"])),
    _row("AWS's key, looked up", files_under(AWS_KEY, manager="AWS", policy=None)),
    _row(
        "AWS's key is the default",
        together(default("aws:kms", None, **AWSS), sample(kms_keys=[AWS_KEY])),
    ),
    _row("no file under KMS", sample(kms_keys=[])),
    _row("twice the same", sample(kms_keys=[KEY, KEY]), encrypted=True),
)
"""Near misses: no other key, or one that needs nothing of anybody."""


@pytest.mark.parametrize("row", NOTHING_TO_SAY, ids=str)
def test_says_nothing_where_there_is_no_other_key(row: Row) -> None:
    report = row.world.report()
    assert codes_of(report) == []
    assert report.verdict == "ready"


def test_what_may_be_awss_own_default_is_not_called_another_key() -> None:
    # The bucket encrypts with aws/s3, which could not be looked up: the file's key may be it.
    world = good()
    default("aws:kms", None, manager="AWS")(world)
    sample(kms_keys=[AWS_KEY])(world)
    report = world.report()
    assert codes_of(report) == ["check.unreadable"]
    assert report.verdict == "incomplete"


def test_where_the_default_was_not_read_no_key_is_called_another() -> None:
    world = good_encrypted()
    files_under(OTHER_KEY, policy=LETTING_IN)(world)
    world.lose("buckets[0].encryption")
    world.bucket["kms_key"] = None
    assert "files.other-key" not in codes_of(world.report())


def _decryptions(world: World) -> list[tuple[str, str]]:
    rows: list[AccessDecision] = [
        row for row in world.report().access if row.action == "kms:Decrypt"
    ]
    return [(row.resource, row.decision) for row in rows]


def test_each_key_has_its_row_after_the_buckets_own() -> None:
    world = good_encrypted()
    others = [OTHER_KEY, AWS_KEY.replace("5555", "7777")]
    sample(
        kms_keys=[KEY, *others],
        other_keys=[
            {"arn": others[0], "account": ACCOUNT, "manager": "CUSTOMER", "policy": LETTING_IN}
        ],
    )(world)
    assert _decryptions(world) == [
        (KEY, "allowed"),
        (others[0], "allowed"),
        (others[1], "unknown"),
    ]


def test_the_key_of_a_file_is_decided_however_the_file_was_encrypted() -> None:
    # Whether an object has a bucket key of its own, the bucket's setting does not say.
    world = good_encrypted()
    arn = "arn:aws:s3:::acme-imports"
    statement = dict(LETTING_IN["Statement"][0])
    statement["Condition"] = {
        "StringLike": {"kms:EncryptionContext:aws:s3:arn": f"{arn}/imports/*"}
    }
    files_under(OTHER_KEY, policy={"Version": "2012-10-17", "Statement": [statement]})(world)
    assert _decryptions(world)[1] == (OTHER_KEY, "unknown")
    statement["Condition"] = {"StringLike": {"kms:EncryptionContext:aws:s3:arn": f"{arn}*"}}
    assert _decryptions(world)[1] == (OTHER_KEY, "allowed")


def test_a_deny_of_the_role_on_two_keys_names_its_action_once() -> None:
    world = good_encrypted()
    files_under(OTHER_KEY, policy=LETTING_IN)(world)
    world.permissions.append({"Effect": "Deny", "Action": "kms:Decrypt", "Resource": "*"})
    (denied,) = [f for f in world.report().findings if f.code == "policy.explicit-deny"]
    assert denied.params["actions"] == ["kms:Decrypt"]


# Public reports, by their source


def _role_may(statement: dict[str, object]) -> Break:
    return lambda world: world.permissions.append(statement)


def _on(key: str, condition: object) -> dict[str, object]:
    test = {"StringEquals": {"kms:EncryptionContext:aws:s3:arn": condition}}
    return {"Effect": "Allow", "Action": "kms:Decrypt", "Resource": key, "Condition": test}


LEGACY: Final = document(
    allow(["kms:DescribeKey", "kms:Decrypt"], Principal={"AWS": ROLE_ARN}),
    allow("kms:*", Principal={"AWS": ROOT}),
)
THROUGH_S3: Final = document(
    allow(
        "kms:Decrypt",
        Principal={"AWS": "*"},
        Condition={
            "StringEquals": {
                "kms:ViaService": f"s3.{REGION}.amazonaws.com",
                "kms:CallerAccount": ACCOUNT,
            }
        },
    )
)
FOREIGN_KEY: Final = OTHER_KEY.replace(ACCOUNT, STRANGER)

REPORTED: Final[tuple[tuple[str, Break, list[str]], ...]] = (
    ("apache/polaris#5162, a key for old files", files_under(KEY, policy=LEGACY), ["allowed"]),
    ("aws-cdk#1852, through S3 only", files_under(KEY, policy=THROUGH_S3), ["allowed"]),
    (
        "through S3 of another region",
        files_under(REPLICA, policy=THROUGH_S3),
        ["denied"],
    ),
    (
        "idp-scim-sync#540, the file's ARN as context",
        together(
            files_under(KEY, policy=HANDING_ON),
            _role_may(_on(KEY, "arn:aws:s3:::acme-imports/imports/a.csv")),
        ),
        ["denied"],
    ),
    (
        "AFT#639, the bucket's ARN as context",
        together(
            files_under(KEY, policy=HANDING_ON), _role_may(_on(KEY, "arn:aws:s3:::acme-imports"))
        ),
        ["unknown"],
    ),
    (
        "modernisation-platform#10122, another account's, its side alone",
        files_under(FOREIGN_KEY, account=STRANGER, policy=LETTING_IN),
        ["denied"],
    ),
    (
        "repost.aws cross-account-access-denied-error-s3, both sides",
        together(
            files_under(FOREIGN_KEY, account=STRANGER, policy=LETTING_IN),
            _role_may(allow("kms:Decrypt", FOREIGN_KEY)),
        ),
        ["allowed"],
    ),
    (
        "cdk-serverless-clamscan#1556, the role has s3 alone",
        files_under(KEY, policy=HANDING_ON),
        ["denied"],
    ),
    ("buildkite#235, --sse aws:kms without a key", sample(kms_keys=["alias/aws/s3"]), []),
    ("LZA#1144, a replica's key", files_under(REPLICA, policy=LETTING_IN), ["allowed"]),
    ("sops#1227, a key that was rotated keeps its ARN", sample(kms_keys=[]), []),
    (
        "serverless-ca#220, the old key on its way out",
        files_under(KEY, policy=LETTING_IN, state="PendingDeletion"),
        ["allowed"],
    ),
)


@pytest.mark.parametrize(
    ("how", "decisions"),
    [(how, decisions) for _, how, decisions in REPORTED],
    ids=[source for source, _, _ in REPORTED],
)
def test_what_was_reported(how: Break, decisions: list[str]) -> None:
    world = good()
    how(world)
    assert [decision for _, decision in _decryptions(world)] == decisions
    report = world.report()
    assert ("files.other-key" in codes_of(report)) == bool(decisions)
    assert (report.verdict == "ready") == (
        set(decisions) <= {"allowed"} and "kms.key-disabled" not in codes_of(report)
    )
