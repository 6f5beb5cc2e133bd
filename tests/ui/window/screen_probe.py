"""Opens the real window in a process of its own, and tells what of it is out of sight.

``python -m tests.ui.window.screen_probe``, with Qt's own variables for the screen and the scale,
prints one JSON object: the free area, how many pages were looked at, and a sentence for each fault.
"""

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QAbstractButton, QWidget

from app.core.fields.form import form_of
from app.exports import handoff
from app.flow.ports.accounts import CodeRequest
from app.flow.wizard.actions import SetupActions
from app.flow.wizard.state import Method
from app.flow.wizard.store import SetupStore
from app.ui.crash_dialog import CrashDialog
from app.ui.look.qt_application import qt_application
from app.ui.menus.menu_bar import Menus
from app.ui.pages.page_list import make_page
from app.ui.parts.page_context import PageContext
from app.ui.parts.reach import Reach
from app.ui.parts.tasks import TaskScope
from app.ui.sign_in.code_dialog import CodeDialog
from app.ui.widgets.buttons import PrimaryButton
from app.ui.widgets.masking import Masking
from app.ui.window.wizard_window import WizardWindow
from tests.helpers.drafts import PLAIN
from tests.helpers.records import unkept
from tests.helpers.running_qt import dressed
from tests.helpers.wizard import Computer, fake_accounts, outside

TEXTS: Final = (200, 100)
PAGES: Final = (
    (Method.CREATE, ("welcome", "method", "details")),
    (Method.CONSOLE, ("permissions", "connector", "test", "finish")),
)


def main() -> None:
    """Look at each page in each size of text."""
    app = qt_application()
    dressed(app)
    faults, count = [], 0
    dressed(app).set_text_size(TEXTS[0])
    window, store = opened()
    for text in TEXTS:
        dressed(app).set_text_size(text)
        for method, pages in PAGES:
            for page in pages:
                store.choose_method(method)
                store.change(lambda state, page=page: replace(state, page=page))  # type: ignore[misc]
                while window.is_coming:
                    app.processEvents()
                for _ in range(5):
                    app.processEvents()
                count += 1
                faults += [f"{page}, text {text} %: {fault}" for fault in out_of_sight(window)]
        for dialog in (
            CrashDialog(window, "A line of a report\n" * 40),
            CodeDialog(window, CodeRequest("arn:aws:iam::123456789012:mfa/jo"), Masking()),
        ):
            dialog.open()
            app.processEvents()
            faults += [f"text {text} %: {fault}" for fault in outside_the_screen(dialog)]
            dialog.close()
    free = window.screen().availableGeometry()
    told = {"free": [free.width(), free.height()], "pages": count, "faults": faults}
    sys.stdout.write(json.dumps(told))


def opened() -> tuple[WizardWindow, SetupStore]:
    """Return the window as it opens on this screen."""
    accounts = fake_accounts(practice=False)
    store = SetupStore(practice=False)
    context = PageContext(
        store=store,
        tasks=TaskScope(print),
        masking=Masking(),
        reach=lambda: Reach(
            actions=SetupActions(store, accounts, unkept()),
            handoff=handoff,
        ),
    )
    store.fill(form_of(PLAIN))
    window = WizardWindow(context, make_page)
    Menus(window, context, lambda: outside(Computer())).fill()
    window.show()
    return window, store


def outside_the_screen(window: QWidget) -> Iterator[str]:
    """Yield a sentence where a window is larger than the screen, or hides its primary button."""
    free = window.screen().availableGeometry()
    if free.size().expandedTo(window.frameSize()) != free.size():
        yield f"{window.objectName()} is {window.frameSize()} on {free.size()}"
    buttons = [b for b in window.findChildren(PrimaryButton) if b.isVisible()]
    if not buttons:
        yield f"{window.objectName()} has no primary button"
    room = QRect(QPoint(), window.size())
    for button in buttons:
        place = QRect(button.mapTo(window, QPoint()), button.size())
        if not room.contains(place):
            yield f"{button.objectName()} lies at {place} in {room.size()}"


def out_of_sight(window: QWidget) -> Iterator[str]:
    """Yield a sentence for each thing that cannot be seen and should be."""
    yield from outside_the_screen(window)
    room = QRect(QPoint(), window.size())
    footer = window.findChild(QWidget, "footer")
    if not isinstance(footer, QWidget) or not footer.isVisible():
        yield "there is no footer"
        return
    buttons = [b for b in footer.findChildren(QAbstractButton) if b.isVisible()]
    for button in buttons:
        place = QRect(button.mapTo(window, QPoint()), button.size())
        if not room.contains(place):
            yield f"{button.objectName()} lies at {place} in {room.size()}"
        if button.width() < button.sizeHint().width():
            yield f"{button.objectName()} is cut"
    pages = window.findChild(QWidget, "pages")
    if not isinstance(pages, QWidget) or pages.height() < window.fontMetrics().height():
        yield "there is no room for the page"


if __name__ == "__main__":
    main()
