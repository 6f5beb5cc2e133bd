"""The wizard's window: header, sidebar, the pages in a stack, and the footer."""

from collections.abc import Callable
from math import inf
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.core.i18n import language, tr
from app.core.program_names import PRODUCT
from app.flow.wizard.pages import WELCOME_PAGE, page_of, shown_pages
from app.ui.look.style_sheet import GRID
from app.ui.widgets.announcement import announce, nothing_said
from app.ui.widgets.buttons import ENTER
from app.ui.widgets.check_box import CheckBox
from app.ui.widgets.focus_order import controls_in_order, is_lost, neighbour
from app.ui.widgets.frames import divider
from app.ui.widgets.page_scroller import PageScroller
from app.ui.widgets.reveal import reveal
from app.ui.widgets.turns import Turns
from app.ui.widgets.words import Words
from app.ui.window.button_letters import ButtonLetters
from app.ui.window.footer import Footer
from app.ui.window.place_words import page_name, place_words
from app.ui.window.share_bar import ShareBar
from app.ui.window.sidebar import Sidebar
from app.ui.window.sizes import has_room_for_bar, is_tight, opening_sizes

if TYPE_CHECKING:
    from app.flow.wizard.pages import Waiting
    from app.flow.wizard.state import SetupState
    from app.ui.parts.page_context import PageContext
    from app.ui.parts.wizard_page import WizardPage
    from app.ui.window.compact_bar import CompactBar


def _waiting_for(waiting: "Waiting | None") -> str:
    return tr("Waiting for: {what}").format(what=waiting.text) if waiting else ""


class _Offer(NamedTuple):
    """What the primary button offers on a page: its words, and what a screen reader adds."""

    page: str
    text: str
    about: str = ""
    answers: bool = False
    """Whether it is the safe answer to a question."""


