"""Whether changes make a set-up from nothing, or mend what is there."""

from collections.abc import Iterable
from typing import Final

from app.core.change import Change, ChangeKind
from app.core.changes.kinds import rules_of
from app.core.changes.rules import Thing

_SET_UP: Final = frozenset({Thing.ROLE, Thing.POLICY})
"""What a set-up consists of, where the account has nothing of it yet (the guide, Steps 1 to 3)."""


def is_mending(changes: Iterable[Change]) -> bool:
    """Return whether ``changes`` of a set-up mend one that is there; False where there are none.

    Where role and policy are both made anew there was none. A role that is deleted on the way was
    one, though UbiQuity could not use it.
    """
    listed = list(changes)
    created = {rules_of(change).acts_on for change in listed if rules_of(change).tag_action}
    had_a_role = any(change.kind is ChangeKind.DELETE_ROLE for change in listed)
    return bool(listed) and (had_a_role or not created >= _SET_UP)
