"""A draft and a snapshot as their files have them, good at first and made to be broken."""

import copy
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from app.core.diagnosis.codes.catalogue import CATALOGUE
from app.core.diagnosis.diagnose import diagnose
from app.core.documents.policies import kms_statement, permissions_policy, trust_policy
from app.core.draft import Draft
from app.core.formats.draft_json import DraftFile, read_draft
from app.core.formats.snapshot_json import read_snapshot
from app.core.guide import POLICY_NAME, ROLE_NAME, UBIQUITY_ACCOUNT, policy_arn, role_arn
from app.core.report import Report, Weight
from app.core.snapshot import Snapshot

Json = dict[str, Any]

ACCOUNT: Final = "123456789012"
STRANGER: Final = "210987654321"
DATABASE_ID: Final = "xWqJBlwfjUOUcQjd5gt7vQ"
BUCKET: Final = "acme-imports"
SECOND: Final = "acme-exports"
REGION: Final = "ap-southeast-2"
PREFIX: Final = "imports/"
ROLE_ARN: Final = role_arn(ACCOUNT)
POLICY_ARN: Final = policy_arn(ACCOUNT)
ROLE_ID: Final = "AROAEXAMPLEROLEID0001"
DELETED: Final = "AROAEXAMPLEDELETED001"
ROOT: Final = f"arn:aws:iam::{ACCOUNT}:root"
UBIQUITY_ROOT: Final = f"arn:aws:iam::{UBIQUITY_ACCOUNT}:root"
KEY: Final = f"arn:aws:kms:{REGION}:{ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab"
OTHER_KEY: Final = KEY.replace("1234abcd", "dcba4321")
BUCKET_ARN: Final = f"arn:aws:s3:::{BUCKET}"
OBJECTS: Final = f"{BUCKET_ARN}/*"
AT: Final = "2026-11-23T01:02:03Z"
FOUR: Final = ("s3:ListBucket", "s3:GetObject", "s3:PutObject", "s3:DeleteObject")
LIST, GET, PUT, DELETE = FOUR


def statement(effect: str, action: object, resource: object = None, **more: object) -> Json:
    """Return a statement; ``more`` are its other elements."""
    body = {"Effect": effect, "Action": action, "Resource": resource}
    return {name: value for name, value in body.items() if value is not None} | more


def allow(action: object = "*", resource: object = "*", **more: object) -> Json:
    """Return a statement that allows."""
    return statement("Allow", action, resource, **more)


def deny(action: object = "*", resource: object = "*", **more: object) -> Json:
    """Return a statement that denies."""
    return statement("Deny", action, resource, **more)


def document(*statements: Json, version: str = "2012-10-17") -> Json:
    """Return a policy document."""
    return {"Version": version, "Statement": list(statements)}


def trusting(principal: object, condition: object = None, **more: object) -> Json:
    """Return a statement of a trust policy."""
    conditions = {} if condition is None else {"Condition": condition}
    body = {"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole"}
    return body | conditions | more


def asks_for(external_id: object, operator: str = "StringEquals") -> Json:
    """Return the guide's condition on the External ID, or one like it."""
    return {operator: {"sts:ExternalId": external_id}}


def inline(name: str, *statements: Json) -> Json:
    """Return an inline policy of the role."""
    return {"name": name, "document": document(*statements)}


