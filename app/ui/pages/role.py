"""Step 1: create the IAM role."""

from PySide6.QtWidgets import QWidget

from app.core.console_links import create_role_link
from app.core.draft import Draft
from app.core.i18n import mark, tr
from app.ui.parts.guide_documents import role_name_row, trust_document
from app.ui.parts.guide_step import GuideStepPage
from app.ui.widgets.console_picture import ConsolePicture
from app.ui.widgets.frames import card
from app.ui.widgets.numbered_steps import NumberedSteps


class RolePage(GuideStepPage):
    """The role that UbiQuity assumes: its one exact name, and its trust policy at once."""

    introduction = mark(
        "UbiQuity reaches your bucket through a role in your AWS account. Here you create the role "
        "and say who may use it."
    )
    reason = mark(
        "This exact name is required, in lower case. UbiQuity’s own account may use only roles of "
        "this name, so the same rule serves every customer and opens nothing else."
    )

    def console(self, draft: Draft) -> list[QWidget]:
        """Return the clicks that make the role in the AWS console, with its trust policy."""
        masking = self.context.masking
        steps = NumberedSteps("role-steps")
        sentence = tr("Open IAM > Roles > Create role.")
        if self.context.practice:
            sentence = tr("In AWS you would open IAM > Roles > Create role.")
        self.open_console(steps, sentence, create_role_link(), "openCreateRole")
        steps.add(
            tr("Under “Trusted entity type”, choose “Custom trust policy”."),
            ConsolePicture("role-trust"),
        )
        steps.add(
            tr("Replace everything in the editor with this:"),
            trust_document(draft, masking, "roleTrustPolicy"),
        )
        steps.add(tr("Choose Next twice. Add no permissions yet."))
        steps.add(tr("Under “Role name”, paste exactly this:"), role_name_row(masking))
        steps.add(tr("Choose “Create role”."))
        return [card(steps)]
