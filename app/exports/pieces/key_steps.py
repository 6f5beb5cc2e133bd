"""What a template leaves to do: the statement in the policies of the buckets' KMS keys."""

from collections.abc import Sequence

from app.core.documents.file_names import KMS_FILE
from app.core.documents.policies import kms_entries
from app.core.draft import Draft
from app.core.i18n import ntr, tr
from app.exports.pieces.steps_text import Steps


def key_steps(draft: Draft, why: str) -> Sequence[Steps]:
    """Return the part about the keys, ``why`` in front of it; none where the draft has no key."""
    arns = tuple(dict.fromkeys(entry.kms_key_arn or "" for entry in kms_entries(draft)))
    if not arns:
        return ()
    sentence = ntr(
        "Once the role exists, add the statement in {file} to the key policy of this key, beside "
        "what is there, and change nothing else. AWS refuses it before the role exists.",
        "Once the role exists, add the statement in {file} to the key policies of these keys, "
        "beside what is there, and change nothing else. AWS refuses it before the role exists.",
        len(arns),
    )
    heading = ntr("The KMS key", "The KMS keys", len(arns))
    keys = "\n".join(f"    {arn}" for arn in arns)
    again = tr(
        "Should the role ever be deleted and made again, save the key policy again too: AWS takes "
        "the new role for another one."
    )
    return (Steps(heading, (why, f"{sentence.format(file=KMS_FILE)}\n{keys}", again)),)
