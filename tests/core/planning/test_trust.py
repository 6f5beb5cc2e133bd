"""The trust policy: UbiQuity let in, and all others as they are."""

from typing import Any, Final

import pytest

from app.core.change import Change, ChangeKind, LeftAlone, Plan
from app.core.changes.applied import after_changes
from app.core.choices import Choice, Choices
from app.core.documents.policies import trust_policy
from app.core.documents.ubiquity_trust import revoked_statement
from app.core.frozen import replace
from app.core.planning.plan import plan
from tests.helpers.snapshots import (
    DATABASE_ID,
    DELETED,
    ROLE_ARN,
    STRANGER,
    UBIQUITY_ROOT,
    asks_for,
    document,
    good,
    trusting,
)

Json = dict[str, Any]
OURS: Final = {"AWS": UBIQUITY_ROOT}
GUIDES: Final = trusting(OURS, asks_for(DATABASE_ID))
OTHER: Final = "aBqJBlwfjUOUcQjd5gt7vZ"
THEIRS: Final = trusting({"AWS": f"arn:aws:iam::{STRANGER}:root"}, Sid="Partner")
SERVICE: Final = trusting({"Service": "ec2.amazonaws.com"})


def planned(trust: object, *chosen: Choice) -> Plan:
    """Return the plan for a set-up that is right but for its trust policy."""
    world = good()
    world.role["trust_policy"] = trust
    draft, start = world.read()
    choices = Choices(frozenset(chosen))
    wanted = plan(draft, start, choices)
    assert plan(draft, after_changes(start, wanted.changes), choices).changes == ()
    return wanted


def statements(wanted: Plan) -> list[object]:
    """Return the statements that the one change leaves."""
    (change,) = wanted.changes
    assert (change.kind, change.target) == (ChangeKind.UPDATE_TRUST_POLICY, ROLE_ARN)
    assert change.reversible is (DELETED not in str(change.before))
    assert isinstance(change.after, dict)
    found: list[object] = change.after["Statement"]
    return found


@pytest.mark.parametrize(
    ("external_ids", "mended"),
    [
        (f" {DATABASE_ID}", DATABASE_ID),
        (f"{DATABASE_ID}\n", DATABASE_ID),
        (DATABASE_ID.upper(), DATABASE_ID),
        (f"{DATABASE_ID}==", DATABASE_ID),
        ("YOUR_UBIQUITY_ACCOUNT_ID", DATABASE_ID),
        ("<YOUR_UBIQUITY_ACCOUNT_ID>", DATABASE_ID),
        ([OTHER, f"{DATABASE_ID} "], [OTHER, DATABASE_ID]),
        ([f"{DATABASE_ID} ", "YOUR_UBIQUITY_ACCOUNT_ID"], DATABASE_ID),
        (OTHER, [OTHER, DATABASE_ID]),
        ([OTHER, "another"], [OTHER, "another", DATABASE_ID]),
    ],
)
@pytest.mark.parametrize("principal", [UBIQUITY_ROOT, "049579744830", [UBIQUITY_ROOT]])
def test_an_external_id(external_ids: object, mended: object, principal: object) -> None:
    given = trusting({"AWS": principal}, asks_for(external_ids), Sid="Any")
    found = statements(planned(document(THEIRS, given, SERVICE)))
    assert found == [THEIRS, {**given, "Condition": asks_for(mended)}, SERVICE]


def test_the_damaged_one_of_several_statements_is_mended() -> None:
    first = trusting(OURS, asks_for(OTHER))
    second = trusting(OURS, asks_for(f"{DATABASE_ID} ", "StringLike"))
    wanted = planned(document(first, second))
    assert statements(wanted) == [first, trusting(OURS, asks_for(DATABASE_ID, "StringLike"))]
    assert [part.code for part in wanted.left_alone] == ["other-external-ids"]


@pytest.mark.parametrize(
    "present",
    [
        [],
        [THEIRS, SERVICE],
        [trusting({"AWS": [UBIQUITY_ROOT, f"arn:aws:iam::{STRANGER}:root"]}, asks_for(OTHER))],
        [trusting({"AWS": "arn:aws:iam::049579744830:role/import"}, asks_for(DATABASE_ID))],
        [{**GUIDES, "Action": "sts:TagSession"}],
        [trusting(OURS, asks_for(DATABASE_ID) | {"Bool": {"aws:MultiFactorAuthPresent": "true"}})],
        [trusting(OURS, {"StringNotEquals": {"sts:ExternalId": DATABASE_ID}})],
        [trusting(OURS, {"IpAddress": {"aws:SourceIp": "192.0.2.0/24"}})],
    ],
)
def test_the_guides_statement_is_added_beside_what_is_not_ours(present: list[Json]) -> None:
    wanted = planned(document(*present))
    assert statements(wanted) == [*present, GUIDES]
    assert wanted.cannot_mend == ()


