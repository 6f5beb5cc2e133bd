"""The snapshot's file, to the letter of its format."""

import json
import re
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.formats.reading import InputProblem
from app.core.formats.snapshot_json import dump_snapshot, read_snapshot, snapshot_to_json
from app.core.formats.writing import moment_text
from app.core.observation import Identity, Observation, ObservedOutcome
from app.core.snapshot import (
    BucketFacts,
    Caller,
    CustomerPolicy,
    Encryption,
    KmsGrant,
    KmsKey,
    OrganizationDeny,
    PolicyDocument,
    PolicyVersion,
    RoleFacts,
    Sample,
    SimilarRole,
    Snapshot,
    State,
    Unreadable,
)
from tests.helpers.drafts import ENCRYPTED, MOMENT, PLAIN, untouched, whole
from tests.helpers.golden import golden_text

File = dict[str, Any]  # JSON that a test takes apart

EXAMPLE: Final[File] = json.loads(golden_text("formats-snapshot.json"))
SOURCE: Final = "snapshot.json"
SMALLEST: Final[File] = {
    "format": "ubiquity-s3-setup/snapshot",
    "version": 1,
    "captured_at": "2026-11-23T01:02:03Z",
    "caller": None,
    "role": {"state": "missing"},
    "customer_policy": {"state": "unreadable"},
    "buckets": [],
}


def read(file: File) -> Snapshot:
    """Read a file that must be right."""
    snapshot = read_snapshot(json.dumps(file), SOURCE)
    assert isinstance(snapshot, Snapshot), snapshot
    return snapshot


def refused(file: object) -> str:
    """Return the sentence with which a file is refused."""
    problem = read_snapshot(json.dumps(file), SOURCE)
    assert isinstance(problem, InputProblem), file
    assert problem.text.startswith(f"{SOURCE}: ")
    assert len(problem.text.splitlines()) == 1
    return problem.text.removeprefix(f"{SOURCE}: ")


def inside(file: File, *place: str | int) -> tuple[Any, Any]:
    """Return the object or list in which ``place`` stands, and its key there."""
    inner: Any = file
    for key in place[:-1]:
        inner = inner[key]
    return inner, place[-1]


def changed(*place: str | int, to: object) -> File:
    file = deepcopy(EXAMPLE)
    inner, key = inside(file, *place)
    inner[key] = to
    return file


def without(*place: str | int) -> File:
    file = deepcopy(EXAMPLE)
    inner, key = inside(file, *place)
    del inner[key]
    return file


def test_the_example_of_the_format() -> None:
    snapshot = read(EXAMPLE)
    assert snapshot.captured_at == MOMENT
    assert snapshot.caller == Caller(
        "arn:aws:sts::123456789012:assumed-role/Admin/jo", "123456789012"
    )
    assert snapshot.role.state is State.FOUND
    assert [p.name for p in snapshot.role.attached_policies] == ["ubiquity-s3-access-policy"]
    assert snapshot.role.inline_policies == (PolicyDocument("extra", {}),)
    bucket = snapshot.buckets[0]
    assert bucket.encryption is not None
    assert bucket.encryption.bucket_key is True
    assert bucket.kms_key is not None
    assert bucket.kms_key.manager == "CUSTOMER"
    assert bucket.sample is not None
    assert bucket.sample.storage_classes == {"STANDARD": 3}
    (tried,) = snapshot.observations
    assert (tried.identity, tried.outcome) == (Identity.UBIQUITY, ObservedOutcome.DENIED)
    assert snapshot.unreadable == (Unreadable("buckets[0].policy", "AccessDenied", "..."),)
    assert not snapshot.was_read("buckets[0].policy")
    assert snapshot.was_read("buckets[0].kms_key.policy")
    assert snapshot.absent == frozenset()


