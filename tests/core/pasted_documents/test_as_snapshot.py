"""What was pasted, diagnosed: as if it had been read, and what was not pasted is not known."""

import json
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.diagnosis.diagnose import diagnose
from app.core.draft import Draft
from app.core.formats.snapshot_json import dump_snapshot, read_snapshot
from app.core.frozen import replace
from app.core.pasted_documents.as_snapshot import snapshot_of
from app.core.pasted_documents.documents_in import documents_in
from app.core.pasted_documents.kinds import DocumentKind
from app.core.pasted_documents.pasted import Told
from app.core.pasted_documents.places import DocumentPlace, placed
from app.core.report import Evidence, Report, Verdict
from app.core.snapshot import NOT_PASTED, Encryption, Snapshot, State, Unreadable
from app.core.wording.findings import words
from tests.core.diagnosis.any_world import MADE, documents
from tests.core.pasted_documents.copies import BUCKET_POLICY, KEY_POLICY, PERMISSIONS, TRUST, pretty
from tests.helpers.snapshots import (
    BUCKET,
    BUCKET_ARN,
    KEY,
    OBJECTS,
    ROLE_ARN,
    ROOT,
    World,
    blockers_of,
    codes_of,
    decision_of,
    deny,
    document,
    good,
    good_encrypted,
)

STATES = Path(__file__).parents[2] / "data" / "states"
AT = datetime(2026, 11, 23, 1, 2, 3, tzinfo=UTC)
HERE = frozenset({BUCKET})
ALL_TOLD = Told(
    no_boundary=True,
    no_other_policies=True,
    no_bucket_policy=HERE,
    in_account=HERE,
    as_detailed=HERE,
)
WHOLE = f"{ROLE_ARN}\n{pretty(TRUST)}\n{pretty(PERMISSIONS)}"


def snapshot(draft: Draft, text: str, told: Told = Told()) -> Snapshot:  # noqa: B008
    made = snapshot_of(draft, placed(draft, documents_in(text), {}), told, AT)
    kept = read_snapshot(dump_snapshot(made), "snapshot.json")
    assert isinstance(kept, Snapshot)
    assert replace(kept, absent=frozenset()) == made  # what is absent is named as unread too
    assert kept.unread == made.unread
    return made


def report(text: str, told: Told = Told(), world: World | None = None) -> Report:  # noqa: B008
    draft, _ = (world or good()).read()
    return diagnose(draft, snapshot(draft, text, told))


def not_pasted(found: Report) -> list[str]:
    lacking = ("not_pasted", "not_said")
    return [str(f.params["what"]) for f in found.findings if any(map(f.params.get, lacking))]


def test_ready_only_where_everything_is_pasted_or_told() -> None:
    found = report(WHOLE, ALL_TOLD)
    assert found.verdict is Verdict.READY
    assert {finding.evidence for finding in found.findings} == {Evidence.PREDICTED}
    assert not_pasted(found) == []
    assert set(codes_of(found)) == {"check.unreadable"}  # what only a sign-in shows


@pytest.mark.parametrize(
    ("text", "told", "path"),
    [
        (WHOLE.replace(ROLE_ARN, ""), ALL_TOLD, "role.arn"),
        (WHOLE.replace(pretty(TRUST), ""), ALL_TOLD, "role.trust_policy"),
        (WHOLE.replace(pretty(PERMISSIONS), ""), ALL_TOLD, "role.attached_policies"),
        (WHOLE, replace(ALL_TOLD, no_other_policies=False), "role.inline_policies"),
        (WHOLE, replace(ALL_TOLD, no_boundary=False), "role.permissions_boundary"),
        (WHOLE, replace(ALL_TOLD, no_bucket_policy=frozenset()), "buckets[0].policy"),
        (WHOLE, replace(ALL_TOLD, in_account=frozenset()), "buckets[0].owner_account"),
        (WHOLE, replace(ALL_TOLD, as_detailed=frozenset()), "buckets[0].encryption"),
        (pretty(BUCKET_POLICY), Told(in_account=HERE, as_detailed=HERE), "role"),
    ],
    ids=lambda value: value if isinstance(value, str) and len(value) < 40 else "",
)
def test_what_is_missing_is_named_and_nothing_is_ready(text: str, told: Told, path: str) -> None:
    found = report(text, told)
    assert found.verdict is Verdict.INCOMPLETE
    assert path in not_pasted(found)
    missing = next(f for f in found.findings if f.params.get("what") == path)
    said = words(missing)
    assert said.title.text.startswith(("Not pasted yet: ", "Not said yet: "))
    assert "sign-in" not in said.detail.text
    assert report(WHOLE, ALL_TOLD).verdict is Verdict.READY


