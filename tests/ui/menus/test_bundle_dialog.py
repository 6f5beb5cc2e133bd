"""Saving a support bundle: every file is seen first, parts can be left out, the ID is masked."""

import json
import zipfile
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QFileDialog, QLabel, QPlainTextEdit
from pytestqt.qtbot import QtBot

from app.core.bundle import Bundle
from app.core.call_record import CallOutcome, CallRecord
from app.core.documents.policies import trust_policy
from app.core.failure import AwsFailure
from app.core.formats.bundle_json import NAMES
from app.core.snapshot import Snapshot
from app.files.bundles import read_bundle
from app.flow.checking import checked_account
from app.flow.connection.checks import ConnectionResult
from app.flow.wizard.connection_state import Connection
from app.flow.wizard.state import Flow
from app.ui.menus.bundle_dialog import BundleDialog
from tests.helpers.clipping import clipped
from tests.helpers.drafts import ACCOUNT, BUCKET, DATABASE_ID, MOMENT, PLAIN, role_facts, whole
from tests.helpers.everything_said import everything_heard, everything_said
from tests.helpers.hands import part
from tests.helpers.wizard import Wizard, open_with

pytestmark = pytest.mark.usefixtures("loop")

MISTYPED = DATABASE_ID.swapcase()


def mistyped() -> Snapshot:
    read = whole(PLAIN)
    role = role_facts(trust_policy(MISTYPED), *read.role.attached_policies)
    return replace(read, role=replace(role, instance_profiles=()))


def stuck(qtbot: QtBot) -> Wizard:
    """Open the window on "Check", where the External ID is not ours."""
    wizard = open_with(qtbot, PLAIN)
    wizard.store.begin(Flow.CHECK)
    wizard.jump("check")
    checked = checked_account(PLAIN, mistyped())
    failure = AwsFailure("iam:CreateRole", "AccessDenied", "no", request_id="request-1")
    call = CallRecord("iam:GetRole", MOMENT, 0.1, CallOutcome.DONE, request_id="request-2")
    connection = Connection(checked=checked, result=ConnectionResult((), calls=(call,)))
    wizard.store.change(lambda state: replace(state, connection=connection, failure=failure))
    return wizard


def opened(wizard: Wizard, button: str = "checkBundle") -> BundleDialog:
    part(wizard.window, QAbstractButton, button).click()
    wizard.until_idle()
    shown = part(wizard.window, BundleDialog, "bundleDialog")
    assert shown.isVisible()
    return shown


def preview(shown: BundleDialog, stem: str) -> str:
    """Return the whole text of a file as the dialog shows it, once it is opened."""
    if not shown.findChildren(QPlainTextEdit, f"bundle-{stem}-view-text"):
        part(shown, QAbstractButton, f"bundle-{stem}-more-button").click()
    return part(shown, QPlainTextEdit, f"bundle-{stem}-view-text").toPlainText()


def save(wizard: Wizard, shown: BundleDialog, path: Path) -> None:
    part(shown, QAbstractButton, "bundleSave").click()
    files = part(shown, QFileDialog, "bundleFile")
    files.fileSelected.emit(str(path))
    files.close()
    wizard.until(lambda: bool(said(shown)))
    wizard.settle()


def said(shown: BundleDialog) -> str:
    return part(shown, QLabel, "bundle-outcome-text").accessibleName()


