"""What could not be read: which permission is missing, and what remains uncertain."""

from collections.abc import Iterable, Iterator
from typing import Final

from app.core.diagnosis.role_view import ATTACHED, BOUNDARY, INLINE, TRUST
from app.core.diagnosis.setup import Answer, Setup
from app.core.diagnosis.snapshot_facts import fact_at
from app.core.diagnosis.unread_facts import Gap, gaps_of
from app.core.failure import finding_of_failure
from app.core.iam.decision import Decision
from app.core.report import Evidence, Finding

_OF_THE_ROLE: Final = (ATTACHED, INLINE, BOUNDARY)
_ON_S3: Final = ("", ".policy", ".owner_account", ".state")
_ON_KEY: Final = (".kms_key", ".encryption")
"""The parts of a bucket that decisions hang on; "" is the whole of it."""


def unreadable_findings(setup: Setup) -> Iterator[Finding]:
    """Yield one finding for each fact that could not be read and could matter."""
    for gap in gaps_of(setup):
        params: dict[str, object] = {
            "what": gap.path,
            "permission": _permission(gap),
            "uncertain": _uncertain(_hanging_on(setup, gap)),
        }
        yield Finding("check.unreadable", Evidence.OBSERVED, gap.bucket, params)


def _permission(gap: Gap) -> str | None:
    """Return the permission that AWS names in its refusal, or else the one that reads the fact."""
    why = gap.why
    if why is None or finding_of_failure(why.code or "", why.message or ""):
        return None
    fact = fact_at(gap.path)
    return _named(why.message or "") or (fact.permission if fact else None)


def _named(message: str) -> str | None:
    """Return the action in "… is not authorized to perform: iam:GetRole on resource: …"."""
    action = message.partition("to perform: ")[2].partition(" ")[0]
    return action if ":" in action else None


def _uncertain(answers: Iterable[Answer]) -> list[str]:
    actions = (a.action for a in answers if a.decision is Decision.UNKNOWN)
    return list(dict.fromkeys(actions))


def _hanging_on(setup: Setup, gap: Gap) -> Iterator[Answer]:
    """Yield the answers that the fact has a say in."""
    path = gap.path
    if path == "role" or path.startswith(TRUST):
        yield setup.assume
    of_role = path == "role" or path.startswith(_OF_THE_ROLE)
    part = path.partition("]")[2]
    for connection in setup.connections:
        of_bucket = gap.bucket == connection.bucket
        if of_role or (of_bucket and part in _ON_S3):
            yield from connection.s3
        if of_role or (of_bucket and (not part or part.startswith(_ON_KEY))):
            yield from connection.key
