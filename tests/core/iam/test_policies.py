"""Documents: what AWS takes in several forms, and what it would refuse to store.

AWS "Grammar of the IAM JSON policy language", "IAM JSON policy elements reference" and the error
texts of IAM, S3 and KMS.
"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.iam.decision import Decision, decide_same_account
from app.core.iam.elements import PolicyKind
from app.core.iam.policies import parse_policy, unread_policy
from app.core.iam.statements import Effect
from tests.core.iam.papers import ROLE, allow, decide, deny, document, known_request, policy

GOOD = allow("s3:GetObject", "arn:aws:s3:::b/*")


@pytest.mark.parametrize(
    "written",
    [
        {"Version": "2012-10-17", "Statement": GOOD},
        {"Version": "2012-10-17", "Statement": [GOOD]},
        {"Version": "2012-10-17", "Statement": [{**GOOD, "Action": ["s3:GetObject"]}]},
        {"Version": "2012-10-17", "Statement": [{**GOOD, "Resource": ["arn:aws:s3:::b/*"]}]},
        {"Version": "2008-10-17", "Id": "x", "Statement": [{**GOOD, "Sid": "a"}]},
        {"Statement": [{**GOOD, "Condition": {}}]},
    ],
)
def test_one_or_a_list(written: object) -> None:
    parsed = parse_policy(written, "identity:x", "identity")
    assert parsed.faults == ()
    request = known_request(resource="arn:aws:s3:::b/x")
    outcome = decide_same_account(request, identity=[parsed], resource=None, boundary=None)
    assert outcome.decision is Decision.ALLOWED


def test_statements_know_their_place() -> None:
    parsed = policy(deny(Sid="First"), allow("s3:*"))
    assert [(s.index, s.sid, s.effect) for s in parsed.statements] == [
        (0, "First", Effect.DENY),
        (1, None, Effect.ALLOW),
    ]
    assert parsed.statements[1].raw == allow("s3:*")


@pytest.mark.parametrize(
    ("kind", "raw", "code", "element", "value"),
    [
        ("identity", "Allow", "not-an-object", "Statement", ""),
        ("identity", allow(Effect="allow"), "value-malformed", "Effect", "allow"),
        ("identity", allow(Effect=["Allow"]), "value-malformed", "Effect", ""),
        ("identity", {"Action": "*", "Resource": "*"}, "element-missing", "Effect", ""),
        ("identity", {"Effect": "Allow", "Resource": "*"}, "element-missing", "Action", ""),
        ("identity", {"Effect": "Allow", "Action": "*"}, "element-missing", "Resource", ""),
        ("boundary", {"Effect": "Allow", "Action": "*"}, "element-missing", "Resource", ""),
        ("identity", allow(NotAction="*"), "element-twice", "Action", ""),
        ("identity", allow(NotResource="*"), "element-twice", "Resource", ""),
        ("identity", allow(Principal="*"), "element-not-allowed", "Principal", ""),
        ("boundary", allow(NotPrincipal="*"), "element-not-allowed", "Principal", ""),
        ("identity", allow("GetObject"), "value-malformed", "Action", "GetObject"),
        ("identity", allow("s3:s3:GetObject"), "value-malformed", "Action", "s3:s3:GetObject"),
        ("identity", allow(["s3:*", "s3:"]), "value-malformed", "Action", "s3:"),
        ("identity", allow([]), "value-malformed", "Action", ""),
        ("identity", allow({"s3": "*"}), "value-malformed", "Action", ""),
        ("identity", allow("*", "b/*"), "value-malformed", "Resource", "b/*"),
        ("identity", allow("*", []), "value-malformed", "Resource", ""),
        ("identity", allow(Conditions={}), "element-unknown", "Conditions", ""),
        ("identity", allow(Condition={"Is": {"a:b": "c"}}), "operator-unknown", "Condition", "Is"),
        ("resource", allow(), "element-missing", "Principal", ""),
        (
            "resource",
            allow(Principal="*", NotPrincipal="*"),
            "element-twice",
            "Principal",
            "",
        ),
        ("resource", allow(Principal=ROLE), "value-malformed", "Principal", ROLE),
        ("resource", allow(Principal={"AWS": "jo"}), "value-malformed", "Principal", "jo"),
        ("resource", allow("*", None, Principal="*"), "element-missing", "Resource", ""),
        (
            "trust",
            allow("sts:AssumeRole", "*", Principal="*"),
            "element-not-allowed",
            "Resource",
            "",
        ),
    ],
)
def test_refused_and_so_unknown(
    kind: PolicyKind, raw: object, code: str, element: str, value: str
) -> None:
    parsed = parse_policy(document(raw), "x", kind)
    assert [(r.code, r.statement, r.element, r.value, r.unreadable) for r in parsed.faults] == [
        (code, 0, element, value, True)
    ]


@pytest.mark.parametrize(
    ("kind", "raw", "code", "element"),
    [
        ("identity", allow(Sid=1), "value-malformed", "Sid"),
        ("trust", allow("s3:GetObject", None, Principal="*"), "action-not-sts", "Action"),
        (
            "trust",
            deny("sts:AssumeRole", None, NotPrincipal={"AWS": ROLE}),
            "element-not-allowed",
            "NotPrincipal",
        ),
        (
            "resource",
            allow("s3:*", "*", NotPrincipal={"AWS": ROLE}),
            "element-not-allowed",
            "NotPrincipal",
        ),
    ],
)
def test_refused_though_its_meaning_is_plain(
    kind: PolicyKind, raw: object, code: str, element: str
) -> None:
    parsed = parse_policy(document(raw), "x", kind)
    assert [(r.code, r.statement, r.element) for r in parsed.faults] == [(code, 0, element)]
    assert not any(refusal.unreadable for refusal in parsed.faults)


@pytest.mark.parametrize(
    ("written", "code", "element", "is_unknown"),
    [
        (None, "not-an-object", "Policy", True),
        ([allow()], "not-an-object", "Policy", True),
        ('{"Statement": []}', "not-an-object", "Policy", True),
        ({"Version": "2012-10-18", "Statement": allow()}, "version-unknown", "Version", True),
        ({"Version": 2012, "Statement": allow()}, "version-unknown", "Version", True),
        ({}, "element-missing", "Statement", False),
        ({"Statement": None}, "not-an-object", "Statement", True),
        ({"Statement": [], "Comment": "x"}, "element-unknown", "Comment", False),
    ],
)
def test_documents_refused(written: object, code: str, element: str, is_unknown: bool) -> None:
    """A document without statements grants nothing; one that can't be read may say anything."""
    parsed = parse_policy(written, "x", "identity")
    assert [(r.code, r.element) for r in parsed.faults] == [(code, element)]
    outcome = decide_same_account(known_request(), identity=[parsed], resource=None, boundary=None)
    assert outcome.decision is (Decision.UNKNOWN if is_unknown else Decision.DENIED)


