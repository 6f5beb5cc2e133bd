"""The log of a test's calls (``ubiquity-s3-setup/calls``, version 1), for the support bundle."""

from collections.abc import Iterable
from typing import Final

from app.core.call_record import CallRecord
from app.core.formats.writing import Json, moment_text

FORMAT: Final = "ubiquity-s3-setup/calls"
VERSION: Final = 1

_MILLISECONDS: Final = 3
"""Places of a second."""


def calls_to_json(records: Iterable[CallRecord]) -> Json:
    """Return the document of ``records``, in their order: codes, ids and times alone."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "calls": [
            {
                "at": moment_text(record.begun_at),
                "seconds": round(record.seconds, _MILLISECONDS),
                "action": record.action,
                "operation": record.operation,
                "region": record.region,
                "bucket": record.bucket,
                "outcome": record.outcome.value,
                "code": record.code,
                "http_status": record.http_status,
                "request_id": record.request_id,
                "host_id": record.host_id,
                "requests": record.requests,
            }
            for record in records
        ],
    }
