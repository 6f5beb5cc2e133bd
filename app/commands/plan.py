"""``plan``: what would change in AWS for a draft; nothing is changed."""

from app.commands.output import complain, print_json, read_draft_at, say
from app.commands.sources import snapshot_in, snapshot_of_account
from app.core.formats.plan_json import plan_to_json
from app.core.formats.reading import InputProblem
from app.core.planning.plan import plan
from app.flow.patience import patient_work


def print_plan(
    draft_path: str, snapshot_path: str | None, profile: str | None, *, as_json: bool
) -> int:
    """Print the plan; return 0, whatever it is."""
    file = read_draft_at(draft_path)
    if isinstance(file, InputProblem):
        return complain(file.text)
    snapshot = (
        snapshot_in(snapshot_path) if snapshot_path else snapshot_of_account(profile, file.draft)
    )
    if isinstance(snapshot, int):
        return snapshot
    if isinstance(snapshot, InputProblem):
        return complain(snapshot.text)
    planned = plan(file.draft, snapshot, work=patient_work())
    if as_json:
        print_json(plan_to_json(planned))
    else:
        from app.commands.plan_text import setup_lines

        say(*setup_lines(planned))
    return 0
