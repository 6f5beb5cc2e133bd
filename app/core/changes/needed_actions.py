"""Which permissions the changes of a plan need, and which of them a sign-in lacks."""

from collections.abc import Iterator

from app.core.change import Change, Plan
from app.core.changes.aws_call import AwsCall, calls_of
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


_KEYS = (("PolicyArn", "iam:PolicyARN"), ("PermissionsBoundary", "iam:PermissionsBoundary"))


def needed_actions(plan: Plan) -> tuple[NeededAction, ...]:
    """Return what the plan's changes need, in the plan's order and each once.

    Our own tag is left out: where it may not be put, it is left away.
    """
    return tuple(dict.fromkeys(_all(plan)))


def _all(plan: Plan) -> Iterator[NeededAction]:
    for change in plan.changes:
        for call in calls_of(change, tagged=False):
            yield from _of_call(change, call)


def _of_call(change: Change, call: AwsCall) -> Iterator[NeededAction]:
    asked = call.parameters
    keys = [(key, str(asked[name])) for name, key in _KEYS if name in asked]
    context = tuple(keys) if ":role/" in change.target else ()
    yield NeededAction(f"{call.service}:{call.operation}", change.target, context)
    creates = call.operation in {"CreateRole", "CreatePolicy"}
    if creates and "Tags" in asked:
        yield NeededAction(f"iam:Tag{call.operation.removeprefix('Create')}", change.target)


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
