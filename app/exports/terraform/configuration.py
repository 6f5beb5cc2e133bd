"""Terraform: a configuration that makes the role and the policy, alone or as a module.

The policies in it are those of ``core/documents/policies.py``, as ``jsonencode`` values; account
and External ID are variables. ``import.tf`` takes over a role or policy that is there, where one
says so: it may stay where none is. Its words are English, as Terraform's are; what to do with it
(``HOW_TO_FILE``) is translated.

Sources: the provider's documentation of ``aws_iam_role`` (``managed_policy_arns`` is deprecated)
and ``aws_iam_policy`` (another ``description`` forces a new one);
Terraform, "Import existing resources" (in the root module alone; ``for_each`` since 1.7).
"""

from typing import Final

from app.core.documents.file_names import KMS_FILE
from app.core.documents.policies import permissions_policy, trust_policy
from app.core.draft import Draft
from app.core.fields.database_id import LONGEST, SHORTEST
from app.core.guide import (
    DATABASE_ID_PLACE,
    POLICY_NAME,
    ROLE_NAME,
    SESSION_SECONDS,
)
from app.exports.pieces.document_places import around_account, in_any_account, with_external_id
from app.exports.pieces.exported_file import ExportedFile
from app.exports.pieces.home_region import home_region
from app.exports.pieces.permissions_files import permissions_to_deploy
from app.exports.pieces.policy_files import policy_files
from app.exports.terraform.hcl_text import AsJson, Expression, HclBlock, Joined, hcl_text
from app.exports.terraform.steps import how_to_apply

CONFIGURATION_FILE: Final = "ubiquity-s3-access.tf"
PROVIDER_FILE: Final = "provider.tf"
IMPORT_FILE: Final = "import.tf"
HOW_TO_FILE: Final = "how-to-terraform.txt"

ROLE_EXISTS: Final = "role_exists"
POLICY_EXISTS: Final = "policy_exists"

_ABOUT: Final = """\
Lets UbiQuity read from and write to Amazon S3 buckets by assuming an IAM role.
It is a module, and a configuration of its own together with provider.tf."""
_ABOUT_PROVIDER: Final = """\
Leave this file out where the other one is used as a module.
IAM is the same in every region; the provider asks for one all the same."""
_ABOUT_IMPORT: Final = f"""\
For a role or a policy that is there already: say so once, and Terraform takes it over.

  terraform plan -var {ROLE_EXISTS}=true -var {POLICY_EXISTS}=true

Without that this file does nothing. Leave it out where the other one is used as a
module: Terraform imports in the root module alone."""

_ROLE: Final = "aws_iam_role.ubiquity"
_POLICY: Final = "aws_iam_policy.ubiquity"
_ACCOUNT: Final = "var.aws_account_id"
_EXTERNAL_ID: Final = "var.ubiquity_account_id"
_BOUNDARY: Final = "var.permissions_boundary"
_CALLER: Final = "data.aws_caller_identity.current"


def terraform_files(draft: Draft) -> tuple[ExportedFile, ...]:
    """Return the configuration, what goes with it, what it leaves to do, and how to go about it."""
    keys = [file for file in policy_files(draft) if file.name == KMS_FILE]
    return (
        ExportedFile(CONFIGURATION_FILE, hcl_text(_configuration(draft))),
        ExportedFile(PROVIDER_FILE, hcl_text(_provider(draft))),
        ExportedFile(IMPORT_FILE, hcl_text(_import())),
        *keys,
        permissions_to_deploy("terraform", draft),
        ExportedFile(HOW_TO_FILE, how_to_apply(draft)),
    )


def _configuration(draft: Draft) -> tuple[HclBlock | str, ...]:
    return (
        _ABOUT,
        _versions(),
        *_variables(draft),
        HclBlock('data "aws_caller_identity" "current"', ()),
        _role(),
        _policy(draft),
        HclBlock(
            'resource "aws_iam_role_policy_attachment" "ubiquity"',
            (
                ("role", Expression(f"{_ROLE}.name")),
                ("policy_arn", Expression(f"{_POLICY}.arn")),
            ),
        ),
        _output("role_arn", "Send this to whoever asked for it.", f"{_ROLE}.arn"),
        _output("policy_arn", "The policy of the role.", f"{_POLICY}.arn"),
    )


def _versions() -> HclBlock:
    provider = {"source": "hashicorp/aws", "version": ">= 5.0, < 7.0"}
    return HclBlock(
        "terraform",
        (
            ("required_version", ">= 1.7, < 2.0"),
            None,
            HclBlock("required_providers", (("aws", provider),)),
        ),
    )


