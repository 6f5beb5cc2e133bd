"""Who gets in past the role: each way that a bucket's or key's policy or a grant may have."""

import json
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.diagnosis.direct_access import DirectAccess, DirectWay, direct_access_of
from app.core.diagnosis.view.question import GRANT_ALL
from app.core.formats.snapshot_json import read_snapshot
from app.core.guide import UBIQUITY_ACCOUNT
from app.core.iam.context import Context
from app.core.iam.decision import Decision, decide_cross_account
from app.core.iam.policies import parse_policy
from app.core.iam.principals import Requester
from app.core.iam.requests import Request
from app.core.iam.truth import Truth
from app.core.iam.work import MOST_STEPS, Work
from app.core.snapshot import KmsGrant, Snapshot
from tests.helpers.snapshots import (
    ACCOUNT,
    BUCKET,
    BUCKET_ARN,
    GET,
    KEY,
    LIST,
    OBJECTS,
    ROLE_ARN,
    ROOT,
    STRANGER,
    UBIQUITY_ROOT,
    Json,
    World,
    allow,
    deny,
    document,
    good,
    good_encrypted,
)

UBIQUITYS_ROLE = f"arn:aws:iam::{UBIQUITY_ACCOUNT}:role/service/importer"
UBIQUITYS_USER = f"arn:aws:iam::{UBIQUITY_ACCOUNT}:user/importer"
UBIQUITYS_SESSION = f"arn:aws:sts::{UBIQUITY_ACCOUNT}:assumed-role/importer/one"
BOTH = [BUCKET_ARN, OBJECTS]
ORGANIZATION = "o-abcde12345"
EVERYTHING = "s3:*"


def aws(*names: str) -> Json:
    """Return a Principal element."""
    return {"AWS": names[0] if len(names) == 1 else list(names)}


def snapshot_of(world: World) -> Snapshot:
    snapshot = read_snapshot(json.dumps(world.snapshot), "snapshot.json")
    assert isinstance(snapshot, Snapshot)
    return snapshot


def of_bucket(*statements: Json, **more: object) -> tuple[DirectAccess, ...]:
    """Return the ways into a bucket with a policy of ``statements``."""
    world = good()
    world.bucket["policy"] = document(*statements)
    world.snapshot.update(more)
    return direct_access_of(snapshot_of(world))


def of_key(*statements: Json, grants: object = None) -> tuple[DirectAccess, ...]:
    """Return the ways to a key whose policy has ``statements`` besides the account's own."""
    world = good_encrypted()
    world.key_statements.extend(statements)
    if grants is not None:
        world.bucket["kms_key"]["grants"] = grants
    return direct_access_of(snapshot_of(world))


def granting(principal: object, **condition: object) -> Json:
    more: dict[str, Any] = {"Condition": condition} if condition else {}
    return allow(EVERYTHING, BOTH, Principal=principal, **more)


def denying_all(**condition: object) -> Json:
    return deny("*", BOTH, Principal="*", Condition=condition)


PURELY = [
    aws(UBIQUITY_ROOT),
    aws(UBIQUITY_ACCOUNT),
    aws(UBIQUITYS_ROLE),
    aws(UBIQUITYS_USER),
    aws(UBIQUITYS_SESSION),
    aws(UBIQUITY_ROOT, UBIQUITYS_ROLE),
]


@pytest.mark.parametrize("principal", PURELY, ids=str)
def test_whoever_of_ubiquitys_account_is_named_gets_in(principal: Json) -> None:
    statement = granting(principal)
    [way] = of_bucket(deny("s3:DeleteBucket", BUCKET_ARN, Principal="*"), statement)
    names = principal["AWS"]
    assert way == DirectAccess(
        DirectWay.BUCKET_POLICY,
        BUCKET_ARN,
        BUCKET,
        "buckets[0].policy",
        1,
        statement,
        None,
        (names,) if isinstance(names, str) else tuple(names),
        (),
        (EVERYTHING,),
        Truth.TRUE,
    )
    assert way.only_ubiquity
    assert not way.is_for_anybody


