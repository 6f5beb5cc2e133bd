"""What holds for all policies: laws of the decision, tried on many small ones.

Issue 3, "The evaluator": adding a Deny never allows more, adding an Allow never denies more, the
order of statements never matters, and an unknown never hides a certain explicit Deny. And what
"certain" means: whatever the unknown keys are, the answer is that one.
"""

from collections.abc import Sequence
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.iam.context import ABSENT, UNKNOWN, Context, KeyValue, known
from app.core.iam.decision import (
    Decision,
    Outcome,
    decide_cross_account,
    decide_key,
    decide_same_account,
    decide_trust,
)
from app.core.iam.policies import parse_policy
from app.core.iam.principals import Requester
from app.core.iam.requests import Request
from tests.core.iam.papers import BUCKET, KEY, ROLE, ROLE_ID, ROOT, SESSION, Json, document, policy

RANK = [Decision.DENIED, Decision.UNKNOWN, Decision.ALLOWED]
KNOWN = {"aws:known": known("a"), "aws:absent": ABSENT}
SECRETS = ("aws:one", "aws:two")
TEXTS = ("a", "b", "other")

ACTIONS = st.sampled_from(["*", "s3:*", "s3:GetObject", "kms:Decrypt", "sts:AssumeRole", "s3:Put*"])
RESOURCES = st.sampled_from(["*", f"{BUCKET}/*", f"{BUCKET}/x", KEY, f"{BUCKET}/${{aws:one}}"])
PRINCIPALS = st.sampled_from(
    ["*", {"AWS": ROLE}, {"AWS": ROOT}, {"AWS": SESSION}, {"AWS": "1" * 12}]
)
OPERATORS = st.sampled_from(
    [
        "StringEquals",
        "StringNotEquals",
        "StringLike",
        "StringNotLikeIfExists",
        "StringEqualsIgnoreCase",
        "ForAllValues:StringEquals",
        "ForAnyValue:StringNotEquals",
        "Null",
        "Bool",
        "NumericLessThan",
        "Nonsense",
    ]
)
KEYS = st.sampled_from(["aws:known", "aws:absent", *SECRETS])
WANTED = st.sampled_from(["a", "b", "*", "true", "5", "${aws:two}"])
CONDITIONS = st.dictionaries(OPERATORS, st.dictionaries(KEYS, WANTED, max_size=2), max_size=2)


@st.composite
def statements(draw: st.DrawFn, kind: str, effect: str | None = None) -> Json:
    """Draw a statement of a policy of ``kind``, now and then one that AWS would refuse."""
    body: dict[str, object] = {
        "Effect": effect or draw(st.sampled_from(["Allow", "Deny", "Allow", "Maybe"])),
        draw(st.sampled_from(["Action", "Action", "NotAction"])): draw(ACTIONS),
    }
    if kind != "trust":
        body[draw(st.sampled_from(["Resource", "Resource", "NotResource"]))] = draw(RESOURCES)
    if kind in ("resource", "trust"):
        body[draw(st.sampled_from(["Principal", "Principal", "NotPrincipal"]))] = draw(PRINCIPALS)
    condition = draw(CONDITIONS)
    return {**body, "Condition": condition} if condition else body


Papers = dict[str, list[Json]]
"""The statements of the three policies that bear on a request, by kind."""


def papers(resource_kind: str) -> st.SearchStrategy[Papers]:
    """Return a strategy for the statements of identity, boundary and resource policy."""
    return st.fixed_dictionaries(
        {
            "identity": st.lists(statements("identity"), max_size=3),
            "boundary": st.lists(statements("boundary"), max_size=2),
            "resource": st.lists(statements(resource_kind), max_size=3),
        }
    )


def decide(rule: str, given_: Papers, values: dict[str, KeyValue]) -> Outcome:
    """Decide by one of the four rules; an empty boundary is no boundary."""
    action, resource = {
        "key": ("kms:Decrypt", KEY),
        "trust": ("sts:AssumeRole", ROLE),
    }.get(rule, ("s3:GetObject", f"{BUCKET}/x"))
    caller = Requester.role_session(ROLE, ROLE_ID)
    request = Request(action, resource, caller, Context({**KNOWN, **values}))
    identity = [policy(*given_["identity"])]
    boundary = policy(*given_["boundary"], kind="boundary") if given_["boundary"] else None
    kind = "trust" if rule == "trust" else "resource"
    own = parse_policy(document(*given_["resource"]), "own", kind)  # type: ignore[arg-type]
    if rule == "trust":
        return decide_trust(request, own, identity=identity, boundary=boundary)
    if rule == "key":
        return decide_key(request, identity=identity, key=own, boundary=boundary, same_account=True)
    within = decide_same_account if rule == "same" else decide_cross_account
    return within(request, identity=identity, resource=own, boundary=boundary)


