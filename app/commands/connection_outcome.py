"""What the connection test of the command line came to, whichever role it was made in."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from app.core.draft import BucketEntry, Draft
from app.core.failure import AwsFailure
from app.core.formats.test_json import CheckRow, FilesRow, connection_test_to_json
from app.core.formats.writing import Json
from app.core.report import Verdict
from app.flow.checking import CheckedAccount
from app.flow.connection.checks import CheckKind, CheckState, ConnectionCheck, ConnectionResult
from app.flow.connection.evidence import evidence_of
from app.flow.ports.aws import CountSoFar


@dataclass(frozen=True, slots=True)
class ConnectionOutcome:
    """A test that has ended.

    ``checked`` is the account with its report, of a test with the customer's sign-in; None of one
    with UbiQuity's, which can't read the account. ``counts`` are the connectors' files where they
    were counted on from the first page, or why that was not possible.
    """

    draft: Draft
    result: ConnectionResult
    checked: CheckedAccount | None = None
    counts: Mapping[BucketEntry, CountSoFar | AwsFailure] = field(default_factory=dict)

    @property
    def verdict(self) -> Verdict:
        """What the test comes to.

        With the customer's sign-in it is the report's verdict. With UbiQuity's own it is ready
        where the connector's ways all worked, blocked where one of them failed, and incomplete
        where none failed and yet not all could be tried.
        """
        if self.checked is not None:
            return self.checked.report.verdict
        if self.result.worked:
            return Verdict.READY
        return Verdict.INCOMPLETE if self.result.first_failure is None else Verdict.BLOCKED

    @property
    def has_passed(self) -> bool:
        """Whether all checks that could be made passed, and all was counted that was asked for."""
        states = {check.state for check in self.result.checks}
        counted = not any(isinstance(count, AwsFailure) for count in self.counts.values())
        return CheckState.PASSED in states and CheckState.FAILED not in states and counted

    @property
    def listed(self) -> Iterator[tuple[BucketEntry, ConnectionCheck]]:
        """The connectors whose files could be listed, each with its check."""
        for check in self.result.checks:
            if check.kind is CheckKind.LIST and check.state is CheckState.PASSED and check.entry:
                yield check.entry, check

    def files(self) -> Iterator[FilesRow]:
        """Yield how many files each connector has, as far as they were counted."""
        for entry, check in self.listed:
            count = self.counts.get(entry)
            files, complete = check.files, check.complete
            if isinstance(count, CountSoFar):
                files, complete = count.files, count.complete
            yield FilesRow(entry.name, entry.prefix, files, complete)

    def to_json(self) -> Json:
        """Return the document that ``test --json`` prints."""
        report = self.checked.report if self.checked is not None else None
        checks = (
            CheckRow(
                what=check.kind.value,
                state=check.state.value,
                evidence=evidence_of(check, self.result.tester, report),
                seconds=check.seconds,
                code=check.code,
            )
            for check in self.result.checks
        )
        return connection_test_to_json(self.verdict, checks, self.files(), self.result.observations)
