import gc
import weakref
from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QRect, QSize, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from app.flow.wizard.state import Method
from app.ui.crash_dialog import CrashDialog, CrashDialogs
from app.ui.parts.wizard_page import MEASURE
from app.ui.window.sizes import opening_sizes
from app.ui.window.wizard_window import WizardWindow
from tests.helpers.drafts import PLAIN
from tests.helpers.fakes import FakeAccounts, FakeCustomer, Gate, signed_in
from tests.helpers.pages import DetailsPage, Screen
from tests.helpers.wizard import fake_accounts, open_with, open_wizard

pytestmark = pytest.mark.usefixtures("loop")


# Where one is


@pytest.mark.parametrize(
    ("page", "heading"),
    [
        ("welcome", "Page 1 of 9: Welcome"),
        ("details", "Page 3 of 9: Your details"),
        ("method", "Page 2 of 9: How to do it"),
        ("role", "Step 1 of 4: The role"),
        ("trust", "Step 2 of 4: Trust policy"),
        ("permissions", "Step 3 of 4: Permissions"),
        ("connector", "Step 4 of 4: The connector"),
        ("test", "Page 8 of 9: Test"),
        ("finish", "Page 9 of 9: Finish"),
    ],
)
def test_the_heading_says_where_you_are(qtbot: QtBot, page: str, heading: str) -> None:
    wizard = open_with(qtbot, PLAIN, Method.CONSOLE, fake_accounts(practice=False))
    wizard.jump(page)
    screen = Screen(wizard)
    assert screen.said("where") == f"UbiQuity S3 Connection Setup · {heading}"
    name = heading if heading.startswith("Step") else heading.partition(": ")[2]
    assert screen.window.windowTitle() == f"{name} · UbiQuity S3 Connection Setup"
    assert screen.find(QWidget, f"page-{page}").accessibleName()


def test_the_content_is_never_too_wide_to_read(qtbot: QtBot) -> None:
    wizard = open_with(qtbot, PLAIN)
    wizard.window.resize(1900, 1000)
    wizard.jump("method")
    card = Screen(wizard).find(QWidget, "method")
    assert card.width() <= MEASURE
    page = Screen(wizard).find(QWidget, "page-method")
    assert card.mapTo(page, card.rect().topLeft()).x() == 24  # at the left


def test_there_is_one_primary_button_and_it_is_the_default(qtbot: QtBot) -> None:
    wizard = open_with(qtbot, PLAIN, Method.CREATE)
    for page in ("welcome", "method", "details", "create", "connector", "test", "finish"):
        wizard.jump(page)
        buttons = wizard.window.findChildren(QAbstractButton)
        primary = [b for b in buttons if b.isVisible() and b.property("look") == "primary"]
        assert [button.objectName() for button in primary] == ["nextButton"]
        right = primary[0].mapTo(wizard.window, primary[0].rect().bottomRight())
        room = QRect(0, 0, wizard.window.width(), wizard.window.height())
        assert room.bottomRight().x() - right.x() < 40
        assert room.bottomRight().y() - right.y() < 40


# The keyboard


def test_enter_is_the_primary_button(qtbot: QtBot) -> None:
    wizard = open_with(qtbot, PLAIN, Method.CREATE)
    screen = DetailsPage(wizard)
    screen.key(Qt.Key.Key_Return)
    assert (screen.page, screen.focus) == ("method", "method-create")
    screen.key(Qt.Key.Key_Enter)
    assert (screen.page, screen.focus) == ("details", "accountId")


def test_enter_on_another_button_is_that_button(qtbot: QtBot) -> None:
    wizard = open_with(qtbot, PLAIN)
    wizard.jump("details")
    screen = DetailsPage(wizard)
    screen.find(QWidget, "addBucket").setFocus()
    screen.key(Qt.Key.Key_Return)
    assert (screen.page, screen.focus) == ("details", "bucketName-2")


def test_enter_on_a_field_that_is_wrong_says_so(qtbot: QtBot) -> None:
    wizard = open_wizard(qtbot)
    wizard.jump("details")
    screen = DetailsPage(wizard)
    screen.type("accountId", "12")
    screen.key(Qt.Key.Key_Return)
    assert (screen.page, screen.severity("accountId")) == ("details", "error")
    assert screen.focus == "accountId"


def test_esc_goes_back(qtbot: QtBot) -> None:
    wizard = open_with(qtbot, PLAIN, Method.CREATE)
    screen = Screen(wizard)
    screen.next("method")
    screen.next("details")
    screen.next("create")
    screen.key(Qt.Key.Key_Escape)
    assert (screen.page, screen.focus) == ("details", "accountId")
    screen.key(Qt.Key.Key_Escape)
    screen.key(Qt.Key.Key_Escape)
    assert screen.page == "welcome"


def test_esc_closes_a_list_first(qtbot: QtBot) -> None:
    wizard = open_with(qtbot, PLAIN)
    wizard.jump("details")
    screen = DetailsPage(wizard)
    box = screen.box("bucketRegion")
    screen.find(QWidget, "bucketRegion").setFocus()
    screen.key(Qt.Key.Key_F4)
    popup = QApplication.activePopupWidget()
    assert popup is not None
    assert popup is not box
    popup.close()
    wizard.activate()
    assert screen.page == "details"


