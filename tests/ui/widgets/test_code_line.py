"""The code of a problem can be read out, selected, copied and followed by ear."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QClipboard
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.core.failure import AwsFailure
from app.core.report import Evidence, Finding
from app.ui.report.finding_card import FindingCard
from app.ui.widgets.callout import Callout
from app.ui.widgets.code_line import CodeLine
from app.ui.widgets.masking import Masking
from tests.helpers.drafts import PLAIN
from tests.helpers.hands import part
from tests.helpers.stage import staged

CODE = "trust.external-id-mismatch"


@pytest.mark.parametrize(
    ("as_cause", "mends"), [("", False), ("", True), ("What this means", False)]
)
def test_each_card_has_its_code_once(
    qtbot: QtBot, masking: Masking, clipboard: QClipboard, as_cause: str, mends: bool
) -> None:
    finding = Finding(CODE, Evidence.PREDICTED, None, {"expected": "a", "found": "b"})
    card = FindingCard(masking, PLAIN, finding, "1", as_cause=as_cause, mends=mends)
    staged(qtbot, card)
    masking.set_on(True)  # a code tells nothing of anybody's
    shown = [label for label in card.findChildren(QLabel) if CODE in label.text()]
    assert [label.text() for label in shown] == [f"Code for UbiQuity’s support: {CODE}"]
    assert shown[0].textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByKeyboard
    spoken = "Code for UbiQuity’s support: trust, external id mismatch"
    assert shown[0].accessibleName() == spoken
    copy = part(card, QPushButton, "what-1-code-copy")
    assert copy.accessibleName().startswith("Copy: the code trust, external id mismatch: ")
    copy.click()
    assert clipboard.text() == CODE


def test_a_callout_has_one_only_with_a_problem(qtbot: QtBot, masking: Masking) -> None:
    box = Callout("bad", "box", masking)
    staged(qtbot, box)
    assert box.findChild(CodeLine) is None
    box.show_code("signin.expired")
    line = part(box, QWidget, "box-code")
    assert line.isVisible()
    box.show_code("")
    assert not line.isVisible()


@pytest.mark.parametrize(
    ("failure", "code"),
    [
        (AwsFailure("iam:CreateRole", "AccessDenied", "no"), "AccessDenied"),
        (AwsFailure("sts:GetCallerIdentity", "X", "", finding="signin.expired"), "signin.expired"),
    ],
)
def test_a_failure_tells_the_catalogues_code_or_else_that_of_aws(
    failure: AwsFailure, code: str
) -> None:
    assert failure.told_code == code
