"""What can be sent to an AWS administrator, in words; and the letter that it is sent with.

Each form is an export (``app.exports.by_format``) by its name. Whoever chooses one need not know
what it is: the first says everything.
"""

from collections.abc import Mapping, Sequence
from typing import Final
from urllib.parse import quote

from app.core.conventions import paragraph, row
from app.core.documents.file_names import COMMAND_FILE, HANDOFF_FILE, KMS_FILE
from app.core.documents.policies import Document
from app.core.draft import Draft
from app.core.frozen import frozen
from app.core.guide import POLICY_NAME, ROLE_NAME, role_arn
from app.core.i18n import mark, ntr, tr
from app.core.needs.by_export import NEEDS, policy_to_deploy
from app.core.needs.least_policy import Doing, least_policy
from app.core.wording.handoff.page_form import PAGE_FORM
from app.core.wording.sent_back.asked_arn import ASKED_IN_LETTER

TEMPLATE_FORM: Final = "cloudformation"
"""The form that a link can open in AWS."""

SCRIPT_FORMS: Final = frozenset({"bash", "powershell", "cloudshell"})
"""The forms that are programs, which many mail programs do not let through."""


@frozen
class FormWords:
    """A form's title, what it is in one line, and what whoever gets it is asked to do with it.

    In the last, ``{file}`` is the first of its files.
    """

    title: str
    line: str
    asked: str


FORMS: Final[Mapping[str, FormWords]] = {
    PAGE_FORM: FormWords(
        mark("A page to read"),
        mark("Says what to click, and why it is safe. If you don’t know, send this."),
        mark("The attached page {file} says what to do, step by step, and why it is safe."),
    ),
    TEMPLATE_FORM: FormWords(
        mark("CloudFormation"),
        mark("A template that AWS carries out by itself."),
        mark("Please deploy the attached CloudFormation template {file}."),
    ),
    "terraform": FormWords(
        mark("Terraform"),
        mark("For people who describe their AWS account in Terraform."),
        mark("Please apply the attached Terraform configuration {file}."),
    ),
    "bash": FormWords(
        mark("A script for Linux or macOS"),
        mark("For people who work in a terminal, with the AWS CLI."),
        mark("Please run the attached script {file}. It asks before it changes anything."),
    ),
    "powershell": FormWords(
        mark("A script for Windows"),
        mark("For people who work in PowerShell, with the AWS CLI."),
        mark("Please run the attached script {file}. It asks before it changes anything."),
    ),
    "cloudshell": FormWords(
        mark("A program for AWS CloudShell"),
        mark("For people who work in the AWS console alone."),
        mark(
            "Please open AWS CloudShell, upload the attached program {file}, and run “python3 "
            "{file}”. It asks before it changes anything, and prints a block of text at the end: "
            "please send me that as well."
        ),
    ),
    "json": FormWords(
        mark("The policies alone"),
        mark("For people who have their own way of creating roles."),
        mark("Please create the IAM role and its policy from the attached documents."),
    ),
}
"""Every form, in the order in which they are offered."""


def needs_of_form(form: str, draft: Draft) -> Document:
    """Return the least policy for whoever carries ``form`` out for ``draft``."""
    if form in NEEDS:
        return policy_to_deploy(form, draft)
    return least_policy(draft, Doing.CREATE)


def letter(draft: Draft, form: str, files: Sequence[str], *, shows_values: bool = True) -> str:
    """Return the text of the mail that ``files`` are sent with, the first of them first.

    Without its values the letter leaves to the files which account and bucket they are for.
    """
    paragraphs = [
        tr("Hello,"),
        _request(draft) if shows_values else _request_alone(),
        _asked(form, files),
        tr("Attached:") + "".join(f"\n- {name}" for name in files),
        tr(
            "{file} opens in UbiQuity S3 Connection Setup, a program that can do the same or check "
            "it. It shows each change first."
        ).format(file=HANDOFF_FILE),
        _answer(draft) if shows_values else tr("When it is done, please send me the role’s ARN."),
        tr("Thank you."),
    ]
    return "\n\n".join(paragraphs) + "\n"


def mail_link(text: str) -> str:
    """Return the link that begins a mail with ``text`` in the person's mail program (RFC 6068)."""
    subject = tr("Access to Amazon S3 for UbiQuity")
    body = text.replace("\n", "\r\n")
    return f"mailto:?subject={quote(subject, safe='')}&body={quote(body, safe='')}"


_GUIDE: Final = "how-to-"
"""What the name of a file begins with that says how the others are used."""

_NAMED: Final = 3
"""How many buckets the letter names: a mail program takes some 2,000 characters of a link."""


def _request(draft: Draft) -> str:
    buckets = list(dict.fromkeys(f"{each.name} ({each.region})" for each in draft.buckets))
    further = len(buckets) - _NAMED
    names = row(buckets[:_NAMED])
    if further > 0:
        words = ntr("{names} and {count} more", "{names} and {count} more", further)
        names = words.format(names=names, count=further)
    text = ntr(
        "Please let UbiQuity, our marketing data platform, use our Amazon S3 bucket {buckets} in "
        "AWS account {account}. It assumes an IAM role for that: no access keys are needed, and "
        "the role can be deleted at any time.",
        "Please let UbiQuity, our marketing data platform, use our Amazon S3 buckets {buckets} in "
        "AWS account {account}. It assumes an IAM role for that: no access keys are needed, and "
        "the role can be deleted at any time.",
        len(buckets),
    )
    return text.format(buckets=names, account=draft.account_id)


def _request_alone() -> str:
    return tr(
        "Please let UbiQuity, our marketing data platform, use our data in Amazon S3. It assumes "
        "an IAM role for that: no access keys are needed, and the role can be deleted at any time. "
        "The attached files name the AWS account and the bucket."
    )


def _asked(form: str, files: Sequence[str]) -> str:
    sentences = [tr(FORMS[form].asked).format(file=files[0])]
    guides = [name for name in files if name.startswith(_GUIDE)]
    sentences += [tr("{file} says how.").format(file=name) for name in guides]
    if form == "json":
        words = tr(
            "The role has to be named {role}, without a path, and the policy {policy}. Attach the "
            "policy to the role."
        )
        sentences.append(words.format(role=ROLE_NAME, policy=POLICY_NAME))
    if KMS_FILE in files:
        words = tr(
            "Once the role exists, add the statement in {file} to the policy of the KMS key, "
            "beside what is there."
        )
        sentences.append(words.format(file=KMS_FILE))
    if COMMAND_FILE in files:
        words = tr("Instead of uploading it you can paste the line in {file} there.")
        sentences.append(words.format(file=COMMAND_FILE))
    if form == PAGE_FORM:
        sentences.append(tr("The .html file is the same page for a browser, to copy from."))
    return paragraph(*sentences)


def _answer(draft: Draft) -> str:
    return tr(ASKED_IN_LETTER).format(arn=role_arn(draft.account_id))