def test_the_example_is_written_as_it_is() -> None:
    written = snapshot_to_json(read(EXAMPLE))
    # What a sample may leave out is left out; everything else is there, in the format's order.
    assert written == EXAMPLE
    assert list(written) == list(EXAMPLE)
    assert dump_snapshot(read(EXAMPLE)).endswith("}\n")


def test_the_smallest_file() -> None:
    snapshot = read(SMALLEST)
    assert snapshot == Snapshot(
        MOMENT, None, RoleFacts(State.MISSING), CustomerPolicy(State.UNREADABLE)
    )


@pytest.mark.parametrize("key", [key for key in SMALLEST if key != "format"])
def test_a_missing_key(key: str) -> None:
    lacking = {name: value for name, value in SMALLEST.items() if name != key}
    assert refused(lacking) == f"“{key}” is missing."
    assert read({**lacking, key: SMALLEST[key]}) == read(SMALLEST)


@pytest.mark.parametrize(
    ("place", "named"),
    [
        (("caller", "arn"), "caller.arn"),
        (("caller", "account"), "caller.account"),
        (("role", "state"), "role.state"),
        (("customer_policy", "state"), "customer_policy.state"),
        (("role", "attached_policies", 0, "name"), "role.attached_policies[0].name"),
        (("role", "inline_policies", 0, "name"), "role.inline_policies[0].name"),
        (("buckets", 0, "name"), "buckets[0].name"),
        (("buckets", 0, "state"), "buckets[0].state"),
        (("organization_denies", 0, "by"), "organization_denies[0].by"),
        (("observations", 0, "at"), "observations[0].at"),
        (("observations", 0, "as"), "observations[0].as"),
        (("observations", 0, "action"), "observations[0].action"),
        (("observations", 0, "outcome"), "observations[0].outcome"),
        (("unreadable", 0, "what"), "unreadable[0].what"),
    ],
)
def test_a_missing_key_further_in(place: tuple[str | int, ...], named: str) -> None:
    assert refused(without(*place)) == f"“{named}” is missing."


@pytest.mark.parametrize(
    "key", ["similar_roles", "organization_denies", "observations", "unreadable"]
)
def test_lists_that_may_be_absent(key: str) -> None:
    assert getattr(read(without(key)), key) == ()
    assert getattr(read(changed(key, to=None)), key) == ()


