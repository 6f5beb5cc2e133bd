"""What a person waits for is Welcome, and nothing is loaded before it that it does without.

The rule, not the time: that is measured by ``tests/benchmarks/start.py``.
"""

from pathlib import Path
from typing import Any, Final

from tests.helpers.probes import told_by

_LATER: Final = (
    "asyncio",
    "boto3",
    "botocore",
    "keyring",
    "dataclasses",
    "datetime",
    "json",
    "qasync",
    "socket",
    "subprocess",
    "unicodedata",
    "PySide6.QtNetwork",
    "PySide6.QtPrintSupport",
    "app.aws",
    "app.core.changes",
    "app.core.diagnosis",
    "app.core.explain",
    "app.core.iam",
    "app.core.planning",
    "app.core.wording.finding_words",
    "app.exports",
    "app.flow.run",
    "app.flow.wizard.actions",
    "app.practice",
    "app.ui.crash_dialog",
    "app.ui.menus.deeds",
    "app.ui.paper",
    "app.ui.pasting",
    "app.ui.report",
    "app.ui.review",
    "app.ui.sign_in",
    "app.ui.tour",
    "app.ui.window.retyping",
    "app.wiring",
)
"""Packages and modules that come once the window has been seen: they are much to load."""

_MANY_CONSTANTS: Final = {"QStyle", "QFileDialog", "QMessageBox"}
"""Classes whose constants Python makes, hundreds in all, when they are first named."""


def test_nothing_is_loaded_or_made_before_the_first_paint_that_welcome_does_without(
    tmp_path: Path,
) -> None:
    told = _started(tmp_path)
    early = [name for name in told["modules"] if any(_is_in(name, later) for later in _LATER)]
    pages = [name for name in told["modules"] if name.startswith("app.ui.pages.")]
    assert early == []
    assert pages == ["app.ui.pages.page_list", "app.ui.pages.welcome"]
    assert not set(told["qt_classes"]) & _MANY_CONSTANTS
    assert told["pages"] == ["page-welcome"]
    assert told["windows"] == ["wizard"]
    assert told["after_next"] == ["page-method"]  # whoever presses Next at once is not kept


def _is_in(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")


def _started(home: Path) -> dict[str, Any]:
    homes = dict.fromkeys(("HOME", "XDG_DATA_HOME", "LOCALAPPDATA"), str(home))
    return told_by("tests.ui.first_paint_probe", home, homes)
