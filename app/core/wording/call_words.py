"""A call to AWS in a line: what was asked of whom, how it ended, and AWS's ids of its answer."""

from collections.abc import Iterator, Mapping
from datetime import UTC
from typing import Final

from app.core.call_record import CallOutcome, CallRecord
from app.core.conventions import row
from app.core.i18n import mark, ntr, tr
from app.core.wording.durations import seconds_words

_OUTCOMES: Final[Mapping[CallOutcome, str]] = {
    CallOutcome.DONE: mark("done"),
    CallOutcome.REFUSED: mark("refused"),
    CallOutcome.FAILED: mark("failed"),
}


def call_line(record: CallRecord) -> str:
    """Return the line: its time is by this computer's clock, in UTC as AWS's records are."""
    return " · ".join(_parts(record))


def _parts(record: CallRecord) -> Iterator[str]:
    yield f"{record.begun_at.astimezone(UTC):%H:%M:%S} UTC"
    yield record.action
    place = row(filter(None, (record.bucket, record.region)))
    if place:
        yield place
    yield " ".join(filter(None, (tr(_OUTCOMES[record.outcome]), record.code)))
    yield seconds_words(record.seconds)
    if record.requests > 1:
        words = ntr("{count} request", "{count} requests", record.requests)
        yield words.format(count=record.requests)
    ids = row(filter(None, (record.request_id, record.host_id)))
    if ids:
        yield tr("request ID {id}").format(id=ids)
