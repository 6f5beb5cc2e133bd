"""Every fact of the snapshot is used, and says so where it was not read.

``USED`` names for each field of the snapshot a change of it alone that changes what the program
says or does: the report, a plan, a revocation, how long sessions stay open. A new field without a
use fails here, and so does one whose reading went wrong without a word (``UNREAD``).
"""

import json
import typing
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

import pytest

from app.core import observation as observation_module
from app.core import snapshot as snapshot_module
from app.core.changes.applied import after_changes
from app.core.choices import Choice, Choices, RevokeWay
from app.core.diagnosis.chain import links_of
from app.core.diagnosis.diagnose import diagnose
from app.core.diagnosis.snapshot_facts import fact_at
from app.core.formats.report_json import report_to_json
from app.core.formats.snapshot_json import dump_snapshot, read_snapshot
from app.core.planning.plan import plan
from app.core.revoking.open_sessions import longest_session
from app.core.revoking.plan import revoke_plan
from app.core.revoking.proof import proof_of
from app.core.revoking.remains import with_remains
from app.core.snapshot import Snapshot
from tests.core.diagnosis.broken_buckets import HANDING_ON, LETTING_IN, files_under
from tests.core.diagnosis.broken_trust import external_id
from tests.helpers.drafts import MOMENT
from tests.helpers.snapshots import (
    ACCOUNT,
    DATABASE_ID,
    KEY,
    OTHER_KEY,
    POLICY_ARN,
    ROLE_ARN,
    ROOT,
    STRANGER,
    UBIQUITY_ROOT,
    Break,
    World,
    allow,
    deny,
    document,
    good_encrypted,
    inline,
    together,
)

Json = dict[str, Any]


def rich() -> World:
    """Return an account with something at every place, and that works."""
    world = good_encrypted()
    world.snapshot["role"] |= {
        "tags": {"team": "data"},
        "max_session_duration": 7200,
        "instance_profiles": ["web"],
        "last_used": {"at": "2026-11-20T01:02:03Z", "region": "ap-southeast-2"},
        "inline_policies": [inline("extra", allow("sqs:SendMessage"))],
        "permissions_boundary": {
            "arn": f"arn:aws:iam::{ACCOUNT}:policy/developers",
            "document": document(allow()),
        },
    }
    world.role["attached_policies"].append(
        {
            "name": "logs",
            "arn": f"arn:aws:iam::{ACCOUNT}:policy/logs",
            "version": "v1",
            "document": document(allow("logs:PutLogEvents")),
        }
    )
    world.snapshot["customer_policy"] |= {
        "versions": [{"id": "v1", "created_at": "2026-11-20T01:02:03Z", "default": True}],
        "attached_to": ["ubiquity-connectors-s3-access-role"],
        "tags": {"team": "data"},
    }
    world.snapshot["organization_id"] = "o-a1b2c3d4e5"
    world.bucket["kms_key"]["grants"] = [
        {"grantee": UBIQUITY_ROOT, "operations": ["Decrypt"], "id": "g1"}
    ]
    files_under(OTHER_KEY, policy=LETTING_IN, grants=world.bucket["kms_key"]["grants"])(world)
    world.bucket["policy"] = document(
        deny("s3:DeleteBucket", "*", Principal="*"),
        allow("s3:ListBucket", "*", Principal={"AWS": UBIQUITY_ROOT}),
    )
    return world


def everything_said(world: World) -> Iterator[str]:
    """Yield all that the program makes of a draft and a snapshot, what is most used first."""
    draft, start = world.read()
    report = diagnose(draft, start)
    yield json.dumps(report_to_json(report))
    yield str(links_of(report, start))
    yield str(with_remains(proof_of(report), start, None))
    yield str(longest_session(start.role))
    for chosen in (frozenset[Choice](), frozenset(Choice)):
        choices = Choices(chosen, tags={"team": "crm"})
        wanted = plan(draft, start, choices)
        yield str(wanted)
        yield str(after_changes(start, wanted.changes).customer_policy)
        for how in RevokeWay:
            for given in (draft, None):
                yield str(revoke_plan(start, how, ACCOUNT, given, choices, MOMENT))


