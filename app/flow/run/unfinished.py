"""What an earlier run left unfinished, and what can be done about it.

Without asking nothing is gone on with but a run of one's own: one that was begun for just what is
asked for now. Anything else could open access that is to end, or end access that is to open.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app.core.choices import Choice, Choices
from app.core.journal import Journal, RunKind, RunState
from app.flow.review import Purpose, purpose_of
from app.flow.run.course import Course, EndedRun, onward


class RunDecision(StrEnum):
    """What somebody decides about an unfinished run."""

    GO_ON = "go-on"
    """Go on with it, in the direction in which it went."""
    UNDO = "undo"
    LEAVE = "leave"
    """Keep what is there now, start from that, and ask no more."""
    STOP = "stop"
    """Do nothing, and ask again the next time."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of an unfinished run.

    ``ended`` is the run that the receipt is about, where it is no new one; where what was asked
    for ``stops`` there always is one. ``left`` tells that a run stays as it stands, and is to be
    closed once a run of its own begins or finds nothing to do.
    """

    ended: EndedRun | None = None
    stops: bool = False
    left: bool = False


_TAKES_FROM_OTHERS: Final = frozenset(
    {
        Choice.REPLACE_TRUST,
        Choice.REPLACE_POLICY,
        Choice.REMAKE_ROLE,
        Choice.EVERYONE,
        Choice.CONNECTOR_BUCKETS,
    }
)


def is_own(journal: Journal, purpose: Purpose, choices: Choices) -> bool:
    """Tell whether going on with ``journal`` does what is asked for, and takes nothing else away.

    What the run was to add, and sessions that it was to end, are gone on with as they were
    chosen when it began.
    """
    more = journal.choices.chosen - choices.chosen
    same = purpose_of(journal) == purpose and more.isdisjoint(_TAKES_FROM_OTHERS)
    return journal.state is RunState.OPEN and same


def decisions_about(journal: Journal) -> tuple[RunDecision, ...]:
    """Return what a person may decide: an undo that was begun can't be undone."""
    undoing = journal.state is RunState.UNDOING
    undo = () if undoing else (RunDecision.UNDO,)
    return (RunDecision.GO_ON, *undo, RunDecision.LEAVE, RunDecision.STOP)


def decided_without_asking(journal: Journal, purpose: Purpose, choices: Choices) -> RunDecision:
    """Return what is done where nobody can be asked.

    A run of another's own stops a set-up; a revocation leaves it as it stands, and takes away
    what is there.
    """
    if is_own(journal, purpose, choices):
        return RunDecision.GO_ON
    return RunDecision.LEAVE if purpose.kind is RunKind.REVOKE else RunDecision.STOP


async def settle(
    journal: Journal,
    purpose: Purpose,
    choices: Choices,
    decision: RunDecision,
    work: Callable[[Journal, Course], Awaitable[EndedRun]],
) -> Settled:
    """Do what was decided about the unfinished run, before what is asked for is begun.

    ``work`` carries a run out. What is asked for is not begun where that run does not come to its
    end, nor where it was for the very same and was undone.
    """
    match decision:
        case RunDecision.LEAVE:
            return Settled(left=True)
        case RunDecision.STOP:
            return Settled(EndedRun(journal), stops=True)
        case RunDecision.UNDO | RunDecision.GO_ON:
            undo = decision is RunDecision.UNDO
            ended = await work(journal, Course.UNDO if undo else onward(journal))
            if is_own(journal, purpose, choices) or not ended.is_settled:
                return Settled(ended, stops=undo or not ended.is_settled)
            return Settled()
