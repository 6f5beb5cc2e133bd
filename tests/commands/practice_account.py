"""The practice account as the commands find it: who signs in, and all that IAM and KMS hold."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.core.draft import BucketEntry, Draft
from app.practice.account import ACCOUNT_ID, DATABASE_ID, Keys
from app.practice.people import Person
from app.practice.server import PracticeAws
from tests.helpers.drafts import dump_draft

Json = dict[str, Any]


def sign_in(monkeypatch: pytest.MonkeyPatch, keys: Keys) -> None:
    """Let AWS's default chain find ``keys``."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", keys.access_key_id)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", keys.secret_access_key)


def draft_for(aws: PracticeAws, *, database_id: str = DATABASE_ID) -> Draft:
    """Return a draft for the bucket with files and the encrypted one."""
    chosen = (aws.buckets[0], aws.buckets[2])
    entries = [BucketEntry(b.name, b.region, b.prefix, kms_key_arn=b.kms_key_arn) for b in chosen]
    return Draft(ACCOUNT_ID, database_id, tuple(entries))


def written(draft: Draft, folder: Path, name: str = "draft.json") -> str:
    """Write the draft's file and return its path."""
    path = folder / name
    path.write_text(dump_draft(draft), encoding="utf-8")
    return str(path)


def administrator(aws: PracticeAws) -> Person:
    """Return the account's administrator, with clients for IAM and KMS."""
    return Person(aws.endpoint_url, aws.admin)


def account_of(aws: PracticeAws) -> Json:
    """Return roles, customer managed policies and key policies, all that the commands may touch.

    What AWS itself gives (unique ids, times) is left out.
    """
    person = administrator(aws)
    iam = person.iam
    roles = {}
    for role in iam.list_roles()["Roles"]:
        name = role["RoleName"]
        attached = iam.list_attached_role_policies(RoleName=name)["AttachedPolicies"]
        inline = iam.list_role_policies(RoleName=name)["PolicyNames"]
        roles[role["Arn"]] = {
            "trust": role["AssumeRolePolicyDocument"],
            "attached": sorted(policy["PolicyArn"] for policy in attached),
            "inline": {
                each: iam.get_role_policy(RoleName=name, PolicyName=each)["PolicyDocument"]
                for each in inline
            },
            "tags": iam.list_role_tags(RoleName=name)["Tags"],
        }
    policies = {}
    for policy in iam.list_policies(Scope="Local")["Policies"]:
        arn = policy["Arn"]
        versions = iam.list_policy_versions(PolicyArn=arn)["Versions"]
        policies[arn] = {
            v["VersionId"]: (
                v["IsDefaultVersion"],
                iam.get_policy_version(PolicyArn=arn, VersionId=v["VersionId"])["PolicyVersion"][
                    "Document"
                ],
            )
            for v in versions
        }
    key = aws.buckets[2].kms_key_arn or ""
    keys = {key: json.loads(person.kms.get_key_policy(KeyId=key)["Policy"])}
    return {"roles": roles, "policies": policies, "keys": keys}