def are_alike(one: World, other: World) -> bool:
    """Tell whether the program makes the same of both."""
    return all(a == b for a, b in zip(everything_said(one), everything_said(other), strict=True))


# Every field


_MODULES: Final = (snapshot_module.__name__, observation_module.__name__)


def _paths(kind: object, path: str = "") -> Iterator[str]:
    """Yield the path of each field below ``kind``: the leaves, as in ``snapshot_facts``."""
    for name, hint in typing.get_type_hints(kind).items():
        here = f"{path}.{name}".lstrip(".")
        inner, is_listed = _inner(hint)
        if inner is None:
            yield here
        else:
            yield from _paths(inner, f"{here}[]" if is_listed else here)


def _inner(hint: object) -> tuple[type | None, bool]:
    """Return the class of the snapshot's own in ``hint``, and whether there is a list of it."""
    for part in (hint, *typing.get_args(hint)):
        for kind in (part, *typing.get_args(part)):
            is_own = isinstance(kind, type) and kind.__module__ in _MODULES
            if is_own and hasattr(kind, "__value_defaults__"):
                return kind, typing.get_origin(part) is tuple or "tuple" in str(hint)
    return None, False


def _set(path: str, value: object) -> Break:
    """Return a break that sets the fact at ``path`` of the file."""

    def break_it(world: World) -> None:
        place: Any = world.snapshot
        *outer, last = path.replace("]", "").replace("[", ".").split(".")
        for part in outer:
            place = place[int(part)] if part.isdecimal() else place[part]
        place[last] = value

    return break_it


def _observe(**more: object) -> Break:
    seen = {"who": "ubiquity", "action": "s3:GetObject", "outcome": "denied"}
    seen |= {"bucket": "acme-imports", "code": "AccessDenied", "message": "Access Denied"}
    return lambda world: world.observe(**(seen | more))  # type: ignore[arg-type]


class Use(NamedTuple):
    """A change of one fact; ``before`` is done to both accounts that are compared."""

    change: Break
    before: Break = lambda _world: None


KMS: Final = "buckets[0].kms_key"
FILES_KEY: Final = "buckets[0].sample.other_keys[0]"
ROLE: Final = "role"


def _key_uses(name: str, path: str) -> dict[str, Use]:
    without_policy = _set(f"{path}.policy", HANDING_ON)
    return {
        f"{name}.arn": Use(_set(f"{path}.arn", KEY.replace("1234abcd", "9999abcd"))),
        f"{name}.account": Use(_set(f"{path}.account", STRANGER)),
        f"{name}.manager": Use(_set(f"{path}.manager", "AWS")),
        f"{name}.state": Use(_set(f"{path}.state", "Disabled")),
        f"{name}.policy": Use(without_policy),
        f"{name}.grants[].grantee": Use(_set(f"{path}.grants[0].grantee", ROOT)),
        f"{name}.grants[].operations": Use(_set(f"{path}.grants[0].operations", ["Encrypt"])),
        f"{name}.grants[].id": Use(_set(f"{path}.grants[0].id", "g2")),
    }


