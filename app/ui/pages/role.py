"""Step 1: create the IAM role."""

from PySide6.QtWidgets import QWidget

from app.core.console_links import create_role_link
from app.core.draft import Draft
from app.core.guide import ROLE_NAME, UBIQUITY_ACCOUNT, role_arn
from app.core.i18n import mark, tr
from app.ui.parts.guide_step import GuideStepPage
from app.ui.widgets.copy_row import CopyRow
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
        steps = NumberedSteps("role-steps")
        sentence = tr("Open IAM > Roles > Create role. The button fills in a part of the page.")
        if self.context.practice:
            sentence = tr("In AWS you would open IAM > Roles > Create role.")
        self.open_console(steps, sentence, create_role_link(draft), "openCreateRole")
        steps.add(tr("Trusted entity type: choose “AWS account”, then “Another AWS account”."))
        steps.add(
            tr("Account ID: enter UbiQuity’s account."),
            self._row(tr("UbiQuity’s AWS account"), UBIQUITY_ACCOUNT, "copy-ubiquityAccount"),
        )
        steps.add(
            tr("Tick “Require external ID” and paste your UbiQuity Account ID. Leave MFA off."),
            self._row(tr("External ID"), draft.database_id, "copy-externalId"),
        )
        steps.add(tr("Choose Next, leave the permissions as they are, and choose Next again."))
        steps.add(tr("Role name: paste exactly this."), self._name_row())
        steps.add(tr("Choose “Create role”."))
        return [card(steps)]

    def preview(self, draft: Draft) -> list[QWidget]:
        """Return the role's name and ARN."""
        arn = self._row(tr("Its ARN will be"), role_arn(draft.account_id), "copy-roleArn")
        return [card(self._name_row(), arn)]

    def _name_row(self) -> CopyRow:
        return self._row(tr("Role name"), ROLE_NAME, "copy-roleName")

    def _row(self, label: str, value: str, name: str) -> CopyRow:
        row = CopyRow(label, self.context.masking, name)
        row.show_value(value)
        return row
