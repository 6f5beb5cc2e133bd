"""The least policy for whoever carries an export out: it is another's calls that need it.

CloudFormation, Terraform and the AWS console call more, and other things, than this program does,
so what they need can't be planned from a draft: it stands here, a row an export. Making, changing
and deleting are in each template's: CloudFormation deletes what it made where a later step fails,
Terraform on ``destroy``.

Sources: the ``handlers`` of ``AWS::IAM::Role`` and ``AWS::IAM::ManagedPolicy`` in CloudFormation's
registry; the provider's ``internal/service/iam``; Service Authorization Reference (which resources
an action can be limited to). Left out on purpose: taking a permissions boundary off or putting one
on a role that is there. Whoever may do that can free themselves of their own.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from app.core.changes.needed_actions import NeededAction
from app.core.documents.policies import Document, bucket_arn, kms_entries
from app.core.draft import Draft
from app.core.guide import policy_arn, role_arn
from app.core.needs.document import policy_of
from app.core.needs.reads import role_under_a_path

STACK_NAME: Final = "ubiquity-s3-access"
"""What the CloudFormation stack is called in our words and links: the policy is limited to it."""

_ROLE_READS: Final = (
    "iam:GetRole",
    "iam:GetRolePolicy",
    "iam:ListAttachedRolePolicies",
    "iam:ListRolePolicies",
)
_ROLE_CHANGES: Final = (
    "iam:CreateRole",
    "iam:DeleteRole",
    "iam:TagRole",
    "iam:UntagRole",
    "iam:UpdateAssumeRolePolicy",
    "iam:UpdateRole",
)
_POLICY_READS: Final = ("iam:GetPolicy", "iam:GetPolicyVersion", "iam:ListPolicyVersions")
_POLICY_CHANGES: Final = (
    "iam:CreatePolicy",
    "iam:CreatePolicyVersion",
    "iam:DeletePolicy",
    "iam:DeletePolicyVersion",
)
_POLICY_TAGS: Final = ("iam:TagPolicy", "iam:UntagPolicy")
"""CloudFormation knows no tags of a policy."""

_ATTACHMENT: Final = ("iam:AttachRolePolicy", "iam:DetachRolePolicy")
_KEY_STATEMENT: Final = ("kms:GetKeyPolicy", "kms:PutKeyPolicy")
_KEY: Final = ("kms:DescribeKey", "kms:GetKeyPolicy", "kms:PutKeyPolicy")
"""No template changes the policy of a key that is there: a person adds the statement."""

_BUCKET_READS: Final = (
    "s3:GetBucketLocation",
    "s3:GetBucketOwnershipControls",
    "s3:GetBucketPolicy",
    "s3:GetEncryptionConfiguration",
    "s3:ListBucket",
)
_CLOUDSHELL: Final = (
    "cloudshell:CreateSession",
    "cloudshell:GetEnvironmentStatus",
    "cloudshell:GetFileDownloadUrls",
    "cloudshell:GetFileUploadUrls",
    "cloudshell:PutCredentials",
    "cloudshell:StartEnvironment",
)
"""To open it with the person's own rights, and to take files there and back."""

_STACK: Final = (
    "cloudformation:CreateChangeSet",
    "cloudformation:CreateStack",
    "cloudformation:DeleteChangeSet",
    "cloudformation:DeleteStack",
    "cloudformation:DescribeChangeSet",
    "cloudformation:DescribeStackEvents",
    "cloudformation:DescribeStackResources",
    "cloudformation:DescribeStacks",
    "cloudformation:ExecuteChangeSet",
    "cloudformation:GetTemplate",
    "cloudformation:UpdateStack",
)
"""The console previews an update, and takes over what is there, by a change set."""

_CONSOLE: Final = (
    "cloudformation:CreateUploadBucket",
    "cloudformation:GetTemplateSummary",
    "cloudformation:ListStacks",
    "cloudformation:ValidateTemplate",
)
"""What the console calls before there is a stack; the first keeps an uploaded template."""

_UPLOAD_BUCKET: Final = "arn:aws:s3:::cf-templates-*"
"""CloudFormation's own bucket for uploaded templates, made with the first in an account."""


def cloudformation_needs(draft: Draft) -> tuple[NeededAction, ...]:
    """Return what a stack of our template needs, uploaded in the console or sent by the CLI."""
    stack = f"arn:aws:cloudformation:*:{draft.account_id}:stack/{STACK_NAME}/*"
    return (
        *_each(_CONSOLE, "*"),
        *_each(_STACK, stack),
        *_each(("s3:CreateBucket",), _UPLOAD_BUCKET),
        *_each(("s3:GetObject", "s3:PutObject"), f"{_UPLOAD_BUCKET}/*"),
        *_role_and_policy(draft, also_of_policy=("iam:ListEntitiesForPolicy",)),
    )


def terraform_needs(draft: Draft) -> tuple[NeededAction, ...]:
    """Return what ``terraform apply`` and ``destroy`` of our configuration need."""
    return tuple(
        _role_and_policy(draft, ("iam:ListInstanceProfilesForRole",), also_of_policy=_POLICY_TAGS)
    )


