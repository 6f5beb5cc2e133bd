"""What is to be done again after the details have changed: said where the person is looking."""

import pytest
from pytestqt.qtbot import QtBot

from app.flow.wizard.state import Method
from app.ui.pages import details
from app.ui.parts import again_callout
from tests.helpers.drafts import BUCKET, PLAIN
from tests.helpers.pages import DetailsPage
from tests.helpers.wizard import fake_accounts, open_with
from tests.ui.conftest import Spoken

pytestmark = pytest.mark.usefixtures("loop")


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    said: list[str] = []
    for module in (details, again_callout):
        monkeypatch.setattr(module, "announce", lambda _widget, sentence: said.append(sentence))
    return said


def test_another_bucket_unticks_the_steps_that_name_it(qtbot: QtBot, heard: list[str]) -> None:
    wizard = open_with(qtbot, PLAIN, Method.CONSOLE, fake_accounts(practice=False))
    for step in ("role", "trust", "permissions", "connector"):
        wizard.store.tick(step, done=True)
    wizard.jump("details")
    page = DetailsPage(wizard)
    page.enter("bucketName", "acme-new")
    again = "Step 3 and Step 4 are to be done again. "
    assert page.message("bucketName") == f"{again}This has changed."
    assert "are to be done again" in page.box("bucketName").accessibleDescription()
    assert heard == [f"{again}Changed since: the bucket."]
    page.next("role")
    assert not page.shows("again-role")
    page.next("trust")
    page.next("permissions")
    assert page.line.startswith("Waiting for: tick")
    assert "Changed since: the bucket." in page.said("again-permissions")
    assert heard[1:] == [page.said("again-permissions").splitlines()[-1]]
    page.click("done-permissions")
    assert not page.shows("again-permissions")
    page.next("connector")
    assert "Changed since: the bucket." in page.said("again-connector")
    page.click("done-connector")
    page.next("test")
    wizard.jump("details")
    assert "In AWS: S3 > Buckets" in page.message("bucketName")
    assert len(heard) == 3
    page.enter("bucketName", BUCKET)  # back again: what the console has now is the other
    assert page.message("bucketName") == f"{again}This has changed."


def test_it_is_said_once_to_whoever_is_in_the_field(qtbot: QtBot, spoken: list[Spoken]) -> None:
    wizard = open_with(qtbot, PLAIN, Method.CONSOLE, fake_accounts(practice=False))
    wizard.store.tick("connector", done=True)
    wizard.jump("details")
    page = DetailsPage(wizard)
    page.paste("bucketName", "acme-new")
    again = [said.sentence for said in spoken if "to be done again" in said.sentence]
    assert again == ["Step 4 is to be done again. Changed since: the bucket."]