@pytest.mark.parametrize(
    ("principal", "who", "others"),
    [
        (aws(ROOT, UBIQUITY_ROOT), (UBIQUITY_ROOT,), (ROOT,)),
        (
            {**aws(UBIQUITY_ROOT), "Service": "s3.amazonaws.com"},
            (UBIQUITY_ROOT,),
            ("s3.amazonaws.com",),
        ),
        (aws("*", UBIQUITY_ROOT), ("*", UBIQUITY_ROOT), ()),
        (aws("*"), ("*",), ()),
        ("*", ("*",), ()),
    ],
    ids=str,
)
def test_mixed_with_others(
    principal: object, who: tuple[str, ...], others: tuple[str, ...]
) -> None:
    [way] = of_bucket(granting(principal))
    assert (way.who, way.others, way.certain) == (who, others, Truth.TRUE)
    assert not way.only_ubiquity
    assert way.is_for_anybody is ("*" in who)


@pytest.mark.parametrize("state", ["missing", "unreadable", "other-account"])
def test_of_a_bucket_that_was_not_found_no_policy_counts(state: str) -> None:
    statement = allow("s3:*", f"arn:aws:s3:::{BUCKET}/*", Principal=aws(UBIQUITYS_ROLE))
    assert of_bucket(statement)
    world = good()
    world.bucket.update(policy=document(statement), state=state)
    assert direct_access_of(snapshot_of(world)) == ()


def test_everybody_of_named_accounts_is_not_anybody() -> None:
    condition = {"StringEquals": {"aws:PrincipalAccount": [ACCOUNT, UBIQUITY_ACCOUNT]}}
    [way] = of_bucket(granting("*", **condition))
    assert (way.who, way.certain) == (("*",), Truth.TRUE)
    assert not way.is_for_anybody
    assert not way.only_ubiquity


@pytest.mark.parametrize(
    "statement",
    [
        granting(aws(ROOT)),
        granting(aws(ROLE_ARN)),
        granting(aws(STRANGER)),
        granting({"Service": "logging.s3.amazonaws.com"}),
        granting(aws(UBIQUITY_ROOT.replace("arn:aws:", "arn:aws-cn:"))),
        deny(EVERYTHING, BOTH, Principal=aws(UBIQUITY_ROOT)),
        allow(EVERYTHING, "arn:aws:s3:::another/*", Principal=aws(UBIQUITY_ROOT)),
        allow(GET, BUCKET_ARN, Principal=aws(UBIQUITY_ROOT)),
        granting("*", StringEquals={"aws:PrincipalOrgID": ORGANIZATION}),
        granting("*", StringEquals={"aws:PrincipalAccount": ACCOUNT}),
        granting("*", ArnLike={"aws:PrincipalArn": f"arn:aws:iam::{ACCOUNT}:role/*"}),
        granting("*", StringEquals={"aws:SourceVpce": "vpce-1"}),
        granting("*", IpAddress={"aws:SourceIp": "203.0.113.0/24"}),
        granting("*", StringEquals={"s3:DataAccessPointAccount": ACCOUNT}),
        granting("*", StringLike={"aws:userid": "AROAEXAMPLEROLEID0001:*"}),
        granting(aws(UBIQUITY_ROOT), StringEquals={"aws:PrincipalAccount": ACCOUNT}),
        granting(aws(UBIQUITY_ROOT), StringEquals={"sts:ExternalId": "anything"}),
        granting(aws(UBIQUITY_ROOT), Bool={"aws:SecureTransport": "false"}),
        granting(aws(UBIQUITY_ROOT), DateLessThan={"aws:CurrentTime": "2020-01-01T00:00:00Z"}),
    ],
    ids=str,
)
def test_nobody_of_ubiquitys_gets_in(statement: Json) -> None:
    assert of_bucket(statement) == ()


