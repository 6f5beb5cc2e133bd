"""Signing in before anything is typed."""

import pytest
from pytestqt.qtbot import QtBot

from app.core.failure import AwsFailure
from app.core.fields.details import DetailsForm
from app.core.guide import UBIQUITY_ACCOUNT
from app.core.sign_in import Profile, ProfileKind
from app.flow.wizard.state import Method
from app.system.credential_store import CredentialStore
from app.ui.sign_in.paste_edit import PasteEdit
from tests.helpers.drafts import ACCOUNT
from tests.helpers.fakes import FakeAccounts, FakeCustomer, signed_in
from tests.helpers.pages import DetailsPage
from tests.helpers.wizard import open_wizard

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
