"""What the sign-in itself may do, by IAM's simulator: what is missing, and what nobody tells."""

import asyncio
from urllib.parse import parse_qs

import pytest
from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.exceptions import EndpointConnectionError

from app.aws.account import CustomerAccount
from app.core.changes.needed_actions import NeededAction, OwnPermissions
from app.core.failure import AwsFailure
from tests.aws.doubles import ACCOUNT, Front, answer, body_of, raises

ROLE = f"arn:aws:iam::{ACCOUNT}:role/ubiquity-connectors-s3-access-role"
POLICY = f"arn:aws:iam::{ACCOUNT}:policy/ubiquity-s3-access-policy"
KEY = f"arn:aws:kms:ap-southeast-2:{ACCOUNT}:key/1"
CREATE = NeededAction("iam:CreateRole", ROLE)
ATTACH = NeededAction("iam:AttachRolePolicy", ROLE, (("iam:PolicyARN", POLICY),))
PUT_KEY = NeededAction("kms:PutKeyPolicy", KEY)
NEEDED = (CREATE, ATTACH, PUT_KEY)


class Simulator:
    """Answers as IAM does: ``decisions`` by action, "allowed" for all others."""

    def __init__(self, decisions: dict[str, str], missing: tuple[str, ...] = ()) -> None:
        self.decisions = decisions
        self.missing = "".join(f"<member>{name}</member>" for name in missing)
        self.asked: list[dict[str, list[str]]] = []

    def __call__(self, request: AWSPreparedRequest) -> AWSResponse | None:
        asked = parse_qs(body_of(request))
        self.asked.append(asked)
        actions = [value[0] for name, value in asked.items() if name.startswith("ActionNames")]
        members = "".join(
            f"<member><EvalActionName>{action}</EvalActionName>"
            f"<EvalDecision>{self.decisions.get(action, 'allowed')}</EvalDecision>"
            f"<MissingContextValues>{self.missing}</MissingContextValues></member>"
            for action in actions
        )
        results = f"<EvaluationResults>{members}</EvaluationResults>"
        body = f"<R><SimulatePrincipalPolicyResult>{results}</SimulatePrincipalPolicyResult></R>"
        return answer(200, body)(request)


def _as(front: Front, arn: str) -> None:
    identity = f"<Arn>{arn}</Arn><Account>{ACCOUNT}</Account><UserId>U</UserId>"
    body = f"<R><GetCallerIdentityResult>{identity}</GetCallerIdentityResult></R>"
    front.answers["sts.GetCallerIdentity"] = answer(200, body)


def _ask(account: CustomerAccount) -> OwnPermissions | AwsFailure:
    return asyncio.run(account.own_permissions(NEEDED))


def test_nothing_is_missing(account: CustomerAccount, front: Front) -> None:
    front.answers["iam.SimulatePrincipalPolicy"] = Simulator({})
    assert _ask(account) == OwnPermissions()


@pytest.mark.parametrize("decision", ["implicitDeny", "explicitDeny"])
def test_what_is_missing_is_told(account: CustomerAccount, front: Front, decision: str) -> None:
    front.answers["iam.SimulatePrincipalPolicy"] = Simulator({"iam:AttachRolePolicy": decision})
    assert _ask(account) == OwnPermissions(missing=(ATTACH,))
    front.answers["iam.SimulatePrincipalPolicy"] = Simulator({})
    assert _ask(account) == OwnPermissions()


def test_a_key_policy_may_allow_what_the_simulator_does_not_see(
    account: CustomerAccount, front: Front
) -> None:
    front.answers["iam.SimulatePrincipalPolicy"] = Simulator({"kms:PutKeyPolicy": "implicitDeny"})
    assert _ask(account) == OwnPermissions(unknown=(PUT_KEY,))
    front.answers["iam.SimulatePrincipalPolicy"] = Simulator({"kms:PutKeyPolicy": "explicitDeny"})
    assert _ask(account) == OwnPermissions(missing=(PUT_KEY,))


