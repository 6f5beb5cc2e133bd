"""The wizard's window: header, sidebar, the pages in a stack, and the footer."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QMainWindow,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.core.i18n import tr
from app.flow.pages import GUIDE_STEPS, SETUP, page_of, shown_pages
from app.flow.setup_state import SetupState
from app.ui.context import PageContext
from app.ui.footer import Footer
from app.ui.sidebar import WIDTH, Sidebar
from app.ui.step_page import StepPage
from app.ui.style_sheet import GRID
from app.ui.widgets.announcement import announce
from app.ui.widgets.check import Check

PRODUCT = "UbiQuity S3 Connection Setup"
SMALLEST = QSize(800, 560)
USUAL = QSize(1024, 700)


class WizardWindow(QMainWindow):
    """The one window. It draws the state and passes what the person does to the store."""

    closed = Signal()

    def __init__(self, context: PageContext, pages: Sequence[StepPage]) -> None:
        super().__init__()
        self._context = context
        self._pages = {page.page.id: page for page in pages}
        self._shown = ""
        self.setObjectName("wizard")
        self.setWindowTitle(PRODUCT)
        self.setMinimumSize(SMALLEST)
        self.resize(USUAL)
        self._heading = QLabel()
        self._heading.setObjectName("where")
        self._share = Check(tr("Hide details while sharing the screen"), "shareToggle")
        self._share.toggled.connect(context.masking.set_on)
        self._sidebar = Sidebar(context.masking)
        self._sidebar.chosen.connect(context.store.go_to)
        self._stack = QStackedWidget()
        self._stack.setObjectName("pages")
        self._scrollers = {page_id: _scroller(page) for page_id, page in self._pages.items()}
        for scroller in self._scrollers.values():
            self._stack.addWidget(scroller)
        self._footer = Footer()
        self._footer.next_pressed.connect(self.go_on)
        self._footer.back_pressed.connect(context.store.back)
        self._footer.cancel_pressed.connect(self._cancel)
        self._lay_out()
        context.store.subscribe(self._show)
        self._show(context.store.state)
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self)

    # Drawing

    def _show(self, state: SetupState) -> None:
        page = self._pages[state.page]
        page.show_state(state)
        self._show_heading(state)
        self._sidebar.show_state(state)
        self._show_footer(state, page)
        if self._shown != state.page:
            self._shown = state.page
            self._bring_up(page, state)

    def _bring_up(self, page: StepPage, state: SetupState) -> None:
        scroller = self._scrollers[page.page.id]
        self._stack.setCurrentWidget(scroller)
        scroller.verticalScrollBar().setValue(0)
        page.entered(state)
        announce(self, tr(page.page.title))
        (first_input(page) or self._footer.next_button).setFocus(Qt.FocusReason.OtherFocusReason)
        scroller.verticalScrollBar().setValue(0)

    def _show_heading(self, state: SetupState) -> None:
        page = page_of(state)
        where = tr(page.short_title)
        if page.step:
            words = tr("Step {step} of {steps}: {title}")
            where = words.format(step=page.step, steps=GUIDE_STEPS, title=where)
        self._heading.setText(f"{PRODUCT} · {where}")

    def _show_footer(self, state: SetupState, page: StepPage) -> None:
        action = page.primary(state)
        last = shown_pages(state)[-1].id == state.page
        usual = tr("Close") if last else tr("Next")
        waiting = page_of(state).waits(state)
        self._footer.show_way(
            next_text=action.text if action else usual,
            waiting=tr("Waiting for: {what}").format(what=waiting.text) if waiting else "",
            first=state.page == SETUP[0].id,
            busy=state.busy,
        )

    # What the person does

    def go_on(self) -> None:
        """Do what the primary button says."""
        state = self._context.store.state
        if state.busy is not None:
            return
        page = self._pages[state.page]
        action = page.primary(state)
        if action is not None:
            action.run()
        elif shown_pages(state)[-1].id == state.page:
            self.close()
        else:
            self._next(page)

    def _next(self, page: StepPage) -> None:
        waiting = self._context.store.next()
        if waiting is None:
            return
        self._footer.insist()
        control = page.focus_control(waiting.focus)
        if control is not None:
            control.setFocus(Qt.FocusReason.TabFocusReason)
            self._scrollers[page.page.id].ensureWidgetVisible(control, 0, 8 * GRID)

    def _cancel(self) -> None:
        # A change that was sent to AWS can't be called back: it ends, and no other is begun.
        if not self._context.actions.stop_creating():
            self._context.tasks.cancel_all()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take Enter and Esc where no control of the window wants them for itself."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if not isinstance(watched, QWidget) or watched.window() is not self:
                return False
            if event.isAutoRepeat() or QApplication.activePopupWidget() is not None:
                return False
            if watched is QApplication.focusWidget():
                return self._key(watched, event)
        return super().eventFilter(watched, event)

    def _key(self, focus: QWidget, event: QKeyEvent) -> bool:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not _wants_enter(focus):
            if isinstance(focus, QPushButton):
                focus.click()
            else:
                self.go_on()
            return True
        if event.key() == Qt.Key.Key_Escape:
            if self._context.store.state.busy is not None:
                self._cancel()
            else:
                self._context.store.back()
            return True
        return False

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell that the window closes; what was typed is saved already."""
        self._context.tasks.cancel_all()
        self.closed.emit()
        super().closeEvent(event)

    # Layout

    def _lay_out(self) -> None:
        header = QHBoxLayout()
        header.setContentsMargins(3 * GRID, GRID, 3 * GRID, GRID)
        header.addWidget(self._heading, 1)
        header.addWidget(self._share)
        self._heading.setWordWrap(True)
        self._sidebar.setMinimumWidth(WIDTH)
        self._sidebar.setMaximumWidth(WIDTH + 10 * GRID)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self._sidebar, 2)
        middle.addWidget(_divider(vertical=True))
        middle.addWidget(self._stack, 7)
        whole = QVBoxLayout()
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(header)
        whole.addWidget(_divider(vertical=False))
        whole.addLayout(middle, 1)
        whole.addWidget(_divider(vertical=False))
        whole.addWidget(self._footer)
        centre = QWidget()
        centre.setLayout(whole)
        self.setCentralWidget(centre)
        # Tab goes through the page first, then the footer, then the sidebar and the header.
        QWidget.setTabOrder(self._stack, self._footer)
        QWidget.setTabOrder(self._footer, self._sidebar)
        QWidget.setTabOrder(self._sidebar, self._share)


def first_input(page: QWidget) -> QWidget | None:
    """Return the first control of a page that is typed into or chosen with."""
    for widget in page.findChildren(QWidget):
        if isinstance(widget, QLineEdit | QComboBox | QRadioButton | QCheckBox) and (
            widget.isVisibleTo(page) and widget.isEnabled()
        ):
            return widget
    return None


def _wants_enter(focus: QWidget) -> bool:
    """Tell whether Enter means something in the control itself."""
    if isinstance(focus, QComboBox):
        return focus.view().isVisible()
    if isinstance(focus, QPlainTextEdit):
        return not focus.isReadOnly()
    return isinstance(focus, QListWidget)


def _scroller(page: StepPage) -> QScrollArea:
    scroller = QScrollArea()
    scroller.setObjectName(f"scroll-{page.page.id}")
    scroller.setWidgetResizable(True)
    scroller.setFrameShape(QFrame.Shape.NoFrame)
    scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroller.setWidget(page)
    return scroller


def _divider(*, vertical: bool) -> QFrame:
    line = QFrame()
    line.setProperty("role", "divider-vertical" if vertical else "divider")
    if vertical:
        line.setFixedWidth(1)
    else:
        line.setFixedHeight(1)
    return line