@pytest.mark.parametrize(
    ("place", "value", "expected_sentence"),
    [
        (("format",), "ubiquity-s3-setup/draft", "“format” should be “ubiquity-s3-setup/snapshot”"),
        (
            ("version",),
            2,
            (
                "this program reads version 1 of this file, and this is 2. "
                "Use the newest version of this program."
            ),
        ),
        (("captured_at",), 1, "“captured_at” should be text, and is a number."),
        (("captured_at",), "now", "“captured_at” should be a time such as"),
        (("caller",), "jo", "“caller” should be an object, and is text."),
        (("role",), None, "“role” should be an object, and is nothing (null)."),
        (
            ("role", "state"),
            "gone",
            "“role.state” should be one of found, missing, unreadable, and",
        ),
        (("role", "state"), "other-account", "“role.state” should be one of"),
        (("role", "name"), 1, "“role.name” should be text, and is a number."),
        (("role", "attached_policies"), {}, "“role.attached_policies” should be a list"),
        (("role", "permissions_boundary"), [], "“role.permissions_boundary” should be an object"),
        (("role", "tags"), {"team": 1}, "“role.tags.team” should be text, and is a number."),
        (("role", "max_session_duration"), "1h", "“role.max_session_duration” should be a whole"),
        (("role", "instance_profiles"), 0, "“role.instance_profiles” should be a list, and is a"),
        (("role", "instance_profiles"), [1], "“role.instance_profiles[0]” should be text"),
        (("buckets", 0, "kms_key", "grants"), "all", "“buckets[0].kms_key.grants” should be a"),
        (
            ("buckets", 0, "kms_key", "grants"),
            [{"operations": []}],
            "“buckets[0].kms_key.grants[0].grantee” is missing.",
        ),
        (("customer_policy", "versions"), "v1", "“customer_policy.versions” should be a list"),
        (
            ("customer_policy", "attached_to"),
            False,
            "“customer_policy.attached_to” should be a list",
        ),
        (("buckets",), None, "“buckets” should be a list, and is nothing (null)."),
        (
            ("buckets", 0, "state"),
            "lost",
            "“buckets[0].state” should be one of found, missing, other-",
        ),
        (("buckets", 0, "encryption"), "AES256", "“buckets[0].encryption” should be an object"),
        (
            ("buckets", 0, "encryption", "bucket_key"),
            "yes",
            "“buckets[0].encryption.bucket_key” should be true or false, and is text.",
        ),
        (
            ("buckets", 0, "sample", "listed"),
            1.5,
            "“buckets[0].sample.listed” should be a whole number",
        ),
        (
            ("buckets", 0, "sample", "truncated"),
            0,
            "“buckets[0].sample.truncated” should be true or",
        ),
        (("buckets", 0, "sample", "keys"), [None], "“buckets[0].sample.keys[0]” should be text"),
        (
            ("buckets", 0, "sample", "storage_classes"),
            {"STANDARD": "3"},
            "“buckets[0].sample.storage_classes.STANDARD” should be a whole number, and is text.",
        ),
        (
            ("observations", 0, "as"),
            "me",
            "“observations[0].as” should be one of customer, ubiquity",
        ),
        (
            ("observations", 0, "outcome"),
            "ok",
            "“observations[0].outcome” should be one of allowed",
        ),
        (
            ("observations", 0, "external_id"),
            "x",
            "“observations[0].external_id” should be one of right, none, wrong, and is “x”.",
        ),
        (("organization_id",), 1, "“organization_id” should be text, and is a number."),
        (("endpoint",), 1, "“endpoint” should be text, and is a number."),
    ],
)
def test_a_wrong_type_format_or_version(
    place: tuple[str | int, ...], value: object, expected_sentence: str
) -> None:
    assert refused(changed(*place, to=value)).startswith(expected_sentence)
    assert read(EXAMPLE).buckets


@pytest.mark.parametrize(
    "place", [(), ("role",), ("buckets", 0), ("buckets", 0, "sample"), ("unreadable", 0)]
)
def test_unknown_keys_are_ignored(place: tuple[str | int, ...]) -> None:
    assert read(changed(*place, "comment", to={"x": [1]})) == read(EXAMPLE)


@pytest.mark.parametrize(
    ("written", "region"), [("EU", "eu-west-1"), ("eu-west-1", "eu-west-1"), ("", ""), (None, None)]
)
def test_s3s_old_name_of_its_region_in_europe(written: str | None, region: str | None) -> None:
    bucket = {"name": "acme", "state": "found", "region": written}
    assert read({**SMALLEST, "buckets": [bucket]}).buckets[0].region == region


def test_a_byte_order_mark() -> None:
    assert read_snapshot(f"\ufeff{json.dumps(SMALLEST)}", SOURCE) == read(SMALLEST)


# Absent, null and unreadable


