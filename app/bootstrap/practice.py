"""The window on the practice AWS as the program itself uses it: of a given size, links unopened."""

from typing import TYPE_CHECKING

from app.bootstrap.window import Opened, open_window

if TYPE_CHECKING:
    from app.ui.window.wizard_window import WizardWindow
    from app.wiring.practice_accounts import PracticeAccounts


def open_practice(accounts: "PracticeAccounts", screen: tuple[int, int] | None) -> Opened:
    """Open the window at its start on the practice AWS of ``accounts``, as ``fit_to`` sizes it."""
    from app.flow.wizard.store import SetupStore
    from app.wiring.practice_browser import allow_in_background

    store = SetupStore(practice=True, practise_sign_in=True)
    opened = open_window(accounts, store, open_link=allow_in_background)
    fit_to(opened.window, screen)
    return opened


def fit_to(window: "WizardWindow", screen: tuple[int, int] | None) -> None:
    """Make the window as large as it opens on a ``screen`` of so many pixels, whatever this has.

    Without one it has its usual size.
    """
    from PySide6.QtCore import QSize

    from app.ui.window.sizes import USUAL, opening_sizes

    if screen is None:
        window.resize(USUAL)
        return
    ratio = window.devicePixelRatioF()
    smallest, size = opening_sizes(QSize(*(int(side / ratio) for side in screen)))
    window.setMinimumSize(smallest)
    window.resize(size)
