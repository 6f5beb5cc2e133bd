"""The least policy for whoever works on a set-up, with what there is to say of it."""

from collections.abc import Iterable, Iterator
from typing import Final

from app.core.conventions import row, whole
from app.core.documents.document_text import document_text
from app.core.documents.policies import Document, kms_entries
from app.core.documents.policy_size import MANAGED_POLICY
from app.core.draft import Draft
from app.core.i18n import mark, ntr, tr
from app.core.needs.document import in_parts, without_narrower
from app.core.needs.least_policy import Doing
from app.core.wording.characters import escaped_json

_TITLES: Final = {
    Doing.CREATE: mark(
        "The least that the person who sets this up needs in AWS account {account}:"
    ),
    Doing.REVOKE: mark(
        "The least that the person who ends the access needs in AWS account {account}:"
    ),
    Doing.CHECK: mark("The least that the person who checks this needs in AWS account {account}:"),
}


def needs_text(draft: Draft, doing: Doing, policy: Document) -> str:
    """Return ``policy``, the least for ``doing``, as text to send; in parts where it is long."""
    return "\n\n".join(_paragraphs(draft, doing, policy))


def _paragraphs(draft: Draft, doing: Doing, policy: Document) -> Iterator[str]:
    yield tr(_TITLES[doing]).format(account=draft.account_id)
    too_long = too_long_sentence(policy)
    if too_long:
        yield too_long
    yield from (escaped_json(document_text(part)) for part in in_parts(policy))
    everywhere = without_narrower(policy)
    if everywhere:
        sentence = tr("“*” is used only where AWS allows nothing narrower: {actions}.")
        yield sentence.format(actions=row(everywhere))
    if kms_entries(draft):
        yield tr(
            "For a KMS key this is enough only if the key policy leaves access to "
            "IAM. If it does not, the key policy has to allow the same."
        )
    if doing is not Doing.REVOKE and not kms_entries(draft):
        yield tr(
            "Files that are encrypted with a KMS key need more. A check names their "
            "keys, and its message for your AWS administrator includes the policy "
            "for them."
        )
    if doing is Doing.CREATE:
        yield tr("It does not cover Undo: deleting what was made needs more permissions.")


def refused_sentence(permissions: Iterable[str]) -> str:
    """Say what the sign-in lacks to read everything."""
    sentence = tr(
        "AWS did not tell this sign-in everything: it lacks permission for {actions}. What could "
        "not be read is left as it is."
    )
    return sentence.replace("{actions}", row(permissions))


def too_long_sentence(policy: Document) -> str:
    """Say that AWS does not store ``policy`` as one; nothing where it does."""
    parts = in_parts(policy)
    if len(parts) == 1:
        return ""
    sentence = ntr(
        "It has {size} characters, and AWS allows {limit} in one policy, so it "
        "needs {count} policy.",
        "It has {size} characters, and AWS allows {limit} in one policy, so it "
        "needs {count} policies.",
        len(parts),
    )
    return sentence.format(
        size=whole(MANAGED_POLICY.size(policy)),
        limit=whole(MANAGED_POLICY.figure),
        count=len(parts),
    )
