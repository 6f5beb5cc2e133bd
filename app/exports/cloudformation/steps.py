"""What to do with the CloudFormation template, as the console names it.

Sources: CloudFormation User Guide, "Create a stack from the CloudFormation console", "Create a
stack from existing resources", "Create StackSets with service-managed permissions", "Override
parameter values", "Detect drift on an entire CloudFormation stack".
"""

from app.core.console_links import cloudformation_link
from app.core.draft import Draft
from app.core.guide import POLICY_NAME, ROLE_NAME, policy_arn, role_arn
from app.core.i18n import tr
from app.core.needs.by_export import STACK_NAME
from app.exports.cloudformation.quick_create import link_to
from app.exports.pieces.document_places import names_account
from app.exports.pieces.home_region import home_region
from app.exports.pieces.key_steps import key_steps
from app.exports.pieces.steps_text import Steps, steps_text


def how_to_deploy(draft: Draft, template: str, import_template: str) -> str:
    """Return the text about the files ``template`` and ``import_template``."""
    title = tr("CloudFormation: letting UbiQuity into your Amazon S3 buckets")
    why_by_hand = tr("CloudFormation can’t change the policy of a key that is there already.")
    return steps_text(
        title,
        (
            _one_account(draft, template),
            *key_steps(draft, why_by_hand),
            _there_already(draft, template, import_template),
            _organisation(draft, template),
            _afterwards(template),
        ),
    )


def _one_account(draft: Draft, template: str) -> Steps:
    region = home_region(draft)
    values = {
        "account": draft.account_id,
        "link": f"{cloudformation_link(region)}/stacks/create",
        "template": template,
        "stack": STACK_NAME,
        "arn": role_arn(draft.account_id),
        "quick": link_to(draft, "OBJECT_URL"),
        "command": (
            f"    aws cloudformation create-stack --region {region} --stack-name {STACK_NAME} \\\n"
            f"      --template-body file://{template} --capabilities CAPABILITY_NAMED_IAM"
        ),
    }
    steps = (
        tr("Sign in to AWS account {account} and open CloudFormation:\n    {link}"),
        tr(
            "If the page is not open yet, choose “Create stack”, then “With new resources "
            "(standard)”."
        ),
        tr(
            "Choose “Choose an existing template”, then “Upload a template file”. Choose the file "
            "{template}, then “Next”."
        ),
        tr(
            "Enter the stack name {stack}. Leave the UbiQuity Account ID as it is, and the other "
            "fields empty unless your company requires a permissions boundary or tags. Choose "
            "“Next”."
        ),
        tr(
            "Tick “I acknowledge that AWS CloudFormation might create IAM resources with custom "
            "names”, on this page or the next. Choose “Next”, then “Submit”."
        ),
        tr(
            "Wait for CREATE_COMPLETE. Open the tab “Outputs” and send the RoleArn to whoever "
            "asked for it. It should be:\n    {arn}"
        ),
    )
    after = (
        tr("From a shell it is one command:\n{command}"),
        tr(
            "If you keep templates in an S3 bucket, upload {template} there. This link, with the "
            "file’s Object URL in the place of OBJECT_URL, opens one page with everything filled "
            "in:\n    {quick}"
        ),
        tr(
            "IAM is the same in all Regions: make the stack once in an account. In a second "
            "Region AWS refuses it, since the role exists already."
        ),
    )
    return Steps(
        tr("In one account"),
        steps=[step.format_map(values) for step in steps],
        after=[text.format_map(values) for text in after],
    )


