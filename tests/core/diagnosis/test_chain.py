"""The links as the window draws them: never fine where a fact is missing."""

from collections.abc import Callable
from typing import Final

import pytest

from app.core.diagnosis.chain import CHAIN, LinkState, LinkStatus, first_broken, links_of
from app.core.diagnosis.codes.catalogue import CATALOGUE, ChainLink
from app.core.diagnosis.diagnose import diagnose
from app.core.report import Evidence, Weight
from app.core.wording.report_terms import link_name, verdict_words
from tests.core.diagnosis.broken_sign_in import CHANGES, ENVIRONMENT, SIGN_IN
from tests.core.diagnosis.row import Row
from tests.helpers.snapshots import (
    BUCKET,
    OTHER_KEY,
    ROLE_ARN,
    SECOND,
    UBIQUITY_ROOT,
    World,
    deny,
    document,
    good,
    good_encrypted,
    good_two,
    together,
    trusting,
)

Change = Callable[[World], object]

UNTRIED, FINE, BROKEN, DOUBTFUL, UNKNOWN, NOT_NEEDED = (
    LinkState.UNTRIED,
    LinkState.FINE,
    LinkState.BROKEN,
    LinkState.DOUBTFUL,
    LinkState.UNKNOWN,
    LinkState.NOT_NEEDED,
)
_LETTERS: Final = {
    "n": UNTRIED,
    "f": FINE,
    "B": BROKEN,
    "d": DOUBTFUL,
    "?": UNKNOWN,
    "-": NOT_NEEDED,
}


def _states(letters: str) -> tuple[LinkState, ...]:
    """Return the states of UbiQuity, role, trust, permissions, bucket, key and files."""
    return tuple(_LETTERS[letter] for letter in letters)


def _cards(world: World) -> tuple[LinkStatus, ...]:
    draft, snapshot = world.read()
    return links_of(diagnose(draft, snapshot), snapshot)


def _links(world: World) -> tuple[LinkStatus, ...]:
    """Return the chain's own links, without what stands before and after it."""
    return tuple(status for status in _cards(world) if status.link in CHAIN)


def _nothing(_world: World) -> None:
    """Leave it as it is."""


def _no_role(world: World) -> None:
    world.snapshot["role"] = {"state": "missing"}


def _path(world: World) -> None:
    world.role["path"] = "/team/"
    world.role["arn"] = world.role["arn"].replace(":role/", ":role/team/")


def _wrong_id(world: World) -> None:
    world.trust["Condition"]["StringEquals"]["sts:ExternalId"] += " "


def _no_id(world: World) -> None:
    world.set_trust(trusting({"AWS": UBIQUITY_ROOT}))


def _trust_by_address(world: World) -> None:
    world.role["trust_policy"]["Statement"].append(
        {
            "Effect": "Deny",
            "Principal": "*",
            "Action": "sts:AssumeRole",
            "Condition": {"NotIpAddress": {"aws:SourceIp": "203.0.113.0/24"}},
        }
    )


def _denied_bucket(world: World) -> None:
    world.bucket["policy"] = document(deny("s3:*", f"arn:aws:s3:::{BUCKET}/*", Principal="*"))


def _missing_bucket(world: World) -> None:
    world.snapshot["buckets"][0] = {"name": BUCKET, "state": "missing"}


def _lost_bucket(world: World) -> None:
    world.snapshot["buckets"][0] = {"name": BUCKET, "state": "unreadable"}
    entry = {"what": "buckets[0]", "code": "AccessDenied", "message": ""}
    world.snapshot["unreadable"].append(entry)


def _no_buckets(world: World) -> None:
    world.snapshot["buckets"] = []


def _offline(world: World) -> None:
    world.snapshot["caller"] = None
    for what in ("caller", "role", "customer_policy"):
        world.snapshot["unreadable"].append({"what": what, "code": "x", "message": ""})
    world.snapshot["role"] = {"state": "unreadable"}
    world.snapshot["customer_policy"] = {"state": "unreadable"}
    _lost_bucket(world)
    told = {"code": "EndpointConnectionError", "message": "Could not connect"}
    world.observe("customer", "sts:GetCallerIdentity", "failed", **told)


