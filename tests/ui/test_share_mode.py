"""While details are hidden nothing that is shown, listed or said tells whose they are."""

import functools
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.core.failure import AwsFailure
from app.core.fields.details import form_of
from app.core.report import Finding
from app.core.wording.failures import failure_words
from app.core.wording.findings import words
from app.ui.report.finding_card import FindingCard
from app.ui.widgets.masking import Masking
from app.ui.widgets.numbered_text import NumberedText
from tests.helpers.everything_said import everything_heard, everything_said
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
    _walk(wizard, scenes(wizard), spoken)


def test_nothing_of_a_sign_in_does(qtbot: QtBot, spoken: list[Spoken]) -> None:
    wizard = shared_wizard(qtbot)
    _walk(wizard, shared_scenes(wizard), spoken)


def _walk(wizard: Wizard, through: Iterator[str], spoken: list[Spoken]) -> None:
    """Look around in each scene: as it comes up hidden, and as it is hidden while it is shown."""
    Screen(wizard).share()
    masking = wizard.context.masking
    told, shown = [], 0
    for scene in through:
        told += [f"{scene}: {what}" for what in _told(wizard.window)]
        said = len(spoken)
        masking.set_on(False)
        shown += len(list(_told(wizard.window)))
        masking.set_on(True)
        assert len(spoken) == said, scene  # the same in another form is no news
        told += [f"{scene}, hidden again: {what}" for what in _told(wizard.window)]
    assert told == []
    assert shown > 500  # there was much to hide
    assert spoken
    assert [said for said in spoken if _telling(said.sentence)] == []


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
