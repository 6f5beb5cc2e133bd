"""The plan as the JSON object that formats.md describes ("The command line", ``plan --json``)."""

from typing import Final

from app.core.change import Change, Plan
from app.core.formats.writing import Json

FORMAT: Final = "ubiquity-s3-setup/plan"
VERSION: Final = 1


def plan_to_json(plan: Plan) -> Json:
    """Return ``plan`` as a JSON object; ``cannot_mend`` names each code once, in its order."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "changes": [change_to_json(change) for change in plan.changes],
        "cannot_mend": list(dict.fromkeys(obstacle.code for obstacle in plan.cannot_mend)),
    }


def change_to_json(change: Change) -> Json:
    """Return one change; ``settings`` and ``addition`` are there only where they say something."""
    entry: Json = {
        "kind": change.kind.value,
        "target": change.target,
        "before": change.before,
        "after": change.after,
        "reversible": change.reversible,
    }
    settings = {"settings": dict(change.settings)} if change.settings else {}
    return {**entry, **settings, **({"addition": True} if change.addition else {})}
