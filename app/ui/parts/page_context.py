"""What every page is given: the store, the actions, and what the window shares."""

import time
from collections.abc import Callable, Coroutine
from functools import cached_property
from typing import TYPE_CHECKING, Any

from app.flow.wizard.store import SetupStore
from app.ui.parts.support_wish import SupportWish
from app.ui.parts.tasks import TaskScope
from app.ui.widgets.masking import Masking

if TYPE_CHECKING:
    from app.core.draft import Draft
    from app.flow.console_sign_in import Console
    from app.flow.identity_center import Portal
    from app.flow.ports.accounts import Accounts, PracticeExample
    from app.flow.ports.files import CloudshellWay, Handoff
    from app.flow.wizard.actions import SetupActions
    from app.ui.parts.intake import Intake
    from app.ui.parts.reach import Reach


def open_in_browser(link: str) -> bool:
    """Open ``link`` with the system's program for it; return whether there is one.

    That is the browser, the mail program for ``mailto:``, the file manager for a folder.
    """
    from PySide6.QtCore import QUrl
    from PySide6.QtGui import QDesktopServices

    return QDesktopServices.openUrl(QUrl(link))


class PageContext:
    """The window's shared things. What the first page does not need is made when it is asked for.

    ``support`` is where a page utters that a support bundle is wished for.
    """

    def __init__(
        self,
        *,
        store: SetupStore,
        tasks: TaskScope,
        masking: Masking,
        reach: "Callable[[], Reach]",
        open_link: Callable[[str], bool | None] = open_in_browser,
        clock: Callable[[], float] = time.monotonic,
        cloudshell: "Callable[[Draft], CloudshellWay] | None" = None,
    ) -> None:
        """Join them.

        ``reach`` makes what lies beyond the window, once. ``open_link`` returns False where the
        system has no program for a link. ``clock`` tells seconds, for how long something has taken.
        ``cloudshell`` makes the command for AWS CloudShell; None where there is none.
        """
        self.store = store
        self.tasks = tasks
        self.masking = masking
        self.open_link = open_link
        self.clock = clock
        self.cloudshell = cloudshell
        self.support = SupportWish()
        self._make_reach = reach

    @cached_property
    def reach(self) -> "Reach":
        """What lies beyond the window."""
        return self._make_reach()

    @cached_property
    def intake(self) -> "Intake":
        """Where files and texts that somebody sent are taken in."""
        from app.ui.parts.intake import Intake

        return Intake()

    @property
    def actions(self) -> "SetupActions":
        """What the pages ask of AWS."""
        return self.reach.actions

    @property
    def is_changing(self) -> bool:
        """Whether changes are being made in AWS right now."""
        return "reach" in self.__dict__ and self.actions.is_changing

    @property
    def handoff(self) -> "Handoff":
        """What is sent to an AWS administrator."""
        return self.reach.handoff

    @property
    def practice_examples(self) -> "tuple[PracticeExample, ...]":
        """What fills the form in with the practice AWS's own values."""
        return self.reach.practice_examples

    @property
    def portal(self) -> "Portal | None":
        """IAM Identity Center; None where there is none."""
        return self.reach.portal

    @property
    def console(self) -> "Console | None":
        """The sign-in of the AWS console; None where there is none."""
        return self.reach.console

    @property
    def accounts(self) -> "Accounts":
        """Where sign-ins come from."""
        return self.actions.account.accounts

    @property
    def practice(self) -> bool:
        """True on the practice AWS."""
        return self.store.state.practice

    def start(self, name: str, coroutine: Coroutine[Any, Any, None]) -> None:
        """Run an action as the task ``name``; a second start of the same is ignored."""
        self.tasks.start(name, coroutine)

    def start_aside(self, name: str, coroutine: Coroutine[Any, Any, None]) -> None:
        """Run what goes on while the person reads and works on; it ends with the window."""
        self.tasks.start(name, coroutine, aside=True)
