"""What support needs to know of where somebody is stuck: all that a support bundle is made of."""

from datetime import datetime

from app.core.call_record import CallRecord
from app.core.draft import Draft
from app.core.failure import AwsFailure
from app.core.frozen import frozen
from app.core.journal import Journal
from app.core.report import Report
from app.core.snapshot import Snapshot


@frozen
class SupportCase:
    """How things stand at one ``moment`` (UTC), as far as the program knows.

    ``program`` and ``system`` are names with versions, ``parts`` the names and versions of what
    the program is made of; ``page`` is the page's title. ``report`` is what the person was shown
    of ``snapshot``. ``journal`` is the last run that made changes. ``failures`` are what AWS
    answered, the latest last; ``calls`` are those of the last connection test; ``pasted_error`` is
    what was pasted as an error from UbiQuity. ``problems`` are sentences on details that are not
    complete; ``typed_id`` is what was typed as the UbiQuity Account ID, be it right or not: it is
    hidden wherever it is repeated. ``home`` is the person's own folder on this computer, which no
    file is to name. ``log`` is the end of the program's own log.
    """

    moment: datetime
    program: str
    system: str
    page: str
    parts: tuple[tuple[str, str], ...] = ()
    practice: bool = False
    draft: Draft | None = None
    snapshot: Snapshot | None = None
    report: Report | None = None
    journal: Journal | None = None
    failures: tuple[AwsFailure, ...] = ()
    calls: tuple[CallRecord, ...] = ()
    pasted_error: str = ""
    problems: tuple[str, ...] = ()
    typed_id: str = ""
    home: str = ""
    log: str = ""
