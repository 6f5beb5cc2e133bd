"""The profiles of the AWS tools on this computer: what each is, and whether it still works."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.failure import AwsFailure
from app.core.i18n import mark, tr
from app.core.sign_in import ByProfile, Profile, ProfileKind, ProfileState
from app.core.wording.failures import failure_words
from app.core.wording.sign_ins import about_profile, mistakes_text, profile_row
from app.ui.look.style_sheet import GRID
from app.ui.parts.page_context import PageContext
from app.ui.sign_in.sign_in_panel import SignInPanel
from app.ui.widgets.buttons import link_button, plain_button
from app.ui.widgets.callout import Callout
from app.ui.widgets.choice_field import ChoiceField
from app.ui.widgets.flow_row import FlowRow
from app.ui.widgets.headings import muted
from app.ui.widgets.value_text import ValueText

_ENDED: Final = frozenset({ProfileState.EXPIRED, ProfileState.FAILED})
_IN_BROWSER: Final = frozenset({ProfileKind.IDENTITY_CENTER, ProfileKind.LOGIN})
"""What a browser signs in for."""

_HELP: Final = mark(
    "A profile of the AWS command line on this computer. Leave empty for the default profile."
)


class ProfilePanel(SignInPanel):
    """Lists the profiles; ``suffix`` makes the names of the controls those of one page."""

    loaded = Signal()
    again = Signal()
    """The person wants to sign in anew for the chosen profile."""

    def __init__(self, context: PageContext, suffix: str) -> None:
        super().__init__()
        self.setObjectName(f"profilePanel{suffix}")
        self._context = context
        self._suffix = suffix
        self.profiles: tuple[Profile, ...] = ()
        self.is_broken = False
        self._failed: AwsFailure | None = None
        self._choice = ChoiceField(
            tr("AWS sign-in"),
            tr(_HELP),
            f"profile{suffix}",
            context.masking,
        )
        self._choice.edited.connect(self._show_about)
        self._about = ValueText(context.masking, f"aboutProfile{suffix}")
        self._mistakes = Callout("warning", f"profileMistakes{suffix}", context.masking)
        self._broken = Callout("bad", f"brokenProfiles{suffix}", context.masking)
        self._broken.add_button(context.support.button(f"brokenProfiles{suffix}-bundle"))
        context.support.tell_with(lambda: self._failed)
        self._none = muted(
            tr(
                "AWS’s command line has no sign-in on this computer. Choose another way to sign in."
            ),
            f"noProfiles{suffix}",
        )
        self._again = plain_button(tr("Sign in again in the browser"), f"profileAgain{suffix}")
        self._again.clicked.connect(self.again)
        self._again_row = FlowRow(self._again)
        look = link_button(tr("Look again"), f"findProfiles{suffix}")
        look.setAccessibleName(tr("Look for sign-ins again"))
        look.clicked.connect(self.look)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        shown = (
            self._broken,
            self._choice,
            self._about,
            self._again_row,
            self._mistakes,
            self._none,
        )
        for widget in (*shown, FlowRow(look)):
            column.addWidget(widget)
        for hidden in (self._broken, self._about, self._again_row, self._mistakes, self._none):
            hidden.hide()

    @property
    def way(self) -> ByProfile:
        """The chosen profile; AWS's default where none is."""
        return ByProfile(self._choice.text().strip() or None)

    @property
    def chosen(self) -> Profile | None:
        """The chosen profile, where it is one of the list."""
        return next((one for one in self.profiles if one.name == self.way.name), None)

    @property
    def control(self) -> QWidget:
        """The list of profiles, for the focus."""
        return self._choice.control

    def look(self) -> None:
        """Read the computer's AWS profiles (again)."""
        self._context.start(f"profiles{self._suffix}", self._load())

    async def _load(self) -> None:
        profiles = await self._context.accounts.profiles()
        self.is_broken = isinstance(profiles, AwsFailure)
        self._failed = profiles if isinstance(profiles, AwsFailure) else None
        self.profiles = () if isinstance(profiles, AwsFailure) else profiles
        if isinstance(profiles, AwsFailure):
            words = failure_words(profiles)
            self._broken.show_text(words.template, words.values)
            self._broken.show_code(profiles.told_code)
        self._broken.setVisible(self.is_broken)
        is_none = not self.is_broken and not self.profiles
        self._none.setVisible(is_none)
        self._choice.set_helper("" if is_none else tr(_HELP))  # there is no default profile then
        self._choice.set_choices([(p.name, profile_row(p)) for p in self.profiles])
        if self.profiles and not self._choice.text():
            self._choice.set_text(self._best().name)
        self._show_about()
        self.loaded.emit()

    def _best(self) -> Profile:
        """Return the profile to begin with: one of the details' account that may still work."""
        draft = self._context.store.state.draft
        account_id = draft.account_id if draft else None
        over = {ProfileState.EXPIRED, ProfileState.FAILED, ProfileState.BROKEN}
        usable = [profile for profile in self.profiles if profile.state not in over]
        ours = [profile for profile in usable if account_id and profile.account_id == account_id]
        return (ours or usable or list(self.profiles))[0]

    def _show_about(self, _text: str = "") -> None:
        chosen = self.chosen
        self._about.setVisible(chosen is not None)
        if chosen is not None:
            words = about_profile(chosen)
            self._about.show_text(words.template, words.values)
        ended = chosen is not None and chosen.state in _ENDED and chosen.kind in _IN_BROWSER
        self._again_row.setVisible(ended)
        self._mistakes.setVisible(chosen is not None and bool(chosen.mistakes))
        if chosen is not None:
            mistakes = mistakes_text(chosen)
            self._mistakes.show_text(mistakes.template, mistakes.values)
