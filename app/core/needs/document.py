"""A policy that allows what is needed: as few statements as say it, and its size.

Source of the elements: IAM User Guide, "IAM JSON policy element reference".
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from app.core.changes.needed_actions import NeededAction
from app.core.documents.policies import POLICY_VERSION, Document
from app.core.documents.policy_size import MANAGED_POLICY
from app.core.documents.statements import statements_of
from app.core.iam.json_text import one_or_list, strings

_Condition = tuple[tuple[str, tuple[str, ...]], ...]
"""Values by condition key."""

_OPERATORS: Final = {"iam:PolicyARN": "ArnLike", "iam:PermissionsBoundary": "StringEquals"}
"""How each condition key is compared; the first may hold a wildcard for a path."""


def policy_of(needs: Iterable[NeededAction]) -> Document:
    """Return the policy that allows ``needs``.

    A statement has all actions whose resources and condition are alike.
    """
    conditions: dict[tuple[str, str], dict[str, dict[str, None]]] = {}
    bare: set[tuple[str, str]] = set()
    for need in needs:
        values = conditions.setdefault((need.action, need.resource), {})
        for key, value in need.context:
            values.setdefault(key, {})[value] = None
        if not need.context:
            bare.add((need.action, need.resource))
    resources: dict[tuple[str, _Condition], list[str]] = {}
    for (action, resource), values in conditions.items():
        is_bare = (action, resource) in bare
        condition = () if is_bare else tuple((key, tuple(each)) for key, each in values.items())
        resources.setdefault((action, condition), []).append(resource)
    actions: dict[tuple[tuple[str, ...], _Condition], list[str]] = {}
    for (action, condition), where in resources.items():
        actions.setdefault((tuple(where), condition), []).append(action)
    return _policy([_statement(each, *alike) for alike, each in actions.items()])


def without_narrower(policy: Document) -> tuple[str, ...]:
    """Return the actions of the policy that AWS can limit to no resource."""
    everywhere = (one for one in statements_of(policy) if one.get("Resource") == "*")
    return tuple(action for one in everywhere for action in strings(one.get("Action")) or ())


def in_parts(policy: Document) -> tuple[Document, ...]:
    """Return the policy as documents each of which is small enough for AWS.

    They allow together what ``policy`` allows; where it is small enough, it is the only one.
    """
    if not MANAGED_POLICY.is_exceeded_by(policy):
        return (policy,)
    parts: list[list[Mapping[str, object]]] = [[]]
    for statement in statements_of(policy):
        for piece in _pieces(statement):
            if parts[-1] and MANAGED_POLICY.is_exceeded_by(_policy([*parts[-1], piece])):
                parts.append([])
            parts[-1].append(piece)
    return tuple(map(_policy, parts))


def _policy(statements: Sequence[Mapping[str, object]]) -> Document:
    return {"Version": POLICY_VERSION, "Statement": list(statements)}


def _statement(actions: Sequence[str], resources: Sequence[str], condition: _Condition) -> Document:
    statement: Document = {
        "Effect": "Allow",
        "Action": sorted(actions),
        "Resource": one_or_list(resources),
    }
    if condition:
        tests: dict[str, dict[str, object]] = {}
        for key, values in condition:
            tests.setdefault(_OPERATORS[key], {})[key] = one_or_list(values)
        statement["Condition"] = tests
    return statement


def _pieces(statement: Mapping[str, object]) -> Iterator[Mapping[str, object]]:
    """Halve the resources of a statement until each piece fits into a document."""
    resources = strings(statement.get("Resource")) or ()
    if len(resources) <= 1 or not MANAGED_POLICY.is_exceeded_by(_policy([statement])):
        yield statement
        return
    middle = len(resources) // 2
    for half in (resources[:middle], resources[middle:]):
        yield from _pieces({**statement, "Resource": one_or_list(half)})
