"""The box with the ways to sign in, as a person sees and uses it."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from app.core.failure import AwsFailure
from app.core.fields.form import form_of
from app.core.frozen import replace
from app.core.pasted.credentials import PastedCredentials
from app.core.settings_mistake import SettingsMistake
from app.core.sign_in import (
    ByPasted,
    ByPortal,
    ByProfile,
    KeptCredentials,
    KnownPortal,
    Profile,
    ProfileKind,
    ProfileState,
    SignInWay,
)
from app.exports import handoff
from app.flow.wizard.actions import SetupActions
from app.flow.wizard.portal import PortalSignIn
from app.flow.wizard.portal_state import PortalStage
from app.flow.wizard.store import SetupStore
from app.system.credential_store import CredentialStore
from app.ui.parts.page_context import PageContext
from app.ui.parts.reach import Reach
from app.ui.parts.tasks import TaskScope
from app.ui.sign_in.clipboard_offer import ClipboardOffer
from app.ui.sign_in.portal_panel import PortalPanel
from app.ui.sign_in.sign_in_box import SignInBox
from app.ui.widgets.masking import Masking
from app.ui.widgets.paste_edit import PasteEdit
from tests.helpers.drafts import ACCOUNT, PLAIN
from tests.helpers.fake_portal import PORTAL_REGION, UNTIL, URL, FakePortal
from tests.helpers.fakes import REFUSED, FakeAccounts, FakeCustomer, signed_in
from tests.helpers.hands import type_text
from tests.helpers.records import unkept
from tests.helpers.stage import staged

KEY = "ASIAEXAMPLE123456789"
SECRET = "CANARYsecretCANARYsecretCANARYsecret0000"
TOKEN = "CANARYtoken=="
LINES = [
    f"export AWS_ACCESS_KEY_ID={KEY}",
    f"export AWS_SECRET_ACCESS_KEY={SECRET}",
    f"export AWS_SESSION_TOKEN={TOKEN}",
]
PROFILES = (
    Profile("old", ProfileKind.LOGIN, account_id=ACCOUNT, state=ProfileState.EXPIRED),
    Profile("other", ProfileKind.KEYS),
    Profile("admin", ProfileKind.ROLE, "other", account_id=ACCOUNT, role_name="Admin"),
)
BROKEN = AwsFailure(
    "profiles",
    "ConfigParseError",
    "no",
    finding="signin.config-broken",
    params={"file": "/home/jo/.aws/config", "line": "3"},
)


@dataclass
class Screen:
    """The box in a window of its own."""

    qtbot: QtBot
    found: tuple[Profile, ...] | AwsFailure = PROFILES
    ways: list[SignInWay | None] = field(default_factory=list)
    crashes: list[BaseException] = field(default_factory=list)
    portal: FakePortal = field(default_factory=FakePortal)
    kept: CredentialStore = field(default_factory=lambda: CredentialStore(lambda: None))

    def open(self, *, width: int = 720) -> None:
        self.accounts = FakeAccounts(signed_in(FakeCustomer()), practice=False, found=self.found)
        self.accounts.pasted = self.kept
        self.store = SetupStore(practice=False)
        self.store.fill(form_of(PLAIN))
        self.context = PageContext(
            store=self.store,
            tasks=TaskScope(self.crashes.append),
            masking=Masking(),
            reach=lambda: Reach(
                actions=SetupActions(self.store, self.accounts, unkept()),
                handoff=handoff,
                portal=self.portal,
            ),
        )
        self.box = SignInBox(self.context, lambda: self.ways.append(self.box.take_way()))
        self.store.subscribe(self.box.show_state)
        self.window = staged(self.qtbot, self.box, width=width)
        self.box.show_state(self.store.state)
        self.box.look_for_profiles()
        self.idle()

    def choose(self, row: int) -> None:
        box = self.window.findChild(QComboBox, "profile")
        assert isinstance(box, QComboBox)
        box.setCurrentIndex(row)
        self.idle()

    @property
    def portal_flow(self) -> PortalSignIn:
        panel = self.window.findChild(PortalPanel, "portalPanel")
        assert isinstance(panel, PortalPanel)
        return panel.flow

    def idle(self) -> None:
        self.until(lambda: not self.context.tasks.running)

    def until(self, there: Callable[[], bool]) -> None:
        self.qtbot.wait(1)
        self.qtbot.waitUntil(there, timeout=20_000)
        assert self.crashes == []

    def shows(self, name: str) -> bool:
        widget = self.window.findChild(QWidget, name)
        return isinstance(widget, QWidget) and widget.isVisible()

    def said(self, name: str) -> str:
        widget = self.window.findChild(QWidget, name)
        assert isinstance(widget, QWidget)
        labels = [widget] if isinstance(widget, QLabel) else widget.findChildren(QLabel)
        shown = [label for label in labels if label.isVisible()]
        return "\n".join(label.accessibleName() or label.text() for label in shown)

    def click(self, name: str) -> None:
        button = self.window.findChild(QAbstractButton, name)
        assert isinstance(button, QAbstractButton)
        assert button.isVisible()
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        self.idle()

    def rows(self) -> list[str]:
        box = self.window.findChild(QComboBox, "profile")
        assert isinstance(box, QComboBox)
        return [str(box.model().index(row, 0).data()) for row in range(box.model().rowCount())]

    @property
    def edit(self) -> PasteEdit:
        edit = self.window.findChild(PasteEdit, "pasteHere")
        assert isinstance(edit, PasteEdit)
        return edit

    def paste(self, text: str) -> None:
        """Paste as Ctrl+V does."""
        data = QMimeData()
        data.setText(text)
        self.edit.insertFromMimeData(data)
        self.idle()

    def drop(self, path: Path) -> None:
        """Drop a file, as from the file manager."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path))])
        assert self.edit.canInsertFromMimeData(data)
        self.edit.insertFromMimeData(data)
        self.idle()

    def everything(self) -> str:
        """Return every text that the window holds, seen or not."""
        widgets = self.window.findChildren(QWidget)
        texts = [w.text() for w in widgets if isinstance(w, QLabel | QAbstractButton)]
        texts += [w.toPlainText() for w in widgets if isinstance(w, QPlainTextEdit)]
        texts += [w.accessibleName() + w.accessibleDescription() for w in widgets]
        return "\n".join(texts)


