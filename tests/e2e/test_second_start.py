"""A second start of the real program, by a process of its own, and what the first does then."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from pytestqt.qtbot import QtBot

from app.bootstrap.live import Live, StartOptions
from app.core.formats.draft_json import draft_to_json
from app.core.formats.writing import file_text
from app.system.event_log import latest_lines
from app.system.one_instance import Handover, OneInstance
from app.system.own_folders import data_folder, log_folder, reports_folder
from app.system.session_file import SessionFile
from app.system.settings_file import SettingsFile
from app.ui import application
from app.ui.crash_dialog import CrashDialog, CrashDialogs
from app.ui.window.wizard_window import WizardWindow
from app.wiring.computer_accounts import ComputerAccounts
from tests.helpers.drafts import ACCOUNT, PLAIN
from tests.helpers.hands import part
from tests.helpers.running_qt import dressed

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX's local sockets"),
]


@pytest.fixture
def instance(monkeypatch: pytest.MonkeyPatch) -> Iterator[OneInstance]:
    with TemporaryDirectory(prefix="run-") as folder:
        monkeypatch.setenv("XDG_RUNTIME_DIR", folder)
        first = OneInstance("real")
        assert not first.is_taken_over(Handover())
        yield first
        first.give_up()


@pytest.fixture
def window(
    qapp: QApplication,
    qtbot: QtBot,
    loop: asyncio.AbstractEventLoop,
    instance: OneInstance,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[WizardWindow]:
    """Open the real window in this process, after a crash of an earlier one."""
    monkeypatch.setattr(application, "_crashes", [CrashDialogs(repr)])
    monkeypatch.setattr(application, "_theme", [dressed(qapp)])
    reports_folder().mkdir(parents=True)
    crashed = "Fatal Python error: Aborted\n\nCurrent thread 0x1 (most recent call first):\n"
    (reports_folder() / "running-20260101T000000-1.txt").write_text(
        f'{crashed}  File "/home/jane/app/ui/saving.py", line 31 in flush\n'
    )
    session = SessionFile(data_folder(), practice=False)
    live = Live(ComputerAccounts, session, StartOptions(instance))
    window = live.show()
    stopped = asyncio.Event()
    task = loop.create_task(live.run(stopped))
    yield window
    dialog = QApplication.activeModalWidget()
    if isinstance(dialog, CrashDialog):  # of a test that failed: no other has to bear with it
        dialog.accept()
    stopped.set()
    qtbot.waitUntil(task.done)


def test_the_first_opens_what_the_second_was_given_and_tells_of_the_crash_before(
    qtbot: QtBot, tmp_path: Path, window: WizardWindow
) -> None:
    """One window for both, since each takes a second to open."""
    qtbot.addWidget(window)
    store = window._context.store

    def crash_dialog() -> CrashDialog | None:
        shown = QApplication.activeModalWidget()
        return shown if isinstance(shown, CrashDialog) else None

    qtbot.waitUntil(lambda: crash_dialog() is not None)
    dialog = crash_dialog()
    assert dialog is not None
    report = part(dialog, QPlainTextEdit, "crashReport").toPlainText()
    assert "app/ui/saving.py:31 in flush" in report
    assert "jane" not in report

    (tmp_path / "Jörg’s draft.json").write_text(file_text(draft_to_json(PLAIN)), encoding="utf-8")
    second = subprocess.Popen(
        [sys.executable, "-m", "app", "--share", "Jörg’s draft.json"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        stderr=subprocess.PIPE,
    )
    qtbot.waitUntil(lambda: second.poll() is not None, timeout=60_000)
    assert (second.returncode, second.communicate()[1]) == (0, b"")
    qtbot.waitUntil(lambda: window._context.masking.on)
    assert store.state.draft is None  # first the crash is read
    dialog.accept()
    qtbot.waitUntil(lambda: store.state.draft == PLAIN)

    window.close()
    qtbot.waitUntil(lambda: "ended status=0" in latest_lines(log_folder()))
    lines = latest_lines(log_folder())
    for line in (
        "began face=real",
        "shown flow=setup page=welcome",
        "crashed-before place=app/ui/saving.py:31",
        "handed-over files=1",
    ):
        assert line in lines
    assert ACCOUNT not in lines
    assert SettingsFile(data_folder()).load().window is not None
