"""The panel of IAM Identity Center, as a person sees and uses it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QClipboard
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.core.fields.form import form_of
from app.core.sign_in import ByPortal, KnownPortal
from app.exports import handoff
from app.flow.wizard.actions import SetupActions
from app.flow.wizard.store import SetupStore
from app.ui.parts.page_context import PageContext
from app.ui.parts.reach import Reach
from app.ui.parts.tasks import TaskScope
from app.ui.sign_in.portal_panel import PortalPanel
from app.ui.widgets.masking import Masking
from tests.helpers.drafts import ACCOUNT, PLAIN
from tests.helpers.fake_portal import (
    CODE,
    DENIED,
    LINK,
    OTHER_ACCOUNT,
    PORTAL_REGION,
    URL,
    FakePortal,
)
from tests.helpers.hands import press, type_text
from tests.helpers.stage import staged

REGIONS = {"eu-west-1": "Europe (Ireland)", "us-east-1": "US East (N. Virginia)"}
WAY = ByPortal(URL, PORTAL_REGION, ACCOUNT, "AdministratorAccess")


@dataclass
class Screen:
    """The panel in a window of its own, and what it does to the world."""

    qtbot: QtBot
    portal: FakePortal = field(default_factory=FakePortal)
    links: list[str] = field(default_factory=list)
    ways: list[ByPortal] = field(default_factory=list)
    crashes: list[BaseException] = field(default_factory=list)

    def open(self) -> None:
        store = SetupStore(practice=False)
        store.learn_regions(REGIONS)
        store.fill(form_of(PLAIN))
        self.context = PageContext(
            store=store,
            tasks=TaskScope(self.crashes.append),
            masking=Masking(),
            open_link=self.links.append,
            clock=lambda: 0.0,
            reach=lambda: Reach(
                actions=cast("SetupActions", None),  # the panel asks nothing of it
                handoff=handoff,
                portal=self.portal,
            ),
        )
        self.panel = PortalPanel(self.context, self.ways.append)
        self.window = staged(self.qtbot, self.panel)
        self.panel.look()
        self.idle()

    def idle(self) -> None:
        self.until(lambda: not self.context.tasks.running)

    def until(self, there: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(there)
        assert self.crashes == []

    def shows(self, name: str) -> bool:
        widget = self.window.findChild(QWidget, name)
        return isinstance(widget, QWidget) and widget.isVisible()

    def said(self, name: str) -> str:
        widget = self.window.findChild(QWidget, name)
        assert isinstance(widget, QWidget)
        labels = [widget] if isinstance(widget, QLabel) else widget.findChildren(QLabel)
        return "\n".join(label.accessibleName() or label.text() for label in labels)

    def button(self, name: str) -> QAbstractButton:
        button = self.window.findChild(QAbstractButton, name)
        assert isinstance(button, QAbstractButton)
        return button

    def click(self, name: str) -> None:
        assert self.shows(name)
        QTest.mouseClick(self.button(name), Qt.MouseButton.LeftButton)

    def focus(self) -> str:
        return self.window.focusWidget().objectName()

    def box(self, name: str) -> QComboBox:
        box = self.window.findChild(QComboBox, name)
        assert isinstance(box, QComboBox)
        return box

    def enter(self, name: str, text: str) -> None:
        """Type into a field, without its list in the way, and leave it."""
        box = self.box(name)
        edit = box.lineEdit()
        assert isinstance(edit, QLineEdit)
        box.setFocus()
        edit.selectAll()
        type_text(box, text)
        completer = box.completer()
        if completer and (popup := completer.popup()):
            popup.hide()
        press(box, Qt.Key.Key_Tab)

    def rows(self, name: str) -> list[str]:
        box = self.box(name)
        return [box.itemText(row) for row in range(box.count())]


@pytest.fixture
def screen(qtbot: QtBot, loop: object) -> Screen:
    del loop
    return Screen(qtbot)


def fill_in(screen: Screen) -> None:
    screen.enter("portalUrl", "acme.awsapps.com")
    screen.enter("portalRegion", "Ireland")


def finish(screen: Screen) -> None:
    """Sign in with the browser, and use a role."""
    screen.click("portalSignIn")
    screen.idle()
    assert screen.box("portalAccount").currentText() == ACCOUNT
    screen.enter("portalRole", "AdministratorAccess")
    screen.click("portalUse")
    assert screen.ways == [WAY]
    assert screen.shows("portalChosen")


def test_from_the_address_to_the_role(screen: Screen) -> None:
    screen.open()
    fill_in(screen)
    assert screen.box("portalUrl").currentText() == URL
    assert screen.box("portalRegion").currentText() == PORTAL_REGION
    finish(screen)
    assert screen.links == [LINK]
    assert "AdministratorAccess" in screen.said("portalChosen")
    screen.click("portalChange")
    assert screen.shows("portalUse")


def test_the_browser_is_waited_for_with_a_link_to_copy(
    screen: Screen, clipboard: QClipboard
) -> None:
    screen.open()
    fill_in(screen)
    screen.portal.person.clear()
    screen.click("portalSignIn")
    screen.until(lambda: screen.shows("portalCopyLink"))
    assert "Waiting for you" in screen.said("portalProgress")
    assert screen.links == [LINK]
    screen.click("portalCopyLink")
    assert clipboard.text() == LINK
    screen.click("portalOpenAgain")
    assert screen.links == [LINK, LINK]
    assert not screen.shows("portalSignIn")
    assert screen.focus() == "portalOpenAgain"
    screen.click("portalCancel")
    screen.until(lambda: screen.shows("portalSignIn"))
    assert screen.focus() == "portalSignIn"
    assert screen.portal.cancelled == 1
    screen.idle()  # a task that is cancelled ends a moment after the page shows it
    screen.portal.person.set()
    finish(screen)


def test_a_code_takes_the_place_of_the_browser(screen: Screen, clipboard: QClipboard) -> None:
    screen.open()
    fill_in(screen)
    screen.portal.person.clear()
    screen.click("portalSignIn")
    screen.until(lambda: screen.shows("portalNoBrowser"))
    screen.click("portalNoBrowser")
    screen.until(lambda: screen.shows("portalCode"))
    assert screen.said("portalCode") == CODE
    assert URL in screen.said("portalAddress")
    screen.click("portalCopyCode")
    assert clipboard.text() == CODE
    screen.click("portalCopyCodeLink")
    assert clipboard.text() == f"{URL}/#/device?user_code={CODE}"
    assert screen.links == [LINK]  # no browser is opened for a code
    screen.portal.person.set()
    screen.idle()
    assert screen.shows("portalAccount")


def test_a_code_at_once(screen: Screen) -> None:
    screen.open()
    fill_in(screen)
    screen.portal.person.clear()
    screen.click("portalWithCode")
    screen.until(lambda: screen.shows("portalCode"))
    assert screen.links == []
    screen.click("portalCancel")
    screen.until(lambda: screen.shows("portalWithCode"))
    screen.portal.person.set()
    finish(screen)


def test_what_is_wrong_is_said_at_its_field(screen: Screen) -> None:
    screen.open()
    screen.click("portalSignIn")
    screen.idle()
    assert "Enter the address" in screen.said("portalUrl-message")
    assert "Enter the region" in screen.said("portalRegion-message")
    screen.enter("portalUrl", "d-90670ca891")
    assert "only the portal’s ID" in screen.said("portalUrl-message")
    screen.click("portalUrl-message-offer")
    assert screen.box("portalUrl").currentText() == "https://d-90670ca891.awsapps.com/start"
    fill_in(screen)
    finish(screen)


def test_a_failure_is_said_and_the_next_try_works(screen: Screen) -> None:
    screen.portal.sign_ins = [DENIED]
    screen.open()
    fill_in(screen)
    screen.click("portalSignIn")
    screen.idle()
    assert "declined" in screen.said("portalFailure")
    finish(screen)
    assert not screen.shows("portalFailure")


def test_a_known_session_is_gone_on_with(screen: Screen) -> None:
    until = datetime.now(UTC) + timedelta(hours=1)
    screen.portal.known = (KnownPortal(URL, PORTAL_REGION, "acme", until),)
    screen.portal.until = until
    screen.open()
    assert screen.button("portalSignIn").text() == "Go on with this sign-in"
    assert "signed in at this portal until" in screen.said("portalSession")
    assert len(screen.rows("portalUrl")) == 1
    finish(screen)
    assert screen.links == []


def test_somebody_else_signs_in(screen: Screen) -> None:
    until = datetime.now(UTC) + timedelta(hours=1)
    screen.portal.known = (KnownPortal(URL, PORTAL_REGION, "acme", until),)
    screen.portal.until = until
    screen.open()
    screen.click("portalSignInAnew")
    screen.idle()
    assert screen.links == [LINK]
    screen.click("portalBack")
    assert screen.shows("portalSignIn")


def test_the_account_of_the_details_is_missed(screen: Screen) -> None:
    screen.portal.people = screen.portal.people[:1]
    screen.open()
    fill_in(screen)
    screen.click("portalSignIn")
    screen.idle()
    assert f"no access to account {ACCOUNT}" in screen.said("portalMissing")
    assert not screen.button("portalUse").isEnabled()
    screen.enter("portalAccount", OTHER_ACCOUNT)
    screen.idle()
    assert screen.box("portalRole").currentText() == "PowerUser"
    assert "Acme sandbox" in screen.said("portalAccount-message")
    screen.click("portalUse")
    assert screen.ways == [ByPortal(URL, PORTAL_REGION, OTHER_ACCOUNT, "PowerUser")]


def test_no_account_at_all(screen: Screen) -> None:
    screen.portal.people = ()
    screen.open()
    fill_in(screen)
    screen.click("portalSignIn")
    screen.idle()
    assert "no AWS account is assigned" in screen.said("portalNoAccounts")
    screen.click("portalBack")
    screen.portal.people = FakePortal().people
    finish(screen)


def test_nothing_of_the_customers_is_shown_while_the_screen_is_shared(screen: Screen) -> None:
    screen.portal.known = (KnownPortal(URL, PORTAL_REGION, "acme"),)
    screen.open()
    screen.context.masking.set_on(True)
    screen.portal.person.clear()
    assert screen.rows("portalUrl") == ["ht••••••••"]
    screen.click("portalWithCode")
    screen.until(lambda: screen.shows("portalCode"))
    secrets = [CODE, URL, "acme"]
    assert not any(secret in _all_text(screen.window) for secret in secrets)
    screen.portal.person.set()
    screen.idle()
    secrets += [ACCOUNT, OTHER_ACCOUNT, "Acme", "aws@acme.test"]
    assert not any(secret in _all_text(screen.window) for secret in secrets)
    masked_rows = screen.rows("portalAccount")
    assert [row.replace("•", "") for row in masked_rows] == ["12", "21"]
    account = screen.window.findChild(QComboBox, "portalAccount")
    assert isinstance(account, QComboBox)
    account.setCurrentIndex(1)  # it can be chosen as it stands, and is the true one
    screen.idle()
    assert screen.portal.asked[-1] == f"roles {OTHER_ACCOUNT}"
    assert not any(secret in _all_text(screen.window) for secret in secrets)
    screen.context.masking.set_on(False)
    assert account.currentText() == OTHER_ACCOUNT


def _all_text(window: QWidget) -> str:
    """Return all that can be read or heard; fields show dots while they hide."""
    shown = [label.text() + label.accessibleName() for label in window.findChildren(QLabel)]
    shown += [edit.displayText() for edit in window.findChildren(QLineEdit)]
    for widget in window.findChildren(QWidget):
        shown += [widget.accessibleName(), widget.accessibleDescription()]
    return "\n".join(shown).replace("your-company.awsapps.com", "")


def test_each_control_has_a_name_to_hear(screen: Screen) -> None:
    screen.open()
    for box in screen.window.findChildren(QComboBox):
        assert box.accessibleName()
    for button in screen.window.findChildren(QAbstractButton):
        assert button.objectName()
        assert button.accessibleName() or button.text() or not button.isVisible()


def test_there_is_no_panel_without_a_portal(screen: Screen) -> None:
    screen.open()
    without = PageContext(
        store=screen.context.store,
        tasks=screen.context.tasks,
        masking=screen.context.masking,
        reach=lambda: Reach(
            actions=screen.context.actions,
            handoff=screen.context.handoff,
        ),
    )
    with pytest.raises(ValueError, match="no Identity Center"):
        PortalPanel(without, screen.ways.append)
