"""The receipt of what was made elsewhere, as far as it was read there: for people to keep.

It holds no document and no External ID, as the receipt of a run holds none.
"""

from collections.abc import Iterator
from datetime import UTC

from app.core.conventions import labelled
from app.core.documents.policies import kms_entries
from app.core.draft import Draft
from app.core.guide import policy_arn, role_arn
from app.core.i18n import tr
from app.core.report import Report
from app.core.snapshot import Snapshot
from app.core.wording.characters import escaped
from app.core.wording.receipt import PRACTICE_WORDS
from app.core.wording.report_terms import verdict_words


def reading_receipt(
    draft: Draft, snapshot: Snapshot, report: Report, *, practice: bool = False
) -> str:
    """Return the text: what is there, in which account, and who read it when.

    ``practice`` where nothing of it is real.
    """
    lines = [*_lines(draft, snapshot, report), *([tr(PRACTICE_WORDS)] if practice else _back())]
    return "\n".join(map(escaped, lines)) + "\n"


def _lines(draft: Draft, snapshot: Snapshot, report: Report) -> Iterator[str]:
    yield tr("Receipt: the UbiQuity S3 connection, as AWS had it")
    yield ""
    yield tr("AWS account: {account}").format(account=draft.account_id)
    if snapshot.caller is not None:
        yield tr("Read with the sign-in: {caller}").format(caller=snapshot.caller.arn)
    moment = snapshot.captured_at.astimezone(UTC)
    yield tr("Read: {time}").format(time=f"{moment:%Y-%m-%d %H:%M:%S} UTC")
    yield labelled(*verdict_words(report))
    yield ""
    yield tr("What is there")
    for number, (what, target) in enumerate(_made(draft), start=1):
        yield f"{number}. {what}"
        yield f"   {target}"
    yield ""


def _back() -> Iterator[str]:
    yield tr("How to take it back")
    yield "- " + tr("In the window: “Revoke access”. It shows each change first.")
    yield "- " + tr("On the command line: {command}").format(command="ubiquity-s3-setup revoke")


def _made(draft: Draft) -> Iterator[tuple[str, str]]:
    yield tr("The role"), role_arn(draft.account_id)
    yield tr("The policy, attached to the role"), policy_arn(draft.account_id)
    for key in dict.fromkeys(entry.kms_key_arn or "" for entry in kms_entries(draft)):
        yield tr("One statement in the policy of the KMS key"), key
