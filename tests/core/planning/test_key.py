"""The key policy: our statement added or mended, all others to the letter."""

from typing import Any, Final

import pytest

from app.core.change import ChangeKind, LeftAlone, Plan
from app.core.changes.applied import after_changes
from app.core.choices import Choice, Choices, RevokeWay
from app.core.diagnosis.diagnose import diagnose
from app.core.documents.additions import write_statement
from app.core.documents.policies import kms_statement
from app.core.planning.plan import plan
from app.core.revoking.plan import revoke_plan
from tests.helpers.drafts import MOMENT
from tests.helpers.snapshots import (
    ACCOUNT,
    BUCKET,
    DELETED,
    KEY,
    OTHER_KEY,
    ROLE_ARN,
    ROOT,
    STRANGER,
    World,
    admin_of_key,
    allow,
    deny,
    document,
    good_encrypted,
    good_two,
)

Json = dict[str, Any]
OURS: Final = kms_statement(ACCOUNT)
SID: Final = OURS["Sid"]
WRITE: Final = write_statement(ACCOUNT)
ADMIN: Final = admin_of_key()


def with_key(*statements: Json) -> World:
    """Return a set-up that is right but for its key policy."""
    world = good_encrypted()
    world.bucket["kms_key"]["policy"] = document(ADMIN, *statements)
    return world


def planned(world: World, *chosen: Choice) -> Plan:
    draft, start = world.read()
    choices = Choices(frozenset(chosen))
    wanted = plan(draft, start, choices)
    assert plan(draft, after_changes(start, wanted.changes), choices).changes == ()
    return wanted


def statements(wanted: Plan) -> list[Json]:
    """Return what the one change leaves beside the administration."""
    (change,) = wanted.changes
    assert (change.kind, change.target) == (ChangeKind.PUT_KEY_POLICY, KEY)
    assert isinstance(change.after, dict)
    statements: list[Json] = change.after["Statement"]
    first, *others = statements
    assert first == ADMIN
    assert change.reversible is (DELETED not in str(change.before))
    return others


@pytest.mark.parametrize(
    "enough",
    [
        OURS,
        {**OURS, "Sid": "Other"},
        {**OURS, "Action": "kms:*"},
        {**OURS, "Action": ["kms:De*"]},
        {**OURS, "Principal": "*"},
        {**OURS, "Principal": {"AWS": [ROLE_ARN, ROOT]}},
    ],
)
def test_enough_is_enough(enough: Json) -> None:
    assert planned(with_key(enough)).changes == ()


def test_the_accounts_own_policies_may_grant_it() -> None:
    world = with_key(allow("kms:*", Principal={"AWS": ROOT}))
    (change,) = planned(world).changes
    assert change.kind is ChangeKind.PUT_KEY_POLICY
    statement = allow(["kms:Decrypt", "kms:DescribeKey"], KEY)
    world.role["inline_policies"] = [{"name": "key", "document": document(statement)}]
    assert planned(world).changes == ()


@pytest.mark.parametrize(
    ("ours", "mended"),
    [
        ({**OURS, "Principal": {"AWS": DELETED}}, OURS),
        ({**OURS, "Principal": {"AWS": [DELETED, ROLE_ARN]}, "Action": "kms:*"}, None),
        ({**OURS, "Action": "kms:Decrypt"}, OURS),
        ({**OURS, "Action": ["kms:Encrypt"]}, {**OURS, "Action": ["kms:Encrypt", *OURS["Action"]]}),  # type: ignore[misc]
        ({**OURS, "Principal": {"AWS": [ROLE_ARN]}, "Action": []}, None),
    ],
)
def test_our_statement_is_mended_in_its_place(ours: Json, mended: Json | None) -> None:
    last = allow("kms:List*", Principal={"AWS": ROOT})
    if mended is None:
        assert len(planned(with_key(ours, last)).changes) <= 1
    else:
        assert statements(planned(with_key(ours, last))) == [mended, last]


@pytest.mark.parametrize(
    "foreign",
    [
        {**OURS, "Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:user/x"}},
        {**OURS, "Condition": {"StringEquals": {"kms:ViaService": "s3.us-east-1.amazonaws.com"}}},
        {**OURS, "Effect": "Deny", "Action": "kms:Encrypt"},
    ],
)
def test_ours_is_added_beside_what_is_not(foreign: Json) -> None:
    kept, added = statements(planned(with_key(foreign)))
    assert kept == foreign
    assert added == {**OURS, "Sid": SID if foreign["Sid"] != SID else f"{SID}2"}


