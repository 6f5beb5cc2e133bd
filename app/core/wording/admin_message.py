"""A message for the AWS administrator about one finding, ready to send."""

from app.core.draft import Draft
from app.core.guide import role_arn
from app.core.i18n import tr
from app.core.policies import document_text, kms_statement, permissions_policy, trust_policy
from app.core.report import Finding
from app.core.wording.findings import words


def admin_message(draft: Draft, finding: Finding) -> str:
    """Return the whole text: what is wrong, what to do, and the document that is needed."""
    said = words(finding)
    steps = "\n".join(f"{number}. {step.text}" for number, step in enumerate(said.fix, start=1))
    parts = [
        tr("Hello,"),
        tr(
            "UbiQuity, our marketing data platform, can’t use our Amazon S3 bucket as it should. "
            "Could you please look at this in AWS account {account}?"
        ).format(account=draft.account_id),
        f"{said.title.text}\n{said.detail.text}",
        tr("What to do:") + f"\n{steps}",
        tr("The role: {arn}").format(arn=role_arn(draft.account_id)),
        _document(draft, finding.code),
        tr("For UbiQuity’s support, the code of this finding is: {code}").format(code=finding.code),
        tr("Thank you."),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _document(draft: Draft, code: str) -> str:
    """Return the document that the steps speak of, under its name."""
    room = code.partition(".")[0]
    if room in {"role", "trust"}:
        title, document = tr("The trust policy:"), trust_policy(draft.database_id)
    elif room == "policy":
        title, document = tr("The permissions policy:"), permissions_policy(draft.buckets)
    elif room == "kms":
        title, document = tr("The statement for the key policy:"), kms_statement(draft.account_id)
    else:
        return ""
    return f"{title}\n{document_text(document)}"