@pytest.fixture
def screen(qtbot: QtBot, loop: object) -> Screen:
    del loop
    return Screen(qtbot)


# Profiles


def test_profiles_are_listed_with_what_they_are(screen: Screen) -> None:
    screen.open()
    assert screen.rows() == [
        f"old · console sign-in · {ACCOUNT} · expired",
        "other · access key",
        f"admin · role · {ACCOUNT}",
    ]
    # The first that belongs to the details' account and may still work.
    assert screen.box.way == ByProfile("admin")
    assert screen.said("aboutProfile") == (
        f"It assumes a role in AWS. It signs in with the profile other. "
        f"It leads to the role Admin in account {ACCOUNT}."
    )
    screen.context.masking.set_on(True)
    assert ACCOUNT not in screen.said("aboutProfile")


def test_a_profile_with_a_mistake_is_listed_with_where_it_is_and_what_to_write(
    screen: Screen,
) -> None:
    mistake = SettingsMistake("no-prefix", "/home/jo/.aws/config", 4, "work", "[profile work]")
    work = Profile("work", ProfileKind.KEYS, state=ProfileState.BROKEN, mistakes=(mistake,))
    screen.found = (work, PROFILES[1])
    screen.open()
    assert screen.rows() == ["work · access key · has a mistake", "other · access key"]
    # One that may work is chosen first.
    assert screen.box.way == ByProfile("other")
    assert not screen.shows("profileMistakes")
    screen.choose(0)
    said = screen.said("profileMistakes")
    assert "Line 4 of /home/jo/.aws/config" in said
    assert "Write [profile work] in that line instead." in said
    screen.accounts._found = (replace(work, state=ProfileState.NOT_TRIED, mistakes=()),)
    screen.click("findProfiles")
    assert not screen.shows("profileMistakes")