def test_the_key_of_a_bucket() -> None:
    world = good_encrypted()
    text = f"{WHOLE}\n{pretty(KEY_POLICY)}"
    assert report(text, ALL_TOLD, world).verdict is Verdict.READY
    without = report(WHOLE, ALL_TOLD, world)
    assert (without.verdict, not_pasted(without)) == (
        Verdict.INCOMPLETE,
        ["buckets[0].kms_key.policy"],
    )
    unsure = report(text, replace(ALL_TOLD, as_detailed=frozenset()), world)
    assert (unsure.verdict, not_pasted(unsure)) == (
        Verdict.INCOMPLETE,
        ["buckets[0].encryption"],
    )
    disabled = json.dumps({"KeyMetadata": {"Arn": KEY, "KeyState": "Disabled"}})
    assert blockers_of(report(text + disabled, ALL_TOLD, world)) == ["kms.key-disabled"]


def test_faults_are_found_in_what_was_pasted_and_gone_with_the_mended_document() -> None:
    wrong = WHOLE.replace("xWqJ", "XWQJ")
    assert blockers_of(report(wrong, ALL_TOLD)) == ["trust.external-id-mismatch"]
    denied = pretty(document(deny("s3:*", [BUCKET_ARN, OBJECTS], Principal="*")))
    some = Told(in_account=HERE)
    assert blockers_of(report(denied, some)) == ["bucket.explicit-deny"]
    assert blockers_of(report(f"{WHOLE}\n{denied}", ALL_TOLD)) == ["bucket.explicit-deny"]
    assert blockers_of(report(WHOLE.replace(ROLE_ARN, f"{ROLE_ARN}s"), ALL_TOLD)) == [
        "role.misnamed"
    ]
    assert report(f"{wrong}\n{WHOLE}", ALL_TOLD).verdict is Verdict.READY


def test_what_aws_says_there_is_none_of() -> None:
    no_policy = (
        "An error occurred (NoSuchBucketPolicy) when calling the GetBucketPolicy operation: The "
        "bucket policy does not exist"
    )
    told = replace(ALL_TOLD, no_bucket_policy=frozenset())
    assert report(f"{WHOLE}\n\n{no_policy}", told).verdict is Verdict.READY
    no_role = (
        "An error occurred (NoSuchEntity) when calling the GetRole operation: The role with name "
        "{} cannot be found."
    )
    name = ROLE_ARN.rpartition("/")[2]
    assert blockers_of(report(no_role.format(name), ALL_TOLD)) == ["role.missing"]
    assert blockers_of(report(no_role.format("another"), ALL_TOLD)) == []
    assert report(f"{no_role.format(name)}\n{WHOLE}", ALL_TOLD).verdict is Verdict.READY