def test_sids_must_be_unique() -> None:
    parsed = policy(allow(Sid="a"), allow(Sid="b"), allow(Sid="a"))
    assert [(r.code, r.statement, r.value) for r in parsed.faults] == [("sid-repeated", 2, "a")]
    assert decide(known_request(), allow(Sid="a"), allow(Sid="a")).decision is Decision.ALLOWED


REQUEST = known_request("s3:GetObject", "arn:aws:s3:::b/x")


@pytest.mark.parametrize(
    ("refused", "beside", "decision"),
    [
        (allow(Effect="allow"), (), Decision.UNKNOWN),
        (allow(NotAction="s3:*"), (), Decision.UNKNOWN),
        (allow(Condition={"Is": {"aws:x": "y"}}), (), Decision.UNKNOWN),
        # What certainly isn't about this request can't matter.
        (allow("kms:*", Effect="allow"), (), Decision.DENIED),
        (allow("s3:*", "arn:aws:s3:::other", Effect="allow"), (), Decision.DENIED),
        (
            allow("s3:*", Condition={"Is": {"a:b": "c"}, "Null": {"a:b": "false"}}),
            (),
            Decision.DENIED,
        ),
        # A certain grant stands, unless the refused one may be a Deny.
        (allow(NotAction="s3:*"), (GOOD,), Decision.ALLOWED),
        (deny(NotAction="s3:*"), (GOOD,), Decision.UNKNOWN),
        (allow(Effect="deny"), (GOOD,), Decision.UNKNOWN),
        # A certain Deny stands whatever else is there.
        (allow(Effect="allow"), (GOOD, deny("s3:Get*")), Decision.DENIED),
    ],
)
def test_a_refused_statement_is_never_a_grant(
    refused: dict[str, object], beside: tuple[dict[str, object], ...], decision: Decision
) -> None:
    outcome = decide(REQUEST, refused, *beside)
    assert outcome.decision is decision
    if decision is Decision.UNKNOWN:
        assert outcome.because.unread == ("identity",)
        assert outcome.because.missing == ()


def test_what_was_not_read_may_say_anything() -> None:
    unread = unread_policy("bucket", "resource")
    for identity, decision in [
        ([policy(GOOD)], Decision.UNKNOWN),
        ([policy(deny())], Decision.DENIED),
        ([], Decision.UNKNOWN),
    ]:
        outcome = decide_same_account(REQUEST, identity=identity, resource=unread, boundary=None)
        assert outcome.decision is decision
        if decision is Decision.UNKNOWN:
            assert "bucket" in outcome.because.unread


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)
NAMES = ["Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource"]
VALUES = JSON | st.sampled_from(["Allow", "Deny", "*", "s3:*", "arn:aws:s3:::b/*", {"AWS": ROLE}])
ODD_STATEMENT = st.dictionaries(
    st.sampled_from([*NAMES, "NotResource", "Condition", "Other"]), VALUES, max_size=6
)
ODD_CONDITION = st.dictionaries(
    st.sampled_from(
        ["StringLike", "Null", "DateLessThan", "IpAddress", "ForAnyValue:ArnLike", "x"]
    ),
    JSON | st.dictionaries(st.sampled_from(["aws:a", "s3:prefix", "b"]), JSON, max_size=2),
    max_size=3,
)
DOCUMENTS = JSON | st.fixed_dictionaries(
    {
        "Statement": st.lists(
            ODD_STATEMENT | ODD_CONDITION.map(lambda c: allow(Condition=c)), max_size=3
        )
    },
    optional={"Version": st.sampled_from(["2008-10-17", "2012-10-17", "x"]) | JSON},
)
KINDS = st.sampled_from(["identity", "resource", "trust", "boundary"])


@settings(deadline=None)
@given(DOCUMENTS, DOCUMENTS, KINDS)
def test_any_json_is_read_and_decided_on(first: object, second: object, kind: PolicyKind) -> None:
    outcome = decide_same_account(
        REQUEST,
        identity=[parse_policy(first, "first", "identity")],
        resource=parse_policy(second, "second", kind),
        boundary=parse_policy(second, "third", "boundary"),
    )
    assert outcome.decision in Decision
