"""Whether a journal tells the truth of each of its steps, asked of AWS itself."""

from collections.abc import Iterable, Iterator
from typing import Final

from app.core.change import ChangeKind
from app.core.changes.expectation import is_after, is_before, is_half_way
from app.core.changes.undo import deleted_before, inverse
from app.core.failure import AwsFailure
from app.core.journal import Journal, Step, StepState
from app.flow.ports.aws import CustomerAws

_NOT_IN_EFFECT: Final = (StepState.WAITING, StepState.NOT_DONE, StepState.UNDONE)
_NEVER_MADE: Final = (StepState.WAITING, StepState.NOT_DONE)
_OF_ONE_DOCUMENT: Final = (
    {ChangeKind.PUT_KEY_POLICY},
    {
        ChangeKind.CREATE_POLICY_VERSION,
        ChangeKind.DELETE_POLICY_VERSION,
        ChangeKind.DELETE_POLICY,
    },
)
_TAKEN_BACK: Final = (StepState.UNDOING, StepState.UNDONE)
_EITHER: Final = (StepState.STARTED, StepState.UNDOING)


async def lies_in(journal: Journal, aws: CustomerAws) -> list[str]:
    """Return what the journal says of its steps that is not so; nothing of what was kept."""
    lies = []
    for index, step in enumerate(journal.steps):
        if _is_another_steps(journal, index):
            continue
        present = await aws.present(step.change)
        if isinstance(present, AwsFailure):
            lies.append(f"step {index}: {present}")
            continue
        after = is_after(step.change, present.value)
        gone = deleted_before(journal, index)
        before = is_before(step.change, present.value, gone)
        if step.state in _TAKEN_BACK:
            # Whoever no longer exists is not put back.
            before = before or any(is_after(c, present.value) for c in inverse(step, gone)[-1:])
        is_true = {
            StepState.DONE: after,
            **dict.fromkeys(_NOT_IN_EFFECT, before),
            **dict.fromkeys(_EITHER, after or before or is_half_way(step.change, present.value)),
            StepState.KEPT: True,
        }
        if not is_true[step.state]:
            kind = step.change.kind
            lies.append(f"step {index} ({kind}) is said to be {step.state}: {present.value}")
    return lies


def _is_another_steps(journal: Journal, index: int) -> bool:
    """Tell whether what is there is for another step to tell: two of a run may change the same."""
    step = journal.steps[index]
    if step.state in _NOT_IN_EFFECT:
        earlier = _of_the_same(journal.steps[:index], step)
        return any(other.state is not StepState.DONE for other in earlier)
    later = _of_the_same(journal.steps[index + 1 :], step)
    return any(other.state not in _NEVER_MADE for other in later)


def _of_the_same(steps: Iterable[Step], step: Step) -> Iterator[Step]:
    """Yield those of ``steps`` that change the same document as ``step``."""
    for other in steps:
        if other.change.target == step.change.target and any(
            {step.change.kind, other.change.kind} <= kinds for kinds in _OF_ONE_DOCUMENT
        ):
            yield other
