"""Step 2: configure the trust policy."""

from PySide6.QtWidgets import QWidget

from app.core.console_links import role_trust_link
from app.core.draft import Draft
from app.core.i18n import mark, tr
from app.ui.parts.guide_documents import trust_document
from app.ui.parts.guide_step import GuideStepPage
from app.ui.widgets.frames import card
from app.ui.widgets.numbered_steps import NumberedSteps


class TrustPage(GuideStepPage):
    """Who may assume the role: UbiQuity, with the customer's External ID."""

    introduction = mark(
        "This says who may use the role: UbiQuity, and only with your UbiQuity Account ID."
    )
    reason = mark(
        "All UbiQuity customers share UbiQuity’s AWS account. The External ID makes sure that "
        "only your connectors, with your own UbiQuity Account ID, can use your role."
    )

    def console(self, draft: Draft) -> list[QWidget]:
        """Return the clicks that set the trust policy in the AWS console."""
        steps = NumberedSteps("trust-steps")
        sentence = tr("Open the role that you made in Step 1.")
        if self.context.practice:
            sentence = tr("In AWS you would open the role that you made in Step 1.")
        self.open_console(steps, sentence, role_trust_link(), "openRoleTrust")
        steps.add(tr("Choose Trust relationships > Edit trust policy."))
        steps.add(
            tr("Replace everything there with this:"), trust_document(draft, self.context.masking)
        )
        steps.add(tr("Choose “Update policy”."))
        return [card(steps)]
