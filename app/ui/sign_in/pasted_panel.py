"""Pasting temporary credentials: recognised at once, then shown only in part."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.frozen import replace
from app.core.i18n import tr
from app.core.pasted.credentials import (
    NamedCredentials,
    PastedCredentials,
    PasteProblem,
    read_credentials,
)
from app.core.pasted.decoding import decoded
from app.core.pasted.key_tables import is_root_file
from app.core.sign_in import ByPasted, KeptCredentials
from app.files.reading import SMALL, FileProblem, read_bytes
from app.flow.ports.accounts import PastedSignIns
from app.flow.threads import in_thread
from app.ui.look.style_sheet import GRID
from app.ui.parts.page_context import PageContext
from app.ui.sign_in.clipboard_offer import ClipboardOffer
from app.ui.sign_in.pasted_card import PastedCard
from app.ui.sign_in.sign_in_panel import SignInPanel
from app.ui.widgets.announcement import announce
from app.ui.widgets.buttons import link_button, plain_button
from app.ui.widgets.callout import Callout
from app.ui.widgets.flow_row import FlowRow
from app.ui.widgets.headings import body, muted
from app.ui.widgets.paste_edit import PasteEdit
from app.ui.widgets.radio_cards import RadioCards
from app.ui.widgets.reveal import reveal

_PARTS: Final = frozenset({"no-id", "no-secret", "no-token"})
"""What is said of a text with a part of the credentials, whose others may follow."""


class PastedPanel(SignInPanel):
    """Takes credentials in any form, keeps them, and shows what of them may be seen.

    ``suffix`` makes the names of the controls those of one page.
    """

    def __init__(
        self,
        context: PageContext,
        pasted: PastedSignIns,
        suffix: str,
        on_change: Callable[[], None],
    ) -> None:
        super().__init__()
        self.setObjectName(f"pastedPanel{suffix}")
        self._context = context
        self._pasted = pasted
        self._suffix = suffix
        self._on_change = on_change
        self._parts = ""
        self._kept: tuple[KeptCredentials, ...] = ()
        self._id: str | None = None
        self._adding = False
        self._keeping = False
        self._here = False
        self._make_field()
        self._card = PastedCard(context.masking, suffix)
        self._card.forget.connect(self._forget)
        self._card.other.connect(self._paste_other)
        self._card.chosen.connect(self._choose)
        self._clipboard = ClipboardOffer(f"clipboard{suffix}")
        self._clipboard.done.connect(self._focus_control)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GRID)
        column.addWidget(self._field)
        column.addWidget(self._card)
        column.addWidget(self._clipboard)
        context.masking.changed.connect(self._show_choices)
        self._show()

    def _make_field(self) -> None:
        about = body(
            tr(
                "They work for some hours and then end by themselves. In your company’s access "
                "portal open the account, choose “Access keys” beside the role, and copy the text "
                "under “Option 1” or “Option 2”. What “aws configure export-credentials” prints "
                "works too, and so does a CSV file with an access key that AWS let you download: "
                "drop it here."
            )
        )
        here = f"pasteHere{self._suffix}"
        self._edit = PasteEdit(here, tr("Paste the credentials here"), self._context.masking)
        self._edit.pasted.connect(self._take_pasted)
        self._edit.typed.connect(self._take_typed)
        self._edit.dropped.connect(self._take_file)
        self._problem = Callout("warning", f"pasteProblem{self._suffix}")
        self._problem.hide()
        self._choices: tuple[NamedCredentials, ...] = ()
        self._which = RadioCards(f"pasteWhich{self._suffix}")
        self._which.chosen.connect(self._take_choice)
        self._which.hide()
        paste = plain_button(tr("Paste"), f"pasteButton{self._suffix}")
        paste.setAccessibleName(tr("Paste from the clipboard"))
        paste.clicked.connect(self._edit.paste_from_clipboard)
        self._back = link_button(tr("Keep what I have"), f"pasteBack{self._suffix}")
        self._back.clicked.connect(self._keep_what_is_there)
        self._hidden = muted(
            tr("What you paste is never shown. The clipboard stays as it is until you clear it."),
            f"pasteHidden{self._suffix}",
        )
        self._waits = muted(
            tr(
                "They are being kept. This computer’s keyring may ask for its password in a window "
                "of its own."
            ),
            f"pasteWaits{self._suffix}",
        )
        self._field = QWidget()
        column = QVBoxLayout(self._field)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        self._buttons = FlowRow(paste, self._back)
        for widget in (
            about,
            self._edit,
            self._problem,
            self._which,
            self._hidden,
            self._waits,
            self._buttons,
        ):
            column.addWidget(widget)

    @property
    def way(self) -> ByPasted | None:
        """The credentials to sign in with; None while there are none."""
        return ByPasted(self._id) if self._id is not None and not self._adding else None

    @property
    def control(self) -> QWidget:
        """Where work goes on, for the focus."""
        return self._edit if self.way is None else self._card.control

    def go_on(self) -> None:
        """Take what was typed, or say that something has to be pasted first."""
        if self._keeping:
            return  # what to wait for is said
        if not self._edit.document().isEmpty():
            self._edit.hand_on()
            return
        self._say(PasteProblem(("empty",)))
        self._edit.setFocus()

    def _focus_control(self) -> None:
        self.control.setFocus()

    def look(self) -> None:
        """Read (again) what is kept; a keyring may ask the person for its password."""
        self._context.start(f"kept{self._suffix}", self._load())

    async def _load(self) -> None:
        self._kept = await in_thread(self._pasted.kept)
        if all(kept.id != self._id for kept in self._kept):
            self._id = self._kept[-1].id if self._kept else None
        reason = await in_thread(lambda: self._pasted.why_in_memory) if self._kept else None
        self._card.show_kept(self._kept, self._id, reason)
        self._show()

    # Pasting

    def _take_pasted(self, text: str) -> None:
        """Take ``text``; the portal's single values may come one after the other."""
        alone = read_credentials(text)
        if isinstance(alone, PasteProblem) and self._parts:
            together = read_credentials(f"{self._parts}\n{text}")
            alone = together if "several" not in getattr(together, "codes", ()) else alone
        if isinstance(alone, PastedCredentials):
            self._keep(alone)
            self._clipboard.offer(text)
            return
        if not _PARTS.isdisjoint(alone.codes):
            self._parts = f"{self._parts}\n{text}"
        self._say(alone)

    def _take_file(self, path: str) -> None:
        self._context.start(f"file{self._suffix}", self._file_taken(path))

    async def _file_taken(self, path: str) -> None:
        """Read a file that was dropped, and take what is in it."""
        content = await in_thread(lambda: read_bytes(path, SMALL))
        if isinstance(content, FileProblem):
            self._say_text(tr("This file can’t be read: {reason}.").format(reason=content.reason))
            return
        text = decoded(content)
        read = read_credentials(text if isinstance(text, str) else content.decode("latin-1"))
        if isinstance(read, PasteProblem):
            self._say(read)
        else:
            of_root = read.of_root or is_root_file(path)
            self._keep(replace(read, of_root=of_root))

    def _take_choice(self, key: str) -> None:
        """Take the credentials of one user of several."""
        self._keep(self._choices[int(key.rpartition("-")[2])].credentials)

    def _take_typed(self, text: str) -> None:
        read = read_credentials(text)
        if isinstance(read, PastedCredentials):
            self._keep(read)
        else:
            self._say(read)

    def _keep(self, credentials: PastedCredentials) -> None:
        ends = credentials.expires_at
        if ends is not None and ends <= datetime.now(UTC):
            self._say(PasteProblem(("ended",)))
            return
        self._parts = ""
        self._edit.clear()
        self._problem.hide()
        self._ask_which(())
        self._here = self.isAncestorOf(self.window().focusWidget())
        self._keeping = True
        self._show()
        self._context.start(f"keep{self._suffix}", self._kept_now(credentials))

    async def _kept_now(self, credentials: PastedCredentials) -> None:
        try:
            self._id = (await in_thread(lambda: self._pasted.keep(credentials))).id
            self._adding = False
        finally:
            self._keeping = False
            self._show()
        await self._load()
        announce(self, self._card.text)
        if self._here:
            self._card.control.setFocus()
        reveal(self._card)
        self._on_change()

    def _say(self, problem: PasteProblem) -> None:
        self._ask_which(problem.choices)
        self._say_text(problem.text)

    def _say_text(self, text: str) -> None:
        self._problem.show_text(text)
        self._problem.show()
        announce(self._problem, text)

    def _ask_which(self, choices: tuple[NamedCredentials, ...]) -> None:
        """Let one of ``choices`` be chosen; none for no question."""
        self._choices = choices
        self._show_choices()

    def _show_choices(self) -> None:
        shown = self._context.masking.shown
        cards = [
            (f"pasteWhich{self._suffix}-{place}", shown(one.name), shown(one.credentials.key_hint))
            for place, one in enumerate(self._choices)
        ]
        self._which.set_options(cards)
        self._which.setVisible(bool(cards))

    # What is kept

    def _choose(self, key: str) -> None:
        self._id = key
        self.look()

    def _paste_other(self) -> None:
        self._clipboard.withdraw()
        self._adding = True
        self._show()
        self._edit.setFocus()

    def _keep_what_is_there(self) -> None:
        self._adding = False
        self._parts = ""
        self._edit.clear()
        self._problem.hide()
        self._ask_which(())
        self._show()
        self._card.control.setFocus()

    def _forget(self) -> None:
        if self._id is not None:
            self._context.start(f"forget{self._suffix}", self._forgotten(self._id))

    async def _forgotten(self, key: str) -> None:
        self._clipboard.withdraw()
        problem = await in_thread(lambda: self._pasted.forget(key))
        await self._load()
        self._card.say(problem)
        if problem is None:
            self._context.store.forget_sign_in(ByPasted(key))
            self.control.setFocus()
        self._on_change()

    def _show(self) -> None:
        asks = self._adding or self._id is None
        self._field.setVisible(asks)
        self._card.setVisible(not asks)
        self._back.setVisible(self._id is not None)
        self._waits.setVisible(self._keeping)
        self._hidden.setVisible(not self._keeping)
        self._buttons.setVisible(not self._keeping)
        self._edit.setVisible(not self._keeping)
