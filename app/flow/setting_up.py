"""Setting up: the account is read, and planned for; what the sign-in may not do is asked.

Its answer, a ``Review``, is what somebody agrees to. ``app.flow.run.course`` carries it out.
"""

from collections.abc import Callable

from app.core.choices import Choices
from app.core.draft import Draft
from app.core.frozen import replace
from app.core.journal import RunKind
from app.core.planning.plan import plan
from app.core.snapshot import Snapshot
from app.flow.ports.accounts import SignedIn
from app.flow.review import Purpose, Review, with_permissions
from app.flow.thinking import beside_the_window


async def review_setup(
    account: SignedIn,
    draft: Draft,
    choices: Choices,
    on_progress: Callable[[str], None] | None = None,
) -> Review:
    """Read the draft's account and return what a set-up would change there.

    ``account`` is a sign-in to the draft's own account (``app.flow.accounts``). ``on_progress``
    is told in a few words what is being read.
    """
    snapshot = await account.aws.read_snapshot(draft, on_progress)
    return await with_permissions(await planned_setup(draft, snapshot, choices), account)


async def planned_setup(draft: Draft, snapshot: Snapshot, choices: Choices) -> Review:
    """Return what a set-up would change, wherever ``snapshot`` comes from.

    Beside the event loop: many buckets take a while to think about.
    """
    changes = await beside_the_window(lambda work: plan(draft, snapshot, choices, work))
    purpose = Purpose(RunKind.APPLY, draft)
    return Review(purpose, draft.account_id, snapshot, choices, changes, sought=draft)


async def setup_with(review: Review, choices: Choices) -> Review:
    """Return ``review`` planned with other ``choices``, from what was read before.

    The permissions are those of the plan before, until AWS is asked anew. Raises ValueError for
    the review of a revocation without a draft.
    """
    draft = review.purpose.draft
    if draft is None:
        raise ValueError("This is not the review of a set-up.")
    planned = await planned_setup(draft, review.snapshot, choices)
    return replace(planned, permissions=review.permissions)
