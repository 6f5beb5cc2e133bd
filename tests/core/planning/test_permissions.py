"""The permissions policy: made, extended and attached; what is granted stays."""

from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.change import ChangeKind, LeftAlone, Plan
from app.core.changes.applied import after_changes
from app.core.choices import Choice, Choices
from app.core.documents.additions import TAGGING_ACTIONS
from app.core.documents.policies import permissions_policy
from app.core.draft import BucketEntry
from app.core.guide import ROLE_NAME
from app.core.planning.entries import granted_folders
from app.core.planning.plan import plan
from tests.helpers.snapshots import (
    BUCKET,
    OBJECTS,
    POLICY_ARN,
    REGION,
    SECOND,
    World,
    allow,
    deny,
    document,
    good,
    inline,
)

Json = dict[str, Any]
TAGGING: Final = {
    "Sid": "ObjectTagging",
    "Effect": "Allow",
    "Action": list(TAGGING_ACTIONS),
    "Resource": OBJECTS,
}


def entry(name: str, prefix: str = "", *, restrict: bool = False) -> BucketEntry:
    return BucketEntry(name, REGION, prefix, restrict)


def entries_of(contents: object) -> tuple[BucketEntry, ...] | None:
    rules = granted_folders(contents)
    return None if rules is None else tuple(rules.entries())


def with_policy(contents: object, **of_draft: object) -> World:
    """Return a set-up that is right but for its permissions policy."""
    world = good()
    world.entry.update(of_draft)
    world.set_document(dict(contents) if isinstance(contents, dict) else contents)  # type: ignore[arg-type]
    return world


def planned(world: World, *chosen: Choice) -> Plan:
    draft, start = world.read()
    choices = Choices(frozenset(chosen))
    wanted = plan(draft, start, choices)
    assert plan(draft, after_changes(start, wanted.changes), choices).changes == ()
    return wanted


def new_version(wanted: Plan) -> Json:
    """Return the document of the one change, a new version."""
    (change,) = wanted.changes
    assert (change.kind, change.target) == (ChangeKind.CREATE_POLICY_VERSION, POLICY_ARN)
    assert isinstance(change.after, dict)
    return change.after


@pytest.mark.parametrize(
    ("present", "entries"),
    [
        ([entry(SECOND)], [entry(SECOND), entry(BUCKET)]),
        (
            [entry(SECOND, "a/", restrict=True), entry("third")],
            [entry(SECOND, "a/", restrict=True), entry("third"), entry(BUCKET)],
        ),
        ([entry("YOUR_BUCKET_NAME")], [entry(BUCKET)]),
        ([entry("bucket-one"), entry("bucket-two")], [entry(BUCKET)]),
        # A folder of the bucket is granted, all of it is needed.
        ([entry(BUCKET, "other/", restrict=True)], [entry(BUCKET)]),
        # A mistyped name may be somebody's.
        ([entry("acme-import")], [entry("acme-import"), entry(BUCKET)]),
    ],
)
def test_a_document_of_the_guide_is_written_anew(
    present: list[BucketEntry], entries: list[BucketEntry]
) -> None:
    wanted = planned(with_policy(permissions_policy(present)))
    assert new_version(wanted) == permissions_policy(entries)
    assert wanted.cannot_mend == ()


def test_a_folder_is_added_to_a_folder() -> None:
    present = permissions_policy([entry(BUCKET, "other/", restrict=True)])
    world = with_policy(present, prefix="imports/", restrict_to_prefix=True)
    entries = [entry(BUCKET, "other/", restrict=True), entry(BUCKET, "imports/", restrict=True)]
    assert new_version(planned(world)) == permissions_policy(entries)


@pytest.mark.parametrize(
    "present",
    [
        [deny("s3:DeleteObject", "arn:aws:s3:::other/*")],
        [allow("s3:GetObject", "arn:aws:s3:::other/*", Sid="ListBucket")],
        [allow(["s3:GetObject", "s3:PutObject"], OBJECTS, Sid="ObjectOperations")],
        [allow("s3:ListBucket", "arn:aws:s3:::other")],
        [allow("s3:ListBucket", "arn:aws:s3:::*"), allow("sqs:*")],
        [],
    ],
)
def test_what_is_not_the_guides_stays_to_the_letter(present: list[Json]) -> None:
    found = new_version(planned(with_policy(document(*present))))["Statement"]
    assert found[: len(present)] == present
    added = found[len(present) :]
    sids = [statement["Sid"] for statement in found if "Sid" in statement]
    assert len(set(sids)) == len(sids)
    guides: Any = permissions_policy([entry(BUCKET)])["Statement"]
    assert [s["Action"] for s in added] == [s["Action"] for s in guides]
    assert [s["Resource"] for s in added] == [s["Resource"] for s in guides]


ODD: Final = {"prefix": "odd*/", "restrict_to_prefix": True}


