"""Rehearsals about the role: missing, misnamed, under a path, held back by a boundary."""

from typing import Final

from app.core.guide import ROLE_NAME
from app.core.i18n import mark
from app.practice.scenarios.scenario import Scenario
from app.practice.scenarios.stage import RehearsalStage, allow, document

MISSPELT: Final = "ubiquity-connector-s3-access-role"
BOUNDARY: Final = "company-boundary"


def _missing(stage: RehearsalStage) -> None:
    stage.policy()


def _misnamed(stage: RehearsalStage) -> None:
    stage.role(name=MISSPELT)
    stage.attach(stage.policy(), role=MISSPELT)


def _path(stage: RehearsalStage) -> None:
    stage.role(path="/service/")
    stage.policy()
    stage.attach()


def _boundary(stage: RehearsalStage) -> None:
    stage.everything()
    arn = stage.policy(document(allow("s3:Get*", "s3:List*", "logs:*")), BOUNDARY)
    stage.admin.iam.put_role_permissions_boundary(RoleName=ROLE_NAME, PermissionsBoundary=arn)


SCENARIOS: Final = (
    Scenario("role.missing", mark("The role was never made."), _missing),
    Scenario("role.misnamed", mark("The role was made with a letter missing."), _misnamed),
    Scenario("role.path", mark("The role was made under a path."), _path),
    Scenario("role.boundary", mark("A permissions boundary holds the role back."), _boundary),
)
