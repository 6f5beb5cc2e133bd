"""Ways to make a setup that nobody would make so."""

from dataclasses import dataclass
from typing import Any, Final

from tests.helpers.snapshots import (
    ACCOUNT,
    BUCKET,
    BUCKET_ARN,
    DATABASE_ID,
    FOUR,
    KEY,
    LIST,
    OBJECTS,
    ROLE_ARN,
    ROOT,
    SECOND,
    UBIQUITY_ROOT,
    Break,
    World,
    allow,
    asks_for,
    document,
    good,
    inline,
    trusting,
)

UBIQUITY: Final = "049579744830"
SESSION: Final = f"arn:aws:sts::{ACCOUNT}:assumed-role/ubiquity-connectors-s3-access-role/import"
ADMIN: Final = f"arn:aws:iam::{ACCOUNT}:role/Admin"


@dataclass(frozen=True, slots=True)
class Odd:
    """``codes`` are the warnings and notes that are due; ``world`` starts from a good setup."""

    name: str
    how: Break
    codes: str = ""
    base: Any = good

    def __str__(self) -> str:
        return self.name


def trust(*statements: dict[str, Any]) -> Break:
    return lambda world: world.set_trust(*statements)


def ours(**changed: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return the guide's trust statement with other elements."""
    return trusting({"AWS": UBIQUITY_ROOT}, asks_for(DATABASE_ID)) | changed


def with_condition(**tests: dict[str, object]) -> Break:
    return trust(trusting({"AWS": UBIQUITY_ROOT}, asks_for(DATABASE_ID) | tests))


def policy(*statements: dict[str, Any]) -> Break:
    return lambda world: world.set_policy(*statements)


def bucket_policy(*statements: dict[str, Any]) -> Break:
    return lambda world: world.bucket.update(policy=document(*statements))


def key_policy(*statements: dict[str, Any]) -> Break:
    return lambda world: world.bucket["kms_key"].update(policy=document(*statements))


def inline_only(world: World) -> None:
    """Write the same policy into the role, under another name."""
    contents = world.role["attached_policies"][0]["document"]
    world.detach(delete=True)
    world.role["inline_policies"] = [{"name": "s3-for-ubiquity", "document": contents}]


def split(world: World) -> None:
    """Give each action a policy of its own."""
    world.detach(delete=True)
    actions = [allow(LIST, BUCKET_ARN), *(allow(action, OBJECTS) for action in FOUR[1:])]
    world.role["inline_policies"] = [inline(f"p{i}", s) for i, s in enumerate(actions)]


def single_statement(world: World) -> None:
    """Leave out the list around the only statement."""
    world.role["trust_policy"]["Statement"] = world.trust


def bare_strings(world: World) -> None:
    """Put strings where the guide has lists, and lists where it has strings."""
    world.permissions[0].update(Action=LIST, Resource=[BUCKET_ARN])
    world.trust.update(Action=["sts:AssumeRole"], Principal={"AWS": [UBIQUITY_ROOT]})


def old_version(world: World) -> None:
    """Use the language of 2008, which lacks variables only."""
    world.role["trust_policy"].pop("Version")
    world.role["attached_policies"][0]["document"]["Version"] = "2008-10-17"


def by_bucket_policy(world: World) -> None:
    """Grant nothing in the role, all in the bucket."""
    world.detach(delete=True)
    bucket_policy(allow(list(FOUR), [BUCKET_ARN, OBJECTS], Principal={"AWS": ROLE_ARN}))(world)


def by_role_and_bucket(world: World) -> None:
    """Grant half here, half there."""
    policy(allow(LIST, BUCKET_ARN))(world)
    bucket_policy(allow(FOUR[1:], OBJECTS, Principal={"AWS": ROLE_ARN}))(world)


def past_the_boundary(world: World) -> None:
    """Grant to everyone in the account by bucket policy, which no boundary caps."""
    world.set_boundary(allow("ec2:*"))
    within = {"StringEquals": {"aws:PrincipalAccount": ACCOUNT}}
    bucket_policy(allow(list(FOUR), [BUCKET_ARN, OBJECTS], Principal="*", Condition=within))(world)


def tight_boundary(world: World) -> None:
    """Set a boundary of just what is needed."""
    world.set_boundary(*world.permissions)


def by_identity(world: World) -> None:
    """Leave the key policy at its default, and grant in the role."""
    key_policy(allow("kms:*", Principal={"AWS": ROOT}))(world)
    actions = ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey"]
    world.role["inline_policies"] = [inline("key", allow(actions, KEY))]


def aws_managed(world: World) -> None:
    """Use SSE-KMS with AWS's own key."""
    world.bucket["encryption"] = {"algorithm": "aws:kms", "kms_key_id": None, "bucket_key": True}
    arn = KEY.replace("1234abcd", "99999999")
    world.bucket["kms_key"] = {"arn": arn, "account": ACCOUNT, "manager": "AWS", "state": "Enabled"}


def pasted(world: World) -> None:
    """Take documents that somebody sent: nobody was signed in."""
    world.snapshot["caller"] = None


def support(world: World) -> None:
    """Ask as UbiQuity's own support."""
    arn = f"arn:aws:sts::{UBIQUITY}:assumed-role/Support/jo"
    world.snapshot["caller"] = {"arn": arn, "account": UBIQUITY}


def second_database(world: World) -> None:
    """Share the role with another database of the same customer."""
    world.trust["Condition"] = asks_for(["AAAAAAAAAAAAAAAAAAAAAA", DATABASE_ID])


def recovered(world: World) -> None:
    """Let the network fail at first."""
    world.observe("customer", "sts:GetCallerIdentity", "failed", code="EndpointConnectionError")
    world.observe("customer", "sts:GetCallerIdentity", "allowed")


def connected(world: World) -> None:
    """Let all that UbiQuity tries go as it should."""
    world.observe("ubiquity", "sts:AssumeRole", "allowed", external_id="right")
    world.observe("ubiquity", "sts:AssumeRole", "denied", external_id="none", code="AccessDenied")
    world.observe("ubiquity", "sts:AssumeRole", "denied", external_id="wrong", code="AccessDenied")
    world.observe("ubiquity", "s3:ListBucket", "allowed", bucket=BUCKET)


def second_inline(world: World) -> None:
    """Grant the second bucket in a policy of its own."""
    arn = f"arn:aws:s3:::{SECOND}"
    world.role["inline_policies"] = [inline("second", allow(list(FOUR), [arn, f"{arn}/*"]))]


IMPORTS_ONLY: Final = policy(
    allow(LIST, BUCKET_ARN, Condition={"StringLike": {"s3:prefix": ["imports/*"]}}),
    allow(list(FOUR[1:]), f"{BUCKET_ARN}/imports/*"),
)
BROAD: Final = "policy.too-broad"
