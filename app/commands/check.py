"""``check``: the report about a draft, from a snapshot file, from a block or from AWS."""

from typing import NamedTuple

from app.commands.exit_status import FAILED
from app.commands.output import complain, print_json, read_draft_at, say, write_output
from app.commands.sources import account_as_far_as_read, block_in, snapshot_in
from app.core.diagnosis.diagnose import diagnose
from app.core.draft import Draft
from app.core.formats.reading import InputProblem
from app.core.formats.report_json import report_to_json
from app.core.formats.snapshot_json import dump_snapshot
from app.core.report import Verdict
from app.core.snapshot import Snapshot
from app.flow.patience import patient_work


class CheckSource(NamedTuple):
    """What to check: a snapshot's file, a block's file, or what a profile can read.

    At most one is given; with none it is the default profile.
    """

    snapshot_path: str | None = None
    block_path: str | None = None
    profile: str | None = None


def print_check(draft_path: str, source: CheckSource, save_to: str | None, *, as_json: bool) -> int:
    """Print the report and return 0 only where it is ``ready``."""
    file = read_draft_at(draft_path)
    if isinstance(file, InputProblem):
        return complain(file.text)
    snapshot = _sent(source, file.draft)
    if isinstance(snapshot, InputProblem):
        return complain(snapshot.text)
    if snapshot is None:
        checked = account_as_far_as_read(source.profile, file.draft, for_people=not as_json)
        snapshot, report, mended = checked.snapshot, checked.report, checked.mended_here
    else:
        mended = ()
        report = diagnose(file.draft, snapshot, patient_work())
    if save_to is not None:
        problem = write_output(save_to, dump_snapshot(snapshot))
        if problem is not None:
            return complain(problem)
    if as_json:
        print_json(report_to_json(report))
    else:
        from app.commands.report_text import report_lines

        say(*report_lines(report, mended))
    return 0 if report.verdict is Verdict.READY else FAILED


def _sent(source: CheckSource, draft: Draft) -> Snapshot | InputProblem | None:
    """Return the snapshot that somebody sent; None where AWS is to be asked."""
    if source.block_path is not None:
        return block_in(source.block_path, draft)
    return snapshot_in(source.snapshot_path) if source.snapshot_path is not None else None
