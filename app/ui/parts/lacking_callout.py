"""What the sign-in may not do or read, said before anything is tried; and what to ask for."""

from collections.abc import Iterator

from app.core.conventions import paragraph, row
from app.core.documents.policies import Document
from app.core.draft import Draft
from app.core.i18n import tr
from app.core.journal import RunKind
from app.core.needs.least_policy import Doing, least_policy
from app.core.wording.needs_words import needs_text, refused_sentence
from app.flow.review import Review
from app.flow.wizard.run_state import Run
from app.flow.wizard.state import Method
from app.ui.parts.page_context import PageContext
from app.ui.widgets.buttons import plain_button
from app.ui.widgets.callout import Callout
from app.ui.widgets.copy_button import CopyButton
from app.ui.widgets.told import Announcer


class LackingCallout(Callout):
    """Names the actions; hidden where none is missing."""

    def __init__(self, context: PageContext, object_name: str) -> None:
        super().__init__("warning", object_name, context.masking)
        self._run: Run | None = None
        self._told = Announcer(self)
        self.copy = CopyButton(
            "",
            self._policy_text,
            f"{object_name}-copy",
            tr("Copy the least policy"),
            takes_time=True,
        )
        self.add_button(self.copy)
        self._cloudshell = plain_button(tr("Do it in AWS CloudShell"), f"{object_name}-cloudshell")
        self._cloudshell.clicked.connect(lambda: context.store.go_by(Method.CLOUDSHELL))
        self.add_button(self._cloudshell)
        self._offers_cloudshell = context.cloudshell is not None
        self.hide()

    def show_run(self, run: Run | None) -> None:
        """Show what the sign-in lacks for ``run``."""
        self._run = run
        sentences = tuple(_sentences(run)) if run else ()
        self.setVisible(bool(sentences))
        if run is None or not sentences:
            self._told.tell("")
            return
        self.set_kind("warning" if run.lacking else "note")
        self.show_text(paragraph(*sentences))
        self._told.tell(self.text)
        creates = run.review is not None and run.review.purpose.kind is RunKind.APPLY
        self._cloudshell.setVisible(creates and bool(run.lacking) and self._offers_cloudshell)
        self.copy.setVisible(run.review is not None and _draft(run.review) is not None)

    def _policy_text(self) -> str:
        """Return the least policy for the whole plan, with what there is to say of it."""
        review = self._run.review if self._run else None
        draft = _draft(review) if review else None
        if review is None or draft is None:
            return ""
        return needs_text(draft, _doing(review), _policy(review, draft))


def _sentences(run: Run) -> Iterator[str]:
    if run.plan.changes and run.lacking:
        words = tr(
            "AWS says that this sign-in may not do this: {actions}. Use another sign-in, or ask "
            "your AWS administrator to allow it. Nothing was changed."
        )
        yield words.replace("{actions}", row(run.lacking))
    elif run.plan.changes and run.lacking is None:
        yield tr(
            "AWS does not say whether this sign-in may make these changes. That "
            "shows when they are made, and what was made up to then can be undone."
        )
    if run.refused:
        yield refused_sentence(run.refused)


def _draft(review: Review) -> Draft | None:
    """Return the details that the account was read for; None for a revocation of nothing."""
    return review.purpose.draft or review.sought


def _doing(review: Review) -> Doing:
    return Doing.CREATE if review.purpose.kind is RunKind.APPLY else Doing.REVOKE


def _policy(review: Review, draft: Draft) -> Document:
    return least_policy(draft, _doing(review), review.choices, review.plan)
