"""Step 1: create the IAM role."""

from PySide6.QtWidgets import QWidget

from app.core.console_links import create_role_link
from app.core.draft import Draft
from app.core.guide import UBIQUITY_ACCOUNT
from app.core.i18n import mark, tr
from app.ui.parts.guide_documents import copy_row, role_name_row
from app.ui.parts.guide_step import GuideStepPage
from app.ui.widgets.frames import card
from app.ui.widgets.numbered_steps import NumberedSteps


class RolePage(GuideStepPage):
    """The role that UbiQuity assumes, with its one exact name."""

    introduction = mark(
        "UbiQuity reaches your bucket through a role in your AWS account. It starts without any "
        "rights; Steps 2 and 3 say who may use it, and for what."
    )
    reason = mark(
        "This exact name is required. UbiQuity’s own account may assume only roles of this name, "
        "so that one rule serves all customers without opening anything else. Upper and lower "
        "case count."
    )

    def console(self, draft: Draft) -> list[QWidget]:
        """Return the clicks that make the role in the AWS console."""
        masking = self.context.masking
        steps = NumberedSteps("role-steps")
        sentence = tr(
            "Open IAM > Roles > Create role. The button opens this page with some fields filled in."
        )
        if self.context.practice:
            sentence = tr("In AWS you would open IAM > Roles > Create role.")
        self.open_console(steps, sentence, create_role_link(draft), "openCreateRole")
        steps.add(tr("Trusted entity type: choose “AWS account”, then “Another AWS account”."))
        steps.add(
            tr("Account ID: enter UbiQuity’s account."),
            copy_row(
                tr("UbiQuity’s AWS account"), UBIQUITY_ACCOUNT, "copy-ubiquityAccount", masking
            ),
        )
        steps.add(
            tr("Tick “Require external ID” and paste your UbiQuity Account ID. Leave MFA off."),
            copy_row(tr("External ID"), draft.database_id, "copy-externalId", masking),
        )
        steps.add(tr("Choose Next, leave the permissions as they are, and choose Next again."))
        steps.add(tr("Role name: paste exactly this."), role_name_row(masking))
        steps.add(tr("Choose “Create role”."))
        return [card(steps)]