@dataclass(slots=True)
class World:
    """A draft and a snapshot, each as the JSON of its file."""

    draft: Json
    snapshot: Json

    def copy(self) -> "World":
        """Return another one to be broken."""
        return World(copy.deepcopy(self.draft), copy.deepcopy(self.snapshot))

    @property
    def role(self) -> Json:
        """The role."""
        role: Json = self.snapshot["role"]
        return role

    @property
    def trust(self) -> Json:
        """The first statement of the trust policy."""
        first: Json = self.role["trust_policy"]["Statement"][0]
        return first

    @property
    def permissions(self) -> list[Json]:
        """The statements of the policy that the role has."""
        statements: list[Json] = self.role["attached_policies"][0]["document"]["Statement"]
        return statements

    @property
    def bucket(self) -> Json:
        """The first bucket."""
        first: Json = self.snapshot["buckets"][0]
        return first

    @property
    def entry(self) -> Json:
        """The first line of the draft."""
        first: Json = self.draft["buckets"][0]
        return first

    @property
    def key_statements(self) -> list[Json]:
        """The statements of the first bucket's key policy."""
        statements: list[Json] = self.bucket["kms_key"]["policy"]["Statement"]
        return statements

    def set_trust(self, *statements: Json) -> None:
        """Give the role another trust policy."""
        self.role["trust_policy"] = document(*statements)

    def set_policy(self, *statements: Json) -> None:
        """Give the policy of Step 3 other contents."""
        self.set_document(document(*statements))

    def set_document(self, contents: Json) -> None:
        """Give the policy of Step 3 another document."""
        self.role["attached_policies"][0]["document"] = contents
        self.snapshot["customer_policy"]["document"] = copy.deepcopy(contents)

    def detach(self, *, delete: bool = False) -> None:
        """Take the policy of Step 3 off the role, and perhaps out of the account."""
        self.role["attached_policies"] = []
        if delete:
            self.snapshot["customer_policy"] = {"state": "missing"}

    def set_boundary(self, *statements: Json) -> None:
        """Give the role a permissions boundary."""
        arn = f"arn:aws:iam::{ACCOUNT}:policy/developers"
        self.role["permissions_boundary"] = {"arn": arn, "document": document(*statements)}

    def lose(self, *paths: str, code: str = "AccessDenied", message: str = "") -> None:
        """Make facts unreadable: null, and named with AWS's answer."""
        for path in paths:
            _set_null(self.snapshot, path)
            entry = {"what": path, "code": code, "message": message}
            self.snapshot.setdefault("unreadable", []).append(entry)

    def observe(self, who: str, action: str, outcome: str, **more: object) -> None:
        """Add an observation, made a few seconds after the snapshot unless ``at`` says so."""
        at = {"at": "2026-11-23T01:02:09Z"}
        seen = {"as": who, "action": action, "outcome": outcome, **at, **more}
        self.snapshot.setdefault("observations", []).append(seen)

    def read(self) -> tuple[Draft, Snapshot]:
        """Return draft and snapshot as the program reads them from files."""
        draft = read_draft(json.dumps(self.draft), "draft.json")
        snapshot = read_snapshot(json.dumps(self.snapshot), "snapshot.json")
        assert isinstance(draft, DraftFile), draft
        assert isinstance(snapshot, Snapshot), snapshot
        return draft.draft, snapshot

    def report(self) -> Report:
        """Return what the diagnosis says."""
        return diagnose(*self.read())


def _set_null(place: Any, path: str) -> None:  # noqa: ANN401
    *before, last = path.replace("]", "").replace("[", ".").split(".")
    for part in before:
        place = place[int(part)] if part.isdecimal() else place[part]
        if place is None:
            return
    if last.isdecimal():
        place[int(last)]["document"] = None
    elif path in ("role", "customer_policy"):
        place[last] = {"state": "unreadable"}
    elif isinstance(place, dict):
        place[last] = None


Break = Callable[[World], object]


def together(*breaks: Break) -> Break:
    """Return a break that does each of ``breaks``, none of which changes what another wrote."""

    def break_it(world: World) -> None:
        for each in breaks:
            each(world)
            world.draft = copy.deepcopy(world.draft)
            world.snapshot = copy.deepcopy(world.snapshot)

    return break_it


def broken(world: World, *breaks: Break) -> World:
    """Return a copy of ``world`` with each of ``breaks`` done to it."""
    made = world.copy()
    together(*breaks)(made)
    return made