def test_an_old_version_is_raised_only_where_that_changes_nothing() -> None:
    old = document(allow("sqs:*", "arn:aws:sqs:*:*:one"), version="2008-10-17")
    assert new_version(planned(with_policy(old)))["Version"] == "2008-10-17"
    assert new_version(planned(with_policy(old, **ODD)))["Version"] == "2012-10-17"
    with_text = document(allow("sqs:*", "arn:aws:sqs:*:*:${x}"), version="2008-10-17")
    assert new_version(planned(with_policy(with_text)))["Version"] == "2008-10-17"
    wanted = planned(with_policy(with_text, **ODD))
    assert wanted.changes == ()
    assert next(o.code for o in wanted.cannot_mend) == "change.conflict"


def test_five_versions_give_up_the_oldest_that_is_not_in_use() -> None:
    world = with_policy(permissions_policy([entry(SECOND)]))
    policy = world.snapshot["customer_policy"]
    numbers = [12, 2, 9, 10, 11]
    policy["versions"] = [{"id": f"v{n}", "default": n == 2} for n in numbers]
    policy["version"] = "v2"
    first, second = planned(world).changes
    assert first.kind is ChangeKind.DELETE_POLICY_VERSION
    assert (first.before, first.after) == ({"version": "v9", "document": None}, None)
    assert not first.reversible
    assert second.kind is ChangeKind.CREATE_POLICY_VERSION
    policy["versions"].pop()
    assert len(planned(world).changes) == 1


def test_a_policy_without_room() -> None:
    statements = [allow("s3:GetObject", f"arn:aws:s3:::{'x' * 60}{n}/*") for n in range(44)]
    wanted = planned(with_policy(document(*statements)))
    assert wanted.changes == ()
    limit, *blockers = wanted.cannot_mend
    assert limit.finding is not None
    assert limit.finding.params == {"limit": "policy-size", "figure": 6144, "target": POLICY_ARN}
    assert {blocker.code.partition(".")[0] for blocker in blockers} == {"policy"}


def test_a_policy_that_lies_unattached_is_extended_first() -> None:
    world = with_policy(permissions_policy([entry(SECOND)]))
    world.detach()
    wanted = planned(world)
    kinds = [change.kind for change in wanted.changes]
    assert kinds == [ChangeKind.CREATE_POLICY_VERSION, ChangeKind.ATTACH_POLICY]
    assert [part.params.get("names") for part in wanted.left_alone] == [[SECOND], None]


def test_who_else_has_the_policy_is_told_where_it_is_extended() -> None:
    world = with_policy(permissions_policy([entry(SECOND)]))
    policy = world.snapshot["customer_policy"]
    policy["attached_to"] = [ROLE_NAME]
    assert "policy-elsewhere" not in {part.code for part in planned(world).left_alone}
    policy["attached_to"] = [ROLE_NAME, "reports", "user/jo"]
    told = LeftAlone("policy-elsewhere", POLICY_ARN, {"names": ["reports", "user/jo"]})
    assert told in planned(world).left_alone
    del policy["attached_to"]
    assert LeftAlone("policy-elsewhere-unread", POLICY_ARN) in planned(world).left_alone
    whole = good()
    whole.snapshot["customer_policy"]["attached_to"] = [ROLE_NAME, "reports"]
    assert planned(whole).left_alone == ()


def test_only_what_is_lacking_is_added() -> None:
    world = with_policy(document(allow("sqs:*")))
    world.draft["buckets"].append({**world.entry, "name": SECOND})
    world.snapshot["buckets"].append({**world.bucket, "name": SECOND})
    guides: Any = permissions_policy([entry(SECOND)])["Statement"]
    world.role["inline_policies"] = [inline("second", *guides)]
    found = new_version(planned(world))
    assert BUCKET in repr(found)
    assert SECOND not in repr(found)


# Choices


def offers(wanted: Plan) -> dict[Choice, object]:
    return {offer.choice: dict(offer.params) for offer in wanted.offers}


def test_moving_files_with_tags() -> None:
    world = good()
    world.bucket["sample"]["tagged"] = 2
    assert planned(world).changes == ()
    assert offers(planned(world)) == {Choice.TAGGING: {"names": [BUCKET]}}
    wanted = planned(world, Choice.TAGGING)
    guides: Any = permissions_policy([entry(BUCKET)])["Statement"]
    assert new_version(wanted)["Statement"] == [*guides, TAGGING]
    assert wanted.changes[0].addition
    assert Choice.TAGGING in offers(wanted)


def test_the_addition_beside_what_the_guide_says() -> None:
    world = good()
    world.bucket["sample"]["tagged"] = 2
    world.detach(delete=True)
    create, attach = planned(world, Choice.TAGGING).changes
    guides: Any = permissions_policy([entry(BUCKET)])["Statement"]
    assert create.after == document(*guides, TAGGING)
    assert not create.addition
    assert not attach.addition


def test_the_addition_where_another_policy_grants_the_rest() -> None:
    world = good()
    world.bucket["sample"]["tagged"] = 2
    guides: Any = permissions_policy([entry(BUCKET)])["Statement"]
    world.detach(delete=True)
    world.role["inline_policies"] = [inline("mine", *guides)]
    create, attach = planned(world, Choice.TAGGING).changes
    assert create.after == document(TAGGING)
    assert create.addition
    assert attach.addition


