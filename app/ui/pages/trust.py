"""Step 2: configure the trust policy."""

from PySide6.QtWidgets import QWidget

from app.core.draft import Draft
from app.core.i18n import mark
from app.core.wording.console_steps import trust_steps
from app.ui.parts.guide_step import GuideStepPage
from app.ui.widgets.frames import card


class TrustPage(GuideStepPage):
    """Who may assume the role: UbiQuity, with the customer's External ID."""

    introduction = mark(
        "The trust policy says who may use the role: UbiQuity, and only with your UbiQuity Account "
        "ID. If you pasted it in Step 1, it is set already: compare it, tick the box and go on."
    )
    reason = mark(
        "All UbiQuity customers share UbiQuity’s AWS account. The External ID makes sure that "
        "only your connectors, with your own UbiQuity Account ID, can use your role."
    )

    def console(self, draft: Draft) -> list[QWidget]:
        """Return the clicks that set the trust policy in the AWS console."""
        return [card(self.numbered("trust-steps", trust_steps(), draft))]
