"""Whatever others have by the role, its policies and keys: the same before, after, and undone."""

import copy
from collections.abc import Iterator, Sequence
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from app.core.change import Change, ChangeKind, Plan
from app.core.changes.applied import after_changes
from app.core.choices import Choice, Choices, RevokeWay
from app.core.documents.policies import permissions_policy
from app.core.documents.statements import statements_of
from app.core.draft import Draft
from app.core.guide import POLICY_NAME
from app.core.iam.context import Context
from app.core.iam.decision import Decision, decide_key, decide_same_account, decide_trust
from app.core.iam.policies import Policy, parse_policy
from app.core.iam.principals import Requester
from app.core.iam.requests import Request
from app.core.planning.plan import plan
from app.core.revoking.ours import without_ours
from app.core.revoking.plan import revoke_plan
from app.core.snapshot import Snapshot, State
from tests.core.planning.inverse import taken_back
from tests.core.revoking.test_plan import (
    AT,
    CHANGE,
    DELETE,
    EC2,
    OURS,
    SOMEBODY,
    codes,
    kept,
    kinds,
    planned,
    statements_after,
    the,
    whole,
)
from tests.helpers.snapshots import (
    ACCOUNT,
    BUCKET,
    KEY,
    POLICY_ARN,
    ROLE_ARN,
    ROLE_ID,
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
    inline,
    trusting,
)

