"""When each role was last used, as GetRole tells it: a while after the use, by the role's own id.

Source: IAM API Reference, "RoleLastUsed", and IAM User Guide, "Refining permissions in AWS using
last accessed information": any request with the role's credentials counts, a refused one as well.
"""

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class SessionUse:
    """A request with a role's session: when (UTC), and in which region."""

    at: datetime
    region: str


@dataclass(slots=True)
class LastUses:
    """The uses of every role since the practice AWS was set up, as far as they still matter."""

    _uses: dict[str, deque[SessionUse]] = field(default_factory=dict)

    def note(self, role_id: str, use: SessionUse, delay: timedelta) -> None:
        """Keep ``use`` of the role; each shows after ``delay``."""
        uses = self._uses.setdefault(role_id, deque())
        uses.append(use)
        _forget_older(uses, use.at - delay)

    def shown(self, role_id: str, now: datetime, delay: timedelta) -> SessionUse | None:
        """Return the last use of the role that shows at ``now``; None where it was never used."""
        uses = self._uses.get(role_id, deque())
        _forget_older(uses, now - delay)
        return uses[0] if uses and uses[0].at <= now - delay else None

    def clear(self) -> None:
        """Forget everything."""
        self._uses.clear()


def _forget_older(uses: deque[SessionUse], shown_until: datetime) -> None:
    while len(uses) > 1 and uses[1].at <= shown_until:
        uses.popleft()
