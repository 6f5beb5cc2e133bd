"""What support is told of where a person stands."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from app.core.choices import Choices
from app.core.diagnosis.diagnose import diagnose
from app.core.failure import AwsFailure
from app.core.fields.form import DetailsForm, form_of
from app.core.iam.work import Work
from app.core.journal import RunKind, new_journal
from app.core.observation import Identity, Observation, ObservedOutcome
from app.core.planning.plan import plan
from app.core.support_case import SupportCase
from app.flow.checking import checked_account
from app.flow.connection.checks import CheckKind, CheckState, ConnectionCheck, ConnectionResult
from app.flow.review import Purpose, Review
from app.flow.run.progress import ChangeProgress, ChangeState
from app.flow.wizard.connection_state import Connection
from app.flow.wizard.run_state import Run
from app.flow.wizard.state import Creation, Past, SetupState
from app.flow.wizard.store import SetupStore
from app.flow.wizard.support import diagnosed, support_case
from tests.helpers.drafts import ACCOUNT, DATABASE_ID, MOMENT, PLAIN, untouched, whole

SAVED: Final = datetime(2026, 11, 29, 9, 8, 7, tzinfo=UTC)
REFUSED: Final = AwsFailure("iam:CreateRole", "AccessDenied", "no", request_id="1")
AT_TEST: Final = AwsFailure("sts:AssumeRole", "AccessDenied", "no", request_id="2")
ON_PAGE: Final = AwsFailure("caller", "ExpiredToken", "old", request_id="3")


def state_of(form: DetailsForm | None = None) -> SetupState:
    store = SetupStore(practice=False)
    store.fill(form or form_of(PLAIN))
    return store.state


def told(state: SetupState) -> SupportCase:
    return support_case(
        state,
        moment=SAVED,
        page="Check",
        program="P 1",
        system="S 2",
        parts=(("boto3", "1"),),
        home="/h",
    )


def test_details_that_are_not_complete_are_told_with_what_was_typed() -> None:
    case = told(state_of(replace(form_of(PLAIN), account_id="12")))
    assert (case.draft, case.snapshot, case.report, case.journal) == (None, None, None, None)
    assert len(case.problems) == 1
    assert case.problems[0].startswith("account_id: ")
    assert case.typed_id == DATABASE_ID
    mended = told(state_of())
    assert (mended.draft, mended.problems) == (PLAIN, ())


def test_what_was_checked_comes_with_the_report_that_was_shown() -> None:
    checked = checked_account(PLAIN, untouched(PLAIN))
    state = replace(state_of(), connection=Connection(checked=checked), error_text="Access denied")
    case = told(state)
    assert (case.snapshot, case.report) == (checked.snapshot, checked.report)
    assert case.pasted_error == "Access denied"
    assert diagnosed(case, Work()) is case


def test_what_was_read_for_a_plan_is_told_with_what_a_test_saw() -> None:
    snapshot, outcome = whole(PLAIN), ObservedOutcome.DENIED
    seen = Observation(MOMENT, Identity.UBIQUITY, "sts:AssumeRole", outcome, code="AccessDenied")
    made = plan(PLAIN, untouched(PLAIN))
    review = Review(Purpose(RunKind.APPLY, PLAIN), ACCOUNT, snapshot, Choices(), made)
    journal = new_journal(
        kind=RunKind.APPLY, account_id=ACCOUNT, changes=made.changes, now=MOMENT, draft=PLAIN
    )
    rows = (ChangeProgress(made.changes[0], ChangeState.FAILED, REFUSED),)
    check = ConnectionCheck(CheckKind.ASSUME, CheckState.FAILED, failure=AT_TEST)
    state = replace(
        state_of(),
        creation=Creation(run=Run(review, journal, rows)),
        connection=Connection(ConnectionResult((check,), (seen,), finished=True)),
        failure=ON_PAGE,
    )
    case = told(state)
    assert case.snapshot == snapshot.with_observations(seen)
    assert case.failures == (REFUSED, AT_TEST, ON_PAGE)
    assert case.journal == journal
    assert case.report is None
    assert diagnosed(case, Work()).report == diagnose(PLAIN, snapshot.with_observations(seen))


def test_the_last_run_of_an_earlier_start_is_told_too() -> None:
    journal = new_journal(kind=RunKind.APPLY, account_id=ACCOUNT, changes=(), now=MOMENT)
    assert told(replace(state_of(), past=Past(undoable=journal))).journal == journal
    twice = replace(state_of(), failure=REFUSED, connection=Connection())
    assert told(twice).failures == (REFUSED,)