class WizardWindow(QMainWindow):
    """The one window. It draws the state and passes what the person does to the store."""

    closed = Signal()

    def __init__(
        self, context: "PageContext", make_page: Callable[[str, "PageContext"], "WizardPage"]
    ) -> None:
        """``make_page`` makes the page of an id; it is asked when that is shown first."""
        super().__init__()
        self._context = context
        self._make_page = make_page
        self._asked = False
        self._closing = False
        self._confirming: str | None = None
        self._stopped = ""
        self._offered_at = -inf
        self._footer_timer = QTimer(self, singleShot=True, interval=0)
        self._footer_timer.timeout.connect(self._draw_footer)
        self._coming = Turns(self, self._come_on)
        self.setObjectName("wizard")
        smallest, size = opening_sizes(self.screen().availableGeometry().size())
        self.setMinimumSize(smallest)
        self.resize(size)
        self._past: list[QWidget] = []
        self._make_parts()
        context.store.subscribe(self._show)
        context.masking.changed.connect(self._show_again)
        self._show(context.store.state)

    def _make_parts(self) -> None:
        """Make all but the menus, in the installed language; pages are made when they are shown."""
        context = self._context
        self._spoken = language()
        self._pages: dict[str, WizardPage] = {}
        self._scrollers: dict[str, PageScroller] = {}
        self._widest_page = 0
        self._shown = ""
        self._filled = ""
        self._called = ""
        self._offered = _Offer("", "")
        self._heading = Words()
        self._heading.setObjectName("where")
        self._share = CheckBox(tr("Hide details while sharing the screen"), "shareToggle")
        self._share.setChecked(context.masking.on)
        self._share.toggled.connect(context.masking.set_on)
        self._share_bar = ShareBar(context.masking)
        self._share_bar.phrases.connect(self._show_phrases)
        self._share_bar.left.connect(self._share.setFocus)
        self._sidebar = Sidebar(context.masking)
        self._sidebar.chosen.connect(context.store.go_to)
        self._compact: CompactBar | None = None
        self._stack = QStackedWidget()
        self._stack.setObjectName("pages")
        self._footer = Footer(context.clock)
        self._footer.next_pressed.connect(self.go_on)
        self._footer.back_pressed.connect(context.store.back)
        self._footer.destructive_pressed.connect(self._take_away)
        self._footer.cancel_pressed.connect(self._cancel)
        self._letters = ButtonLetters(self, self._footer.buttons, self._stack.currentWidget)
        self._lay_out()

    def _speak_anew(self) -> None:
        """Show the same state in the language that is installed by now.

        What was typed and is in no state yet is put where it was. The parts of before go once no
        task is left that may still write into them.
        """
        from app.ui.window.retyping import type_again, typed_in

        typed = typed_in(self._pages)
        scrolled = self._scrollers[self._shown].verticalScrollBar().value()
        self._letters.leave()
        past = self.takeCentralWidget()
        if past is not None:
            past.hide()
            self._past.append(past)
        self._make_parts()
        for page_id, texts in typed.items():
            type_again(self._page(page_id), texts)
        with nothing_said():
            self._show(self._context.store.state)
        self._fold()
        self._scrollers[self._shown].verticalScrollBar().setValue(scrolled)
        if not self._context.tasks.running:
            for each in self._past:
                each.deleteLater()
            self._past.clear()

    # Drawing

    def _show_again(self) -> None:
        # Not a lambda: Qt would keep one for as long as the masking lives, and the window with it.
        self._share.setChecked(self._context.masking.on)
        with nothing_said():
            self._show(self._context.store.state)

    def _show(self, state: "SetupState") -> None:
        if self._closing and not self._context.is_changing and state.busy is None:
            QTimer.singleShot(0, self, self.close)
        if self._is_to_come(state):
            self._coming.begin()
            return
        self._coming.stop()
        page = self._page(state.page)
        answered, self._asked = (
            self._asked and state.past.resumable is None,
            bool(state.past.resumable),
        )
        called = tr(page_of(state).called(state).title)
        renamed, self._called = called != self._called, called
        page.call(called)
        if renamed and self._shown == state.page:
            announce(self, called)
        page.show_state(state)
        # Said and described by the page before, then its safe answer gets the focus.
        asks = state.confirming not in (None, self._confirming)
        self._confirming = state.confirming
        self._tell_stopped("" if state.busy is not None else state.stopped)
        self._show_heading(state)
        self._sidebar.show_state(state)
        if self._compact is not None:
            self._compact.show_state(state)
        self._show_footer(state, at_once=asks)
        if self._shown != state.page:
            self._shown = state.page
            self._bring_up(page, state)
        elif answered or asks or (self.isActiveWindow() and is_lost(QApplication.focusWidget())):
            self._focus_on(page, state)

    @property
    def is_coming(self) -> bool:
        """Whether a page that is shown for the first time is on its way: that before it is seen."""
        return self._coming.under_way

    def _is_to_come(self, state: "SetupState") -> bool:
        """Return whether the page can't be shown in this turn of the loop: it is not made yet.

        To make it, to fill it, and to lay out and paint what it has become takes up to 30 ms each.
        In one go that would hold the window, so each has a turn of its own; until the page is whole
        everything in the window stays as it is, and no press is taken for the page that is coming.
        """
        if state.page in self._pages and not self.is_coming:
            return False
        return bool(self._shown) and self._shown != state.page and self.isVisible()

    def _come_on(self) -> bool:
        """Make the page that is to come, or fill it, or show it; return whether that is to come."""
        state = self._context.store.state
        if state.page not in self._pages:
            self._page(state.page)
        elif self._filled != state.page:
            self._filled = state.page
            self._pages[state.page].show_state(state)
        else:
            self._show(state)
            return False
        return True

    def _bring_up(self, page: "WizardPage", state: "SetupState") -> None:
        scroller = self._scrollers[page.page.id]
        self._stack.setCurrentWidget(scroller)
        announce(self, self._called)
        page.entered(state)
        scroller.verticalScrollBar().setValue(0)
        self._focus_on(page, state)

    def _focus_on(self, page: "WizardPage", state: "SetupState") -> None:
        control = page.first_control(state) or self._footer.next_button
        control.setFocus(Qt.FocusReason.OtherFocusReason)
        reveal(control)

    def _tell_stopped(self, words: str) -> None:
        if words not in ("", self._stopped):
            announce(self, words)
        self._stopped = words

    def _show_heading(self, state: "SetupState") -> None:
        practice = tr("PRACTICE")
        product = f"{PRODUCT} · {practice}" if state.practice else PRODUCT
        self._heading.setText(f"{PRODUCT} · {place_words(state)}")
        parts = [page_name(state), product]
        if self._context.masking.on:
            parts.append(tr("Details hidden"))
        self.setWindowTitle(" · ".join(parts))

    def _show_footer(self, state: "SetupState", *, at_once: bool) -> None:
        """Show what is being done at once, and that nothing is only once that is so for good.

        Work is often several pieces, one after the other: between two of them nothing flashes.
        """
        if state.busy is None and self._shown == state.page and not at_once:
            self._footer_timer.start()
        else:
            self._draw_footer()

    def _draw_footer(self) -> None:
        if self.is_coming:
            return
        self._letters.renew()
        state = self._context.store.state
        page = self._page(state.page)
        waiting = page_of(state).waits(state)
        offer = self._offer(state, page)
        self._footer.show_way(
            next_text=offer.text,
            next_about=offer.about,
            waiting="" if state.confirming else state.stopped or _waiting_for(waiting),
            first=state.page == WELCOME_PAGE.id or state.confirming is not None,
            busy=state.busy,
        )
        taking = page.destructive(state) if state.busy is None else None
        if taking is None:
            self._footer.show_destructive("", "")
        else:
            self._footer.show_destructive(
                taking.name, taking.text, taking.about, answers=state.confirming is not None
            )

    def _offer(self, state: "SetupState", page: "WizardPage") -> _Offer:
        """Return what the primary button says; it keeps its words while what it began is done.

        Where that was begun by the other answer to a question, it says what leads on after it.
        """
        is_busy, asks = state.busy is not None, state.confirming is not None
        if is_busy and self._offered.page == state.page and not self._offered.answers:
            return self._offered
        action = None if is_busy and self._offered.answers else page.primary(state)
        last = shown_pages(state)[-1].id == state.page
        usual = tr("Close") if last else tr("Next")
        words = (action.text, action.about) if action else (usual, "")
        offer = _Offer(state.page, *words, answers=asks)
        if offer != self._offered:
            self._offered, self._offered_at = offer, self._context.clock()
        return offer

    # What the person does

    def _show_phrases(self) -> None:
        from app.ui.parts.phrase_dialog import phrase_dialog

        phrase_dialog(self, self._context).open()

    def go_on(self) -> None:
        """Do what the primary button says; nothing while a page is coming that nobody has seen."""
        if self.is_coming:
            return
        state = self._context.store.state
        if state.busy is not None:
            self._footer.insist()
            return
        page = self._page(state.page)
        action = page.primary(state)
        if action is not None:
            action.run()
        elif shown_pages(state)[-1].id == state.page:
            self.close()
        else:
            self._next(page)

    def _take_away(self) -> None:
        state = self._context.store.state
        action = None if self.is_coming else self._page(state.page).destructive(state)
        if state.busy is None and action is not None:
            action.run()

    def is_too_soon(self) -> bool:
        """Return whether what Next says has come up so late that a press now was for before."""
        if self.is_coming:
            return True
        seconds = self._context.clock() - self._offered_at
        return seconds < QApplication.doubleClickInterval() / 1000

    def _next(self, page: "WizardPage") -> None:
        waiting = self._context.store.next()
        if waiting is None:
            return
        self._context.store.tell_stopped("")  # it was read
        self._draw_footer()
        self._footer.insist()
        control = page.focus_control(waiting.focus)
        if control is not None:
            control.setFocus(Qt.FocusReason.TabFocusReason)
            self._scrollers[page.page.id].show_whole(control)

    def _cancel(self) -> None:
        # A change that was sent to AWS can't be called back: it ends, and no other is begun.
        if not (self._context.is_changing and self._context.actions.stop()):
            self._context.tasks.cancel_work()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Enter, Esc and the scrolling keys, which the control with the focus left alone."""
        key = event.key()
        if key in ENTER or key == Qt.Key.Key_Escape:
            if not event.isAutoRepeat():
                self._enter() if key in ENTER else self._escape()
        elif not self._scrollers[self._shown].scroll_by_key(key):
            super().keyPressEvent(event)

    def _enter(self) -> None:
        if not self.is_too_soon():
            self.go_on()

    def _escape(self) -> None:
        """Close a question, then stop what is being done, then go back; lists close themselves."""
        state = self._context.store.state
        if self.is_coming:
            return
        if state.confirming is not None:
            self._context.store.confirm(None)
        elif state.busy is not None:
            self._cancel()
        elif not self._page(state.page).cancel():
            self._context.store.back()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Move the focus by the layout: the page first, then footer, sidebar and header.

        Qt asks for it too when what has the focus goes away. Work goes on at Next then, where
        that waits for nothing more, or else at what follows on the page.
        """
        areas = (
            self._stack,
            self._footer,
            *([] if self._compact is None else [self._compact]),
            self._sidebar,
            self._share_bar,
            self._share,
        )
        controls = [control for area in areas for control in controls_in_order(area)]
        present = QApplication.focusWidget()
        control = neighbour(controls, present, forward=forward)
        if is_lost(present) and self._waits_for_nothing():
            control = self._footer.next_button
        if control is None:
            return False
        reason = Qt.FocusReason
        control.setFocus(reason.TabFocusReason if forward else reason.BacktabFocusReason)
        self._scrollers[self._shown].show_whole(control)
        return True

    def _waits_for_nothing(self) -> bool:
        state = self._context.store.state
        return page_of(state).waits(state) is None

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell that the window closes; what was typed is saved already.

        A change that was sent to AWS ends first, so that what was done is known. Whoever closes
        the window once more closes it at once: the next start finds out.
        """
        if self._context.is_changing and not self._closing:
            self._closing = True
            self._context.actions.stop()
            event.ignore()
            return
        self._context.tasks.cancel_all()
        self.closed.emit()
        super().closeEvent(event)

    # Layout

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold header and sidebar away where the page needs their room."""
        super().resizeEvent(event)
        self._fold()

    def changeEvent(self, event: QEvent) -> None:
        """Fold header and sidebar away where larger text needs their room; speak as chosen."""
        super().changeEvent(event)
        # Qt sends the first changes while the window is being made.
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_beside"):
            self._widest_page = 0
            self._fold()
        if event.type() == QEvent.Type.LanguageChange and self._spoken != language():
            self._speak_anew()

    def _fold(self) -> None:
        line = self.fontMetrics().height()
        beside = self._sidebar.width() + self._beside.width()
        tight = is_tight(self.size(), line, beside, self._widest_page)
        self._show_compact(shown=tight and has_room_for_bar(self.height(), line))
        if tight == self._header.isHidden():
            return
        for part in (self._header, self._sidebar, self._beside):
            part.setVisible(not tight)
        self._footer.set_tight(tight=tight)
        self._share_bar.set_tight(tight=tight)
        for page in self._pages.values():
            page.set_tight(tight=tight)

    def _make_room(self, needed: int) -> None:
        """Fold for a page that needs ``needed`` pixels, and leave it so for the pages after it.

        Else header and sidebar would come and go from page to page.
        """
        self._widest_page = max(self._widest_page, needed)
        self._fold()

    def _show_compact(self, *, shown: bool) -> None:
        """Show the bar that stands in the place of the sidebar, or hide it; made when needed."""
        if self._compact is None and shown:
            from app.ui.window.compact_bar import CompactBar

            self._compact = CompactBar()
            self._compact.chosen.connect(self._context.store.go_to)
            self._compact.show_state(self._context.store.state)
            self._whole.insertWidget(self._whole.indexOf(self._header) + 1, self._compact)
        if self._compact is not None:
            self._compact.setVisible(shown)

    def _page(self, page_id: str) -> "WizardPage":
        """Return the page, which is made when it is first asked for."""
        page = self._pages.get(page_id)
        if page is None:
            self._pages[page_id] = page = self._make_page(page_id, self._context)
            page.set_tight(tight=self._header.isHidden())
            self._scrollers[page_id] = scroller = PageScroller(f"scroll-{page_id}")
            scroller.too_narrow.connect(self._make_room)
            # The page at last: Qt dresses it anew each time that what it lies in is put somewhere.
            self._stack.addWidget(scroller)
            scroller.setWidget(page)
        return page

    def _lay_out(self) -> None:
        centre = QWidget()
        self.setCentralWidget(centre)
        self._header = QWidget()
        header = QHBoxLayout(self._header)
        header.setContentsMargins(3 * GRID, GRID, 3 * GRID, GRID)
        header.setSpacing(2 * GRID)
        header.addWidget(self._heading, 1)
        header.addWidget(self._share)
        self._heading.setWordWrap(True)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        self._beside = divider(vertical=True)
        middle.addWidget(self._sidebar)
        middle.addWidget(self._beside)
        middle.addWidget(self._stack, 1)
        self._whole = whole = QVBoxLayout(centre)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._header)
        whole.addWidget(self._share_bar)
        whole.addWidget(divider(vertical=False))
        whole.addLayout(middle, 1)
        whole.addWidget(divider(vertical=False))
        whole.addWidget(self._footer)
