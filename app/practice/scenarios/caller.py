"""Rehearsals about who is asking: this computer's way to AWS, and the sign-in."""

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from app.core.change import Change, ChangeKind
from app.core.documents.policies import trust_policy
from app.core.guide import role_arn
from app.core.i18n import mark
from app.practice.account import ACCOUNT_ID, Keys
from app.practice.faults import OUTAGE, THROTTLING
from app.practice.refusal import Refusal
from app.practice.scenarios.aws_settings import SettingsFolder
from app.practice.scenarios.company_network import ClosedDoor, InspectingCompany, RefusingProxy
from app.practice.scenarios.scenario import Scenario, Seen
from app.practice.scenarios.sign_ins import WithKeys
from app.practice.scenarios.stage import RehearsalStage, allow, deny, document

_PROFILE: Final = "practice"
_OPT_IN_REGION: Final = "af-south-1"
_PATIENCE: Final = 2.0
_BEHIND_PROXY: Final = "https://aws.practice.invalid"
"""An address that is reserved for never being there (RFC 2606), so that nothing can leave."""

_OPERATOR: Final = "practice-operator"
_BROKEN: Final = f"[profile {_PROFILE}]\nregion = ap-southeast-2\nthis line means nothing\n"


def _offline(stage: RehearsalStage) -> None:
    stage.everything()
    door = stage.props.enter_context(ClosedDoor())
    stage.sign_in = WithKeys(door.url, stage.aws.admin)


def _proxy(stage: RehearsalStage) -> None:
    stage.everything()
    folder = stage.props.enter_context(SettingsFolder())
    proxy = stage.props.enter_context(RefusingProxy())
    stage.sign_in = folder.settings(
        _PROFILE,
        config=_profile(_BEHIND_PROXY, stage.aws.admin),
        environment={"HTTP_PROXY": proxy.url, "HTTPS_PROXY": proxy.url},
    )


def _intercepted(stage: RehearsalStage) -> None:
    stage.everything()
    folder = stage.props.enter_context(SettingsFolder())
    company = stage.props.enter_context(InspectingCompany(folder.path))
    stage.sign_in = WithKeys(company.url, stage.aws.admin)


def _clock(stage: RehearsalStage) -> None:
    stage.everything()
    stage.aws.faults.clock_ahead = timedelta(hours=1)


def _timeout(stage: RehearsalStage) -> None:
    stage.everything()
    stage.sign_in = WithKeys(stage.aws.endpoint_url, stage.aws.admin, _PATIENCE)
    stage.aws.faults.silent = True


def _throttled(stage: RehearsalStage) -> None:
    _every_answer(stage, THROTTLING)


def _fault(stage: RehearsalStage) -> None:
    _every_answer(stage, OUTAGE)


def _every_answer(stage: RehearsalStage, refusals: Mapping[str, Refusal]) -> None:
    stage.everything()
    stage.aws.faults.refusals = refusals


def _no_sign_in(stage: RehearsalStage) -> None:
    stage.everything()
    stage.sign_in = stage.props.enter_context(SettingsFolder()).settings()


def _no_profile(stage: RehearsalStage) -> None:
    stage.everything()
    folder = stage.props.enter_context(SettingsFolder())
    config = _profile(stage.aws.endpoint_url, stage.aws.admin)
    stage.sign_in = folder.settings("practise", config=config)


def _other_endpoint(stage: RehearsalStage) -> None:
    """Let a forgotten setting lead to the practice AWS as to any emulator."""
    stage.everything()
    folder = stage.props.enter_context(SettingsFolder())
    config = _profile(stage.aws.endpoint_url, stage.aws.admin)
    stage.sign_in = folder.settings(_PROFILE, config=config)


def _broken_config(stage: RehearsalStage) -> None:
    stage.everything()
    folder = stage.props.enter_context(SettingsFolder())
    stage.sign_in = folder.settings(_PROFILE, config=_BROKEN)


def _region_off(stage: RehearsalStage) -> None:
    stage.everything()
    stage.aws.faults.regions_off = frozenset({_OPT_IN_REGION})
    folder = stage.props.enter_context(SettingsFolder())
    config = _profile(stage.aws.endpoint_url, stage.aws.admin, _OPT_IN_REGION)
    stage.sign_in = folder.settings(_PROFILE, config=config)


