"""One of the guide's steps in AWS, done by the program: what a person does in the console.

For the practice AWS, where somebody walks through the guide and nobody has to click. ``step`` is
``role``, ``trust`` or ``permissions`` throughout: Steps 1 to 3.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

from app.core.change import ChangeKind, Obstacle, Plan
from app.core.changes.kinds import kinds_of
from app.core.changes.rules import GuideStep
from app.core.choices import Choices
from app.core.draft import Draft
from app.core.failure import AwsFailure
from app.core.frozen import replace
from app.core.planning.plan import for_kinds
from app.flow.ports.accounts import SignedIn
from app.flow.ports.journals import Journals
from app.flow.review import Review, journal_of
from app.flow.run.applier import Applier
from app.flow.setting_up import planned_setup

STEP_CHANGES: Final[Mapping[str, tuple[ChangeKind, ...]]] = {
    step.value: kinds_of(step) for step in GuideStep
}
"""Which changes of the plan make up each of the guide's steps in AWS."""

_STANDS_IN_THE_WAY: Final[Mapping[str, tuple[str, ...]]] = {
    "role": ("role.path", "role.misnamed", "check.unreadable"),
    "trust": ("role.path", "role.misnamed", "check.unreadable"),
    "permissions": (
        "role.path",
        "role.misnamed",
        "check.unreadable",
        "change.conflict",
        "change.limit",
        "kms.key-differs",
        "kms.other-account",
    ),
}
"""What keeps a step from being done; other obstacles are for the check to tell."""

ROLE_STEPS: Final = frozenset({"role", "trust"})
"""The steps that are about the role alone; Step 3 needs all of what is there."""


async def do_guide_step(
    account: SignedIn, draft: Draft, step: str, journals: Journals
) -> AwsFailure | None:
    """Do one of the guide's steps; return why that was not possible.

    What an earlier step left undone is done as well: without the role there is nothing that a
    policy could be attached to.
    """
    snapshot = await account.aws.read_snapshot(draft)
    review = await planned_setup(draft, snapshot, Choices())
    part = replace(review, plan=for_kinds(review.plan, _kinds_up_to(step)))
    return _obstacle_of(step, part.plan) or await _make(part, account, journals)


async def _make(review: Review, account: SignedIn, journals: Journals) -> AwsFailure | None:
    failures: list[AwsFailure] = []
    await Applier(
        account.aws,
        journals,
        lambda rows: failures.extend(row.failure for row in rows if row.failure),
    ).apply(journal_of(review, account, datetime.now(UTC)))
    return failures[-1] if failures else None


def _kinds_up_to(step: str) -> tuple[ChangeKind, ...]:
    steps = list(STEP_CHANGES)
    done = steps[: steps.index(step) + 1]
    return tuple(kind for each in done for kind in STEP_CHANGES[each])


def _obstacle_of(step: str, part: Plan) -> AwsFailure | None:
    """Return what stands in the way of a step, as a failure to show."""
    for obstacle in part.cannot_mend:
        if obstacle.code in _STANDS_IN_THE_WAY[step] and _concerns(step, obstacle):
            return AwsFailure(step, obstacle.code, obstacle.target, finding=obstacle.code)
    return None


def _concerns(step: str, obstacle: Obstacle) -> bool:
    return step not in ROLE_STEPS or ":role/" in obstacle.target
