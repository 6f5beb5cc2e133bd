"""Whether changes make a set-up from nothing, or mend what is there."""

from collections.abc import Iterable
from typing import Final

from app.core.change import Change, ChangeKind

_MADE_ANEW: Final = frozenset({ChangeKind.CREATE_ROLE, ChangeKind.CREATE_POLICY})
"""What a set-up consists of, where the account has nothing of it yet (the guide, Steps 1 to 3)."""


def is_mending(changes: Iterable[Change]) -> bool:
    """Return whether ``changes`` of a set-up mend one that is there; False where there are none.

    Where role and policy are both made anew there was none. A role that is deleted on the way was
    one, though UbiQuity could not use it.
    """
    kinds = {change.kind for change in changes}
    return bool(kinds) and (ChangeKind.DELETE_ROLE in kinds or not kinds >= _MADE_ANEW)