def test_a_list_of_attached_policies_names_what_is_missing() -> None:
    entries = [
        {"PolicyName": name, "PolicyArn": f"{ROOT[:-4]}policy/{name}"}
        for name in ("ubiquity-s3-access-policy", "deny-all")
    ]
    listed = json.dumps({"AttachedPolicies": entries})
    none_inline = json.dumps({"PolicyNames": []})
    told = replace(ALL_TOLD, no_other_policies=False)
    found = report(WHOLE + listed + none_inline, told)
    assert found.verdict is Verdict.INCOMPLETE
    assert len(not_pasted(found)) == 2  # nobody knows which of the two the pasted one is
    version = {"PolicyVersion": {"Document": document(deny()), "VersionId": "v1"}}
    both = WHOLE + json.dumps(version)
    assert blockers_of(report(both + listed + none_inline, ALL_TOLD)) == ["policy.explicit-deny"]
    one = json.dumps({"AttachedPolicies": entries[:1]})
    assert report(WHOLE + one + none_inline, told).verdict is Verdict.READY


def test_get_role_tells_of_a_boundary() -> None:
    role: dict[str, object] = {"RoleName": ROLE_ARN.rpartition("/")[2], "Arn": ROLE_ARN}
    role["AssumeRolePolicyDocument"] = TRUST
    told = replace(ALL_TOLD, no_boundary=False)
    without = json.dumps({"Role": role}) + pretty(PERMISSIONS)
    assert report(without, told).verdict is Verdict.READY
    role["PermissionsBoundary"] = {"PermissionsBoundaryArn": f"{ROOT[:-4]}policy/developers"}
    bound = json.dumps({"Role": role}) + pretty(PERMISSIONS)
    assert not_pasted(report(bound, told)) == ["role.permissions_boundary.document"]
    boundary = pretty(document({**deny("s3:*"), "Effect": "Allow"}))
    assert report(f"{bound}\nPermissions boundary\n{boundary}", told).verdict is Verdict.READY


def _printed(world: World) -> tuple[str, dict[str, DocumentPlace]] | None:
    """Return what the AWS CLI and the console print of a world, and each document's place.

    The places are what a person would choose where a document does not tell itself. None where
    the very same text stands for two things: then nobody can choose both.
    """
    role, policies = world.role, list[dict[str, object]]()
    for policy in role["attached_policies"]:
        version = {"Document": policy["document"], "IsDefaultVersion": True, "VersionId": "v1"}
        entry = {"PolicyName": policy["name"], "Arn": policy["arn"]}
        policies.append({**entry, "PolicyVersionList": [version]})
    boundary = role["permissions_boundary"]
    detail = {
        "RoleName": role["name"],
        "Arn": role["arn"],
        "Path": role["path"],
        "AssumeRolePolicyDocument": quote(json.dumps(role["trust_policy"])),
        "RolePolicyList": [
            {"PolicyName": p["name"], "PolicyDocument": json.dumps(p["document"])}
            for p in role["inline_policies"]
        ],
        "AttachedManagedPolicies": [
            {"PolicyName": p["name"], "PolicyArn": p["arn"]} for p in role["attached_policies"]
        ],
        **(
            {"PermissionsBoundary": {"PermissionsBoundaryArn": boundary["arn"]}} if boundary else {}
        ),
    }
    texts = [json.dumps({"RoleDetailList": [detail], "Policies": policies})]
    marks: dict[str, DocumentPlace] = {}
    twice: list[str] = []

    def put(policy: object, place: DocumentPlace) -> None:
        texts.append(pretty(policy))
        (found,) = documents_in(texts[-1]).documents
        marks.setdefault(found.mark, place)
        twice.append(found.mark)

    if boundary:
        put(boundary["document"], DocumentPlace(DocumentKind.BOUNDARY))
    for bucket in world.snapshot["buckets"]:
        if bucket["policy"]:
            put(bucket["policy"], DocumentPlace(DocumentKind.BUCKET, bucket["name"]))
        if bucket["kms_key"]:
            put(bucket["kms_key"]["policy"], DocumentPlace(DocumentKind.KEY, bucket["name"]))
    return ("\n\n".join(texts), marks) if len(marks) == len(twice) else None


