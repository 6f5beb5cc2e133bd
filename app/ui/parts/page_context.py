"""What every page is given: the store, the actions, and what the window shares."""

import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from app.core.draft import Draft
from app.flow.console_sign_in import Console
from app.flow.identity_center import Portal
from app.flow.ports.accounts import Accounts, PracticeExample
from app.flow.ports.files import CloudshellWay, Handoff
from app.flow.wizard.actions import SetupActions
from app.flow.wizard.store import SetupStore
from app.ui.parts.intake import Intake
from app.ui.parts.support_wish import SupportWish
from app.ui.parts.tasks import TaskScope
from app.ui.widgets.masking import Masking


def open_in_browser(link: str) -> bool:
    """Open ``link`` with the system's program for it; return whether there is one.

    That is the browser, the mail program for ``mailto:``, the file manager for a folder.
    """
    return QDesktopServices.openUrl(QUrl(link))


@dataclass(frozen=True, slots=True)
class PageContext:
    """The window's shared things.

    ``practice_examples`` fill the form in with the practice AWS's own values. ``open_link`` returns
    False where the system has no program for a link. ``clock`` tells seconds, for how long
    something has taken.
    """

    store: SetupStore
    actions: SetupActions
    tasks: TaskScope
    masking: Masking
    handoff: Handoff
    practice_examples: tuple[PracticeExample, ...] = ()
    open_link: Callable[[str], bool | None] = open_in_browser
    clock: Callable[[], float] = time.monotonic
    portal: Portal | None = None
    """IAM Identity Center; None where there is none, as on the practice AWS."""
    console: Console | None = None
    """The sign-in of the AWS console; None where there is none."""
    cloudshell: Callable[[Draft], CloudshellWay] | None = None
    """What makes the command for AWS CloudShell; None where there is none."""
    intake: Intake = field(default_factory=Intake)
    """Where files and texts that somebody sent are taken in."""
    support: SupportWish = field(default_factory=SupportWish)
    """Where a page utters that a support bundle is wished for."""

    @property
    def accounts(self) -> Accounts:
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
