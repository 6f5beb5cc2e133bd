"""How it is known what a check of a connection test tells, in the report's words for it."""

from typing import Final

from app.core.report import Evidence, Report
from app.flow.connection.checks import CheckKind, CheckState, ConnectionCheck
from app.flow.connection.tester import Tester

_OF_THIS_COMPUTER: Final = (CheckKind.NETWORK, CheckKind.CLOCK, CheckKind.CALLER)
"""What is seen from here whoever is signed in."""


def evidence_of(check: ConnectionCheck, tester: Tester, report: Report | None) -> Evidence:
    """Return how what ``check`` tells is known.

    Verified is what UbiQuity's identity was seen to do, in the test or in the account's event
    history. What follows from reading the account is worked out, or is known as the finding of the
    ``report`` that stands against it.
    """
    if check.kind in _OF_THIS_COMPUTER:
        return Evidence.OBSERVED
    if tester is Tester.UBIQUITY:
        # What was not tried was not seen to happen; that it could not be was seen from here.
        is_tried = check.state in (CheckState.PASSED, CheckState.FAILED)
        return Evidence.VERIFIED if is_tried else Evidence.OBSERVED
    if check.kind is CheckKind.VISIT and check.state is CheckState.PASSED:
        return Evidence.VERIFIED
    if check.kind is not CheckKind.ACCOUNT:
        return Evidence.OBSERVED
    findings = report.findings if report is not None else ()
    against = (finding.evidence for finding in findings if finding.code == check.code)
    return next(against, Evidence.PREDICTED)
