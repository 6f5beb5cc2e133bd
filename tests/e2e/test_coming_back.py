"""A closed or crashed window: what was typed is there again, asked once, without a secret."""

import asyncio
import json
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app import __version__
from app.bootstrap.live import Live, StartOptions
from app.core.fields.form import BucketForm, DetailsForm
from app.flow.wizard.state import Method, SavedSession
from app.practice.account import ACCOUNT_ID, DATABASE_ID
from app.system.one_instance import OneInstance
from app.system.session_file import SessionFile
from app.ui import application
from app.ui.crash_dialog import CrashDialogs
from app.ui.widgets.scroll_dialog import ScrollDialog
from app.ui.window.wizard_window import WizardWindow
from app.wiring.practice_accounts import PracticeAccounts
from tests.helpers.hands import CONTROL, part, press
from tests.helpers.pages import DetailsPage
from tests.helpers.running_qt import dressed
from tests.helpers.wizard import HandClock, Wizard

pytestmark = pytest.mark.usefixtures("loop")

SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"


@pytest.fixture
def file(tmp_path: Path) -> SessionFile:
    return SessionFile(tmp_path, practice=True)


@pytest.fixture(autouse=True)
def crashes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(application, "_crashes", [CrashDialogs(repr)])


@pytest.fixture
def disk_beside_the_window(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """See that something is written, and nothing in the window's own thread."""
    threads: set[threading.Thread] = set()
    sync = os.fsync  # whoever writes waits for the disk

    def note(handle: int) -> None:
        threads.add(threading.current_thread())
        sync(handle)

    monkeypatch.setattr("os.fsync", note)
    yield
    assert threads
    assert threading.main_thread() not in threads


class Program:
    """The program as ``practice`` starts it, but for Qt, which runs already."""

    def __init__(
        self, qtbot: QtBot, accounts: PracticeAccounts, file: SessionFile, *, practice: bool
    ) -> None:
        self._stopped = asyncio.Event()
        options = StartOptions(OneInstance("practice"), practice=practice)
        live = Live(lambda: accounts, file, options)
        live.show()
        self._task = asyncio.get_event_loop().create_task(live.run(self._stopped))
        self._qtbot = qtbot
        qtbot.waitUntil(lambda: self._window() is not None)
        window = self._window()
        assert window is not None
        qtbot.addWidget(window)
        qtbot.waitUntil(lambda: window.findChild(QAction, "about") is not None)  # it is joined
        wizard = Wizard(qtbot, window, window._context, HandClock())
        wizard.activate()
        self.page = DetailsPage(wizard)

    def close(self) -> None:
        """Close the window, and wait until the program has ended."""
        self.page.window.close()
        self._qtbot.waitUntil(self._task.done)
        assert self._task.result() == 0

    def die(self) -> None:
        """End without a word, as in a crash."""
        self._task.cancel()
        self._qtbot.waitUntil(self._task.done)
        self.page.window.hide()

    def _window(self) -> WizardWindow | None:
        shown = [w for w in QApplication.topLevelWidgets() if isinstance(w, WizardWindow)]
        return next((window for window in shown if window.isVisible()), None)


Start = Callable[..., Program]


@pytest.fixture
def start(
    qapp: QApplication,
    qtbot: QtBot,
    accounts: PracticeAccounts,
    file: SessionFile,
    monkeypatch: pytest.MonkeyPatch,
) -> Start:
    monkeypatch.setattr(application, "_theme", [dressed(qapp)])
    return lambda *, practice=True: Program(qtbot, accounts, file, practice=practice)


def _typed() -> DetailsForm:
    return DetailsForm(ACCOUNT_ID, DATABASE_ID, (BucketForm("practice-empty", "us-east-1"),))


def _to_the_details(page: DetailsPage) -> None:
    """Go from Welcome to the details, past the sign-in that the practice AWS does without."""
    page.next("method")
    page.click("method-create")
    page.next("sign-in")
    _sign_in(page)


def _sign_in(page: DetailsPage) -> None:
    page.do("practiseWithoutSignIn")
    page.next("details")


def _type_in(program: Program) -> None:
    page = program.page
    _to_the_details(page)
    page.enter("accountId", ACCOUNT_ID)
    page.enter("databaseId", DATABASE_ID)
    page.enter("bucketName", "practice-empty")
    page.enter("bucketRegion", "us-east-1")


def test_a_window_that_is_closed_before_the_rest_is_loaded_ends_the_program(
    qapp: QApplication,
    qtbot: QtBot,
    accounts: PracticeAccounts,
    file: SessionFile,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(application, "_theme", [dressed(qapp)])
    options = StartOptions(OneInstance("practice"), practice=True)
    live = Live(lambda: accounts, file, options)
    live.show().close()
    task = asyncio.get_event_loop().create_task(live.run(asyncio.Event()))
    qtbot.waitUntil(task.done)
    assert task.result() == 0


@pytest.mark.usefixtures("disk_beside_the_window")
def test_a_closed_window_can_be_gone_on_with(start: Start) -> None:
    program = start()
    _type_in(program)
    program.close()

    program = start()
    page = program.page
    assert page.page == "welcome"
    assert "What you typed is still here" in page.said("resume")
    page.click("resumeButton")
    assert page.page == "sign-in"  # nobody is signed in after a start
    assert page.wizard.store.state.details.form == _typed()
    assert page.wizard.store.state.creation.method is Method.CREATE
    program.close()


@pytest.mark.usefixtures("disk_beside_the_window")
def test_the_size_of_text_comes_back(qapp: QApplication, start: Start) -> None:
    usual = qapp.font().pointSizeF()
    program = start()
    press(program.page.window, Qt.Key.Key_Plus, CONTROL)
    program.close()
    dressed(qapp).set_text_size(100)

    program = start()
    assert qapp.font().pointSizeF() == pytest.approx(usual * 1.1)
    press(program.page.window, Qt.Key.Key_0, CONTROL)
    program.close()
    assert qapp.font().pointSizeF() == pytest.approx(usual)


def test_about_tells_what_is_installed(start: Start) -> None:
    window = start().page.window
    part(window, QAction, "about").trigger()
    told = part(part(window, ScrollDialog, "aboutDialog"), QLabel, "aboutText").text()
    assert told.startswith(f"UbiQuity S3 Connection Setup {__version__}\n")
    assert "\nQt 6." in told


def test_a_newer_version_is_looked_for_behind_the_window_and_never_in_practice(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[bool] = []

    class Looks:
        async def look_when_due(self) -> None:
            shown = [w for w in QApplication.topLevelWidgets() if isinstance(w, WizardWindow)]
            looks.append(any(window.isVisible() for window in shown))

    monkeypatch.setattr("app.bootstrap.outside.newer_version", lambda _settings: Looks())
    start().close()
    assert looks == []
    start(practice=False).close()
    assert looks == [True]


def test_a_crash_costs_nothing_that_was_typed(
    qtbot: QtBot, start: Start, file: SessionFile
) -> None:
    program = start()
    _type_in(program)
    qtbot.waitUntil(lambda: _details(file) == _typed())
    program.die()

    page = start().page
    page.click("resumeButton")
    _sign_in(page)
    assert page.text("bucketName") == "practice-empty"


def _details(file: SessionFile) -> DetailsForm | None:
    session = file.load()
    return session.details if session else None


def test_starting_anew_is_asked_once(start: Start, file: SessionFile) -> None:
    file.save(SavedSession("details", _typed(), None, frozenset()))
    program = start()
    program.page.click("startAnewButton")
    program.close()
    program = start()
    assert not program.page.shows("resume")
    program.close()


def test_an_open_question_is_asked_again(start: Start, file: SessionFile) -> None:
    file.save(SavedSession("details", _typed(), None, frozenset()))
    start().close()
    program = start()
    assert program.page.shows("resume")
    program.close()


def test_nothing_typed_is_nothing_to_go_on_with(start: Start) -> None:
    program = start()
    program.page.next("method")
    program.close()
    program = start()
    assert not program.page.shows("resume")
    program.close()


def test_no_secret_is_kept(start: Start, tmp_path: Path) -> None:
    program = start()
    page = program.page
    page.next("method")
    page.click("method-console")
    page.next("details")
    page.enter("accountId", ACCOUNT_ID)
    page.enter("databaseId", SECRET)
    assert "secret key" in page.message("databaseId")
    program.close()
    text = (tmp_path / "practice-session.json").read_text(encoding="utf-8")
    assert json.loads(text)["account_id"] == ACCOUNT_ID
    assert SECRET not in text


def test_a_finished_set_up_is_forgotten(start: Start, tmp_path: Path) -> None:
    program = start()
    page = program.page
    _to_the_details(page)
    page.click("fill-bucket")
    page.next("create")
    page.do()
    page.next("connector")
    page.click("done-connector")
    page.next("test")  # it begins by itself
    page.do("practisePress")
    page.next("finish")
    page.click("nextButton")
    program.close()
    assert list(tmp_path.iterdir()) == []


def test_closing_while_something_runs_is_quick_and_clean(start: Start) -> None:
    program = start()
    page = program.page
    _to_the_details(page)
    page.click("fill-two")
    page.click("nextButton")  # the account is being read now
    program.close()