def _half_offline(world: World) -> None:
    world.lose("buckets[0].policy", code="ReadTimeoutError")
    told = {"code": "ReadTimeoutError", "message": "Read timeout"}
    world.observe("customer", "s3:GetBucketPolicy", "failed", **told)


def _no_caller(world: World) -> None:
    world.snapshot["caller"] = None


def _lost(*paths: str) -> Change:
    return lambda world: world.lose(*paths)


def _no_sample(world: World) -> None:
    world.bucket["sample"] = None


def _empty(world: World) -> None:
    world.bucket["sample"] |= {"listed": 0, "keys": [], "storage_classes": {}}


def _archived(world: World) -> None:
    world.bucket["sample"]["storage_classes"] = {"GLACIER": 3}


def _disabled(world: World) -> None:
    world.bucket["kms_key"]["state"] = "Disabled"


def _guides_key(world: World) -> None:
    world.key_statements[1]["Action"].remove("kms:GenerateDataKey")


def _other_key(world: World) -> None:
    world.entry["kms_key_arn"] = OTHER_KEY


def _organization(world: World) -> None:
    entry = {"action": "sts:AssumeRole", "resource": ROLE_ARN, "by": "service control policy"}
    world.snapshot["organization_denies"].append(entry)


# UbiQuity, role, trust, permissions, bucket, key, files
@pytest.mark.parametrize(
    ("change", "letters"),
    [
        (_nothing, "nffffff"),
        (_no_role, "nB??f?f"),
        (_path, "nB?ffff"),
        (_wrong_id, "nfBffff"),
        (_no_id, "nfdffff"),
        (lambda world: world.detach(delete=True), "nffB"),
        (_denied_bucket, "nfffB"),
        (_missing_bucket, "nfffB??"),
        (_disabled, "nffffBf"),
        (_guides_key, "nffffdf"),
        (_other_key, "nffffdf"),
        (_empty, "nffffff"),
        (_archived, "nfffffd"),
        # What nobody read
        (_no_caller, "?ffffff"),
        (_offline, "???????"),
        (_half_offline, "?ff??ff"),
        (_lost("role"), "n???f?f"),
        (_lost("role.trust_policy"), "nf?ffff"),
        (_lost("role.attached_policies"), "nff?"),
        (_lost("buckets[0].policy"), "nff??ff"),
        (_lost("buckets[0].encryption"), "nffff?f"),
        (_lost("buckets[0].kms_key.policy"), "nffff?f"),
        (_lost("buckets[0].sample"), "nfffff?"),
        (_lost_bucket, "nff????"),
        (_no_buckets, "nff????"),
        (_no_sample, "nfffff?"),
        (_trust_by_address, "nf?ffff"),
    ],
)
def test_the_state_of_each_link(change: Change, letters: str) -> None:
    world = good_encrypted()
    change(world)
    states = tuple(status.state for status in _links(world))
    wanted = _states(letters)
    assert states[: len(wanted)] == wanted


def test_a_bucket_without_a_key_of_the_customers_needs_no_such_link() -> None:
    states = [status.state for status in _links(good())]
    assert states == [UNTRIED, FINE, FINE, FINE, FINE, NOT_NEEDED, FINE]


def test_a_key_that_nobody_could_ask_for_may_be_needed() -> None:
    world = good()
    _lost_bucket(world)
    assert _links(world)[ChainLink.KEY].state is UNKNOWN


@pytest.mark.parametrize(
    ("change", "link", "code"),
    [
        (_no_role, ChainLink.ROLE, "role.missing"),
        (_organization, ChainLink.TRUST, "organization.denies"),
        (_offline, ChainLink.CALLER, "env.offline"),
        (together(_wrong_id, _disabled), ChainLink.TRUST, "trust.external-id-mismatch"),
    ],
)
def test_the_first_broken_link(change: Change, link: ChainLink, code: str) -> None:
    world = good_encrypted()
    change(world)
    cards = _cards(world)
    broken = first_broken(cards)
    assert broken is not None
    assert broken.link is link
    assert code in [finding.code for finding in broken.findings]
    before = cards[: cards.index(broken)]
    assert [status for status in before if status.state is BROKEN] == []


