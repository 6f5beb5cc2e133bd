"""Step 3: attach a permissions policy, with the KMS statement where one is needed."""

from PySide6.QtWidgets import QWidget

from app.core.draft import Draft
from app.core.i18n import mark, tr
from app.core.wording.console_steps import key_reason, key_steps, key_title, permissions_steps
from app.ui.parts.guide_documents import permission_reasons_card
from app.ui.parts.guide_step import GuideStepPage
from app.ui.widgets.disclosure import Disclosure
from app.ui.widgets.frames import card
from app.ui.widgets.headings import group_title, muted


class PermissionsPage(GuideStepPage):
    """What the role may do: the four permissions of the guide, and no more."""

    introduction = mark("This says what UbiQuity may do with your files, and in which buckets.")
    reason = mark(
        "Without a policy the role may do nothing. This one grants the four permissions that the "
        "connector uses, only in the buckets and folders that you named."
    )

    def console(self, draft: Draft) -> list[QWidget]:
        """Return the clicks that make and attach the policy in the AWS console."""
        return [
            card(self.numbered("permissions-steps", permissions_steps(), draft)),
            *self._key_steps(draft),
            Disclosure(
                tr("What each permission is for"), permission_reasons_card, "permission-why"
            ),
        ]

    def _key_steps(self, draft: Draft) -> list[QWidget]:
        """Return the clicks that add the statement to each key's policy."""
        steps = key_steps(draft)
        if not steps:
            return []
        rows = self.numbered("key-steps", steps, draft, practised=False)
        return [card(group_title(key_title()), muted(key_reason()), rows)]
