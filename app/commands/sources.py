"""Where the snapshot of a command comes from: a file, a block that was pasted, or AWS itself.

One more source is one more function here, and one line where ``check`` and ``plan`` choose.
"""

from typing import TYPE_CHECKING

from app.commands.output import tell
from app.core.diagnosis.diagnose import diagnose
from app.core.draft import Draft
from app.core.formats.reading import InputProblem
from app.core.formats.snapshot_json import read_snapshot
from app.core.i18n import tr
from app.core.snapshot import Snapshot
from app.files.inputs import read_input, read_pasted
from app.files.reading import ZIP_START, begins_with
from app.flow.patience import patient_work

if TYPE_CHECKING:
    from app.flow.checking import CheckedAccount

# Reading a file has to start in a blink: what AWS needs is imported once it is asked.


def is_bundle(path: str) -> bool:
    """Tell whether the file at ``path`` is a support bundle, by how it begins."""
    return begins_with(path, ZIP_START)


def sent_in(path: str, draft: Draft) -> tuple[Draft, Snapshot] | InputProblem:
    """Return the snapshot in the file at ``path``, be it a support bundle, beside ``draft``.

    In a bundle's whose UbiQuity Account ID is masked, the draft has its pseudonym too.
    """
    if is_bundle(path):
        from app.commands.check_files import replayable

        replayed = replayable(path, draft)
        if isinstance(replayed, InputProblem):
            return replayed
        return replayed.draft, replayed.snapshot
    snapshot = snapshot_in(path)
    return snapshot if isinstance(snapshot, InputProblem) else (draft, snapshot)


def snapshot_in(path: str) -> Snapshot | InputProblem:
    """Return the snapshot in the file at ``path``, which is no support bundle."""
    text = read_input(path)
    snapshot = text if isinstance(text, InputProblem) else read_snapshot(text, path)
    if isinstance(snapshot, InputProblem) and isinstance(text, str):
        from app.core.formats.snapshot_block import holds_block

        if holds_block(text):
            sentence = tr("{file}: this is a block. Give it to “check” with --block.")
            return InputProblem(path, sentence.format(file=path))
    return snapshot


def block_in(path: str, draft: Draft) -> Snapshot | InputProblem:
    """Return the snapshot of the block in the file at ``path``; say what is odd about it."""
    from datetime import UTC, datetime

    from app.core.formats.snapshot_block import holds_block, read_block
    from app.core.formats.what_is import Kind, what_is
    from app.core.wording.sent_back.sent_snapshot import sent_snapshot_notes

    text = read_pasted(path)
    if isinstance(text, InputProblem):
        return text
    if not holds_block(text) and what_is(text) is Kind.SNAPSHOT:
        sentence = tr("{file}: this is a snapshot, and no block. Give it with --snapshot.")
        return InputProblem(path, sentence.format(file=path))
    snapshot = read_block(text, path)
    if isinstance(snapshot, Snapshot):
        for note in sent_snapshot_notes(draft, snapshot, datetime.now(UTC)):
            tell(note.text)
    return snapshot


def account_as_far_as_read(
    profile: str | None, draft: Draft, *, for_people: bool
) -> "CheckedAccount":
    """Return what AWS has and what follows, as far as ``profile`` can read it.

    What it can't is named in the snapshot. What the sign-in could mend is worked out, and AWS
    asked whether it may, ``for_people`` alone: the JSON has no place for it.
    """
    from dataclasses import replace

    from app.commands.prompts import code_on_terminal
    from app.commands.to_the_end import to_the_end
    from app.flow.checking import CheckedAccount, weighed
    from app.flow.since_setup import trust_written_in
    from app.wiring.computer_accounts import read_account
    from app.wiring.kept_runs import kept_journals

    async def read() -> CheckedAccount:
        journal = kept_journals().last_apply(draft.account_id)
        written = trust_written_in(journal) if journal is not None else None
        snapshot, found, aws = await read_account(profile, draft, tell, code_on_terminal, written)
        if for_people:
            return replace(await weighed(draft, snapshot, aws), look_back=found)
        report = diagnose(draft, snapshot, patient_work())
        return CheckedAccount(draft, snapshot, report, look_back=found)

    return to_the_end(read())


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
