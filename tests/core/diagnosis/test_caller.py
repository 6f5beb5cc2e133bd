"""Who is asking: the values that the answers hold, and which answer still counts."""

from typing import Any, Final

import pytest

from tests.core.diagnosis.broken_sign_in import EXPIRED_CLOCK, failed
from tests.helpers.snapshots import STRANGER, Break, World, broken, codes_of, good

VALUES: Final[tuple[tuple[Break, str, dict[str, Any]], ...]] = (
    (
        failed("EndpointConnectionError", 'Could not connect to the endpoint URL: "https://a.b/"'),
        "env.offline",
        {"endpoint": "https://a.b/"},
    ),
    (
        failed(
            "ProxyConnectionError", 'Failed to connect to proxy URL: "http://u:secret@p.acme:3128"'
        ),
        "env.proxy",
        {"proxy": "p.acme:3128"},
    ),
    (failed("SignatureDoesNotMatch", EXPIRED_CLOCK), "env.clock-skew", {"seconds": 1800}),
    (
        failed("SignatureDoesNotMatch", "Signature expired: 99999999T999999Z 20231123T010203Z"),
        "env.clock-skew",
        {},
    ),
    (failed("Throttling", "", "iam:GetRole"), "env.throttled", {"action": "iam:GetRole"}),
    (failed("500", "", "s3:ListBucket"), "env.aws-fault", {"action": "s3:ListBucket"}),
    (
        failed("ProfileNotFound", "The config profile (work) could not be found"),
        "signin.profile-missing",
        {"profile": "work"},
    ),
    (
        failed(
            "ConfigParseError",
            "Unable to parse config file: /x [stray-line, line 12 of /x]",
        ),
        "signin.config-broken",
        {
            "file": "/x",
            "line": 12,
            "mistake": "stray-line",
            "said": "Unable to parse config file: /x",
        },
    ),
    (
        failed("WrongAccount", f"The sign-in belongs to account {STRANGER}, not to 123456789012."),
        "signin.wrong-account",
        {"expected": "123456789012", "found": STRANGER},
    ),
    (
        failed("AccessDeniedException", "no", "kms:DescribeKey"),
        "signin.not-allowed",
        {"actions": ["kms:DescribeKey"]},
    ),
)


@pytest.mark.parametrize(("how", "code", "params"), VALUES, ids=[v[1] for v in VALUES])
def test_takes_the_values_from_the_answer(how: Break, code: str, params: dict[str, Any]) -> None:
    (finding,) = broken(good(), how).report().findings
    assert (finding.code, dict(finding.params)) == (code, params)


def tried(*calls: tuple[str, str, str | None]) -> World:
    """Return a good setup and calls of the customer: action, outcome, code."""
    world = good()
    for action, outcome, code in calls:
        world.observe("customer", action, outcome, code=code)
    return world


CALLER: Final = "sts:GetCallerIdentity"
OFFLINE: Final = "EndpointConnectionError"
EXPIRED: Final = "ExpiredToken"

COUNTS: Final[tuple[tuple[str, World, str], ...]] = (
    ("made good", tried((CALLER, "failed", OFFLINE), (CALLER, "allowed", None)), ""),
    (
        "another failure of the same call",
        tried((CALLER, "failed", OFFLINE), (CALLER, "failed", EXPIRED)),
        "signin.expired",
    ),
    (
        "AWS answered another call of the service",
        tried(("s3:ListBucket", "failed", OFFLINE), ("s3:GetBucketPolicy", "allowed", None)),
        "",
    ),
    (
        "another service answered, that one did not",
        tried(("s3:ListBucket", "failed", OFFLINE), (CALLER, "allowed", None)),
        "env.offline",
    ),
    (
        "signed in again",
        tried(("iam:GetRole", "failed", EXPIRED), (CALLER, "allowed", None)),
        "",
    ),
    (
        "a region that is off stays so",
        tried(("sts:AssumeRole", "failed", "RegionDisabledException"), (CALLER, "allowed", None)),
        "signin.region-disabled",
    ),
    ("only then", tried((CALLER, "allowed", None), (CALLER, "failed", OFFLINE)), "env.offline"),
    (
        "allowed meanwhile",
        tried(("iam:GetRole", "denied", "AccessDenied"), ("iam:GetRole", "allowed", None)),
        "",
    ),
    (
        "each once",
        tried(("iam:GetRole", "failed", OFFLINE), ("s3:ListBucket", "failed", OFFLINE)),
        "env.offline",
    ),
)


@pytest.mark.parametrize(("name", "world", "codes"), COUNTS, ids=[c[0] for c in COUNTS])
def test_the_last_answer_counts(name: str, world: World, codes: str) -> None:
    assert codes_of(world.report()) == codes.split(), name


def test_all_refused_actions_are_named_at_once() -> None:
    world = tried(("iam:GetRole", "denied", "AccessDenied"), ("iam:GetPolicy", "denied", "403"))
    (finding,) = world.report().findings
    assert finding.params["actions"] == ["iam:GetRole", "iam:GetPolicy"]


def test_what_ubiquity_could_not_reach_says_nothing_of_this_computer() -> None:
    world = good()
    world.observe("told", "test", "failed", code=OFFLINE, message="Could not connect")
    assert codes_of(world.report()) == []