def test_what_turns_on_something_untold_is_unknown(account: CustomerAccount, front: Front) -> None:
    simulator = Simulator({"iam:CreateRole": "explicitDeny"}, ("aws:MultiFactorAuthPresent",))
    front.answers["iam.SimulatePrincipalPolicy"] = simulator
    assert _ask(account) == OwnPermissions(unknown=(CREATE,))


def test_the_requests_are_simulated_as_they_will_be_sent(
    account: CustomerAccount, front: Front
) -> None:
    simulator = Simulator({})
    front.answers["iam.SimulatePrincipalPolicy"] = simulator
    _as(front, f"arn:aws:iam::{ACCOUNT}:user/team/jo")
    _ask(account)
    assert {asked["PolicySourceArn"][0] for asked in simulator.asked} == {
        f"arn:aws:iam::{ACCOUNT}:user/team/jo"
    }
    asked = {asked["ActionNames.member.1"][0]: asked for asked in simulator.asked}
    texts = {action: str(one) for action, one in asked.items()}
    assert POLICY in texts["iam:AttachRolePolicy"]
    assert "us-east-1" in texts["iam:CreateRole"]
    assert "ap-southeast-2" in texts["kms:PutKeyPolicy"]


@pytest.mark.parametrize("readable", [True, False])
def test_a_session_is_traced_to_its_role(
    account: CustomerAccount, front: Front, readable: bool
) -> None:
    simulator = Simulator({})
    front.answers["iam.SimulatePrincipalPolicy"] = simulator
    _as(front, f"arn:aws:sts::{ACCOUNT}:assumed-role/Admin/jo")
    path = "aws-reserved/sso/" if readable else ""
    arn = f"arn:aws:iam::{ACCOUNT}:role/{path}Admin"
    if readable:
        rest = "<RoleId>AROA</RoleId><CreateDate>2023-11-23T01:02:03Z</CreateDate>"
        where = f"<Path>/{path}</Path><Arn>{arn}</Arn>"
        role = f"<Role>{where}<RoleName>Admin</RoleName>{rest}</Role>"
        front.answers["iam.GetRole"] = answer(200, f"<R><GetRoleResult>{role}</GetRoleResult></R>")
    else:
        front.refuse("iam.GetRole")
    assert _ask(account) == OwnPermissions()
    assert {asked["PolicySourceArn"][0] for asked in simulator.asked} == {arn}


def test_root_may_do_all_and_a_federated_user_cannot_be_simulated(
    account: CustomerAccount, front: Front
) -> None:
    _as(front, f"arn:aws:iam::{ACCOUNT}:root")
    assert _ask(account) == OwnPermissions()
    _as(front, f"arn:aws:sts::{ACCOUNT}:federated-user/jo")
    asyncio.run(account.caller())
    assert _ask(account) == OwnPermissions(unknown=NEEDED, reason="federated")
    assert front.sent("iam.SimulatePrincipalPolicy") == []


def test_who_may_not_ask_is_told_nothing(account: CustomerAccount, front: Front) -> None:
    front.refuse("iam.SimulatePrincipalPolicy")
    assert _ask(account) == OwnPermissions(unknown=NEEDED, reason="refused")


@pytest.mark.parametrize("operation", ["sts.GetCallerIdentity", "iam.SimulatePrincipalPolicy"])
def test_a_lost_network_is_no_lack(account: CustomerAccount, front: Front, operation: str) -> None:
    lost = EndpointConnectionError(endpoint_url="https://iam.amazonaws.com")
    front.answers[operation] = raises(lost)
    failure = _ask(account)
    assert isinstance(failure, AwsFailure)
    assert failure.finding == "env.offline"
    del front.answers[operation]
    front.answers["iam.SimulatePrincipalPolicy"] = Simulator({})
    assert _ask(account) == OwnPermissions()
