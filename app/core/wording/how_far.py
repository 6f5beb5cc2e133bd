"""How far a run has come that did not end: how many changes were made, or taken back, in words."""

from typing import Final

from app.core.conventions import paragraph
from app.core.i18n import ntr, tr
from app.core.journal import Journal, RunState, StepState

_MADE: Final = frozenset({StepState.DONE, StepState.KEPT})
_STILL_MADE: Final = frozenset({StepState.DONE, StepState.STARTED, StepState.UNDOING})


def how_far(journal: Journal) -> str:
    """Return what was done and what was not, each change counted once."""
    if journal.state in (RunState.UNDOING, RunState.UNDONE):
        return _taken_back(journal)
    return _made(journal)


def is_untouched(journal: Journal) -> bool:
    """Return whether nothing of the run was made, nor may have been."""
    return not any(step.state in _MADE | _STILL_MADE for step in journal.steps)


def _made(journal: Journal) -> str:
    if is_untouched(journal):
        return tr("Nothing was changed.")
    made = sum(step.state in _MADE for step in journal.steps)
    unknown = sum(step.state is StepState.STARTED for step in journal.steps)
    rest = len(journal.steps) - made - unknown
    words = ntr("{made} of {count} changes was made.", "{made} of {count} changes were made.", made)
    said = [words.format(made=made, count=len(journal.steps))]
    if unknown:
        said.append(tr("Of one it is not known: AWS was asked, and its answer did not come."))
    if rest:
        said.append(ntr("{rest} was not made.", "{rest} were not made.", rest).format(rest=rest))
    return paragraph(*said)


def _taken_back(journal: Journal) -> str:
    back = sum(step.state is StepState.UNDONE for step in journal.steps)
    left = sum(step.state in _STILL_MADE for step in journal.steps)
    words = ntr(
        "{back} of {count} changes is taken back.",
        "{back} of {count} changes are taken back.",
        back,
    ).format(back=back, count=back + left)
    return paragraph(words, tr("The rest is still as it was made."))
