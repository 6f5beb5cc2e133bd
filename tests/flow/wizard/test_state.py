"""What of the state is begun anew, and what stays, where something else is typed or chosen."""

from dataclasses import fields, replace
from typing import Final

from app.core.change import Plan
from app.core.choices import Choice, Choices
from app.core.failure import AwsFailure
from app.core.fields.aws_settings import BucketSettings
from app.core.fields.form import DetailsForm, form_of
from app.core.journal import RunKind, new_journal
from app.core.report import Evidence, Grounds, GroundsCode
from app.core.revoking.proof import Proof
from app.core.told.answer import ToldAnswer
from app.flow.checking import checked_account
from app.flow.connection.checks import ConnectionResult
from app.flow.connection.watch import WatchState
from app.flow.ports.aws import CountSoFar, OfferedBucket
from app.flow.wizard.connection_state import Connection, Counting, Watch
from app.flow.wizard.details_state import Details, Inquiry, Offers
from app.flow.wizard.paste_state import Pasted
from app.flow.wizard.run_state import Run
from app.flow.wizard.sent_back import SentBack, SentKind
from app.flow.wizard.state import (
    CREATING,
    REVOKING,
    Creation,
    Flow,
    Method,
    Past,
    Revocation,
    Revoking,
    SavedSession,
    Sending,
    SetupState,
)
from app.flow.wizard.ubiquity_answer import UbiquityAnswer
from tests.helpers.drafts import ENCRYPTED, MOMENT, PLAIN, untouched
from tests.helpers.fakes import FakeCustomer, signed_in
from tests.helpers.reviews import reviewed

RUN: Final = Run(reviewed(PLAIN, untouched(PLAIN), Plan(())), finished=True)
PROOF: Final = Proof("denied", Grounds(GroundsCode.ROLE_MISSING), Evidence.OBSERVED)
JOURNAL: Final = new_journal(
    kind=RunKind.APPLY, account_id=PLAIN.account_id, changes=(), draft=PLAIN, now=MOMENT
)
TICKS: Final = {"role": PLAIN, "trust": replace(PLAIN, database_id="Zq7JBlwfjUOUcQjd5gt7vA")}
FRESH: Final = SetupState(Details.of(DetailsForm(), {}))
FULL: Final = SetupState(
    Details.of(form_of(PLAIN), {}).touching("account_id"),
    practice=True,
    practise_sign_in=True,
    flow=Flow.CHECK,
    page="check",
    mending=True,
    busy="Reading",
    failure=AwsFailure("iam:GetRole", "AccessDenied", ""),
    reading_stopped=True,
    stopped="You stopped.",
    confirming="undo",
    signed_in=signed_in(FakeCustomer()),
    offers=Offers((OfferedBucket("acme-imports", "us-east-1"),), read=True),
    inquiry=Inquiry({"acme-imports": BucketSettings(region="us-east-1")}),
    choices=Choices(frozenset({Choice.EVERYONE}), tags={"team": "data"}),
    creation=Creation(Method.CONSOLE, frozenset({"role", "trust"}), RUN, TICKS, "a block"),
    sending=Sending("terraform", "where"),
    revocation=Revocation(Revoking.CHANGE_TRUST, RUN, PROOF),
    connection=Connection(
        ConnectionResult(()),
        UbiquityAnswer(ToldAnswer.SUCCESS),
        checked_account(PLAIN, untouched(PLAIN)),
        stopped=True,
        sent=SentBack(SentKind.ARN),
        answer_text="Connection successful.",
        watch=Watch(MOMENT, WatchState(MOMENT, MOMENT)),
        counts={PLAIN.buckets[0]: Counting(CountSoFar(1))},
        with_file=True,
        before=Connection(stopped=True),
    ),
    past=Past(
        JOURNAL,
        JOURNAL,
        ("It is damaged.",),
        SavedSession("welcome", DetailsForm(), None, frozenset()),
    ),
    details_source="sent.json",
    error_text="AccessDenied",
    pasted=Pasted(is_open=True, text="{}"),
)


def test_other_details_begin_anew_all_that_was_for_others() -> None:
    """Whoever adds a field to the state decides here whether it stays."""
    for full, fresh in (
        (FULL, FRESH),
        (FULL.creation, FRESH.creation),
        (FULL.sending, FRESH.sending),
        (FULL.revocation, FRESH.revocation),
        (FULL.connection, FRESH.connection),
        (FULL.past, FRESH.past),
    ):
        names = [each.name for each in fields(full)]
        assert [name for name in names if getattr(full, name) == getattr(fresh, name)] == []
    details = Details.of(form_of(ENCRYPTED), {})
    assert FULL.with_details(details) == SetupState(
        details,
        practice=True,
        practise_sign_in=True,
        flow=FULL.flow,
        page=FULL.page,
        mending=FULL.mending,
        busy=FULL.busy,
        signed_in=FULL.signed_in,
        offers=FULL.offers,
        inquiry=FULL.inquiry,
        choices=Choices(tags={"team": "data"}),
        creation=Creation(
            Method.CONSOLE,
            frozenset({"role"}),  # the account is the same
            ticks={**TICKS, "create": PLAIN, "test": PLAIN},
        ),
        sending=FULL.sending,
        revocation=Revocation(Revoking.CHANGE_TRUST),
        past=FULL.past,
        error_text=FULL.error_text,
        pasted=FULL.pasted,
    )


def test_a_run_that_is_left_takes_its_proof_along() -> None:
    assert REVOKING.put(FULL, None).revocation == Revocation(Revoking.CHANGE_TRUST)
    assert REVOKING.run_in(FULL) is RUN


def test_each_run_has_its_own_place() -> None:
    planned_anew = CREATING.put(FULL, None)
    assert CREATING.run_in(planned_anew) is None
    assert planned_anew.creation == replace(FULL.creation, run=None)
    assert planned_anew.revocation == FULL.revocation


def test_another_page_does_not_say_what_failed_on_the_one_before() -> None:
    there = FULL.at("finish")
    assert (there.page, there.flow, there.failure) == ("finish", Flow.CHECK, None)
    assert FULL.at("create", Flow.SETUP).flow is Flow.SETUP
