"""What the organisation denies, as far as IAM's policy simulator tells.

Source: IAM User Guide, "Testing IAM policies with the IAM policy simulator": it weighs service
control policies without conditions, and neither trust policies nor resource policies for roles.
Only what it attributes to the organisation is taken from it; the rest is worked out here.
"""

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from app.aws.reading import AccountReading
from app.core.documents.policies import bucket_arn
from app.core.draft import BucketEntry, Draft
from app.core.failure import AwsFailure
from app.core.guide import LIST_ACTION, OBJECT_ACTIONS
from app.core.snapshot import OrganizationDeny

if TYPE_CHECKING:
    from mypy_boto3_iam.literals import ContextKeyTypeEnumType
    from mypy_boto3_iam.type_defs import ContextEntryTypeDef, EvaluationResultTypeDef

_BY: Final = "service control policy"
_SOME_FILE: Final = "ubiquity-connection-check"
"""The name that stands for any file: no policy mentions it."""


async def read_organization_denies(
    reading: AccountReading, draft: Draft, role_arn: str
) -> tuple[OrganizationDeny, ...]:
    """Return which of the four actions the organisation denies to ``role_arn``.

    Empty where the sign-in may not ask the simulator: that is no fact about the setup; and where
    the draft names no bucket, as one that revokes may.
    """
    if not draft.buckets:
        return ()
    first, *others = draft.buckets
    # One question tells whether the sign-in may ask the simulator; all others go at once then.
    denied = await _denied_listing(reading, first, role_arn)
    if denied is None:
        return ()
    of_files, *more = await asyncio.gather(
        _denied_files(reading, first, role_arn),
        *(_denied_for(reading, entry, role_arn) for entry in others),
    )
    return tuple(dict.fromkeys((*denied, *of_files, *(deny for denies in more for deny in denies))))


async def _denied_for(
    reading: AccountReading, entry: BucketEntry, role_arn: str
) -> Sequence[OrganizationDeny]:
    of_listing, of_files = await asyncio.gather(
        _denied_listing(reading, entry, role_arn), _denied_files(reading, entry, role_arn)
    )
    return () if of_listing is None else (*of_listing, *of_files)


async def _denied_listing(
    reading: AccountReading, entry: BucketEntry, role_arn: str
) -> Sequence[OrganizationDeny] | None:
    """Return whether listing is denied; None where the simulator won't tell."""
    bucket = bucket_arn(entry.name)
    context = [_entry("s3:max-keys", "1000", "numeric"), *_context(entry)]
    if entry.prefix:
        context.append(_entry("s3:prefix", entry.prefix))
    denied = await _simulate(reading, role_arn, [LIST_ACTION], bucket, context)
    if denied is None:
        return None
    return [OrganizationDeny(action, bucket, _BY) for action in denied]


async def _denied_files(
    reading: AccountReading, entry: BucketEntry, role_arn: str
) -> Sequence[OrganizationDeny]:
    files = f"{bucket_arn(entry.name)}/{entry.prefix}"
    some_file = f"{files}{_SOME_FILE}"
    denied = await _simulate(reading, role_arn, OBJECT_ACTIONS, some_file, _context(entry))
    return [OrganizationDeny(action, f"{files}*", _BY) for action in denied or ()]


def _context(entry: BucketEntry) -> "list[ContextEntryTypeDef]":
    return [
        _entry("aws:SecureTransport", "true", "boolean"),
        _entry("aws:MultiFactorAuthPresent", "false", "boolean"),
        _entry("aws:RequestedRegion", entry.region),
    ]


def _entry(
    name: str, value: str, kind: "ContextKeyTypeEnumType" = "string"
) -> "ContextEntryTypeDef":
    return {"ContextKeyName": name, "ContextKeyValues": [value], "ContextKeyType": kind}


async def _simulate(
    reading: AccountReading,
    role_arn: str,
    actions: Sequence[str],
    resource: str,
    context: "Sequence[ContextEntryTypeDef]",
) -> tuple[str, ...] | None:
    """Return the actions that the organisation denies, or None where the simulator won't tell."""
    answer = await reading.try_quietly(
        "iam:SimulatePrincipalPolicy",
        lambda: (
            reading.clients.iam()
            .get_paginator("simulate_principal_policy")
            .paginate(
                PolicySourceArn=role_arn,
                ActionNames=actions,
                ResourceArns=[resource],
                ContextEntries=context,
            )
            .build_full_result()["EvaluationResults"]
        ),
    )
    if isinstance(answer, AwsFailure):
        return None
    return tuple(result["EvalActionName"] for result in answer if _organization_denies(result))


def _organization_denies(result: "EvaluationResultTypeDef") -> bool:
    detail = result.get("OrganizationsDecisionDetail", {})
    return detail.get("AllowedByOrganizations") is False
