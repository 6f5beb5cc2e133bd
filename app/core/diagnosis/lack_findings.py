"""The findings that follow from what the role's policies lack for one connector."""

from collections.abc import Iterator, Mapping, Sequence

from app.core.diagnosis.grant_faults import (
    BUCKET,
    CONDITION,
    OBJECTS,
    PLACEHOLDER,
    PREFIX,
    WRONG_BUCKET,
    GrantFault,
)
from app.core.diagnosis.lacks import Lack
from app.core.diagnosis.quote import Json, condition_of, quoted
from app.core.diagnosis.s3_patterns import is_near
from app.core.diagnosis.view.connector import S3_ACTIONS, Connector
from app.core.diagnosis.view.customer_policy import DOCUMENT
from app.core.documents.policies import bucket_arn, escape_pattern
from app.core.guide import POLICY_NAME
from app.core.iam.truth import Truth
from app.core.report import Evidence, Finding

_MISSING = "policy.action-missing"


def findings_of(
    lacks: Sequence[Lack], connector: Connector, names: Mapping[str, str]
) -> tuple[Finding, ...]:
    """Return one finding for each cause of ``lacks``.

    ``names`` are the names of the role's policies, by their labels.
    """
    if not lacks:
        return ()
    faults = [fault for lack in lacks for fault in lack.faults]
    missing_actions = [lack.action for lack in lacks if not lack.faults]
    on_another_bucket = [fault for fault in faults if fault.code == WRONG_BUCKET]
    if not _is_another_bucket(lacks, faults, connector):
        missing_actions += [fault.action for fault in on_another_bucket]
        on_another_bucket = []
    on_this_bucket = [fault for fault in faults if fault.code != WRONG_BUCKET]
    return (
        *(
            _finding(group, connector, names)
            for group in _groups([*on_this_bucket, *on_another_bucket])
        ),
        *_action_missing(missing_actions, connector),
    )


def _is_another_bucket(
    lacks: Sequence[Lack], faults: Sequence[GrantFault], connector: Connector
) -> bool:
    """Tell whether the policies name another bucket instead of this one, not beside it."""
    if len(lacks) < len(S3_ACTIONS):
        return False
    names = [name for fault in faults if fault.code == WRONG_BUCKET for name in fault.texts]
    is_named = any(fault.is_about_this_bucket for fault in faults)
    return not is_named or all(is_near(name, connector.bucket) for name in names)


def _action_missing(actions: Sequence[str], connector: Connector) -> Iterator[Finding]:
    in_order = [action for action in S3_ACTIONS if action in actions]
    if in_order:
        params = {"actions": in_order}
        yield Finding(_MISSING, Evidence.PREDICTED, connector.bucket, params)


def _groups(faults: Sequence[GrantFault]) -> Iterator[list[GrantFault]]:
    """Yield the faults that make one finding: of one code, or for a condition of one statement."""
    groups: dict[tuple[object, ...], list[GrantFault]] = {}
    for fault in faults:
        place = (fault.reading.source, fault.reading.statement.index)
        statement = place if fault.code == CONDITION else ()
        groups.setdefault((fault.code, *statement), []).append(fault)
    yield from groups.values()


def _finding(
    faults: Sequence[GrantFault], connector: Connector, names: Mapping[str, str]
) -> Finding:
    first = faults[0]
    in_policy: Json = {"policy": {DOCUMENT: POLICY_NAME, **names}.get(first.reading.source)}
    params = in_policy | _PARAMS[first.code](faults, connector)
    return Finding(first.code, Evidence.PREDICTED, connector.bucket, params)


def _actions(faults: Sequence[GrantFault]) -> list[str]:
    of_faults = {fault.action for fault in faults}
    return [action for action in S3_ACTIONS if action in of_faults]


def _texts(faults: Sequence[GrantFault]) -> list[str]:
    return list(dict.fromkeys(text for fault in faults for text in fault.texts))


def _condition(faults: Sequence[GrantFault], _connector: Connector) -> Json:
    conditions = list(dict.fromkeys(c for fault in faults for c in fault.conditions))
    return quoted(faults[0].reading.statement) | {
        "actions": _actions(faults),
        "condition": condition_of(conditions),
        "certain": any(condition.truth is Truth.FALSE for condition in conditions),
    }


def _prefix(faults: Sequence[GrantFault], connector: Connector) -> Json:
    expected = connector.entry.prefix
    return {"actions": _actions(faults), "expected": expected, "found": _texts(faults)}


def _objects(faults: Sequence[GrantFault], connector: Connector) -> Json:
    entry = connector.entry
    folder = escape_pattern(entry.prefix) if entry.restrict_to_prefix else ""
    expected = f"{bucket_arn(entry.name)}/{folder}*"
    return {"actions": _actions(faults), "expected": expected, "found": _texts(faults)[0]}


def _bucket(faults: Sequence[GrantFault], connector: Connector) -> Json:
    return {"expected": bucket_arn(connector.bucket), "found": _texts(faults)[0]}


def _placeholder(faults: Sequence[GrantFault], _connector: Connector) -> Json:
    return {"found": _texts(faults)[0]}


def _wrong_bucket(faults: Sequence[GrantFault], _connector: Connector) -> Json:
    return {"found": _texts(faults)}


_PARAMS = {
    CONDITION: _condition,
    PREFIX: _prefix,
    OBJECTS: _objects,
    BUCKET: _bucket,
    PLACEHOLDER: _placeholder,
    WRONG_BUCKET: _wrong_bucket,
}