def test_nothing_is_broken_in_a_sound_setup() -> None:
    assert first_broken(_links(good())) is None


@pytest.mark.parametrize(
    "change",
    [_nothing, _no_role, _offline, _half_offline, _organization, _lost_bucket, _guides_key],
)
def test_each_finding_is_shown_once(change: Change) -> None:
    world = good_encrypted()
    change(world)
    draft, snapshot = world.read()
    report = diagnose(draft, snapshot)
    links = links_of(report, snapshot)
    assert tuple(status.link for status in links if status.link in CHAIN) == CHAIN
    shown = [finding for status in links for finding in status.findings]
    assert len(shown) == len(report.findings)
    assert all(finding in shown for finding in report.findings)
    for status in links:
        blockers = [f for f in status.findings if CATALOGUE[f.code].weight is Weight.BLOCKER]
        assert (status.state is BROKEN) is bool(blockers)


def _verified(world: World) -> set[ChainLink]:
    return {status.link for status in _links(world) if status.evidence is Evidence.VERIFIED}


_GOT_IN = {ChainLink.UBIQUITY, ChainLink.ROLE, ChainLink.TRUST}


@pytest.mark.parametrize(
    ("seen", "verified"),
    [
        ([], set()),
        ([("customer", "sts:AssumeRole", "allowed", "right", None)], set()),
        ([("ubiquity", "sts:AssumeRole", "allowed", "right", None)], _GOT_IN),
        ([("ubiquity", "sts:AssumeRole", "allowed", "none", None)], {ChainLink.UBIQUITY}),
        ([("ubiquity", "sts:AssumeRole", "failed", "right", None)], set()),
        ([("ubiquity", "s3:ListBucket", "allowed", None, BUCKET)], _GOT_IN),
        ([("customer", "s3:ListBucket", "allowed", None, BUCKET)], set()),
        (
            [("told", "s3:ListBucket", "allowed", None, name) for name in (BUCKET, SECOND)],
            {*_GOT_IN, ChainLink.BUCKET},
        ),
        (
            [
                ("ubiquity", "sts:AssumeRole", "allowed", "right", None),
                ("ubiquity", "sts:AssumeRole", "failed", "right", None),
            ],
            {ChainLink.UBIQUITY},
        ),
    ],
)
def test_verified_is_what_ubiquity_was_seen_to_do(
    seen: list[tuple[str, str, str, str | None, str | None]], verified: set[ChainLink]
) -> None:
    world = good_two()
    for who, action, outcome, external_id, bucket in seen:
        more = {"external_id": external_id, "bucket": bucket, "resource": None}
        world.observe(who, action, outcome, **more)
    # Being let in without the External ID is a finding of its own, and verified as such.
    assert _verified(world) - _of_warnings(world) == verified


def _of_warnings(world: World) -> set[ChainLink]:
    return {status.link for status in _links(world) if status.findings}


def _recorded(world: World, **more: str) -> None:
    told = {"external_id": "right", "source": "cloudtrail", "request_id": "req-9"}
    world.observe("ubiquity", "sts:AssumeRole", "allowed", **(told | more))


LONG_AGO: Final = "2026-11-20T01:02:03Z"


@pytest.mark.parametrize("at", [LONG_AGO, "2026-11-23T01:02:09Z"])
def test_a_visit_that_cloudtrail_has_counts_as_seen(at: str) -> None:
    world = good()
    _recorded(world, at=at)
    assert _verified(world) == _GOT_IN


OTHER_ROLE: Final = ROLE_ARN.replace("ubiquity-connectors", "another")
OTHER_ACCOUNT: Final = ROLE_ARN.replace("123456789012", "210987654321")


