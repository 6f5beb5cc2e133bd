"""Changes that name a time: which one it is is known only when the request goes out."""

from datetime import datetime

from app.core.change import Change
from app.core.changes.kinds import rules_of, typed
from app.core.frozen import replace


def dated(change: Change, at: datetime) -> Change:
    """Return ``change`` as it is sent at ``at`` (UTC), AWS's own time; most are as they were."""
    rules, after = rules_of(change), typed(change).after
    if rules.dated is None or after is None:
        return change
    side = rules.dated(after, at)
    return change if side == after else replace(change, after=side.to_json())
