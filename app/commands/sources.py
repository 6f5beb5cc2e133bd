"""Where the snapshot of a command comes from: a file, or AWS itself.

One more source is one more function here, and one line where ``check`` and ``plan`` choose.
"""

from app.commands.output import tell
from app.core.draft import Draft
from app.core.formats.reading import InputProblem
from app.core.formats.snapshot_json import read_snapshot
from app.core.snapshot import Snapshot
from app.files.inputs import read_input

# Reading a file has to start in a blink: what AWS needs is imported once it is asked.


def snapshot_in(path: str) -> Snapshot | InputProblem:
    """Return the snapshot in the file at ``path``."""
    text = read_input(path)
    return text if isinstance(text, InputProblem) else read_snapshot(text, path)


def snapshot_as_far_as_read(profile: str | None, draft: Draft) -> Snapshot:
    """Return what AWS has, as far as ``profile`` can read it; what it can't is named in there."""
    from app.commands.prompts import code_on_terminal
    from app.commands.to_the_end import to_the_end
    from app.wiring.computer_accounts import read_account

    return to_the_end(read_account(profile, draft, tell, code_on_terminal))


def snapshot_of_account(profile: str | None, draft: Draft) -> Snapshot | int:
    """Return what the draft's account has.

    Where nobody can sign in to it, that is said, and the exit status for wrong input returned.
    """
    from app.commands.beginning import signed_in
    from app.commands.to_the_end import to_the_end

    async def read() -> Snapshot | int:
        account = await signed_in(profile, draft)
        if isinstance(account, int):
            return account
        return await account.aws.read_snapshot(draft, tell)

    return to_the_end(read())
