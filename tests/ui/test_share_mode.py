"""While details are hidden nothing that is shown, listed, said or typed tells whose they are."""

import functools
from collections.abc import Iterator, Sequence
from typing import Final

import pytest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.core.failure import AwsFailure
from app.core.fields.form import form_of
from app.core.report import Finding
from app.core.wording.failures import failure_words
from app.core.wording.findings import words
from app.ui.report.finding_card import FindingCard
from app.ui.widgets.hidden_text import HiddenText
from app.ui.widgets.masking import Masking
from app.ui.widgets.numbered_text import NumberedText
from tests.helpers.everything_said import everything_heard, everything_said
from tests.helpers.hands import type_text
from tests.helpers.outcomes import DRAFT
from tests.helpers.pages import Screen
from tests.helpers.scenes import scenes
from tests.helpers.shared_scenes import (
    MARK,
    PLANTED,
    planted_failures,
    planted_findings,
    shared_scenes,
    shared_wizard,
)
from tests.helpers.stage import staged
from tests.helpers.wizard import Wizard, fake_accounts, open_wizard
from tests.ui.conftest import Spoken

pytestmark = pytest.mark.usefixtures("loop")


def _told(window: QWidget) -> Iterator[str]:
    for where, text in (*everything_said(window), *everything_heard(window)):
        if _telling(text):
            yield f"{where}: {text!r}"


@functools.cache
def _telling(text: str) -> bool:
    plain = text.replace("\u200b", "").replace("<wbr>", "")
    return MARK in plain.casefold() or any(value in plain for value in PLANTED)


def test_nothing_on_any_page_tells_whose_details_they_are(
    qtbot: QtBot, spoken: list[Spoken]
) -> None:
    wizard = open_wizard(qtbot, fake_accounts(DRAFT, practice=False), form=form_of(DRAFT))
    fields = {"accountId", "databaseId", "bucketName", "bucketPrefix", "kmsKeyArn", "errorText"}
    assert fields <= _walk(wizard, scenes(wizard), spoken)


def test_nothing_of_a_sign_in_does(qtbot: QtBot, spoken: list[Spoken]) -> None:
    wizard = shared_wizard(qtbot)
    fields = {"mfaCode", "profile-sign-in", "portalUrl-sign-in", "pasteHere-sign-in"}
    assert fields <= _walk(wizard, shared_scenes(wizard), spoken)


def _walk(wizard: Wizard, through: Iterator[str], spoken: list[Spoken]) -> set[str]:
    """Look around in each scene: as it comes up hidden, and as it is hidden while it is shown.

    Then type into each field that there is, and return the names of all.
    """
    Screen(wizard).share()
    QApplication.clipboard().setText("somebody's own")
    masking = wizard.context.masking
    told, shown, fields = [], 0, set[str]()
    for scene in through:
        told += [f"{scene}: {what}" for what in _told(wizard.window)]
        said = len(spoken)
        masking.set_on(False)
        shown += len(list(_told(wizard.window)))
        masking.set_on(True)
        assert len(spoken) == said, scene  # the same in another form is no news
        told += [f"{scene}, hidden again: {what}" for what in _told(wizard.window)]
        told += [f"{scene}, typed: {what}" for what in _typed_everywhere(wizard, fields)]
    assert told == []
    assert shown > 500  # there was much to hide
    assert spoken
    assert [said for said in spoken if _telling(said.sentence)] == []
    assert QApplication.clipboard().text() == "somebody's own"
    return fields


# What is typed

OPEN: Final = ("bucketRegion", "portalRegion")
"""The beginnings of the names of the fields whose values tell nothing of whose they are."""

Typed = QLineEdit | QPlainTextEdit


def _fields(wizard: Wizard) -> dict[str, Typed]:
    """Return what can be typed into now by its name, but what holds no value of anybody's."""
    tops = [wizard.window, *(w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog))]
    edits: list[Typed] = [edit for top in tops for edit in top.findChildren(QLineEdit)]
    edits += [edit for top in tops for edit in top.findChildren(QPlainTextEdit)]
    named = {_name(edit): edit for edit in edits if edit.isVisible() and edit.isEnabled()}
    return {
        name: edit
        for name, edit in named.items()
        if not edit.isReadOnly() and not name.startswith(OPEN)
    }


def _name(edit: Typed) -> str:
    parent = edit.parentWidget()
    return (parent if isinstance(parent, QComboBox) else edit).objectName()


def _text(edit: Typed) -> str:
    return edit.text() if isinstance(edit, QLineEdit | HiddenText) else edit.toPlainText()


def _put(edit: Typed, text: str) -> None:
    if isinstance(edit, QLineEdit):
        edit.setText(text)
    else:
        edit.setPlainText(text)


def _typed_everywhere(wizard: Wizard, seen: set[str]) -> Iterator[str]:
    """Type into each field that was not seen before, and yield what tells it.

    The pictures with two values of one length in all of them are the same.
    """
    fields = {name: edit for name, edit in _fields(wizard).items() if name not in seen}
    seen.update(fields)
    if not fields:
        return
    before = {name: _text(edit) for name, edit in fields.items()}
    for name, edit in fields.items():
        edit.setFocus()
        edit.selectAll()
        type_text(edit, "planted-a")
        assert _text(edit) in {"planted-a", ""}, name  # a paste box hands on what it is left with
        edit.clearFocus()  # nothing blinks in the picture
    wizard.settle()
    yield from _told(wizard.window)
    edits = list(fields.values())
    # Once more where they differ: the page may still have moved under the first.
    if _pictures_differ(wizard, edits) and _pictures_differ(wizard, edits):
        yield f"the picture of {', '.join(fields)} tells one value from another"
    for name, edit in fields.items():
        _put(edit, before[name])
    wizard.settle()


def _pictures_differ(wizard: Wizard, edits: Sequence[Typed]) -> bool:
    """Tell whether the windows look otherwise with another value of the same length."""
    pictures = []
    for value in ("planted-b", "planted-c"):
        for edit in edits:
            _put(edit, value)
        wizard.settle()
        tops = dict.fromkeys(edit.window() for edit in edits)
        pictures.append([top.grab().toImage() for top in tops])
    return pictures[0] != pictures[1]


def test_no_finding_does(qtbot: QtBot, masking: Masking) -> None:
    """The documents in it are others' as well: an administrator's Deny names people and roles."""
    cards = [
        FindingCard(masking, DRAFT, finding, str(number))
        for number, finding in enumerate(planted_findings())
        if "statement" in finding.params or "paste" in finding.params
    ]
    window = staged(qtbot, *cards)
    assert len(list(_told(window))) > 100
    masking.set_on(True)
    assert list(_told(window)) == []
    texts = {text.objectName(): text.toPlainText() for text in window.findChildren(NumberedText)}
    statement = next(text for name, text in texts.items() if name.startswith("statement-"))
    for word in ('"Effect": "Deny"', '"s3:GetObject"', '"StringNotEquals": {', '"aws:SourceVpc":'):
        assert word in statement


@pytest.mark.parametrize("finding", planted_findings(), ids=lambda one: one.code)
def test_no_words_of_one_do(finding: Finding) -> None:
    title, detail, fix = words(finding)
    assert not [one.template for one in (title, detail, *fix) if _telling(one.template)]


@pytest.mark.parametrize("failure", planted_failures(), ids=lambda one: one.finding or one.code)
def test_no_failure_does(failure: AwsFailure) -> None:
    """Its words come with their values apart, wherever they are shown."""
    assert not _telling(failure_words(failure, DRAFT).template)