def test_esc_stops_what_runs(qtbot: QtBot) -> None:
    aws = FakeCustomer()
    aws.gate = Gate()
    wizard = open_with(qtbot, PLAIN, Method.CREATE, FakeAccounts(signed_in(aws)))
    wizard.store.change(lambda state: replace(state, page="details"))
    screen = Screen(wizard)
    screen.click("nextButton")
    wizard.until(lambda: wizard.store.state.busy is not None)
    screen.key(Qt.Key.Key_Escape)
    wizard.until_idle()
    assert (screen.page, wizard.store.state.busy) == ("create", None)


def test_a_page_is_scrolled_from_the_button_below_it(qtbot: QtBot) -> None:
    wizard = open_wizard(qtbot)
    wizard.window.resize(wizard.window.minimumSize())
    wizard.settle()
    screen = Screen(wizard)
    bar = screen.find(QScrollArea, "scroll-welcome").verticalScrollBar()
    assert screen.focus == "nextButton"
    for key in (Qt.Key.Key_PageDown, Qt.Key.Key_End):
        screen.key(key)
        assert bar.value() > 0
        screen.key(Qt.Key.Key_Home)
        assert bar.value() == 0


def test_what_next_waits_for_comes_into_sight(qtbot: QtBot) -> None:
    wizard = open_with(qtbot, PLAIN, Method.CONSOLE)
    wizard.window.resize(wizard.window.minimumSize())
    wizard.jump("permissions")
    screen = Screen(wizard)
    assert screen.find(QWidget, "done-permissions").visibleRegion().isEmpty()
    screen.next()
    assert screen.focus == "done-permissions"
    assert not screen.find(QWidget, "done-permissions").visibleRegion().isEmpty()


# Closing


def test_closing_ends_what_runs(qtbot: QtBot) -> None:
    aws = FakeCustomer()
    aws.gate = Gate()
    wizard = open_with(qtbot, PLAIN, Method.CREATE, FakeAccounts(signed_in(aws)))
    wizard.store.change(lambda state: replace(state, page="create"))
    wizard.until(lambda: wizard.store.state.busy is not None)
    with qtbot.waitSignal(wizard.window.closed):
        wizard.window.close()
    wizard.until_idle()
    assert wizard.store.state.creation.run is None
    assert aws.applied == []
    assert wizard.crashes == []


# Crashes


def test_a_task_that_breaks_is_a_crash_and_the_window_goes_on(qtbot: QtBot) -> None:
    class BrokenError(Exception):
        pass

    class Broken(FakeCustomer):
        async def read_snapshot(self, *_: object) -> None:  # type: ignore[override]
            raise BrokenError

    wizard = open_with(qtbot, PLAIN, Method.CREATE, FakeAccounts(signed_in(Broken())))
    wizard.jump("create")
    assert [type(error) for error in wizard.crashes] == [BrokenError]
    assert wizard.store.state.busy is None
    screen = Screen(wizard)
    assert screen.next_text == "Read the account"
    screen.back("details")


def test_a_slot_that_breaks_is_a_crash(
    qtbot: QtBot, crashes: list[BaseException], monkeypatch: pytest.MonkeyPatch
) -> None:
    wizard = open_with(qtbot, PLAIN)

    def broken() -> None:
        raise ValueError("in a slot")

    monkeypatch.setattr(wizard.store, "next", broken)
    Screen(wizard).click("nextButton")
    assert [str(error) for error in crashes] == ["in a slot"]
    monkeypatch.undo()
    Screen(wizard).next("method")


def test_the_crash_dialog_comes_once_over_the_window(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.ui import application

    crashes = CrashDialogs(lambda error: f"report of {error}")
    monkeypatch.setattr(application, "_crashes", [crashes])
    wizard = open_wizard(qtbot)
    application.on_crash(ValueError("one"))
    wizard.settle()
    application.on_crash(ValueError("two"))
    wizard.settle()
    [dialog] = wizard.window.findChildren(CrashDialog)
    assert isinstance(dialog, CrashDialog)
    assert dialog.isVisible()
    dialog.accept()
    wizard.activate()
    Screen(wizard).next("method")


# The end


def test_a_closed_window_is_let_go_with_all_its_pages(qtbot: QtBot) -> None:
    window = _closed_window(qtbot)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    assert window() is None


def _closed_window(qtbot: QtBot) -> weakref.ref[WizardWindow]:
    """Show each page and close the window; nothing here holds it any more."""
    wizard = open_with(qtbot, PLAIN, Method.CREATE)
    for page in ("welcome", "method", "details", "create", "connector", "test", "finish"):
        wizard.jump(page)
    wizard.window.close()
    wizard.window.deleteLater()
    return weakref.ref(wizard.window)


@pytest.mark.parametrize(
    ("available", "smallest", "opened"),
    [
        ((1920, 1040), (600, 400), (1024, 700)),
        ((1366, 728), (600, 400), (1024, 680)),
        ((683, 364), (600, 316), (667, 316)),  # the same laptop at 200 %
        ((455, 242), (439, 194), (439, 194)),  # at 300 %
    ],
)
def test_the_window_opens_inside_the_screen(
    available: tuple[int, int], smallest: tuple[int, int], opened: tuple[int, int]
) -> None:
    sizes = opening_sizes(QSize(*available))
    assert [(size.width(), size.height()) for size in sizes] == [smallest, opened]