LAMBDA: Final = trusting({"Service": "lambda.amazonaws.com"})
FINANCE: Final = "arn:aws:s3:::finance-reports"
NIGHTLY: Final = allow(["s3:GetObject", "s3:PutObject"], f"{FINANCE}/*", Sid="NightlyReports")
LIKE_OURS: Final[list[Json]] = [
    allow(["s3:ListBucket"], FINANCE, Sid="ListBucket2"),
    allow(
        ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"], f"{FINANCE}/*", Sid="NightlyReports"
    ),
]
NEW_VERSION: Final = ChangeKind.CREATE_POLICY_VERSION


def shared(*theirs: Json) -> World:
    """Return a role that Lambda has too, with somebody's statements in our policy."""
    world = whole(good())
    world.set_trust(OURS, LAMBDA)
    world.set_policy(*world.permissions, *theirs)
    return world


@pytest.mark.parametrize("theirs", [[NIGHTLY], LIKE_OURS, [deny("s3:*", f"{FINANCE}/*")]])
def test_of_a_policy_that_others_wrote_into_only_our_statements_go(theirs: list[Json]) -> None:
    plan = planned(shared(*theirs))
    assert kinds(plan) == ["update-trust-policy", "create-policy-version"]
    assert statements_after(plan, NEW_VERSION) == theirs
    assert statements_after(plan) == [LAMBDA]
    names = [each.get("Sid", f"{FINANCE}/*") for each in theirs]
    assert kept(plan) == {
        "others-trusted": ["lambda.amazonaws.com"],
        "policy-statements": names,
    }
    assert [change.reversible for change in plan.changes] == [True, True]


def test_of_a_statement_for_several_buckets_only_ours_are_taken_out() -> None:
    world = whole(good(buckets=(BUCKET, "finance-reports")))
    world.set_trust(OURS, LAMBDA)
    world.draft["buckets"].pop()
    listing, objects = world.permissions
    assert statements_after(planned(world), NEW_VERSION) == [
        {**listing, "Resource": FINANCE},
        {**objects, "Resource": f"{FINANCE}/*"},
    ]


@pytest.mark.parametrize(
    "theirs",
    [
        allow(["s3:GetObject"], f"arn:aws:s3:::{BUCKET}/*", Sid="NightlyReports"),
        allow("s3:*", f"arn:aws:s3:::{BUCKET}/*"),
        allow(["s3:ListBucket"], "arn:aws:s3:::acme-*"),
        allow(["s3:GetObject", "s3:PutObject", "s3:DeleteObject"], "*"),
        allow(["s3:ListBucket"], f"arn:aws:s3:::{BUCKET}", Condition={"Bool": {"a": "b"}}),
        allow(NotAction="s3:*"),
    ],
)
def test_what_has_another_shape_is_somebody_s_while_others_have_the_role(theirs: Json) -> None:
    assert statements_after(planned(shared(theirs)), NEW_VERSION) == [theirs]


def test_a_sixth_version_is_made_room_for() -> None:
    world = shared(NIGHTLY)
    world.snapshot["customer_policy"].update(
        version="v5",
        versions=[{"id": f"v{n}", "created_at": None, "default": n == 5} for n in range(1, 6)],
    )
    plan = planned(world)
    assert kinds(plan)[1:] == ["delete-policy-version", "create-policy-version"]
    assert plan.changes[1].before == {"version": "v1", "document": None}


def test_where_cutting_out_ours_would_take_it_from_others_too_the_policy_stays() -> None:
    elsewhere = shared(NIGHTLY)
    elsewhere.snapshot["customer_policy"]["attached_to"].append("user/jo")
    assert kinds(planned(elsewhere)) == ["update-trust-policy"]
    assert kept(planned(elsewhere))["policy-elsewhere"] == ["user/jo"]
    bound = shared(NIGHTLY)
    bound.role["permissions_boundary"] = {
        "arn": POLICY_ARN,
        "document": bound.snapshot["customer_policy"]["document"],
    }
    assert kinds(planned(bound)) == ["update-trust-policy"]
    for path in ("versions", "attached_to"):
        unread = shared(NIGHTLY)
        unread.snapshot["customer_policy"][path] = None
        assert kinds(planned(unread)) == ["update-trust-policy"]
        assert codes(planned(unread)) == [("check.unreadable", POLICY_ARN)]
        # Read whole, it is cut.
        assert kinds(planned(shared(NIGHTLY)))[1:] == ["create-policy-version"]


def test_a_policy_of_which_the_text_is_not_known_is_not_taken_off_a_role_of_others() -> None:
    world = shared(NIGHTLY)
    world.lose("customer_policy.document", "role.attached_policies[0].document")
    assert kinds(planned(world)) == ["update-trust-policy"]
    assert codes(planned(world)) == [("check.unreadable", POLICY_ARN)]


def test_without_a_draft_the_buckets_are_asked_about() -> None:
    world = shared(NIGHTLY)
    plan = planned(world, with_draft=False)
    assert kinds(plan) == ["update-trust-policy"]
    (offer,) = [o for o in plan.offers if o.choice is Choice.CONNECTOR_BUCKETS]
    assert offer.params == {"buckets": [BUCKET]}
    chosen = planned(world, chosen=frozenset({Choice.CONNECTOR_BUCKETS}), with_draft=False)
    assert statements_after(chosen, NEW_VERSION) == [NIGHTLY]
    # Where nobody else has the role the plan itself is what is asked about.
    world.set_trust(OURS)
    alone = planned(world, with_draft=False)
    assert kinds(alone) == ["detach-policy", "delete-role", "create-policy-version"]
    assert statements_after(alone, NEW_VERSION) == [NIGHTLY]


def test_a_connector_s_other_bucket_is_offered() -> None:
    world = whole(good(buckets=(BUCKET, "acme-more")))
    world.draft["buckets"].pop()
    plan = planned(world)
    assert kinds(plan) == ["detach-policy", "delete-role", "create-policy-version"]
    assert plan.offers[-1].params == {"buckets": ["acme-more"]}
    chosen = planned(world, chosen=frozenset({Choice.CONNECTOR_BUCKETS}))
    assert kinds(chosen) == ["detach-policy", "delete-role", "delete-policy"]


@pytest.mark.parametrize(
    "left",
    [
        allow("s3:*", f"arn:aws:s3:::{BUCKET}/*"),
        allow(["s3:Get*"], [f"arn:aws:s3:::{BUCKET}", f"arn:aws:s3:::{BUCKET}/*"]),
        allow(["s3:ListBucket"], "arn:aws:s3:::YOUR_BUCKET_NAME"),
    ],
)
def test_as_people_leave_it_the_policy_goes_where_nobody_else_has_it(left: Json) -> None:
    world = whole(good())
    world.set_policy(left)
    assert kinds(planned(world)) == ["detach-policy", "delete-role", "delete-policy"]


def test_inline_policies_are_taken_apart_like_the_guide_s() -> None:
    world = whole(good())
    world.detach(delete=True)
    ours: Any = permissions_policy(world.read()[0].buckets)["Statement"]
    world.role["inline_policies"] = [inline("access", *ours)]
    plan = planned(world)
    assert kinds(plan) == ["put-role-policy", "delete-role"]
    assert the(plan, ChangeKind.PUT_ROLE_POLICY).after is None
    world.set_trust(OURS, LAMBDA)
    assert kinds(planned(world)) == ["update-trust-policy", "put-role-policy"]
    world.role["inline_policies"] = [inline("access", *ours, NIGHTLY)]
    mixed = planned(world)
    assert kinds(mixed) == ["update-trust-policy", "put-role-policy"]
    after: Any = the(mixed, ChangeKind.PUT_ROLE_POLICY).after
    assert after == inline("access", NIGHTLY)
    assert kept(mixed)["policy-statements"] == ["NightlyReports"]


def test_a_key_statement_that_allows_others_more_stays_with_a_role_of_others() -> None:
    world = whole(good_encrypted())
    world.set_trust(OURS, LAMBDA)
    ours = world.key_statements[1]
    ours["Action"] = ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt"]
    plan = planned(world)
    assert "put-key-policy" not in kinds(plan)
    assert kept(plan)["key-statements"] == [ours["Sid"]]


# Any account at all

THEIRS: Final = [
    [NIGHTLY],
    LIKE_OURS,
    [allow(["s3:GetObjectVersion"], f"arn:aws:s3:::{BUCKET}/*", Sid="Audit")],
    [allow("s3:GetObject", f"{FINANCE}/*"), deny("s3:GetObject", f"{FINANCE}/secret/*")],
    [allow("sqs:SendMessage")],
    [
        allow(["s3:ListBucket"], [f"arn:aws:s3:::{BUCKET}", FINANCE], Sid="ListBuckets"),
        allow(
            ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
            [f"arn:aws:s3:::{BUCKET}/*", f"{FINANCE}/*"],
        ),
    ],
]
WHERE: Final = ["guide's", "inline", "other inline"]
ASKED: Final = [
    ("s3:ListBucket", FINANCE),
    ("s3:GetObject", f"{FINANCE}/a.csv"),
    ("s3:GetObject", f"{FINANCE}/secret/a.csv"),
    ("s3:PutObject", f"{FINANCE}/a.csv"),
    ("s3:DeleteObject", f"{FINANCE}/a.csv"),
    ("s3:GetObjectVersion", f"arn:aws:s3:::{BUCKET}/imports/a.csv"),
    ("sqs:SendMessage", f"arn:aws:sqs:us-east-1:{ACCOUNT}:jobs"),
]
JO: Final = f"arn:aws:iam::{ACCOUNT}:user/jo"
OF_KEY: Final = ["kms:Decrypt", "kms:Encrypt", "kms:PutKeyPolicy"]


@st.composite
def with_others(draw: st.DrawFn) -> World:
    """Return a setup in which others have statements, and perhaps the role."""
    world = whole(draw(st.sampled_from([good, good_encrypted]))())
    trusted = draw(st.lists(st.sampled_from([LAMBDA, SOMEBODY, EC2]), max_size=2))
    world.set_trust(*draw(st.permutations([OURS, *trusted])))
    lists = st.lists(st.sampled_from(THEIRS), max_size=2, unique_by=repr)
    for number, theirs in enumerate(draw(lists)):
        match draw(st.sampled_from(WHERE)):
            case "guide's":
                world.set_policy(*draw(st.permutations([*world.permissions, *theirs])))
            case "inline":
                ours: Any = permissions_policy(world.read()[0].buckets)["Statement"]
                world.role["inline_policies"].append(inline(f"both{number}", *ours, *theirs))
            case _:
                world.role["inline_policies"].append(inline(f"own{number}", *theirs))
    past = draw(st.lists(st.sampled_from(PAST_THE_ROLE), max_size=3, unique_by=repr))
    world.bucket["policy"] = document(*past) if past else None
    if world.bucket["kms_key"]:
        principals = draw(st.sampled_from([JO, [ROLE_ARN, JO], ROLE_ARN, ROOT]))
        sid = draw(st.sampled_from(["AllowUbiQuityConnectorDecrypt", "Jo"]))
        actions = draw(st.sampled_from(["kms:Decrypt", ["kms:Decrypt", "kms:Encrypt"]]))
        world.key_statements.append(allow(actions, Principal={"AWS": principals}, Sid=sid))
    match draw(st.integers(0, 5)):
        case 0:
            world.snapshot["customer_policy"]["attached_to"].append("user/jo")
        case 1:
            world.snapshot["customer_policy"]["versions"] = None
        case 2:
            present = world.snapshot["customer_policy"]["document"]
            world.role["permissions_boundary"] = {"arn": POLICY_ARN, "document": present}
        case 3:
            world.role["instance_profiles"] = ["servers"]
        case _:
            pass
    return world


PAST_THE_ROLE: Final = [
    allow("s3:*", f"arn:aws:s3:::{BUCKET}/*", Principal={"AWS": "049579744830"}),
    allow("s3:GetObject", f"arn:aws:s3:::{BUCKET}/*", Principal={"AWS": UBIQUITY_ROOT}),
    allow("s3:GetObject", f"arn:aws:s3:::{BUCKET}/*", Principal={"AWS": [JO, UBIQUITY_ROOT]}),
    allow("s3:PutObject", f"arn:aws:s3:::{BUCKET}/*", Principal={"AWS": JO}),
    deny("s3:DeleteObject", f"arn:aws:s3:::{BUCKET}/*", Principal={"AWS": JO}),
]


def asked(action: str, resource: str, who: Requester) -> Request:
    return Request(action, resource, who, Context.known({}))


def identity(snapshot: Snapshot) -> tuple[Policy, ...]:
    role = snapshot.role
    documents = [p.document for p in (*role.attached_policies, *role.inline_policies)]
    return tuple(parse_policy(each, "", "identity") for each in documents)


def access_of_others(snapshot: Snapshot) -> Iterator[tuple[object, ...]]:
    """Yield what everybody but UbiQuity may do, as the evaluator says."""
    yield from access_by_role(snapshot) if snapshot.role.state is State.FOUND else ()
    policy = snapshot.customer_policy
    if "user/jo" in (policy.attached_to or ()):
        yield "jo", repr(policy.document)
    for bucket in snapshot.buckets:
        own = parse_policy(bucket.policy or {}, "", "resource")
        for action in ("s3:GetObject", "s3:PutObject", "s3:DeleteObject"):
            question = asked(action, f"arn:aws:s3:::{BUCKET}/a.csv", Requester.user(JO))
            outcome = decide_same_account(question, identity=(), resource=own, boundary=None)
            yield "bucket", action, outcome.decision
        if bucket.kms_key:
            key = parse_policy(bucket.kms_key.policy, "", "resource")
            for action in OF_KEY:
                question = asked(action, KEY, Requester.user(JO))
                outcome = decide_key(
                    question, identity=(), key=key, boundary=None, same_account=True
                )
                yield "key", action, outcome.decision


def access_by_role(snapshot: Snapshot) -> Iterator[tuple[object, ...]]:
    """Yield who else may assume the role, and what it may do for them."""
    role = snapshot.role
    trust = parse_policy(role.trust_policy, "", "trust")
    stranger = Requester.user(f"arn:aws:iam::{STRANGER}:user/x")
    of_stranger = decide_trust(asked("sts:AssumeRole", ROLE_ARN, stranger), trust)
    yield "assume", of_stranger.decision
    services = [s for s in statements_of(role.trust_policy) if "Service" in s["Principal"]]  # type: ignore[operator]
    yield "services", repr(sorted(map(repr, services)))
    if services or of_stranger.decision is not Decision.DENIED or role.instance_profiles:
        session = Requester.role_session(ROLE_ARN, ROLE_ID)
        boundary = role.permissions_boundary
        bound = parse_policy(boundary.document, "", "boundary") if boundary else None
        for action, resource in ASKED:
            question = asked(action, resource, session)
            outcome = decide_same_account(
                question, identity=identity(snapshot), resource=None, boundary=bound
            )
            yield action, resource, outcome.decision


EXAMPLES: Final = settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


def alone(*theirs: Json, bound: bool = False) -> World:
    """Return a role that only UbiQuity has, with more in our policy; perhaps it is its boundary."""
    world = whole(good())
    world.set_trust(OURS)
    world.set_policy(*world.permissions, *theirs)
    if bound:
        present = world.snapshot["customer_policy"]["document"]
        world.role["permissions_boundary"] = {"arn": POLICY_ARN, "document": present}
    return world


SENDING: Final = allow("sqs:SendMessage")


@EXAMPLES
@example(alone(SENDING, *LIKE_OURS, bound=True), DELETE, False, frozenset())
@given(
    with_others(),
    st.sampled_from(RevokeWay),
    st.booleans(),
    st.frozensets(st.just(Choice.END_SESSIONS)),
)
def test_nobody_else_s_access_is_touched(
    world: World, how: RevokeWay, with_draft: bool, chosen: frozenset[Choice]
) -> None:
    draft, start = copy.deepcopy(world).read()
    before = list(access_of_others(start))
    set_up = plan(draft, start).changes
    assert_same(start, set_up, before)
    for state in (start, after_changes(start, set_up)):
        sought, choices = (draft if with_draft else None), Choices(chosen)
        revoking = revoke_plan(state, how, ACCOUNT, sought, choices, AT)
        assert_same(state, revoking.changes, before)
        assert_says_what_is_true(state, revoking, sought)


def assert_same(
    start: Snapshot, changes: Sequence[Change], before: list[tuple[object, ...]]
) -> None:
    after = after_changes(start, changes)
    back = after_changes(start, (*changes, *taken_back(start, changes)))
    assert list(access_of_others(back)) == before
    if any(change.kind is ChangeKind.DELETE_ROLE for change in changes):
        assert not any(row[0] in {action for action, _ in ASKED} for row in before)
        before = [row for row in before if row[0] not in ("assume", "services")]
        assert list(access_of_others(after)) == before
    else:
        assert list(access_of_others(after)) == before


def assert_says_what_is_true(start: Snapshot, revoking: Plan, sought: Draft | None) -> None:
    """Check that what is said to stay is there afterwards, to the letter.

    Without a draft all of UbiQuity's goes: of a policy that nobody else uses, each bucket that has
    both of the guide's statements, whoever gave them their Sids.
    """
    after = after_changes(start, revoking.changes)
    ours = sought.bucket_names if sought else (BUCKET, "finance-reports")
    for part in revoking.left_alone:
        if part.code == "policy-statements" and part.params.get("policy") == [POLICY_NAME]:
            document: Any = start.customer_policy.document
            rest = without_ours(document, ours)
            left = statements_of(after.customer_policy.document)
            foreign = statements_of(rest.document)
            assert [s for s in left if s in foreign] == foreign or left == statements_of(document)
            names: Any = part.params["names"]
            assert [name for name in names if repr(name) not in repr(left)] == []


@pytest.mark.parametrize("bound", [False, True])
@pytest.mark.parametrize(
    ("with_draft", "chosen", "left"),
    [
        (True, frozenset(), [SENDING, *LIKE_OURS]),
        (True, frozenset({Choice.CONNECTOR_BUCKETS}), [SENDING]),
        (False, frozenset(), [SENDING]),
    ],
)
def test_a_connector_s_other_bucket_goes_from_a_mixed_policy_where_all_that_is_ubiquity_s_does(
    bound: bool, with_draft: bool, chosen: frozenset[Choice], left: list[Json]
) -> None:
    plan = planned(alone(SENDING, *LIKE_OURS, bound=bound), DELETE, chosen, with_draft=with_draft)
    # The role goes first, and so nobody is bound by the policy when it is cut.
    assert kinds(plan) == ["detach-policy", "delete-role", "create-policy-version"]
    assert statements_after(plan, NEW_VERSION) == left
    assert kept(plan) == {"policy-statements": [each.get("Sid", "*") for each in left]}


def test_beside_others_only_statements_of_the_guides_shape_are_ours() -> None:
    world = whole(good())
    audit = allow(["s3:GetObjectVersion"], f"arn:aws:s3:::{BUCKET}/*", Sid="Audit")
    world.set_policy(*world.permissions, audit, NIGHTLY)
    [version] = [c for c in planned(world, DELETE).changes if c.kind is NEW_VERSION]
    assert statements_of(version.after) == [audit, NIGHTLY]


def test_a_policy_goes_only_where_nobody_else_is_in_it() -> None:
    assert "delete-policy" in kinds(planned(whole(good()), DELETE))
    assert planned(shared(NIGHTLY), CHANGE).changes[0].kind is ChangeKind.UPDATE_TRUST_POLICY
    assert len(planned(shared(NIGHTLY), CHANGE).changes) == 1
