"""What the customer's organisation denies, as far as IAM's simulator told it."""

from collections.abc import Iterator

from app.core.diagnosis.view.setup import Answer, Setup
from app.core.report import Evidence, Finding


def organization_findings(setup: Setup) -> Iterator[Finding]:
    """Yield one finding for each bucket and kind of policy, with all actions that it denies."""
    if not setup.role.is_found:
        return
    yield from _of((setup.assume,), None)
    for connection in setup.connections:
        yield from _of(connection.needed, connection.bucket)


def _of(answers: tuple[Answer, ...], bucket: str | None) -> Iterator[Finding]:
    denied: dict[str, list[str]] = {}
    for answer in answers:
        for kind in dict.fromkeys(row.by for row in answer.outcome.because.organization):
            denied.setdefault(kind, []).append(answer.action)
    for kind, actions in denied.items():
        params = {"actions": actions, "by": kind}
        yield Finding("organization.denies", Evidence.OBSERVED, bucket, params)