SECRET: dict[str, KeyValue] = dict.fromkeys(SECRETS, UNKNOWN)
RULES = ["same", "cross", "key", "trust"]
EACH_RULE = pytest.mark.parametrize("rule", RULES)
Draw = st.DataObject


def draw_papers(data: Draw, rule: str) -> Papers:
    """Draw the papers for ``rule``."""
    return data.draw(papers("trust" if rule == "trust" else "resource"))


def with_more(given_: Papers, where: str, statement: Json, at: int) -> Papers:
    """Return the papers with one more statement somewhere."""
    listed = given_[where]
    return {**given_, where: [*listed[:at], statement, *listed[at:]]}


def draw_more(data: Draw, rule: str, given_: Papers, effect: str) -> Papers:
    """Draw one more statement of ``effect``; a boundary must be there to gain one."""
    places = ["identity", "resource", *(["boundary"] if given_["boundary"] else [])]
    where = data.draw(st.sampled_from(places))
    kind = {"resource": "trust" if rule == "trust" else "resource"}.get(where, where)
    statement = data.draw(statements(kind, effect))
    return with_more(given_, where, statement, data.draw(st.integers(0, 3)))


@EACH_RULE
@given(data=st.data())
@settings(max_examples=50, deadline=None)
def test_adding_a_deny_never_allows_more(rule: str, data: Draw) -> None:
    before = draw_papers(data, rule)
    after = draw_more(data, rule, before, "Deny")
    ranks = [RANK.index(decide(rule, each, SECRET).decision) for each in (before, after)]
    assert ranks[1] <= ranks[0]


@EACH_RULE
@given(data=st.data())
@settings(max_examples=50, deadline=None)
def test_adding_an_allow_never_denies_more(rule: str, data: Draw) -> None:
    before = draw_papers(data, rule)
    after = draw_more(data, rule, before, "Allow")
    ranks = [RANK.index(decide(rule, each, SECRET).decision) for each in (before, after)]
    assert ranks[1] >= ranks[0]


@EACH_RULE
@given(data=st.data())
@settings(max_examples=30, deadline=None)
def test_order_never_matters(rule: str, data: Draw) -> None:
    given_ = draw_papers(data, rule)
    shuffled = {where: data.draw(st.permutations(listed)) for where, listed in given_.items()}
    first, second = decide(rule, given_, SECRET), decide(rule, shuffled, SECRET)
    assert first.decision is second.decision
    assert first.because.reason is second.because.reason


CERTAIN_DENY: dict[str, Json] = {
    "identity": {"Effect": "Deny", "Action": "*", "Resource": "*"},
    "boundary": {"Effect": "Deny", "Action": "*", "Resource": "*"},
    "resource": {"Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "*"},
    "trust": {"Effect": "Deny", "Principal": "*", "Action": "*"},
}


@EACH_RULE
@given(data=st.data())
@settings(max_examples=30, deadline=None)
def test_an_unknown_never_hides_a_certain_deny(rule: str, data: Draw) -> None:
    given_ = draw_papers(data, rule)
    where = data.draw(st.sampled_from(["identity", "resource", "boundary"]))
    statement = CERTAIN_DENY["trust" if rule == "trust" and where == "resource" else where]
    denied = with_more(given_, where, statement, data.draw(st.integers(0, 3)))
    outcome = decide(rule, denied, SECRET)
    assert outcome.decision is Decision.DENIED
    assert statement in [reading.statement.raw for reading in outcome.because.statements]


@EACH_RULE
@given(data=st.data())
@settings(max_examples=50, deadline=None)
def test_certain_means_whatever_the_unknown_is(rule: str, data: Draw) -> None:
    given_ = draw_papers(data, rule)
    outcome = decide(rule, given_, SECRET)
    if outcome.decision is Decision.UNKNOWN:
        return
    values = [ABSENT, *map(known, TEXTS), known("true"), known("4")]
    for pair in product(values, repeat=2):
        world = dict(zip(SECRETS, pair, strict=True))
        assert decide(rule, given_, world).decision in (outcome.decision, Decision.UNKNOWN)


def _names(outcome: Outcome) -> Sequence[str]:
    return outcome.because.missing + outcome.because.unread


@EACH_RULE
@given(data=st.data())
@settings(max_examples=30, deadline=None)
def test_unknown_always_says_why(rule: str, data: Draw) -> None:
    outcome = decide(rule, draw_papers(data, rule), SECRET)
    why = bool(_names(outcome)) or outcome.because.may_spare
    assert why is (outcome.decision is Decision.UNKNOWN)
    assert set(outcome.because.missing) <= {*SECRETS, "aws:PrincipalArn"}
