"""The log of a test's calls as a text to copy, line by line, for AWS's support or UbiQuity's."""

from collections.abc import Iterable

from app.core.call_record import CallRecord


def calls_text(calls: Iterable[CallRecord]) -> str:
    """Return a line for each call: when (UTC), how long, what, where, how it ended, and its ids.

    It is made of AWS's own names, so it is not translated. What is not known is left out.
    """
    return "\n".join(map(_line, calls))


def _line(call: CallRecord) -> str:
    ended = call.code or (str(call.http_status) if call.http_status else "")
    again = f"{call.requests} requests" if call.requests > 1 else ""
    ids = (
        f"request {call.request_id}" if call.request_id else "",
        f"host {call.host_id}" if call.host_id else "",
    )
    parts = (
        f"{call.begun_at:%H:%M:%S}.{call.begun_at.microsecond // 1000:03d}Z",
        f"{call.seconds:6.2f} s",
        call.operation or call.action,
        call.region or "",
        call.bucket or "",
        f"{call.outcome.value} {ended}".strip(),
        again,
        *ids,
    )
    return "  ".join(part for part in parts if part)