def test_the_files_are_read_again_when_the_window_comes_back(screen: Screen) -> None:
    screen.open()
    screen.accounts._found = (*PROFILES, Profile("fresh", ProfileKind.KEYS))
    app = QGuiApplication.instance()
    assert isinstance(app, QGuiApplication)
    app.applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)
    screen.idle()
    assert screen.rows()[-1] == "fresh · access key"
    assert screen.box.way == ByProfile("admin")


def test_a_broken_file_is_named_and_the_other_ways_stay_usable(screen: Screen) -> None:
    screen.found = BROKEN
    screen.open()
    said = screen.said("brokenProfiles")
    assert "/home/jo/.aws/config" in said
    assert "line 3" in said
    screen.click("way-pasted")
    screen.paste("\n".join(LINES))
    assert screen.box.take_way() is not None
    screen.click("way-profile")
    screen.accounts._found = PROFILES
    screen.click("findProfiles")
    assert not screen.shows("brokenProfiles")
    assert screen.box.way == ByProfile("admin")


def test_a_computer_without_profiles_begins_with_the_portal(screen: Screen) -> None:
    screen.found = ()
    screen.open()
    assert screen.shows("portalPanel")
    assert screen.box.take_way() is None
    screen.click("way-profile")
    assert screen.shows("noProfiles")
    assert screen.box.way == ByProfile(None)


# The access portal


ADMIN = ByPortal(URL, PORTAL_REGION, ACCOUNT, "AdministratorAccess")


def test_the_pages_own_button_leads_through_the_portal(screen: Screen) -> None:
    """Each press of "Sign in" does what comes next, or leads to what is missing for it."""
    screen.open()
    screen.click("way-portal")
    assert screen.shows("portalPanel")
    assert not screen.shows("profile")
    assert screen.box.take_way() is None
    screen.idle()
    flow = screen.portal_flow
    assert flow.state.url.shown
    assert flow.state.region.shown
    screen.portal.until = UNTIL
    flow.type_url(URL)
    flow.type_region(PORTAL_REGION)
    assert screen.box.take_way() is None
    screen.idle()
    assert flow.state.stage is PortalStage.CHOOSING
    assert screen.box.take_way() is None  # two roles: one has to be chosen
    flow.choose_role("AdministratorAccess")
    assert screen.ways == []
    screen.box.take_way()
    assert screen.ways == [ADMIN]


def test_a_role_that_is_just_being_changed_signs_nobody_in(screen: Screen) -> None:
    screen.open()
    screen.click("way-portal")
    flow = screen.portal_flow
    screen.portal.until = UNTIL
    flow.type_url(URL)
    flow.type_region(PORTAL_REGION)
    screen.box.take_way()
    screen.idle()
    flow.choose_role("AdministratorAccess")
    screen.click("portalUse")
    assert screen.ways == [ADMIN]
    screen.store.change(lambda state: replace(state, signed_in=signed_in(FakeCustomer())))
    screen.click("otherSignIn")
    assert screen.shows("signInButton")
    screen.click("portalChange")
    screen.store.change(lambda state: replace(state, signed_in=None))
    flow.choose_role("")
    assert screen.box.take_way() is None
    flow.choose_role("ReadOnly")
    screen.box.take_way()
    assert screen.ways[-1] == ByPortal(URL, PORTAL_REGION, ACCOUNT, "ReadOnly")


def test_the_known_portals_are_read_again_when_the_window_comes_back(screen: Screen) -> None:
    screen.open()
    screen.click("way-portal")
    screen.portal.known = (KnownPortal(URL, PORTAL_REGION, "acme", UNTIL),)
    app = QGuiApplication.instance()
    assert isinstance(app, QGuiApplication)
    app.applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)
    screen.idle()
    assert screen.portal_flow.state.url.text == URL
    assert "signed in at this portal" in screen.said("portalSession")


# Pasting


