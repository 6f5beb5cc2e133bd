"""What time it is for AWS: its answers say so, whatever this computer's clock does."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, Final

from botocore.hooks import BaseEventHooks

from app.flow.clocks import Clock

_AT_MOST_SLOW: Final = timedelta(minutes=5)
"""How much later than on this computer it can be for AWS, which refuses what was signed more than
five minutes ago (IAM User Guide, "Authenticating requests", AWS Signature Version 4)."""


class AwsClock:
    """Remembers the ``Date`` of AWS's latest answer, be it a refusal (RFC 9110, 6.6.1)."""

    def __init__(self, now: Clock) -> None:
        """``now`` is this computer's own clock (UTC)."""
        self._now = now
        self._latest: datetime | None = None
        self._ahead: timedelta | None = None

    @property
    def ahead(self) -> timedelta | None:
        """By how much this computer's clock was ahead of AWS's when it last answered.

        Negative where it was behind; None before an answer told. AWS tells whole seconds.
        """
        return self._ahead

    def listen(self, events: BaseEventHooks) -> None:
        """Listen to all answers that the clients made with ``events`` get from now on."""
        events.register("after-call", self._hear)

    def time(self, own: datetime) -> datetime:
        """Return AWS's time of its latest answer (UTC).

        Where no answer told one, it is the latest that it can be while this computer's clock
        shows ``own``.
        """
        return self._latest or own + _AT_MOST_SLOW

    def _hear(self, parsed: Mapping[str, Any], **_: object) -> None:
        headers = parsed.get("ResponseMetadata", {}).get("HTTPHeaders", {})
        moment = moment_of(headers.get("date"))
        if moment is not None:
            self._latest = moment
            self._ahead = self._now() - moment


def moment_of(text: str | None) -> datetime | None:
    """Return the time (UTC) that a header ``Date`` tells; None for what tells none."""
    try:
        moment = parsedate_to_datetime(text or "")
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
