"""What is told on standard error while a run goes on: each change, each wait, each failure."""

from typing import Final

from app.commands.output import tell
from app.core.draft import Draft
from app.core.failure import AwsFailure
from app.core.i18n import tr
from app.core.wording.change_words import change_sentence
from app.core.wording.failures import failure_words
from app.core.wording.waiting import waiting_words
from app.flow.run.progress import ChangeProgress, ChangeState

_TOLD_EVERY: Final = 3
"""Seconds between two lines that tell how long AWS has been waited for."""


def failure_lines(failure: AwsFailure, draft: Draft | None = None) -> tuple[str, ...]:
    """Return the sentences for a failure, in a few lines."""
    return failure_words(failure, draft).lines


class ProgressTeller:
    """Tells each change of a row once, and every few seconds how long AWS was waited for."""

    def __init__(self, *, undoing: bool) -> None:
        self._undoing = undoing
        self._last_told: dict[int, ChangeProgress] = {}

    def tell(self, rows: tuple[ChangeProgress, ...]) -> None:
        """Say what is new in ``rows``."""
        for index, row in enumerate(rows):
            before = self._last_told.setdefault(index, row)
            if not _is_news(before, row):
                continue
            self._last_told[index] = row
            lines = self._lines(row)
            if lines:
                tell(*lines)

    def _lines(self, row: ChangeProgress) -> tuple[str, ...]:
        seconds = round(row.seconds)
        match row.state:
            case ChangeState.RUNNING:
                change = change_sentence(row.change).text
                taking_back = tr("Taking back: {change}").format(change=change)
                return (taking_back if self._undoing else change,)
            case ChangeState.SPREADING | ChangeState.SLOWED as state:
                slowed = state is ChangeState.SLOWED
                sentence = waiting_words(row.failure, slowed=slowed)
            case ChangeState.DONE:
                sentence = tr("done")
            case ChangeState.UNDONE:
                sentence = tr("taken back")
            case ChangeState.FAILED if row.failure is not None:
                return tuple(f"  {line}" for line in failure_lines(row.failure))
            case _:
                return ()
        return ("  " + sentence.format(seconds=seconds),)


def _is_news(before: ChangeProgress, row: ChangeProgress) -> bool:
    if before is row:  # the first that is told of it: what was done before is no news
        return row.state not in (ChangeState.DONE, ChangeState.UNDONE)
    return before.state is not row.state or row.seconds >= before.seconds + _TOLD_EVERY
