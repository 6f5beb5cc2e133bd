"""The registry: the rules of each kind of change. No other table of core is keyed by the kind."""

from collections.abc import Mapping
from typing import Any, Final

from app.core.change import Change, ChangeKind
from app.core.changes.attachment import ATTACHMENT_KINDS
from app.core.changes.bucket_policy import BUCKET_POLICY_KINDS
from app.core.changes.key_grant import KEY_GRANT_KINDS
from app.core.changes.key_policy import KEY_POLICY_KINDS
from app.core.changes.managed_policy import MANAGED_POLICY_KINDS
from app.core.changes.role import ROLE_KINDS
from app.core.changes.rules import ChangeRules, GuideStep
from app.core.changes.sides import TypedChange

_RULES: Final[tuple[ChangeRules[Any], ...]] = (
    *ROLE_KINDS,
    *MANAGED_POLICY_KINDS,
    *ATTACHMENT_KINDS,
    *KEY_POLICY_KINDS,
    *KEY_GRANT_KINDS,
    *BUCKET_POLICY_KINDS,
)

KINDS: Final[Mapping[ChangeKind, ChangeRules[Any]]] = {rules.kind: rules for rules in _RULES}
"""The rules by their kind."""


def rules_of(change: Change) -> ChangeRules[Any]:
    """Return the rules of the change's kind."""
    return KINDS[change.kind]


def typed(change: Change) -> TypedChange[Any]:
    """Return ``change`` with its sides as the types that its kind has."""
    return rules_of(change).typed(change)


def kinds_of(step: GuideStep) -> tuple[ChangeKind, ...]:
    """Return the kinds of change that carry out a step of the guide."""
    return tuple(kind for kind, rules in KINDS.items() if rules.guide_step is step)