def script_needs(draft: Draft) -> tuple[NeededAction, ...]:
    """Return what the scripts for bash and PowerShell need: they make, and delete nothing."""
    role, policy = role_arn(draft.account_id), policy_arn(draft.account_id)
    return (
        *_each(("iam:GetRole", "iam:CreateRole", "iam:ListAttachedRolePolicies"), role),
        NeededAction("iam:GetRole", role_under_a_path(draft.account_id)),
        *_each(("iam:ListPolicies",), "*"),
        *_each(("iam:GetPolicy", "iam:GetPolicyVersion", "iam:CreatePolicy"), policy),
        NeededAction("iam:AttachRolePolicy", role, (("iam:PolicyARN", policy),)),
        *(each for arn in _keys(draft) for each in _each(_KEY_STATEMENT, arn)),
    )


def cloudshell_needs(draft: Draft) -> tuple[NeededAction, ...]:
    """Return what the program in AWS CloudShell needs, and CloudShell itself.

    It reads what a snapshot has, so that the block which it prints tells of all of it, and tags
    what it makes. Source of CloudShell's own: Service Authorization Reference, AWS CloudShell.
    """
    account = draft.account_id
    role, policy = role_arn(account), policy_arn(account)
    environments = f"arn:aws:cloudshell:*:{account}:environment/*"
    keys, buckets = _keys(draft), [bucket_arn(name) for name in draft.bucket_names]
    return (
        *_each(("cloudshell:CreateEnvironment", "cloudshell:DescribeEnvironments"), "*"),
        *_each(_CLOUDSHELL, environments),
        *_each((*_ROLE_READS, "iam:CreateRole", "iam:TagRole"), role),
        NeededAction("iam:GetRole", role_under_a_path(account)),
        *_each(("iam:CreatePolicy", "iam:TagPolicy"), policy),
        # Whatever policies the role has, or is bounded by.
        *_each(("iam:GetPolicy", "iam:GetPolicyVersion"), f"arn:aws:iam::{account}:policy/*"),
        *_each(("iam:GetPolicy", "iam:GetPolicyVersion"), "arn:aws:iam::aws:policy/*"),
        NeededAction("iam:AttachRolePolicy", role, (("iam:PolicyARN", policy),)),
        *(each for arn in buckets for each in _each(_BUCKET_READS, arn)),
        *(each for arn in keys for each in _each(_KEY, arn)),
    )


def console_needs(draft: Draft) -> tuple[NeededAction, ...]:
    """Return what a person needs who follows the guide's Steps 1 to 3 in the AWS console.

    The lists of roles and policies are what its pages are found by; AWS limits them to nothing.
    """
    role, policy = role_arn(draft.account_id), policy_arn(draft.account_id)
    changes_of_role = ("iam:CreateRole", "iam:UpdateAssumeRolePolicy")
    changes_of_policy = ("iam:CreatePolicy", "iam:CreatePolicyVersion")
    return (
        *_each(("iam:ListPolicies", "iam:ListRoles"), "*"),
        *_each((*_ROLE_READS, *changes_of_role), role),
        *_each((*_POLICY_READS, *changes_of_policy), policy),
        NeededAction("iam:AttachRolePolicy", role, (("iam:PolicyARN", policy),)),
        *(each for arn in _keys(draft) for each in _each(_KEY, arn)),
    )


NEEDS: Final[Mapping[str, Callable[[Draft], tuple[NeededAction, ...]]]] = {
    "bash": script_needs,
    "cloudformation": cloudformation_needs,
    "cloudshell": cloudshell_needs,
    "powershell": script_needs,
    "terraform": terraform_needs,
    "html": console_needs,
    "json": console_needs,
}
"""What each export needs of whoever carries it out, by the name that ``policies --format`` has."""


def policy_to_deploy(export: str, draft: Draft) -> Document:
    """Return the least policy for whoever carries ``export`` of ``draft`` out in the account."""
    return policy_of(NEEDS[export](draft))


def _role_and_policy(
    draft: Draft, also_of_role: Iterable[str] = (), also_of_policy: Iterable[str] = ()
) -> Iterator[NeededAction]:
    role, policy = role_arn(draft.account_id), policy_arn(draft.account_id)
    yield from _each((*_ROLE_READS, *_ROLE_CHANGES, *also_of_role), role)
    yield from _each((*_POLICY_READS, *_POLICY_CHANGES, *also_of_policy), policy)
    for action in _ATTACHMENT:
        yield NeededAction(action, role, (("iam:PolicyARN", policy),))
    for arn in _keys(draft):
        yield from _each(_KEY, arn)


def _keys(draft: Draft) -> Iterable[str]:
    return dict.fromkeys(entry.kms_key_arn or "" for entry in kms_entries(draft))


def _each(actions: Iterable[str], resource: str) -> Iterator[NeededAction]:
    return (NeededAction(action, resource) for action in actions)
