"""What a customer sent, seen as they saw it, and never mixed with what the window is about.

It is a dialog over the window and not a further wizard: every page of that is made to act, and
here nothing can be done but to look.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from PySide6.QtWidgets import QWidget

from app.core.bundle import Bundle
from app.core.draft import Draft
from app.core.formats.bundle_json import NAMES, README_FILE, journal_in
from app.core.i18n import tr
from app.core.journal import Journal
from app.core.wording.change_words import change_sentence
from app.core.wording.plan_words import obstacle_sentence
from app.core.wording.receipt import receipt_of, receipt_text
from app.core.wording.support.replay_words import left_out_sentence, replay_notes, told_otherwise
from app.core.wording.value_sentence import ValueSentence, filled
from app.flow.checking import CheckedAccount
from app.flow.replaying import Replay
from app.ui.menus.bundle_text import BundleText
from app.ui.report.chain_view import ChainView
from app.ui.review.change_details import ChangeDetails, values_of
from app.ui.widgets.buttons import PrimaryButton
from app.ui.widgets.callout import Callout
from app.ui.widgets.disclosure import Disclosure
from app.ui.widgets.frames import card
from app.ui.widgets.headings import body, group_title
from app.ui.widgets.masking import Masking
from app.ui.widgets.scroll_dialog import ScrollDialog
from app.ui.widgets.times import day_and_time
from app.ui.widgets.value_text import ValueText

_LINE: Final = 90
"""Characters on a line, about: as on the page "Check"."""


def replay_dialog(parent: QWidget, replay: Replay, masking: Masking) -> ScrollDialog:
    """Return the dialog. Nothing in it reads or changes AWS, or touches what was typed."""
    dialog, bundle = _dialog(parent, replay.bundle), replay.bundle
    dialog.add(_note(masking, _notes(replay)))
    if bundle is not None and bundle.told_the_same(replay.report) is False:
        dialog.add(_warning(masking, told_otherwise(bundle)))
    _add_details(dialog, masking, replay)
    chain = ChainView(masking, "replay")
    chain.show_checked(CheckedAccount(replay.draft, replay.snapshot, replay.report))
    dialog.add(chain)
    _add_plan(dialog, masking, replay)
    if bundle is not None:
        _add_files(dialog, masking, bundle, replay.draft)
    return dialog


def files_dialog(parent: QWidget, bundle: Bundle, masking: Masking) -> ScrollDialog:
    """Return the dialog about a bundle that can't be replayed: why, and the files in it."""
    dialog = _dialog(parent, bundle)
    dialog.add(_note(masking, replay_notes(bundle)))
    words = tr("No report can be shown: {reason}").replace("{reason}", left_out_sentence(bundle))
    dialog.add(_warning(masking, ValueSentence(words)))
    _add_files(dialog, masking, bundle, bundle.draft)
    return dialog


def replay_title(bundle: Bundle | None) -> str:
    """Return what the dialog is called, which marks it as a replay."""
    if bundle is None:
        return tr("Replay of a snapshot")
    return tr("Replay of a support bundle")


def _dialog(parent: QWidget, bundle: Bundle | None) -> ScrollDialog:
    back = PrimaryButton(tr("Back to my set-up"), "replayBack")
    return ScrollDialog(parent, replay_title(bundle), "replayDialog", back, line=_LINE)


def _notes(replay: Replay) -> Sequence[ValueSentence]:
    if replay.bundle is not None:
        return replay_notes(replay.bundle)
    words = tr(
        "{file}: this is what AWS had on {time}. Nothing is read from AWS, and nothing can be "
        "changed here."
    )
    return [filled(words.replace("{time}", _time(replay)), file=replay.source)]


def _note(masking: Masking, notes: Sequence[ValueSentence]) -> Callout:
    note = Callout("note", "replayNote", masking)
    values = {name: value for each in notes for name, value in each.values.items()}
    note.show_text("\n".join(each.template for each in notes), values)
    return note


def _warning(masking: Masking, sentence: ValueSentence) -> Callout:
    warning = Callout("warning", "replayWarning", masking)
    warning.show_text(sentence.template, sentence.values)
    return warning


def _add_details(dialog: ScrollDialog, masking: Masking, replay: Replay) -> None:
    dialog.add(group_title(tr("The details"), "replay-details"))
    lines = [_line(masking, sentence) for sentence in _details(replay)]
    dialog.add(card(*lines))


def _details(replay: Replay) -> Iterator[ValueSentence]:
    draft, caller = replay.draft, replay.snapshot.caller
    yield filled(tr("AWS account ID: {account}"), account=draft.account_id)
    yield filled(tr("UbiQuity Account ID: {id}"), id=draft.database_id)
    for entry in draft.buckets:
        if entry.prefix:
            template = tr("Bucket: {bucket} ({region}), prefix {prefix}")
            yield filled(template, bucket=entry.name, region=entry.region, prefix=entry.prefix)
        else:
            yield filled(tr("Bucket: {bucket} ({region})"), bucket=entry.name, region=entry.region)
        if entry.kms_key_arn:
            yield filled(tr("KMS key: {key}"), key=entry.kms_key_arn)
    if caller is not None:
        words = tr("Read on {time} with the sign-in {caller}")
        yield filled(words.replace("{time}", _time(replay)), caller=caller.arn)


def _add_plan(dialog: ScrollDialog, masking: Masking, replay: Replay) -> None:
    dialog.add(group_title(tr("What this program would change"), "replay-plan"))
    plan, values = replay.plan, values_of(replay.draft)
    if not plan.changes:
        dialog.add(body(tr("Nothing.")))
    for number, change in enumerate(plan.changes):
        details = ChangeDetails(masking, change, values, f"replay-change-{number}")
        dialog.add(card(_line(masking, change_sentence(change)), details))
    for obstacle in plan.cannot_mend:
        dialog.add(_line(masking, obstacle_sentence(obstacle)))


def _add_files(dialog: ScrollDialog, masking: Masking, bundle: Bundle, draft: Draft | None) -> None:
    """Add what the customer sent: each file as it is, the overview open, and the last receipt."""
    values = values_of(draft)
    dialog.add(group_title(tr("What the customer sent"), "replay-files"))
    receipt = _receipt(bundle)
    texts = {"receipt.txt": receipt, **bundle.texts} if receipt else bundle.texts
    for name in (*NAMES, "receipt.txt"):
        if name in texts:
            part = _folded(masking, name, texts[name], values)
            dialog.add(part)
            if name == README_FILE:
                part.toggle()


def _folded(masking: Masking, name: str, text: str, values: Sequence[str]) -> Disclosure:
    stem = f"replay-{name.partition('.')[0]}"

    def made() -> QWidget:
        view = BundleText(masking, f"{stem}-view")
        view.show_file(name, text, values)
        return view

    return Disclosure(name, made, f"{stem}-more")


def _receipt(bundle: Bundle) -> str:
    """Return the receipt of the customer's last run; empty where there is none."""
    journal = journal_in(bundle)
    if not isinstance(journal, Journal):
        return ""
    try:
        return receipt_text(receipt_of(journal), practice=bundle.practice)
    except Exception:  # noqa: BLE001 - its sides are whatever somebody wrote; the file is shown
        return ""


def _line(masking: Masking, sentence: ValueSentence) -> ValueText:
    line = ValueText(masking)
    line.show_text(sentence.template, sentence.values)
    return line


def _time(replay: Replay) -> str:
    """Return when the snapshot was taken, by this computer's clock."""
    return day_and_time(replay.snapshot.captured_at)