@pytest.mark.parametrize(
    ("foreign", "left"),
    [
        ({**OURS, "Principal": {"AWS": [DELETED, ROOT]}}, [{**OURS, "Principal": {"AWS": ROOT}}]),
        ({**OURS, "Principal": {"AWS": DELETED}, "Sid": "Other"}, []),
        (
            deny("kms:Encrypt", NotPrincipal={"AWS": [DELETED, ROOT]}),
            [deny("kms:Encrypt", NotPrincipal={"AWS": ROOT})],
        ),
    ],
)
def test_who_no_longer_exists_is_left_out(foreign: Json, left: list[Json]) -> None:
    wanted = planned(with_key(foreign))
    assert statements(wanted)[:-1] == left
    gone = [part for part in wanted.left_alone if part.code == "gone-principals"]
    assert gone == [LeftAlone("gone-principals", KEY, {"names": [DELETED]})]


def test_a_rule_for_everybody_but_one_who_no_longer_exists_is_in_the_way() -> None:
    wanted = planned(with_key(deny("kms:Encrypt", NotPrincipal={"AWS": DELETED})))
    assert wanted.changes == ()
    assert [o.code for o in wanted.cannot_mend] == ["change.refused", "kms.decrypt-denied"]


def test_who_is_gone_is_left_alone_where_nothing_has_to_change() -> None:
    gone = {**OURS, "Principal": {"AWS": DELETED}, "Sid": "Other"}
    wanted = planned(with_key(OURS, gone))
    assert (wanted.changes, wanted.left_alone) == ((), ())


def test_a_role_that_is_deleted_first_is_left_out_as_well() -> None:
    path = ROLE_ARN.replace("/", "/team/", 1)
    mine = allow("kms:Decrypt", Principal={"AWS": [path, ROOT]}, Sid="Mine")
    world = with_key(mine)
    world.role.update(arn=path, path="/team/", instance_profiles=[])
    wanted = planned(world, Choice.REMAKE_ROLE)
    assert wanted.changes[-1].after == document(ADMIN, {**mine, "Principal": {"AWS": ROOT}}, OURS)
    assert not wanted.changes[-1].reversible
    (told,) = [part for part in wanted.left_alone if part.code == "gone-principals"]
    assert told.params == {"names": [path]}


def test_writing_is_an_addition_of_its_own() -> None:
    world = with_key(OURS)
    wanted = planned(world)
    assert wanted.changes == ()
    (offer,) = wanted.offers
    assert (offer.choice, offer.params) == (Choice.DATA_KEY, {"names": [KEY]})
    wanted = planned(world, Choice.DATA_KEY)
    assert statements(wanted) == [OURS, WRITE]
    assert wanted.changes[0].addition
    assert [offer.choice for offer in wanted.offers] == [Choice.DATA_KEY]
    orphaned = {**WRITE, "Principal": {"AWS": DELETED}}
    assert statements(planned(with_key(OURS, orphaned), Choice.DATA_KEY)) == [OURS, WRITE]


def test_reading_and_writing_are_two_changes() -> None:
    reading, writing = planned(with_key(), Choice.DATA_KEY).changes
    assert (reading.addition, writing.addition) == (False, True)
    assert writing.before == reading.after


def test_a_key_policy_without_room() -> None:
    long = allow("kms:List*", Principal={"AWS": ROOT}, Sid="x" * 32_300)
    wanted = planned(with_key(long))
    assert wanted.changes == ()
    assert [o.code for o in wanted.cannot_mend] == ["change.limit", "kms.decrypt-denied"]
    assert {o.target for o in wanted.cannot_mend} == {KEY}


def _pending(world: World) -> None:
    world.bucket["kms_key"]["state"] = "PendingDeletion"


def _of_a_stranger(world: World) -> None:
    arn = KEY.replace(ACCOUNT, STRANGER)
    world.bucket["kms_key"].update(arn=arn, account=STRANGER)
    world.entry["kms_key_arn"] = arn


def _another(world: World) -> None:
    world.entry["kms_key_arn"] = OTHER_KEY


def _none(world: World) -> None:
    world.bucket["kms_key"] = None
    world.bucket["encryption"]["algorithm"] = "AES256"


def _not_in_the_draft(world: World) -> None:
    world.entry["kms_key_arn"] = None


def _policy_unread(world: World) -> None:
    world.lose("buckets[0].kms_key.policy")


def _key_unread(world: World) -> None:
    world.lose("buckets[0].kms_key")


def _bucket_missing(world: World) -> None:
    world.bucket.update(state="missing", kms_key=None)


def _handed_on_and_unread(world: World) -> None:
    world.key_statements.append(allow("kms:*", Principal={"AWS": ROOT}))
    world.role["inline_policies"] = [{"name": "extra", "document": document()}]
    world.lose("role.inline_policies[0]")


def _of_aws(world: World) -> None:
    world.bucket["kms_key"]["manager"] = "AWS"