def test_pasted_credentials_are_recognised_at_once_and_never_shown(
    screen: Screen, clipboard: QClipboard
) -> None:
    clipboard.setText("\n".join(LINES))
    screen.open()
    screen.click("way-pasted")
    screen.click("pasteButton")
    assert screen.shows("pastedSummary")
    assert not screen.shows("pasteHere")
    assert screen.said("pastedSummary") == "Temporary credentials ASIA…6789."
    assert "no keyring" in screen.said("pastedWhere")
    everything = screen.everything()
    assert SECRET not in everything
    assert TOKEN not in everything
    assert KEY not in everything
    assert not screen.edit.document().isUndoAvailable()
    assert clipboard.text() == "\n".join(LINES)
    way = screen.box.take_way()
    assert isinstance(way, ByPasted)
    held = screen.kept.get(way.id)
    assert held is not None
    assert held.secret_access_key == SECRET
    assert not screen.shows("lastingKey")


def _pasted_from(screen: Screen, clipboard: QClipboard) -> QAbstractButton:
    """Paste what the clipboard holds; return the button that clears it."""
    clipboard.setText("\n".join(LINES))
    screen.open()
    screen.click("way-pasted")
    screen.click("pasteButton")
    assert screen.shows("clipboard-clear")
    clear = screen.window.findChild(QAbstractButton, "clipboard-clear")
    assert isinstance(clear, QAbstractButton)
    return clear


def test_the_clipboard_can_be_cleared_of_what_was_pasted(
    screen: Screen, clipboard: QClipboard
) -> None:
    clear = _pasted_from(screen, clipboard)
    assert (clear.text(), clear.accessibleName() or clear.text()) == (("Clear the clipboard",) * 2)
    assert screen.said("clipboard") == "Your clipboard still holds what you pasted."
    clear.setFocus()
    QTest.keyClick(clear, Qt.Key.Key_Space)
    screen.idle()
    assert clipboard.text() == ""
    assert "The clipboard is cleared." in screen.said("clipboard")
    assert not screen.shows("clipboard-clear")
    focused = screen.window.focusWidget()
    assert isinstance(focused, QWidget)
    assert focused.objectName() == "pasteOther"
    clipboard.setText("something else")  # and once cleared, it is left alone
    screen.idle()
    assert clipboard.text() == "something else"
    screen.click("forgetPasted")
    assert not screen.shows("clipboard")


def test_what_was_copied_since_is_not_cleared(
    screen: Screen, clipboard: QClipboard, monkeypatch: pytest.MonkeyPatch
) -> None:
    clear = _pasted_from(screen, clipboard)
    with monkeypatch.context() as unheard:  # as on Wayland, while another window has the focus
        unheard.setattr(ClipboardOffer, "_look", lambda _self: None)
        clipboard.blockSignals(True)
        clipboard.setText("somebody's letter")
        clipboard.blockSignals(False)
        clear.click()
    assert clipboard.text() == "somebody's letter"
    assert "something else by now" in screen.said("clipboard")
    assert not screen.shows("clipboard-clear")


def test_the_offer_goes_once_something_else_is_copied(
    screen: Screen, clipboard: QClipboard
) -> None:
    _pasted_from(screen, clipboard)
    clipboard.setText("a shopping list")
    screen.idle()
    assert not screen.shows("clipboard")


def test_what_was_dropped_is_not_on_the_clipboard(screen: Screen, clipboard: QClipboard) -> None:
    clipboard.setText("a shopping list")
    screen.open()
    screen.click("way-pasted")
    screen.paste("\n".join(LINES))
    assert screen.shows("pastedSummary")
    assert not screen.shows("clipboard")


def test_the_offer_holds_no_secret(screen: Screen, clipboard: QClipboard) -> None:
    _pasted_from(screen, clipboard)
    offer = screen.window.findChild(ClipboardOffer, "clipboard")
    assert isinstance(offer, ClipboardOffer)
    held = repr(vars(offer))
    assert SECRET not in held
    assert TOKEN not in held
    assert TOKEN not in screen.everything()


def test_parts_may_come_one_after_the_other(screen: Screen) -> None:
    screen.open()
    screen.click("way-pasted")
    assert screen.box.take_way() is None
    assert "Nothing was pasted yet" in screen.said("pasteProblem")
    screen.paste("Hello")
    assert "There are no AWS credentials" in screen.said("pasteProblem")
    screen.paste(LINES[0])
    assert "The secret access key is missing. The session token" in screen.said("pasteProblem")
    screen.paste(LINES[1])
    assert "The session token is missing" in screen.said("pasteProblem")
    assert SECRET not in screen.everything()
    screen.paste(LINES[2])
    assert screen.shows("pastedSummary")
    assert not screen.shows("pasteProblem")


