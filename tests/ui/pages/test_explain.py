"""I got an error in UbiQuity: pasted, explained, hidden while the screen is shared."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from app.core.explain.explain import explain
from app.core.wording.findings import cause_title
from app.flow.checking import checked_account
from app.flow.wizard.connection_state import Connection
from app.flow.wizard.state import Flow
from app.ui.report.finding_card import FindingCard
from app.ui.widgets import told
from app.ui.widgets.callout import Callout
from app.ui.widgets.eye import Eye
from app.ui.widgets.hidden_text import HiddenText
from tests.core.explain.refusal_reports import REPORTS, Report
from tests.helpers.drafts import PLAIN, untouched, whole
from tests.helpers.pages import Screen
from tests.helpers.wizard import Wizard, fake_accounts, open_with

pytestmark = pytest.mark.usefixtures("loop")

REFUSED = (
    "User: arn:aws:sts::049579744830:assumed-role/c/s is not authorized to perform: "
    "sts:AssumeRole on resource: arn:aws:iam::210987654321:role/ubiquity-connectors-s3-access-role"
)


def _asked(qtbot: QtBot) -> Wizard:
    """Open the page that asks for the error."""
    wizard = open_with(qtbot, PLAIN, None, fake_accounts(PLAIN, practice=False))
    wizard.store.begin(Flow.EXPLAIN)
    wizard.settle()
    return wizard


def test_a_pasted_error_is_hidden_while_sharing_and_shown_while_its_eye_is_held(
    qtbot: QtBot,
) -> None:
    wizard = _asked(qtbot)
    box = wizard.window.findChild(HiddenText, "errorText")
    eye = wizard.window.findChild(Eye, "errorText-eye")
    assert isinstance(box, HiddenText)
    assert isinstance(eye, Eye)
    assert not eye.isVisible()
    wizard.context.masking.set_on(True)
    QApplication.clipboard().setText(REFUSED)
    box.setFocus()
    box.paste()
    wizard.settle()
    assert box.isVisible()
    assert set(box.toPlainText()) == {"•"}
    assert wizard.store.state.error_text == REFUSED
    assert wizard.window.findChild(FindingCard, "finding-cause-1") is not None
    QTest.mousePress(eye, Qt.MouseButton.LeftButton)
    assert box.toPlainText() == REFUSED
    assert box.hasFocus()
    QTest.mouseRelease(eye, Qt.MouseButton.LeftButton)
    assert set(box.toPlainText()) == {"•"}
    wizard.context.masking.set_on(False)
    assert box.toPlainText() == wizard.store.state.error_text == REFUSED


def test_what_is_not_of_aws_is_said_to_be_so_and_then_an_error_of_aws_is_explained(
    qtbot: QtBot,
) -> None:
    wizard = _asked(qtbot)
    box = wizard.window.findChild(QPlainTextEdit, "errorText")
    nothing = wizard.window.findChild(Callout, "notKnown")
    assert isinstance(box, QPlainTextEdit)
    assert isinstance(nothing, Callout)
    assert not nothing.isVisible()
    box.setPlainText("ERROR 1045 (28000): Access denied for user 'root'@'localhost'")
    wizard.settle()
    assert nothing.isVisible()
    words = wizard.window.findChild(QLabel, "notKnown-text")
    assert isinstance(words, QLabel)
    assert "an error of MySQL, not of AWS" in words.text()
    assert "Check my set-up" in words.text()
    box.setPlainText(REFUSED)
    wizard.settle()
    assert not nothing.isVisible()
    assert wizard.window.findChild(FindingCard, "finding-cause-1") is not None


def test_the_likeliest_cause_is_open_and_the_others_are_folded_under_their_names(
    qtbot: QtBot,
) -> None:
    wizard = _asked(qtbot)
    box = wizard.window.findChild(QPlainTextEdit, "errorText")
    assert isinstance(box, QPlainTextEdit)
    box.setPlainText(REFUSED)
    wizard.settle()
    assert wizard.window.findChild(FindingCard, "finding-cause-1") is not None
    folded = [
        button
        for button in wizard.window.findChildren(QPushButton)
        if button.objectName().startswith("other-cause-") and button.isVisible()
    ]
    assert folded
    causes = explain(REFUSED)
    titles = [cause_title(cause) for cause in causes[1:]]
    screen = Screen(wizard)
    assert [screen.said(f"other-cause-{n}-title") for n in (2, 3, 4)] == titles
    assert all(title in b.accessibleName() for b, title in zip(folded, titles, strict=True))
    assert wizard.window.findChild(FindingCard, "finding-cause-2") is None
    folded[0].click()
    wizard.settle()
    assert wizard.window.findChild(FindingCard, "finding-cause-2") is not None
    best = screen.said("what-cause-1")
    assert best.startswith(f"{cause_title(causes[0])}\n")  # named once, and then why


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.source)
def test_no_two_causes_on_a_page_are_called_the_same(report: Report) -> None:
    titles = [cause_title(cause) for cause in explain(report.text)]
    assert len(set(titles)) == len(titles)
    assert not [title for title in titles if "{" in title]


def test_the_causes_are_said_aloud(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[str] = []
    monkeypatch.setattr(told, "announce", lambda _widget, sentence: heard.append(sentence))
    wizard = _asked(qtbot)
    wizard.store.take_error_text(REFUSED)
    best = cause_title(explain(REFUSED)[0])
    assert heard == [f"The likeliest cause: {best}. 3 others may fit."]
    wizard.store.take_error_text("ERROR 1045 (28000): Access denied for user 'root'@'localhost'")
    assert "an error of MySQL, not of AWS" in heard[-1]


def test_what_was_read_of_the_account_tells_whether_this_program_can_mend_it(
    qtbot: QtBot,
) -> None:
    wizard = open_with(qtbot, PLAIN, None, fake_accounts(PLAIN, practice=False))
    screen = Screen(wizard)
    for snapshot, who in (
        (untouched(PLAIN), "You, with this program"),
        (whole(PLAIN), "Your AWS administrator"),
    ):
        checked = checked_account(PLAIN, snapshot)
        wizard.store.change(
            lambda state: replace(state, connection=Connection(checked=checked))  # noqa: B023
        )
        wizard.store.begin(Flow.EXPLAIN)
        wizard.store.take_error_text("")
        wizard.store.take_error_text(
            "NoSuchEntity: The role with name ubiquity-connectors-s3-access-role cannot be found."
        )
        wizard.settle()
        assert f"Who can act: {who}." in screen.said("finding-cause-1")
