"""``check``: the report about a draft, from a snapshot file, from a block or from AWS."""

from typing import TYPE_CHECKING, NamedTuple

from app.commands.exit_status import FAILED
from app.commands.output import complain, print_json, read_draft_at, say, write_output
from app.commands.sources import account_as_far_as_read, block_in, is_bundle, snapshot_in
from app.core.diagnosis.diagnose import diagnose
from app.core.draft import Draft
from app.core.formats.reading import InputProblem
from app.core.formats.report_json import report_to_json
from app.core.formats.snapshot_json import dump_snapshot
from app.core.report import Finding, Report, Verdict
from app.core.snapshot import Snapshot
from app.flow.patience import patient_work

if TYPE_CHECKING:
    from app.flow.look_back import LookBack


class CheckSource(NamedTuple):
    """What to check: a snapshot's file, a block's file, or what a profile can read.

    At most one is given; with none it is the default profile.
    """

    snapshot_path: str | None = None
    block_path: str | None = None
    profile: str | None = None


def print_check(
    draft_path: str | None, source: CheckSource, save_to: str | None, *, as_json: bool
) -> int:
    """Print the report and return 0 only where it is ``ready``.

    Without a draft the snapshot's file is a support bundle, which has its own.
    """
    checked = _checked(draft_path, source, for_people=not as_json)
    if isinstance(checked, InputProblem):
        return complain(checked.text)
    if save_to is not None:
        problem = write_output(save_to, dump_snapshot(checked.snapshot))
        if problem is not None:
            return complain(problem)
    if as_json:
        print_json(report_to_json(checked.report))
    else:
        from app.commands.recorded_text import recorded_lines
        from app.commands.report_text import report_lines

        say(
            *report_lines(checked.report, checked.mended),
            *recorded_lines(
                checked.snapshot.as_to_role(checked.report.required_role), checked.look_back
            ),
        )
    return 0 if checked.report.verdict is Verdict.READY else FAILED


class _Checked(NamedTuple):
    snapshot: Snapshot
    report: Report
    mended: tuple[Finding, ...] = ()
    """The findings that the sign-in could mend."""
    look_back: "LookBack | None" = None


def _checked(
    draft_path: str | None, source: CheckSource, *, for_people: bool
) -> _Checked | InputProblem:
    file = read_draft_at(draft_path) if draft_path is not None else None
    if isinstance(file, InputProblem):
        return file
    if file is None or (source.snapshot_path and is_bundle(source.snapshot_path)):
        return _replayed(source.snapshot_path or "", file.draft if file else None)
    snapshot = _sent(source, file.draft)
    if isinstance(snapshot, InputProblem):
        return snapshot
    if snapshot is None:
        checked = account_as_far_as_read(source.profile, file.draft, for_people=for_people)
        found = checked.look_back
        return _Checked(checked.snapshot, checked.report, checked.mended_here, found)
    return _Checked(snapshot, diagnose(file.draft, snapshot, patient_work()))


def _replayed(path: str, draft: Draft | None) -> _Checked | InputProblem:
    from app.commands.check_files import replayable, tell_replay

    replayed = replayable(path, draft)
    if isinstance(replayed, InputProblem):
        return replayed
    report = diagnose(replayed.draft, replayed.snapshot, patient_work())
    tell_replay(replayed.bundle, report)
    return _Checked(replayed.snapshot, report)


def _sent(source: CheckSource, draft: Draft) -> Snapshot | InputProblem | None:
    """Return the snapshot that somebody sent; None where AWS is to be asked."""
    if source.block_path is not None:
        return block_in(source.block_path, draft)
    return snapshot_in(source.snapshot_path) if source.snapshot_path is not None else None