def test_who_no_longer_exists_is_left_out() -> None:
    gone = trusting({"AWS": DELETED}, asks_for(DATABASE_ID))
    both = trusting({"AWS": [DELETED, f"arn:aws:iam::{STRANGER}:root"]})
    wanted = planned(document(gone, both))
    assert statements(wanted) == [trusting({"AWS": f"arn:aws:iam::{STRANGER}:root"}), GUIDES]
    assert LeftAlone("gone-principals", ROLE_ARN, {"names": [DELETED]}) in wanted.left_alone
    assert planned(document(gone, GUIDES)).left_alone == ()
    assert planned(document(gone, GUIDES)).offers == ()


def test_one_statement_without_a_list_and_another_version() -> None:
    present = {"Version": "2008-10-17", "Id": "old", "Statement": THEIRS}
    wanted = planned(present)
    assert wanted.changes[0].after == {**present, "Statement": [THEIRS, GUIDES]}


def test_our_own_revocation_is_taken_out_and_no_other_deny() -> None:
    foreign = {**revoked_statement(), "Sid": "Other"}
    changed = {**revoked_statement(), "Condition": asks_for(OTHER)}
    assert statements(planned(document(THEIRS, revoked_statement()))) == [THEIRS, GUIDES]
    assert statements(planned(document(GUIDES, revoked_statement()))) == [GUIDES]
    assert planned(document(GUIDES, foreign)).changes == ()
    assert planned(document(GUIDES, changed)).changes == ()


def test_a_trust_policy_without_room() -> None:
    names = [f"arn:aws:iam::{STRANGER}:role/{'x' * 50}{n}" for n in range(21)]
    wanted = planned(document(trusting({"AWS": names})))
    assert wanted.changes == ()
    limit, blocker = wanted.cannot_mend
    assert (limit.code, limit.target) == ("change.limit", ROLE_ARN)
    assert limit.finding is not None
    assert limit.finding.params["figure"] == 2048
    assert blocker.code == "trust.principal-wrong"


@pytest.mark.parametrize("trust", [None, "not JSON", {"Version": "3000-01-01", "Statement": []}])
def test_a_trust_policy_that_nobody_can_read(trust: object) -> None:
    world = good()
    # A file holds objects alone; what AWS itself has may be a text.
    world.role["trust_policy"] = None if isinstance(trust, str) else trust
    draft, snapshot = world.read()
    snapshot = replace(snapshot, role=replace(snapshot.role, trust_policy=trust))
    wanted = plan(draft, snapshot)
    assert wanted.changes == ()
    assert "check.unreadable" in {obstacle.code for obstacle in wanted.cannot_mend}


# Choices


def offers(wanted: Plan) -> dict[Choice, object]:
    return {offer.choice: dict(offer.params) for offer in wanted.offers}


def test_asking_for_the_external_id() -> None:
    bare, other = trusting(OURS), trusting(OURS, {"IpAddress": {"aws:SourceIp": "192.0.2.0/24"}})
    assert planned(document(bare)).changes == ()
    assert Choice.REQUIRE_EXTERNAL_ID in offers(planned(document(bare)))
    wanted = planned(document(bare, other, SERVICE), Choice.REQUIRE_EXTERNAL_ID)
    assert statements(wanted) == [GUIDES, other, SERVICE]
    assert Choice.REQUIRE_EXTERNAL_ID in offers(wanted)


def test_asking_keeps_the_databases_that_are_named() -> None:
    optional = trusting(OURS, asks_for([OTHER, DATABASE_ID], "StringEqualsIfExists"))
    (found,) = statements(planned(document(optional), Choice.REQUIRE_EXTERNAL_ID))
    assert isinstance(found, dict)
    assert found["Condition"] == {
        **optional["Condition"],
        **asks_for([OTHER, DATABASE_ID]),
    }


def test_asking_is_not_offered_where_it_would_do_nothing() -> None:
    everyone = trusting({"AWS": "*"})
    assert Choice.REQUIRE_EXTERNAL_ID not in offers(planned(document(GUIDES)))
    assert Choice.REQUIRE_EXTERNAL_ID not in offers(planned(document(GUIDES, everyone)))


def test_replacing_the_trust_policy() -> None:
    present = document(THEIRS, trusting(OURS, asks_for([OTHER, DATABASE_ID])))
    wanted = planned(present)
    names = [f"arn:aws:iam::{STRANGER}:root"]
    assert wanted.changes == ()
    assert offers(wanted) == {Choice.REPLACE_TRUST: {"names": names, "external_ids": [OTHER]}}
    assert {part.code: part.params["names"] for part in wanted.left_alone} == {
        "others-trusted": names,
        "other-external-ids": [OTHER],
    }
    wanted = planned(present, Choice.REPLACE_TRUST)
    guides = trust_policy(DATABASE_ID)
    change = Change(ChangeKind.UPDATE_TRUST_POLICY, ROLE_ARN, present, guides, reversible=True)
    assert wanted.changes == (change,)
    assert wanted.left_alone == ()
    assert Choice.REPLACE_TRUST in offers(wanted)
    assert planned(guides, Choice.REPLACE_TRUST) == Plan(())
