"""The window on the real AWS, or on the practice AWS beside it, from its start to its end."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, NamedTuple

from app.bootstrap.window import Opened, as_chosen_last, join_window, load_beyond, show_window
from app.system.one_instance import OneInstance
from app.system.own_folders import data_folder
from app.system.session_file import SessionFile
from app.system.settings_file import SettingsFile

if TYPE_CHECKING:
    import asyncio

    from app.bootstrap.desktop import Desktop
    from app.flow.ports.accounts import Accounts
    from app.flow.wizard.state import SetupState
    from app.system.own_file import UnreadFile
    from app.ui.window.wizard_window import WizardWindow


SAVE_AFTER: Final = 400
"""Milliseconds without an edit after which the details are saved."""


class StartOptions(NamedTuple):
    """How the program was started: what to open, hidden or not, and as which window."""

    instance: OneInstance
    practice: bool = False
    scenario: str | None = None
    share: bool = False
    files: tuple[str, ...] = ()


class Live:
    """The window as a person opens it: shown at once, and joined once it has been seen."""

    def __init__(
        self, accounts: "Callable[[], Accounts]", session: SessionFile, options: StartOptions
    ) -> None:
        """``accounts`` makes the sign-ins, when they are first needed; ``close`` ends them."""
        self._make = accounts
        self._accounts: Accounts | None = None
        self._session = session
        self._settings = SettingsFile(data_folder())
        self._kept = self._settings.load()
        self._unread: tuple[UnreadFile | None, ...] = ()
        self._options = options
        self._opened: Opened | None = None
        self._is_closed = False
        self._desktop: Desktop | None = None

    @property
    def language(self) -> str:
        """The tag of the language that was chosen in the menu, empty for the system's."""
        return self._kept.language

    def show(self) -> "WizardWindow":
        """Show the window as it was left, and where; the practice AWS beside the real one's."""
        from app.flow.wizard.store import SetupStore

        practice, file, kept = self._options.practice, self._settings, self._kept
        store = SetupStore(practice=practice, practise_sign_in=practice)
        store.offer_resuming(self._session.load())
        self._unread = (self._session.unread, file.unread)
        masking = as_chosen_last(file, kept, share=self._options.share)
        place = None if practice else kept.window
        self._opened = show_window(self._own_accounts, store, masking, settings=file, place=place)
        self._opened.window.closed.connect(self._note_closed)
        return self._opened.window

    def _note_closed(self) -> None:
        self._is_closed = True

    async def run(self, stopped: "asyncio.Event") -> int:
        """Join the window, and return the exit status once it is closed or ``stopped`` is set."""
        from app.flow.threads import in_thread
        from app.ui.saving import save_while_open

        if self._opened is None:
            raise TypeError("The window has to be shown first.")
        window, context, _ = self._opened
        window.closed.connect(stopped.set)
        if self._is_closed:  # before anybody listened: whoever closes it at once need not wait
            stopped.set()
        flush = save_while_open(
            context.store, self._session.save, window, SAVE_AFTER, self._tell_refused
        )
        if not stopped.is_set():
            await in_thread(load_beyond)
        if not stopped.is_set():
            from app.bootstrap.pages_ahead import PagesAhead

            join_window(self._opened)
            self._settle(self._opened)
            PagesAhead(context)
            if not self._options.practice:
                looks = self._opened.menus.outside.newer_version
                context.start_aside("newer-version", looks.look_when_due())
        await stopped.wait()
        await context.tasks.close()
        _end_session(context.store.state, self._session, flush)
        self._settings.settle()
        if self._desktop is not None:
            self._desktop.end()
        return 0

    def _settle(self, opened: Opened) -> None:
        """Make the window, which is joined, a program of this computer's desktop."""
        from app.bootstrap.desktop import Desktop
        from app.core.log_event import Kept
        from app.flow.own_command import window_command

        self._desktop = desktop = Desktop(opened.window, opened.context, self._options.instance)
        again = window_command(*("practice",) if self._options.practice else ())
        desktop.begin(self._options.files, again)
        self._settings.refused = desktop.tell_refused(Kept.SETTINGS)
        if not self._options.practice:
            desktop.remember_place(self._settings)
        desktop.tell_unread(self._unread)

    def _tell_refused(self, reason: str) -> None:
        from app.core.log_event import Kept

        if self._desktop is not None:
            self._desktop.tell_refused(Kept.SESSION)(reason)

    def close(self) -> None:
        """End the sign-ins, where there are any."""
        if self._accounts is not None:
            self._accounts.close()

    def _own_accounts(self) -> "Accounts":
        self._accounts = self._accounts or self._make()
        return self._accounts


def _end_session(state: "SetupState", session: SessionFile, flush: Callable[[], None]) -> None:
    """Keep what can be gone on with; a finished set-up has nothing of that."""
    flush()
    if state.page == "finish":
        session.forget()
