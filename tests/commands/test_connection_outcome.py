"""What a connection test of the command line comes to: verdict, files, and the text for people."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

import pytest

from app.commands.connection_outcome import ConnectionOutcome
from app.commands.connection_progress import CheckTeller, CountTeller
from app.commands.connection_text import check_line, result_lines
from app.core.draft import BucketEntry, Draft
from app.core.failure import AwsFailure
from app.core.left_over import LeftKind, LeftOver
from app.core.report import Evidence, Verdict
from app.flow.checking import checked_account
from app.flow.connection import tester as values
from app.flow.connection.check_words import check_words
from app.flow.connection.checks import CheckKind, CheckState, ConnectionCheck, ConnectionResult
from app.flow.connection.evidence import evidence_of
from app.flow.ports.aws import CountSoFar
from tests.helpers.drafts import ACCOUNT, DATABASE_ID, REGION, untouched, whole

CUSTOMER, UBIQUITY = values.Tester.CUSTOMER, values.Tester.UBIQUITY
PASSED, FAILED, SKIPPED = CheckState.PASSED, CheckState.FAILED, CheckState.SKIPPED
ONE: Final = BucketEntry("one", REGION, "imports/")
TWO: Final = BucketEntry("two", REGION)
DRAFT: Final = Draft(ACCOUNT, DATABASE_ID, (ONE, TWO))
REFUSED: Final = AwsFailure(
    "s3:ListBucket", "AccessDenied", "No\x1b[31m\nready: all well", 403, "req-7"
)
OFFLINE: Final = AwsFailure("s3:ListBucket", "X", "Could not", finding="env.offline")


def listed(entry: BucketEntry, files: int, **more: object) -> ConnectionCheck:
    return replace(
        ConnectionCheck(CheckKind.LIST, PASSED, entry, files, seconds=0.5),
        **more,  # type: ignore[arg-type]
    )


def ended(
    checks: Sequence[ConnectionCheck],
    tester: values.Tester = UBIQUITY,
    counts: Mapping[BucketEntry, CountSoFar | AwsFailure] | None = None,
    *,
    sound: bool = True,
) -> ConnectionOutcome:
    result = ConnectionResult(tuple(checks), finished=True, tester=tester)
    snapshot = whole(DRAFT) if sound else untouched(DRAFT)
    checked = checked_account(DRAFT, snapshot) if tester is CUSTOMER else None
    return ConnectionOutcome(DRAFT, result, checked, counts or {})


ASSUMED: Final = ConnectionCheck(CheckKind.ASSUME, PASSED, seconds=0.1)
TOO_OPEN: Final = ConnectionCheck(
    CheckKind.ASSUME_WITHOUT, FAILED, code="trust.external-id-not-required"
)


@pytest.mark.parametrize(
    ("checks", "verdict", "has_passed"),
    [
        ([ASSUMED, listed(ONE, 3)], Verdict.READY, True),
        ([ASSUMED, replace(TOO_OPEN, state=SKIPPED, code=None), listed(ONE, 3)],
         Verdict.READY, True),
        # It works all the same, and yet not all that was tried went as it should.
        ([ASSUMED, TOO_OPEN, listed(ONE, 3)], Verdict.READY, False),
        ([replace(ASSUMED, state=FAILED, code="trust.principal-wrong")], Verdict.BLOCKED, False),
        ([ASSUMED, listed(ONE, 0, state=FAILED, failure=OFFLINE)], Verdict.BLOCKED, False),
        ([ASSUMED, listed(ONE, 3, state=SKIPPED)], Verdict.INCOMPLETE, True),
        ([replace(ASSUMED, state=SKIPPED)], Verdict.INCOMPLETE, False),
    ],
)  # fmt: skip
def test_of_ubiquitys_own_test_what_worked_is_the_verdict(
    checks: Sequence[ConnectionCheck], verdict: Verdict, has_passed: bool
) -> None:
    outcome = ended(checks)
    assert (outcome.verdict, outcome.has_passed) == (verdict, has_passed)


@pytest.mark.parametrize("sound", [True, False])
def test_of_the_customers_the_verdict_is_the_reports(sound: bool) -> None:
    outcome = ended([listed(ONE, 3)], CUSTOMER, sound=sound)
    assert outcome.checked is not None
    assert outcome.verdict is outcome.checked.report.verdict
    assert (outcome.verdict is Verdict.BLOCKED) is not sound


@pytest.mark.parametrize(
    ("count", "told", "has_passed"),
    [
        (None, (1000, False), True),
        (CountSoFar(123_456, complete=True), (123_456, True), True),
        (CountSoFar(2000), (2000, False), True),
        (OFFLINE, (1000, False), False),
    ],
)
def test_files_are_told_as_far_as_they_were_counted(
    count: CountSoFar | AwsFailure | None, told: tuple[int, bool], has_passed: bool
) -> None:
    checks = [
        ASSUMED,
        listed(ONE, 1000, complete=False),
        listed(TWO, 0, state=FAILED, failure=REFUSED),
    ]
    counts = {} if count is None else {ONE: count}
    outcome = ended([*checks[:2], listed(TWO, 7)], counts=counts)
    assert [(row.count, row.complete) for row in outcome.files()] == [told, (7, True)]
    assert outcome.has_passed is has_passed
    # Where nothing could be listed nothing was counted, and no 0 is told.
    assert [row.bucket for row in ended(checks, counts=counts).files()] == ["one"]


def test_what_the_customer_saw_is_never_called_a_connection() -> None:
    lines = result_lines(ended([listed(ONE, 3), listed(TWO, 1)], CUSTOMER))
    text = "\n".join(lines)
    assert "What was tried with your sign-in:" in lines
    assert "Connection successful" not in text
    assert "connected" not in text.casefold()
    assert "UbiQuity itself was not seen" in text
    assert "Ready: As far as this program can tell, UbiQuity can use the bucket." in lines
    assert "  one, imports/: 3 files" in lines
    assert "  two: 1 file" in lines


@pytest.mark.parametrize(("state", "is_seen"), [(PASSED, True), (SKIPPED, False)])
def test_where_ubiquity_was_seen_that_is_not_denied(state: CheckState, is_seen: bool) -> None:
    lines = result_lines(ended([listed(ONE, 3), ConnectionCheck(CheckKind.VISIT, state)], CUSTOMER))
    assert any("UbiQuity itself was not seen" in line for line in lines) is not is_seen


def test_what_is_blocked_is_mended_before_anybody_presses_a_button() -> None:
    text = "\n".join(result_lines(ended([listed(ONE, 3)], CUSTOMER, sound=False)))
    assert "Blocked: " in text
    assert "choose “Test Connection”" not in text


def test_the_real_test_has_the_guides_words() -> None:
    lines = result_lines(ended([ASSUMED, listed(ONE, 3, markers=1), listed(TWO, 4)]))
    assert "What was tried with UbiQuity’s own sign-in:" in lines
    assert lines[-1].startswith("Connection successful. Found 7 files in bucket.")
    assert "8 names" in lines[-1]
    more = result_lines(ended([ASSUMED, listed(ONE, 1000, complete=False)]))
    assert more[-1] == "Connection successful. Found more than 1000 files in bucket."
    counts = {ONE: CountSoFar(5000, complete=True)}
    counted = result_lines(ended([ASSUMED, listed(ONE, 1000, complete=False)], counts=counts))
    assert counted[-1] == "Connection successful. Found 5000 files in bucket."


def test_what_failed_leads_to_its_cause_and_what_is_left_is_named() -> None:
    left = LeftOver(LeftKind.OBJECT, "one", "imports/ubiquity-connection-test-1")
    lines = result_lines(
        ended(
            [
                ASSUMED,
                TOO_OPEN,
                listed(ONE, 0, state=FAILED, failure=REFUSED, code="policy.explicit-deny"),
                ConnectionCheck(CheckKind.PROBE_DELETE, FAILED, ONE, left=(left,)),
            ]
        )
    )
    text = "\n".join(lines)
    assert "Blocked: Something keeps UbiQuity from using the bucket." in lines
    assert "    Request id: req-7" in lines
    assert "The test file imports/ubiquity-connection-test-1 is still in the bucket one" in text
    causes = [line for line in lines if line.startswith("  ") and line.endswith(")")]
    assert causes[-1].endswith("  (policy.explicit-deny)")
    assert causes[-2].endswith("  (trust.external-id-not-required)")
    assert "The guide, “The role can be assumed, but S3 operations fail”:" in lines
    assert lines[-3].startswith("  1. ")
    assert any(line.startswith("  warning ") for line in lines)


def test_a_failure_of_the_network_says_what_to_do() -> None:
    lines = result_lines(ended([ConnectionCheck(CheckKind.NETWORK, FAILED, failure=OFFLINE)]))
    assert "    AWS cannot be reached from this computer." in lines


@pytest.mark.parametrize(
    ("ahead", "told"),
    [(0.4, None), (-0.9, None), (12.3, "12 s ahead"), (-3600.0, "3600 s behind")],
)
def test_a_clock_is_noted_where_it_is_off(ahead: float, told: str | None) -> None:
    check = ConnectionCheck(CheckKind.CLOCK, PASSED, clock_ahead=ahead)
    lines = result_lines(ended([check], CUSTOMER))
    noted = [line for line in lines if "of AWS’s" in line or "behind AWS’s" in line]
    assert bool(noted) is (told is not None)
    assert told is None or told in noted[0]


def test_each_check_has_words_for_either_tester() -> None:
    for kind in CheckKind:
        for tester in (CUSTOMER, UBIQUITY):
            for entry in (ONE, TWO):
                check = ConnectionCheck(kind, PASSED, entry, seconds=1.0)
                words = check_words(check, tester)
                assert words.text
                assert "{" not in words.text
                assert words.text in check_line(check, tester)
    bucket = check_words(ConnectionCheck(CheckKind.LIST, PASSED, ONE), CUSTOMER)
    assert bucket.values == {"bucket": "one", "prefix": "imports/"}


def test_how_it_is_known() -> None:
    visit = ConnectionCheck(CheckKind.VISIT, PASSED)
    blocked = ended([], CUSTOMER, sound=False).checked
    assert blocked is not None
    report = blocked.report
    for check, tester, evidence in (
        (ConnectionCheck(CheckKind.NETWORK, PASSED), UBIQUITY, Evidence.OBSERVED),
        (ASSUMED, UBIQUITY, Evidence.VERIFIED),
        (listed(ONE, 1), UBIQUITY, Evidence.VERIFIED),
        (replace(listed(ONE, 0), state=FAILED), UBIQUITY, Evidence.VERIFIED),
        (ConnectionCheck(CheckKind.READ, SKIPPED, ONE), UBIQUITY, Evidence.OBSERVED),
        (listed(ONE, 1), CUSTOMER, Evidence.OBSERVED),
        (visit, CUSTOMER, Evidence.VERIFIED),
        (replace(visit, state=SKIPPED), CUSTOMER, Evidence.OBSERVED),
        (ConnectionCheck(CheckKind.ACCOUNT, PASSED), CUSTOMER, Evidence.PREDICTED),
        (
            ConnectionCheck(CheckKind.ACCOUNT, FAILED, code="role.missing"),
            CUSTOMER,
            Evidence.OBSERVED,
        ),
    ):
        assert evidence_of(check, tester, report) is evidence, (check, tester)


def test_each_check_is_told_once_and_a_wait_every_few_seconds(
    capsys: pytest.CaptureFixture[str],
) -> None:
    teller = CheckTeller()

    def tell(*checks: ConnectionCheck) -> list[str]:
        teller.tell(ConnectionResult(tuple(checks), tester=UBIQUITY))
        return capsys.readouterr().err.splitlines()

    waiting = ConnectionCheck(CheckKind.ASSUME, CheckState.SPREADING)
    assert tell(ConnectionCheck(CheckKind.ASSUME, CheckState.RUNNING)) == []
    told = [bool(tell(replace(waiting, spreading=float(second)))) for second in range(7)]
    assert told == [True, False, False, True, False, False, True]
    (line,) = tell(replace(ASSUMED, seconds=8.0))
    assert line == "  passed         8.0 s  UbiQuity assumes the role with your External ID"
    assert tell(replace(ASSUMED, seconds=8.0)) == []


def test_a_count_is_told_every_few_seconds_and_at_its_end(
    capsys: pytest.CaptureFixture[str],
) -> None:
    teller = CountTeller(ONE)
    for second in range(1, 8):
        teller.tell(CountSoFar(1000 * second, seconds=float(second)))
    teller.clear()
    teller.ended(CountSoFar(7500, complete=True, seconds=7.5))
    assert capsys.readouterr().err.splitlines() == [
        "one, imports/: 3,000 files so far, 1,000 a second",
        "one, imports/: 6,000 files so far, 1,000 a second",
        "one, imports/: 7,500 files counted in 7.5 s",
    ]
    teller.ended(OFFLINE)
    assert "one, imports/: not counted to the end" in capsys.readouterr().err


def test_on_a_terminal_one_line_is_kept_up_to_date(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.commands.terminal.Terminal.can_write_over", True)
    teller = CountTeller(TWO)
    teller.tell(CountSoFar(1000, seconds=0.5))
    teller.tell(CountSoFar(9, seconds=1.0))
    teller.clear()
    first, second, blank, rest = capsys.readouterr().err.split("\r")
    assert first == "two: 1,000 files so far, 2,000 a second"
    assert second.rstrip() == "two: 9 files so far, 9 a second"
    assert len(first) == len(second) == len(blank)
    assert (blank.strip(), rest) == ("", "")
