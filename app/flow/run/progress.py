"""How far a run is, change by change: the rows that the window and the command line show."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app.core.change import Change
from app.core.failure import AwsFailure
from app.core.journal import StepState


class ChangeState(StrEnum):
    """How far one change is."""

    WAITING = "waiting"
    RUNNING = "running"
    SPREADING = "spreading"
    """AWS is still spreading what was just made, or is asked what became of a request."""
    SLOWED = "slowed"
    """AWS asked to slow down; sent again in a while."""
    DONE = "done"
    FAILED = "failed"
    NOT_DONE = "not-done"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True)
class ChangeProgress:
    """One change of a run, and how far it is.

    ``seconds`` tell how long AWS has been waited for so far.
    """

    change: Change
    state: ChangeState
    failure: AwsFailure | None = None
    seconds: float = 0.0


UNDO_ROWS: Final[Mapping[StepState, ChangeState]] = {
    StepState.WAITING: ChangeState.NOT_DONE,
    StepState.STARTED: ChangeState.WAITING,
    StepState.DONE: ChangeState.DONE,
    StepState.NOT_DONE: ChangeState.NOT_DONE,
    StepState.UNDOING: ChangeState.DONE,
    StepState.UNDONE: ChangeState.UNDONE,
    StepState.KEPT: ChangeState.DONE,
}
"""How a run looks before it is taken back."""

ROWS: Final[Mapping[StepState, ChangeState]] = {
    **UNDO_ROWS,
    StepState.WAITING: ChangeState.WAITING,
    StepState.NOT_DONE: ChangeState.WAITING,
}
"""How a run looks before it is gone on with."""
