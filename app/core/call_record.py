"""One call to AWS as it went: what a test's log and AWS's own support ask for.

No answer's text is in it, no key and no External ID: codes, ids and times alone.
"""

from datetime import datetime
from enum import StrEnum

from app.core.frozen import frozen


class CallOutcome(StrEnum):
    """How a call ended."""

    DONE = "done"
    REFUSED = "refused"
    """AWS answered with an error, be it that there is no such thing."""
    FAILED = "failed"
    """The network, the sign-in, or something in the place of AWS's answer stopped it."""


@frozen
class CallRecord:
    """A call, with all pages of a listing and all requests that were sent again.

    ``action`` is the permission that it needs, ``operation`` what was sent last
    (``s3.ListObjectsV2``; None where nothing was), ``region`` and ``bucket`` whom that was about,
    ``begun_at`` is by this computer's clock (UTC), ``seconds`` how long it took, ``requests`` how
    many were sent. ``http_status``, ``request_id`` and ``host_id`` are those of the last answer
    (AWS's support asks for both ids of S3's); ``code`` is AWS's error, or the name of what failed.
    """

    action: str
    begun_at: datetime
    seconds: float
    outcome: CallOutcome
    operation: str | None = None
    region: str | None = None
    bucket: str | None = None
    http_status: int | None = None
    request_id: str | None = None
    host_id: str | None = None
    code: str | None = None
    requests: int = 0
