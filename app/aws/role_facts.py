"""Reading the role, and roles whose names look like the required one."""

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, NamedTuple

from app.aws.calls import Calls
from app.aws.policy_facts import (
    NO_SUCH_ENTITY,
    read_attached_policies,
    read_inline_policies,
    read_managed_policy,
)
from app.aws.reading import AccountReading
from app.aws.similar_names import looks_like
from app.aws.transport.aws_clock import moment_of
from app.core.failure import AwsFailure
from app.core.guide import ROLE_NAME
from app.core.snapshot import NEVER_USED, LastUse, PolicyDocument, RoleFacts, SimilarRole, State
from app.flow.clocks import Clock
from app.flow.ports.aws import RoleUse

if TYPE_CHECKING:
    from mypy_boto3_iam.type_defs import GetRoleResponseTypeDef, RoleTypeDef


AskedRole = asyncio.Task["RoleTypeDef | AwsFailure"]
"""What ``ask_for_role`` returns, once AWS has answered."""


async def ask_for_role(reading: AccountReading) -> "RoleTypeDef | AwsFailure":
    """Return what AWS says of the role of the guide's Step 1, or why it does not."""
    return await reading.ask(
        "iam:GetRole", lambda: reading.clients.iam().get_role(RoleName=ROLE_NAME)["Role"]
    )


def is_missing(failure: AwsFailure) -> bool:
    """Tell whether ``ask_for_role`` failed since there is no such role."""
    return failure.code == NO_SUCH_ENTITY


_COLONS: Final = 5
"""Colons in an ARN; the account stands before the last of them."""


async def read_role(reading: AccountReading, asked: AskedRole) -> RoleFacts:
    """Return the role that was ``asked`` for, with all its policies.

    Its lists are asked for meanwhile, by its name; they count where it is there.
    """
    beside = reading.aside()
    lists = asyncio.create_task(_lists(beside, ROLE_NAME))
    try:
        role = await asked
        if isinstance(role, AwsFailure):
            return _unread(reading, role)
        if role["RoleName"] != ROLE_NAME:
            lists.cancel()
            beside = reading.aside()
            lists = asyncio.create_task(_lists(beside, role["RoleName"]))
        read, boundary = await asyncio.gather(lists, _boundary(reading, role))
        reading.adopt(beside)
        return _whole_role(reading, role, read, boundary)
    finally:
        lists.cancel()


def _unread(reading: AccountReading, failure: AwsFailure) -> RoleFacts:
    if is_missing(failure):
        return RoleFacts(State.MISSING)
    reading.miss("role", failure)
    return RoleFacts(State.UNREADABLE)


class _Lists(NamedTuple):
    """What is listed by the role's name."""

    attached: tuple[PolicyDocument, ...]
    inline: tuple[PolicyDocument, ...]
    profiles: tuple[str, ...] | None


async def _lists(reading: AccountReading, name: str) -> _Lists:
    return _Lists(
        *await asyncio.gather(
            read_attached_policies(reading, name),
            read_inline_policies(reading, name),
            _instance_profiles(reading, name),
        )
    )


def _whole_role(
    reading: AccountReading, role: "RoleTypeDef", lists: _Lists, boundary: PolicyDocument | None
) -> RoleFacts:
    return RoleFacts(
        state=State.FOUND,
        arn=role["Arn"],
        name=role["RoleName"],
        path=role["Path"],
        trust_policy=reading.policy(
            "role.trust_policy", "iam:GetRole", role.get("AssumeRolePolicyDocument")
        ),
        permissions_boundary=boundary,
        attached_policies=lists.attached,
        inline_policies=lists.inline,
        id=role["RoleId"],
        tags={tag["Key"]: tag["Value"] for tag in role.get("Tags", ())},
        max_session_duration=role.get("MaxSessionDuration"),
        instance_profiles=lists.profiles,
        last_used=_last_use(role),
    )


async def read_last_use(calls: Calls, clock: Clock) -> RoleUse | AwsFailure:
    """Return since when the role is there, and when it was last used.

    ``clock`` tells the time where AWS's answer does not.
    """
    answer = await calls.run(
        "iam:GetRole", lambda: calls.clients.iam().get_role(RoleName=ROLE_NAME)
    )
    if isinstance(answer, AwsFailure):
        return answer
    role = answer["Role"]
    return RoleUse(
        _in_utc(role["CreateDate"]),
        _last_use(role),
        role.get("AssumeRolePolicyDocument"),
        _told_at(answer) or clock(),
        role["Arn"].split(":")[4] if role["Arn"].count(":") >= _COLONS else None,
    )


def _told_at(answer: "GetRoleResponseTypeDef") -> datetime | None:
    return moment_of(answer["ResponseMetadata"].get("HTTPHeaders", {}).get("date"))


def _last_use(role: "RoleTypeDef") -> LastUse:
    """Return the last use that AWS tells of; an empty one is that of a role never used.

    Source: IAM API Reference, "RoleLastUsed".
    """
    told = role.get("RoleLastUsed", {})
    at = told.get("LastUsedDate")
    return NEVER_USED if at is None else LastUse(_in_utc(at), told.get("Region"))


def _in_utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


async def _boundary(reading: AccountReading, role: "RoleTypeDef") -> PolicyDocument | None:
    arn = role.get("PermissionsBoundary", {}).get("PermissionsBoundaryArn")
    if not arn:
        return None
    name = arn.rpartition("/")[2]
    return await read_managed_policy(reading, name, arn, "role.permissions_boundary")


async def _instance_profiles(reading: AccountReading, name: str) -> tuple[str, ...] | None:
    profiles = await reading.fact(
        "role.instance_profiles",
        "iam:ListInstanceProfilesForRole",
        lambda: (
            reading.clients.iam()
            .get_paginator("list_instance_profiles_for_role")
            .paginate(RoleName=name)
            .build_full_result()["InstanceProfiles"]
        ),
    )
    if profiles is None:
        return None
    return tuple(profile["InstanceProfileName"] for profile in profiles)


async def read_similar_roles(reading: AccountReading) -> tuple[SimilarRole, ...]:
    """Return the account's roles whose names look like the required one."""
    roles = await reading.fact(
        "similar_roles",
        "iam:ListRoles",
        lambda: (
            reading.clients.iam()
            .get_paginator("list_roles")
            .paginate(PaginationConfig={"PageSize": 1000})
            .build_full_result()["Roles"]
        ),
    )
    return tuple(
        SimilarRole(role["RoleName"], role["Arn"])
        for role in roles or ()
        if looks_like(role["RoleName"], ROLE_NAME)
    )
