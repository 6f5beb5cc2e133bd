"""``plan``: what would change in AWS for a draft; nothing is changed."""

from app.commands.check import snapshot_from
from app.commands.output import complain, print_json, read_draft_at
from app.core.draft import Draft
from app.core.formats.plan_json import plan_to_json
from app.core.formats.reading import InputProblem
from app.core.planning.plan import plan
from app.core.snapshot import Snapshot


def print_plan(
    draft_path: str, snapshot_path: str | None, profile: str | None, *, as_json: bool
) -> int:
    """Print the plan; return 0, whatever it is."""
    read = read_draft_at(draft_path)
    if isinstance(read, InputProblem):
        return complain(read.text)
    snapshot = (
        snapshot_from(snapshot_path, None, read.draft)
        if snapshot_path
        else _from_aws(profile, read.draft)
    )
    if isinstance(snapshot, int):
        return snapshot
    if isinstance(snapshot, InputProblem):
        return complain(snapshot.text)
    wanted = plan(read.draft, snapshot)
    if as_json:
        print_json(plan_to_json(wanted))
    else:
        from app.commands.plan_text import setup_text

        print(setup_text(wanted))
    return 0


def _from_aws(profile: str | None, draft: Draft) -> Snapshot | int:
    """Read the draft's account; where nobody can sign in to it, say so and return the status."""
    import asyncio

    from app.commands.progress import failure_text, tell
    from app.commands.running import refuse, sign_in
    from app.core.failure import AwsFailure

    async def read() -> Snapshot | int:
        account = await sign_in(profile, draft)
        if isinstance(account, AwsFailure):
            return refuse(failure_text(account, draft))
        return await account.aws.read_snapshot(draft, tell)

    return asyncio.run(read())
