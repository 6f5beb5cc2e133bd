"""``check``: the report about a draft, from a snapshot file or from AWS."""

import sys

from app.commands.output import (
    complain,
    print_json,
    read_draft_at,
    read_input,
    write_output,
)
from app.core.diagnosis.diagnose import diagnose
from app.core.draft import Draft
from app.core.formats.reading import InputProblem
from app.core.formats.report_json import report_to_json
from app.core.formats.snapshot_json import dump_snapshot, read_snapshot
from app.core.report import Verdict
from app.core.snapshot import Snapshot


def print_check(
    draft_path: str,
    snapshot_path: str | None,
    profile: str | None,
    save_to: str | None,
    *,
    as_json: bool,
) -> int:
    """Print the report and return 0 only where it is ``ready``."""
    read = read_draft_at(draft_path)
    if isinstance(read, InputProblem):
        return complain(read.text)
    snapshot = snapshot_from(snapshot_path, profile, read.draft)
    if isinstance(snapshot, InputProblem):
        return complain(snapshot.text)
    if save_to is not None:
        problem = write_output(save_to, dump_snapshot(snapshot))
        if problem is not None:
            return complain(problem)
    report = diagnose(read.draft, snapshot)
    if as_json:
        print_json(report_to_json(report))
    else:
        from app.commands.report_text import report_text

        print(report_text(report))
    return 0 if report.verdict is Verdict.READY else 1


def snapshot_from(path: str | None, profile: str | None, draft: Draft) -> Snapshot | InputProblem:
    """Return the snapshot in the file at ``path``, or without one that of AWS itself."""
    return _from_file(path) if path else _from_aws(profile, draft)


def _from_file(path: str) -> Snapshot | InputProblem:
    text = read_input(path)
    return text if isinstance(text, InputProblem) else read_snapshot(text, path)


def _from_aws(profile: str | None, draft: Draft) -> Snapshot:
    import asyncio

    from app.wiring.sign_ins import read_account

    def tell(words: str) -> None:
        print(words, file=sys.stderr)

    return asyncio.run(read_account(profile, draft, tell))