NO_ROLE: Final = _set(ROLE, {"state": "missing"})
SIMILAR: Final = _set(
    "similar_roles", [{"name": "Ubiquity-connectors-s3-access-role", "arn": ROOT}]
)
DENIED: Final = _set(
    "organization_denies",
    [{"action": "s3:GetObject", "resource": "*", "by": "service control policy"}],
)
LOST: Final = lambda world: world.lose("buckets[0].policy", message="no")  # noqa: E731
ONLY_ORGANIZATION: Final = _set(
    "buckets[0].policy",
    document(
        deny(
            "s3:*",
            "*",
            Principal="*",
            Condition={"StringNotEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}},
        )
    ),
)
BY_TAG: Final = _set(
    "role.inline_policies[0].document",
    document(deny("s3:*", Condition={"StringEquals": {"aws:PrincipalTag/team": "crm"}})),
)
BY_ID: Final = _set(
    "buckets[0].policy",
    document(
        deny("s3:*", "*", Principal="*", Condition={"StringNotLike": {"aws:userid": "AROAX*:*"}})
    ),
)
IN_CONTEXT: Final = _set(
    f"{KMS}.policy",
    document(
        dict(LETTING_IN["Statement"][0])
        | {
            "Condition": {
                "StringEquals": {"kms:EncryptionContext:aws:s3:arn": "arn:aws:s3:::acme-imports"}
            }
        }
    ),
)

NEW_VERSION: Final = together(
    _set("customer_policy.document", document(allow("sqs:*"))),
    _set("role.attached_policies[0].document", document(allow("sqs:*"))),
)
JUST_CHANGED: Final = together(
    _set("customer_policy.versions[0].created_at", "2026-11-23T01:02:00Z"), _observe()
)

USED: Final[Mapping[str, Use]] = {
    "captured_at": Use(
        _set("captured_at", "2020-01-01T00:00:00Z"),
        _set(
            "buckets[0].policy",
            document(
                deny(
                    "s3:*",
                    "*",
                    Principal="*",
                    Condition={"DateLessThan": {"aws:CurrentTime": "2024-01-01T00:00:00Z"}},
                )
            ),
        ),
    ),
    "caller.arn": Use(_set("caller.arn", "arn:aws-cn:iam::123456789012:user/jo")),
    "caller.account": Use(_set("caller.account", STRANGER)),
    "role.state": Use(NO_ROLE),
    "role.arn": Use(_set("role.arn", ROLE_ARN.replace("role/", "role/x/"))),
    "role.name": Use(_set("role.name", "Ubiquity-connectors-s3-access-role")),
    "role.path": Use(_set("role.path", "/x/")),
    "role.trust_policy": Use(_set("role.trust_policy", document())),
    "role.permissions_boundary.name": Use(
        # The boundary's name is the end of its ARN.
        _set("role.permissions_boundary.arn", f"arn:aws:iam::{ACCOUNT}:policy/others"),
        _set("role.permissions_boundary.document", document(deny())),
    ),
    "role.permissions_boundary.arn": Use(
        _set("role.permissions_boundary.arn", POLICY_ARN),
        _set("role.permissions_boundary.document", document(deny())),
    ),
    "role.permissions_boundary.document": Use(
        _set("role.permissions_boundary.document", document())
    ),
    "role.attached_policies[].name": Use(_set("role.attached_policies[1].name", "others")),
    "role.attached_policies[].arn": Use(_set("role.attached_policies[0].arn", f"{POLICY_ARN}-2")),
    "role.attached_policies[].document": Use(
        _set("role.attached_policies[0].document", document())
    ),
    "role.attached_policies[].version": Use(
        _set("role.attached_policies[0].version", "v7"), NEW_VERSION
    ),
    "role.inline_policies[].name": Use(_set("role.inline_policies[0].name", "others")),
    "role.inline_policies[].document": Use(
        _set("role.inline_policies[0].document", document(deny()))
    ),
    "role.id": Use(_set("role.id", "AROAXXXXXXXXXXXXXXXXX"), BY_ID),
    "role.tags": Use(_set("role.tags", {"team": "crm"}), BY_TAG),
    "role.max_session_duration": Use(_set("role.max_session_duration", 3600)),
    "role.instance_profiles": Use(_set("role.instance_profiles", [])),
    "role.last_used.at": Use(_set("role.last_used", None)),
    "role.last_used.region": Use(_set("role.last_used.region", "eu-west-1")),
    "customer_policy.state": Use(_set("customer_policy", {"state": "missing"})),
    "customer_policy.arn": Use(_set("customer_policy.arn", f"{POLICY_ARN}x")),
    "customer_policy.version": Use(_set("customer_policy.version", "v7"), NEW_VERSION),
    "customer_policy.document": Use(
        _set("customer_policy.document", document(allow("s3:GetObject"))),
        lambda world: world.role["attached_policies"].pop(0),
    ),
    "customer_policy.versions[].id": Use(_set("customer_policy.versions[0].id", "v7")),
    "customer_policy.versions[].created_at": Use(
        _set("customer_policy.versions[0].created_at", "2026-11-20T01:02:03Z"), JUST_CHANGED
    ),
    "customer_policy.versions[].default": Use(_set("customer_policy.versions[0].default", False)),
    "customer_policy.attached_to": Use(_set("customer_policy.attached_to", ["others"])),
    "customer_policy.tags": Use(
        _set("customer_policy.tags", {}), lambda world: world.role.update(instance_profiles=[])
    ),
    "buckets[].name": Use(_set("buckets[0].name", "others")),
    "buckets[].state": Use(_set("buckets[0].state", "unreadable")),
    "buckets[].region": Use(_set("buckets[0].region", "us-east-1")),
    "buckets[].owner_account": Use(_set("buckets[0].owner_account", STRANGER)),
    "buckets[].policy": Use(_set("buckets[0].policy", document(deny("*", "*", Principal="*")))),
    "buckets[].encryption.algorithm": Use(
        _set("buckets[0].encryption.algorithm", "AES256"), lambda w: w.bucket.update(kms_key=None)
    ),
    "buckets[].encryption.kms_key_id": Use(
        _set("buckets[0].encryption.kms_key_id", OTHER_KEY), lambda w: w.bucket.update(kms_key=None)
    ),
    "buckets[].encryption.bucket_key": Use(
        _set("buckets[0].encryption.bucket_key", False), IN_CONTEXT
    ),
    "buckets[].object_ownership": Use(_set("buckets[0].object_ownership", "ObjectWriter")),
    **_key_uses("buckets[].kms_key", KMS),
    "buckets[].sample.listed": Use(_set("buckets[0].sample.listed", 0)),
    "buckets[].sample.markers": Use(
        _set("buckets[0].sample.markers", 2), _set("buckets[0].sample.listed", 0)
    ),
    "buckets[].sample.truncated": Use(
        _set("buckets[0].sample.truncated", True), _set("buckets[0].sample.listed", 0)
    ),
    "buckets[].sample.storage_classes": Use(
        _set("buckets[0].sample.storage_classes", {"GLACIER": 1})
    ),
    "buckets[].sample.tagged": Use(_set("buckets[0].sample.tagged", 1)),
    "buckets[].sample.sse_c": Use(_set("buckets[0].sample.sse_c", 1)),
    "buckets[].sample.kms_keys": Use(_set("buckets[0].sample.kms_keys", [OTHER_KEY, f"{KEY}-3"])),
    **_key_uses("buckets[].sample.other_keys[]", FILES_KEY),
    "similar_roles[].name": Use(
        _set("similar_roles[0].name", "ubiquity-role"), lambda w: (NO_ROLE(w), SIMILAR(w))
    ),
    "similar_roles[].arn": Use(
        _set("similar_roles[0].arn", ROLE_ARN), lambda w: (NO_ROLE(w), SIMILAR(w))
    ),
    "organization_denies[].action": Use(
        _set("organization_denies[0].action", "s3:PutObject"), DENIED
    ),
    "organization_denies[].resource": Use(_set("organization_denies[0].resource", ROOT), DENIED),
    "organization_denies[].by": Use(_set("organization_denies[0].by", "another"), DENIED),
    "observations[].at": Use(_set("observations[0].at", "2026-11-23T02:02:09Z"), JUST_CHANGED),
    "observations[].identity": Use(_set("observations[0].as", "customer"), _observe()),
    "observations[].action": Use(
        _set("observations[0].action", "s3:PutObject"),
        _observe(message="with an explicit deny in a service control policy"),
    ),
    "observations[].outcome": Use(_set("observations[0].outcome", "allowed"), _observe()),
    "observations[].bucket": Use(_set("observations[0].bucket", "others"), _observe()),
    "observations[].external_id": Use(_set("observations[0].external_id", "wrong"), _observe()),
    "observations[].code": Use(_set("observations[0].code", "ExpiredToken"), _observe()),
    "observations[].message": Use(
        _set("observations[0].message", "with an explicit deny in a service control policy"),
        _observe(),
    ),
    "observations[].source": Use(
        _set("observations[0].source", "cloudtrail"),
        together(
            external_id([DATABASE_ID, "another"]),
            _observe(action="sts:AssumeRole", outcome="allowed", external_id="wrong"),
        ),
    ),
    "unreadable[].what": Use(_set("unreadable[0].what", "buckets[0].object_ownership"), LOST),
    "unreadable[].code": Use(_set("unreadable[0].code", "ExpiredToken"), LOST),
    "unreadable[].message": Use(
        _set("unreadable[0].message", "is not authorized to perform: s3:GetBucketPolicyX on x"),
        LOST,
    ),
    "organization_id": Use(_set("organization_id", "o-zzzzzzzzzz"), ONLY_ORGANIZATION),
    "endpoint": Use(_set("endpoint", "http://127.0.0.1:4566")),
    "absent": Use(lambda world: world.bucket.pop("policy")),
}

FOR_PEOPLE: Final[Mapping[str, str]] = {
    "buckets[].sample.keys": "support reads in the file which files there are",
    "observations[].resource": "support reads in the file what was asked for",
    "observations[].request_id": "AWS's support is asked by it",
    "role.inline_policies[].arn": "an inline policy has none",
    "role.inline_policies[].version": "an inline policy has none",
    "role.permissions_boundary.version": "its default version is read, and no other",
    "unread": "no fact: it is worked out of ``absent`` and ``unreadable``",
}
"""Fields that no rule looks at, and for whom or what they are kept."""


def test_each_field_is_used_or_kept_for_somebody() -> None:
    assert sorted(_paths(Snapshot)) == sorted({**USED, **FOR_PEOPLE})


@pytest.mark.parametrize("path", USED)
def test_a_change_of_it_alone_changes_what_is_said(path: str) -> None:
    use = USED[path]
    before = rich()
    use.before(before)
    after = before.copy()
    use.change(after)
    assert not are_alike(before, after)


# What was not read

OTHERWISE: Final[Mapping[str, str]] = {
    "role.instance_profiles": "check.unreadable of a plan that remakes, and of a revocation",
    "customer_policy.versions": "check.unreadable of a revocation",
    "customer_policy.attached_to": "policy-elsewhere-unread of a plan, and a revocation",
}
"""Facts that no decision hangs on; a plan or a revocation says so itself."""

UNREAD: Final = (
    "caller",
    "role",
    "role.trust_policy",
    "role.permissions_boundary",
    "role.permissions_boundary.document",
    "role.attached_policies",
    "role.attached_policies[0].document",
    "role.inline_policies",
    "role.inline_policies[0].document",
    "customer_policy",
    "customer_policy.document",
    "buckets[0].policy",
    "buckets[0].owner_account",
    "buckets[0].encryption",
    "buckets[0].object_ownership",
    "buckets[0].kms_key",
    "buckets[0].kms_key.policy",
    "buckets[0].kms_key.state",
    "buckets[0].kms_key.manager",
    "buckets[0].kms_key.grants",
    "buckets[0].sample",
    "buckets[0].sample.tagged",
    "buckets[0].sample.sse_c",
    "buckets[0].sample.other_keys",
    "buckets[0].sample.other_keys[0].policy",
    "buckets[0].sample.other_keys[0].state",
    "buckets[0].sample.other_keys[0].grants",
    "similar_roles",
    "organization_denies",
)


@pytest.mark.parametrize("path", UNREAD)
def test_what_was_not_read_is_said_by_its_path(path: str) -> None:
    world = rich()
    world.lose(path)
    if path.startswith("buckets[0].encryption"):
        world.bucket["kms_key"] = None
    report = world.report()
    told = [f.params["what"] for f in report.findings if f.code == "check.unreadable"]
    assert path in told
    assert fact_at(path) is not None


@pytest.mark.parametrize("path", OTHERWISE)
def test_what_no_decision_hangs_on_is_said_where_it_matters(path: str) -> None:
    world = rich()
    before = world.copy()
    world.lose(path.replace("[]", "[0]"))
    draft, start = world.read()
    assert "check.unreadable" not in {f.code for f in diagnose(draft, start).findings}
    assert not are_alike(world, before)


def test_every_fact_survives_its_file() -> None:
    _, snapshot = rich().read()
    again = read_snapshot(dump_snapshot(snapshot), "snapshot.json")
    assert again == snapshot
