"""Whether AWS has, where a change acts, what the change expects there (``app.aws.present``)."""

from collections.abc import Collection, Mapping

from app.core.change import Change
from app.core.changes.kinds import rules_of, typed
from app.core.changes.sides import ChangeSettings, are_same


def is_before(change: Change, value: object, gone: Collection[str] = ()) -> bool:
    """Tell whether ``value`` is what was there before ``change``.

    ``gone`` are roles that the run has deleted: where the change may name them, AWS shows their
    unique ids where their ARNs were.
    """
    rules, before = rules_of(change), typed(change).before
    stored = rules.side.read(value)
    if are_same(before, stored):
        return True
    if not (gone and rules.names_the_role and rules.without_gone) or before is None or not stored:
        return False
    of_the_living = rules.without_gone(stored, ())
    return of_the_living != stored and are_same(rules.without_gone(before, gone), of_the_living)


def has_its_boundary(change: Change, settings: Mapping[str, object] | None) -> bool:
    """Tell whether what ``change`` deletes has the permissions boundary that the change knows of.

    ``settings`` are those that AWS has, None for what is not deleted. A boundary that somebody
    set meanwhile holds UbiQuity back, and would be lost with the role.
    """
    if settings is None:
        return True
    there = ChangeSettings.read(settings).permissions_boundary
    return there == typed(change).settings.permissions_boundary


def is_after(change: Change, value: object) -> bool:
    """Tell whether ``value`` is what ``change`` leaves there."""
    return are_same(typed(change).after, rules_of(change).side.read(value))


def is_half_way(change: Change, value: object) -> bool:
    """Tell whether ``value`` is what the first of the change's two requests leaves."""
    rules = rules_of(change)
    stored = rules.side.read(value)
    if rules.is_half_way is None or stored is None:
        return False
    return rules.is_half_way(typed(change), stored)
