"""Welcome: how it works, what is needed, what will be changed, how it is undone."""

from PySide6.QtWidgets import QWidget

from app.core.guide import DATABASE_ID_PLACE, POLICY_NAME, ROLE_NAME
from app.core.i18n import tr
from app.flow.wizard.pages import Page
from app.flow.wizard.state import Flow, SetupState
from app.ui.parts.interrupted_callout import InterruptedCallout
from app.ui.parts.page_context import PageContext
from app.ui.parts.wizard_page import WizardPage
from app.ui.widgets.bullets import Bullets
from app.ui.widgets.buttons import plain_button
from app.ui.widgets.callout import Callout
from app.ui.widgets.flow_row import FlowRow


class WelcomePage(WizardPage):
    """The first page; it also asks, once, whether to go on with an earlier start."""

    def __init__(self, page: Page, context: PageContext) -> None:
        super().__init__(page, context)
        self.heading.setText(tr("Connect UbiQuity to your Amazon S3 bucket"))
        self._resume = Callout("note", "resume")
        go_on = plain_button(tr("Go on where I was"), "resumeButton")
        anew = plain_button(tr("Start anew"), "startAnewButton")
        go_on.clicked.connect(context.store.resume)
        anew.clicked.connect(context.store.start_anew)
        self._resume.add_button(go_on)
        self._resume.add_button(anew)
        self._go_on = go_on
        self.add(self._resume)
        self._interrupted = InterruptedCallout(context)
        self.add(self._interrupted)
        self._damaged = Callout("warning", "damagedJournals")
        self.add(self._damaged)
        self.add_body(
            tr(
                "This takes about ten minutes. You give UbiQuity permission to read and write "
                "files in your bucket, step by step, and test that it works."
            )
        )
        self._practice = Callout("note", "practiceNote")
        self._practice.show_text(
            tr(
                "This is the practice AWS: an account that lives inside this program. Try "
                "everything as often as you like; no real AWS account is touched."
            )
        )
        self.add(self._practice)
        check = plain_button(tr("Check an existing set-up"), "beginCheck")
        check.clicked.connect(lambda: context.store.begin(Flow.CHECK))
        error = plain_button(tr("I got an error in UbiQuity"), "beginExplain")
        error.clicked.connect(lambda: context.store.begin(Flow.EXPLAIN))
        revoke = plain_button(tr("Revoke access"), "beginRevoke")
        revoke.clicked.connect(lambda: context.store.begin(Flow.REVOKE))
        self.add_body(tr("Choose Next to set the connection up. Or, if it is set up already:"))
        self.add(FlowRow(check, error, revoke))
        self.add_group(tr("How it works"), _bullets("how", _how()))
        self.add_group(tr("What you need"), _bullets("needs", _needs()))
        self.add_group(tr("What will be changed in your AWS account"), _bullets("what", _what()))
        self.add_group(tr("How it is undone"), _bullets("undo", _undo()))

    def show_state(self, state: SetupState) -> None:
        """Show the question about an earlier start while it is open."""
        self._practice.setVisible(state.practice)
        self._interrupted.show_state(state)
        self._damaged.setVisible(bool(state.past.damaged_journals))
        self._damaged.show_text("\n".join(state.past.damaged_journals))
        # One question at a time: what was half done in AWS comes first.
        self._resume.setVisible(state.past.resumable is not None and state.past.interrupted is None)
        if state.past.resumable is not None:
            self._resume.show_text(
                tr("You began a set-up earlier. What you typed is still here. Go on with it?")
            )

    def first_control(self, state: SetupState) -> QWidget | None:
        """Return the button that goes on, while a question about an earlier start is open."""
        if state.past.interrupted is not None:
            return self._interrupted.take_up
        return self._go_on if state.past.resumable is not None else None

    def focus_control(self, name: str) -> QWidget | None:
        """Return the button that goes on."""
        if name == "interrupted":
            return self._interrupted.take_up
        return self._go_on if name == "resume" else None


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
        tr("UbiQuity can do only what you grant: list, read, write and move files in your bucket."),
        tr(
            "Your UbiQuity Account ID works as an External ID: no other UbiQuity customer can "
            "use your role."
        ),
        tr("No permanent access keys are made, and none are stored in UbiQuity."),
    ]


def _needs() -> list[str]:
    return [
        tr("Your AWS account ID, and the name and region of your bucket."),
        tr("Your UbiQuity Account ID. In UbiQuity: {place}.").format(place=DATABASE_ID_PLACE),
        tr(
            "Someone who may create roles and policies in your AWS account. If that is not you, "
            "this program writes down what to send to them."
        ),
    ]


def _what() -> list[str]:
    return [
        tr("A role is added: {role}").format(role=ROLE_NAME),
        tr("A policy is added and attached to the role: {policy}").format(policy=POLICY_NAME),
        tr("Only if your bucket uses a KMS key of your own: one statement in that key’s policy."),
        tr("Nothing else. Your bucket, its files and its settings stay as they are."),
    ]


def _undo() -> list[str]:
    return [
        tr("One button, “Undo these changes”, removes everything this program made."),
        tr(
            "“Revoke access” on this page ends UbiQuity’s access at any time, no matter who set it "
            "up. It also shows two other ways."
        ),
    ]
