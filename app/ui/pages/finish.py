"""Finish: what was made and where, how it is taken back, and how to get help."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.core.conventions import paragraph
from app.core.documents.policies import kms_entries
from app.core.draft import BucketEntry, Draft
from app.core.guide import POLICY_NAME, ROLE_NAME, SUPPORT_EMAIL, policy_arn, role_arn
from app.core.i18n import tr
from app.core.wording.report_terms import verdict_words
from app.flow.checking import CheckedAccount
from app.flow.connection.tester import Tester
from app.flow.wizard.pages import Page
from app.flow.wizard.state import Flow, Method, SetupState
from app.flow.wizard.ubiquity_answer import UbiquityAnswer
from app.ui.parts.connection_words import told_words, what_worked
from app.ui.parts.page_context import PageContext
from app.ui.parts.wizard_page import WizardPage
from app.ui.review.receipt_view import ReceiptView
from app.ui.widgets.bullets import Bullets
from app.ui.widgets.buttons import plain_button
from app.ui.widgets.callout import Callout, CalloutKind
from app.ui.widgets.copy_button import CopyButton
from app.ui.widgets.disclosure import Disclosure
from app.ui.widgets.flow_row import FlowRow
from app.ui.widgets.frames import card
from app.ui.widgets.headings import body, group_title, muted
from app.ui.widgets.times import time_of_day
from app.ui.widgets.value_text import ValueText


class FinishPage(WizardPage):
    """The end, which says no more than is known."""

    def __init__(self, page: Page, context: PageContext) -> None:
        super().__init__(page, context)
        self._draft: Draft | None = None
        self._key: object = None
        self._outcome = Callout("good", "outcome", context.masking)
        self.add(self._outcome)
        self._made = QVBoxLayout()
        self.column.addLayout(self._made)
        self._made_card: QWidget | None = None
        self._receipt = ReceiptView(context.masking, "finishReceipt")
        self.add(self._receipt)
        self._undo = plain_button(tr("Undo what this program did last"), "finishUndo")
        self._undo.clicked.connect(context.store.undo_last)
        revoke = plain_button(tr("Revoke access"), "finishRevoke")
        revoke.clicked.connect(lambda: context.store.begin(Flow.REVOKE))
        self.add_group(
            tr("Take it back at any time"),
            FlowRow(self._undo, revoke),
            Disclosure(tr("The three ways of the guide"), _revoking, "finishWays"),
        )
        copy = CopyButton(
            "",
            self._support_text,
            "copy-support",
            tr("Copy the details for support"),
        )
        self.add_group(
            tr("If you need help"),
            body(tr("Write to {email}.").format(email=SUPPORT_EMAIL)),
            FlowRow(copy),
            Disclosure(tr("What to send"), _what_to_send, "finishHelp"),
        )

    def show_state(self, state: SetupState) -> None:
        """Redraw the outcome and the list of what was made."""
        outcome = _outcome(state)
        self._outcome.set_kind(outcome.kind)
        self._outcome.show_text(outcome.text, outcome.values)
        run = state.creation.run
        begun_run = run if run and run.progress else None
        read = _read_elsewhere(state)
        if begun_run is None and read is not None:
            self._receipt.show_reading(read, practice=state.practice)
        else:
            self._receipt.show_run(begun_run, state.draft, practice=state.practice)
        self._undo.setVisible(state.past.undoable is not None)
        key = (state.draft, state.creation.method, read)
        if state.draft is not None and key != self._key:
            self._key = key
            self._draft = state.draft
            self._show_made(state.draft, state)

    def _show_made(self, draft: Draft, state: SetupState) -> None:
        if self._made_card is not None:
            self._made.removeWidget(self._made_card)
            self._made_card.setParent(None)  # at once, so that no name is there twice
            self._made_card.deleteLater()
        created = state.creation.method is Method.CREATE
        heading = tr("What was made") if created else tr("What should be there now")
        if _read_elsewhere(state) is not None:
            heading = tr("What is there now")
        where = ValueText(self.context.masking, "made-where")
        where.setProperty("role", "label")
        if state.practice:
            where.show_text(tr("PRACTICE: in the practice AWS"))
        else:
            where.show_text(tr("In AWS account {account}"), {"account": draft.account_id})
        self._made_card = card(
            group_title(heading),
            where,
            self._bullets("made-aws", _in_aws(draft)),
            _label(tr("In UbiQuity there would be") if state.practice else tr("In UbiQuity")),
            self._bullets("made-ubiquity", _in_ubiquity(draft)),
        )
        self._made.addWidget(self._made_card)

    def _bullets(self, name: str, sentences: list[tuple[str, dict[str, str]]]) -> Bullets:
        bullets = Bullets(name)
        for template, values in sentences:
            text = ValueText(self.context.masking)
            text.show_text(template, values)
            bullets.add(text)
        return bullets

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


def _read_elsewhere(state: SetupState) -> CheckedAccount | None:
    """Return what was read by whoever made it elsewhere, where all is as it should be."""
    sent = state.connection.sent
    return sent.checked if sent is not None and sent.is_sound else None


def _label(text: str) -> QLabel:
    label = body(text)
    label.setProperty("role", "label")
    return label


class _Outcome(NamedTuple):
    """What is known at the end: how good it is, and a sentence with its values."""

    kind: CalloutKind
    text: str
    values: Mapping[str, str] = MappingProxyType({})


def _outcome(state: SetupState) -> _Outcome:
    """Return how much is known: never more than what was tested, and by whom."""
    result, in_ubiquity = state.connection.result, state.connection.in_ubiquity
    if result and result.worked:
        who = tr("This program tested it with UbiQuity’s own sign-in.")
        if state.practice:
            who = tr("This was the practice AWS: nothing real was changed.")
        tested = what_worked(result, state.connection.counts)
        return _Outcome(tested.kind, paragraph(tested.text, who), tested.values)
    if in_ubiquity and in_ubiquity.worked:
        return _Outcome("good", paragraph(*_told(in_ubiquity, practice=state.practice)))
    if state.connection.is_seen and state.connection.visit is not None:
        seen = tr(
            "UbiQuity was seen to use the role ({time}), and nothing was found that keeps it from "
            "the files. What its own test said was not told."
        )
        return _Outcome("good", seen.format(time=time_of_day(state.connection.visit.at)))
    checked, back = state.connection.checked, tr("Go back to see why.")
    if checked is not None and checked.keeps_out:
        _, sentence = verdict_words(checked.report)
        return _Outcome("bad", paragraph(sentence, back))
    if in_ubiquity or (result and result.finished and result.tester is Tester.UBIQUITY):
        failed = tr("The last test did not succeed, so the connection does not work yet.")
        return _Outcome("bad", paragraph(failed, back))
    untested = tr(
        "The connection was not tested, so it is not known whether it works. You can go back and "
        "test it."
    )
    return _Outcome("warning", untested)


def _told(answer: UbiquityAnswer, *, practice: bool) -> tuple[str, ...]:
    """Return what UbiQuity said, as it was pasted or picked."""
    words = tr(
        "The connection works: you said that UbiQuity’s own test answered “Connection successful”."
    )
    told = (words,) if answer.files is None else (told_words(answer),)
    if not practice:
        return told
    return (*told, tr("This was the practice AWS: nothing real was changed."))


def _in_aws(draft: Draft) -> list[tuple[str, dict[str, str]]]:
    rows = [
        (tr("The role {arn}"), {"arn": role_arn(draft.account_id)}),
        (tr("The policy {arn}, attached to the role"), {"arn": policy_arn(draft.account_id)}),
    ]
    keys = dict.fromkeys(entry.kms_key_arn or "" for entry in kms_entries(draft))
    rows += [(tr("One statement in the policy of the KMS key {key}"), {"key": key}) for key in keys]
    return rows


def _in_ubiquity(draft: Draft) -> list[tuple[str, dict[str, str]]]:
    return [_connector(entry) for entry in draft.buckets]


def _connector(entry: BucketEntry) -> tuple[str, dict[str, str]]:
    values = {"bucket": entry.name, "prefix": entry.prefix}
    if entry.prefix:
        words = tr("A connector for {prefix} in the bucket {bucket} ({region})")
    else:
        words = tr("A connector for the bucket {bucket} ({region})")
    return words.replace("{region}", entry.region), values


def _what_to_send() -> QWidget:
    return muted(
        tr(
            "Your AWS account ID, bucket name and region, any error message from UbiQuity or AWS "
            "CloudTrail, and screenshots of the role. The copied details leave out the UbiQuity "
            "Account ID."
        )
    )


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
            "new session can begin. One that is open goes on for as long as the role allows, which "
            "is 1 to 12 hours."
        )
    )
    bullets.add(
        tr(
            "Disable the connector in UbiQuity: it starts no new connections. A session that is "
            "open ends by itself: the connector asks for an hour, and a role may allow up to 12."
        )
    )
    return bullets
