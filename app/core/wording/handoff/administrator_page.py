"""The page for whoever looks after the AWS account: what UbiQuity asks for, and how it is done.

One content, told twice: ``app.exports.html_page`` writes it for a browser and ``app.ui.paper`` for
paper. What it is made of stands in ``page_blocks``; the steps' words are those that the window
shows beside the console.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from app.core.choices import RevokeWay
from app.core.documents.document_text import document_text
from app.core.documents.file_names import HANDOFF_FILE
from app.core.documents.policies import (
    Document,
    kms_entries,
    kms_statement,
    permissions_policy,
    trust_policy,
)
from app.core.draft import Draft
from app.core.guide import (
    GUIDE_ADDRESS,
    KMS_STATEMENT_SID,
    POLICY_NAME,
    ROLE_NAME,
    SUPPORT_EMAIL,
    UBIQUITY_ACCOUNT,
    UBIQUITY_ROOT_ARN,
    role_arn,
)
from app.core.i18n import ntr, tr
from app.core.needs.by_export import policy_to_deploy
from app.core.needs.document import in_parts
from app.core.wording.characters import escaped_json
from app.core.wording.console_labels import POLICY_NAME_FIELD, ROLE_NAME_FIELD
from app.core.wording.console_steps import (
    ConsoleStep,
    StepInput,
    files_are_kept,
    key_reason,
    key_steps,
    key_title,
    permission_reasons,
    permissions_steps,
    revoke_sentence,
    role_steps,
    trust_steps,
)
from app.core.wording.handoff.page_blocks import (
    AdministratorPage,
    Facts,
    Instruction,
    Instructions,
    Link,
    PageSection,
    Paragraph,
    Points,
    Sheet,
    Value,
    Warned,
)
from app.core.wording.open_sessions import AT_ONCE, BY_THEMSELVES
from app.core.wording.revoking import way_words
from app.core.wording.step_titles import PERMISSIONS_TITLE, ROLE_TITLE, TRUST_TITLE

_ABOVE: Final = frozenset({StepInput.TRUST_POLICY})
"""What Step 2 names instead of showing it once more."""


def administrator_page(draft: Draft) -> AdministratorPage:
    """Return the page for ``draft``."""
    title = ntr(
        "Give UbiQuity access to an Amazon S3 bucket",
        "Give UbiQuity access to Amazon S3 buckets",
        len(draft.bucket_names),
    )
    lead = tr(
        "This page is for the person who looks after AWS account {account}. It says what to create "
        "there so that UbiQuity can reach the data, why that is safe, and how to take it back."
    )
    return AdministratorPage(
        title,
        lead.format(account=draft.account_id),
        (
            _asked(draft),
            _safety(draft),
            _role(draft),
            _trust(draft),
            _permissions(draft),
            *_keys(draft),
            _check(draft),
            _answer(draft),
            _revoking(),
            _needs(draft),
        ),
        (
            Link(tr("UbiQuity’s guide to the S3 connection"), GUIDE_ADDRESS),
            Link(
                tr("Write to UbiQuity’s support: {address}").format(address=SUPPORT_EMAIL),
                f"mailto:{SUPPORT_EMAIL}",
            ),
        ),
    )


def _asked(draft: Draft) -> PageSection:
    words = tr(
        "UbiQuity is a marketing data platform. It reads files from Amazon S3, and moves them into "
        "a subfolder once they are imported. For that it asks for one IAM role in your account, "
        "with one policy."
    )
    rows = [
        Value(tr("AWS account"), draft.account_id),
        *_bucket_rows(draft),
        *(Value(tr("KMS key"), key) for key in _keys_of(draft)),
        Value(tr("Role to create"), ROLE_NAME),
        Value(tr("Policy to create"), POLICY_NAME),
        Value(tr("UbiQuity’s AWS account"), UBIQUITY_ACCOUNT),
        Value(tr("External ID (the UbiQuity Account ID)"), draft.database_id),
    ]
    return PageSection(
        "asks",
        tr("What UbiQuity asks for"),
        (Paragraph(words), Facts(tr("The values"), tuple(rows))),
    )


def _bucket_rows(draft: Draft) -> Iterator[Value]:
    """Yield each bucket with its region, and the folders that it is limited to."""
    for name, region in dict.fromkeys((entry.name, entry.region) for entry in draft.buckets):
        yield Value(tr("Bucket in {region}").format(region=region), name)
        for prefix in folders_of(draft, name):
            yield Value(tr("Only this folder of it"), prefix)


def folders_of(draft: Draft, bucket: str) -> tuple[str, ...]:
    """Return the folders of ``bucket`` that the policy is limited to; none for the whole of it."""
    entries = [entry for entry in draft.buckets if entry.name == bucket]
    if not all(entry.restrict_to_prefix for entry in entries):
        return ()
    return tuple(dict.fromkeys(entry.prefix for entry in entries))


def _keys_of(draft: Draft) -> tuple[str, ...]:
    return tuple(dict.fromkeys(entry.kms_key_arn or "" for entry in kms_entries(draft)))


def _safety(draft: Draft) -> PageSection:
    return PageSection(
        "safe",
        tr("Why it is safe"),
        (
            Points(
                (
                    tr(
                        "No access keys are made or handed over. UbiQuity assumes the role through "
                        "AWS STS, and the credentials that AWS gives it expire after one hour."
                    ),
                    tr(
                        "Only UbiQuity’s AWS account {ubiquity} can assume the role, and only with "
                        "the External ID {external_id}. No other customer of UbiQuity can use it."
                    ).format(ubiquity=UBIQUITY_ACCOUNT, external_id=draft.database_id),
                    *_grants(draft),
                    tr(
                        "What it may do stands in the policy of Step 3, in your account. Nobody "
                        "but you can change it."
                    ),
                    files_are_kept(),
                    tr("You can end the access at any time, as told below."),
                )
            ),
        ),
    )


def _grants(draft: Draft) -> Iterator[str]:
    whole = tr("It may list, read, write and delete files in the bucket {bucket}, and no more.")
    folder = tr(
        "It may list, read, write and delete files under {prefix} in the bucket {bucket}, and no "
        "more."
    )
    for name in draft.bucket_names:
        folders = folders_of(draft, name)
        if not folders:
            yield whole.format(bucket=name)
        yield from (folder.format(bucket=name, prefix=prefix) for prefix in folders)


def _role(draft: Draft) -> PageSection:
    return PageSection(
        "step-1",
        tr(ROLE_TITLE),
        (
            Warned(
                tr("Is the role there already?"),
                tr(
                    "Then another UbiQuity database or bucket uses it. Don’t create or replace "
                    "anything: in Step 2 add the External ID to the one that is there, "
                    "as in {list}, and in Step 3 add what is missing to the policy."
                ).replace("{list}", f'"sts:ExternalId": ["…", "{draft.database_id}"]'),
            ),
            _steps((_sign_in(draft), *role_steps()), draft),
            Paragraph(
                tr(
                    "The name has to be exactly this, in lower case and without a path: UbiQuity "
                    "can assume roles of no other name."
                )
            ),
        ),
    )


def _sign_in(draft: Draft) -> ConsoleStep:
    """Return the first step: whoever looks after several accounts makes it in the right one."""
    words = tr("Sign in to AWS account {account}. The menu at the top right shows its ID.")
    return ConsoleStep(words.format(account=draft.account_id))


def _trust(draft: Draft) -> PageSection:
    words = tr(
        "If you pasted the trust policy in Step 1, it is set: compare it and go on to Step 3."
    )
    return PageSection(
        "step-2", tr(TRUST_TITLE), (Paragraph(words), _steps(trust_steps(), draft, _ABOVE))
    )


def _permissions(draft: Draft) -> PageSection:
    return PageSection(
        "step-3",
        tr(PERMISSIONS_TITLE),
        (
            _steps(permissions_steps(), draft),
            Paragraph(tr("What each permission is for:"), leads=True),
            Points(permission_reasons()),
        ),
    )


def _keys(draft: Draft) -> Iterator[PageSection]:
    steps = key_steps(draft)
    if steps:
        yield PageSection("key", key_title(), (Paragraph(key_reason()), _steps(steps, draft)))


def _steps(
    steps: Iterable[ConsoleStep], draft: Draft, above: frozenset[StepInput] = frozenset()
) -> Instructions:
    return Instructions(tuple(_step(step, draft, above) for step in steps))


def _step(step: ConsoleStep, draft: Draft, above: frozenset[StepInput]) -> Instruction:
    below: list[Value | Link | Sheet] = []
    if step.key_arn:
        below.append(Value(tr("KMS key"), step.key_arn))
    if step.place is not None:
        below.append(Link(step.place.button, step.place.link))
    if step.shows is None:
        return Instruction(step.text, tuple(below))
    if step.shows in above:
        return Instruction(
            tr("Replace everything there with the trust policy of Step 1."), tuple(below)
        )
    return Instruction(step.text, (*below, _pasted(step.shows, draft)))


def _pasted(shown: StepInput, draft: Draft) -> Value | Sheet:
    match shown:
        case StepInput.ROLE_NAME:
            return Value(ROLE_NAME_FIELD, ROLE_NAME)
        case StepInput.POLICY_NAME:
            return Value(POLICY_NAME_FIELD, POLICY_NAME)
        case StepInput.TRUST_POLICY:
            return _sheet(tr("Trust policy"), trust_policy(draft.database_id))
        case StepInput.PERMISSIONS_POLICY:
            return _sheet(tr("Permissions policy"), permissions_policy(draft.buckets))
        case StepInput.KEY_STATEMENT:
            return _sheet(tr("Statement for the key policy"), kms_statement(draft.account_id))


def _sheet(title: str, document: Document) -> Sheet:
    return Sheet(title, escaped_json(document_text(document)))


def _check(draft: Draft) -> PageSection:
    points = [
        tr("In IAM > Roles > {role}, the ARN is {arn}.").format(
            role=ROLE_NAME, arn=role_arn(draft.account_id)
        ),
        tr(
            "“Trust relationships” shows the principal {principal}, and {external_id} as "
            "sts:ExternalId: letter for letter, without a space."
        ).format(principal=UBIQUITY_ROOT_ARN, external_id=draft.database_id),
        tr("“Permissions” lists {policy}, and its JSON is that of Step 3.").format(
            policy=POLICY_NAME
        ),
        tr("Under “Permissions boundary” there is none, or one that allows the same."),
        tr(
            "No bucket policy and no policy of your AWS organisation has a Deny that applies to "
            "the role."
        ),
    ]
    if _keys_of(draft):
        words = tr("The policy of each KMS key has the statement {sid}.")
        points.append(words.format(sid=KMS_STATEMENT_SID))
    return PageSection(
        "check",
        tr("Check that it is right"),
        (
            Points(tuple(points)),
            Paragraph(
                tr(
                    "You can’t assume the role yourself: AWS refuses everyone but UbiQuity, as it "
                    "should. The proof is “Test Connection” in UbiQuity, which is done by the "
                    "person who sent you this page. A new role can take a minute to work."
                )
            ),
            Paragraph(
                tr(
                    "If the file {file} came with this page, UbiQuity S3 Connection Setup can "
                    "check all of it, or do it: open the file there."
                ).format(file=HANDOFF_FILE)
            ),
        ),
    )


def _answer(draft: Draft) -> PageSection:
    return PageSection(
        "answer",
        tr("What to send back"),
        (
            Paragraph(
                tr("Send the role’s ARN to the person who sent you this. It should be:"), leads=True
            ),
            Value(tr("The role’s ARN"), role_arn(draft.account_id)),
        ),
    )


def _revoking() -> PageSection:
    disable = way_words(None)
    sessions = {RevokeWay.DELETE_ROLE: AT_ONCE, RevokeWay.CHANGE_TRUST: BY_THEMSELVES}
    in_aws = (
        f"{way_words(way).title}. {revoke_sentence(way)} {tr(words)}"
        for way, words in sessions.items()
    )
    return PageSection(
        "revoke",
        tr("End the access later"),
        (
            Paragraph(
                tr("Any one of these is enough. Buckets and files stay as they are."), leads=True
            ),
            Points((*in_aws, f"{disable.title}. {disable.does} {disable.sessions}")),
        ),
    )


def _needs(draft: Draft) -> PageSection:
    policies = in_parts(policy_to_deploy("html", draft))
    words = tr(
        "An administrator of AWS account {account} has them. Anyone else needs these, which the "
        "AWS console asks for at the steps above:"
    )
    return PageSection(
        "needs",
        tr("Permissions that you need"),
        (
            Paragraph(words.format(account=draft.account_id)),
            *(_sheet(tr("Policy for the person who does this"), each) for each in policies),
        ),
    )
