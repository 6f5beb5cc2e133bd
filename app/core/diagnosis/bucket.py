"""The bucket itself: whether it is there, whose it is, and where (the guide's Troubleshooting)."""

from collections.abc import Iterator
from typing import Final

from app.core.diagnosis.view.connector import Connector
from app.core.diagnosis.view.question import Rule
from app.core.diagnosis.view.setup import Setup
from app.core.report import Evidence, Finding
from app.core.snapshot import State

_ACLS_OFF: Final = "BucketOwnerEnforced"
_WITHOUT_SETTING: Final = "ObjectWriter"
"""How a bucket without ownership controls behaves (S3 User Guide, "Controlling ownership of
objects and disabling ACLs")."""


def bucket_findings(setup: Setup) -> Iterator[Finding]:
    """Yield what is wrong with each bucket as it was found."""
    for connection in setup.connections:
        yield from _of(setup, connection.connector)


def _of(setup: Setup, connector: Connector) -> Iterator[Finding]:
    bucket, account = connector.bucket, setup.draft.account_id
    if connector.state is State.MISSING:
        yield Finding("bucket.missing", Evidence.OBSERVED, bucket)
        return
    if connector.rule is Rule.CROSS_ACCOUNT:
        params = {"account": account}
        yield Finding("bucket.other-account", Evidence.OBSERVED, bucket, params)
    region = connector.facts.region if connector.facts else None
    if region not in (None, connector.entry.region):
        regions = {"expected": connector.entry.region, "found": region}
        yield Finding("bucket.region-mismatch", Evidence.OBSERVED, bucket, regions)
    ownership = _ownership(setup, connector)
    if ownership not in (None, _ACLS_OFF):
        yield Finding("bucket.object-ownership", Evidence.OBSERVED, bucket, {"found": ownership})


def _ownership(setup: Setup, connector: Connector) -> str | None:
    """Return who owns new files; None where it isn't known."""
    if connector.facts is None or connector.facts.object_ownership:
        return connector.facts.object_ownership if connector.facts else None
    was_read = setup.snapshot.was_read(f"{connector.path}.object_ownership")
    return _WITHOUT_SETTING if connector.state is State.FOUND and was_read else None
