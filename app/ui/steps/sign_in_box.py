"""Choosing the AWS sign-in of this computer that makes the changes."""

from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.core.i18n import mark, tr
from app.core.profile import Profile, ProfileKind
from app.flow.setup_state import SetupState
from app.ui.context import PageContext
from app.ui.step_page import left_aligned
from app.ui.style_sheet import GRID
from app.ui.widgets.buttons import plain_button
from app.ui.widgets.choice_field import ChoiceField
from app.ui.widgets.headings import group_title, muted
from app.ui.widgets.value_text import ValueText

_KIND_WORDS: Final[Mapping[ProfileKind, str]] = {
    ProfileKind.KEYS: mark("access key"),
    ProfileKind.IDENTITY_CENTER: mark("IAM Identity Center"),
    ProfileKind.LOGIN: mark("console sign-in"),
    ProfileKind.ROLE: mark("role"),
    ProfileKind.WEB_IDENTITY: mark("identity provider"),
    ProfileKind.PROCESS: mark("another program"),
    ProfileKind.OTHER: mark("settings only"),
}


class SignInBox(QFrame):
    """Lists the sign-ins found on this computer; hidden on the practice AWS, which has its own."""

    def __init__(self, context: PageContext, sign_in: Callable[[], None], suffix: str = "") -> None:
        """``sign_in`` is called when the button in the box is pressed.

        ``suffix`` makes the names of the controls those of one page.
        """
        super().__init__()
        self.setObjectName(f"signIn{suffix}")
        self.setProperty("role", "card")
        self._context = context
        self._looked = False
        self._profiles: tuple[Profile, ...] = ()
        self._who = ValueText(context.masking, f"signedIn{suffix}")
        self._choice = ChoiceField(
            tr("AWS sign-in"),
            tr("A profile of the AWS command line on this computer. Empty: AWS’s own default."),
            f"profile{suffix}",
            context.masking,
        )
        self._use = plain_button(tr("Use this sign-in instead"), f"signInButton{suffix}")
        self._use.clicked.connect(sign_in)
        look = plain_button(tr("Look again"), f"findProfiles{suffix}")
        look.setAccessibleName(tr("Look for sign-ins again"))
        look.clicked.connect(self.look_for_profiles)
        self._none = muted(
            tr(
                "No AWS sign-in was found on this computer. Choose another way, or set one up with "
                "“aws configure sso” and look again."
            ),
            f"noProfiles{suffix}",
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        column.addWidget(group_title(tr("Sign in to AWS")))
        column.addWidget(self._who)
        column.addWidget(self._choice)
        column.addWidget(self._none)
        column.addWidget(left_aligned(self._use, look))

    @property
    def profile(self) -> str | None:
        """The chosen profile, or None for AWS's default."""
        return self._choice.text().strip() or None

    @property
    def control(self) -> QWidget:
        """The list of profiles, for the focus."""
        return self._choice.control

    def look_for_profiles(self) -> None:
        """Read the computer's AWS profiles (again)."""
        self._context.start("profiles", self._load())

    async def _load(self) -> None:
        self._profiles = await self._context.actions.profiles()
        self._looked = True
        self._choice.set_choices(
            [(p.name, f"{p.name} · {tr(_KIND_WORDS[p.kind])}") for p in self._profiles]
        )
        if self._profiles and not self._choice.text():
            self._choice.set_text(self._profiles[0].name)
        self.show_state(self._context.store.state)

    def show_state(self, state: SetupState) -> None:
        """Show who is signed in."""
        creation = state.creation
        self.setVisible(not state.practice and not (creation and creation.progress))
        caller = state.signed_in.caller if state.signed_in else None
        self._who.setVisible(caller is not None)
        self._use.setVisible(caller is not None)
        self._none.setVisible(self._looked and caller is None and not self._profiles)
        if caller is not None:
            self._who.show_text(
                tr("You are signed in as {arn} in account {account}."),
                {"arn": caller.arn, "account": caller.account},
            )
