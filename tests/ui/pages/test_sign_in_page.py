"""Signing in before anything is typed."""

import re
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QRadioButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from app.core.failure import AwsFailure
from app.core.fields.form import DetailsForm
from app.core.guide import UBIQUITY_ACCOUNT
from app.core.sign_in import ByProfile, Profile, ProfileKind, ProfileState
from app.flow.wizard.state import Method
from app.system.credential_store import CredentialStore
from app.ui.sign_in.sign_in_ways import SignInWays
from app.ui.widgets.paste_edit import PasteEdit
from tests.helpers.drafts import ACCOUNT, PLAIN
from tests.helpers.fake_console import BY_JO, FakeConsole
from tests.helpers.fake_portal import DENIED, PORTAL_REGION, URL, FakePortal
from tests.helpers.fakes import FakeAccounts, FakeCustomer, Gate, signed_in
from tests.helpers.pages import DetailsPage
from tests.helpers.wizard import fake_accounts, open_with, open_wizard
from tests.ui.conftest import Spoken

pytestmark = pytest.mark.usefixtures("loop")

FOUND = (Profile("acme-admin", ProfileKind.KEYS),)
EXPIRED = AwsFailure("sts:GetCallerIdentity", "ExpiredToken", "", finding="signin.expired")


def _at_sign_in(
    qtbot: QtBot, accounts: FakeAccounts, form: DetailsForm | None = None
) -> DetailsPage:
    page = DetailsPage(open_wizard(qtbot, accounts, form=form))
    page.next("method")
    page.click(f"method-{Method.CREATE}")
    page.next("sign-in")
    return page


def _all_ways(qtbot: QtBot, accounts: FakeAccounts) -> tuple[DetailsPage, FakeConsole, FakePortal]:
    """Come to the page where every way to sign in is there."""
    console, portal = FakeConsole(), FakePortal()
    page = DetailsPage(open_wizard(qtbot, accounts, console=console, portal=portal))
    page.next("method")
    page.next("sign-in")
    return page, console, portal


def _words(page: DetailsPage, name: str) -> int:
    """Return how many words of the page can be read."""
    labels = page.find(QWidget, name).findChildren(QLabel)
    cards = page.find(QWidget, name).findChildren(QAbstractButton)
    texts = [label.accessibleName() or label.text() for label in labels if label.isVisible()]
    texts += [f"{c.text()} {_sentence(c)}" for c in cards if c.isVisible()]
    return sum(len(re.findall(r"[\w’'-]+", text)) for text in texts)


def _sentence(card: QAbstractButton) -> str:
    """Return what stands under a card's title; other buttons have no second line."""
    return card.accessibleDescription() if isinstance(card, QRadioButton) else ""


def _accounts(*outcomes: AwsFailure | str) -> FakeAccounts:
    made = [
        one if isinstance(one, AwsFailure) else signed_in(FakeCustomer(), account=one)
        for one in outcomes
    ]
    return FakeAccounts(*made, practice=False, found=FOUND)


def test_the_account_comes_from_the_sign_in(qtbot: QtBot) -> None:
    page = _at_sign_in(qtbot, _accounts(ACCOUNT))
    assert (page.next_text, page.focus) == ("Sign in", "profile-sign-in")
    page.do()
    assert "Signed in as jo in" in page.said("signedIn-sign-in")
    assert page.next_text == "Next"
    page.next("details")
    assert page.text("accountId") == ACCOUNT


def test_a_sign_in_that_is_stopped_is_said_and_the_next_goes_on(
    qtbot: QtBot, spoken: list[Spoken]
) -> None:
    accounts = _accounts(ACCOUNT)
    page = _at_sign_in(qtbot, accounts)
    accounts.gate = gate = Gate()
    page.click("nextButton")
    page.wizard.until(lambda: gate.has_arrivals)
    page.key(Qt.Key.Key_Escape)
    page.wizard.until_idle()
    words = "You stopped the sign-in. You are not signed in, and nothing was changed."
    assert (page.page, page.line) == ("sign-in", words)
    assert [told.sentence for told in spoken].count(words) == 1
    gate.open()
    page.do()
    assert page.line == ""
    page.next("details")


def test_what_was_typed_stays(qtbot: QtBot) -> None:
    page = _at_sign_in(qtbot, _accounts(ACCOUNT), DetailsForm(account_id="998877665544"))
    page.do()
    page.next("details")
    assert page.text("accountId") == "998877665544"


def test_ubiquitys_own_account_is_nobodys_to_set_up(qtbot: QtBot) -> None:
    page = _at_sign_in(qtbot, _accounts(UBIQUITY_ACCOUNT))
    page.do()
    page.next("details")
    assert page.text("accountId") == ""