@pytest.mark.parametrize(
    ("condition", "certain"),
    [
        ({"StringEqualsIfExists": {"sts:ExternalId": "anything"}}, Truth.TRUE),
        ({"Bool": {"aws:SecureTransport": "true"}}, Truth.TRUE),
        ({"StringLike": {"s3:prefix": "shared/*"}}, Truth.TRUE),
        ({"StringEquals": {"aws:PrincipalAccount": UBIQUITY_ACCOUNT}}, Truth.TRUE),
        ({"ArnEquals": {"aws:PrincipalArn": UBIQUITYS_ROLE}}, Truth.TRUE),
        ({"ArnLike": {"aws:PrincipalArn": UBIQUITYS_ROLE + "-*"}}, Truth.UNKNOWN),
        ({"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}, Truth.UNKNOWN),
        ({"IpAddress": {"aws:SourceIp": "0.0.0.0/0"}}, Truth.TRUE),
        ({"StringEquals": {"aws:SourceVpce": "vpce-1"}}, Truth.UNKNOWN),
        ({"StringEquals": {"aws:PrincipalOrgID": ORGANIZATION}}, Truth.UNKNOWN),
    ],
    ids=str,
)
def test_a_condition_on_ubiquitys_account(condition: Json, certain: Truth) -> None:
    actions = LIST if "StringLike" in condition else EVERYTHING
    [way] = of_bucket(allow(actions, BOTH, Principal=aws(UBIQUITY_ROOT), Condition=condition))
    assert way.certain is certain


@pytest.mark.parametrize(
    ("condition", "certain"),
    [
        ({"ArnLike": {"aws:PrincipalArn": UBIQUITYS_ROLE + "*"}}, [Truth.TRUE]),
        ({"ArnLike": {"aws:PrincipalArn": UBIQUITYS_ROLE + "-*"}}, []),
        ({"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}, [Truth.UNKNOWN]),
        ({"IpAddress": {"aws:SourceIp": "0.0.0.0/0"}}, [Truth.TRUE]),
    ],
    ids=str,
)
def test_a_condition_on_a_role_of_ubiquity(condition: Json, certain: list[Truth]) -> None:
    statement = allow(EVERYTHING, BOTH, Principal=aws(UBIQUITYS_ROLE), Condition=condition)
    assert [way.certain for way in of_bucket(statement)] == certain


@pytest.mark.parametrize(
    "condition",
    [
        {"IpAddress": {"aws:SourceIp": ["0.0.0.0/0", "::/0"]}},
        {"NotIpAddress": {"aws:SourceIp": "203.0.113.0/24"}},
        {"StringLike": {"aws:Referer": "https://www.example.com/*"}},
        {"StringEquals": {"s3:ExistingObjectTag/public": "yes"}},
        {"Bool": {"aws:SecureTransport": "true"}},
        {"StringNotEquals": {"aws:PrincipalAccount": ACCOUNT}},
        {"StringLike": {"aws:PrincipalArn": "*"}},
        {"StringEquals": {"aws:PrincipalType": "Anonymous"}},
        # A service reads files for whoever asks it, in a forward access session.
        {"Bool": {"aws:ViaAWSService": "true"}},
        {"ForAnyValue:StringEquals": {"aws:CalledVia": ["athena.amazonaws.com"]}},
    ],
    ids=str,
)
def test_anybody_is_let_in_by_a_condition_that_does_not_narrow(condition: Json) -> None:
    [way] = of_bucket(allow(GET, OBJECTS, Principal="*", Condition=condition))
    assert (way.who, way.certain, way.is_for_anybody) == (("*",), Truth.TRUE, True)


@pytest.mark.parametrize(
    "condition",
    [
        {"StringEquals": {"s3:x-amz-acl": "bucket-owner-full-control"}},
        {"StringLike": {"s3:prefix": "shared/*"}},
        {"Null": {"s3:prefix": "false"}},
    ],
    ids=str,
)
def test_what_a_condition_leaves_of_all_actions_lets_in(condition: Json) -> None:
    for actions in (EVERYTHING, "*", ["s3:Put*", "s3:List*"]):
        [way] = of_bucket(allow(actions, BOTH, Principal=aws(UBIQUITY_ROOT), Condition=condition))
        assert way.certain is Truth.TRUE


def test_the_work_grows_with_the_statements_not_with_their_square() -> None:
    def steps(size: int) -> int:
        allowed = (granting(aws(UBIQUITY_ROOT), IpAddress=_address(i)) for i in range(size))
        denied = (denying_all(NotIpAddress=_address(i)) for i in range(size))
        world = good()
        world.bucket["policy"] = document(*allowed, *denied)
        work = Work(MOST_STEPS)
        assert len(direct_access_of(snapshot_of(world), work)) == size
        return MOST_STEPS - work.left

    assert steps(40) <= 5 * steps(10)


def _address(number: int) -> Json:
    return {"aws:SourceIp": f"203.0.113.{number}/32"}


def test_the_customers_own_organisation_is_not_ubiquitys() -> None:
    condition = {"StringEquals": {"aws:PrincipalOrgID": ORGANIZATION}}
    statement = granting(aws(UBIQUITY_ROOT), **condition)
    assert of_bucket(statement, organization_id=ORGANIZATION) == ()


@pytest.mark.parametrize(
    ("denial", "certain"),
    [
        (deny("*", BOTH, Principal="*"), None),
        (deny("*", BOTH, Principal=aws(UBIQUITY_ROOT)), None),
        (deny("*", BOTH, NotPrincipal=aws(ROOT, ROLE_ARN)), None),
        (denying_all(StringNotEquals={"aws:PrincipalAccount": ACCOUNT}), None),
        (denying_all(NotIpAddress={"aws:SourceIp": "203.0.113.0/24"}), Truth.UNKNOWN),
        (denying_all(Bool={"aws:SecureTransport": "false"}), Truth.TRUE),
        (denying_all(Null={"s3:x-amz-acl": "false"}), Truth.TRUE),
        (deny("*", BOTH, Principal=aws(UBIQUITYS_ROLE)), Truth.TRUE),
        (deny("*", f"{BUCKET_ARN}/private/*", Principal="*"), Truth.TRUE),
        (deny("s3:Put*", BOTH, Principal="*"), Truth.TRUE),
    ],
    ids=str,
)
def test_a_deny_takes_it_back(denial: Json, certain: Truth | None) -> None:
    ways = of_bucket(granting(aws(UBIQUITY_ROOT)), denial)
    assert [way.certain for way in ways] == ([] if certain is None else [certain])


def test_what_a_deny_leaves_is_said() -> None:
    actions = [GET, LIST, "s3:PutObject"]
    statement = allow(actions, BOTH, Principal=aws(UBIQUITY_ROOT))
    [way] = of_bucket(statement, deny("s3:Put*", OBJECTS, Principal="*"))
    assert way.what == (GET, LIST)


def test_a_part_of_the_bucket_is_a_way_in_as_well() -> None:
    shared = f"{BUCKET_ARN}/shared/*"
    assert of_bucket(allow(GET, shared, Principal=aws(UBIQUITY_ROOT)))[0].certain is Truth.TRUE
    denied = deny(GET, shared, Principal="*")
    assert of_bucket(allow(GET, shared, Principal=aws(UBIQUITY_ROOT)), denied) == ()


def test_everything_but_some_actions() -> None:
    statement = {**granting(aws(UBIQUITY_ROOT)), "NotAction": "s3:Delete*"}
    del statement["Action"]
    [way] = of_bucket(statement)
    assert GET in way.what
    assert "s3:DeleteObject" not in way.what


def test_everybody_but_some_is_anybody() -> None:
    statement = {**granting("*"), "NotPrincipal": aws(ROOT)}
    del statement["Principal"]
    [way] = of_bucket(statement)
    assert way.is_for_anybody


def test_a_statement_that_aws_would_not_store_is_not_certain() -> None:
    statement = granting(aws(UBIQUITY_ROOT), StringIs={"aws:SourceIp": "1.2.3.4"})
    assert [way.certain for way in of_bucket(statement)] == [Truth.UNKNOWN]


def test_a_policy_that_was_not_read_shows_nothing() -> None:
    unread = [{"what": "buckets[0].policy", "code": "AccessDenied", "message": ""}]
    assert of_bucket(granting(aws(UBIQUITY_ROOT)), unreadable=unread) == ()


def test_ubiquitys_own_bucket_is_no_way_past_a_role() -> None:
    world = good()
    world.bucket["policy"] = document(granting(aws(UBIQUITY_ROOT)))
    world.bucket["owner_account"] = UBIQUITY_ACCOUNT
    assert direct_access_of(snapshot_of(world)) == ()


@pytest.mark.parametrize("principal", [aws(UBIQUITY_ROOT), aws(UBIQUITYS_ROLE), aws("*")], ids=str)
def test_a_statement_of_the_key(principal: Json) -> None:
    statement = allow(["kms:Decrypt", "kms:DescribeKey"], Principal=principal)
    [way] = of_key(statement)
    assert (way.way, way.where, way.bucket) == (DirectWay.KEY_POLICY, KEY, BUCKET)
    assert (way.path, way.statement) == ("buckets[0].kms_key.policy", statement)
    assert way.what == ("kms:Decrypt", "kms:DescribeKey")
    assert way.certain is Truth.TRUE


@pytest.mark.parametrize(
    "statement",
    [
        allow("kms:*", Principal=aws(ROOT)),
        allow("kms:*", Principal="*", Condition={"StringEquals": {"kms:CallerAccount": ACCOUNT}}),
        allow("kms:*", Principal=aws(STRANGER)),
    ],
    ids=str,
)
def test_nobody_of_ubiquitys_gets_to_the_key(statement: Json) -> None:
    assert of_key(statement) == ()


@pytest.mark.parametrize(
    "condition",
    [
        {"Bool": {"aws:ViaAWSService": "true"}},
        {"StringEquals": {"kms:ViaService": "s3.ap-southeast-2.amazonaws.com"}},
        {"StringEquals": {"aws:CalledViaLast": "s3.amazonaws.com"}},
        {"Bool": {"kms:MultiRegion": "false"}},
    ],
    ids=str,
)
def test_a_key_lent_through_a_service_is_lent(condition: Json) -> None:
    statement = allow("kms:Decrypt", Principal=aws(UBIQUITY_ROOT), Condition=condition)
    assert [way.certain for way in of_key(statement)] == [Truth.TRUE]


def test_a_grant_of_the_key() -> None:
    grants = [
        {"grantee": ROLE_ARN, "operations": ["Decrypt"]},
        {"grantee": UBIQUITY_ROOT, "operations": ["Decrypt", "DescribeKey"], "id": "0c237476"},
    ]
    [way] = of_key(grants=grants)
    assert (way.way, way.where, way.path) == (DirectWay.GRANT, KEY, "buckets[0].kms_key.grants")
    assert (way.index, way.who) == (1, (UBIQUITY_ROOT,))
    assert way.grant == KmsGrant(UBIQUITY_ROOT, ("Decrypt", "DescribeKey"), "0c237476")
    assert way.what == ("kms:Decrypt", "kms:DescribeKey")
    assert (way.certain, way.only_ubiquity) == (Truth.TRUE, True)


def test_a_deny_of_the_key_counts_more_than_a_grant() -> None:
    grants = [{"grantee": UBIQUITYS_ROLE, "operations": ["Decrypt"]}]
    assert of_key(deny("kms:Decrypt", Principal=aws(UBIQUITYS_USER)), grants=grants) != ()
    for denied in ("*", aws(UBIQUITY_ROOT), aws(UBIQUITYS_ROLE)):
        assert of_key(deny("kms:Decrypt", Principal=denied), grants=grants) == ()


def test_a_key_of_two_buckets_comes_once() -> None:
    world = good_encrypted()
    world.key_statements.append(allow("kms:Decrypt", Principal=aws(UBIQUITY_ROOT)))
    world.snapshot["buckets"].append({**world.bucket, "name": "second"})
    assert [way.bucket for way in direct_access_of(snapshot_of(world))] == [BUCKET]


# Whoever AWS would let in, is said: for any policy, against the evaluator with everything known

NARROW: Final[tuple[Json, ...]] = (
    {},
    {"IpAddress": {"aws:SourceIp": "198.51.100.0/24"}},
    {"NotIpAddress": {"aws:SourceIp": "198.51.100.0/24"}},
    {"ArnLike": {"aws:PrincipalArn": UBIQUITYS_ROLE}},
    {"ArnNotLike": {"aws:PrincipalArn": UBIQUITYS_ROLE}},
    {"StringEquals": {"aws:PrincipalAccount": [ACCOUNT, UBIQUITY_ACCOUNT]}},
    {"StringNotEquals": {"aws:PrincipalAccount": ACCOUNT}},
)
FREE: Final[tuple[Json, ...]] = (
    {},
    {"Bool": {"aws:SecureTransport": "true"}},
    {"Bool": {"aws:SecureTransport": "false"}},
    {"StringLike": {"s3:prefix": "imports/*"}},
    {"Null": {"s3:prefix": "true"}},
    {"StringLike": {"aws:UserAgent": "Mozilla*"}},
)
ACTIONS: Final = st.lists(
    st.sampled_from((GET, LIST, "s3:PutObject", "s3:*", "s3:Get*", "s3:List*", "*")),
    min_size=1,
    max_size=2,
)
RESOURCES: Final = st.lists(
    st.sampled_from((BUCKET_ARN, OBJECTS, f"{BUCKET_ARN}/imports/*", f"{BUCKET_ARN}*", "*")),
    min_size=1,
    max_size=2,
)


@st.composite
def any_statement(draw: st.DrawFn) -> Json:
    names = (UBIQUITY_ROOT, UBIQUITY_ACCOUNT, UBIQUITYS_ROLE, UBIQUITYS_USER, ROOT, "*")
    principals = draw(st.lists(st.sampled_from(names), min_size=1, max_size=2, unique=True))
    # Who is let in by a narrowed "*" hangs on what only UbiQuity knows: it is left out on purpose.
    effect = draw(st.sampled_from(("Allow", "Allow", "Deny")))
    narrow = () if "*" in principals and effect == "Allow" else NARROW
    condition = draw(st.sampled_from((*narrow, *FREE)))
    body = {"Effect": effect, "Action": draw(ACTIONS), "Resource": draw(RESOURCES)}
    return {
        **body,
        "Principal": aws(*principals),
        **({"Condition": condition} if condition else {}),
    }


def _narrows(statement: Json) -> bool:
    return statement["Effect"] == "Deny" and statement.get("Condition") in NARROW[1:]


@given(
    st.lists(any_statement(), min_size=1, max_size=4),
    st.sampled_from(("198.51.100.20", "203.0.113.10")),
    st.sampled_from((UBIQUITYS_ROLE, UBIQUITYS_USER)),
    st.sampled_from(((GET, f"{BUCKET_ARN}/imports/a.csv"), (LIST, BUCKET_ARN))),
    st.sampled_from((None, "imports/a")),
)
@settings(max_examples=100, deadline=None)
def test_whoever_aws_lets_in_is_said(
    statements: list[Json], address: str, arn: str, asked: tuple[str, str], prefix: str | None
) -> None:
    action, resource = asked
    keys: dict[str, str] = {
        "aws:PrincipalAccount": UBIQUITY_ACCOUNT,
        "aws:PrincipalArn": arn,
        "aws:SecureTransport": "true",
        "aws:SourceIp": address,
        "aws:UserAgent": "Mozilla/5.0",
    }
    if prefix and action == LIST:
        keys["s3:prefix"] = prefix
    caller = Requester.user(arn) if ":user/" in arn else Requester.role_session(arn)
    outcome = decide_cross_account(
        Request(action, resource, caller, Context.known(keys)),
        identity=[GRANT_ALL],
        resource=parse_policy(document(*statements), "bucket", "resource"),
        boundary=None,
    )
    ways = of_bucket(*statements)
    if outcome.decision is Decision.ALLOWED:
        letting_in = {reading.statement.index for reading in outcome.because.statements}
        # A Deny that leaves out some addresses narrows a "*" to others as a condition does.
        is_narrowed = any(_narrows(statement) for statement in statements)
        by_name = {i for i in letting_in if UBIQUITY_ACCOUNT in str(statements[i]["Principal"])}
        assert letting_in & {way.index for way in ways} or (is_narrowed and not by_name)
    if not any(statement["Effect"] == "Allow" for statement in statements):
        assert ways == ()
