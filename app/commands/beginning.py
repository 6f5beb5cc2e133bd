"""How a command that changes AWS begins.

It has a draft it can read, somebody to agree, a sign-in to the right account, and the journals of
earlier runs. Where one is missing that is said, and the exit status for wrong input returned.
"""

from typing import TYPE_CHECKING, overload

from app.commands.manner import Manner
from app.commands.output import complain, read_draft_at, refuse, tell
from app.commands.progress import failure_lines
from app.commands.prompts import can_ask, code_on_terminal
from app.core.draft import Draft
from app.core.failure import AwsFailure
from app.core.formats.reading import InputProblem
from app.core.i18n import tr
from app.core.sign_in import ByProfile
from app.flow.accounts import in_account
from app.flow.ports.accounts import SignedIn

if TYPE_CHECKING:
    from app.system.journal_files import JournalFiles


@overload
def draft_to_begin(draft_path: str, manner: Manner) -> Draft | int: ...


@overload
def draft_to_begin(draft_path: str | None, manner: Manner) -> Draft | int | None: ...


def draft_to_begin(draft_path: str | None, manner: Manner) -> Draft | int | None:
    """Return the draft at ``draft_path``, None where no path is given."""
    draft = None
    if draft_path is not None:
        file = read_draft_at(draft_path)
        if isinstance(file, InputProblem):
            return complain(file.text)
        draft = file.draft
    if not manner.yes and not can_ask():
        return refuse(
            tr(
                "There is no terminal to ask on: call it with --yes to make the changes without "
                "asking."
            )
        )
    return draft


async def signed_in(profile: str | None, draft: Draft | None) -> SignedIn | int:
    """Sign in with ``profile`` (None: AWS's default chain), to the draft's account where given.

    A sign-in to another account is refused: nothing is read or changed there.
    """
    from app.wiring.computer_accounts import open_account

    answer = await open_account(ByProfile(profile), code_on_terminal)
    account = in_account(answer, draft.account_id if draft else None)
    if isinstance(account, AwsFailure):
        return refuse(*failure_lines(account, draft))
    return account


def computer_journals() -> "JournalFiles":
    """Return the journals of this computer, which the window has as well.

    One that can't be read is told of: what it was about can't be gone on with or taken back.
    """
    from app.wiring.kept_runs import kept_journals

    journals = kept_journals()
    for problem in journals.problems():
        tell(problem.text)
    return journals
