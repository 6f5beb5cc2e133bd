"""All rehearsals: a module that adds some is one line here."""

from app.core.diagnosis.codes.catalogue import CATALOGUE
from app.practice.scenarios import (
    beyond,
    bucket,
    caller,
    files,
    key,
    permissions,
    role,
    trust,
)
from app.practice.scenarios.scenario import Scenario

_MODULES = (caller, role, trust, permissions, bucket, key, files, beyond)
_BY_CODE = {scenario.code: scenario for module in _MODULES for scenario in module.SCENARIOS}


def scenario_codes() -> tuple[str, ...]:
    """Return the code of every rehearsal, in the order of the catalogue."""
    return tuple(code for code in CATALOGUE if code in _BY_CODE)


def scenario_of(code: str) -> Scenario | None:
    """Return the rehearsal of the finding ``code``, or None where there is none."""
    return _BY_CODE.get(code)