@pytest.mark.parametrize(
    ("place", "path"),
    [
        (("role", "trust_policy"), "role.trust_policy"),
        (("role", "permissions_boundary"), "role.permissions_boundary"),
        (("role", "attached_policies"), "role.attached_policies"),
        (("role", "inline_policies"), "role.inline_policies"),
        (("role", "attached_policies", 0, "document"), "role.attached_policies[0].document"),
        (("role", "inline_policies", 0, "document"), "role.inline_policies[0].document"),
        (("customer_policy", "document"), "customer_policy.document"),
        (("buckets", 0, "region"), "buckets[0].region"),
        (("buckets", 0, "encryption"), "buckets[0].encryption"),
        (("buckets", 0, "object_ownership"), "buckets[0].object_ownership"),
        (("buckets", 0, "kms_key"), "buckets[0].kms_key"),
        (("buckets", 0, "kms_key", "policy"), "buckets[0].kms_key.policy"),
        (("buckets", 0, "sample"), "buckets[0].sample"),
        (("buckets", 0, "sample", "listed"), "buckets[0].sample.listed"),
    ],
)
def test_a_fact_that_is_not_in_the_file_was_not_read(
    place: tuple[str | int, ...], path: str
) -> None:
    file = without(*place)
    snapshot = read(file)
    assert not snapshot.was_read(path)
    assert read(EXAMPLE).was_read(path)
    assert snapshot_to_json(snapshot) == file


@pytest.mark.parametrize(
    ("place", "path"),
    [
        (("role", "permissions_boundary"), "role.permissions_boundary"),
        (("buckets", 0, "policy"), "buckets[0].policy"),
        (("buckets", 0, "object_ownership"), "buckets[0].object_ownership"),
        (("buckets", 0, "kms_key"), "buckets[0].kms_key"),
    ],
)
def test_null_says_that_there_is_none(place: tuple[str | int, ...], path: str) -> None:
    file = {**changed(*place, to=None), "unreadable": []}
    assert read(file).was_read(path)
    named = {**file, "unreadable": [{"what": path, "code": "AccessDenied", "message": None}]}
    assert not read(named).was_read(path)
    assert snapshot_to_json(read(named)) == named


@pytest.mark.parametrize(
    ("place", "path"),
    [
        (("role", "trust_policy"), "role.trust_policy"),
        (("role", "attached_policies"), "role.attached_policies"),
        (("role", "inline_policies", 0, "document"), "role.inline_policies[0].document"),
        (("customer_policy", "document"), "customer_policy.document"),
        (("buckets", 0, "kms_key", "policy"), "buckets[0].kms_key.policy"),
    ],
)
def test_null_for_what_is_always_there_was_not_read(
    place: tuple[str | int, ...], path: str
) -> None:
    null = changed(*place, to=None)
    assert not read(null).was_read(path)
    named = {**null, "unreadable": [{"what": path, "code": "AccessDenied", "message": "x"}]}
    assert not read(named).was_read(path)
    assert snapshot_to_json(read(named)) == named


@pytest.mark.parametrize("state", ["missing", "unreadable", "other-account"])
def test_what_was_not_found_needs_no_other_field(state: str) -> None:
    file = {**SMALLEST, "buckets": [{"name": "acme", "state": state}]}
    snapshot = read(file)
    assert snapshot.buckets == (BucketFacts("acme", State(state)),)
    assert snapshot.absent == frozenset()


def test_an_empty_list_that_was_read_stays_one() -> None:
    file = changed("role", "instance_profiles", to=[])
    file["customer_policy"] |= {"attached_to": [], "versions": [], "tags": {}}
    file["role"]["tags"] = {}
    snapshot = read(file)
    assert snapshot.role.instance_profiles == snapshot.customer_policy.attached_to == ()
    assert snapshot.customer_policy.versions == ()
    assert snapshot.role.tags == snapshot.customer_policy.tags == {}
    assert snapshot_to_json(snapshot) == file
    nothing = read(EXAMPLE)
    assert nothing.role.instance_profiles is None
    assert nothing.customer_policy.attached_to is None


def test_a_list_that_could_not_be_read_is_written_as_null() -> None:
    unread = (Unreadable("role.attached_policies", "AccessDenied"), Unreadable("similar_roles"))
    snapshot = replace(whole(PLAIN), unreadable=unread)
    role = replace(snapshot.role, attached_policies=())
    written = snapshot_to_json(replace(snapshot, role=role))
    assert isinstance(written["role"], dict)
    assert written["role"]["attached_policies"] is None
    assert written["role"]["inline_policies"] == []
    assert written["similar_roles"] == []


