"""A finding's card: what its steps say to paste is there to be copied, below the steps."""

from PySide6.QtWidgets import QPlainTextEdit
from pytestqt.qtbot import QtBot

from app.core.report import Evidence, Finding
from app.ui.report.finding_card import FindingCard
from app.ui.widgets.masking import Masking
from tests.core.wording.finding_samples import DENY
from tests.helpers.drafts import PLAIN

PASTE = {"Condition": {"ArnNotEquals": {"aws:PrincipalArn": "arn:aws:iam::123456789012:role/x"}}}


def _shown(qtbot: QtBot, finding: Finding) -> str | None:
    card = FindingCard(Masking(), PLAIN, finding, "it")
    qtbot.addWidget(card)
    text = card.findChild(QPlainTextEdit, "paste-it-text")
    return text.toPlainText() if isinstance(text, QPlainTextEdit) else None


def test_what_is_to_be_pasted_is_there_where_it_is_known(qtbot: QtBot) -> None:
    deny = Finding("bucket.explicit-deny", Evidence.PREDICTED, "acme-imports", DENY)
    assert _shown(qtbot, deny) is None
    advised = Finding(deny.code, deny.evidence, deny.bucket, {**DENY, "paste": PASTE})
    shown = _shown(qtbot, advised)
    assert shown is not None
    assert '"ArnNotEquals"' in shown
