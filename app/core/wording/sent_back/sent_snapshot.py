"""What has to be said of a snapshot that somebody sent: it is of another account, or it is old."""

from datetime import datetime, timedelta
from typing import Final

from app.core.diagnosis.view.role_view import is_foreign
from app.core.draft import Draft
from app.core.i18n import tr
from app.core.snapshot import Snapshot
from app.core.wording.moments import moment_words
from app.core.wording.value_sentence import ValueSentence, filled

OLD: Final = timedelta(days=1)
"""From this age on AWS may have something else by now: people mend and try again within hours."""


def other_account_of(draft: Draft, snapshot: Snapshot) -> str | None:
    """Return the account that the snapshot is of, where that is another than the draft's."""
    caller = snapshot.caller
    return caller.account if caller and is_foreign(draft, snapshot) else None


def is_old(snapshot: Snapshot, now: datetime) -> bool:
    """Tell whether the snapshot was captured more than a day before ``now``."""
    return now - snapshot.captured_at > OLD


def sent_snapshot_notes(
    draft: Draft, snapshot: Snapshot, now: datetime
) -> tuple[ValueSentence, ...]:
    """Return what to say beside the report on a snapshot that was not read just now."""
    notes = []
    other = other_account_of(draft, snapshot)
    if other is not None:
        template = tr(
            "This was read in the AWS account {other}, and your details name the account "
            "{account}. Have it read again in that account, or correct your details."
        )
        notes.append(filled(template, other=other, account=draft.account_id))
    if is_old(snapshot, now):
        template = tr(
            "This was read on {time}, more than a day ago: AWS may have something else by now. "
            "Have it read again if anything has changed since."
        )
        words = template.replace("{time}", moment_words(snapshot.captured_at))
        notes.append(ValueSentence(words))
    return tuple(notes)
