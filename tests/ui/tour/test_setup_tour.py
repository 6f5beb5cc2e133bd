import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.core.change import ChangeKind
from app.core.draft import Draft
from app.core.fields.details import check_details
from app.core.frozen import replace
from app.core.guide import UBIQUITY_ACCOUNT
from app.core.told.answer import ToldAnswer
from app.flow.ports.accounts import PressedTest
from app.flow.ports.aws import Visit, Visits
from app.practice.account import ACCOUNT_ID
from app.practice.examples import practice_examples
from app.ui import application
from app.ui.crash_dialog import CrashDialogs
from app.ui.tour import hands as tour_hands
from app.ui.tour.setup_tour import SetupTour
from tests.helpers.drafts import untouched
from tests.helpers.fakes import (
    DENIED,
    REFUSED,
    FakeAccounts,
    FakeCustomer,
    FakePracticeUbiquity,
    FakeUbiquity,
    signed_in,
)
from tests.helpers.wizard import Wizard, listing, open_wizard

pytestmark = pytest.mark.usefixtures("loop")


def _wizard(
    qtbot: QtBot, aws: FakeCustomer, ubiquity: FakeUbiquity, told: ToldAnswer = ToldAnswer.SUCCESS
) -> Wizard:
    """Open a window for a tour that signs in as the customer, as support, and as before."""
    customer = signed_in(aws, ubiquity, ACCOUNT_ID)
    support = signed_in(FakeCustomer(), ubiquity, UBIQUITY_ACCOUNT)
    accounts = FakeAccounts(customer, support, customer)
    accounts.practice_examples = practice_examples()
    pressed = PressedTest(_draft().buckets[0], told, 3, message=DENIED.message)
    accounts.practice_ubiquity = FakePracticeUbiquity(pressed)
    visit = Visit(datetime.now(UTC), "ap-southeast-2", "right", "req-1")
    aws.histories = [Visits((visit,), regions=("ap-southeast-2",))]
    return open_wizard(qtbot, accounts)


def _draft() -> Draft:
    draft = check_details(practice_examples()[0].form, {}).draft
    assert draft is not None
    return draft


def _aws() -> FakeCustomer:
    snapshot = untouched(_draft())
    buckets = tuple(replace(each, owner_account=ACCOUNT_ID) for each in snapshot.buckets)
    return FakeCustomer(replace(snapshot, buckets=buckets))


def _working() -> FakeUbiquity:
    return FakeUbiquity([listing(_draft())])


def _take(wizard: Wizard, out: Path) -> tuple[int, list[str]]:
    said: list[str] = []
    going = asyncio.get_event_loop().create_task(
        SetupTour(wizard.window, wizard.store, out, said.append).run()
    )
    wizard.qtbot.waitUntil(going.done, timeout=60_000)
    return going.result(), said


def test_each_step_is_told_and_pictured(qtbot: QtBot, tmp_path: Path) -> None:
    status, said = _take(_wizard(qtbot, _aws(), _working()), tmp_path / "pictures")
    assert status == 0, said
    pictures = sorted(file.name for file in (tmp_path / "pictures").iterdir())
    for page in (
        "welcome",
        "method",
        "details",
        "create-plan",
        "create-done",
        "connector",
        "test-told",
        "test-seen",
        "test-as-ubiquity",
        "finish",
    ):
        assert any(name.endswith(f"-{page}.png") for name in pictures), page
        assert any(f"-{page}.png" in line for line in said), page
    assert "  welcome: Click “Next”" in said
    assert said[-1].startswith("The set-up is complete")


def test_a_change_that_is_refused_fails_the_tour(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tour_hands, "PATIENCE", 1.0)
    aws = _aws()
    aws.failures = {ChangeKind.CREATE_ROLE: [REFUSED]}
    status, said = _take(_wizard(qtbot, aws, _working()), tmp_path)
    assert status == 1
    assert said[-1].startswith("FAILED: ")


def test_a_test_that_does_not_work_fails_the_tour(qtbot: QtBot, tmp_path: Path) -> None:
    refused = _wizard(qtbot, _aws(), _working(), ToldAnswer.ASSUME)
    status, said = _take(refused, tmp_path)
    assert (status, said[-1]) == (1, "FAILED: the connection test did not work")


def test_a_folder_that_cannot_be_written_to_fails_the_tour(qtbot: QtBot, tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.touch()
    status, said = _take(_wizard(qtbot, _aws(), _working()), in_the_way)
    assert status == 1
    assert said[-1].startswith("FAILED: ")


def test_a_crash_fails_the_tour(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class BrokenError(Exception):
        pass

    class Broken(FakeCustomer):
        async def read_snapshot(self, *_: object) -> None:  # type: ignore[override]
            raise BrokenError

    monkeypatch.setattr(application, "_crashes", [CrashDialogs(repr)])
    monkeypatch.setattr(tour_hands, "PATIENCE", 20.0)
    wizard = _wizard(qtbot, Broken(), _working())
    wizard.context.tasks._on_crash = application.on_crash
    status, said = _take(wizard, tmp_path)
    assert status == 1
    assert "BrokenError" in said[-1]