# Times


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (MOMENT, "2026-11-23T01:02:03Z"),
        (MOMENT.replace(microsecond=999_999), "2026-11-23T01:02:03Z"),
        (datetime(7, 1, 2, tzinfo=UTC), "0007-01-02T00:00:00Z"),
        (datetime.fromisoformat("2026-11-23T14:02:03+13:00"), "2026-11-23T01:02:03Z"),
    ],
)
def test_times_are_written_as_aws_does(moment: datetime, text: str) -> None:
    assert moment_text(moment) == text


# Round trips

TEXTS = st.text(max_size=8)
MAYBE = st.none() | TEXTS
MOMENTS = st.datetimes(timezones=st.just(UTC)).map(lambda moment: moment.replace(microsecond=0))
DOCUMENTS = st.dictionaries(
    TEXTS,
    st.booleans() | TEXTS | st.lists(TEXTS, max_size=2) | st.dictionaries(TEXTS, TEXTS),
    max_size=3,
)
NAMED = st.lists(TEXTS, max_size=2).map(tuple)
COUNTS = st.integers(0, 2000)
ATTACHED = st.builds(PolicyDocument, TEXTS, DOCUMENTS, MAYBE, MAYBE)
INLINE = st.builds(PolicyDocument, TEXTS, DOCUMENTS)
BOUNDARIES = st.builds(
    lambda name, document: PolicyDocument(name, document, f"arn:aws:iam::aws:policy/{name}"),
    st.text("abc", min_size=1),
    DOCUMENTS,
)
ROLES = st.builds(
    RoleFacts,
    st.just(State.FOUND),
    MAYBE,
    MAYBE,
    MAYBE,
    DOCUMENTS,
    st.none() | BOUNDARIES,
    st.lists(ATTACHED, max_size=2).map(tuple),
    st.lists(INLINE, max_size=2).map(tuple),
    MAYBE,
    st.none() | st.dictionaries(TEXTS, TEXTS, max_size=2),
    st.none() | st.integers(1, 43_200),
    st.none() | NAMED,
)
POLICIES = st.builds(
    CustomerPolicy,
    st.just(State.FOUND),
    MAYBE,
    MAYBE,
    DOCUMENTS,
    st.none()
    | st.lists(st.builds(PolicyVersion, TEXTS, st.none() | MOMENTS, st.booleans()), max_size=2).map(
        tuple
    ),
    st.none() | NAMED,
    st.none() | st.dictionaries(TEXTS, TEXTS, max_size=2),
)
LISTED = st.builds(
    Sample,
    COUNTS,
    st.booleans(),
    NAMED,
    st.dictionaries(TEXTS, COUNTS, max_size=2),
    COUNTS,
    COUNTS,
    NAMED,
)
GRANTS = st.builds(KmsGrant, TEXTS, st.lists(TEXTS, max_size=2).map(tuple), MAYBE)
KEYS = st.builds(
    KmsKey,
    MAYBE,
    MAYBE,
    MAYBE,
    MAYBE,
    DOCUMENTS,
    st.none() | st.lists(GRANTS, max_size=2).map(tuple),
)
BUCKETS = st.builds(
    BucketFacts,
    TEXTS,
    st.sampled_from(State),
    MAYBE,
    MAYBE,
    st.none() | DOCUMENTS,
    st.none() | st.builds(Encryption, MAYBE, MAYBE, st.booleans()),
    MAYBE,
    st.none() | KEYS,
    st.none() | LISTED,
)
OBSERVATIONS = st.builds(
    Observation,
    MOMENTS,
    st.sampled_from(Identity),
    TEXTS,
    st.sampled_from(ObservedOutcome),
    MAYBE,
    MAYBE,
    st.sampled_from(["right", "none", "wrong", None]),
    MAYBE,
    MAYBE,
    MAYBE,
)
NOT_FOUND = st.sampled_from([State.MISSING, State.UNREADABLE])
SNAPSHOTS = st.builds(
    Snapshot,
    captured_at=MOMENTS,
    caller=st.none() | st.builds(Caller, TEXTS, TEXTS),
    role=ROLES | st.builds(RoleFacts, NOT_FOUND),
    customer_policy=POLICIES | st.builds(CustomerPolicy, NOT_FOUND),
    buckets=st.lists(BUCKETS, max_size=2).map(tuple),
    similar_roles=st.lists(st.builds(SimilarRole, TEXTS, TEXTS), max_size=2).map(tuple),
    organization_denies=st.lists(st.builds(OrganizationDeny, TEXTS, TEXTS, TEXTS), max_size=2).map(
        tuple
    ),
    observations=st.lists(OBSERVATIONS, max_size=2).map(tuple),
    unreadable=st.lists(
        st.builds(
            Unreadable,
            TEXTS | st.sampled_from(["role", "buckets[0].sample.tagged", "buckets[7].policy"]),
            MAYBE,
            MAYBE,
        ),
        max_size=2,
    ).map(tuple),
    organization_id=MAYBE,
    endpoint=MAYBE,
)


