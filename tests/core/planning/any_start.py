"""Starting points of any kind: setups of any kind, and what people leave half done in them."""

import copy
from typing import Any, Final

from hypothesis import strategies as st

from app.core.choices import Choice, Choices
from app.core.documents.additions import WRITE_SID
from app.core.documents.policies import kms_statement, permissions_policy
from app.core.documents.ubiquity_trust import revoked_statement
from app.core.draft import BucketEntry
from app.core.guide import KMS_STATEMENT_SID, POLICY_NAME, ROLE_NAME
from app.core.planning.extension import with_tagging
from tests.core.diagnosis.any_world import MADE, some, worlds
from tests.helpers.snapshots import (
    ACCOUNT,
    BUCKET,
    DATABASE_ID,
    DELETED,
    POLICY_ARN,
    ROLE_ARN,
    SECOND,
    STRANGER,
    UBIQUITY_ROOT,
    World,
    admin_of_key,
    allow,
    asks_for,
    deny,
    document,
    trusting,
)

Json = dict[str, Any]

OTHER_ID: Final = "aBqJBlwfjUOUcQjd5gt7vZ"
EXTERNAL_IDS: Final = [
    DATABASE_ID,
    f" {DATABASE_ID}\n",
    DATABASE_ID.lower(),
    f"{DATABASE_ID}==",
    "YOUR_UBIQUITY_ACCOUNT_ID",
    OTHER_ID,
    "another",
]
OPERATORS: Final = ["StringEquals", "StringLike", "StringEqualsIfExists", "StringEqualsIgnoreCase"]
BOUNDARY: Final = f"arn:aws:iam::{ACCOUNT}:policy/developers"
PRINCIPALS: Final = [
    UBIQUITY_ROOT,
    "049579744830",
    "arn:aws:iam::049579744830:role/import",
    f"arn:aws:iam::{STRANGER}:root",
    DELETED,
]
NAMES: Final = [BUCKET, SECOND, "acme-import", "bucket-one", "YOUR_BUCKET_NAME", "of-another-team"]
PREFIXES: Final = ["imports/", "imports/a/", "other/", "odd*name/", "price$/"]

ENTRIES: Final = st.builds(
    lambda name, prefix, restrict: BucketEntry(name, "ap-southeast-2", prefix, restrict),
    st.sampled_from(NAMES),
    st.sampled_from(PREFIXES),
    st.booleans(),
)
GUIDES: Final = st.lists(ENTRIES, min_size=1, max_size=3).map(permissions_policy)


@st.composite
def trust_policies(draw: st.DrawFn) -> Json:
    """Return a trust policy as people leave it."""
    statements = []
    for _ in range(draw(st.integers(0, 3))):
        principal: Json = {"AWS": draw(some(PRINCIPALS))}
        if draw(st.integers(0, 5)) == 0:
            principal = {"Service": "ec2.amazonaws.com"}
        operator = draw(st.sampled_from(OPERATORS))
        asked = draw(st.none() | some(EXTERNAL_IDS))
        condition = None if asked is None else asks_for(asked, operator)
        statements.append(trusting(principal, condition))
    if draw(st.integers(0, 3)) == 0:
        statements.insert(draw(st.integers(0, len(statements))), revoked_statement())
    found = document(*statements, version=draw(st.sampled_from(["2012-10-17", "2008-10-17"])))
    if len(statements) == 1 and draw(st.booleans()):
        found["Statement"] = statements[0]
    return found


@st.composite
def permission_policies(draw: st.DrawFn) -> Json:
    """Return a permissions policy: the guide's for some buckets, perhaps changed by hand."""
    found: Json = copy.deepcopy(draw(GUIDES))
    match draw(st.integers(0, 6)):
        case 0:
            found = with_tagging(found, draw(st.lists(ENTRIES, min_size=1, max_size=2)))
        case 1:
            found["Statement"].append(allow("s3:GetObject", "arn:aws:s3:::of-another-team/*"))
        case 2:
            found["Statement"][-1]["Action"].pop()
        case 3:
            found["Statement"][-1]["Resource"] = f"arn:aws:s3:::{BUCKET}"
        case 4:
            found["Version"] = "2008-10-17"
        case 5:
            found["Statement"].append(deny("s3:DeleteObject", "arn:aws:s3:::of-another-team/*"))
        case _:
            pass
    return found


@st.composite
def key_statements(draw: st.DrawFn) -> Json:
    """Return a statement of a key policy that is ours, or nearly so."""
    found = kms_statement(ACCOUNT)
    found["Sid"] = draw(st.sampled_from([KMS_STATEMENT_SID, WRITE_SID, "Other"]))
    found["Principal"] = {"AWS": draw(some([ROLE_ARN, DELETED, f"arn:aws:iam::{ACCOUNT}:user/x"]))}
    found["Action"] = draw(
        some(["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey", "kms:Encrypt"])
    )
    if draw(st.integers(0, 3)) == 0:
        found["Condition"] = {"StringEquals": {"kms:ViaService": "s3.us-east-1.amazonaws.com"}}
    return found


