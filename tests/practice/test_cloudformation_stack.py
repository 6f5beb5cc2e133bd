"""The CloudFormation template deployed for real, by moto's CloudFormation, and read by the program.

It makes the practice account's own role, so the program's report says whether it is right.
"""

import asyncio
import json
from collections.abc import Iterator
from typing import Any, Final

import boto3
import pytest
from moto.server import ThreadedMotoServer

from app.aws.access import GivenKeys
from app.aws.account import CustomerAccount
from app.core.diagnosis.diagnose import diagnose
from app.core.documents.file_names import KMS_FILE
from app.core.documents.policies import trust_policy
from app.core.draft import BucketEntry, Draft
from app.core.guide import ROLE_NAME, policy_arn, role_arn
from app.core.needs.by_export import STACK_NAME
from app.core.planning.plan import plan
from app.core.snapshot import Snapshot
from app.exports.cloudformation.template import BOUNDARY, TEMPLATE_FILE, cloudformation_files
from app.practice.account import (
    ACCOUNT_ID,
    DATABASE_ID,
    KEY_ARN,
    PARTNER_ACCOUNT_ID,
    Keys,
)
from app.practice.server import PracticeAws
from tests.practice.clients import ENCRYPTED, IMPORTS, Person
from tests.practice.conftest import Setup

REGION: Final = "ap-southeast-2"
DRAFT: Final = Draft(
    ACCOUNT_ID,
    DATABASE_ID,
    (
        BucketEntry(IMPORTS, REGION, "imports/", restrict_to_prefix=True),
        BucketEntry(ENCRYPTED, REGION, kms_key_arn=KEY_ARN),
    ),
)


@pytest.fixture(scope="module")
def moto_address(server: PracticeAws) -> Iterator[str]:
    """Serve moto without the gate, which offers no CloudFormation; its accounts are the same.

    The first stack of a process takes a second or two: moto then imports all that it can make.
    """
    assert server.endpoint_url
    threaded = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    threaded.start()
    host, port = threaded.get_host_and_port()
    yield f"http://{host}:{port}"
    threaded.stop()


class Stacks:
    """CloudFormation as somebody with ``keys`` uses it."""

    def __init__(self, address: str, keys: Keys, region: str = REGION) -> None:
        self._client: Any = boto3.Session().client(
            "cloudformation",
            endpoint_url=address,
            region_name=region,
            aws_access_key_id=keys.access_key_id,
            aws_secret_access_key=keys.secret_access_key,
        )

    def make(self, draft: Draft, **parameters: str) -> dict[str, str]:
        """Make the stack with the capability that the steps name; return its outputs."""
        texts = {file.name: file.text for file in cloudformation_files(draft)}
        self._client.create_stack(
            StackName=STACK_NAME,
            TemplateBody=texts[TEMPLATE_FILE],
            Capabilities=["CAPABILITY_NAMED_IAM"],
            Parameters=[
                {"ParameterKey": key, "ParameterValue": text} for key, text in parameters.items()
            ],
        )
        [stack] = self._client.describe_stacks(StackName=STACK_NAME)["Stacks"]
        assert stack["StackStatus"] == "CREATE_COMPLETE"
        return {output["OutputKey"]: output["OutputValue"] for output in stack["Outputs"]}


def add_key_statement(admin: Person) -> None:
    """Do what the steps leave to a person: the statement, beside what is in the key's policy."""
    [text] = [file.text for file in cloudformation_files(DRAFT) if file.name == KMS_FILE]
    policy = json.loads(admin.kms.get_key_policy(KeyId=KEY_ARN)["Policy"])
    policy["Statement"].append(json.loads(text))
    admin.kms.put_key_policy(KeyId=KEY_ARN, Policy=json.dumps(policy))


def snapshot(aws: PracticeAws) -> Snapshot:
    keys = GivenKeys(aws.endpoint_url, aws.admin.access_key_id, aws.admin.secret_access_key)
    return asyncio.run(CustomerAccount(keys).read_snapshot(DRAFT))


def test_the_stack_is_all_that_is_needed_but_the_keys_statement(
    aws: PracticeAws, admin: Person, setup: Setup, moto_address: str
) -> None:
    """One test, so that one process alone imports all of moto's CloudFormation."""
    outputs = Stacks(moto_address, aws.admin).make(DRAFT)
    assert outputs == _outputs(ACCOUNT_ID)
    assert diagnose(DRAFT, snapshot(aws)).verdict == "blocked"
    add_key_statement(admin)
    made = snapshot(aws)
    assert diagnose(DRAFT, made).verdict == "ready"
    assert plan(DRAFT, made).changes == ()
    files = setup.connector().s3.list_objects_v2(Bucket=IMPORTS, Prefix="imports/")
    assert files["KeyCount"] > 0
    _in_another_account(aws, moto_address)


def _in_another_account(aws: PracticeAws, moto_address: str) -> None:
    """Deploy the same file as a StackSet does, with what a company may ask for."""
    partner = Person(aws, aws.partner)
    everything = {"Effect": "Allow", "Action": "*", "Resource": "*"}
    document = json.dumps({"Version": "2012-10-17", "Statement": [everything]})
    bounds = partner.iam.create_policy(PolicyName="B", Path="/team/", PolicyDocument=document)
    stacks = Stacks(moto_address, aws.partner)
    given = {
        BOUNDARY: f"arn:aws:iam::{ACCOUNT_ID}:policy/team/B",
        "TagKey1": "team",
        "TagValue1": "data",
    }
    assert stacks.make(DRAFT, **given) == _outputs(PARTNER_ACCOUNT_ID)
    role = partner.iam.get_role(RoleName=ROLE_NAME)["Role"]
    assert role["AssumeRolePolicyDocument"] == trust_policy(DATABASE_ID)
    assert role["PermissionsBoundary"]["PermissionsBoundaryArn"] == bounds["Policy"]["Arn"]
    assert role["Tags"] == [{"Key": "team", "Value": "data"}]
    attached = partner.iam.list_attached_role_policies(RoleName=ROLE_NAME)["AttachedPolicies"]
    assert [policy["PolicyArn"] for policy in attached] == [policy_arn(PARTNER_ACCOUNT_ID)]


def _outputs(account: str) -> dict[str, str]:
    return {"RoleArn": role_arn(account), "PolicyArn": policy_arn(account), "AccountId": account}
