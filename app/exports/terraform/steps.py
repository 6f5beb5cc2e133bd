"""What to do with the Terraform configuration.

Sources: Terraform, "Command: plan" and "Import existing resources"; the AWS provider's "Provider
configuration".
"""

from app.core.draft import Draft
from app.core.guide import ROLE_NAME, role_arn
from app.core.i18n import tr
from app.exports.pieces.key_steps import key_steps
from app.exports.pieces.steps_text import Steps, steps_text


def how_to_apply(draft: Draft) -> str:
    """Return the text about the configuration's files."""
    title = tr("Terraform: letting UbiQuity into your Amazon S3 buckets")
    why_by_hand = tr(
        "Terraform can set a key’s policy as a whole only, and would remove what is not ours. If "
        "the key is Terraform’s already, add the statement where its policy is."
    )
    return steps_text(
        title,
        (
            _alone(draft),
            *key_steps(draft, why_by_hand),
            _there_already(),
            _as_a_module(draft),
            _afterwards(),
        ),
    )


def _alone(draft: Draft) -> Steps:
    values = {"account": draft.account_id, "arn": role_arn(draft.account_id)}
    steps = (
        tr(
            "Put the files that end in .tf into a folder of their own. You need Terraform 1.7 or "
            "newer (OpenTofu 1.7 or newer works too) and the provider hashicorp/aws 5 or 6."
        ),
        tr(
            "Sign in to AWS account {account}, for example with\n    aws sso login\n"
            "In another account Terraform stops and names it."
        ),
        tr("Run\n    terraform init\n    terraform plan -out plan.tfplan"),
        tr(
            "Read the plan: it adds a role, a policy and their attachment, and nothing else. Then "
            "run\n    terraform apply plan.tfplan"
        ),
        tr("Send role_arn to whoever asked for it. It should be:\n    {arn}"),
    )
    return Steps(
        tr("On its own"),
        steps=[step.format_map(values) for step in steps],
        after=(
            tr(
                "Keep the state that Terraform writes, as you do for all else: without it "
                "Terraform does not know the role any more."
            ),
        ),
    )


def _there_already() -> Steps:
    return Steps(
        tr("If the role or the policy is there already"),
        (
            tr("Terraform then says EntityAlreadyExists. Let it take over what is there:"),
            "    terraform plan -out plan.tfplan -var role_exists=true -var policy_exists=true",
            tr(
                "Name only what exists. import.tf does the rest, and does nothing without them. "
                "Read the plan before you apply it: it replaces the role’s trust policy and the "
                "policy’s document by ours. If another UbiQuity database uses the role, or other "
                "buckets the policy, it would shut them out: add to what is there by hand then, "
                "or with “Create it for me” in the program that made these files."
            ),
            tr(
                "If the plan says “forces replacement”, role or policy are under a path: delete "
                "them first. UbiQuity is shut out until Terraform is done."
            ),
        ),
    )


def _as_a_module(draft: Draft) -> Steps:
    example = (
        '    module "ubiquity_s3" {\n'
        '      source         = "./ubiquity-s3"\n'
        f'      aws_account_id = "{draft.account_id}"\n'
        "    }"
    )
    texts = (
        tr(
            "Put ubiquity-s3-access.tf alone into a folder, without provider.tf and import.tf, and "
            "call it:\n{example}"
        ).replace("{example}", example),
        tr(
            "For several accounts, call it once for each, with that account’s number and provider. "
            "Where a bucket’s name has the account’s number in it, the number of each account "
            "takes its place. To take over a role or policy that is there, put the import blocks "
            "into your root module, with “to = module.ubiquity_s3.…”."
        ),
    )
    return Steps(tr("In your own configuration, as a module"), texts)


def _afterwards() -> Steps:
    texts = (
        tr(
            "To see whether somebody changed the role or the policy by hand: terraform plan. It "
            "shows no change where nothing was changed."
        ),
        tr(
            "To end UbiQuity’s access: terraform destroy. The role goes, and with it open "
            "sessions. If AWS answers DeleteConflict, something else was attached to {role} by "
            "hand: detach that first. The statement in a KMS key’s policy stays: remove it by hand."
        ).replace("{role}", ROLE_NAME),
        tr(
            "permissions-to-deploy.json is the least policy for whoever runs Terraform, to apply "
            "and to destroy. Where your state lies needs permissions of its own."
        ),
    )
    return Steps(tr("Afterwards"), texts)
