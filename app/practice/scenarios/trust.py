"""Rehearsals about the trust policy: who may assume the role, and with which External ID."""

import json
from collections.abc import Callable
from typing import Final

from app.core.documents.policies import Document
from app.core.guide import PLACEHOLDER_DATABASE_ID, UBIQUITY_ROOT_ARN
from app.core.i18n import mark
from app.practice.account import DATABASE_ID, PARTNER_ACCOUNT_ID
from app.practice.needs import CUSTOMER_ADDRESS
from app.practice.scenarios.scenario import Scenario
from app.practice.scenarios.stage import RehearsalStage, document

_FORMER_ROLE: Final = "import-runner"
_RIGHT_ID: Final = {"StringEquals": {"sts:ExternalId": DATABASE_ID}}


def _trusting(principal: object = UBIQUITY_ROOT_ARN, **elements: object) -> Document:
    """Return the guide's statement (Step 2), with another principal or other ``elements``."""
    return {
        "Effect": "Allow",
        "Principal": principal if principal == "*" else {"AWS": principal},
        "Action": "sts:AssumeRole",
        "Condition": _RIGHT_ID,
        **elements,
    }


def _with_id(external_id: str) -> Document:
    return _trusting(Condition={"StringEquals": {"sts:ExternalId": external_id}})


def _refusing(**elements: object) -> Document:
    return {
        "Effect": "Deny",
        "Principal": {"AWS": UBIQUITY_ROOT_ARN},
        "Action": "sts:AssumeRole",
        **elements,
    }


def _without_condition() -> Document:
    return {name: value for name, value in _trusting().items() if name != "Condition"}


_MFA: Final = {**_RIGHT_ID, "Bool": {"aws:MultiFactorAuthPresent": "true"}}
_FROM_ELSEWHERE: Final = {"NotIpAddress": {"aws:SourceIp": f"{CUSTOMER_ADDRESS}/32"}}


def _trust(*statements: Document) -> Callable[[RehearsalStage], None]:
    """Return what sets everything up, but with this trust policy."""

    def arrange(stage: RehearsalStage) -> None:
        stage.role(document(*statements))
        stage.policy()
        stage.attach()

    return arrange


def _orphaned(stage: RehearsalStage) -> None:
    """Trust a role that is deleted afterwards: AWS leaves its unique id in its place."""
    iam, own = stage.partner.iam, json.dumps(document(_trusting()))
    former = iam.create_role(RoleName=_FORMER_ROLE, AssumeRolePolicyDocument=own)
    _trust(_trusting(former["Role"]["Arn"]))(stage)
    iam.delete_role(RoleName=_FORMER_ROLE)


SCENARIOS: Final = (
    Scenario(
        "trust.principal-wrong",
        mark("The role trusts another account."),
        _trust(_trusting(f"arn:aws:iam::{PARTNER_ACCOUNT_ID}:root")),
    ),
    Scenario(
        "trust.principal-orphaned",
        mark("The role trusts a role that was deleted."),
        _orphaned,
    ),
    Scenario(
        "trust.external-id-mismatch",
        mark("A space was pasted along with the External ID."),
        _trust(_with_id(f"{DATABASE_ID} ")),
    ),
    Scenario(
        "trust.external-id-placeholder",
        mark("The placeholder was left where the External ID belongs."),
        _trust(_with_id(PLACEHOLDER_DATABASE_ID)),
    ),
    Scenario(
        "trust.external-id-not-required",
        mark("The role does not ask for an External ID."),
        _trust(_without_condition()),
    ),
    Scenario(
        "trust.action-wrong",
        mark("The trust policy allows another action than assuming the role."),
        _trust(_trusting(Action="sts:TagSession")),
    ),
    Scenario(
        "trust.condition-blocks",
        mark("The trust policy asks for multi-factor authentication."),
        _trust(_trusting(Condition=_MFA)),
    ),
    Scenario(
        "trust.deny-may-apply",
        mark("The trust policy refuses calls from other addresses."),
        _trust(_trusting(), _refusing(Condition=_FROM_ELSEWHERE)),
    ),
    Scenario(
        "trust.explicit-deny",
        mark("The trust policy refuses UbiQuity."),
        _trust(_trusting(), _refusing()),
    ),
    Scenario(
        "trust.too-open",
        mark("Anyone in AWS can assume the role."),
        _trust(_trusting("*")),
    ),
)
