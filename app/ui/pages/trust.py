"""Step 2: configure the trust policy."""

from PySide6.QtWidgets import QWidget

from app.core.console_links import role_trust_link
from app.core.draft import Draft
from app.core.i18n import mark, tr
from app.ui.parts.guide_documents import trust_document
from app.ui.parts.guide_step import GuideStepPage
from app.ui.widgets.console_picture import ConsolePicture
from app.ui.widgets.frames import card
from app.ui.widgets.numbered_steps import NumberedSteps


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
        steps = NumberedSteps("trust-steps")
        sentence = tr("Open the role.")
        if self.context.practice:
            sentence = tr("In AWS you would open the role.")
        self.open_console(steps, sentence, role_trust_link(), "openRoleTrust")
        steps.add(
            tr(
                "Choose “Trust relationships”. If the policy there is not this one, choose “Edit "
                "trust policy”."
            ),
            ConsolePicture("trust-edit"),
        )
        steps.add(
            tr("Replace everything there with this:"), trust_document(draft, self.context.masking)
        )
        steps.add(tr("Choose “Update policy”."))
        return [card(steps)]
