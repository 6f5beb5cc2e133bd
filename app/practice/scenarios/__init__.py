"""Rehearsals: for each finding, a practice AWS in which it is found (``practice --scenario``).

Listing them is quick; boto3 and moto are imported when one is set up.
"""

from typing import TYPE_CHECKING

from app.core.diagnosis.catalogue import CATALOGUE
from app.practice.scenarios import beyond, bucket, caller, files, key, permissions, role, trust
from app.practice.scenarios.scenario import Rehearsal, Scenario
from app.practice.scenarios.stage import RehearsalStage

if TYPE_CHECKING:
    from app.practice.server import PracticeAws

_PARTS = (caller, role, trust, permissions, bucket, key, files, beyond)
_BY_CODE = {scenario.code: scenario for part in _PARTS for scenario in part.SCENARIOS}


def scenario_codes() -> tuple[str, ...]:
    """Return the code of every rehearsal, in the order of the catalogue."""
    return tuple(code for code in CATALOGUE if code in _BY_CODE)


def scenario(code: str) -> Scenario | None:
    """Return the rehearsal of the finding ``code``, or None where there is none."""
    return _BY_CODE.get(code)


def set_up(scenario: Scenario, aws: "PracticeAws") -> Rehearsal:
    """Start the practice AWS afresh and set ``scenario`` up in it by real calls.

    Blocks for a second or so. ``aws`` has been started; the rehearsal is to be closed, and
    ``aws`` to be reset, when it is over.
    """
    aws.reset()
    stage = RehearsalStage(aws)
    try:
        scenario.arrange(stage)
    except BaseException:
        stage.props.close()
        raise
    return Rehearsal(scenario, stage.draft, stage.sign_in, stage.change, stage.props)
