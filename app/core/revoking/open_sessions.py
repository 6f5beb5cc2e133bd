"""How long a session that was opened before may go on, once access was taken away.

Source: IAM API Reference, UpdateRole, ``MaxSessionDuration``; IAM User Guide, "Revoke IAM role
temporary security credentials" (a session goes on whatever becomes of the trust policy, and ends
with its role).
"""

from datetime import datetime, timedelta
from typing import Final

from app.core.change import ChangeKind
from app.core.changes.kinds import rules_of, typed
from app.core.documents.open_sessions import SESSIONS_POLICY, ended_before
from app.core.journal import Journal, StepState
from app.core.snapshot import RoleFacts, Snapshot, State

LONGEST_OF_ALL: Final = timedelta(hours=12)
"""What AWS lets a role allow at most."""

_IN_EFFECT: Final = (StepState.DONE, StepState.KEPT)


def longest_session(role: RoleFacts) -> timedelta:
    """Return how long a session of ``role`` lasts at most; what AWS allows where unknown."""
    seconds = role.max_session_duration
    return LONGEST_OF_ALL if seconds is None else timedelta(seconds=seconds)


def closed_at(run: Journal) -> datetime | None:
    """Return when nobody got in any more at latest, by AWS's own clock (UTC); None if not known.

    That is when ``run`` changed the trust policy; where it had no need to, when it put the policy
    that ends open sessions, which comes after. Where AWS told no time it is this computer's.
    """
    done = [step for step in run.steps if step.state in _IN_EFFECT]
    closing = [s for s in done if s.change.kind is ChangeKind.UPDATE_TRUST_POLICY]
    ending = [s for s in done if rules_of(s.change).ends_sessions(typed(s.change))]
    moments = (step.aws_at or step.at for step in closing or ending)
    return max((moment for moment in moments if moment), default=None)


def sessions_until(snapshot: Snapshot, closed: datetime | None) -> datetime | None:
    """Return until when a session that was opened before may go on (UTC); None where none can.

    ``snapshot`` was read once access had ended. ``closed`` is when the trust policy was changed,
    None where nobody knows: then one may have been opened just before the account was read.
    """
    if snapshot.role.state is State.MISSING:
        return None
    opened = closed or snapshot.captured_at
    denied = _denied_before(snapshot.role)
    if denied is not None and denied >= opened:
        return None
    return opened + longest_session(snapshot.role)


def _denied_before(role: RoleFacts) -> datetime | None:
    policies = (policy for policy in role.inline_policies if policy.name == SESSIONS_POLICY)
    return next((ended_before(policy.document) for policy in policies), None)