def test_what_is_typed_is_taken_out_as_soon_as_it_is_whole(screen: Screen) -> None:
    screen.open()
    screen.click("way-pasted")
    screen.context.masking.set_on(True)
    screen.edit.setFocus()
    type_text(screen.edit, " ".join(LINES[:2]))
    assert set(screen.edit.toPlainText()) == {"•"}
    assert screen.box.take_way() is None
    assert "session token is missing" in screen.said("pasteProblem")
    type_text(screen.edit, f" {LINES[2]}")
    assert not screen.shows("pastedSummary")  # who knows how long the token is
    screen.edit.clearFocus()
    screen.idle()
    assert screen.shows("pastedSummary")
    assert screen.edit.text() == ""


def test_a_long_lived_key_is_warned_of(screen: Screen) -> None:
    screen.open()
    screen.click("way-pasted")
    screen.paste("\n".join(LINES[:2]).replace("ASIA", "AKIA"))
    assert screen.said("pastedSummary") == "Access key AKIA…6789. Long-lived."
    assert "long-lived access key" in screen.said("lastingKey")


USERS = (
    "User name,Password,Access key ID,Secret access key,Console login link\n"
    f"jo,,AKIAEXAMPLEEXAMPLE01,{SECRET},x\nmo,,AKIAEXAMPLEEXAMPLE02,{SECRET},x\n"
)


def test_a_file_is_dropped_and_one_of_its_users_chosen(screen: Screen, tmp_path: Path) -> None:
    screen.open()
    screen.click("way-pasted")
    screen.drop(tmp_path / "not-there.csv")
    assert "can’t be read" in screen.said("pasteProblem")
    file = tmp_path / "new user_credentials.csv"
    file.write_bytes(USERS.encode("utf-16"))
    screen.drop(file)
    assert "Choose one" in screen.said("pasteProblem")
    assert screen.shows("pasteWhich-1")
    assert SECRET not in screen.everything()
    screen.click("pasteWhich-1")
    assert screen.said("pastedSummary") == "Access key AKIA…LE02. Long-lived."
    assert not screen.shows("pasteWhich")


def test_a_key_of_the_root_user_is_warned_of(screen: Screen, tmp_path: Path) -> None:
    screen.open()
    screen.click("way-pasted")
    file = tmp_path / "rootkey.csv"
    file.write_text(f"Access key ID,Secret access key\nAKIAEXAMPLEEXAMPLE01,{SECRET}\n")
    screen.drop(file)
    assert "root user" in screen.said("lastingKey")


def test_credentials_that_have_ended_are_not_kept(screen: Screen) -> None:
    screen.open()
    screen.click("way-pasted")
    screen.paste("\n".join([*LINES, "AWS_CREDENTIAL_EXPIRATION=2020-01-01T00:00:00Z"]))
    assert "have ended" in screen.said("pasteProblem")
    screen.paste("\n".join(LINES))
    assert screen.shows("pastedSummary")


def test_the_end_is_said(screen: Screen) -> None:
    screen.open()
    screen.click("way-pasted")
    until = datetime(2099, 1, 1, 14, 32, tzinfo=UTC)
    screen.paste("\n".join([*LINES, f"AWS_CREDENTIAL_EXPIRATION={until.isoformat()}"]))
    assert "They work until" in screen.said("pastedSummary")


def test_what_was_kept_is_there_again_and_can_be_forgotten(screen: Screen) -> None:
    screen.open()
    screen.click("way-pasted")
    screen.paste("\n".join(LINES))
    first = screen.box.way
    screen.click("pasteOther")
    assert screen.shows("pasteHere")
    assert screen.box.take_way() is None
    screen.click("pasteBack")
    assert screen.box.way == first
    screen.click("pasteOther")
    screen.paste("\n".join(LINES).replace("6789", "0000"))
    second = screen.box.way
    assert second != first
    assert isinstance(first, ByPasted)
    screen.click(first.id)
    assert screen.box.way == first
    screen.click("forgetPasted")
    assert screen.box.way == second
    assert not screen.shows("keptOnes")
    screen.click("forgetPasted")
    assert screen.shows("pasteHere")
    assert screen.kept.kept() == ()


