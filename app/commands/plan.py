"""``plan``: what would change in AWS for a draft; nothing is changed."""

from app.commands.output import complain, print_json, read_draft_at, say
from app.commands.sources import sent_in, snapshot_of_account
from app.core.draft import Draft
from app.core.formats.plan_json import plan_to_json
from app.core.formats.reading import InputProblem
from app.core.planning.plan import plan
from app.core.snapshot import Snapshot
from app.flow.patience import patient_work


def print_plan(
    draft_path: str, snapshot_path: str | None, profile: str | None, *, as_json: bool
) -> int:
    """Print the plan; return 0, whatever it is."""
    file = read_draft_at(draft_path)
    if isinstance(file, InputProblem):
        return complain(file.text)
    read = _read(file.draft, snapshot_path, profile)
    if isinstance(read, int):
        return read
    if isinstance(read, InputProblem):
        return complain(read.text)
    planned = plan(*read, work=patient_work())
    if as_json:
        print_json(plan_to_json(planned))
    else:
        from app.commands.plan_text import setup_lines

        say(*setup_lines(planned))
    return 0


def _read(
    draft: Draft, snapshot_path: str | None, profile: str | None
) -> tuple[Draft, Snapshot] | InputProblem | int:
    if snapshot_path:
        return sent_in(snapshot_path, draft)
    snapshot = snapshot_of_account(profile, draft)
    return snapshot if isinstance(snapshot, int) else (draft, snapshot)
