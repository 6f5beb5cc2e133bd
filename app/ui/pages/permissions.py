"""Step 3: attach a permissions policy, with the KMS statement where one is needed."""

from PySide6.QtWidgets import QWidget

from app.core.console_links import create_policy_link, kms_key_link, role_permissions_link
from app.core.documents.policies import kms_entries
from app.core.draft import Draft
from app.core.guide import POLICY_NAME, ROLE_NAME
from app.core.i18n import mark, tr
from app.ui.parts.guide_documents import (
    copy_row,
    key_reason,
    key_statement,
    permission_reasons,
    permissions_document,
    policy_name_row,
)
from app.ui.parts.guide_step import GuideStepPage
from app.ui.widgets.console_picture import ConsolePicture
from app.ui.widgets.disclosure import Disclosure
from app.ui.widgets.frames import card
from app.ui.widgets.headings import group_title, muted
from app.ui.widgets.numbered_steps import NumberedSteps


class PermissionsPage(GuideStepPage):
    """What the role may do: the four permissions of the guide, and no more."""

    introduction = mark("This says what UbiQuity may do with your files, and in which buckets.")
    reason = mark(
        "Without a policy the role may do nothing. This one grants the four permissions that the "
        "connector uses, only in the buckets and folders that you named."
    )

    def console(self, draft: Draft) -> list[QWidget]:
        """Return the clicks that make and attach the policy in the AWS console."""
        masking = self.context.masking
        steps = NumberedSteps("permissions-steps")
        sentence = tr("Open IAM > Policies > Create policy.")
        if self.context.practice:
            sentence = tr("In AWS you would open IAM > Policies > Create policy.")
        self.open_console(steps, sentence, create_policy_link(), "openCreatePolicy")
        steps.add(
            tr("Choose JSON and replace everything there with this:"),
            ConsolePicture("policy-json"),
            permissions_document(draft, masking),
        )
        steps.add(
            tr("Choose Next. Under “Policy name”, paste exactly this:"), policy_name_row(masking)
        )
        steps.add(tr("Choose “Create policy”."))
        attach = tr("Open the role {role} and choose Add permissions > Attach policies.")
        attach = attach.format(role=ROLE_NAME)
        link = role_permissions_link()
        picture = ConsolePicture("attach")
        self.open_console(steps, attach, link, "openRolePermissions", tr("Open the role"), picture)
        steps.add(
            tr("Search for {policy}, tick it and choose “Add permissions”.").format(
                policy=POLICY_NAME
            )
        )
        reasons = tr("What each permission is for")
        return [
            card(steps),
            *self._key_steps(draft),
            Disclosure(reasons, permission_reasons, "permission-why"),
        ]

    def _key_steps(self, draft: Draft) -> list[QWidget]:
        """Return the clicks that add the statement to each key's policy."""
        keys = list(dict.fromkeys(entry.kms_key_arn or "" for entry in kms_entries(draft)))
        if not keys:
            return []
        masking = self.context.masking
        steps = NumberedSteps("key-steps")
        for number, key in enumerate(keys, start=1):
            row = copy_row(tr("KMS key"), key, f"copy-kmsKey-{number}", masking)
            if self.context.practice:
                steps.add(tr("In AWS you would open this key in KMS."), row)
            else:
                words = tr("Open the key")
                button = self.console_button(kms_key_link(key), f"openKey-{number}", words)
                steps.add(tr("Open this key in KMS."), button, row)
        steps.add(tr("Under “Key policy”, choose “Switch to policy view”, then “Edit”."))
        steps.add(
            tr(
                "Add this statement inside the square brackets after “Statement”, with a comma "
                "between it and its neighbour. Change nothing else."
            ),
            key_statement(draft, masking),
        )
        steps.add(tr("Choose “Save changes”."))
        return [card(group_title(tr("Your bucket uses a KMS key")), muted(key_reason()), steps)]
