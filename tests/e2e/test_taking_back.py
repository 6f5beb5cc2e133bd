"""Undo and revoke in the real window, over real HTTP on the practice AWS."""

import pytest
from pytestqt.qtbot import QtBot

from app.core.frozen import replace
from app.core.planning.plan import plan
from app.core.snapshot import Snapshot, State
from app.flow.ports.accounts import SignedIn
from app.wiring.practice_accounts import PracticeAccounts
from tests.helpers.pages import DetailsPage, GuidePage
from tests.helpers.wizard import Wizard, open_wizard

pytestmark = pytest.mark.usefixtures("loop")


@pytest.fixture
def wizard(qtbot: QtBot, accounts: PracticeAccounts) -> Wizard:
    return open_wizard(qtbot, accounts)


def _reviewed(wizard: Wizard, example: str) -> GuidePage:
    form = DetailsPage(wizard)
    form.next("method")
    form.click("method-create")
    form.next("details")
    form.click(f"fill-{example}")
    form.next("create")
    return GuidePage(wizard)


def _read(wizard: Wizard) -> Snapshot:
    """Read the account beside the window."""
    state = wizard.store.state
    assert isinstance(state.signed_in, SignedIn)
    assert state.draft is not None
    found: list[Snapshot] = []

    async def read() -> None:
        found.append(await state.signed_in.aws.read_snapshot(state.draft))  # type: ignore[union-attr, arg-type]

    wizard.context.start("look", read())
    wizard.until(lambda: bool(found))
    return found[0]


def _same(one: Snapshot, other: Snapshot) -> bool:
    """Tell whether two readings of the account are the same but for their time."""
    return replace(one, captured_at=other.captured_at) == other


@pytest.mark.parametrize("example", ["bucket", "encrypted", "two"])
def test_undo_leaves_the_account_as_it_was(wizard: Wizard, example: str) -> None:
    page = _reviewed(wizard, example)
    start = _read(wizard)
    page.do()
    assert "All changes were made." in page.said("planSummary")
    draft = wizard.store.state.draft
    assert draft is not None
    assert plan(draft, _read(wizard)).changes == ()
    page.click("undo")
    page.do("undo-yes")
    assert "exactly as it was before" in page.said("planSummary")
    assert _same(_read(wizard), start)
    assert wizard.crashes == []


@pytest.mark.parametrize("way", ["delete-role", "change-trust"])
def test_revoked_proved_and_given_back(wizard: Wizard, way: str) -> None:
    page = _reviewed(wizard, "encrypted")
    page.do()
    made = _read(wizard)
    wizard.jump("welcome")
    page.click("beginRevoke")
    page.click(f"revoking-{way}")
    page.next("revoke")
    page.click("revokeNow")
    page.do("revokeNow-yes")
    assert "AWS now refuses UbiQuity" in page.said("proof")
    assert "This was tried just now, as UbiQuity." in page.said("proof")
    assert (_read(wizard).role.state is State.MISSING) is (way == "delete-role")
    page.click("undo-revoke")
    page.do("undo-revoke-yes")
    again = _read(wizard)
    assert again.role.trust_policy == made.role.trust_policy
    assert again.customer_policy.document == made.customer_policy.document
    assert again.buckets[0].kms_key == made.buckets[0].kms_key
    assert wizard.crashes == []


def test_a_revoked_set_up_is_set_up_again(wizard: Wizard) -> None:
    page = _reviewed(wizard, "bucket")
    page.do()
    wizard.jump("welcome")
    page.click("beginRevoke")
    page.click("revoking-change-trust")
    page.next("revoke")
    page.click("revokeNow")
    page.do("revokeNow-yes")
    page.back("revoke-way")
    page.back("welcome")
    for step in ("method", "details", "create"):
        page.next(step)
    page.do()
    page.next("connector")
    page.click("done-connector")
    page.next("test")  # it begins by itself
    page.do("practisePress")
    assert "Connection successful" in page.said("testResult")