@pytest.mark.parametrize(
    ("break_it", "expected"),
    [
        (_pending, [("kms.decrypt-denied", KEY), ("kms.key-disabled", KEY)]),
        (
            _of_a_stranger,
            [
                ("kms.other-account", KEY.replace(ACCOUNT, STRANGER)),
                ("kms.decrypt-denied", KEY.replace(ACCOUNT, STRANGER)),
            ],
        ),
        (_another, [("kms.key-differs", KEY), ("kms.decrypt-denied", KEY)]),
        (_none, [("kms.key-differs", f"arn:aws:s3:::{BUCKET}")]),
        (_not_in_the_draft, [("kms.decrypt-denied", KEY)]),
        (_policy_unread, [("check.unreadable", KEY)]),
        (_key_unread, [("check.unreadable", KEY)]),
        (_bucket_missing, [("bucket.missing", f"arn:aws:s3:::{BUCKET}")]),
        (_handed_on_and_unread, [("check.unreadable", KEY)]),
        (_of_aws, []),
    ],
)
def test_a_key_that_is_left(break_it: Any, expected: list[tuple[str, str]]) -> None:  # noqa: ANN401
    world = with_key()
    break_it(world)
    wanted = planned(world)
    found = [(obstacle.code, obstacle.target) for obstacle in wanted.cannot_mend]
    assert found == expected
    assert wanted.changes == ()


def test_what_others_wrote_is_told_where_the_policy_changes() -> None:
    last = allow("kms:List*", Principal={"AWS": ROOT})
    (part,) = planned(with_key(last)).left_alone
    assert (part.code, part.target) == ("key-statements", KEY)
    assert part.params["names"] == ["Administration", ROOT]
    assert planned(with_key(OURS, last)).left_alone == ()


# The keys of files, which no draft names: only where somebody chose it


def with_other_key(*statements: Json, **known: object) -> World:
    """Return a good set-up one of whose files lies under another key."""
    world = good_encrypted()
    entry = {"arn": OTHER_KEY, "account": ACCOUNT, "manager": "CUSTOMER", "state": "Enabled"}
    policy = document(ADMIN, *statements)
    world.bucket["sample"] |= {
        "kms_keys": [KEY, OTHER_KEY],
        "other_keys": [{**entry, "policy": policy, **known}],
    }
    return world


def test_the_key_of_files_is_left_alone_and_offered() -> None:
    wanted = planned(with_other_key())
    assert wanted.changes == ()
    assert [(o.code, o.target) for o in wanted.cannot_mend] == [("kms.decrypt-denied", OTHER_KEY)]
    assert [(o.choice, o.params) for o in wanted.offers] == [
        (Choice.OTHER_KEYS, {"names": [OTHER_KEY]})
    ]


def test_where_it_is_chosen_the_guides_statement_goes_to_that_key() -> None:
    wanted = planned(with_other_key(), Choice.OTHER_KEYS)
    (change,) = wanted.changes
    assert (change.kind, change.target) == (ChangeKind.PUT_KEY_POLICY, OTHER_KEY)
    assert change.after == document(ADMIN, OURS)
    assert not change.addition
    assert wanted.cannot_mend == ()
    draft, start = with_other_key().read()
    mended = diagnose(draft, after_changes(start, wanted.changes))
    assert mended.verdict == "ready"


@pytest.mark.parametrize(
    ("world", "cannot"),
    [
        (with_other_key(OURS), []),
        (with_other_key(policy=None), ["check.unreadable"]),
        (with_other_key(state="PendingDeletion"), ["kms.key-disabled", "kms.decrypt-denied"]),
        (
            with_other_key(account=STRANGER, arn=OTHER_KEY.replace(ACCOUNT, STRANGER)),
            ["kms.other-account"],
        ),
    ],
    ids=["enough", "not read", "being deleted", "another account's"],
)
def test_what_is_not_to_be_changed_is_not(world: World, cannot: list[str]) -> None:
    wanted = planned(world, Choice.OTHER_KEYS)
    assert wanted.changes == ()
    assert {o.code for o in wanted.cannot_mend} >= set(cannot)


def test_one_statement_where_two_buckets_files_lie_under_the_key() -> None:
    world = good_two()
    entry = {"arn": OTHER_KEY, "account": ACCOUNT, "manager": "CUSTOMER", "state": "Enabled"}
    for bucket in world.snapshot["buckets"]:
        bucket["sample"] |= {
            "kms_keys": [OTHER_KEY],
            "other_keys": [{**entry, "policy": document(ADMIN)}],
        }
    wanted = planned(world, Choice.OTHER_KEYS)
    assert [change.target for change in wanted.changes] == [OTHER_KEY]
    assert wanted.cannot_mend == ()


def test_a_revocation_takes_the_statement_out_of_that_key_again() -> None:
    draft, start = with_other_key().read()
    made = after_changes(start, planned(with_other_key(), Choice.OTHER_KEYS).changes)
    revoked = revoke_plan(made, RevokeWay.DELETE_ROLE, ACCOUNT, draft, Choices(), MOMENT)
    of_keys = {c.target: c.after for c in revoked.changes if c.kind is ChangeKind.PUT_KEY_POLICY}
    assert of_keys[OTHER_KEY] == document(ADMIN)
    assert KEY in of_keys
