"""What the tests from end to end share: the window's fixtures, and a practice AWS of its own."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from app.wiring.practice_accounts import PracticeAccounts
from tests.helpers.accessible_desktop import accessible_desktop, skip_where_it_lacks
from tests.ui.conftest import (
    _qt_loop,
    clipboard,
    installed_theme,
    loop,
    pytest_collection_modifyitems,
    theme,
)

if TYPE_CHECKING:
    from tests.helpers.screen_reader import ScreenReader

__all__ = [
    "_qt_loop",
    "clipboard",
    "installed_theme",
    "loop",
    "pytest_collection_modifyitems",
    "theme",
]


@pytest.fixture
def accounts() -> Iterator[PracticeAccounts]:
    """Give the practice AWS as the program runs it: started when it is first needed."""
    practice = PracticeAccounts()
    yield practice
    practice.close()


@pytest.fixture
def reader(tmp_path: Path) -> "Iterator[ScreenReader]":
    """Give the practice program in a process and on a desktop of its own, to whoever reads it."""
    skip_where_it_lacks()
    from tests.helpers.screen_reader import ScreenReader  # what it needs is on Linux alone
    from tests.helpers.x_keyboard import XKeyboard

    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    with (
        accessible_desktop(home) as desktop,
        contextlib.closing(ScreenReader(desktop.session_bus)) as reader,
        desktop.running("practice"),
    ):
        reader.wait_for("button", "Next")
        with contextlib.closing(XKeyboard(desktop.environment["DISPLAY"])) as keyboard:
            keyboard.face()
        yield reader
