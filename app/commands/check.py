"""``check``: the report about a draft, from a snapshot file or from AWS."""

from app.commands.exit_status import FAILED
from app.commands.output import complain, print_json, read_draft_at, say, write_output
from app.commands.sources import account_as_far_as_read, snapshot_in
from app.core.diagnosis.diagnose import diagnose
from app.core.formats.reading import InputProblem
from app.core.formats.report_json import report_to_json
from app.core.formats.snapshot_json import dump_snapshot
from app.core.report import Verdict
from app.flow.patience import patient_work


def print_check(
    draft_path: str,
    snapshot_path: str | None,
    profile: str | None,
    save_to: str | None,
    *,
    as_json: bool,
) -> int:
    """Print the report and return 0 only where it is ``ready``."""
    file = read_draft_at(draft_path)
    if isinstance(file, InputProblem):
        return complain(file.text)
    if snapshot_path is None:
        checked = account_as_far_as_read(profile, file.draft, for_people=not as_json)
        snapshot, report, mended = checked.snapshot, checked.report, checked.mended_here
    else:
        replayed = snapshot_in(snapshot_path)
        if isinstance(replayed, InputProblem):
            return complain(replayed.text)
        snapshot, mended = replayed, ()
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
