"""A message for the AWS administrator about one finding, ready to send."""

from collections.abc import Mapping
from typing import Final

from app.core.documents.document_text import document_text
from app.core.documents.policies import Document, kms_statement, permissions_policy, trust_policy
from app.core.draft import Draft
from app.core.guide import KMS_ACTIONS, role_arn
from app.core.i18n import tr
from app.core.message import texts_of_param
from app.core.needs.least_policy import Doing, least_policy
from app.core.report import Finding
from app.core.wording.characters import escaped, escaped_json
from app.core.wording.findings import words
from app.core.wording.needs_words import needs_text

_WITHOUT_DOCUMENT: Final = frozenset(
    {
        "trust.explicit-deny",
        "trust.deny-may-apply",
        "policy.not-attached",
        "policy.explicit-deny",
        "policy.deny-may-apply",
        "kms.explicit-deny",
        "kms.deny-may-apply",
        "kms.key-differs",
        "kms.key-disabled",
        "kms.direct-grant",
    }
)
"""What is mended without any document of ours: a Deny taken away, a policy attached, a key."""

_MORE_THAN_NEEDED: Final = frozenset(
    {
        "trust.external-id-not-required",
        "trust.too-open",
        "policy.too-broad",
        "bucket.direct-grant",
        "kms.direct-grant",
    }
)
"""What is open beyond the need, while the connection works."""

_FOR_WANT_OF_PERMISSION: Final = {
    "check.unreadable": Doing.CHECK,
    "signin.not-allowed": Doing.CREATE,
}
"""What is mended by allowing the sign-in more, and what it wanted to do."""


def admin_message(draft: Draft, finding: Finding) -> str:
    """Return the whole text: what is wrong, what to do, and the document that is needed.

    What can't be seen in names that others gave is shown escaped, and begins no line.
    """
    text = words(finding)
    steps = [f"{number}. {escaped(step.text)}" for number, step in enumerate(text.fix, start=1)]
    parts = [
        tr("Hello,"),
        _opening(finding.code).format(account=draft.account_id),
        f"{escaped(text.title.text)}\n{escaped(text.detail.text)}",
        _quoted(finding),
        "\n".join((tr("What to do:"), *steps)),
        tr("The role: {arn}").format(arn=role_arn(draft.account_id)),
        _document(draft, finding) or _to_put_in(finding),
        tr("For UbiQuity’s support, the code of this finding is: {code}").format(code=finding.code),
        tr("Thank you."),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _opening(code: str) -> str:
    if code in _MORE_THAN_NEEDED:
        return tr(
            "UbiQuity, our marketing data platform, may do more in our AWS account than it needs. "
            "Could you please look at this in AWS account {account}?"
        )
    return tr(
        "UbiQuity, our marketing data platform, can’t use our Amazon S3 bucket as it should. "
        "Could you please look at this in AWS account {account}?"
    )


def _quoted(finding: Finding) -> str:
    """Return the statement that the steps speak of; nothing where the finding has none."""
    statement = finding.params.get("statement")
    if not isinstance(statement, Mapping) or not statement:
        return ""
    title = tr("The statement, as it is in AWS now:")
    return f"{title}\n{escaped_json(document_text(statement))}"


def _to_put_in(finding: Finding) -> str:
    """Return the part of a statement that the steps say to put in; nothing where they do not."""
    part = finding.params.get("paste")
    if not isinstance(part, Mapping) or not part:
        return ""
    heading = tr("To put in:")
    return f"{heading}\n{escaped_json(document_text(part))}"


def _document(draft: Draft, finding: Finding) -> str:
    """Return the document that the steps speak of, under its name; nothing where they need none."""
    code = finding.code
    room = code.partition(".")[0]
    if code in _WITHOUT_DOCUMENT:
        return ""
    if code in _FOR_WANT_OF_PERMISSION:
        doing = _FOR_WANT_OF_PERMISSION[code]
        keys = texts_of_param(finding.params, "keys")
        return needs_text(draft, doing, least_policy(draft, doing, keys=keys))
    if room == "policy" or code == "role.boundary":
        title, document = tr("The permissions policy:"), permissions_policy(draft.buckets)
    elif room in {"role", "trust"}:
        title, document = tr("The trust policy:"), trust_policy(draft.database_id)
    elif room == "kms" or code == "files.other-key":
        title, document = tr("The statement for the key policy:"), _key_statement(draft, code)
    else:
        return ""
    return f"{title}\n{escaped_json(document_text(document))}"


def _key_statement(draft: Draft, code: str) -> Document:
    statement = kms_statement(draft.account_id)
    # The guide's statement does not let the role write; where that is the finding, it has to.
    added = ["kms:GenerateDataKey"] if code == "kms.write-denied" else []
    return {**statement, "Action": [*KMS_ACTIONS, *added]}
