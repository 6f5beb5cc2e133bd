"""Setups of any kind: good ones to which anything that AWS could hold was done, and worse."""

from typing import Any, Final

from hypothesis import strategies as st

from tests.helpers.snapshots import (
    ACCOUNT,
    BUCKET,
    BUCKET_ARN,
    DATABASE_ID,
    DELETED,
    KEY,
    OBJECTS,
    OTHER_KEY,
    ROLE_ARN,
    ROLE_ID,
    ROOT,
    STRANGER,
    UBIQUITY_ROOT,
    World,
    document,
    good,
    good_encrypted,
    good_two,
)

Json = dict[str, Any]

ACTIONS: Final = [
    "*",
    "s3:*",
    "s3:Get*",
    "s3:ListBucket",
    "s3:GetObject",
    "s3:PutObject",
    "s3:DeleteObject",
    "s3:Delete*",
    "kms:*",
    "kms:Decrypt",
    "logs:*",
]
TRUST_ACTIONS: Final = ["sts:AssumeRole", "sts:*", "sts:TagSession", "*"]
RESOURCES: Final = [
    "*",
    BUCKET_ARN,
    OBJECTS,
    f"{BUCKET_ARN}/imports/*",
    f"{BUCKET_ARN}/other/*",
    f"{BUCKET_ARN}*",
    "arn:aws:s3:::YOUR_BUCKET_NAME/*",
    "arn:aws:s3:::acme-import",
    "arn:aws:s3:::${aws:username}/*",
    KEY,
]
PRINCIPALS: Final = [
    UBIQUITY_ROOT,
    "049579744830",
    "arn:aws:iam::049579744830:role/import",
    ROOT,
    ROLE_ARN,
    f"arn:aws:sts::{ACCOUNT}:assumed-role/ubiquity-connectors-s3-access-role/x",
    STRANGER,
    DELETED,
    ROLE_ID,
    "*",
]
NOT_FOR_SERVICES: Final = {
    "BoolIfExists": {"aws:PrincipalIsAWSService": "false", "aws:ViaAWSService": "false"}
}
CONDITIONS: Final = [
    {},
    {"StringEquals": {"sts:ExternalId": DATABASE_ID}},
    {"StringEquals": {"sts:ExternalId": [f"{DATABASE_ID} ", "other"]}},
    {"StringNotEquals": {"sts:ExternalId": DATABASE_ID}},
    {"StringLike": {"s3:prefix": ["imports/*", ""]}},
    {"StringNotLike": {"s3:prefix": "reports/*"}},
    {"IpAddress": {"aws:SourceIp": "192.0.2.0/24"}},
    {"NotIpAddress": {"aws:SourceIp": "192.0.2.0/24"}},
    {"Bool": {"aws:SecureTransport": "false"}},
    {"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}},
    {"StringNotEquals": {"aws:PrincipalArn": ROLE_ARN}},
    {"StringEquals": {"kms:ViaService": "s3.ap-southeast-2.amazonaws.com"}},
    {"StringNotEquals": {"aws:SourceVpce": "vpce-1"}},
    {"StringNotEqualsIfExists": {"aws:SourceVpc": "vpc-1"}, **NOT_FOR_SERVICES},
    {"Bool": {"aws:ViaAWSService": "true"}},
    {"BoolIfExists": {"aws:ViaAWSService": "false"}},
    {"ForAnyValue:StringEquals": {"aws:CalledVia": "s3.amazonaws.com"}},
    {"StringLike": {"kms:EncryptionContext:aws:s3:arn": OBJECTS}},
    {"Null": {"s3:x-amz-server-side-encryption-customer-algorithm": "false"}},
    {"StringNotEquals": {"s3:x-amz-server-side-encryption": "aws:kms"}},
    {"StringNotEqualsIfExists": {"aws:PrincipalOrgID": "o-1"}},
    {"StringEquals": {"aws:PrincipalTag/team": "red"}},
    {"ForAllValues:StringNotEquals": {"aws:PrincipalTag/team": ["red"]}},
    {"ArnNotLike": {"aws:PrincipalArn": [f"arn:aws:iam::{ACCOUNT}:role/ubiquity-*"]}},
    {"StringNotLike": {"aws:userid": [f"{ROLE_ID}:*", "AIDA*"]}},
    {"Null": {"aws:SourceVpce": "true"}},
    {"Null": {"aws:SourceVpce": "false"}, "StringEquals": {"aws:SourceVpc": ["vpc-1", "vpc-2"]}},
    {"StringNotEquals": {"aws:ResourceAccount": "${aws:PrincipalAccount}"}},
    {"StringEquals": {"s3:authType": "REST-HEADER", "s3:signatureversion": "AWS4-HMAC-SHA256"}},
    {"StringLike": {"aws:Referer": "*"}},
    {"StringEqual": {"aws:x": "y"}},
]
PATHS: Final = [
    "caller",
    "role",
    "role.trust_policy",
    "role.attached_policies",
    "role.inline_policies",
    "role.permissions_boundary",
    "customer_policy",
    "buckets[0]",
    "buckets[0].policy",
    "buckets[0].encryption",
    "buckets[0].kms_key",
    "buckets[0].sample",
    "buckets[0].sample.other_keys",
    "buckets[0].object_ownership",
    "similar_roles",
]
EFFECTS: Final = st.sampled_from(["Allow", "Allow", "Deny"])


def some(values: list[str]) -> st.SearchStrategy[Any]:
    """Return one of ``values``, or a list of a few."""
    one = st.sampled_from(values)
    return one | st.lists(one, min_size=1, max_size=3, unique=True)


@st.composite
def statements(draw: st.DrawFn, principal: bool = False, trust: bool = False) -> Json:
    """Return a statement as AWS takes it."""
    body: Json = {
        "Effect": draw(EFFECTS),
        "Action": draw(some(TRUST_ACTIONS if trust else ACTIONS)),
    }
    if principal:
        # AWS takes NotPrincipal with Deny alone, and in no trust policy.
        may_be_not = body["Effect"] == "Deny" and not trust
        element = draw(st.sampled_from(["Principal", "Principal", *["NotPrincipal"] * may_be_not]))
        body[element] = draw(st.just("*") | some(PRINCIPALS).map(lambda p: {"AWS": p}))
    if not trust:
        body[draw(st.sampled_from(["Resource"] * 5 + ["NotResource"]))] = draw(some(RESOURCES))
    condition = draw(st.sampled_from(CONDITIONS))
    return {**body, "Condition": condition} if condition else body


def documents(*, principal: bool = False, trust: bool = False) -> st.SearchStrategy[Json]:
    """Return a policy document of a few statements."""
    listed = st.lists(statements(principal=principal, trust=trust), max_size=3)
    return listed.map(lambda found: document(*found))


MADE: Final = {
    name: make() for name, make in {"plain": good, "key": good_encrypted, "two": good_two}.items()
}


@st.composite
def worlds(draw: st.DrawFn, tried: bool = True) -> World:
    """Return a setup that AWS could have, perhaps with what was ``tried`` on it."""
    world = MADE[draw(st.sampled_from(sorted(MADE)))].copy()
    role, bucket = world.role, world.bucket
    if draw(st.booleans()):
        role["trust_policy"] = draw(documents(principal=True, trust=True))
    if draw(st.booleans()):
        role["attached_policies"][0]["document"] = draw(documents())
    if draw(st.booleans()):
        role["inline_policies"] = [{"name": "extra", "document": draw(documents())}]
    if draw(st.integers(0, 3)) == 0:
        boundary = {"arn": f"arn:aws:iam::{ACCOUNT}:policy/b", "document": draw(documents())}
        role["permissions_boundary"] = boundary
    if draw(st.booleans()):
        bucket["policy"] = draw(documents(principal=True))
    if bucket["kms_key"] and draw(st.booleans()):
        bucket["kms_key"]["policy"] = draw(documents(principal=True))
    _put_files_under_another_key(draw, bucket)
    change_properties(draw, world)
    _change_facts(draw, world)
    for path in draw(st.lists(st.sampled_from(PATHS), max_size=2, unique=True)):
        world.lose(path)
    if tried:
        for observation in draw(st.lists(observations(), max_size=3)):
            world.observe(**observation)
    return world


def _put_files_under_another_key(draw: st.DrawFn, bucket: Json) -> None:
    """Have files under another key, now and then: something was read of it, or nothing."""
    if draw(st.integers(0, 3)) != 0:
        return
    bucket["sample"]["kms_keys"] = [OTHER_KEY]
    if draw(st.booleans()):
        key = {
            "arn": OTHER_KEY,
            "account": draw(st.sampled_from([ACCOUNT, STRANGER])),
            "manager": draw(st.sampled_from(["CUSTOMER", "CUSTOMER", "AWS", None])),
            "state": draw(st.sampled_from(["Enabled", "Disabled"])),
            "policy": draw(st.none() | documents(principal=True)),
        }
        bucket["sample"]["other_keys"] = [key]


def change_properties(draw: st.DrawFn, world: World) -> None:
    """Change how the bucket encrypts, the role's tags, and the organisation."""
    if draw(st.integers(0, 3)) == 0 and world.bucket["kms_key"]:
        algorithm = draw(st.sampled_from(["aws:kms", "aws:kms:dsse"]))
        world.bucket["encryption"].update(algorithm=algorithm, bucket_key=draw(st.booleans()))
    if draw(st.integers(0, 3)) == 0:
        world.role["tags"] = draw(st.sampled_from([{"team": "red"}, {"Team": "blue"}]))
        world.snapshot["organization_id"] = draw(st.sampled_from([None, "o-1", "o-2"]))


def _change_facts(draw: st.DrawFn, world: World) -> None:
    """Change a fact or two of role, policy and bucket."""
    snapshot, role, bucket = world.snapshot, world.role, world.bucket
    state = draw(st.sampled_from(["missing", "unreadable", "other-account"]))
    match draw(st.integers(0, 12)):
        case 0:
            snapshot["role"] = {"state": state.replace("other-account", "missing")}
        case 1:
            role.update(path="/x/", arn=ROLE_ARN.replace("role/", "role/x/"))
        case 2:
            snapshot["customer_policy"] = {
                "state": draw(st.sampled_from(["missing", "unreadable"]))
            }
        case 3:
            role["attached_policies"] = []
        case 4:
            bucket["state"] = state
        case 5:
            bucket["region"] = draw(st.sampled_from([None, "us-east-1"]))
        case 6:
            snapshot["caller"] = draw(
                st.none() | st.just({"arn": "arn:aws:iam::1:root", "account": "1"})
            )
        case 7:
            row = {
                "action": draw(st.sampled_from(ACTIONS)),
                "resource": draw(st.sampled_from(RESOURCES)),
            }
            snapshot["organization_denies"] = [{**row, "by": "service control policy"}]
        case 8:
            world.entry.update(prefix=draw(st.sampled_from(["", "imports", "other/"])))
        case _:
            pass


@st.composite
def observations(draw: st.DrawFn) -> Json:
    """Return something that was tried."""
    actions = ["sts:AssumeRole", "s3:ListBucket", "s3:GetObject", "iam:GetRole", "TestConnection"]
    told = st.sampled_from([None, "", "Access Denied", "Invalid External ID"]) | st.text()
    return {
        "who": draw(st.sampled_from(["customer", "ubiquity", "told"])),
        "action": draw(st.sampled_from(actions)),
        "outcome": draw(st.sampled_from(["allowed", "denied", "failed"])),
        "bucket": draw(st.sampled_from([None, BUCKET])),
        "external_id": draw(st.sampled_from([None, "right", "none", "wrong"])),
        "code": draw(st.sampled_from([None, "AccessDenied", "NoSuchBucket", "SSLError", "503"])),
        "message": draw(told),
        "at": draw(st.sampled_from(["2026-11-23T01:02:09Z", "2026-11-22T01:02:09Z"])),
    }


JSON: Final = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8)
    | st.sampled_from(["Allow", "Deny", "*", ROLE_ARN, OBJECTS, "s3:*", "sts:AssumeRole"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.text(max_size=4)
            | st.sampled_from(
                ["Version", "Statement", "Effect", "Action", "Principal", "Resource", "Condition"]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=12,
)
"""Any JSON, and much that nearly is a policy."""
