"""One window: shown, and joined to what lies beyond it once it has been seen."""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from app.system.own_folders import data_folder
from app.system.settings_file import SettingsFile

if TYPE_CHECKING:
    from app.core.draft import Draft
    from app.core.formats.settings_json import Settings, WindowPlace
    from app.flow.ports.accounts import Accounts
    from app.flow.ports.files import CloudshellWay
    from app.flow.wizard.store import SetupStore
    from app.ui.menus.menu_bar import Menus
    from app.ui.menus.outside import Outside
    from app.ui.parts.page_context import PageContext
    from app.ui.parts.reach import Reach
    from app.ui.widgets.masking import Masking
    from app.ui.window.wizard_window import WizardWindow


class Opened(NamedTuple):
    """A window that is shown: complete to look at and to begin with, and not yet ``joined``."""

    window: "WizardWindow"
    context: "PageContext"
    menus: "Menus"


def show_window(
    accounts: "Callable[[], Accounts]",
    store: "SetupStore",
    masking: "Masking",
    open_link: Callable[[str], bool | None] | None = None,
    settings: SettingsFile | None = None,
    place: "WindowPlace | None" = None,
) -> Opened:
    """Show the window over ``store``; it reaches AWS through ``accounts``, made when needed.

    ``masking`` hides the details, or will. ``open_link`` opens links in the place of this
    computer's browser. What is set is kept in ``settings``; the window was at ``place``.
    """
    from app.ui.application import on_crash
    from app.ui.menus.menu_bar import Menus
    from app.ui.pages.page_list import make_page
    from app.ui.parts.page_context import PageContext, open_in_browser
    from app.ui.parts.tasks import TaskScope
    from app.ui.window.wizard_window import WizardWindow

    context = PageContext(
        store=store,
        tasks=TaskScope(on_crash),
        masking=masking,
        reach=lambda: _reach(store, accounts()),
        open_link=open_link or open_in_browser,
        cloudshell=_cloudshell_way,
    )
    window = WizardWindow(context, make_page)
    menus = Menus(window, context, lambda: _outside(settings or SettingsFile(data_folder())))
    if place is not None:
        from app.ui.window.places import open_where_it_was

        open_where_it_was(window, place)
    window.show()
    return Opened(window, context, menus)


def join_window(opened: Opened) -> None:
    """Join ``opened`` to what lies beyond it, and begin what goes on while it is looked at."""
    from app.ui.sign_in.code_dialog import CodeDialogs

    window, context, menus = opened
    menus.fill()
    context.accounts.ask_codes_with(CodeDialogs(lambda: window, context.masking).ask)
    context.start("past", context.actions.past.look_for_interrupted())
    context.start("regions", context.actions.load_regions())


def open_window(
    accounts: "Accounts",
    store: "SetupStore",
    open_link: Callable[[str], bool | None] | None = None,
    masking: "Masking | None" = None,
    settings: SettingsFile | None = None,
) -> Opened:
    """Show the window over ``store`` and ``accounts`` as ``show_window`` does; join it at once."""
    from app.ui.widgets.masking import Masking

    opened = show_window(lambda: accounts, store, masking or Masking(), open_link, settings)
    join_window(opened)
    return opened


def as_chosen_last(file: SettingsFile, kept: "Settings", *, share: bool) -> "Masking":
    """Show text in the size that was chosen last, and return whether details are hidden.

    ``share`` hides them now. What is chosen from here on is kept in ``file``.
    """
    from app.ui.application import theme
    from app.ui.look.text_size import allowed
    from app.ui.widgets.masking import Masking

    masking = Masking()
    theme().set_text_size(allowed(kept.text_size))
    masking.set_on(kept.share)
    masking.changed.connect(lambda: file.keep_share(on=masking.on))
    masking.set_on(kept.share or share)
    return masking


def load_beyond() -> None:
    """Load the modules that ``join_window`` needs, and the next page. May be called in a thread."""
    import app.bootstrap.desktop
    import app.bootstrap.outside
    import app.bootstrap.pages_ahead
    import app.bootstrap.reach
    import app.ui.menus.deeds
    import app.ui.menus.openings
    import app.ui.pages.method
    import app.ui.sign_in.code_dialog
    import app.wiring.computer_accounts  # noqa: F401 - loaded, and imported again where it is used


def _reach(store: "SetupStore", accounts: "Accounts") -> "Reach":
    from app.bootstrap.reach import reach_through

    return reach_through(store, accounts)


def _outside(settings: SettingsFile) -> "Outside":
    from app.bootstrap.outside import outside_of

    return outside_of(settings)


def _cloudshell_way(draft: "Draft") -> "CloudshellWay":
    from app.exports.cloudshell.way import cloudshell_way

    return cloudshell_way(draft)
