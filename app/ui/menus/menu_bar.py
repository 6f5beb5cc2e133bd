"""Qt's menus, made of the table, and kept as the state is."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from app.core.i18n import language, mark, tr
from app.flow.wizard.state import SetupState
from app.ui.parts.page_context import PageContext

if TYPE_CHECKING:
    from app.ui.menus.entries import Entry, Menu, Submenu
    from app.ui.menus.outside import Outside

TITLES: Final = {"fileMenu": mark("&File"), "viewMenu": mark("&View"), "helpMenu": mark("&Help")}
"""The menus, from the left to the right."""


class Menus(QObject):
    """The menu bar of one window; on macOS it is the one at the top of the screen.

    The bar is there at once, what is in its menus when the first is opened, or with ``fill``. What
    is dropped on the window or pasted into it is opened as what is chosen in a menu.
    """

    def __init__(
        self, window: QMainWindow, context: PageContext, outside: "Callable[[], Outside]"
    ) -> None:
        """``outside`` makes what the menus reach of the computer."""
        super().__init__(window)
        self._window = window
        self._context = context
        self._make_outside = outside
        self._outside: Outside | None = None
        self._actions: list[tuple[Entry, QAction]] = []
        self._submenus: list[tuple[Submenu, QMenu]] = []
        self._spoken = language()
        bar = window.menuBar()
        bar.setObjectName("menus")
        bar.lower()  # the first of the window's parts for those who hear it too
        self._menus: dict[str, QMenu] = {}
        for name, title in TITLES.items():
            self._menus[name] = menu = bar.addMenu(tr(title))
            menu.setObjectName(name)
            menu.aboutToShow.connect(self._about_to_show)

    @property
    def outside(self) -> "Outside":
        """What the menus reach of the computer, made when it is first needed."""
        self._outside = self._outside or self._make_outside()
        return self._outside

    def fill(self) -> None:
        """Put the entries into the menus, which is done once."""
        if self._actions:
            return
        from app.ui.menus.deeds import Deeds
        from app.ui.menus.drop_target import DropTarget
        from app.ui.menus.menu_table import menus
        from app.ui.menus.openings import Openings

        window, context, outside = self._window, self._context, self.outside
        Openings(window, context)
        DropTarget(window, context)
        deeds = Deeds(window, context, outside)
        context.support.uttered.connect(deeds.save_bundle)
        for menu in menus(deeds):
            self._fill(self._menus[menu.name], menu)
        context.store.subscribe(self._show)
        context.masking.changed.connect(self.refresh)
        outside.theme.changed.connect(self.refresh)
        self.refresh()

    def _about_to_show(self) -> None:
        self.fill()
        for entry, action in self._actions:
            if entry.shown is not None:
                action.setVisible(entry.shown())

    def refresh(self) -> None:
        """Show what can be chosen, and what is ticked, as it is now, in the present language."""
        if self._spoken != language():
            self._spoken = language()
            for name, title in TITLES.items():
                self._menus[name].setTitle(tr(title))
            for entry, action in self._actions:
                action.setText(tr(entry.text))
            for submenu, menu in self._submenus:
                menu.setTitle(_title_of(submenu))
        self._show(self._context.store.state)

    def _fill(self, qt_menu: QMenu, menu: "Menu | Submenu") -> None:
        from app.ui.menus.entries import Submenu

        for place, group in enumerate(menu.groups):
            if place:
                qt_menu.addSeparator()
            for entry in group:
                if isinstance(entry, Submenu):
                    self._add_submenu(qt_menu, entry)
                else:
                    action = self._action(entry)
                    qt_menu.addAction(action)
                    self._actions.append((entry, action))

    def _add_submenu(self, qt_menu: QMenu, submenu: "Submenu") -> None:
        from app.ui.widgets.pictures import picture_icon, picture_side

        menu = qt_menu.addMenu(_title_of(submenu))
        menu.setObjectName(submenu.name)
        menu.menuAction().setMenuRole(QAction.MenuRole.NoRole)
        menu.setIcon(picture_icon(submenu.picture, picture_side(menu.fontMetrics().height())))
        self._submenus.append((submenu, menu))
        self._fill(menu, submenu)

    def _action(self, entry: "Entry") -> QAction:
        action = QAction(tr(entry.text), self)
        action.setObjectName(entry.name)
        # Without a role of its own macOS would guess one by the words.
        action.setMenuRole(entry.role)
        action.setShortcuts([QKeySequence(keys) for keys in entry.keys])
        action.setCheckable(entry.checked is not None)
        action.setVisible(entry.shown is None)
        action.triggered.connect(lambda: self._choose(entry))
        return action

    def _choose(self, entry: "Entry") -> None:
        entry.act()
        self.refresh()  # Qt has turned a tick already, whatever came of it

    def _show(self, state: SetupState) -> None:
        for entry, action in self._actions:
            action.setEnabled(entry.enabled(state))
            if entry.checked is not None:
                action.setChecked(entry.checked())


def _title_of(submenu: "Submenu") -> str:
    """Return the title, with the English word beside it where that is another one."""
    title, english = tr(submenu.title), submenu.english
    return title if title.replace("&", "") == english else f"{title} ({english})"
