"""What is read from AWS for a draft: each permission, and what it is about.

Which permissions those are is told where they are used: by the facts of a snapshot and by the
kinds of change. Here stands what each can be limited to. Source: Service Authorization Reference,
"Resource types" and "Actions defined by" IAM, Amazon S3 and AWS KMS.
"""

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Final

from app.core.changes.needed_actions import NeededAction
from app.core.diagnosis.snapshot_facts import FACTS
from app.core.documents.policies import bucket_arn, escape_pattern
from app.core.draft import Draft
from app.core.guide import POLICY_NAME, ROLE_NAME, policy_arn, role_arn


class About(StrEnum):
    """What a permission to read can be limited to."""

    ROLE = "role"
    """The guide's role, under whatever path it is."""
    POLICY = "policy"
    """The guide's policy, under whatever path it is."""
    ANY_POLICY = "any-policy"
    """Whatever managed policy the role has, or is bounded by."""
    IDENTITY = "identity"
    """The guide's role; where something is changed, whoever is signed in as well."""
    BUCKET = "bucket"
    FILES = "files"
    """The files under the prefixes of the draft."""
    KEY = "key"
    EVERYTHING = "everything"
    """AWS knows no resource that it could be limited to."""


READS: Final[Mapping[str, About]] = {
    "cloudtrail:LookupEvents": About.EVERYTHING,
    "iam:GetPolicy": About.ANY_POLICY,
    "iam:GetPolicyVersion": About.ANY_POLICY,
    "iam:GetRole": About.ROLE,
    "iam:GetRolePolicy": About.ROLE,
    "iam:ListAttachedRolePolicies": About.ROLE,
    "iam:ListEntitiesForPolicy": About.POLICY,
    "iam:ListInstanceProfilesForRole": About.ROLE,
    "iam:ListPolicies": About.EVERYTHING,
    "iam:ListPolicyVersions": About.POLICY,
    "iam:ListRolePolicies": About.ROLE,
    "iam:ListRoles": About.EVERYTHING,
    "iam:SimulatePrincipalPolicy": About.IDENTITY,
    "kms:DescribeKey": About.KEY,
    "kms:GetKeyPolicy": About.KEY,
    "kms:ListGrants": About.KEY,
    "s3:GetBucketOwnershipControls": About.BUCKET,
    "s3:GetBucketPolicy": About.BUCKET,
    "s3:GetEncryptionConfiguration": About.BUCKET,
    "s3:GetObject": About.FILES,
    "s3:GetObjectTagging": About.FILES,
    "s3:ListBucket": About.BUCKET,
}
"""What each permission to read is about. One that is not here would be asked for everywhere."""

NO_FACT: Final = frozenset({"iam:ListPolicies", "iam:SimulatePrincipalPolicy"})
"""What is read beside the facts: the policy is looked for by its name, and AWS's simulator asked
what the sign-in may do."""

NEVER_NEEDED: Final = frozenset({"s3:GetBucketLocation", "sts:GetCallerIdentity"})
"""Calls that take no permission in AWS: S3 itself tells a bucket's region with its first answer
(the other call is for services that are like S3), and anybody may ask who they are."""

LOOKED_BACK_WITH: Final = "cloudtrail:LookupEvents"
"""What a check alone asks beside the facts: was UbiQuity there? AWS can limit it to nothing."""

CONVENIENT: Final = frozenset({"s3:ListAllMyBuckets"})
"""What only spares typing: the account's buckets are offered to choose from. Where AWS refuses it
the name is typed, and nothing is created, checked or revoked by it: no policy asks for it.
Folders are browsed, and a bucket's region and key told, by what the reading needs anyway."""

_SOME_POLICY: Final = "arn:aws:iam::{owner}:policy/*"
_ANYBODY: Final = "arn:aws:iam::{}:{}/*"
_KINDS: Final = ("role", "user")


def reads_for(
    draft: Draft, seen_by: Iterable[str] = (), keys: Iterable[str] = (), *, changing: bool = False
) -> tuple[NeededAction, ...]:
    """Return what reading a snapshot for ``draft`` needs, and the permissions in ``seen_by`` too.

    With ``changing`` AWS is asked as well what the sign-in may do. Keys are those that the draft
    names, and ``keys``, ARNs: which others its buckets and files have, nobody knows before.
    """
    of_draft = (entry.kms_key_arn for entry in draft.buckets if entry.kms_key_arn)
    all_keys = tuple(dict.fromkeys((*of_draft, *keys)))
    facts = (fact.permission for fact in FACTS.values() if fact.permission)
    actions = {*facts, *NO_FACT, *seen_by} - NEVER_NEEDED
    return tuple(
        NeededAction(action, resource)
        for action in sorted(actions)
        for resource in _resources(
            draft, READS.get(action, About.EVERYTHING), all_keys, changing=changing
        )
    )


def _resources(draft: Draft, about: About, keys: Iterable[str], *, changing: bool) -> Iterator[str]:
    account = draft.account_id
    role = (role_arn(account), role_under_a_path(account))
    resources: dict[About, Iterable[str]] = {
        About.ROLE: role,
        About.POLICY: (policy_arn(account), policy_under_a_path(account)),
        About.ANY_POLICY: (_SOME_POLICY.format(owner=o) for o in (account, "aws")),
        About.IDENTITY: tuple(_ANYBODY.format(account, k) for k in _KINDS) if changing else role,
        About.BUCKET: map(bucket_arn, draft.bucket_names),
        About.FILES: (
            f"{bucket_arn(entry.name)}/{escape_pattern(entry.prefix)}*" for entry in draft.buckets
        ),
        About.KEY: keys,
        About.EVERYTHING: ("*",),
    }
    yield from dict.fromkeys(resources[about])


def role_under_a_path(account_id: str) -> str:
    """Return the ARN, with a wildcard, of the guide's role wherever it is under a path."""
    return f"arn:aws:iam::{account_id}:role/*/{ROLE_NAME}"


def policy_under_a_path(account_id: str) -> str:
    """Return the ARN, with a wildcard, of the guide's policy wherever it is under a path."""
    return f"arn:aws:iam::{account_id}:policy/*/{POLICY_NAME}"
