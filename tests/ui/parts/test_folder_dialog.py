"""Choosing folders of a bucket in the dialog, beside typing one."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.core.draft import BucketEntry
from app.core.failure import AwsFailure
from app.flow.ports.aws import FolderPage, OfferedBucket
from app.flow.wizard.state import Method
from app.ui.parts import folder_dialog
from app.ui.parts.folder_dialog import FolderDialog
from tests.helpers.clipping import clipped
from tests.helpers.drafts import ACCOUNT, BUCKET, DATABASE_ID, REGION
from tests.helpers.fakes import NO_BUCKET, NOT_LISTED, OFFLINE, FakeAccounts, FakeCustomer, Gate
from tests.helpers.fakes import signed_in as signed_in_to
from tests.helpers.pages import FolderPages
from tests.helpers.wizard import open_wizard

pytestmark = pytest.mark.usefixtures("loop")

ENTER, SPACE, DOWN, UP = Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_Up
LEFT, ESC = Qt.Key.Key_Left, Qt.Key.Key_Escape

FOLDERS = {
    ("", None): FolderPage(("exports/", "imports/"), 2, "1"),
    ("", "1"): FolderPage(("old/",)),
    ("imports/", None): FolderPage(("imports/2025/", "imports/2026/"), 0),
}


@pytest.fixture
def aws() -> FakeCustomer:
    aws = FakeCustomer()
    aws.offered = (OfferedBucket(BUCKET, REGION),)
    aws.folders = dict(FOLDERS)
    return aws


@pytest.fixture
def page(qtbot: QtBot, aws: FakeCustomer) -> FolderPages:
    accounts = FakeAccounts(signed_in_to(aws, account=ACCOUNT), practice=False)
    wizard = open_wizard(qtbot, accounts)
    wizard.store.choose_method(Method.CREATE)
    wizard.jump("sign-in")
    page = FolderPages(wizard)
    page.do()
    page.next("details")
    page.enter("databaseId", DATABASE_ID)
    page.enter("bucketName", BUCKET)
    wizard.until_idle()
    return page


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    said: list[str] = []
    monkeypatch.setattr(folder_dialog, "announce", lambda _widget, sentence: said.append(sentence))
    return said


def _entries(page: FolderPages) -> tuple[BucketEntry, ...]:
    draft = page.wizard.store.state.draft
    assert draft is not None
    return draft.buckets


def test_by_keys_alone_level_by_level(page: FolderPages, heard: list[str]) -> None:
    page.browse()
    assert page.focus == "folderList"
    assert page.rows == ["exports", "imports"]
    assert page.said("folderStatus") == "2 folders so far; there are more."
    page.keys(DOWN)
    assert page.said("folderChoice") == "Chosen: imports/"
    page.keys(ENTER)
    assert page.said("folderPath") == f"{BUCKET} / imports/"
    assert page.rows == ["2025", "2026"]
    page.keys(LEFT)
    assert page.said("folderChoice") == "Chosen: imports/"  # back where it was entered
    page.keys(ENTER, DOWN, SPACE)
    assert page.rows == ["2025", "✓ 2026"]
    page.key(Qt.Key.Key_Tab)
    page.find(QAbstractButton, "folderUse").setFocus()
    page.key(ENTER)
    assert not page.shows("folderDialog")
    page.wizard.activate()
    assert page.focus == "bucketPrefix"
    assert _entries(page) == (BucketEntry(BUCKET, REGION, "imports/2026/"),)
    assert heard[:2] == ["2 folders so far; there are more.", "2 folders."]
    page.next("create")


def test_several_folders_are_a_line_each(page: FolderPages) -> None:
    page.browse()
    page.keys(SPACE)
    page.click("folderMore")
    page.wizard.until_idle()
    assert page.rows == ["✓ exports", "imports", "old"]
    assert page.said("folderStatus") == "3 folders."
    assert not page.shows("folderMore")
    page.keys(DOWN, ENTER, SPACE)
    assert page.said("folderChoice") == "Chosen: exports/, imports/2025/"
    assert page.find(QAbstractButton, "folderUse").text() == "Use 2 folders"
    page.click("folderUse")
    assert [entry.prefix for entry in _entries(page)] == ["exports/", "imports/2025/"]
    assert page.text("bucketPrefix-2") == "imports/2025/"
    page.browse("-2")
    assert page.said("folderPath") == f"{BUCKET} / imports/"  # where it was left
    page.keys(DOWN)
    page.click("folderUse")
    assert [entry.prefix for entry in _entries(page)] == ["exports/", "imports/2026/"]
    page.next("create")


def test_by_mouse(page: FolderPages) -> None:
    page.browse()
    place = page.folders.visualRect(page.folders.model().index(1, 0))

    def click(x: int) -> None:
        at = QPoint(x, place.center().y())
        QTest.mouseClick(page.folders.viewport(), Qt.MouseButton.LeftButton, pos=at)
        page.wizard.until_idle()

    click(QRect(place).left() + 16)
    assert page.rows == ["exports", "✓ imports"]
    click(QRect(place).left() + 16)
    click(place.center().x())
    assert page.rows == ["exports", "imports"]
    click(place.right() - 12)
    assert page.rows == ["2025", "2026"]
    page.click("folderUp")
    page.click("folderOpen")
    page.wizard.until_idle()
    assert page.rows == ["2025", "2026"]
    page.click("folderUse")
    assert _entries(page)[0].prefix == "imports/2025/"


def test_the_filter_leads_to_the_list_and_takes_nothing(page: FolderPages) -> None:
    page.browse()
    page.filter("IMP")
    assert page.rows == ["imports"]
    assert page.said("folderStatus").endswith("1 of them matches.")
    QTest.keyClick(page.find(QWidget, "folderFilter"), ENTER)
    assert page.focus == "folderList"
    page.keys(ENTER)
    assert page.rows == ["2025", "2026"]
    assert page.text("folderFilter") == ""


@pytest.mark.parametrize(
    ("answer", "name", "words"),
    [
        (NOT_LISTED, "folderFailure", "may not list this bucket (s3:ListBucket)"),
        (NO_BUCKET, "folderFailure", "knows no bucket of this name"),
        (OFFLINE, "folderFailure", "You can also close this and type the folder"),
        (AwsFailure("s3:ListBucket", "Odd", "Odd?"), "folderFailure", "“Odd?”"),
        (FolderPage(), "folderStatus", "The bucket is empty"),
        (FolderPage(files=3), "folderStatus", "The bucket has no folders"),
    ],
)
def test_what_can_not_be_browsed_is_typed(
    page: FolderPages,
    aws: FakeCustomer,
    heard: list[str],
    answer: FolderPage | AwsFailure,
    name: str,
    words: str,
) -> None:
    aws.folders = {("", None): answer}
    page.browse()
    assert words in page.said(name)
    assert words in heard[-1]
    assert not page.find(QAbstractButton, "folderUse").isEnabled()
    if isinstance(answer, AwsFailure):
        aws.folders = dict(FOLDERS)
        page.click("folderAgain")
        page.wizard.until_idle()
        assert page.rows == ["exports", "imports"]
        assert not page.shows("folderFailure")
    page.keys(ESC)
    assert (page.page, page.shows("folderDialog")) == ("details", False)
    page.enter("bucketPrefix", "typed/")
    page.next("create")
    assert _entries(page)[0].prefix == "typed/"


def test_odd_names_are_readable_and_what_can_not_be_typed_can_not_be_ticked(
    page: FolderPages, aws: FakeCustomer, heard: list[str]
) -> None:
    odd = ("a b/", "é+%41/", "bell\x07/", "line\nbreak/", " space/", "//")
    aws.folders = {("", None): FolderPage(odd)}
    page.browse()
    assert page.rows[:2] == ["a b", "é+%41"]
    assert page.rows[2].startswith("bell[")
    assert page.rows[5] == "/"
    why = "form can’t hold this name"
    for row in (2, 3, 4):
        page.folders.setCurrentIndex(page.folders.model().index(row, 0))
        page.keys(SPACE)
        assert not any(text.startswith("✓") for text in page.rows)
        assert why in page.said("folderChoice")
        assert why in heard[-1]
        assert not page.find(QAbstractButton, "folderUse").isEnabled()
    page.folders.setCurrentIndex(page.folders.model().index(1, 0))
    page.click("folderUse")
    assert _entries(page)[0].prefix == "é+%41/"
    assert page.severity("bucketPrefix") == "warning"  # as if it had been typed


def test_reading_is_named_once_it_takes_long_and_can_be_stopped(
    page: FolderPages, aws: FakeCustomer
) -> None:
    aws.gate = Gate()
    page.click("chooseFolder")
    page.wizard.until(lambda: aws.gate is not None and aws.gate.has_arrivals)
    assert page.said("folderStatus") == ""
    assert not page.shows("folderStop")
    page.wizard.clock.now += 2
    page.wizard.until(lambda: page.shows("folderStop"))
    assert page.said("folderStatus") == "Reading the folders · 2 s"
    page.click("folderStop")
    page.wizard.until_idle()
    assert not page.shows("folderStop")
    assert page.said("folderStatus") == "Nothing was read yet."
    aws.gate = None
    page.click("folderMore")
    page.wizard.until_idle()
    assert page.rows == ["exports", "imports"]


def test_the_dialog_closed_reads_no_more(page: FolderPages, aws: FakeCustomer) -> None:
    aws.gate = Gate()
    page.click("chooseFolder")
    page.wizard.until(lambda: aws.gate is not None and aws.gate.has_arrivals)
    page.click("folderCancel")
    page.wizard.until_idle()  # nothing holds it
    assert not page.wizard.context.actions.folders.state.is_reading
    aws.gate = None
    page.browse()
    assert page.rows == ["exports", "imports"]


def test_scrolling_to_the_end_shows_more(page: FolderPages, aws: FakeCustomer) -> None:
    many = tuple(f"f{number:03d}/" for number in range(60))
    aws.folders = {("", None): FolderPage(many, 0, "1"), ("", "1"): FolderPage(("z/",))}
    page.browse()
    page.keys(Qt.Key.Key_End)
    assert len(page.rows) == 61
    assert page.said("folderChoice") == "Chosen: f059/"  # nobody was moved


@pytest.mark.usefixtures("large_text")
def test_nothing_is_cut_off_in_large_text(page: FolderPages, aws: FakeCustomer) -> None:
    aws.folders = {("", None): OFFLINE}
    page.browse()
    dialog = page.find(FolderDialog, "folderDialog")
    assert page.focus == "folderAgain"
    assert clipped(dialog) == []
    aws.folders = {**FOLDERS, ("", "1"): OFFLINE}
    page.click("folderAgain")
    page.wizard.until_idle()
    assert page.focus == "folderList"
    assert clipped(dialog) == []
    page.click("folderMore")
    page.wizard.until_idle()
    assert page.shows("folderFailure")
    assert page.rows == ["exports", "imports"]
    assert clipped(dialog) == []
    room = dialog.screen().availableGeometry()
    assert dialog.width() <= room.width()
    assert dialog.height() <= room.height()


def test_a_screen_reader_gets_names_and_ticks(page: FolderPages) -> None:
    page.browse()
    page.keys(DOWN, SPACE)
    rows = QAccessible.queryAccessibleInterface(page.folders)
    assert rows.text(QAccessible.Text.Name) == "Folders"
    told = [rows.child(row) for row in range(rows.childCount())]
    names = [row.text(QAccessible.Text.Name) for row in told]
    assert names == ["exports", "imports"]
    assert [bool(row.state().checkable) for row in told] == [True, True]
    assert [bool(row.state().checked) for row in told] == [False, True]


def test_nothing_is_browsed_without_a_bucket_a_sign_in_or_in_sight_of_others(
    page: FolderPages,
) -> None:
    assert page.shows("chooseFolder")
    page.share()
    assert not page.shows("chooseFolder")
    page.share()
    page.enter("bucketName", "")
    assert not page.shows("chooseFolder")
    page.enter("bucketName", BUCKET)
    page.wizard.store.forget_sign_in()
    page.wizard.settle()
    assert not page.shows("chooseFolder")


def test_enter_cancels_nothing_and_tab_goes_as_it_is_laid_out(page: FolderPages) -> None:
    page.browse()
    dialog = page.find(QWidget, "folderDialog")
    walked = list[QWidget]()
    while (focus := QApplication.focusWidget()) is not None and focus not in walked:
        walked.append(focus)
        page.key(Qt.Key.Key_Tab)
    rows = [control.mapTo(dialog, QPoint()).y() for control in walked]
    top = rows.index(min(rows))
    assert rows[top:] + rows[:top] == sorted(rows)
    page.find(QAbstractButton, "folderCancel").setFocus()
    page.key(ENTER)
    assert page.shows("folderDialog")
    page.key(ESC)
    assert not page.shows("folderDialog")
