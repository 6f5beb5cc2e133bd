"""Page objects: what a person sees on each page of the wizard, and does there."""

from typing import TypeVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QWidget,
)

from app.ui.widgets.tick_list import TickList
from tests.helpers.hands import press, type_text
from tests.helpers.wizard import Wizard

Control = TypeVar("Control", bound=QWidget)
Box = QLineEdit | QComboBox


class Screen:
    """The whole window: anything in it by its name, the footer, the sidebar and the keyboard."""

    def __init__(self, wizard: Wizard) -> None:
        self.wizard = wizard
        self.window = wizard.window

    # Seeing

    def find(self, kind: type[Control], name: str) -> Control:
        """Return the control ``name`` as it can be seen; LookupError where it can't."""
        found = [w for w in self.window.findChildren(kind, name) if w.isVisible()]
        if len(found) != 1:
            raise LookupError(f"{len(found)} visible {kind.__name__} {name!r} on {self.page}")
        return found[0]

    def shows(self, name: str) -> bool:
        """Return whether a control ``name`` can be seen."""
        return any(w.isVisible() for w in self.window.findChildren(QWidget, name))

    @property
    def page(self) -> str:
        """The id of the page that can be seen."""
        pages = [w for w in self.window.findChildren(QWidget) if w.isVisible() and _is_page(w)]
        return ", ".join(page.objectName().removeprefix("page-") for page in pages)

    def said(self, name: str) -> str:
        """Return what the label or callout ``name`` says, as a screen reader reads it."""
        widget = self.find(QWidget, name)
        labels = [widget] if isinstance(widget, QLabel) else widget.findChildren(QLabel)
        shown = [label for label in labels if label.isVisible()]
        return "\n".join(_spoken(label) for label in shown if _spoken(label))

    @property
    def line(self) -> str:
        """What the footer says: why Next waits, or what is being done."""
        return self.find(QLabel, "waitingLine").text()

    @property
    def next_text(self) -> str:
        """The words of the primary button."""
        return self.find(QAbstractButton, "nextButton").text()

    @property
    def focus(self) -> str:
        """The name of the control that has the focus; ``""`` for none."""
        widget = QApplication.focusWidget()
        return "" if widget is None else widget.objectName()

    @property
    def sidebar(self) -> list[str]:
        """Each line of the sidebar with its state, as a screen reader reads it."""
        steps = self.find(QListWidget, "steps")
        items = [steps.item(row) for row in range(steps.count())]
        return [item.data(Qt.ItemDataRole.AccessibleTextRole) for item in items]

    # Doing

    def click(self, name: str) -> None:
        """Click on the button ``name``, which has to be enabled."""
        self.wizard.until_shown()
        button = self.find(QAbstractButton, name)
        if not button.isEnabled():
            raise AssertionError(f"{name} is not enabled")
        middle = QPoint(min(button.width() // 2, 40), button.height() // 2)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton, pos=middle)
        self.wizard.settle()

    def key(self, key: Qt.Key) -> None:
        """Press ``key`` where the focus is."""
        self.wizard.until_shown()
        press(QApplication.focusWidget() or self.window, key)
        self.wizard.settle()

    def next(self, page: str | None = None) -> None:
        """Press the primary button, and wait for ``page`` where it should lead there."""
        self.click("nextButton")
        if page is not None:
            self.wizard.until_page(page)
            self.wizard.until_idle()

    def back(self, page: str) -> None:
        """Press Back, and wait for ``page``."""
        self.click("backButton")
        self.wizard.until_page(page)

    def do(self, name: str = "nextButton") -> None:
        """Press a button and wait until what it starts is done."""
        self.click(name)
        self.wizard.until_idle()

    def go_to(self, row: int) -> None:
        """Click on a line of the sidebar."""
        steps = self.find(QListWidget, "steps")
        place = steps.visualItemRect(steps.item(row)).center()
        QTest.mouseClick(steps.viewport(), Qt.MouseButton.LeftButton, pos=place)
        self.wizard.settle()

    def share(self) -> None:
        """Hide the details, or show them again."""
        self.click("shareToggle")


class DetailsPage(Screen):
    """The form "Your details"."""

    def box(self, name: str) -> Box:
        """Return the field ``name``."""
        found = self.find(QWidget, name)
        if not isinstance(found, QLineEdit | QComboBox):
            raise TypeError(f"{name} is a {type(found).__name__}")
        return found

    def text(self, name: str) -> str:
        """Return what stands in the field ``name``."""
        box = self.box(name)
        return box.currentText() if isinstance(box, QComboBox) else box.text()

    def type(self, name: str, text: str) -> None:
        """Put ``text`` into the field ``name`` key by key, in place of what is there."""
        box = self.box(name)
        box.setFocus()
        self._select(box)
        if text:
            type_text(box, text)
        else:
            press(box, Qt.Key.Key_Delete)
        if isinstance(box, QComboBox):
            self._close_list(box)

    def type_on(self, text: str) -> None:
        """Type ``text`` where the focus is."""
        type_text(QApplication.focusWidget() or self.window, text)

    def paste(self, name: str, text: str) -> None:
        """Put ``text`` into the field ``name`` at once, as the clipboard would."""
        box = self.box(name)
        box.setFocus()
        self._select(box)
        edit = box.lineEdit() if isinstance(box, QComboBox) else box
        if edit is not None:
            edit.insert(text)
        self.wizard.settle()

    def leave(self) -> None:
        """Go on with Tab."""
        self.key(Qt.Key.Key_Tab)

    def enter(self, name: str, text: str) -> None:
        """Type ``text`` into the field ``name`` and leave it."""
        self.type(name, text)
        self.leave()

    def message(self, name: str) -> str:
        """Return what stands under the field ``name``."""
        return self.said(f"{name}-message")

    def severity(self, name: str) -> str | None:
        """Return how much the message under the field ``name`` weighs, None for the helper."""
        state = self.box(name).property("state")
        return str(state) if state else None

    def take_offer(self, name: str) -> None:
        """Take what the message under the field ``name`` offers."""
        self.click(f"{name}-message-offer")

    def _select(self, box: Box) -> None:
        edit = box.lineEdit() if isinstance(box, QComboBox) else box
        if edit is not None:
            edit.selectAll()

    def _close_list(self, box: QComboBox) -> None:
        completer = box.completer()
        popup = completer.popup() if completer else None
        if popup is not None and popup.isVisible():
            popup.hide()
            self.wizard.activate()  # off-screen, a popup takes that with it


class FolderPages(DetailsPage):
    """The form, with the dialog in which folders are chosen."""

    def browse(self, suffix: str = "") -> None:
        """Open the dialog, and wait until the first page is read."""
        self.click(f"chooseFolder{suffix}")
        self.wizard.until_idle()

    @property
    def folders(self) -> TickList:
        """The list of folders."""
        return self.find(TickList, "folderList")

    @property
    def rows(self) -> list[str]:
        """The folders that can be seen, a tick before those that are ticked."""
        model = self.folders.model()
        indexes = [model.index(row, 0) for row in range(model.rowCount())]
        checked = Qt.CheckState.Checked
        role = Qt.ItemDataRole.CheckStateRole
        return [f"{'✓ ' if i.data(role) == checked else ''}{i.data()}" for i in indexes]

    def keys(self, *keys: Qt.Key) -> None:
        """Press keys in the list, and wait for what they start."""
        for key in keys:
            press(self.folders, key)
            self.wizard.until_idle()

    def filter(self, text: str) -> None:
        """Type into the filter."""
        type_text(self.find(QLineEdit, "folderFilter"), text)
        self.wizard.settle()


class GuidePage(Screen):
    """Steps 1 to 3."""

    def document(self, name: str) -> str:
        """Return the document ``name`` as it is shown."""
        return self.find(QPlainTextEdit, f"{name}-text").toPlainText()

    def tick(self, page: str) -> None:
        """Tick "I have done this"."""
        self.click(f"done-{page}")


class ConnectionPage(Screen):
    """The page "Test the connection"."""

    def link(self, name: str) -> str:
        """Return how a link stands and how that is known: "In order · Seen to work"."""
        known = self.said(f"testChain-{name}-known")
        return " · ".join(filter(None, (self.said(f"testChain-{name}-state"), known)))

    @property
    def watching(self) -> str:
        """The line that says since when UbiQuity is watched for; ``""`` where it is not."""
        return self.said("watchLine") if self.shows("watchLine") else ""

    def open_answers(self) -> None:
        """Open what UbiQuity may have answered."""
        self.click("telling-button")


def _is_page(widget: QWidget) -> bool:
    return bool(widget.property("role") == "page")


def _spoken(label: QLabel) -> str:
    rich = label.textFormat() == Qt.TextFormat.RichText
    return label.accessibleName() if rich else label.text()