def _variables(draft: Draft) -> tuple[HclBlock, ...]:
    return (
        _variable(
            "aws_account_id",
            "The AWS account that the role is made in.",
            "string",
            draft.account_id,
            f'can(regex("^[0-9]{{12}}$", {_ACCOUNT}))',
            "An AWS account has a number of 12 digits.",
        ),
        _variable(
            "ubiquity_account_id",
            f"The UbiQuity Account ID, in UbiQuity under {DATABASE_ID_PLACE}.",
            "string",
            draft.database_id,
            f"length({_EXTERNAL_ID}) >= {SHORTEST} && length({_EXTERNAL_ID}) <= {LONGEST} && "
            f'can(regex("^[A-Za-z0-9_+=,.@:/-]+$", {_EXTERNAL_ID}))',
            "Copy it from UbiQuity: letters, digits and _+=,.@:/- without spaces.",
        ),
        _variable(
            "permissions_boundary",
            "The ARN of a policy, where your company requires a permissions boundary.",
            "string",
            None,
            f"{_BOUNDARY} == null || "
            f'can(regex("^arn:aws:iam::(aws|[0-9]{{12}}):policy/.+$", {_BOUNDARY}))',
            "A permissions boundary is the ARN of a policy.",
        ),
        _variable(
            "tags",
            "Tags for the role and the policy, where your company requires them.",
            "map(string)",
            {},
            "alltrue([for key, value in var.tags : length(key) <= 128 && length(value) <= 256])",
            "A tag has a key of at most 128 characters and a value of at most 256.",
        ),
    )


def _variable(
    name: str, description: str, kind: str, default: object, condition: str, otherwise: str
) -> HclBlock:
    validation = HclBlock(
        "validation", (("condition", Expression(condition)), ("error_message", otherwise))
    )
    return HclBlock(
        f'variable "{name}"',
        (
            ("description", description),
            ("type", Expression(kind)),
            ("default", default),
            None,
            validation,
        ),
    )


def _role() -> HclBlock:
    """Return the role; it is made in no other account than the one that was meant."""
    in_the_account = HclBlock(
        "precondition",
        (
            ("condition", Expression(f"{_CALLER}.account_id == {_ACCOUNT}")),
            (
                "error_message",
                Expression(
                    f'"Terraform is signed in to AWS account ${{{_CALLER}.account_id}}, '
                    f'and the role belongs in ${{{_ACCOUNT}}}."'
                ),
            ),
        ),
    )
    trust = with_external_id(trust_policy(""), Expression(_EXTERNAL_ID))
    return HclBlock(
        'resource "aws_iam_role" "ubiquity"',
        (
            ("name", ROLE_NAME),
            ("path", "/"),
            ("description", "UbiQuity reads and writes files in Amazon S3 with it."),
            ("max_session_duration", SESSION_SECONDS),
            ("permissions_boundary", Expression(_BOUNDARY)),
            ("tags", Expression("var.tags")),
            None,
            ("assume_role_policy", AsJson(trust)),
            None,
            HclBlock("lifecycle", (in_the_account,)),
        ),
    )


def _policy(draft: Draft) -> HclBlock:
    """Return the policy.

    IAM never changes the description of one: a policy taken over keeps the one that it has.
    """
    account = draft.account_id
    document = in_any_account(
        permissions_policy(draft.buckets),
        account,
        lambda text: Joined(around_account(text, account), _ACCOUNT),
    )
    return HclBlock(
        'resource "aws_iam_policy" "ubiquity"',
        (
            ("name", POLICY_NAME),
            ("path", "/"),
            ("tags", Expression("var.tags")),
            None,
            ("policy", AsJson(document)),
            None,
            HclBlock("lifecycle", (("ignore_changes", [Expression("description")]),)),
        ),
    )


def _output(name: str, description: str, value: str) -> HclBlock:
    return HclBlock(
        f'output "{name}"', (("description", description), ("value", Expression(value)))
    )


def _provider(draft: Draft) -> tuple[HclBlock | str, ...]:
    return (
        _ABOUT_PROVIDER,
        HclBlock('provider "aws"', (("region", home_region(draft)),)),
    )


def _import() -> tuple[HclBlock | str, ...]:
    policy = Joined(("arn:aws:iam::", f":policy/{POLICY_NAME}"), _ACCOUNT)
    return (
        _ABOUT_IMPORT,
        *_taken_over(ROLE_EXISTS, f"The role {ROLE_NAME} is there already.", _ROLE, ROLE_NAME),
        *_taken_over(POLICY_EXISTS, f"The policy {POLICY_NAME} is there already.", _POLICY, policy),
    )


def _taken_over(
    variable: str, description: str, to: str, name: object
) -> tuple[HclBlock, HclBlock]:
    return (
        HclBlock(
            f'variable "{variable}"',
            (("description", description), ("type", Expression("bool")), ("default", False)),
        ),
        HclBlock(
            "import",
            (
                ("for_each", Expression(f'var.{variable} ? toset(["it"]) : toset([])')),
                ("to", Expression(to)),
                ("id", name),
            ),
        ),
    )