def _there_already(draft: Draft, template: str, import_template: str) -> Steps:
    values = {
        "role": ROLE_NAME,
        "policy": policy_arn(draft.account_id),
        "name": POLICY_NAME,
        "template": template,
        "import_template": import_template,
        "stack": STACK_NAME,
    }
    before = (
        tr("CloudFormation then says that {role} or {name} already exists, and changes nothing."),
        tr(
            "Does another UbiQuity database use the role, or other buckets the policy? Then don’t "
            "use this template: it would shut them out. Add to what is there by hand, or with "
            "“Create it for me” in the program that made these files."
        ),
        tr("Otherwise let CloudFormation take both over:"),
    )
    steps = (
        tr(
            "Choose “Create stack”, then “With existing resources (import resources)”, then “Next”."
        ),
        tr("Upload the file {import_template}. It has no outputs: AWS refuses them in an import."),
        tr(
            "Identify the resources: for the role the RoleName {role}, for the policy the "
            "PolicyArn\n    {policy}"
        ),
        tr("Enter the stack name {stack}, go on, and choose “Import resources”."),
        tr(
            "Choose “Update stack”, then “Make a direct update”, “Replace existing template”, and "
            "upload {template}."
        ),
        tr(
            "An import leaves role and policy as they are. Choose “Stack actions”, “Detect drift”: "
            "what is shown there is not as the template has it. Mend it by hand, or with a "
            "drift-aware change set."
        ),
    )
    after = (
        tr(
            "Is only one of the two there, or is one under a path? Delete it first. UbiQuity is "
            "shut out until the stack is complete."
        ),
    )
    return Steps(
        tr("If the role or the policy is there already"),
        [text.format_map(values) for text in before],
        [step.format_map(values) for step in steps],
        after,
    )


def _organisation(draft: Draft, template: str) -> Steps:
    values = {
        "template": template,
        "region": home_region(draft),
        "stack": STACK_NAME,
        "role": ROLE_NAME,
    }
    steps = (
        tr(
            "In the organisation’s management account, or a delegated administrator’s, open "
            "CloudFormation, “StackSets”, “Create StackSet”."
        ),
        tr("Choose “Service-managed permissions”, and upload the file {template} as the template."),
        tr(
            "Enter the name {stack}. The UbiQuity Account ID holds for all accounts; one that "
            "has another is given it later with “Override StackSet parameters”."
        ),
        tr("Tick the acknowledgement about IAM resources with custom names."),
        tr(
            "Choose “Deploy new stacks”, and the organisation or the organisational units. Turn "
            "automatic deployment off, unless UbiQuity is to be let into each new account too."
        ),
        tr(
            "Specify exactly one Region, for example {region}. For hundreds of accounts raise "
            "“Maximum concurrent accounts” and “Failure tolerance”: an account that has the role "
            "already fails, and would stop the others. Choose “Submit”."
        ),
        tr("The management account itself is left out: make a stack in it, as above."),
    )
    before = (tr("The same file works unchanged as a StackSet."), _whose_buckets(draft))
    after = (
        tr("The role’s ARN of each account is:\n    arn:aws:iam::ACCOUNT:role/{role}").format_map(
            values
        ),
    )
    return Steps(
        tr("All over an organisation (StackSet)"),
        before,
        [step.format_map(values) for step in steps],
        after,
    )


def _whose_buckets(draft: Draft) -> str:
    if any(names_account(name, draft.account_id) for name in draft.bucket_names):
        return tr(
            "Where a bucket’s name has this account’s number in it, each account gets access to "
            "the bucket with its own number."
        )
    return tr(
        "In every account the role gets access to the same bucket names. A bucket belongs to one "
        "account, and must let in the roles of others by its own policy."
    )


def _afterwards(template: str) -> Steps:
    texts = (
        tr(
            "To change something: “Update stack”, “Make a direct update”, “Replace existing "
            "template”, and the new {template}. Role and policy are changed in place."
        ),
        tr(
            "To see whether somebody changed the role or the policy by hand: “Stack actions”, "
            "“Detect drift”. An update with the same template does not undo that; a drift-aware "
            "change set does."
        ),
        tr(
            "To end UbiQuity’s access: delete the stack. Role and policy go with it, and so do "
            "open sessions. If it fails, something else was attached to the role or the policy by "
            "hand: detach that, and delete the stack again. The statement in a KMS key’s policy "
            "stays: remove it by hand."
        ),
        tr(
            "permissions-to-deploy.json is the least policy for whoever makes, changes or deletes "
            "the stack in one account, under this stack name. A StackSet needs more, in the "
            "organisation’s own accounts."
        ),
    )
    return Steps(tr("Afterwards"), [text.replace("{template}", template) for text in texts])
