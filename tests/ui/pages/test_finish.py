from dataclasses import replace

import pytest
from PySide6.QtGui import QClipboard
from pytestqt.qtbot import QtBot

from app.core.draft import Draft
from app.core.guide import POLICY_NAME, ROLE_NAME, SUPPORT_EMAIL, policy_arn, role_arn
from app.core.told.answer import ToldAnswer
from app.flow.wizard.state import Flow, Method
from app.flow.wizard.ubiquity_answer import UbiquityAnswer
from tests.helpers.drafts import ACCOUNT, BUCKET, DATABASE_ID, ENCRYPTED, KEY_ARN, PLAIN, REGION
from tests.helpers.pages import GuidePage, Screen
from tests.helpers.wizard import fake_accounts, open_with

pytestmark = pytest.mark.usefixtures("loop")


def _finish(
    qtbot: QtBot,
    draft: Draft = PLAIN,
    method: Method = Method.CREATE,
    *,
    practice: bool = False,
) -> Screen:
    wizard = open_with(qtbot, draft, method, fake_accounts(draft, practice=practice))
    wizard.store.change(
        lambda state: replace(
            state,
            connection=replace(state.connection, in_ubiquity=UbiquityAnswer(ToldAnswer.SUCCESS)),
        )
    )
    wizard.jump("finish")
    return Screen(wizard)


def test_says_what_was_made_and_where(qtbot: QtBot) -> None:
    page = _finish(qtbot, ENCRYPTED)
    said = page.said("page-finish")
    for words in (
        "What was made",
        f"In AWS account {ACCOUNT}",
        f"The role {role_arn(ACCOUNT)}",
        f"The policy {policy_arn(ACCOUNT)}, attached to the role",
        f"One statement in the policy of the KMS key {KEY_ARN}",
        f"A connector for the bucket {BUCKET} ({REGION})",
    ):
        assert words in said


@pytest.mark.parametrize("method", [Method.CONSOLE, Method.HANDOFF])
def test_what_others_made_is_only_supposed(qtbot: QtBot, method: Method) -> None:
    assert "What should be there now" in _finish(qtbot, method=method).said("page-finish")


def test_practice_is_said_in_the_accounts_place(qtbot: QtBot) -> None:
    page = _finish(qtbot, practice=True)
    assert page.said("made-where") == "PRACTICE: in the practice AWS"
    assert f"AWS account {ACCOUNT}" not in page.said("page-finish")


def test_says_how_to_revoke(qtbot: QtBot) -> None:
    page = _finish(qtbot)
    page.click("finishWays-button")
    said = page.said("revoking")
    for words in (
        f"Delete the role {ROLE_NAME}",
        f"The policy {POLICY_NAME} can then be deleted",
        "Change the trust policy: remove UbiQuity’s statement or change the External ID.",
        "Disable the connector in UbiQuity",
    ):
        assert words in said


def test_says_how_to_get_help(qtbot: QtBot, clipboard: QClipboard) -> None:
    page = _finish(qtbot, ENCRYPTED)
    assert SUPPORT_EMAIL in page.said("page-finish")
    page.click("copy-support")
    for words in (ACCOUNT, BUCKET, REGION, role_arn(ACCOUNT)):
        assert words in clipboard.text()
    assert DATABASE_ID not in clipboard.text()


def test_close_closes_the_window(qtbot: QtBot) -> None:
    page = _finish(qtbot)
    assert (page.next_text, page.focus) == ("Close", "nextButton")
    with qtbot.waitSignal(page.window.closed):
        page.click("nextButton")
    assert not page.window.isVisible()


def test_what_was_made_is_undone_from_here(qtbot: QtBot) -> None:
    page = GuidePage(open_with(qtbot, PLAIN, Method.CREATE))
    assert page.wizard.store.state.draft == PLAIN
    page.wizard.jump("create")
    page.do()
    page.wizard.jump("finish")
    page.click("finishReceipt-more-button")
    assert "was created" in page.document("finishReceipt-text")
    page.click("finishUndo")
    page.wizard.until_page("revoke")
    assert page.said("title-revoke") == "Undo what this program did last"
    page.click("undo-revoke")
    page.do("undo-revoke-yes")
    assert "exactly as it was before" in page.said("planSummary-revoke")
    page.wizard.store.change(lambda state: replace(state, flow=Flow.SETUP, page="finish"))
    page.wizard.settle()
    assert not page.shows("finishUndo")  # there is nothing left to undo
    assert not page.shows("finishReceipt")  # nor was that made what it told of
    page.click("finishRevoke")
    assert page.page == "revoke-way"


def test_what_others_made_can_only_be_revoked(qtbot: QtBot) -> None:
    page = _finish(qtbot, method=Method.CONSOLE)
    assert page.shows("finishRevoke")
    assert not page.shows("finishUndo")


def test_it_is_short(qtbot: QtBot) -> None:
    """What is folded is asked for; the rest says what was made, and the ways on."""
    page = _finish(qtbot)
    assert len(page.said("page-finish").split()) < 75
