"""The values of a finding, held against what its code should carry."""

from collections.abc import Mapping

from app.core.diagnosis.codes.parameters import PARAMETERS, Param, ParameterKind
from app.core.report import Finding


def misfits(finding: Finding) -> tuple[str, ...]:
    """Return what is wrong with the values of ``finding``, one short line each.

    A value that is missing, of another kind, or not one of its code. The program itself does not
    ask: words are made of whatever is there.
    """
    params_by_name = {param.name: param for param in PARAMETERS[finding.code]}
    strange = tuple(
        f"{name}: not a value of it" for name in finding.params if name not in params_by_name
    )
    wrong = tuple(
        f"{param.name}: {'missing' if finding.params.get(param.name) is None else 'wrong kind'}"
        for param in params_by_name.values()
        if not _fits(param, finding.params.get(param.name))
    )
    return strange + wrong


def _fits(param: Param, value: object) -> bool:
    match param.kind:
        case _ if value is None:
            return param.optional
        case ParameterKind.WORD | ParameterKind.ID:
            return isinstance(value, str)
        case ParameterKind.WORDS | ParameterKind.IDS:
            return isinstance(value, list | tuple) and all(isinstance(v, str) for v in value)
        case ParameterKind.COUNT:
            return isinstance(value, int) and not isinstance(value, bool)
        case ParameterKind.TRUTH:
            return isinstance(value, bool)
        case ParameterKind.COUNTS:
            return isinstance(value, Mapping) and all(isinstance(v, int) for v in value.values())
        case ParameterKind.DOCUMENT:
            return isinstance(value, Mapping)
