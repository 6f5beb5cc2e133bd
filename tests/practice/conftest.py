"""One practice AWS for all tests of this folder, seeded anew for each."""

import json
from collections.abc import Iterator, Mapping

import pytest

from app.core.documents.policies import permissions_policy, trust_policy
from app.core.draft import BucketEntry
from app.core.guide import POLICY_NAME, ROLE_NAME
from app.practice.account import DATABASE_ID, Keys
from app.practice.pace import AT_ONCE
from app.practice.server import PracticeAws
from tests.helpers.aws_cli import aws_cli
from tests.practice.clients import ENCRYPTED, IMPORTS, POLICY_ARN, ROLE_ARN, Person


@pytest.fixture(scope="session")
def server() -> Iterator[PracticeAws]:
    with PracticeAws() as aws:
        yield aws


@pytest.fixture
def aws(server: PracticeAws) -> PracticeAws:
    server.reset()
    server._ledger.pace = AT_ONCE
    return server


@pytest.fixture
def admin(aws: PracticeAws) -> Person:
    return Person(aws, aws.admin)


@pytest.fixture
def ubiquity(aws: PracticeAws) -> Person:
    return Person(aws, aws.ubiquity)


@pytest.fixture(scope="module")
def cli() -> Iterator[str]:
    """Return a command that is the AWS CLI, loaded once for all calls."""
    with aws_cli() as command:
        yield command


class Setup:
    """The guide's setup, made by the administrator through real calls, whole or in parts."""

    def __init__(self, admin: Person, ubiquity: Person) -> None:
        self.admin = admin
        self.ubiquity = ubiquity

    def role(self, trust: Mapping[str, object] | None = None) -> None:
        """Step 1 and 2."""
        self.admin.iam.create_role(
            RoleName=ROLE_NAME,
            AssumeRolePolicyDocument=json.dumps(trust or trust_policy(DATABASE_ID)),
        )

    def policy(self, document: Mapping[str, object] | str | None = None) -> None:
        """Step 3: the policy, made and attached; for the bucket with files unless given."""
        whole = permissions_policy([BucketEntry(IMPORTS, "ap-southeast-2")])
        given = document if document is not None else whole
        text = given if isinstance(given, str) else json.dumps(given)
        self.admin.iam.create_policy(PolicyName=POLICY_NAME, PolicyDocument=text)
        self.admin.iam.attach_role_policy(RoleName=ROLE_NAME, PolicyArn=POLICY_ARN)

    def whole(self) -> Person:
        """All of it for the bucket with files, and the connector's session."""
        self.role()
        self.policy()
        return self.connector()

    def encrypted(self) -> Person:
        """All of it for the encrypted bucket, without a word in the key's policy."""
        self.role()
        self.policy(permissions_policy([BucketEntry(ENCRYPTED, "ap-southeast-2")]))
        return self.connector()

    def connector(self, region: str = "ap-southeast-2") -> Person:
        """Assume the role as UbiQuity does."""
        return self.session_of(self.ubiquity, external_id=DATABASE_ID).at(region)

    def session_of(self, person: Person, external_id: str | None = None) -> Person:
        extra = {} if external_id is None else {"ExternalId": external_id}
        answer = person.sts.assume_role(
            RoleArn=ROLE_ARN,
            RoleSessionName="connector",
            **extra,  # type: ignore[arg-type]
        )
        made = answer["Credentials"]
        keys = Keys(made["AccessKeyId"], made["SecretAccessKey"], made["SessionToken"])
        return Person(person.aws, keys, person.region)


@pytest.fixture
def setup(admin: Person, ubiquity: Person) -> Setup:
    return Setup(admin, ubiquity)
