"""Finish: what was made, where, how to revoke it and how to get help."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.draft import Draft
from app.core.guide import POLICY_NAME, ROLE_NAME, SUPPORT_EMAIL, policy_arn, role_arn
from app.core.i18n import tr
from app.core.policies import kms_entries
from app.flow.pages import Page
from app.flow.setup_state import Method, SetupState
from app.ui.context import PageContext
from app.ui.step_page import StepPage, card, left_aligned
from app.ui.steps.test import success_words
from app.ui.style_sheet import GRID
from app.ui.widgets.bullets import Bullets
from app.ui.widgets.callout import Callout, Kind
from app.ui.widgets.copy_button import CopyButton
from app.ui.widgets.headings import body, group_title, muted
from app.ui.widgets.value_text import ValueText


class FinishPage(StepPage):
    """The end, which says no more than is known."""

    def __init__(self, page: Page, context: PageContext) -> None:
        super().__init__(page, context)
        self._draft: Draft | None = None
        self._outcome = Callout("good", "outcome", context.masking)
        self.add(self._outcome)
        self._made = QVBoxLayout()
        self.column.addLayout(self._made)
        self._made_card: QWidget | None = None
        self.add_group(tr("How to revoke access, at any time"), _revoking())
        copy = CopyButton(tr("the details for support"), self._support_text, "copy-support")
        self.add_group(
            tr("If you need help"),
            body(
                tr(
                    "Write to {email} with your AWS account ID, bucket name and region, any error "
                    "message from UbiQuity or AWS CloudTrail, and screenshots of the role."
                ).format(email=SUPPORT_EMAIL)
            ),
            muted(tr("The details of this set-up, without the UbiQuity Account ID:")),
            left_aligned(copy),
        )

    def show_state(self, state: SetupState) -> None:
        """Redraw the outcome and the list of what was made."""
        kind, words = _outcome(state)
        self._outcome.set_kind(kind)
        self._outcome.show_text(words)
        if state.draft is not None and state.draft != self._draft:
            self._draft = state.draft
            self._show_made(state.draft, state)

    def _show_made(self, draft: Draft, state: SetupState) -> None:
        if self._made_card is not None:
            self._made.removeWidget(self._made_card)
            self._made_card.hide()
            self._made_card.deleteLater()
        bullets = Bullets("made")
        for template, values in _made(draft):
            text = ValueText(self.context.masking)
            text.show_text(template, values)
            bullets.add(text)
        heading = (
            tr("What was made in AWS")
            if state.method is Method.CREATE
            else tr("What should now be in AWS")
        )
        self._made_card = card(group_title(heading), bullets)
        self._made.addWidget(self._made_card)
        self._made.setSpacing(2 * GRID)

    def _support_text(self) -> str:
        draft = self._draft
        if draft is None:
            return ""
        lines = [tr("AWS account ID: {account}").format(account=draft.account_id)]
        lines += [
            tr("Bucket: {bucket}, region: {region}, prefix: {prefix}").format(
                bucket=entry.name, region=entry.region, prefix=entry.prefix or "-"
            )
            for entry in draft.buckets
        ]
        lines.append(tr("Role: {role}").format(role=role_arn(draft.account_id)))
        return "\n".join(lines)


def _outcome(state: SetupState) -> tuple[Kind, str]:
    if state.result and state.result.worked:
        words = success_words(state.result)
        where = tr("This was the practice AWS: nothing real was changed.")
        return "good", f"{words} {where}" if state.practice else words
    if state.told and state.told.worked:
        return "good", tr("UbiQuity’s own test was successful: the connection works.")
    return "warning", tr(
        "The set-up was not tested with success, so it is not known whether the connection works. "
        "You can go back and test it."
    )


def _made(draft: Draft) -> list[tuple[str, dict[str, str]]]:
    account = {"account": draft.account_id}
    made: list[tuple[str, dict[str, str]]] = [
        (tr("The role {arn}"), {"arn": role_arn(draft.account_id)}),
        (tr("The policy {arn}, attached to the role"), {"arn": policy_arn(draft.account_id)}),
    ]
    made += [
        (tr("One statement in the policy of the KMS key {key}"), {"key": entry.kms_key_arn or ""})
        for entry in kms_entries(draft)
    ]
    made += [
        (
            tr("A connector in UbiQuity for the bucket {bucket} in {region}, prefix {prefix}")
            if entry.prefix
            else tr("A connector in UbiQuity for the bucket {bucket} in {region}"),
            {"bucket": entry.name, "region": entry.region, "prefix": entry.prefix},
        )
        for entry in draft.buckets
    ]
    made.append((tr("All of it in AWS account {account}"), account))
    return made


def _revoking() -> Bullets:
    bullets = Bullets("revoking")
    bullets.add(
        tr(
            "Delete the role {role} in IAM > Roles: access ends at once and for good, also for "
            "sessions that are open. The policy {policy} can then be deleted too."
        ).format(role=ROLE_NAME, policy=POLICY_NAME)
    )
    bullets.add(
        tr(
            "Change the trust policy: remove UbiQuity’s statement or change the External ID. No "
            "new session can begin; one that is open ends within the hour."
        )
    )
    bullets.add(
        tr(
            "Disable the connector in UbiQuity: it starts no new connections, and a session that "
            "is open ends within the hour."
        )
    )
    return bullets
