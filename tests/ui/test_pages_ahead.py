"""What a person's way does not lead to is not loaded; what it leads to is, in a thread.

The rule, not the memory: that is measured by ``tests/benchmarks/loop_pauses.py``.
"""

from pathlib import Path
from typing import Any, Final

from tests.helpers.probes import told_by

_ELSEWHERE: Final = {
    "app.aws.identity_center.role_credentials",
    "app.core.aws_files.mistakes",
    "app.core.pasted_documents.as_snapshot",
    "app.exports.by_format",
    "app.exports.support_bundle",
    "app.ui.menus.about_dialog",
    "app.ui.menus.bundle_dialog",
    "app.ui.menus.bundle_opening",
    "app.ui.menus.practice_dialog",
    "app.ui.menus.snapshot_opening",
    "app.ui.pages.check",
    "app.ui.pages.cloudshell",
    "app.ui.pages.explain",
    "app.ui.pages.handoff",
    "app.ui.pages.permissions",
    "app.ui.pages.revoke",
    "app.ui.parts.folder_dialog",
    "app.ui.pasting.paste_box",
    "app.ui.review.before_after",
    "app.ui.tour",
    "boto3",
    "moto",
    "multiprocessing",
    "s3transfer",
}
"""Needed by none who goes from Welcome to Finish by "Create it for me", and opens nothing else."""


def test_what_the_way_leads_to_is_loaded_in_a_thread_and_nothing_else(tmp_path: Path) -> None:
    told = _followed(tmp_path)
    finish, handoff, explain = (set(told[name]) for name in ("finish", "handoff", "explain"))
    assert finish & _ELSEWHERE == set()
    assert {f"app.ui.pages.{page}" for page in ("details", "create", "finish")} <= finish
    assert {"app.ui.pages.handoff", "app.exports.by_format"} <= handoff
    assert "app.ui.pages.explain" in explain - handoff
    assert not told["in_main"]


def _followed(home: Path) -> dict[str, Any]:
    return told_by("tests.ui.pages_ahead_probe", home, {"HOME": str(home)})