def test_what_is_seen_is_what_is_saved_and_the_id_is_masked(qtbot: QtBot, tmp_path: Path) -> None:
    wizard = stuck(qtbot)
    before = wizard.store.state
    shown = opened(wizard)
    assert clipped(shown) == []
    box = part(shown, QCheckBox, "bundleWithId")
    assert not box.isChecked()
    seen = {name: preview(shown, name.partition(".")[0]) for name in NAMES if name != NAMES[7]}
    assert "request-1" in seen["README.txt"]
    assert "request-2" in seen["calls.json"]
    for hidden in (DATABASE_ID, MISTYPED):
        assert not any(hidden in text for text in seen.values())
    part(shown, QCheckBox, "bundle-plan").click()
    path = tmp_path / "bundle.zip"
    save(wizard, shown, path)
    assert "Saved as bundle.zip" in said(shown)
    with zipfile.ZipFile(path) as zipped:
        saved = {name: zipped.read(name).decode() for name in zipped.namelist()}
    assert json.loads(saved.pop("manifest.json"))["left_out"] == ["plan.json"]
    assert saved == {name: text for name, text in seen.items() if name != "plan.json"}
    bundle = read_bundle(path)
    assert isinstance(bundle, Bundle)
    assert bundle.masked
    assert wizard.store.state == before
    # The ID is in it where that is allowed.
    box.click()
    assert DATABASE_ID in preview(shown, "README")
    save(wizard, shown, tmp_path / "a.zip")
    bundle = read_bundle(tmp_path / "a.zip")
    assert isinstance(bundle, Bundle)
    assert (bundle.masked, bundle.draft) == (False, PLAIN)
    box.click()
    assert DATABASE_ID not in preview(shown, "README")


def test_where_it_can_not_be_saved_that_is_said_and_then_it_is_saved_and_written_about(
    qtbot: QtBot, tmp_path: Path
) -> None:
    wizard = stuck(qtbot)
    shown = opened(wizard, "failure-check-bundle")
    (tmp_path / "file").write_text("")
    save(wizard, shown, tmp_path / "file" / "b.zip")
    assert "could not be saved" in said(shown)
    assert not part(shown, QAbstractButton, "bundleLetter").isVisible()
    save(wizard, shown, tmp_path / "b.zip")
    part(shown, QAbstractButton, "bundleFolder").click()
    part(shown, QAbstractButton, "bundleLetter").click()
    assert "Attach b.zip" in said(shown)
    assert "If no letter opens, write to support@ubiquity.co.nz." in said(shown)
    folder, letter = wizard.links
    assert folder.endswith(tmp_path.as_posix())
    assert letter.startswith("mailto:support@ubiquity.co.nz")
    assert "&body=(Attach the support bundle b.zip" in unquote(letter)
    assert DATABASE_ID not in unquote(letter)


def test_on_a_shared_screen_nothing_of_it_is_seen_or_heard(qtbot: QtBot, tmp_path: Path) -> None:
    wizard = stuck(qtbot)
    wizard.context.masking.set_on(True)
    shown = opened(wizard)
    folder = tmp_path / BUCKET
    folder.mkdir()
    save(wizard, shown, folder / f"{ACCOUNT}.zip")
    part(shown, QAbstractButton, "bundleLetter").click()
    assert "Attach the support bundle that you saved" in unquote(wizard.links[-1])
    assert ACCOUNT not in unquote(wizard.links[-1])
    for name in NAMES:
        if name != NAMES[7]:
            assert preview(shown, name.partition(".")[0])
    for on in (True, False):
        wizard.context.masking.set_on(on)
        wizard.settle()
        everything = [text for _, text in (*everything_said(shown), *everything_heard(shown))]
        assert len(everything) > 30
        values = (ACCOUNT, BUCKET, DATABASE_ID, MISTYPED)
        assert [s for s in everything if on and any(value in s for value in values)] == []
    assert ACCOUNT in preview(shown, "draft")


def test_it_can_be_saved_from_the_menu_before_anything_is_typed(
    qtbot: QtBot, tmp_path: Path
) -> None:
    wizard = open_with(qtbot, PLAIN)
    wizard.store.begin_anew()
    part(wizard.window, QAction, "saveBundle").trigger()
    wizard.until_idle()
    shown = part(wizard.window, BundleDialog, "bundleDialog")
    save(wizard, shown, tmp_path / "b.zip")
    bundle = read_bundle(tmp_path / "b.zip")
    assert isinstance(bundle, Bundle)
    assert set(bundle.texts) == {"README.txt", "errors.json", "versions.json", "log.txt"}
    assert "The program 1.2" in bundle.texts["README.txt"]
    parts = {part["name"] for part in json.loads(bundle.texts["versions.json"])["parts"]}
    assert parts == {"Qt", "Python", "boto3", "Nobody’s"}
