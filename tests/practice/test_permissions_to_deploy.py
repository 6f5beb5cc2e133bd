"""Somebody with exactly an export's least policy does all that CloudFormation or Terraform calls.

The calls are those of the resources' handlers and of the provider, each resource made, changed and
deleted; the practice AWS's gate asks the program's own evaluator about each.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

import pytest
from botocore.exceptions import ClientError

from app.core.documents.policies import permissions_policy, trust_policy
from app.core.draft import BucketEntry, Draft
from app.core.guide import POLICY_NAME, ROLE_NAME, policy_arn
from app.core.needs.by_export import NEEDS, policy_to_deploy
from app.practice.account import ACCOUNT_ID, DATABASE_ID, KEY_ARN, Keys
from app.practice.server import PracticeAws
from tests.practice.clients import ENCRYPTED, Person

DRAFT: Final = Draft(
    ACCOUNT_ID, DATABASE_ID, (BucketEntry(ENCRYPTED, "ap-southeast-2", kms_key_arn=KEY_ARN),)
)
TEMPLATES: Final = ("cloudformation", "terraform")
ARN: Final = policy_arn(ACCOUNT_ID)
TAGS: Final = [{"Key": "team", "Value": "data"}]
ROLE: Final = {"RoleName": ROLE_NAME}
POLICY: Final = {"PolicyArn": ARN}
TRUST: Final = json.dumps(trust_policy(DATABASE_ID))
DOCUMENT: Final = json.dumps(permissions_policy(DRAFT.buckets))
NOT_IN_THE_GATE: Final = frozenset({"cloudformation", "s3"})
"""What the practice AWS does not have: CloudFormation, and its bucket for uploads."""

Call = tuple[str, Mapping[str, Any]]


def _calls(export: str) -> Iterator[Call]:
    """Yield IAM's calls of a stack, or of a state, that is made, changed and deleted."""
    of_template = {
        "cloudformation": ("ListEntitiesForPolicy", POLICY),
        "terraform": ("ListInstanceProfilesForRole", ROLE),
    }
    yield "CreateRole", {**ROLE, "AssumeRolePolicyDocument": TRUST, "Tags": TAGS}
    yield "TagRole", {**ROLE, "Tags": TAGS}
    yield from ((name, ROLE) for name in ("GetRole", "ListRolePolicies"))
    yield "CreatePolicy", {"PolicyName": POLICY_NAME, "PolicyDocument": DOCUMENT}
    yield "GetPolicy", POLICY
    yield "GetPolicyVersion", {**POLICY, "VersionId": "v1"}
    yield "AttachRolePolicy", {**ROLE, **POLICY}
    yield "ListAttachedRolePolicies", ROLE
    yield "UpdateAssumeRolePolicy", {**ROLE, "PolicyDocument": TRUST}
    yield "UpdateRole", {**ROLE, "Description": "changed"}
    yield "CreatePolicyVersion", {**POLICY, "PolicyDocument": DOCUMENT, "SetAsDefault": True}
    yield "ListPolicyVersions", POLICY
    yield "DeletePolicyVersion", {**POLICY, "VersionId": "v1"}
    if export == "terraform":
        yield "TagPolicy", {**POLICY, "Tags": TAGS}
        yield "UntagPolicy", {**POLICY, "TagKeys": ["team"]}
    yield "UntagRole", {**ROLE, "TagKeys": ["team"]}
    yield of_template[export]
    yield "DetachRolePolicy", {**ROLE, **POLICY}
    yield "DeletePolicy", POLICY
    yield "DeleteRole", ROLE


class Deployer:
    """A user of the practice account who has an export's least policy, and nothing else."""

    def __init__(self, aws: PracticeAws, admin: Person, policy: Mapping[str, object]) -> None:
        admin.iam.create_user(UserName="deployer")
        admin.iam.put_user_policy(
            UserName="deployer", PolicyName="it", PolicyDocument=json.dumps(policy)
        )
        key = admin.iam.create_access_key(UserName="deployer")["AccessKey"]
        self._person = Person(aws, Keys(key["AccessKeyId"], key["SecretAccessKey"]))

    def call(self, operation: str, parameters: Mapping[str, Any]) -> Any:  # noqa: ANN401
        """Send one request to IAM, or to KMS where it is about a key."""
        client: Any = self._person.kms if "KeyId" in parameters else self._person.iam
        words = "".join(f"_{c.lower()}" if c.isupper() else c for c in operation).lstrip("_")
        method: Callable[..., Any] = getattr(client, words)
        return method(**parameters)


@pytest.mark.parametrize("export", TEMPLATES)
def test_it_is_enough_and_nothing_in_it_is_idle(
    aws: PracticeAws, admin: Person, export: str
) -> None:
    deployer = Deployer(aws, admin, policy_to_deploy(export, DRAFT))
    calls = [*_calls(export), ("DescribeKey", {"KeyId": KEY_ARN})]
    for operation, parameters in calls:
        deployer.call(operation, parameters)
    document = deployer.call("GetKeyPolicy", {"KeyId": KEY_ARN})["Policy"]
    deployer.call("PutKeyPolicy", {"KeyId": KEY_ARN, "Policy": document})
    called = {f"iam:{name}" for name, parameters in calls if "KeyId" not in parameters}
    needed = {need.action for need in NEEDS[export](DRAFT)}
    of_iam = {action for action in needed if action.startswith("iam:")}
    # An inline policy is read where a role has one: ours has none.
    assert of_iam == called | {"iam:GetRolePolicy"}
    services = {action.partition(":")[0] for action in needed}
    assert services - NOT_IN_THE_GATE == {"iam", "kms"}


@pytest.mark.parametrize("export", TEMPLATES)
@pytest.mark.parametrize(
    ("operation", "parameters"),
    [
        ("AttachRolePolicy", {**ROLE, "PolicyArn": "arn:aws:iam::aws:policy/AdministratorAccess"}),
        ("CreateRole", {"RoleName": "another", "AssumeRolePolicyDocument": TRUST}),
        ("CreatePolicy", {"PolicyName": "another", "PolicyDocument": DOCUMENT}),
        ("PutRolePolicy", {**ROLE, "PolicyName": "x", "PolicyDocument": DOCUMENT}),
        ("DeleteRolePermissionsBoundary", ROLE),
        ("CreateUser", {"UserName": "another"}),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_it_is_no_more(
    aws: PracticeAws, admin: Person, export: str, operation: str, parameters: Mapping[str, Any]
) -> None:
    admin.iam.create_role(RoleName=ROLE_NAME, AssumeRolePolicyDocument=TRUST)
    deployer = Deployer(aws, admin, policy_to_deploy(export, DRAFT))
    with pytest.raises(ClientError) as refused:
        deployer.call(operation, parameters)
    assert refused.value.response["Error"]["Code"] == "AccessDenied"
