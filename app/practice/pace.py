"""How long what happens on the practice AWS takes to show, and how often it may be asked for.

On AWS an event is in CloudTrail's event history "typically within 5 minutes", a role's last use
shows within hours, and event history is looked up at most twice a second in an account and region.
Sources: AWS CloudTrail User Guide, "Working with CloudTrail event history"; IAM API Reference,
"RoleLastUsed"; CloudTrail API Reference, "LookupEvents".
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final


@dataclass(frozen=True, slots=True)
class Pace:
    """Delays of the practice AWS; ``lookups_a_second`` is None where nobody is slowed down."""

    events_after: timedelta = timedelta()
    last_use_after: timedelta = timedelta()
    lookups_a_second: int | None = None


AT_ONCE: Final = Pace()
"""Everything shows at once, and may be asked for at any rate."""

AS_PRACTISED: Final = Pace(timedelta(seconds=4), timedelta(seconds=8), 2)
"""Slow enough to see that AWS takes its time, quick enough to practise."""