def good(
    *, prefix: str = PREFIX, restrict: bool = False, buckets: Sequence[str] = (BUCKET,)
) -> World:
    """Return a setup as the guide makes it."""
    entries = [
        {
            "name": name,
            "region": REGION,
            "prefix": prefix,
            "restrict_to_prefix": restrict,
            "kms_key_arn": None,
        }
        for name in buckets
    ]
    draft = {
        "format": "ubiquity-s3-setup/draft",
        "version": 1,
        "account_id": ACCOUNT,
        "database_id": DATABASE_ID,
        "buckets": entries,
    }
    return World(draft, _snapshot(draft))


def good_encrypted() -> World:
    """Return a setup with a customer-managed key, with the addition for writing."""
    world = good()
    world.entry["kms_key_arn"] = KEY
    statement = {**kms_statement(ACCOUNT)}
    statement["Action"] = ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey"]
    world.bucket["encryption"] = {"algorithm": "aws:kms", "kms_key_id": KEY, "bucket_key": True}
    world.bucket["kms_key"] = {
        "arn": KEY,
        "account": ACCOUNT,
        "manager": "CUSTOMER",
        "state": "Enabled",
        "policy": document(admin_of_key(), statement),
    }
    return world


def admin_of_key() -> Json:
    """Return the statement that leaves a key's administration to the account's own policies."""
    return allow(["kms:Put*", "kms:Enable*"], Principal={"AWS": ROOT}, Sid="Administration")


def good_two() -> World:
    """Return a setup of two buckets."""
    return good(buckets=(BUCKET, SECOND))


def _snapshot(draft: Json) -> Json:
    wanted = _entries(draft)
    policy = dict(permissions_policy(wanted.buckets))
    return {
        "format": "ubiquity-s3-setup/snapshot",
        "version": 1,
        "captured_at": AT,
        "caller": {
            "arn": f"arn:aws:sts::{ACCOUNT}:assumed-role/Admin/jo",
            "account": ACCOUNT,
        },
        "role": {
            "state": "found",
            "arn": ROLE_ARN,
            "name": ROLE_NAME,
            "path": "/",
            "id": ROLE_ID,
            "tags": {},
            "trust_policy": dict(trust_policy(DATABASE_ID)),
            "permissions_boundary": None,
            "attached_policies": [
                {
                    "name": POLICY_NAME,
                    "arn": POLICY_ARN,
                    "version": "v1",
                    "document": copy.deepcopy(policy),
                }
            ],
            "inline_policies": [],
        },
        "similar_roles": [],
        "customer_policy": {
            "state": "found",
            "arn": POLICY_ARN,
            "version": "v1",
            "document": policy,
        },
        "buckets": [_bucket(entry.name) for entry in wanted.buckets],
        "organization_denies": [],
        "observations": [],
        "unreadable": [],
    }


def _entries(draft: Json) -> Draft:
    read = read_draft(json.dumps(draft), "draft.json")
    assert isinstance(read, DraftFile), read
    return read.draft


def _bucket(name: str) -> Json:
    return {
        "name": name,
        "state": "found",
        "region": REGION,
        "owner_account": ACCOUNT,
        "policy": None,
        "encryption": {"algorithm": "AES256", "kms_key_id": None, "bucket_key": False},
        "object_ownership": "BucketOwnerEnforced",
        "kms_key": None,
        "sample": {
            "listed": 3,
            "truncated": False,
            "keys": [f"{PREFIX}a.csv"],
            "storage_classes": {"STANDARD": 3},
            "tagged": 0,
            "sse_c": 0,
        },
    }


def codes_of(report: Report) -> list[str]:
    """Return the codes of all findings, in their order."""
    return [finding.code for finding in report.findings]


def blockers_of(report: Report) -> list[str]:
    """Return the codes of the blockers, in their order."""
    return [c for c in codes_of(report) if CATALOGUE[c].weight is Weight.BLOCKER]


def decision_of(report: Report, action: str, *, without: bool = False, row: int = 0) -> str:
    """Return the decision of the report about ``action``; ``row`` counts those of one action."""
    rows = [a for a in report.access if a.action == action and a.without_external_id is without]
    return rows[row].decision