@given(SNAPSHOTS)
def test_any_snapshot_comes_back(snapshot: Snapshot) -> None:
    text = dump_snapshot(snapshot)
    assert read_snapshot(text, SOURCE) == snapshot
    again = read_snapshot(text, SOURCE)
    assert isinstance(again, Snapshot)
    assert dump_snapshot(again) == text


@pytest.mark.parametrize(
    "make", [lambda: untouched(PLAIN), lambda: untouched(ENCRYPTED), lambda: whole(ENCRYPTED)]
)
def test_the_programs_own_come_back(make: Callable[[], Snapshot]) -> None:
    assert read_snapshot(dump_snapshot(make()), SOURCE) == make()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXTS,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(TEXTS, inner, max_size=2),
    max_leaves=4,
)


def places(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Return every place of a JSON value."""
    inner: list[tuple[str | int, object]] = []
    if isinstance(value, dict):
        inner = list(value.items())
    elif isinstance(value, list):
        inner = list(enumerate(value))
    return [place for key, part in inner for place in ((*path, key), *places(part, (*path, key)))]


@given(st.sampled_from(places(EXAMPLE)), JSON)
def test_any_value_anywhere(place: tuple[str | int, ...], value: object) -> None:
    file = changed(*place, to=value)
    answer = read_snapshot(json.dumps(file), SOURCE)
    if isinstance(answer, InputProblem):
        assert refused(file)
    else:
        assert read_snapshot(dump_snapshot(answer), SOURCE) == answer


@pytest.mark.parametrize(
    "path",
    [
        "role.trust_policy",
        "role.permissions_boundary.document",
        "role.attached_policies[0].document",
        "role.inline_policies[0].document",
        "customer_policy.document",
        "buckets[0].policy",
        "buckets[0].kms_key.policy",
    ],
)
@pytest.mark.parametrize("text", ["{}", '{"Statement": []}', ""])
def test_a_policy_given_as_text_is_no_policy(path: str, text: str) -> None:
    file = deepcopy(EXAMPLE)
    arn = f"arn:aws:iam::{PLAIN.account_id}:policy/boundary"
    file["role"]["permissions_boundary"] = {"arn": arn, "document": {}}
    *outer, last = re.findall(r"[^.\[\]]+", path)
    place: Any = file
    for key in outer:
        place = place[int(key) if key.isdigit() else key]
    place[last] = text
    problem = read_snapshot(json.dumps(file), SOURCE)
    assert isinstance(problem, InputProblem)
    assert problem.text == f"{SOURCE}: “{path}” should be an object, and is text."
    place[last] = {}
    assert isinstance(read_snapshot(json.dumps(file), SOURCE), Snapshot)