def test_a_sign_in_that_fails_is_said_and_the_next_goes_on(qtbot: QtBot) -> None:
    page = _at_sign_in(qtbot, _accounts(EXPIRED, ACCOUNT))
    page.do()
    assert "The AWS sign-in has expired." in page.said("failure-sign-in")
    assert page.page == "sign-in"
    page.do()
    assert not page.shows("failure-sign-in")
    page.next("details")


def test_no_keyring_is_asked_before_something_was_pasted(qtbot: QtBot) -> None:
    opened: list[str] = []

    def open_texts() -> None:
        opened.append("keyring")

    accounts = _accounts(ACCOUNT)
    accounts.pasted = CredentialStore(open_texts)
    page = _at_sign_in(qtbot, accounts)
    page.do("way-pasted-sign-in")
    assert opened == []
    page.find(PasteEdit, "pasteHere-sign-in").pasted.emit(
        "export AWS_ACCESS_KEY_ID=ASIAEXAMPLE123456789\n"
        f"export AWS_SECRET_ACCESS_KEY={'CANARYsecret' * 3}0000\n"
        "export AWS_SESSION_TOKEN=CANARYtoken==\n"
    )
    page.wizard.until_idle()
    assert opened == ["keyring"]
    page.do()
    page.next("details")


def test_two_clicks_sign_in_and_go_on(qtbot: QtBot, spoken: list[Spoken]) -> None:
    page, console, _ = _all_ways(qtbot, _accounts(ACCOUNT))
    assert _words(page, "page-sign-in") < 80
    console.person.clear()
    page.click("consoleSignIn-sign-in")
    page.wizard.until(lambda: page.shows("consoleWaiting-sign-in"))
    assert not page.shows("signInWays-sign-in")  # the other ways are out of the way
    assert _words(page, "page-sign-in") < 80
    page.wizard.clock.now += 1
    page.click("nextButton")  # "Sign in" once more: the browser is opened again
    assert len(page.wizard.links) == 2
    console.person.set()
    page.wizard.until(lambda: page.wizard.store.state.signed_in is not None)
    page.wizard.until_idle()
    in_fours = " ".join((ACCOUNT[:4], ACCOUNT[4:8], ACCOUNT[8:]))
    assert spoken[-1].sentence == page.said("signedIn-sign-in") == f"Signed in as jo in {in_fours}."
    assert page.focus == "nextButton"
    page.next("details")


def test_cancel_brings_the_other_ways_back(qtbot: QtBot) -> None:
    page, console, _ = _all_ways(qtbot, _accounts(ACCOUNT))
    console.person.clear()
    page.click("consoleSignIn-sign-in")
    page.wizard.until(lambda: page.shows("consoleWaiting-sign-in"))
    page.click("consoleCancel-sign-in")
    page.wizard.until(lambda: page.shows("signInWays-sign-in"))
    console.person.set()
    page.do("consoleSignIn-sign-in")
    page.wizard.until(lambda: page.wizard.store.state.signed_in is not None)
    page.wizard.until_idle()
    page.next("details")


def test_the_page_comes_up_with_its_top_in_sight(qtbot: QtBot) -> None:
    page = DetailsPage(
        open_wizard(qtbot, _accounts(ACCOUNT), console=FakeConsole(), portal=FakePortal())
    )
    page.window.resize(700, 400)
    page.next("method")
    page.next("sign-in")
    page.wizard.until_idle()
    page.wizard.settle()
    scroller = next(s for s in page.window.findChildren(QScrollArea) if s.isVisible())
    bar = scroller.verticalScrollBar()
    assert bar.maximum() > 0
    assert (bar.value(), page.focus) == (0, "nextButton")
    page.do()
    page.wizard.until(lambda: page.wizard.store.state.signed_in is not None)
    page.wizard.until_idle()
    page.next("details")


def test_whoever_practises_without_a_sign_in_is_no_longer_waited_for(qtbot: QtBot) -> None:
    accounts, console = FakeAccounts(signed_in(FakeCustomer())), FakeConsole()
    page = DetailsPage(open_wizard(qtbot, accounts, console=console))
    page.wizard.store.change(lambda state: replace(state, practise_sign_in=True))
    page.next("method")
    page.next("sign-in")
    console.person.clear()
    page.click("consoleSignIn-sign-in")
    page.wizard.until(lambda: page.shows("consoleWaiting-sign-in"))
    page.do("practiseWithoutSignIn")
    assert (console.cancelled, page.line) == (1, "")
    page.next("details")


