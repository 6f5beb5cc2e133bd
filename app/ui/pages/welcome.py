"""Welcome: what this does and what it needs; how it works and is undone, folded."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.guide import DATABASE_ID_PLACE, POLICY_NAME, ROLE_NAME
from app.core.i18n import tr
from app.flow.wizard.state import Flow
from app.ui.parts.wizard_page import WizardPage
from app.ui.widgets.bullets import Bullets
from app.ui.widgets.buttons import plain_button
from app.ui.widgets.disclosure import Disclosures
from app.ui.widgets.flow_row import FlowRow
from app.ui.widgets.frames import card

if TYPE_CHECKING:
    from app.flow.wizard.pages import Page
    from app.flow.wizard.state import SetupState
    from app.ui.parts.earlier_starts import EarlierStarts
    from app.ui.parts.page_context import PageContext


class WelcomePage(WizardPage):
    """The first page; it also asks, once, whether to go on with an earlier start."""

    def __init__(self, page: "Page", context: "PageContext") -> None:
        super().__init__(page, context)
        self._questions = QVBoxLayout()
        self.column.addLayout(self._questions)
        self._asked: EarlierStarts | None = None
        self.add_body(
            tr(
                "This program lets UbiQuity read and write files in your bucket, and tests that "
                "it works. It takes about ten minutes. You see every change first, and can undo it."
            )
        )
        if context.practice:
            from app.ui.widgets.callout import Callout

            note = Callout("note", "practiceNote")
            note.show_text(tr("This is a practice account. Nothing here is real."))
            self.add(note)
        self.add_group(tr("What you need"), _bullets("needs", _needs()))
        self.add(
            Disclosures(
                [
                    (tr("How it works"), lambda: card(_bullets("how", _how())), "howItWorks"),
                    (
                        tr("What changes in AWS"),
                        lambda: card(_bullets("what", _what())),
                        "whatIsChanged",
                    ),
                    (tr("How it is undone"), lambda: card(_bullets("undo", _undo())), "howUndone"),
                ]
            )
        )
        check = plain_button(tr("Check an existing set-up"), "beginCheck")
        check.clicked.connect(lambda: context.store.begin(Flow.CHECK))
        error = plain_button(tr("I got an error in UbiQuity"), "beginExplain")
        error.clicked.connect(lambda: context.store.begin(Flow.EXPLAIN))
        revoke = plain_button(tr("Revoke access"), "beginRevoke")
        revoke.clicked.connect(lambda: context.store.begin(Flow.REVOKE))
        self.add_group(tr("Already set up?"), FlowRow(check, error, revoke))

    def show_state(self, state: "SetupState") -> None:
        """Show the questions about an earlier start while they are open."""
        past = state.past
        if self._asked is None and (past.interrupted or past.damaged_journals or past.resumable):
            from app.ui.parts.earlier_starts import EarlierStarts

            self._asked = EarlierStarts(self.context, self._questions)
        if self._asked is not None:
            self._asked.show_state(state)

    def first_control(self, state: "SetupState") -> QWidget | None:
        """Return the button that goes on, while a question about an earlier start is open."""
        if self._asked is None:
            return None
        if state.past.interrupted is not None:
            return self._asked.interrupted.take_up
        return self._asked.go_on if state.past.resumable is not None else None

    def focus_control(self, name: str) -> QWidget | None:
        """Return the button that goes on."""
        if self._asked is None:
            return None
        if name == "interrupted":
            return self._asked.interrupted.take_up
        return self._asked.go_on if name == "resume" else None


def _bullets(name: str, sentences: list[str]) -> Bullets:
    bullets = Bullets(f"welcome-{name}")
    for sentence in sentences:
        bullets.add(sentence)
    return bullets


def _how() -> list[str]:
    return [
        tr(
            "UbiQuity uses a role in your AWS account, for up to an hour at a time. Its access is "
            "renewed only while the connector runs."
        ),
        tr("It can do only what you allow: list, read, write and move files in your bucket."),
        tr(
            "Your UbiQuity Account ID works as an External ID: no other UbiQuity customer can "
            "use your role."
        ),
        tr("No permanent access keys are made, and none are stored in UbiQuity."),
    ]


def _needs() -> list[str]:
    return [
        tr("A sign-in to AWS, or somebody who has one."),
        tr("Your bucket’s name."),
        tr("Your UbiQuity Account ID ({place}).").format(place=DATABASE_ID_PLACE),
    ]


def _what() -> list[str]:
    return [
        tr("The role {role} is added.").format(role=ROLE_NAME),
        tr("The policy {policy} is added and attached to the role.").format(policy=POLICY_NAME),
        tr("If your bucket uses a KMS key of your own, its policy gets one more statement."),
        tr("Nothing else changes. Your bucket, its files and its settings stay as they are."),
    ]


def _undo() -> list[str]:
    return [
        tr("One button, “Undo these changes”, removes everything this program made."),
        tr(
            "The button “Revoke access” on this page ends UbiQuity’s access at any time, even if "
            "somebody else set it up. It also shows two other ways."
        ),
    ]
