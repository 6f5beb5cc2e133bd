"""Which permissions the changes of a plan need, and which of them a sign-in lacks."""

from collections.abc import Iterator
from typing import Final

from app.core.change import Plan
from app.core.changes.aws_call import AwsCall
from app.core.changes.kinds import rules_of
from app.core.changes.requests import calls_of
from app.core.changes.rules import Thing
from app.core.failure import AwsFailure
from app.core.frozen import frozen


@frozen
class NeededAction:
    """An action on a resource; ``context`` are the condition keys that the request carries.

    Source: Service Authorization Reference, "Actions, resources, and condition keys for IAM".
    """

    action: str
    resource: str
    context: tuple[tuple[str, str], ...] = ()


@frozen
class OwnPermissions:
    """What AWS says of the sign-in's own permissions.

    ``missing`` are the needed actions that it certainly lacks, ``unknown`` those of which AWS
    would not tell. ``reason`` says why it would not, where it told nothing at all: ``federated``
    (such sign-ins can't be simulated), ``refused`` (the sign-in may not ask) or None.
    """

    missing: tuple[NeededAction, ...] = ()
    unknown: tuple[NeededAction, ...] = ()
    reason: str | None = None

    @property
    def lacking(self) -> tuple[str, ...] | None:
        """The names of the missing actions; None where none is known to be, but some may."""
        names = tuple(dict.fromkeys(needed.action for needed in self.missing))
        return None if self.unknown and not names else names


_CONTEXT_KEYS: Final = {
    "PolicyArn": "iam:PolicyARN",
    "PermissionsBoundary": "iam:PermissionsBoundary",
}
"""Condition keys that a request about a role carries, by the parameters with their values."""


def needed_actions(plan: Plan, *, tagged: bool = False) -> tuple[NeededAction, ...]:
    """Return what the plan's changes need, in the plan's order and each once.

    Our own tag is left out unless ``tagged``: where it may not be put, it is left away.
    """
    return tuple(dict.fromkeys(_each(plan, tagged=tagged)))


def _each(plan: Plan, *, tagged: bool) -> Iterator[NeededAction]:
    for change in plan.changes:
        rules = rules_of(change)
        for call in calls_of(change, tagged=tagged):
            context = _context(call) if rules.acts_on is Thing.ROLE else ()
            yield NeededAction(f"{call.service}:{call.operation}", change.target, context)
            if rules.tag_action is not None and "Tags" in call.parameters:
                yield NeededAction(rules.tag_action, change.target)


def _context(call: AwsCall) -> tuple[tuple[str, str], ...]:
    parameters = call.parameters
    keys = ((name, key) for name, key in _CONTEXT_KEYS.items() if name in parameters)
    return tuple((key, str(parameters[name])) for name, key in keys)


def not_allowed(permissions: OwnPermissions) -> AwsFailure | None:
    """Return the finding ``signin.not-allowed`` with the actions that are missing, if any are."""
    actions = list(permissions.lacking or ())
    if not actions:
        return None
    return AwsFailure(
        "iam:SimulatePrincipalPolicy",
        "NotAllowed",
        ", ".join(actions),
        finding="signin.not-allowed",
        params={"actions": actions},
    )
