"""All rehearsals: a module that adds some is one line here."""

from app.core.diagnosis.codes.catalogue import CATALOGUE
from app.practice.scenarios import (
    beyond,
    bucket,
    caller,
    connection,
    files,
    key,
    permissions,
    role,
    trust,
)
from app.practice.scenarios.scenario import Scenario

_MODULES = (caller, role, trust, permissions, bucket, key, files, beyond)
_BY_CODE = {scenario.code: scenario for module in _MODULES for scenario in module.SCENARIOS}
_FURTHER = {scenario.code: scenario for scenario in connection.SCENARIOS}
"""Those that lead to no finding of their own, and have names of their own."""


def scenario_codes() -> tuple[str, ...]:
    """Return the code of every rehearsal that leads to a finding, in the catalogue's order."""
    return tuple(code for code in CATALOGUE if code in _BY_CODE)


def scenarios() -> tuple[Scenario, ...]:
    """Return every rehearsal to choose from: those of findings first, in the catalogue's order."""
    return (*(_BY_CODE[code] for code in scenario_codes()), *_FURTHER.values())


def scenario_of(name: str) -> Scenario | None:
    """Return the rehearsal ``name``, a finding's code or its own; None where there is none."""
    return _BY_CODE.get(name) or _FURTHER.get(name)
