"""How a command that changes AWS begins: with a draft it can read, and somebody to agree."""

from typing import overload

from app.commands.output import complain, read_draft_at
from app.commands.prompts import can_ask
from app.commands.running import Manner, refuse
from app.core.draft import Draft
from app.core.formats.reading import InputProblem
from app.core.i18n import tr


@overload
def draft_to_begin(draft_path: str, manner: Manner) -> Draft | int: ...


@overload
def draft_to_begin(draft_path: str | None, manner: Manner) -> Draft | int | None: ...


def draft_to_begin(draft_path: str | None, manner: Manner) -> Draft | int | None:
    """Return the draft at ``draft_path``, None where no path is given.

    Where it can't be read, or no person can agree to the changes, that is said, and the exit
    status for wrong input returned.
    """
    draft = None
    if draft_path is not None:
        read = read_draft_at(draft_path)
        if isinstance(read, InputProblem):
            return complain(read.text)
        draft = read.draft
    if not manner.yes and not can_ask():
        return refuse(
            tr(
                "There is no terminal to ask on: call it with --yes to make the changes without "
                "asking."
            )
        )
    return draft
