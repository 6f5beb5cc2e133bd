"""No decision says more than is known: in no world that may be does another come out.

Whatever only UbiQuity or AWS knows is made up, at random, again and again, and a second evaluator
(``plain_iam``) decides. What the report says for certain has to come out each time.
"""

from random import Random
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core.diagnosis.access import access_of
from app.core.diagnosis.view.setup import set_up
from app.core.iam.work import Work
from tests.core.diagnosis.any_world import MADE, change_properties, documents
from tests.core.diagnosis.plain_iam import Ask, allows
from tests.helpers.snapshots import (
    ACCOUNT,
    BUCKET_ARN,
    DATABASE_ID,
    KEY,
    REGION,
    ROLE_ARN,
    ROLE_ID,
    World,
)

UBIQUITY = "049579744830"
SESSION = f"arn:aws:sts::{ACCOUNT}:assumed-role/ubiquity-connectors-s3-access-role"
FILE = f"{BUCKET_ARN}/imports/~no-policy-names-it~"
SSE = "s3:x-amz-server-side-encryption"
ROWS = (
    "sts:AssumeRole",
    "sts:AssumeRole",
    "s3:ListBucket",
    "s3:GetObject",
    "s3:PutObject",
    "s3:DeleteObject",
    "kms:Decrypt",
    "kms:DescribeKey",
    "kms:GenerateDataKey",
)
Context = dict[str, list[str]]


@st.composite
def read_worlds(draw: st.DrawFn) -> World:
    """Return a setup whose policies are any, all of them read."""
    world = MADE[draw(st.sampled_from(["plain", "key"]))].copy()
    role, bucket = world.role, world.bucket
    if draw(st.booleans()):
        role["trust_policy"] = draw(documents(principal=True, trust=True))
    if draw(st.booleans()):
        role["attached_policies"][0]["document"] = draw(documents())
    if draw(st.integers(0, 3)) == 0:
        boundary = draw(documents())
        role["permissions_boundary"] = {"arn": "arn:aws:iam::1:policy/b", "document": boundary}
    if draw(st.booleans()):
        bucket["policy"] = draw(documents(principal=True))
    if bucket["kms_key"] and draw(st.booleans()):
        bucket["kms_key"]["policy"] = draw(documents(principal=True))
    change_properties(draw, world)
    return world


def _way(random: Random) -> Context:
    """Return by which way a request comes: by the Internet, or by an endpoint of a VPC."""
    if random.random() < 0.5:
        return {"aws:sourceip": [random.choice(["192.0.2.7", "198.51.100.7"])]}
    vpce, vpc = random.choice(["vpce-1", "vpce-9"]), random.choice(["vpc-1", "vpc-9"])
    return {"aws:sourcevpce": [vpce], "aws:sourcevpc": [vpc]}


def _maybe(random: Random, key: str, *values: str) -> Context:
    value = random.choice([None, *values])
    return {} if value is None else {key: [value]}


def _tags(tags: dict[str, str]) -> Context:
    return {f"aws:principaltag/{name}".lower(): [value] for name, value in tags.items()}


def _assuming(random: Random, external_id: str | None) -> Ask:
    kind, name = random.choice([("role", "import"), ("role", "app"), ("user", "app")])
    arn = f"arn:aws:iam::{UBIQUITY}:{kind}/{name}"
    context = {
        "aws:securetransport": ["true"],
        "aws:principalisawsservice": ["false"],
        "aws:viaawsservice": ["false"],
        "aws:principalarn": [arn],
        "aws:principalaccount": [UBIQUITY],
        "aws:resourceaccount": [ACCOUNT],
        "aws:userid": [random.choice(["AIDASOMEBODY", "AROASOMEBODY:job"])],
        **_way(random),
        **_maybe(random, "aws:principalorgid", "o-1", "o-2"),
        **_maybe(random, "aws:principaltag/team", "red", "blue"),
        **({"aws:multifactorauthpresent": ["false"]} if kind == "role" else {}),
        **({} if external_id is None else {"sts:externalid": [external_id]}),
    }
    return Ask(
        "sts:AssumeRole", ROLE_ARN, UBIQUITY, arn, arn, "AROASOMEBODY", context, *_coins(random)
    )


