"""Which permissions the sign-in itself has, as IAM's policy simulator tells.

Source: IAM User Guide, "Testing IAM policies with the IAM policy simulator"; IAM API Reference,
"SimulatePrincipalPolicy". It weighs the identity's policies, its boundary and the organisation's
policies. It knows no session policy, and a key policy may allow what it does not see.
"""

import asyncio
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Final

from app.aws.calls import Calls
from app.core.changes.needed_actions import NeededAction, OwnPermissions
from app.core.failure import AwsFailure
from app.core.snapshot import Caller

if TYPE_CHECKING:
    from mypy_boto3_iam.type_defs import ContextEntryTypeDef, EvaluationResultTypeDef

SIMULATE: Final = "iam:SimulatePrincipalPolicy"
_OF_IAM: Final = "us-east-1"
"""The region that a request to IAM carries (``aws:RequestedRegion``)."""


async def read_own_permissions(
    calls: Calls, caller: Caller, needed: Sequence[NeededAction]
) -> OwnPermissions | AwsFailure:
    """Return which of ``needed`` the sign-in of ``caller`` lacks, and what AWS would not tell.

    A failure of the network or the sign-in is returned as one. The account's root user lacks
    nothing here: only the organisation could stop it, which shows in AWS's own answer.
    """
    if caller.arn.endswith(":root") or not needed:
        return OwnPermissions()
    source = await _source_of(calls, caller.arn)
    if source is None:
        return OwnPermissions(unknown=tuple(needed), reason="federated")
    groups = [
        list(group) for _, group in groupby(needed, lambda each: (each.resource, each.context))
    ]
    answers = await asyncio.gather(*(_simulate(calls, source, group) for group in groups))
    stopped = next((a for a in answers if isinstance(a, AwsFailure) and a.finding), None)
    if stopped is not None:
        return stopped
    return _together(list(zip(groups, answers, strict=True)))


async def _source_of(calls: Calls, arn: str) -> str | None:
    """Return the ARN of the user or role whose policies count; None for a federated user.

    A session's ARN leaves the role's path out. Where the role may not be read, the ARN without
    a path is right or names nothing: a role's name is unique whatever its path.
    """
    if ":user/" in arn:
        return arn
    start, slash, rest = arn.partition(":assumed-role/")
    if not slash:
        return None
    name = rest.partition("/")[0]
    role_arn = await calls.run(
        "iam:GetRole", lambda: calls.clients.iam().get_role(RoleName=name)["Role"]["Arn"]
    )
    if isinstance(role_arn, str):
        return role_arn
    return f"{start.replace(':sts:', ':iam:')}:role/{name}"


async def _simulate(
    calls: Calls, source: str, group: Sequence[NeededAction]
) -> "list[EvaluationResultTypeDef] | AwsFailure":
    first = group[0]
    context: list[ContextEntryTypeDef] = [
        _entry("aws:RequestedRegion", _region(first.resource)),
        {**_entry("aws:SecureTransport", "true"), "ContextKeyType": "boolean"},
        *(_entry(key, value) for key, value in first.context),
    ]
    return await calls.run(
        SIMULATE,
        lambda: (
            calls.clients.iam()
            .get_paginator("simulate_principal_policy")
            .paginate(
                PolicySourceArn=source,
                ActionNames=[needed.action for needed in group],
                ResourceArns=[first.resource],
                ContextEntries=context,
            )
            .build_full_result()["EvaluationResults"]
        ),
    )


def _region(arn: str) -> str:
    return arn.split(":")[3] or _OF_IAM


def _entry(name: str, value: str) -> "ContextEntryTypeDef":
    return {"ContextKeyName": name, "ContextKeyValues": [value], "ContextKeyType": "string"}


def _together(
    answered: "Sequence[tuple[Sequence[NeededAction], list[EvaluationResultTypeDef] | AwsFailure]]",
) -> OwnPermissions:
    told = list(_told(answered))
    refused = all(isinstance(answer, AwsFailure) for _, answer in answered)
    return OwnPermissions(
        missing=tuple(needed for needed, lacks in told if lacks),
        unknown=tuple(needed for needed, lacks in told if lacks is None),
        reason="refused" if refused else None,
    )


def _told(
    answered: "Sequence[tuple[Sequence[NeededAction], list[EvaluationResultTypeDef] | AwsFailure]]",
) -> Iterator[tuple[NeededAction, bool | None]]:
    for group, answer in answered:
        results = {} if isinstance(answer, AwsFailure) else {r["EvalActionName"]: r for r in answer}
        for needed in group:
            result = results.get(needed.action)
            yield needed, None if result is None else _is_lacking(needed, result)


def _is_lacking(needed: NeededAction, result: "EvaluationResultTypeDef") -> bool | None:
    """Tell whether the action is missing; None where something decides that AWS was not told."""
    decision = result["EvalDecision"]
    if decision == "allowed":
        return False
    if result.get("MissingContextValues"):
        return None
    by_key_policy = needed.action.startswith("kms:") and decision == "implicitDeny"
    return None if by_key_policy else True
