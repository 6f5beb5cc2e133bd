"""Revoking access in the window: the ways, the review, the question, the proof, and undo."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QComboBox
from pytestqt.qtbot import QtBot

from app.core.change import ChangeKind
from app.core.documents.policies import trust_policy
from app.core.draft import Draft
from app.core.fields.form import DetailsForm
from app.core.guide import ROLE_NAME, UBIQUITY_ROOT_ARN
from app.core.sign_in import ByProfile, Profile, ProfileKind
from app.core.snapshot import PolicyVersion, Snapshot, State
from app.flow.run.memory_journals import MemoryJournals
from app.flow.wizard.state import Method
from app.system.journal_files import JournalFiles
from tests.helpers.drafts import ACCOUNT, DATABASE_ID, ENCRYPTED, PLAIN, untouched, whole
from tests.helpers.fakes import (
    DENIED,
    REFUSED,
    FakeAccounts,
    FakeCustomer,
    FakeUbiquity,
    signed_in,
)
from tests.helpers.pages import GuidePage
from tests.helpers.wizard import open_with, open_wizard
from tests.ui.conftest import Spoken

pytestmark = pytest.mark.usefixtures("loop")

OTHER = "Zq7JBlwfjUOUcQjd5gt7vw"


def _begun(qtbot: QtBot, aws: FakeCustomer, draft: Draft = PLAIN, way: str = "") -> GuidePage:
    """Go to the review of revoking by ``way``, or to the choice where it is empty."""
    accounts = FakeAccounts(signed_in(aws, FakeUbiquity([DENIED])))
    page = GuidePage(open_with(qtbot, draft, None, accounts))
    page.click("beginRevoke")
    if way:
        page.click(f"revoking-{way}")
        page.next("revoke")
    return page


def _shared() -> Snapshot:
    both = trust_policy([DATABASE_ID, OTHER])  # type: ignore[arg-type]
    found = whole(PLAIN)
    return replace(found, role=replace(found.role, trust_policy=both))


def test_three_ways_with_what_each_does_to_open_sessions(qtbot: QtBot) -> None:
    page = _begun(qtbot, FakeCustomer(whole(PLAIN)))
    assert (page.page, page.line) == ("revoke-way", "Waiting for: your choice")
    cards = page.window.findChildren(QAbstractButton)
    said = {c.objectName(): c.accessibleDescription() for c in cards}
    assert "Open sessions end at once." in said["revoking-delete-role"]
    assert "1 to 12 hours" in said["revoking-change-trust"]
    assert "the connector asks for one hour" in said["revoking-disable"]
    assert "revoking-undo" not in said


def test_the_role_is_deleted_and_that_is_proved(qtbot: QtBot, spoken: list[Spoken]) -> None:
    found = whole(ENCRYPTED)
    policy = replace(
        found.customer_policy,
        versions=(PolicyVersion("v1", None, default=True),),
        attached_to=(ROLE_NAME,),
    )
    aws = FakeCustomer(replace(found, customer_policy=policy))
    page = _begun(qtbot, aws, ENCRYPTED, "delete-role")
    assert page.next_text == "Close without revoking"
    assert aws.applied == []
    page.click("revokeNow")
    assert "Open sessions end at once." in page.said("revokeNow-question")
    assert (page.next_text, page.focus) == ("Keep everything as it is", "nextButton")
    page.next()
    assert aws.applied == []
    page.click("revokeNow")
    unchanged = "once you choose “Revoke access”"
    assert unchanged in page.said("page-revoke")
    words_meanwhile: set[str] = set()
    page.wizard.store.subscribe(
        lambda state: words_meanwhile.add(page.next_text if state.busy else "")
    )
    page.do("revokeNow-yes")
    assert words_meanwhile == {"Close", ""}  # nothing is kept as it is any more
    assert unchanged not in page.said("page-revoke")
    assert aws.applied_kinds == [
        ChangeKind.PUT_KEY_POLICY,
        ChangeKind.DETACH_POLICY,
        ChangeKind.DELETE_ROLE,
        ChangeKind.DELETE_POLICY,
    ]
    assert aws.snapshot.role.state is State.MISSING
    assert "AWS now refuses UbiQuity" in page.said("proof")
    assert "This was tried just now, as UbiQuity." in page.said("proof")
    said = page.said("page-revoke")
    assert said.index("All changes were made.") < said.index("AWS now refuses UbiQuity")
    proved = page.said("proof").replace("\n", ": ")
    assert [one.sentence for one in spoken][-2:] == ["All changes were made.", proved]
    page.click("receipt-revoke-more-button")
    assert "was deleted" in page.document("receipt-revoke-text")
    assert not page.shows("revokeNow")
    page.next()
    assert not page.window.isVisible()


def test_a_revocation_is_undone_and_no_proof_of_it_stays(qtbot: QtBot) -> None:
    page = _begun(qtbot, FakeCustomer(whole(PLAIN)), way="change-trust")
    assert page.next_text == "Close without revoking"
    assert "Review and revoke: Current" in page.sidebar
    page.click("revokeNow")
    page.do("revokeNow-yes")
    assert page.shows("proof")
    page.click("undo-revoke")
    assert page.said("title-revoke") == "Undo these changes"
    page.do("undo-revoke-yes")
    assert "exactly as it was before" in page.said("planSummary-revoke")
    assert not page.shows("proof")
    assert "Undo: Current" in page.sidebar
    assert not page.shows("undo-revoke")
    page.back("revoke-way")
    page.next("revoke")  # and the account is read anew
    assert page.said("title-revoke") == "Review and revoke"
    assert page.shows("revokeNow")


def test_what_lets_others_in_past_the_role_is_told_as_left(qtbot: QtBot) -> None:
    found = whole(PLAIN)
    (bucket,) = found.buckets
    arn, both = f"arn:aws:s3:::{bucket.name}", [UBIQUITY_ROOT_ARN, f"arn:aws:iam::{ACCOUNT}:root"]
    mixed = {"Effect": "Allow", "Principal": {"AWS": both}, "Action": "s3:*", "Resource": arn}
    policy = {"Version": "2012-10-17", "Statement": [mixed]}
    aws = FakeCustomer(replace(found, buckets=(replace(bucket, policy=policy),)))
    page = _begun(qtbot, aws, way="change-trust")
    page.click("revokeNow")
    page.do("revokeNow-yes")
    assert "AWS now refuses UbiQuity" in page.said("proof")
    assert f"a statement in the policy of {arn}, for {UBIQUITY_ROOT_ARN}" in page.said("remains")
    assert "S3 Access Grants" in page.said("remains")


def test_the_trust_policy_is_changed_and_sessions_are_ended(qtbot: QtBot) -> None:
    aws = FakeCustomer(whole(PLAIN))
    page = _begun(qtbot, aws, way="change-trust")
    assert not page.find(QAbstractButton, "offer-revoke-end-open-sessions").isChecked()
    page.do("offer-revoke-end-open-sessions")
    page.click("revokeNow")
    page.do("revokeNow-yes")
    assert aws.applied_kinds == [ChangeKind.UPDATE_TRUST_POLICY, ChangeKind.PUT_ROLE_POLICY]
    assert "UbiQuityAccessRevoked" in json.dumps(aws.snapshot.role.trust_policy)
    assert "AWS now refuses UbiQuity" in page.said("proof")
    assert "may go on" not in page.said("proof")


def test_others_who_share_the_role_keep_it_unless_it_is_chosen(qtbot: QtBot) -> None:
    aws = FakeCustomer(_shared())
    page = _begun(qtbot, aws, way="delete-role")
    assert OTHER in page.said("kept-revoke")
    page.do("offer-revoke-revoke-for-everyone")
    assert "2 UbiQuity databases lose access." in page.said("losing")
    page.do("offer-revoke-revoke-for-everyone")
    page.click("revokeNow")
    page.do("revokeNow-yes")
    trust = json.dumps(aws.snapshot.role.trust_policy)
    assert OTHER in trust
    assert DATABASE_ID not in trust
    # Twelve hours after AWS confirmed it: nobody read how long the role allows.
    assert "may go on until 2026-11-23 13:03 UTC" in page.said("proof")


def test_nothing_to_take_away(qtbot: QtBot) -> None:
    page = _begun(qtbot, FakeCustomer(untouched(PLAIN)), way="delete-role")
    assert "There is nothing to take away." in page.said("losing")
    assert not page.shows("revokeNow")
    assert page.next_text == "Close"


def test_a_refusal_is_told_and_gone_on_with(qtbot: QtBot) -> None:
    aws = FakeCustomer(whole(PLAIN))
    aws.failures = {ChangeKind.DELETE_ROLE: [REFUSED]}
    page = _begun(qtbot, aws, way="delete-role")
    page.click("revokeNow")
    page.do("revokeNow-yes")
    assert "A change did not work." in page.said("planSummary-revoke")
    assert not page.shows("proof")
    assert page.next_text == "Go on with the changes"
    page.do()
    assert aws.snapshot.role.state is State.MISSING
    assert "AWS now refuses UbiQuity" in page.said("proof")


def test_disabling_in_ubiquity_is_only_told(qtbot: QtBot) -> None:
    aws = FakeCustomer(whole(PLAIN))
    page = _begun(qtbot, aws)
    page.click("revoking-disable")
    assert page.next_text == "Close"
    page.next()
    assert not page.window.isVisible()
    assert aws.applied == []


def test_what_this_program_did_last_is_undone(qtbot: QtBot) -> None:
    start = untouched(PLAIN)
    aws = FakeCustomer(start)
    accounts = FakeAccounts(signed_in(aws))
    wizard = open_with(qtbot, PLAIN, Method.CREATE, accounts)
    wizard.store.change(lambda state: replace(state, page="details"))
    page = GuidePage(wizard)
    page.next("create")
    page.do()
    wizard.jump("welcome")
    page.click("beginRevoke")
    wizard.until(lambda: page.shows("revoking-undo"))
    page.click("revoking-undo")
    page.next("revoke")
    assert page.said("title-revoke") == "Undo what this program did last"
    assert "This puts back what was there before." in page.said("about-revoke")
    page.click("undo-revoke")
    page.do("undo-revoke-yes")
    assert aws.snapshot.role == start.role
    assert aws.snapshot.customer_policy == start.customer_policy


# Without details, and after a start that was cut short


def test_the_account_is_enough(qtbot: QtBot) -> None:
    aws = FakeCustomer(whole(PLAIN))
    wizard = open_wizard(qtbot, FakeAccounts(signed_in(aws)), form=DetailsForm())
    page = GuidePage(wizard)
    page.click("beginRevoke")
    page.click("revoking-delete-role")
    page.next("revoke")
    page.click("revokeNow")
    page.do("revokeNow-yes")
    assert aws.snapshot.role.state is State.MISSING


def _interrupted(
    qtbot: QtBot, aws: FakeCustomer, accounts: FakeAccounts | None = None
) -> GuidePage:
    """Open the window anew, with ``accounts``, after a set-up that was cut short."""
    journals = MemoryJournals()
    aws.failures = {ChangeKind.CREATE_ROLE: [REFUSED]}
    first = open_wizard(qtbot, FakeAccounts(signed_in(aws)), journals=journals)
    first.store.fill(open_with(qtbot, PLAIN).store.state.details.form)
    first.store.choose_method(Method.CREATE)
    first.store.change(lambda state: replace(state, page="details"))
    page = GuidePage(first)
    page.next("create")
    page.do()
    first.window.close()
    again = open_wizard(qtbot, accounts or FakeAccounts(signed_in(aws)), journals=journals)
    again.context.start("past", again.context.actions.past.look_for_interrupted())
    again.until(lambda: again.store.state.past.interrupted is not None)
    return GuidePage(again)


def test_an_interrupted_run_is_asked_about_and_gone_on_with(
    qtbot: QtBot, spoken: list[Spoken]
) -> None:
    aws = FakeCustomer()
    page = _interrupted(qtbot, aws)
    said = page.said("interrupted")
    assert f"A set-up in AWS account {ACCOUNT} was interrupted. 1 of 3 changes was made." in said
    assert page.line == "Waiting for: your choice about what was interrupted"
    page.click("interruptedButton")
    assert (page.page, page.next_text) == ("create", "Go on with the changes")
    heard = [one.sentence for one in spoken]
    assert heard[-1].startswith("This was interrupted. 1 of 3 changes was made.")
    page.do()
    page.next("connector")
    assert len(aws.applied) == 3


def test_an_interrupted_run_is_gone_on_with_by_the_sign_in_that_is_chosen(qtbot: QtBot) -> None:
    """The box stays once the profiles were read: nobody is signed in after a start."""
    aws = FakeCustomer()
    profiles = (Profile("first", ProfileKind.KEYS), Profile("second", ProfileKind.KEYS))
    accounts = FakeAccounts(signed_in(aws), practice=False, found=profiles)
    page = _interrupted(qtbot, aws, accounts)
    page.click("interruptedButton")
    page.wizard.until_idle()
    assert page.next_text == "Sign in"
    page.find(QComboBox, "profile").setEditText("second")
    page.do()
    assert accounts.asked == [ByProfile("second")]
    assert not page.shows("signInWays")
    assert page.next_text == "Go on with the changes"
    page.do()
    page.next("connector")
    assert len(aws.applied) == 3


def test_an_interrupted_run_is_undone(qtbot: QtBot) -> None:
    aws = FakeCustomer()
    page = _interrupted(qtbot, aws)
    page.click("interruptedButton")
    page.click("undo")
    page.do("undo-yes")
    assert aws.snapshot.customer_policy.state is State.MISSING


def test_an_interrupted_run_is_left(qtbot: QtBot) -> None:
    aws = FakeCustomer()
    page = _interrupted(qtbot, aws)
    page.click("leaveInterrupted")
    page.wizard.until(lambda: not page.shows("interrupted"))
    context = page.wizard.context
    context.start("past", context.actions.past.look_for_interrupted())
    page.wizard.until(lambda: not context.tasks.running)
    assert page.wizard.store.state.past.interrupted is None
    page.next("method")


def test_a_record_that_can_not_be_read_is_said(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "20261125T010203000000Z-apply.json").write_text("{", encoding="utf-8")
    wizard = open_wizard(qtbot, journals=JournalFiles(tmp_path))
    page = GuidePage(wizard)
    assert not page.shows("damagedJournals")
    wizard.context.start("past", wizard.context.actions.past.look_for_interrupted())
    wizard.until(lambda: page.shows("damagedJournals"))
    assert "20261125T010203000000Z-apply.json" in page.said("damagedJournals")
    page.next("method")
