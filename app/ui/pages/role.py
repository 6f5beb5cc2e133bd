"""Step 1: create the IAM role."""

from PySide6.QtWidgets import QWidget

from app.core.draft import Draft
from app.core.i18n import mark
from app.core.wording.console_steps import role_steps
from app.ui.parts.guide_step import GuideStepPage
from app.ui.widgets.frames import card


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
    trust_name = "roleTrustPolicy"

    def console(self, draft: Draft) -> list[QWidget]:
        """Return the clicks that make the role in the AWS console, with its trust policy."""
        return [card(self.numbered("role-steps", role_steps(), draft))]
