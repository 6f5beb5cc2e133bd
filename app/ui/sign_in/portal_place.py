"""Which access portal: its start URL and the region of Identity Center."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.i18n import tr
from app.core.sign_in import KnownPortal
from app.core.wording.value_sentence import ValueSentence
from app.flow.wizard.portal import PortalSignIn
from app.flow.wizard.portal_state import PortalState
from app.ui.look.style_sheet import GRID
from app.ui.parts.field_binding import show_problems
from app.ui.widgets.buttons import link_button, plain_button
from app.ui.widgets.choice_field import ChoiceField
from app.ui.widgets.flow_row import FlowRow
from app.ui.widgets.headings import muted
from app.ui.widgets.masking import Masking
from app.ui.widgets.times import time_of_day
from app.ui.widgets.value_text import ValueText


class PortalPlaceForm(QWidget):
    """The fields that say which portal, and the buttons that sign in there."""

    sign_in = Signal()
    sign_in_anew = Signal()
    """As somebody else, though this computer is signed in."""
    sign_in_with_code = Signal()

    def __init__(self, flow: PortalSignIn, masking: Masking, suffix: str) -> None:
        super().__init__()
        self.setObjectName(f"portalPlace{suffix}")
        self._flow = flow
        self._known: tuple[KnownPortal, ...] = ()
        self._url = ChoiceField(
            tr("Start URL"),
            tr(
                "The address of your company’s AWS access portal, such as "
                "https://your-company.awsapps.com/start. It is in AWS’s invitation e-mail."
            ),
            f"portalUrl{suffix}",
            masking,
        )
        self._region = ChoiceField(
            tr("Region of IAM Identity Center"),
            tr("It may differ from your bucket’s. Your AWS administrator knows it."),
            f"portalRegion{suffix}",
            masking,
            secret=False,
        )
        self._url.edited.connect(flow.type_url)
        self._url.left.connect(flow.leave_url)
        self._url.offer_taken.connect(flow.type_url)
        self._region.edited.connect(flow.type_region)
        self._region.left.connect(flow.leave_region)
        self._region.offer_taken.connect(flow.type_region)
        self._session = ValueText(masking, f"portalSession{suffix}")
        self._make_buttons(suffix)
        self._lay_out()

    @property
    def control(self) -> QWidget:
        """The first thing that is still to be done."""
        state = self._flow.state
        if not state.url.text:
            return self._url.control
        return self._region.control if not state.region.text else self._sign_in

    def _make_buttons(self, suffix: str) -> None:
        self._sign_in = plain_button("", f"portalSignIn{suffix}")
        self._sign_in.clicked.connect(self.sign_in)
        self._anew = link_button(tr("Sign in as somebody else"), f"portalSignInAnew{suffix}")
        self._anew.clicked.connect(self.sign_in_anew)
        self._code = link_button(tr("I can’t open a browser here"), f"portalWithCode{suffix}")
        self._code.setAccessibleDescription(tr("Signs in on another device, with a code"))
        self._code.clicked.connect(self.sign_in_with_code)

    def show_regions(self, names: Mapping[str, str]) -> None:
        """Offer AWS's regions."""
        self._region.set_choices([(code, f"{code} · {name}") for code, name in names.items()])

    def show_state(self, state: PortalState) -> None:
        """Redraw the fields."""
        if state.known_portals != self._known:
            self._known = state.known_portals
            self._show_known()
        self._url.set_text(state.url.text)
        self._region.set_text(state.region.text)
        show_problems(self._url, state.url.shown, state.url.checked)
        show_problems(self._region, state.region.shown, state.region.checked)
        self._show_session(state)

    def _show_session(self, state: PortalState) -> None:
        until = state.session.signed_in_until if state.session else None
        self._session.setVisible(until is not None)
        self._anew.setVisible(until is not None)
        self._code.setVisible(until is None)
        if until is None:
            self._sign_in.setText(tr("Sign in with the browser"))
            return
        self._sign_in.setText(tr("Go on with this sign-in"))
        words = tr("This computer is signed in at this portal until {time}.")
        self._session.show_text(words.replace("{time}", time_of_day(until)))

    def _show_known(self) -> None:
        """Offer the known portals, each once."""
        offered: dict[str, ValueSentence] = {}
        for portal in self._known:
            until = portal.signed_in_until
            words = "{portal}"
            if until is not None:
                signed_in = tr("{portal} · signed in until {time}")
                words = signed_in.replace("{time}", time_of_day(until))
            if portal.start_url not in offered or until is not None:
                offered[portal.start_url] = ValueSentence(words, {"portal": portal.start_url})
        self._url.set_choices(list(offered.items()))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GRID)
        column.addWidget(
            muted(
                tr(
                    "The access portal is the page of your company that lists your AWS accounts. "
                    "You sign in there, with your company’s own sign-in; this program sees no "
                    "password."
                )
            )
        )
        column.addWidget(self._url)
        column.addWidget(self._region)
        column.addWidget(self._session)
        column.addWidget(FlowRow(self._sign_in, self._anew, self._code))
