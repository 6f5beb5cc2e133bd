"""Choosing the AWS sign-in of this computer that makes the changes."""

from PySide6.QtWidgets import QFrame, QVBoxLayout

from app.core.i18n import tr
from app.core.profile import Profile
from app.flow.setup_state import SetupState
from app.ui.context import PageContext
from app.ui.step_page import left_aligned
from app.ui.style_sheet import GRID
from app.ui.widgets.buttons import plain_button
from app.ui.widgets.choice_field import ChoiceField
from app.ui.widgets.headings import group_title, muted
from app.ui.widgets.value_text import ValueText


class SignInBox(QFrame):
    """Lists the sign-ins found on this computer; hidden on the practice AWS, which has its own."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self.setObjectName("signIn")
        self.setProperty("role", "card")
        self._context = context
        self._profiles: tuple[Profile, ...] = ()
        self._who = ValueText(context.masking, "signedIn")
        self._choice = ChoiceField(
            tr("AWS sign-in"),
            tr("A profile of the AWS command line on this computer. Empty: AWS’s own default."),
            "profile",
            context.masking,
        )
        use = plain_button(tr("Sign in"), "signInButton")
        use.clicked.connect(self._sign_in)
        self._again = plain_button(tr("Look again"), "findProfiles")
        self._again.clicked.connect(self.look_for_profiles)
        self._none = muted(
            tr(
                "No AWS sign-in was found on this computer. Go back and choose another way, or set "
                "one up with “aws configure sso” and look again."
            )
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        column.addWidget(group_title(tr("Sign in to AWS")))
        column.addWidget(self._who)
        column.addWidget(self._choice)
        column.addWidget(self._none)
        column.addWidget(left_aligned(use, self._again))

    def look_for_profiles(self) -> None:
        """Read the computer's AWS profiles (again)."""
        self._context.start("profiles", self._load())

    async def _load(self) -> None:
        self._profiles = await self._context.actions.profiles()
        self._choice.set_choices([(p.name, f"{p.name} · {p.kind}") for p in self._profiles])
        if self._profiles and not self._choice.text():
            self._choice.set_text(self._profiles[0].name)
        self._none.setVisible(not self._profiles)

    def _sign_in(self) -> None:
        profile = self._choice.text().strip() or None

        async def sign_in_and_read() -> None:
            if await self._context.actions.sign_in(profile) is not None:
                await self._context.actions.prepare()

        self._context.start("prepare", sign_in_and_read())

    def show_state(self, state: SetupState) -> None:
        """Show who is signed in."""
        creation = state.creation
        self.setVisible(not state.practice and not (creation and creation.progress))
        caller = state.signed_in.caller if state.signed_in else None
        self._who.setVisible(caller is not None)
        self._none.setVisible(caller is None and not self._profiles)
        if caller is not None:
            self._who.show_text(
                tr("You are signed in as {arn} in account {account}."),
                {"arn": caller.arn, "account": caller.account},
            )
