"""The hand-off: what to send to the person who looks after the AWS account.

Follows the guide's Steps 1 to 3, with the documents as attached files.
"""

from app.core.documents.policies import kms_entries
from app.core.draft import Draft
from app.core.guide import POLICY_NAME, ROLE_NAME, UBIQUITY_ACCOUNT, role_arn
from app.core.i18n import ntr, tr
from app.core.wording.characters import escaped
from app.exports.exported_file import ExportedFile
from app.exports.policy_files import KMS_FILE, PERMISSIONS_FILE, TRUST_FILE, policy_files

LETTER_FILE = "what-to-do.txt"


def handoff_files(draft: Draft) -> tuple[ExportedFile, ...]:
    """Return everything to send: the letter and the policy documents."""
    return (ExportedFile(LETTER_FILE, handoff_letter(draft)), *policy_files(draft))


def handoff_letter(draft: Draft) -> str:
    """Return the text that says what to do in AWS, and what to answer when it is done.

    What can't be seen in a prefix is shown escaped; the attached documents have it as it is.
    """
    parts = [_opening(draft), _role(draft), _policy(draft), _keys(draft), _answer(draft)]
    lines = "\n\n".join(part for part in parts if part).split("\n")
    return "\n".join(map(escaped, lines)) + "\n"


def _opening(draft: Draft) -> str:
    buckets = list(dict.fromkeys(f"{e.name} ({e.region})" for e in draft.buckets))
    text = ntr(
        "Hello,\n\n"
        "Please let UbiQuity, our marketing data platform, read from and write to our Amazon S3 "
        "bucket {buckets} in AWS account {account}. UbiQuity does this by assuming an IAM role "
        "in our account. No access keys are needed, and the role can be deleted at any time.",
        "Hello,\n\n"
        "Please let UbiQuity, our marketing data platform, read from and write to our Amazon S3 "
        "buckets {buckets} in AWS account {account}. UbiQuity does this by assuming an IAM role "
        "in our account. No access keys are needed, and the role can be deleted at any time.",
        len(buckets),
    )
    return text.format(buckets=", ".join(buckets), account=draft.account_id)


def _role(draft: Draft) -> str:
    text = tr(
        "1. Create an IAM role with exactly this name (upper and lower case count; no path):\n"
        "   {role}\n"
        "   Its trust policy is in the attached file {trust_file}. It lets AWS account "
        "{ubiquity} (UbiQuity) assume the role, and only with our External ID {external_id}."
    )
    return text.format(
        role=ROLE_NAME,
        trust_file=TRUST_FILE,
        ubiquity=UBIQUITY_ACCOUNT,
        external_id=draft.database_id,
    )


def _policy(draft: Draft) -> str:
    text = tr(
        "2. Create an IAM policy named {policy} from the attached file {file}, and attach it to "
        "the role. It allows:\n{grants}"
    )
    return text.format(policy=POLICY_NAME, file=PERMISSIONS_FILE, grants=_grants(draft))


def _grants(draft: Draft) -> str:
    whole = tr("   - list, read, write and delete files in the bucket {bucket}")
    folder = tr("   - list, read, write and delete files under {prefix} in the bucket {bucket}")
    opened = {entry.name for entry in draft.buckets if not entry.restrict_to_prefix}
    lines = [
        (whole if entry.name in opened else folder).format(bucket=entry.name, prefix=entry.prefix)
        for entry in draft.buckets
    ]
    return "\n".join(dict.fromkeys(lines))


def _keys(draft: Draft) -> str:
    keys = dict.fromkeys(entry.kms_key_arn or "" for entry in kms_entries(draft))
    if not keys:
        return ""
    text = tr(
        "3. Once the role exists, add the statement in the attached file {file} to the key policy "
        "of:\n{keys}\n   Please add it beside what is there, and change nothing else."
    )
    return text.format(file=KMS_FILE, keys="\n".join(f"   {key}" for key in keys))


def _answer(draft: Draft) -> str:
    text = tr(
        "When it is done, please send me the role’s ARN. It should be:\n   {arn}\n\nThank you."
    )
    return text.format(arn=role_arn(draft.account_id))
