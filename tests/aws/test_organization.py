"""What IAM's simulator attributes to the organisation. moto has none: AWS's answers are canned."""

import asyncio
import json
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

import pytest
from botocore.awsrequest import AWSPreparedRequest, AWSResponse

from app.aws.account import CustomerAccount
from app.core.draft import BucketEntry
from app.core.guide import ROLE_NAME, role_arn
from app.core.snapshot import OrganizationDeny, Snapshot
from tests.aws.doubles import ACCOUNT, REGION, Front, answer, body_of, draft, refusal
from tests.aws.setups import TRUST

if TYPE_CHECKING:
    from mypy_boto3_iam import IAMClient

ENTRIES = (BucketEntry("first-bucket", REGION, "in/"), BucketEntry("second-bucket", "eu-west-1"))


@pytest.fixture(autouse=True)
def role(iam: "IAMClient") -> None:
    iam.create_role(RoleName=ROLE_NAME, AssumeRolePolicyDocument=json.dumps(TRUST))


def _read(account: CustomerAccount) -> Snapshot:
    return asyncio.run(account.read_snapshot(draft(*ENTRIES)))


class Simulator:
    """Answers as IAM does, with some actions denied by the organisation."""

    def __init__(self, *denied: str) -> None:
        self.denied = denied
        self.asked: list[dict[str, list[str]]] = []

    def __call__(self, request: AWSPreparedRequest) -> AWSResponse | None:
        asked = parse_qs(body_of(request))
        self.asked.append(asked)
        actions = [value[0] for name, value in asked.items() if name.startswith("ActionNames")]
        members = "".join(self._result(action, asked) for action in actions)
        results = (
            f"<EvaluationResults>{members}</EvaluationResults><IsTruncated>false</IsTruncated>"
        )
        body = f"<R><SimulatePrincipalPolicyResult>{results}</SimulatePrincipalPolicyResult></R>"
        return answer(200, body)(request)

    def _result(self, action: str, asked: dict[str, list[str]]) -> str:
        name = f"<EvalActionName>{action}</EvalActionName><EvalDecision>implicitDeny</EvalDecision>"
        allowed = "false" if action in self.denied else "true"
        detail = f"<AllowedByOrganizations>{allowed}</AllowedByOrganizations>"
        # An account outside of an organisation has no detail at all.
        if "second-bucket" in asked["ResourceArns.member.1"][0]:
            detail = ""
        whole = f"<OrganizationsDecisionDetail>{detail}</OrganizationsDecisionDetail>"
        return f"<member>{name}{whole if detail else ''}</member>"


def test_what_the_organisation_denies_is_taken(account: CustomerAccount, front: Front) -> None:
    front.answers["iam.SimulatePrincipalPolicy"] = Simulator("s3:ListBucket", "s3:DeleteObject")
    snapshot = _read(account)
    assert snapshot.organization_denies == (
        OrganizationDeny("s3:ListBucket", "arn:aws:s3:::first-bucket", "service control policy"),
        OrganizationDeny(
            "s3:DeleteObject", "arn:aws:s3:::first-bucket/in/*", "service control policy"
        ),
    )
    assert snapshot.unreadable == ()


def _context(asked: dict[str, list[str]]) -> dict[str, str]:
    names = {key: value[0] for key, value in asked.items() if key.endswith("ContextKeyName")}
    return {
        name: asked[key.replace("ContextKeyName", "ContextKeyValues.member.1")][0]
        for key, name in names.items()
    }


def test_the_connectors_own_requests_are_simulated(account: CustomerAccount, front: Front) -> None:
    simulator = Simulator()
    front.answers["iam.SimulatePrincipalPolicy"] = simulator
    _read(account)
    assert {asked["PolicySourceArn"][0] for asked in simulator.asked} == {role_arn(ACCOUNT)}
    by_resource = {asked["ResourceArns.member.1"][0]: asked for asked in simulator.asked}
    listing = _context(by_resource["arn:aws:s3:::first-bucket"])
    assert (listing["s3:prefix"], listing["s3:max-keys"]) == ("in/", "1000")
    assert listing["aws:RequestedRegion"] == REGION
    # The connector sends no prefix where it has none, and none with a file.
    assert "s3:prefix" not in _context(by_resource["arn:aws:s3:::second-bucket"])
    files = by_resource["arn:aws:s3:::first-bucket/in/ubiquity-connection-check"]
    assert "s3:prefix" not in _context(files)
    assert [files[f"ActionNames.member.{n}"][0] for n in (1, 2, 3)] == [
        "s3:GetObject",
        "s3:PutObject",
        "s3:DeleteObject",
    ]


@pytest.mark.parametrize(
    ("code", "status"), [("AccessDenied", 403), ("NoSuchEntity", 404), ("PolicyEvaluation", 500)]
)
def test_a_simulator_that_will_not_tell_is_no_fact(
    account: CustomerAccount, front: Front, code: str, status: int
) -> None:
    front.answers["iam.SimulatePrincipalPolicy"] = refusal("iam", code, status)
    snapshot = _read(account)
    assert (snapshot.organization_denies, snapshot.unreadable) == ((), ())
    assert snapshot.observations == ()


def test_a_simulator_that_will_not_tell_is_asked_once(
    account: CustomerAccount, front: Front
) -> None:
    _read(account)
    assert len(front.sent("iam.SimulatePrincipalPolicy")) == 1