PORTAL_PROFILE = Profile(
    "acme",
    ProfileKind.IDENTITY_CENTER,
    account_id=ACCOUNT,
    role_name="Admin",
    state=ProfileState.EXPIRED,
    start_url=URL,
    portal_region=PORTAL_REGION,
)


def test_an_expired_portal_profile_is_signed_in_again_in_the_browser(qtbot: QtBot) -> None:
    accounts = FakeAccounts(
        signed_in(FakeCustomer(), account=ACCOUNT), practice=False, found=(PORTAL_PROFILE,)
    )
    page, _, portal = _all_ways(qtbot, accounts)
    page.do("way-profile-sign-in")
    assert "“aws" not in page.said("page-sign-in")
    portal.sign_ins = [DENIED]
    page.do("profileAgain-sign-in")
    assert "declined in the browser" in page.said("portalFailure-sign-in")
    assert page.shows("portalFailure-sign-in-bundle")
    assert DENIED in page.wizard.context.support.failures
    page.do("way-profile-sign-in")
    page.do("profileAgain-sign-in")
    page.wizard.until(lambda: page.wizard.store.state.signed_in is not None)
    assert DENIED not in page.wizard.context.support.failures
    assert portal.asked == [f"sign in {PORTAL_REGION} browser"] * 2
    assert accounts.asked == [ByProfile("acme")]
    page.wizard.until_idle()
    page.next("details")


def test_an_expired_console_profile_is_signed_in_again_with_aws(qtbot: QtBot) -> None:
    found = (Profile("login", ProfileKind.LOGIN, state=ProfileState.EXPIRED),)
    accounts = FakeAccounts(signed_in(FakeCustomer(), account=ACCOUNT), practice=False, found=found)
    page, console, _ = _all_ways(qtbot, accounts)
    page.do("way-profile-sign-in")
    page.click("profileAgain-sign-in")
    page.wizard.until(lambda: page.wizard.store.state.signed_in is not None)
    page.wizard.until_idle()
    assert (console.asked, accounts.asked) == (["browser"], [BY_JO])
    page.next("details")


def test_another_account_than_the_details_name_is_said_at_once(
    qtbot: QtBot, spoken: list[Spoken]
) -> None:
    form = DetailsForm(account_id="998877665544")
    page = _at_sign_in(qtbot, _accounts(ACCOUNT), form)
    page.do()
    assert "Your details name account 9988 7766 5544" in page.said("otherAccount")
    assert any("Your details name account" in one.sentence for one in spoken)
    page.click("useThisAccount")
    assert not page.shows("otherAccount")
    page.next("details")
    assert page.text("accountId") == ACCOUNT


def test_how_to_do_it_begins_with_the_way_that_asks_least(qtbot: QtBot) -> None:
    page = DetailsPage(open_wizard(qtbot, _accounts(ACCOUNT)))
    page.next("method")
    assert page.focus == f"method-{Method.CREATE}"
    assert _words(page, "page-method") < 64
    page.next("sign-in")
    page.back("method")
    page.click(f"method-{Method.HANDOFF}")
    page.back("welcome")
    page.next("method")
    assert page.focus == f"method-{Method.HANDOFF}"  # a choice stays


def test_to_forget_a_sign_in_ends_it(qtbot: QtBot, spoken: list[Spoken]) -> None:
    by_jo = replace(signed_in(FakeCustomer(), account=ACCOUNT), way=BY_JO)
    page, console, _ = _all_ways(qtbot, FakeAccounts(by_jo, practice=False))
    page.do("consoleSignIn-sign-in")
    assert any("Waiting for you to sign in" in one.sentence for one in spoken)
    page.do("otherSignIn-sign-in")
    assert page.said("page-sign-in").count("Signed in as jo") == 1
    page.do("consoleForget-sign-in")
    assert "Signed in" not in page.said("page-sign-in")
    assert (page.next_text, page.wizard.store.state.signed_in) == ("Sign in", None)
    page.do("consoleSignIn-sign-in")
    page.next("details")
    assert console.asked == ["browser", "forget jo", "browser"]


@pytest.mark.parametrize("practice", [False, True])
def test_the_ways_to_sign_in_are_made_for_whoever_needs_them(
    qtbot: QtBot, *, practice: bool
) -> None:
    accounts = fake_accounts() if practice else _accounts(ACCOUNT)
    page = DetailsPage(open_with(qtbot, PLAIN, Method.CREATE, accounts))
    if not practice:
        page.next("method")
        page.next("sign-in")
        page.do()
    page.wizard.jump("create")
    create = page.find(QWidget, "page-create")
    assert not create.findChildren(SignInWays)
    if not practice:
        page.click("otherSignIn")
        (ways,) = create.findChildren(SignInWays)
        assert ways.isVisible()
        assert page.focus == "profile"