@st.composite
def _worlds(draw: st.DrawFn) -> World:
    """Return a setup whose policies say anything that AWS stores."""
    world = MADE[draw(st.sampled_from(sorted(MADE)))].copy()
    role, bucket = world.role, world.bucket
    if draw(st.booleans()):
        role["trust_policy"] = draw(documents(principal=True, trust=True))
    if draw(st.booleans()):
        world.set_document(draw(documents()))
    if draw(st.booleans()):
        role["inline_policies"] = [{"name": "extra", "document": draw(documents())}]
    if draw(st.booleans()):
        world.set_boundary(*draw(documents())["Statement"])
    if draw(st.booleans()):
        bucket["policy"] = draw(documents(principal=True))
    if bucket["kms_key"] and draw(st.booleans()):
        bucket["kms_key"]["policy"] = draw(documents(principal=True))
    if draw(st.booleans()):
        role.update(path="/x/", arn=ROLE_ARN.replace("role/", "role/x/"))
    return world


@settings(max_examples=40, deadline=None)
@given(_worlds())
def test_the_same_follows_from_what_was_pasted_as_from_what_was_read(world: World) -> None:
    _compare(world)


@pytest.mark.parametrize("name", sorted(path.name for path in STATES.iterdir() if path.is_dir()))
def test_the_same_follows_from_what_was_posted(name: str) -> None:
    files = (STATES / name / "draft.json", STATES / name / "snapshot.json")
    draft, read = (json.loads(file.read_text("utf-8")) for file in files)
    read["role"].setdefault("permissions_boundary", None)
    _compare(World(draft, read))


def _compare(world: World) -> None:
    """Compare what follows from the pasted documents with what follows from reading the same."""
    draft, read = world.read()
    printed = _printed(world)
    if printed is None:
        return
    text, marks = printed
    found = documents_in(text)
    assert found.troubles == ()
    told = Told(
        no_bucket_policy=frozenset(b.name for b in read.buckets if b.policy is None),
        in_account=frozenset(draft.bucket_names),
        as_detailed=frozenset(draft.bucket_names),
    )
    pasted = snapshot_of(draft, placed(draft, found, marks), told, read.captured_at)
    expected = _as_far_as_pasted(read, pasted)
    ours, theirs = diagnose(draft, pasted), diagnose(draft, expected)
    assert ours.access == theirs.access
    assert ours.findings == theirs.findings
    assert ours.verdict is theirs.verdict


def _as_far_as_pasted(read: Snapshot, pasted: Snapshot) -> Snapshot:
    """Return what was read without what no document shows; the customer policy is as pasted."""
    lost = [] if pasted.customer_policy.state is State.FOUND else ["customer_policy"]
    buckets = []
    for index, bucket in enumerate(read.buckets):
        lost += [f"buckets[{index}].object_ownership", f"buckets[{index}].sample"]
        key = replace(bucket.kms_key, state=None, manager=None) if bucket.kms_key else None
        key_id = bucket.encryption.kms_key_id if bucket.encryption else None
        bare = replace(
            bucket,
            object_ownership=None,
            sample=None,
            region=None,
            kms_key=key,
            encryption=Encryption("aws:kms", key_id) if key_id else Encryption("AES256"),
        )
        buckets.append(bare)
    lost.append("organization_denies")
    return replace(
        read,
        caller=None,
        role=replace(read.role, id=None, tags=None),
        customer_policy=pasted.customer_policy,
        buckets=tuple(buckets),
        similar_roles=(),
        organization_denies=(),
        organization_id=None,
        observations=(),
        absent=frozenset(),
        unreadable=tuple(Unreadable(path, NOT_PASTED) for path in lost),
    )


def test_what_is_asked_of_ubiquity_is_decided_from_what_was_pasted() -> None:
    found = report(WHOLE.replace("049579744830", "111122223333"), ALL_TOLD)
    assert decision_of(found, "sts:AssumeRole") == "denied"
    assert blockers_of(found) == ["trust.principal-wrong"]
