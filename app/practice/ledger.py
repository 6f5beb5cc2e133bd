"""What the practice AWS keeps beside moto, because moto would misread it or does not keep it.

moto looks into bucket and key policies itself, without regard to whom a statement names; so it
never sees them. They are kept here, with what tells a session of today's role from one of a
deleted role that had the same name.
"""

from dataclasses import dataclass, field
from datetime import datetime

from app.practice.console_sessions import ConsoleSignIns
from app.practice.event_history import RecordedEvents
from app.practice.faults import Faults
from app.practice.last_uses import LastUses
from app.practice.pace import AT_ONCE, Pace


@dataclass(frozen=True, slots=True)
class OpenedSession:
    """A session: of the role with which unique id, when its token was issued (UTC), and to whom.

    ``opened_by`` is the account that assumed the role, whose address its requests come from.
    """

    role_id: str
    issued: datetime
    opened_by: str


@dataclass(slots=True)
class Ledger:
    """Documents by bucket name and key ARN, and facts that only the gate has seen."""

    bucket_policies: dict[str, str] = field(default_factory=dict)
    key_policies: dict[str, str] = field(default_factory=dict)
    sessions: dict[str, OpenedSession] = field(default_factory=dict)
    """The sessions of roles, by their access key id."""
    customer_keys: dict[tuple[str, str], str] = field(default_factory=dict)
    """Objects under SSE-C: the MD5 of the key, by bucket and object name."""
    console: ConsoleSignIns = field(default_factory=ConsoleSignIns)
    """The sign-ins as for the AWS console."""
    events: RecordedEvents = field(default_factory=RecordedEvents)
    """What CloudTrail has recorded."""
    last_uses: LastUses = field(default_factory=LastUses)
    """When each role was last used."""
    faults: Faults = field(default_factory=Faults)
    """What a rehearsal lets go wrong."""
    pace: Pace = AT_ONCE
    """How long things take to show; it outlasts a reset."""

    def clear(self) -> None:
        """Forget everything that has happened."""
        self.bucket_policies.clear()
        self.key_policies.clear()
        self.sessions.clear()
        self.customer_keys.clear()
        self.console.clear()
        self.events.clear()
        self.last_uses.clear()
        self.faults.clear()