def _profile(endpoint_url: str, keys: Keys, region: str = "ap-southeast-2") -> str:
    """Return a config file with one profile, all of whose calls go to ``endpoint_url``."""
    return (
        f"[profile {_PROFILE}]\nregion = {region}\nendpoint_url = {endpoint_url}\n"
        f"aws_access_key_id = {keys.access_key_id}\n"
        f"aws_secret_access_key = {keys.secret_access_key}\n"
    )


def _expired(stage: RehearsalStage) -> None:
    """Sign in with a role's session whose time is up."""
    stage.everything()
    iam = stage.admin.iam
    account = {"AWS": f"arn:aws:iam::{ACCOUNT_ID}:root"}
    trust = document({"Effect": "Allow", "Principal": account, "Action": "sts:AssumeRole"})
    role = iam.create_role(RoleName=_OPERATOR, AssumeRolePolicyDocument=json.dumps(trust))["Role"]
    stage.attach("arn:aws:iam::aws:policy/AdministratorAccess", role=_OPERATOR)
    session = stage.admin.sts.assume_role(RoleArn=role["Arn"], RoleSessionName="yesterday")
    keys = session["Credentials"]
    stage.sign_in_with(
        Keys(
            keys["AccessKeyId"],
            keys["SecretAccessKey"],
            keys["SessionToken"],
        )
    )
    stage.aws.faults.ended_sessions.add(keys["AccessKeyId"])


def _inactive_key(stage: RehearsalStage) -> None:
    stage.everything()
    keys = stage.colleague("practice-colleague", allow("*"))
    stage.admin.iam.update_access_key(
        UserName="practice-colleague", AccessKeyId=keys.access_key_id, Status="Inactive"
    )
    stage.sign_in_with(keys)


def _wrong_account(stage: RehearsalStage) -> None:
    stage.everything()
    stage.sign_in_with(stage.aws.partner)


def _wrong_partition(stage: RehearsalStage) -> None:
    """Let the account be in China, where AWS takes no trust policy that names UbiQuity's."""
    stage.aws.faults.partition = "aws-cn"


def _not_allowed(stage: RehearsalStage) -> None:
    """Sign in as somebody who may look at everything, and change nothing."""
    stage.policy()
    looking = allow("iam:Get*", "iam:List*", "iam:Simulate*", "s3:*", "kms:*")
    stage.sign_in_with(stage.colleague("practice-auditor", looking, deny("iam:Create*")))
    target, trust = role_arn(ACCOUNT_ID), trust_policy(stage.draft.database_id)
    stage.change = Change(ChangeKind.CREATE_ROLE, target, None, trust, reversible=True)


SCENARIOS: Final = (
    Scenario("env.offline", mark("This computer does not reach AWS."), _offline),
    Scenario("env.proxy", mark("The company's proxy asks for a password."), _proxy),
    Scenario("env.tls-intercepted", mark("The company looks into the connection."), _intercepted),
    Scenario("env.clock-skew", mark("This computer's clock is an hour slow."), _clock),
    Scenario("env.timeout", mark("AWS does not answer."), _timeout),
    Scenario("env.throttled", mark("AWS asks to slow down."), _throttled),
    Scenario("env.aws-fault", mark("AWS has an error on its side."), _fault),
    Scenario("signin.none", mark("This computer has no AWS sign-in."), _no_sign_in),
    Scenario("signin.profile-missing", mark("The profile does not exist."), _no_profile),
    Scenario("signin.expired", mark("The sign-in has expired."), _expired),
    Scenario("signin.invalid", mark("The access key was switched off."), _inactive_key),
    Scenario("signin.config-broken", mark("The AWS config file has a mistake."), _broken_config),
    Scenario("signin.region-disabled", mark("The region is not switched on."), _region_off),
    Scenario("signin.wrong-account", mark("The sign-in is a partner's."), _wrong_account),
    Scenario("signin.wrong-partition", mark("The account is in AWS China."), _wrong_partition),
    Scenario(
        "signin.other-endpoint", mark("A forgotten setting names an emulator."), _other_endpoint
    ),
    Scenario(
        "signin.not-allowed",
        mark("The sign-in may look, but change nothing."),
        _not_allowed,
        Seen.CHANGE,
    ),
)
