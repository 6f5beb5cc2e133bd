"""Step 3: attach a permissions policy, with the KMS statement where one is needed."""

from PySide6.QtWidgets import QWidget

from app.core.console_links import create_policy_link, kms_key_link, role_permissions_link
from app.core.documents.document_text import document_text
from app.core.documents.policies import kms_entries, kms_statement, permissions_policy
from app.core.draft import Draft
from app.core.guide import POLICY_NAME, ROLE_NAME
from app.core.i18n import mark, tr
from app.flow.wizard.state import Method, SetupState
from app.ui.parts.guide_step import GuideStepPage
from app.ui.parts.handoff_box import HandoffBox
from app.ui.widgets.bullets import Bullets
from app.ui.widgets.copy_row import CopyRow
from app.ui.widgets.document_view import DocumentView
from app.ui.widgets.frames import card
from app.ui.widgets.headings import group_title, muted
from app.ui.widgets.numbered_steps import NumberedSteps


class PermissionsPage(GuideStepPage):
    """What the role may do: the four permissions of the guide, and no more."""

    introduction = mark("This says what UbiQuity may do with your files, and in which buckets.")
    reason = mark(
        "A role without a policy may do nothing. This policy grants the four permissions that "
        "the connector uses, in the buckets and folders that you named, and nothing else."
    )

    _handoff: HandoffBox | None = None

    def console(self, draft: Draft) -> list[QWidget]:
        """Return the clicks that make and attach the policy in the AWS console."""
        steps = NumberedSteps("permissions-steps")
        sentence = tr("Open IAM > Policies > Create policy.")
        if self.context.practice:
            sentence = tr("In AWS you would open IAM > Policies > Create policy.")
        self.open_console(steps, sentence, create_policy_link(), "openCreatePolicy")
        steps.add(tr("Choose JSON and replace everything there with this:"), self._document(draft))
        steps.add(tr("Choose Next. Policy name: paste exactly this."), self._name_row())
        steps.add(tr("Choose “Create policy”."))
        attach = tr("Open the role {role} and choose Add permissions > Attach policies.")
        attach = attach.format(role=ROLE_NAME)
        link = role_permissions_link()
        self.open_console(steps, attach, link, "openRolePermissions", tr("Open the role"))
        steps.add(
            tr("Search for {policy}, tick it and choose “Add permissions”.").format(
                policy=POLICY_NAME
            )
        )
        return [card(steps), *self._key_steps(draft), self._reasons()]

    def preview(self, draft: Draft) -> list[QWidget]:
        """Return for a hand-off what to send, then the documents and the reasons."""
        key = [self._key_preview(draft)] if kms_entries(draft) else []
        return [*self._to_send(draft), self._document(draft), *key, self._reasons()]

    def _to_send(self, draft: Draft) -> list[QWidget]:
        self._handoff = None
        if self.context.store.state.creation.method is Method.HANDOFF:
            self._handoff = HandoffBox(self.context, draft)
        return [self._handoff] if self._handoff else []

    def show_state(self, state: SetupState) -> None:
        """Redraw the step, and what became of practising it."""
        super().show_state(state)
        if self._handoff is not None:
            self._handoff.show_state(state)

    def note(self, state: SetupState) -> str:
        """Return what stands above the step; a hand-off has a box of its own for that."""
        return "" if state.creation.method is Method.HANDOFF else super().note(state)

    def first_control(self, state: SetupState) -> QWidget | None:
        """Return the button that saves what to send, where that is to be done here."""
        if self._handoff is not None:
            return self._handoff.save_button
        return super().first_control(state)

    def _key_steps(self, draft: Draft) -> list[QWidget]:
        """Return the clicks that add the statement to each key's policy."""
        keys = list(dict.fromkeys(entry.kms_key_arn or "" for entry in kms_entries(draft)))
        if not keys:
            return []
        steps = NumberedSteps("key-steps")
        for number, key in enumerate(keys, start=1):
            row = CopyRow(tr("KMS key"), self.context.masking, f"copy-kmsKey-{number}")
            row.show_value(key)
            if self.context.practice:
                steps.add(tr("In AWS you would open this key in KMS."), row)
            else:
                words = tr("Open the key")
                button = self.console_button(kms_key_link(key), f"openKey-{number}", words)
                steps.add(tr("Open this key in KMS."), button, row)
        steps.add(tr("On the tab “Key policy”, choose “Switch to policy view”, then “Edit”."))
        steps.add(
            tr(
                "Add this statement inside the square brackets after “Statement”, with a comma "
                "between it and its neighbour. Change nothing else."
            ),
            self._statement(draft),
        )
        steps.add(tr("Choose “Save changes”."))
        return [card(group_title(tr("Your bucket uses a KMS key")), muted(_key_reason()), steps)]

    def _key_preview(self, draft: Draft) -> QWidget:
        return card(
            group_title(tr("Your bucket uses a KMS key")),
            muted(_key_reason()),
            self._statement(draft),
        )

    def _name_row(self) -> CopyRow:
        row = CopyRow(tr("Policy name"), self.context.masking, "copy-policyName")
        row.show_value(POLICY_NAME)
        return row

    def _document(self, draft: Draft) -> DocumentView:
        values = [value for entry in draft.buckets for value in (entry.name, entry.prefix) if value]
        return self.document(
            document_text(permissions_policy(draft.buckets)),
            list(dict.fromkeys(values)),
            "permissionsPolicy",
            tr("Permissions policy"),
            "permissions-policy.json",
        )

    def _statement(self, draft: Draft) -> DocumentView:
        return self.document(
            document_text(kms_statement(draft.account_id)),
            [draft.account_id],
            "kmsStatement",
            tr("Statement for the key policy"),
            "kms-key-statement.json",
        )

    def _reasons(self) -> QWidget:
        """Return the guide's four reasons and its note."""
        bullets = Bullets("permission-reasons")
        for reason in (
            tr("s3:ListBucket: to list the files in the bucket and to verify the connection"),
            tr("s3:GetObject: to read your data files for import"),
            tr(
                "s3:PutObject: to write files to your archive and error subfolders after processing"
            ),
            tr(
                "s3:DeleteObject: used together with s3:PutObject, to move processed files into "
                "your archive and error subfolders"
            ),
        ):
            bullets.add(reason)
        note = muted(
            tr(
                "Files are never permanently deleted. After processing they are moved to an "
                "archive subfolder (or an error subfolder if processing fails), so the full "
                "history of what was imported is kept."
            )
        )
        return card(group_title(tr("What each permission is for")), bullets, note)


def _key_reason() -> str:
    return tr(
        "UbiQuity has to decrypt the files it reads. The key decides by itself who may do that, "
        "so its policy has to name the role. The role must exist first."
    )
