"""What the tests from end to end share: the window's fixtures, and a practice AWS of its own."""

from collections.abc import Iterator

import pytest

from app.wiring.practice_accounts import PracticeAccounts
from tests.ui.conftest import (
    _qt_loop,
    clipboard,
    installed_theme,
    loop,
    pytest_collection_modifyitems,
    theme,
)

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
