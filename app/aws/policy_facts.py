"""Reading policies: managed ones with their default version, inline ones, the customer's own."""

import asyncio
from typing import TYPE_CHECKING

from app.aws.reading import AccountReading
from app.core.failure import AwsFailure
from app.core.guide import POLICY_NAME, policy_arn
from app.core.snapshot import CustomerPolicy, PolicyDocument, PolicyVersion, State

if TYPE_CHECKING:
    from mypy_boto3_iam.type_defs import PolicyTypeDef

NO_SUCH_ENTITY = "NoSuchEntity"
"""IAM's code for what does not exist."""


async def read_managed_policy(
    reading: AccountReading, name: str, arn: str, what: str
) -> PolicyDocument:
    """Return the policy ``arn`` with the document of its default version.

    Where that can't be read, the document is None and noted as ``<what>.document``.
    """
    policy = await reading.fact(
        f"{what}.document",
        "iam:GetPolicy",
        lambda: reading.clients.iam().get_policy(PolicyArn=arn)["Policy"],
    )
    if policy is None:
        return PolicyDocument(name, None, arn)
    version = policy["DefaultVersionId"]
    document = await _document(reading, arn, version, f"{what}.document")
    return PolicyDocument(name, document, arn, version)


async def read_attached_policies(reading: AccountReading, role: str) -> tuple[PolicyDocument, ...]:
    """Return the managed policies attached to ``role``, AWS's own among them."""
    attached = await reading.fact(
        "role.attached_policies",
        "iam:ListAttachedRolePolicies",
        lambda: (
            reading.clients.iam()
            .get_paginator("list_attached_role_policies")
            .paginate(RoleName=role)
            .build_full_result()["AttachedPolicies"]
        ),
    )
    whats = (f"role.attached_policies[{index}]" for index in range(len(attached or ())))
    return tuple(
        await asyncio.gather(
            *(
                read_managed_policy(reading, policy["PolicyName"], policy["PolicyArn"], what)
                for policy, what in zip(attached or (), whats, strict=True)
            )
        )
    )


async def read_inline_policies(reading: AccountReading, role: str) -> tuple[PolicyDocument, ...]:
    """Return the policies written into ``role`` itself."""
    names = await reading.fact(
        "role.inline_policies",
        "iam:ListRolePolicies",
        lambda: (
            reading.clients.iam()
            .get_paginator("list_role_policies")
            .paginate(RoleName=role)
            .build_full_result()["PolicyNames"]
        ),
    )
    return tuple(
        await asyncio.gather(
            *(
                _inline_policy(reading, role, name, f"role.inline_policies[{index}]")
                for index, name in enumerate(names or ())
            )
        )
    )


async def _inline_policy(
    reading: AccountReading, role: str, name: str, what: str
) -> PolicyDocument:
    answer = await reading.fact(
        f"{what}.document",
        "iam:GetRolePolicy",
        lambda: reading.clients.iam().get_role_policy(RoleName=role, PolicyName=name),
    )
    document = None if answer is None else answer["PolicyDocument"]
    return PolicyDocument(name, reading.policy(f"{what}.document", "iam:GetRolePolicy", document))


async def read_customer_policy(reading: AccountReading) -> CustomerPolicy:
    """Return the policy of the guide's Step 3, attached or not."""
    policy = await _find_customer_policy(reading)
    if policy is None:
        return CustomerPolicy(State.MISSING)
    if isinstance(policy, AwsFailure):
        reading.miss("customer_policy", policy)
        return CustomerPolicy(State.UNREADABLE)
    arn, version = policy["Arn"], policy["DefaultVersionId"]
    document, versions, attached_to = await asyncio.gather(
        _document(reading, arn, version, "customer_policy.document"),
        _versions(reading, arn),
        _attached_to(reading, arn),
    )
    tags = {tag["Key"]: tag["Value"] for tag in policy.get("Tags", ())}
    return CustomerPolicy(State.FOUND, arn, version, document, versions, attached_to, tags)


async def _find_customer_policy(reading: AccountReading) -> "PolicyTypeDef | AwsFailure | None":
    arn = policy_arn(reading.account_id)
    policy = await _policy(reading, arn)
    if not isinstance(policy, AwsFailure) or policy.code != NO_SUCH_ENTITY:
        return policy
    under_a_path = await _arn_by_name(reading)
    return await _policy(reading, under_a_path) if under_a_path else None


async def _policy(reading: AccountReading, arn: str) -> "PolicyTypeDef | AwsFailure":
    return await reading.ask(
        "iam:GetPolicy", lambda: reading.clients.iam().get_policy(PolicyArn=arn)["Policy"]
    )


async def _arn_by_name(reading: AccountReading) -> str | None:
    """Look for the policy under a path; not to be allowed to look counts as not there.

    A sign-in that may see only this one policy is right to take it as missing, and AWS refuses
    to create a second one of its name in any case.
    """
    policies = await reading.ask(
        "iam:ListPolicies",
        lambda: (
            reading.clients.iam()
            .get_paginator("list_policies")
            .paginate(Scope="Local")
            .build_full_result()["Policies"]
        ),
    )
    if isinstance(policies, AwsFailure):
        return None
    return next((p["Arn"] for p in policies if p["PolicyName"] == POLICY_NAME), None)


async def _document(reading: AccountReading, arn: str, version: str, what: str) -> object:
    document = await reading.fact(
        what,
        "iam:GetPolicyVersion",
        lambda: (
            reading.clients.iam()
            .get_policy_version(PolicyArn=arn, VersionId=version)["PolicyVersion"]
            .get("Document")
        ),
    )
    return reading.policy(what, "iam:GetPolicyVersion", document)


async def _versions(reading: AccountReading, arn: str) -> tuple[PolicyVersion, ...] | None:
    versions = await reading.fact(
        "customer_policy.versions",
        "iam:ListPolicyVersions",
        lambda: (
            reading.clients.iam()
            .get_paginator("list_policy_versions")
            .paginate(PolicyArn=arn)
            .build_full_result()["Versions"]
        ),
    )
    if versions is None:
        return None
    return tuple(
        PolicyVersion(v["VersionId"], v.get("CreateDate"), v["IsDefaultVersion"]) for v in versions
    )


async def _attached_to(reading: AccountReading, arn: str) -> tuple[str, ...] | None:
    """Return the names of the roles that carry the policy; users and groups as ``user/NAME``."""
    entities = await reading.fact(
        "customer_policy.attached_to",
        "iam:ListEntitiesForPolicy",
        lambda: (
            reading.clients.iam()
            .get_paginator("list_entities_for_policy")
            .paginate(PolicyArn=arn)
            .build_full_result()
        ),
    )
    if entities is None:
        return None
    return (
        *(role["RoleName"] for role in entities["PolicyRoles"]),
        *(f"user/{user['UserName']}" for user in entities["PolicyUsers"]),
        *(f"group/{group['GroupName']}" for group in entities["PolicyGroups"]),
    )
