"""What the window says of this computer's disk, and how it starts anew."""

import asyncio
import errno
import os
import threading
from pathlib import Path

import pytest
from PySide6.QtGui import QClipboard, QFileOpenEvent
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from app.bootstrap import desktop as desktop_module
from app.bootstrap.desktop import Desktop
from app.core.log_event import Kept
from app.flow.waking import Waking
from app.system.event_log import latest_lines
from app.system.one_instance import OneInstance, dump_handed_over, to_hand_over
from app.system.own_file import Fate, UnreadFile
from app.system.own_folders import data_folder, log_folder
from app.system.settings_file import SettingsFile
from app.ui import application
from app.ui.crash_dialog import CrashDialog, CrashDialogs
from app.ui.widgets.scroll_dialog import ScrollDialog
from app.ui.window.file_openings import FileOpenings
from tests.helpers.drafts import PLAIN
from tests.helpers.everything_said import everything_said
from tests.helpers.hands import part
from tests.helpers.wizard import Wizard, open_with


@pytest.fixture
def wizard(
    qtbot: QtBot, loop: asyncio.AbstractEventLoop, monkeypatch: pytest.MonkeyPatch
) -> Wizard:
    del loop
    monkeypatch.setattr(application, "_crashes", [CrashDialogs(repr)])
    return open_with(qtbot, PLAIN)


@pytest.fixture
def desktop(wizard: Wizard) -> Desktop:
    desktop = Desktop(wizard.window, wizard.context, OneInstance("real"))
    desktop.begin((), ("program",))
    return desktop


def _said(wizard: Wizard) -> str:
    dialog = part(wizard.window, ScrollDialog, "problemDialog")
    return " ".join(" ".join(said) for said in everything_said(dialog))


def _close(wizard: Wizard, clipboard: QClipboard) -> str:
    """Take the address along, close what is said, and return the address."""
    dialog = part(wizard.window, ScrollDialog, "problemDialog")
    part(dialog, QAbstractButton, "problemCopy").click()
    dialog.accept()
    wizard.settle()
    wizard.qtbot.wait(1)
    assert wizard.window.findChild(ScrollDialog, "problemDialog") is None
    return clipboard.text()


def test_the_disk_and_the_files_of_other_versions(
    wizard: Wizard, desktop: Desktop, clipboard: QClipboard, tmp_path: Path
) -> None:
    """One window for all, since it takes most of the time."""
    desktop.tell_unread((None, None))
    assert wizard.window.findChild(ScrollDialog, "problemDialog") is None
    damaged = tmp_path / "session.damaged-1.json"
    newer = tmp_path / "settings.json"
    desktop.tell_unread((UnreadFile(Fate.ASIDE, damaged), UnreadFile(Fate.NEWER, newer)))
    said = _said(wizard)
    assert "put aside as “session.damaged-1.json”" in said
    assert "“settings.json” is of a newer version" in said
    assert _close(wizard, clipboard) == str(damaged)

    reason = os.strerror(errno.ENOSPC)
    in_a_thread = threading.Thread(target=desktop.tell_refused(Kept.SESSION), args=(reason,))
    in_a_thread.start()
    in_a_thread.join()
    wizard.settle()
    assert f"can’t keep its files on this computer: {reason}" in _said(wizard)
    assert _close(wizard, clipboard) == str(data_folder())
    for _ in range(3):  # the person knows
        desktop.tell_refused(Kept.SETTINGS)(reason)
    assert wizard.window.findChild(ScrollDialog, "problemDialog") is None

    settings = SettingsFile(data_folder())
    desktop.remember_place(settings)
    wizard.window.resize(800, 600)
    wizard.window.close()
    settings.settle()
    desktop.end()
    place = SettingsFile(data_folder()).load().window
    assert place is not None
    assert (place.width, place.height) == (800, 600)
    lines = latest_lines(log_folder())
    assert "not-kept what=session reason=ENOSPC" in lines
    assert lines.count("not-kept what=settings") == 3


def test_what_is_no_message_is_not_answered_and_a_new_start_leaves_the_place_first(
    wizard: Wizard, desktop: Desktop, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert desktop._take_message(b"what?\n") == b""
    assert desktop._take_message(dump_handed_over(to_hand_over((), share=True))) == b"taken\n"
    wizard.qtbot.waitUntil(lambda: wizard.context.masking.on)

    started: list[tuple[str, ...]] = []

    def start(command: tuple[str, ...]) -> bool:
        assert desktop._instance.address is None
        started.append(command)
        return len(started) > 1

    monkeypatch.setattr(desktop_module, "start_on_its_own", start)
    for is_open in (True, False):
        application.on_crash(ValueError(f"{is_open}"))
        dialog = part(wizard.window, CrashDialog, "crashDialog")
        part(dialog, QAbstractButton, "crashAnew").click()
        wizard.qtbot.wait(1)
        assert wizard.window.isVisible() is is_open
    desktop.end()
    assert started == [("program",)] * 2
    assert latest_lines(log_folder()).count("crashed kind=builtins.ValueError") == 2


def test_after_a_sleep_whoever_waits_for_the_person_asks_anew(
    wizard: Wizard, desktop: Desktop, qtbot: QtBot
) -> None:
    now = [1000.0]
    desktop._waking = Waking(lambda: now[0], lambda: now[0])
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    now[0] += 11
    with qtbot.assertNotEmitted(app.applicationStateChanged):
        desktop._note_sleep()
    now[0] += 7200
    wizard.activate()
    with qtbot.waitSignal(app.applicationStateChanged):
        desktop._note_sleep()
    desktop.end()
    assert "woke seconds=7190" in latest_lines(log_folder())


def test_files_that_macos_hands_over_are_opened_those_before_the_window_too(
    qtbot: QtBot, qapp: QApplication
) -> None:
    taken: list[list[str]] = []
    openings = FileOpenings(qapp)
    QApplication.sendEvent(qapp, QFileOpenEvent("/a b/first.json"))
    openings.pass_to(taken.append)
    QApplication.sendEvent(qapp, QFileOpenEvent("/a b/second.json"))
    assert taken == [["/a b/first.json"], ["/a b/second.json"]]
    qapp.removeEventFilter(openings)
    openings.deleteLater()
    del qtbot