def _coins(random: Random) -> tuple[bool, bool]:
    return random.random() < 0.5, random.random() < 0.5


def _of_session(random: Random, world: World, action: str) -> Ask:
    organization = world.snapshot.get("organization_id")
    way, name = _way(random), random.choice(["x", "job"])
    context: Context = {
        "aws:securetransport": ["true"],
        "aws:principalisawsservice": ["false"],
        "aws:viaawsservice": ["false"],
        "aws:principalarn": [ROLE_ARN],
        "aws:principalaccount": [ACCOUNT],
        "aws:resourceaccount": [ACCOUNT],
        "aws:userid": [f"{ROLE_ID}:{name}"],
        "aws:multifactorauthpresent": ["false"],
        **_tags(world.role["tags"]),
        **({"aws:principalorgid": [organization]} if organization else {}),
        **({} if organization else _maybe(random, "aws:principalorgid", "o-1", "o-2")),
    }
    resource = BUCKET_ARN if action == "s3:ListBucket" else FILE
    if action == "s3:ListBucket":
        context["s3:prefix"] = ["imports/"]
    if action.startswith("s3:"):
        context["s3:authtype"] = [random.choice(["REST-HEADER", "REST-QUERY-STRING"])]
        context["s3:signatureversion"] = [random.choice(["AWS", "AWS4-HMAC-SHA256"])]
    if action == "s3:PutObject":
        context |= _maybe(random, SSE, "AES256", "aws:kms", "aws:kms:dsse")
    if action.startswith("kms:"):
        resource = KEY
        context["kms:viaservice"] = [f"s3.{REGION}.amazonaws.com"]
    if action in ("kms:Decrypt", "kms:GenerateDataKey"):
        # S3 passes on the public address that it was asked from, and no more of the way.
        way = {key: value for key, value in way.items() if key == "aws:sourceip"}
        context["aws:viaawsservice"] = ["true"]
        context |= _maybe(random, "aws:calledvia", "s3.amazonaws.com")
        encryption = world.bucket["encryption"]
        by_bucket = encryption["bucket_key"] and encryption["algorithm"] == "aws:kms"
        context["kms:encryptioncontext:aws:s3:arn"] = [BUCKET_ARN if by_bucket else FILE]
    context |= way
    session = f"{SESSION}/{name}"
    return Ask(action, resource, ACCOUNT, ROLE_ARN, session, ROLE_ID, context, *_coins(random))


def _decide(random: Random, world: World, row: int) -> bool:
    role, bucket = world.role, world.bucket
    if row < 2:
        ask = _assuming(random, DATABASE_ID if row == 0 else None)
        return allows(ask, "trust", None, role["trust_policy"], None)
    ask = _of_session(random, world, ROWS[row])
    identity = [p["document"] for p in (*role["attached_policies"], *role["inline_policies"])]
    boundary = role["permissions_boundary"]
    bound: Any = boundary["document"] if boundary else None
    if ROWS[row].startswith("kms:"):
        return allows(ask, "key", identity, bucket["kms_key"]["policy"], bound)
    return allows(ask, "bucket", identity, bucket["policy"], bound)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(read_worlds(), st.integers(0, 2**32))
def test_what_is_certain_comes_out_in_every_world(world: World, seed: int) -> None:
    random = Random(seed)  # noqa: S311 - no secret
    for row, access in enumerate(access_of(set_up(*world.read(), Work()))):
        assert access.action == ROWS[row]
        if access.decision != "unknown":
            outcomes = {_decide(random, world, row) for _ in range(10)}
            assert outcomes == {access.decision == "allowed"}, access