@st.composite
def starts(draw: st.DrawFn, tried: bool = False) -> World:
    """Return a starting point, one thing in its places alike."""
    world = draw(worlds(tried=tried))
    _draft(draw, world)
    role, snapshot = world.role, world.snapshot
    if role["state"] == "found":
        _role(draw, role)
    if role.get("attached_policies"):
        if draw(st.booleans()):
            role["attached_policies"][0]["document"] = draw(permission_policies())
        _alike(snapshot, role["attached_policies"][0])
    elif snapshot["customer_policy"]["state"] == "found" and draw(st.booleans()):
        snapshot["customer_policy"]["document"] = draw(permission_policies())
    _versions(draw, snapshot["customer_policy"])
    key = world.bucket["kms_key"]
    if key and key.get("policy") and draw(st.booleans()):
        key["policy"]["Statement"] += draw(st.lists(key_statements(), max_size=2))
    if draw(st.integers(0, 3)) == 0 and world.bucket.get("sample"):
        world.bucket["sample"]["tagged"] = 2
    return world


def _is_open_to_more(contents: Json) -> bool:
    """Tell whether a policy denies nothing, and holds no text that a newer version would change."""
    text = repr(contents)
    return "Deny" not in text and ("${" not in text or contents["Version"] == "2012-10-17")


@st.composite
def mendable(draw: st.DrawFn) -> World:
    """Return a starting point that was read whole, and in which nothing of others is in the way."""
    world = MADE[draw(st.sampled_from(sorted(MADE)))].copy()
    _draft(draw, world)
    role, snapshot = world.role, world.snapshot
    role["trust_policy"] = draw(trust_policies())
    role["instance_profiles"] = []
    contents = draw(permission_policies().filter(_is_open_to_more))
    world.set_document(contents)
    match draw(st.integers(0, 4)):
        case 0:
            world.detach()
        case 1:
            world.detach(delete=True)
        case 2:
            snapshot["role"] = {"state": "missing"}
        case _:
            pass
    _versions(draw, snapshot["customer_policy"])
    key = world.bucket["kms_key"]
    if key:
        key["policy"]["Statement"] = [
            admin_of_key(),
            *draw(st.lists(key_statements(), max_size=3)),
        ]
    return world


def _draft(draw: st.DrawFn, world: World) -> None:
    if draw(st.booleans()):
        world.entry.update(
            prefix=draw(st.sampled_from(PREFIXES)), restrict_to_prefix=draw(st.booleans())
        )
    if draw(st.integers(0, 3)) == 0:
        world.draft["buckets"].append({**world.entry, "prefix": "second/"})


def _role(draw: st.DrawFn, role: Json) -> None:
    if role.get("trust_policy") and draw(st.booleans()):
        role["trust_policy"] = draw(trust_policies())
    match draw(st.integers(0, 5)):
        case 0:
            name = ROLE_NAME.title()
            role.update(name=name, arn=ROLE_ARN.replace(ROLE_NAME, name))
        case 1:
            role["attached_policies"] = [
                *(role.get("attached_policies") or []),
                {"name": "R", "arn": "arn:aws:iam::aws:policy/R", "document": document(allow())},
            ]
        case _:
            pass
    if draw(st.booleans()):
        role["instance_profiles"] = draw(st.sampled_from([[], ["servers"]]))


def _alike(snapshot: Json, attached: Json) -> None:
    """Let the policy be the same by itself as it is attached, as in AWS."""
    policy = snapshot["customer_policy"]
    if attached["name"] == POLICY_NAME and policy["state"] == "missing":
        snapshot["role"]["attached_policies"].remove(attached)
    elif attached["name"] == POLICY_NAME and policy["state"] == "found":
        policy["document"] = copy.deepcopy(attached["document"])
        for entry in list(snapshot["unreadable"]):
            if entry["what"].startswith("role.attached_policies["):
                snapshot["unreadable"].append({**entry, "what": "customer_policy.document"})


def _versions(draw: st.DrawFn, policy: Json) -> None:
    if policy["state"] != "found" or draw(st.booleans()):
        return
    numbers = draw(st.lists(st.integers(1, 12), min_size=1, max_size=5, unique=True))
    default = draw(st.sampled_from(numbers))
    policy["versions"] = [
        {"id": f"v{n}", "created_at": None, "default": n == default} for n in numbers
    ]
    policy["version"] = f"v{default}"
    policy["arn"] = POLICY_ARN


CHOICES: Final = st.frozensets(
    st.sampled_from([c for c in Choice if c not in (Choice.EVERYONE, Choice.END_SESSIONS)])
)
WISHES: Final = st.builds(
    Choices,
    CHOICES,
    st.sampled_from([None, None, BOUNDARY]),
    st.sampled_from([{}, {}, {"team": "data"}]),
    st.sampled_from([None, "For UbiQuity"]),
)