@pytest.mark.parametrize(
    "told",
    [
        ("ubiquity", "allowed", {"source": "cloudtrail", "resource": OTHER_ROLE}),
        ("ubiquity", "allowed", {"source": "cloudtrail", "resource": OTHER_ACCOUNT}),
        ("ubiquity", "allowed", {"resource": OTHER_ROLE}),
        ("ubiquity", "denied", {"resource": OTHER_ROLE, "code": "AccessDenied"}),
        ("ubiquity", "denied", {"source": "cloudtrail", "code": "AccessDenied"}),
        ("told", "allowed", {"source": "cloudtrail"}),
    ],
)
def test_what_tells_nothing_of_the_role_counts_for_nothing(
    told: tuple[str, str, dict[str, str]],
) -> None:
    """A file may come from anybody: CloudTrail has UbiQuity's successes, and of this role."""
    who, outcome, more = told
    world = good()
    before = world.report(), _links(world)
    world.observe(who, "sts:AssumeRole", outcome, **{"external_id": "right", **more})
    assert (world.report(), _links(world)) == before
    _recorded(world, at=LONG_AGO)
    assert _verified(world) == _GOT_IN


@pytest.mark.parametrize("external_id", ["wrong", "none"])
def test_a_visit_of_another_database_verifies_nothing(external_id: str) -> None:
    world = good()
    _recorded(world, at=LONG_AGO, external_id=external_id)
    assert _verified(world) - _of_warnings(world) == set()
    assert _links(world)[ChainLink.UBIQUITY].state is UNTRIED


def test_a_condition_that_only_ubiquity_can_meet_was_met_when_it_was_recorded() -> None:
    world = good()
    _trust_by_address(world)
    _recorded(world, at=LONG_AGO)
    trust = _links(world)[ChainLink.TRUST]
    assert (trust.state, trust.evidence, trust.findings) == (FINE, Evidence.VERIFIED, ())


@pytest.mark.parametrize("change", [_wrong_id, _no_role, _path])
def test_what_blocks_today_stays_whatever_was_recorded_before(change: Change) -> None:
    world = good()
    change(world)
    before = [status for status in _links(world) if status.state is BROKEN]
    _recorded(world, at=LONG_AGO)
    assert [status for status in _links(world) if status.state is BROKEN] == before
    assert ChainLink.TRUST not in _verified(world)


def test_a_refusal_after_a_recorded_visit_is_the_last_word() -> None:
    world = good()
    _recorded(world, at=LONG_AGO)
    world.observe("told", "sts:AssumeRole", "denied", external_id="right", source="told")
    assert ChainLink.TRUST not in _verified(world) - _of_warnings(world)


def test_a_condition_that_only_ubiquity_can_meet_was_met() -> None:
    world = good()
    _trust_by_address(world)
    world.observe("ubiquity", "sts:AssumeRole", "allowed", external_id="right")
    trust = _links(world)[ChainLink.TRUST]
    assert (trust.state, trust.evidence) == (FINE, Evidence.VERIFIED)


def test_what_is_not_known_is_not_verified() -> None:
    world = good()
    _lost_bucket(world)
    world.observe("ubiquity", "s3:ListBucket", "allowed", bucket=BUCKET)
    bucket = _links(world)[ChainLink.BUCKET]
    assert bucket.state is UNKNOWN
    assert bucket.evidence is not Evidence.VERIFIED


# Who is asking stands before the chain


@pytest.mark.parametrize("row", [*ENVIRONMENT, *SIGN_IN], ids=str)
def test_nothing_of_the_chain_is_broken_where_nobody_could_ask(row: Row) -> None:
    code = row.code
    draft, snapshot = row.world.read()
    report = diagnose(draft, snapshot)
    first, *chain = links_of(report, snapshot)
    assert first.link is ChainLink.CALLER
    assert code in [finding.code for finding in first.findings]
    assert [status.link for status in chain if status.state is BROKEN] == []
    is_blocker = CATALOGUE[code].weight is Weight.BLOCKER
    assert (first_broken((first, *chain)) is first) is is_blocker
    assert (verdict_words(report)[0] == "Not checked") is is_blocker
    assert link_name(first) == ("Your sign-in" if code.startswith("signin.") else "The way to AWS")


@pytest.mark.parametrize("row", CHANGES, ids=str)
def test_a_change_that_aws_refused_is_no_fault_of_the_sign_in(row: Row) -> None:
    draft, snapshot = row.world.read()
    *_, last = links_of(diagnose(draft, snapshot), snapshot)
    assert (last.link, link_name(last), last.state) == (ChainLink.CHANGES, "Changes", BROKEN)