def test_a_keyring_that_asks_first_is_waited_for_and_that_is_said(
    screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen.open()
    screen.click("way-pasted")
    unlocked, keep = threading.Event(), screen.kept.keep

    def asked_first(credentials: PastedCredentials) -> KeptCredentials:
        unlocked.wait(10)
        return keep(credentials)

    monkeypatch.setattr(screen.kept, "keep", asked_first)
    data = QMimeData()
    data.setText("\n".join(LINES))
    screen.edit.insertFromMimeData(data)
    assert "may ask for its password" in screen.said("pasteWaits")
    assert not screen.shows("pasteHere")
    assert screen.box.take_way() is None
    assert not screen.shows("pasteProblem")
    unlocked.set()
    screen.idle()
    assert screen.shows("pastedSummary")
    assert screen.box.take_way() is not None


def test_what_cannot_be_forgotten_is_said(screen: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    screen.open()
    screen.click("way-pasted")
    screen.paste("\n".join(LINES))
    with monkeypatch.context() as patch:
        patch.setattr(screen.kept, "forget", lambda _key: "The keyring is locked.")
        screen.click("forgetPasted")
    assert "The keyring is locked." in screen.said("forgetProblem")
    screen.click("forgetPasted")
    assert screen.shows("pasteHere")


# Who is signed in


def test_the_ways_are_folded_away_once_somebody_is_signed_in(screen: Screen) -> None:
    """What was read with the sign-in stands below the box: it has to be seen before it is done."""
    screen.open()
    assert screen.shows("signInWays")
    assert not screen.shows("otherSignIn")
    screen.store.change(lambda state: replace(state, signed_in=signed_in(FakeCustomer())))
    assert screen.shows("signedIn")
    assert not screen.shows("signInWays")
    assert not screen.shows("profile")
    screen.accounts._found = (replace(PROFILES[2], state=ProfileState.WORKED),)
    screen.click("otherSignIn")
    assert screen.shows("signInWays")
    assert not screen.shows("otherSignIn")
    assert screen.rows() == [f"admin · role · {ACCOUNT} · works"]
    screen.store.change(lambda state: replace(state, signed_in=signed_in(FakeCustomer())))
    assert not screen.shows("signInWays")
    screen.store.change(lambda state: replace(state, failure=REFUSED))
    assert screen.shows("signInWays")


def test_a_sign_in_that_was_refused_is_listed_as_such(screen: Screen) -> None:
    screen.open()
    screen.accounts._found = (replace(PROFILES[2], state=ProfileState.FAILED), *PROFILES[:2])
    screen.store.change(lambda state: replace(state, failure=REFUSED))
    screen.idle()
    assert screen.rows()[0] == f"admin · role · {ACCOUNT} · did not work"
    assert "did not work" in screen.said("aboutProfile")
    screen.accounts._found = PROFILES
    screen.click("findProfiles")
    assert "did not work" not in screen.said("aboutProfile")


def test_an_expired_sign_in_is_renewed_in_place(screen: Screen) -> None:
    screen.open()
    screen.store.change(lambda state: replace(state, signed_in=signed_in(FakeCustomer())))
    assert "Signed in as" in screen.said("signedIn")
    screen.click("otherSignIn")
    screen.click("signInButton")
    assert screen.ways == [ByProfile("admin")]
    details = screen.store.state.details.form
    expired = AwsFailure("iam:GetRole", "ExpiredToken", "expired", finding="signin.expired")
    screen.store.change(lambda state: replace(state, failure=expired))
    button = screen.window.findChild(QAbstractButton, "signInButton")
    assert isinstance(button, QAbstractButton)
    assert button.text() == "Sign in again"
    screen.click("signInButton")
    assert screen.ways == [ByProfile("admin")] * 2
    assert screen.store.state.details.form == details
    screen.store.change(lambda state: replace(state, failure=REFUSED))
    assert button.text() == "Use this sign-in instead"
