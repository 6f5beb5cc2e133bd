"""What somebody agrees to before a set-up or a revocation, and the run that follows from it."""

import asyncio

import pytest

from app.core.change import ChangeKind, Plan
from app.core.changes.needed_actions import NeededAction, OwnPermissions
from app.core.choices import Choice, Choices, RevokeWay
from app.core.draft import Draft
from app.core.failure import AwsFailure
from app.core.frozen import replace
from app.core.journal import RunKind
from app.core.observation import Identity, Observation, ObservedOutcome
from app.core.planning.plan import plan
from app.core.snapshot import Unreadable
from app.flow.accounts import in_account
from app.flow.review import Purpose, Review, journal_of
from app.flow.revoking import losing_databases, review_revocation, revocation_with
from app.flow.setting_up import review_setup, setup_with
from tests.helpers.drafts import ACCOUNT, DATABASE_ID, MOMENT, PLAIN, ROLE_ARN, untouched, whole
from tests.helpers.fakes import OFFLINE, REFUSED, FakeCustomer, signed_in

LACKING = OwnPermissions((NeededAction("iam:CreateRole", ROLE_ARN),))


def _setup(aws: FakeCustomer, choices: Choices | None = None) -> Review:
    return asyncio.run(review_setup(signed_in(aws), PLAIN, choices or Choices()))


def _revocation(
    aws: FakeCustomer,
    how: RevokeWay = RevokeWay.CHANGE_TRUST,
    draft: Draft | None = PLAIN,
    choices: Choices | None = None,
) -> Review:
    purpose = Purpose(RunKind.REVOKE, draft, how)
    return asyncio.run(review_revocation(signed_in(aws), purpose, choices or Choices(), MOMENT))


# The right account


def test_a_sign_in_to_another_account_will_not_do() -> None:
    stranger = signed_in(FakeCustomer(), account="210987654321")
    refusal = in_account(stranger, ACCOUNT)
    assert isinstance(refusal, AwsFailure)
    assert refusal.finding == "signin.wrong-account"
    assert refusal.params == {"expected": ACCOUNT, "found": "210987654321"}
    assert in_account(stranger, None) is stranger
    assert in_account(OFFLINE, ACCOUNT) is OFFLINE


# Setting up


def test_a_set_up_is_read_planned_and_asked_about() -> None:
    aws = FakeCustomer()
    aws.permissions = LACKING
    review = _setup(aws)
    assert review.plan == plan(PLAIN, untouched(PLAIN))
    assert review.lacking == ("iam:CreateRole",)
    assert "iam:CreateRole" in [needed.action for needed in aws.needed]
    assert review.unreached is None


def test_aws_may_not_tell_what_is_lacking() -> None:
    aws = FakeCustomer()
    aws.permissions = REFUSED
    assert _setup(aws).lacking is None


def test_where_nothing_has_to_be_changed_aws_is_not_asked() -> None:
    aws = FakeCustomer(whole(PLAIN))
    aws.permissions = REFUSED
    review = _setup(aws)
    assert (review.plan.changes, review.lacking, aws.needed) == ((), (), [])


def test_a_network_that_failed_is_why_the_plan_is_not_whole() -> None:
    tried = Observation(
        at=MOMENT,
        identity=Identity.CUSTOMER,
        action="iam:GetRole",
        outcome=ObservedOutcome.FAILED,
        code=OFFLINE.code,
        message=OFFLINE.message,
    )
    unread = Unreadable("role", OFFLINE.code, OFFLINE.message)
    aws = FakeCustomer(replace(untouched(PLAIN), unreadable=(unread,), observations=(tried,)))
    unreached = _setup(aws).unreached
    assert unreached is not None
    assert (unreached.action, unreached.finding) == ("iam:GetRole", "env.offline")


def test_other_choices_are_planned_from_what_was_read() -> None:
    aws = FakeCustomer(whole(replace(PLAIN, database_id="Zq7JBlwfjUOUcQjd5gt7vw")))
    aws.permissions = LACKING
    review = _setup(aws)
    choices = Choices(frozenset({Choice.REPLACE_TRUST}))
    chosen = asyncio.run(setup_with(review, choices))
    assert chosen.plan == plan(PLAIN, aws.snapshot, choices) != review.plan
    assert (chosen.choices, chosen.lacking) == (choices, review.lacking)
    with pytest.raises(ValueError, match="set-up"):
        asyncio.run(setup_with(_revocation(aws, draft=None), choices))


def test_the_run_is_that_of_the_review() -> None:
    choices = Choices(tags={"Owner": "me"})
    review = _setup(FakeCustomer(), choices)
    journal = journal_of(review, signed_in(FakeCustomer()), MOMENT)
    assert tuple(step.change for step in journal.steps) == review.plan.changes
    assert (journal.kind, journal.draft, journal.choices) == (RunKind.APPLY, PLAIN, choices)
    assert (journal.account_id, journal.started_at) == (ACCOUNT, MOMENT)


# Revoking


def test_a_revocation_is_read_and_planned() -> None:
    review = _revocation(FakeCustomer(whole(PLAIN)))
    assert [change.kind for change in review.plan.changes] == [ChangeKind.UPDATE_TRUST_POLICY]
    assert (review.account_id, review.sought) == (ACCOUNT, PLAIN)
    with pytest.raises(ValueError, match="revocation"):
        revocation_with(_setup(FakeCustomer()), Choices(), MOMENT)


def test_who_loses_access_beside_the_draft() -> None:
    aws = FakeCustomer(whole(PLAIN))
    everyone = Choices(frozenset({Choice.EVERYONE}))
    assert losing_databases(_revocation(aws)) == ()
    assert losing_databases(_revocation(aws, choices=everyone)) == (DATABASE_ID,)
    assert losing_databases(_revocation(aws, draft=None)) == (DATABASE_ID,)
    nothing = replace(_revocation(aws), plan=Plan(()))
    assert journal_of(nothing, signed_in(aws), MOMENT).steps == ()
