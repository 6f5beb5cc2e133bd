"""Plans that somebody may agree to, for tests that begin where one is shown."""

from app.core.change import Plan
from app.core.changes.needed_actions import NeededAction, OwnPermissions
from app.core.choices import Choices
from app.core.draft import Draft
from app.core.guide import role_arn
from app.core.journal import RunKind
from app.core.snapshot import Snapshot
from app.flow.review import Purpose, Review


def reviewed(
    draft: Draft,
    snapshot: Snapshot,
    plan: Plan,
    purpose: Purpose | None = None,
    *,
    lacking: tuple[str, ...] | None = (),
) -> Review:
    """Return ``plan`` as made from ``snapshot``, for a set-up where no ``purpose`` is given.

    ``lacking`` are the actions that the sign-in may not do; None where AWS tells nothing.
    """
    needed = (NeededAction(action, role_arn(draft.account_id)) for action in lacking or ())
    return Review(
        purpose or Purpose(RunKind.APPLY, draft),
        draft.account_id,
        snapshot,
        Choices(),
        plan,
        None if lacking is None else OwnPermissions(tuple(needed)),
    )