def test_the_addition_is_extended_and_kept() -> None:
    theirs = {**TAGGING, "Resource": f"arn:aws:s3:::{SECOND}/*"}
    second: Any = permissions_policy([entry(SECOND)])["Statement"]
    world = with_policy(document(*second, theirs))
    both: Any = permissions_policy([entry(SECOND), entry(BUCKET)])["Statement"]
    assert new_version(planned(world))["Statement"] == [*both, theirs]
    extended = {**TAGGING, "Resource": [f"arn:aws:s3:::{SECOND}/*", OBJECTS]}
    assert new_version(planned(world, Choice.TAGGING))["Statement"] == [*both, extended]


def test_replacing_the_policy() -> None:
    world = with_policy(permissions_policy([entry(SECOND), entry(BUCKET)]))
    wanted = planned(world)
    assert wanted.changes == ()
    assert offers(wanted) == {Choice.REPLACE_POLICY: {"names": [SECOND], "actions": []}}
    wanted = planned(world, Choice.REPLACE_POLICY)
    assert new_version(wanted) == permissions_policy([entry(BUCKET)])
    assert Choice.REPLACE_POLICY in offers(wanted)
    assert planned(good(), Choice.REPLACE_POLICY) == Plan(())


def test_replacing_a_wide_policy() -> None:
    world = with_policy(document(allow("s3:*")))
    assert offers(planned(world)) == {Choice.REPLACE_POLICY: {"names": ["*"], "actions": ["s3:*"]}}
    assert new_version(planned(world, Choice.REPLACE_POLICY)) == permissions_policy([entry(BUCKET)])


# Reading entries back

NAMES: Final = st.sampled_from([BUCKET, SECOND, "third", "fourth"])
PREFIXES: Final = st.sampled_from(["a/", "a/b/", "b*/", "c$/", "d?/", "${aws:username}/", "e"])
LISTED: Final = st.builds(
    lambda name, prefix, restrict: entry(name, prefix, restrict=restrict),
    NAMES,
    PREFIXES,
    st.booleans(),
)


@given(st.lists(LISTED, min_size=1, max_size=4))
def test_what_the_guide_writes_is_read_back(entries: list[BucketEntry]) -> None:
    written = permissions_policy(entries)
    found = entries_of(written)
    assert found is not None
    again = permissions_policy(found)
    assert granted_folders(again) == granted_folders(written)
    assert {e.name for e in found} == {e.name for e in entries}


@pytest.mark.parametrize(
    "statement",
    [
        allow("s3:ListBucket", "*"),
        allow("s3:ListBucket", "arn:aws:s3:::acme*"),
        allow("s3:ListBucket", f"arn:aws:s3:::{BUCKET}", Condition={}),
        allow("s3:ListBucket", "arn:aws:s3:::b", Condition={"StringLike": {"s3:prefix": "*"}}),
        allow("s3:ListBucket", "arn:aws:s3:::b", Condition={"StringLike": {"s3:prefix": "a"}}),
        allow("s3:ListBucket", "arn:aws:s3:::b", Condition={"StringLike": {"s3:x": "a*"}}),
        allow("s3:ListBucket", "arn:aws:s3:::b", Condition={"StringEquals": {"s3:prefix": "a*"}}),
        allow(["s3:ListBucket", "s3:GetObject"], "*"),
        allow(["s3:GetObject", "s3:PutObject"], OBJECTS),
        allow(["s3:GetObject", "s3:PutObject", "s3:DeleteObject"], f"{OBJECTS}.csv"),
        allow(["s3:GetObject", "s3:PutObject", "s3:DeleteObject"], "arn:aws:s3:::b/*/a*"),
        allow(["s3:GetObject", "s3:PutObject", "s3:DeleteObject"], "arn:aws:s3:::b/${aws:x}/*"),
        allow(["s3:GetObject", "s3:PutObject", "s3:DeleteObject"], 5),
        deny("s3:ListBucket", f"arn:aws:s3:::{BUCKET}"),
        allow("s3:ListBucket", f"arn:aws:s3:::{BUCKET}", NotAction="x"),
        {"Effect": "Allow"},
    ],
)
def test_another_shape(statement: Json) -> None:
    guides: Any = permissions_policy([entry(SECOND)])["Statement"]
    assert entries_of(document(*guides)) is not None
    assert entries_of(document(*guides, statement)) is None
    assert entries_of({"Statement": guides}) is None
    assert entries_of("not JSON") is None


def test_what_grants_nothing_is_dropped() -> None:
    lost = document(
        allow("s3:ListBucket", ["arn:aws:s3:::b", "arn:aws:s3:::b/*", "arn:aws:s3:::c"]),
        allow(
            ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"],
            ["arn:aws:s3:::b", "arn:aws:s3:::b/*", "arn:aws:s3:::YOUR_BUCKET_NAME/*"],
        ),
    )
    assert entries_of(lost) == (BucketEntry("b", ""),)
