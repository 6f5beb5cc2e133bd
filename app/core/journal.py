"""The journal of one run: what was to be done, what was done, and what was there before.

Kept on disk before and after each step, so that whatever happens the next start knows what was
done and can go on or undo. The file is the program's own (``formats.journal_json``).
"""

from collections.abc import Container, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Final

from app.core.change import Change
from app.core.choices import Choices, RevokeWay
from app.core.draft import Draft
from app.core.frozen import field, frozen, replace

NOT_KEPT: Final = "JournalNotSaved"
"""The code of a failure to keep the journal; its message is the whole sentence."""


class StepState(StrEnum):
    """How far one step is."""

    WAITING = "waiting"
    STARTED = "started"
    """The request was about to be sent, or was sent: AWS may or may not have made it."""
    DONE = "done"
    NOT_DONE = "not-done"
    """Certainly not in effect."""
    UNDOING = "undoing"
    UNDONE = "undone"
    KEPT = "kept"
    """Done, and undo left it: it can't be taken back, or it is not certain to be ours."""


class RunState(StrEnum):
    """How far the whole run is."""

    OPEN = "open"
    """Begun and not finished: can be gone on with, or undone."""
    FINISHED = "finished"
    UNDOING = "undoing"
    UNDONE = "undone"
    CLOSED = "closed"
    """The person decided to leave it as it is."""


class RunKind(StrEnum):
    """What the run was for."""

    APPLY = "apply"
    REVOKE = "revoke"


@frozen
class Step:
    """One change of the run.

    ``made`` is what AWS answered: ``version`` of a policy version made, ``version_before`` the
    default version until then, ``tagged`` ``yes`` where our tag was put on what was made.
    ``undone`` counts the inverse changes that were made of it. ``at`` is when this computer kept
    the state, ``aws_at`` when AWS had the change at latest, by AWS's own clock; both in UTC.
    """

    change: Change
    state: StepState = StepState.WAITING
    at: datetime | None = None
    made: Mapping[str, str] = field(default_factory=dict)
    undone: int = 0
    aws_at: datetime | None = None


@frozen
class Journal:
    """One run in one account. ``id`` names its file.

    ``number`` counts the runs of this computer: a later run has a larger one, whatever the clock
    said. None until it begins, and where an earlier version of this program began it.
    """

    id: str
    kind: RunKind
    account_id: str
    started_at: datetime
    steps: tuple[Step, ...]
    state: RunState = RunState.OPEN
    caller_arn: str | None = None
    draft: Draft | None = None
    choices: Choices = field(default_factory=Choices)
    how: RevokeWay | None = None
    number: int | None = None
    endpoint: str | None = None
    """The address where it was done, where that is not AWS's own."""

    @property
    def is_unfinished(self) -> bool:
        """Whether a start of the program should ask about it."""
        return self.state in (RunState.OPEN, RunState.UNDOING)


def numbered(journal: Journal, last: int, taken: Container[str]) -> Journal:
    """Return the run as it begins, where ``last`` is the largest number of a run before it.

    ``taken`` are the ids that have a file: of two runs of one moment the later gets another.
    """
    number = last + 1
    id_ = f"{journal.id}-{number}" if journal.id in taken else journal.id
    return replace(journal, id=id_, number=number)


def order_of(journal: Journal) -> tuple[int, str]:
    """Return the key by which runs sort from the first to the last."""
    return journal.number or 0, journal.id


def new_journal(
    *,
    kind: RunKind,
    account_id: str,
    changes: Sequence[Change],
    now: datetime,
    caller_arn: str | None = None,
    endpoint: str | None = None,
    draft: Draft | None = None,
    choices: Choices | None = None,
    how: RevokeWay | None = None,
) -> Journal:
    """Return the journal of a run that has not begun; ``now`` in UTC gives it its id."""
    return Journal(
        id=f"{now:%Y%m%dT%H%M%S%fZ}-{kind}",
        kind=kind,
        account_id=account_id,
        started_at=now,
        steps=tuple(Step(change) for change in changes),
        caller_arn=caller_arn,
        endpoint=endpoint,
        draft=draft,
        choices=Choices() if choices is None else choices,
        how=how,
    )
