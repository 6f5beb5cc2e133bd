"""CloudFormation: a template that makes the role and the policy, alone or all over an organisation.

The policies in it are those of ``core/documents/policies.py``; the External ID is a parameter, and
where the draft's account stands in a value, the account that the stack is made in takes its place.
So the same file is good as a StackSet. Its words are English: a translated description would change
a stack with the language of whoever made the file. What to do with it (``HOW_TO_FILE``) is
translated.

For the window, ``quick_create.quick_create_link(draft, address)`` makes a link that opens the
console's page with the template and its parameters filled in.

Sources: CloudFormation Template Reference, ``AWS::IAM::Role`` and ``AWS::IAM::ManagedPolicy``;
CloudFormation User Guide, "Import AWS resources".
"""

from collections.abc import Sequence
from typing import Final

from app.core.documents.file_names import KMS_FILE
from app.core.documents.policies import kms_entries, permissions_policy, trust_policy
from app.core.draft import Draft
from app.core.fields.database_id import LONGEST, SHORTEST
from app.core.guide import (
    DATABASE_ID_PLACE,
    POLICY_NAME,
    ROLE_NAME,
    SESSION_SECONDS,
)
from app.exports.cloudformation.quick_create import EXTERNAL_ID
from app.exports.cloudformation.steps import how_to_deploy
from app.exports.cloudformation.yaml_text import Short, yaml_text
from app.exports.pieces.document_places import (
    around_account,
    in_any_account,
    names_account,
    with_external_id,
)
from app.exports.pieces.exported_file import ExportedFile
from app.exports.pieces.permissions_files import permissions_to_deploy
from app.exports.pieces.policy_files import policy_files

TEMPLATE_FILE: Final = "ubiquity-s3-access.yaml"
IMPORT_FILE: Final = "ubiquity-s3-access-import.yaml"
"""The same without outputs: an import of what is there refuses a template that has some."""

HOW_TO_FILE: Final = "how-to-cloudformation.txt"

ROLE: Final = "UbiQuityRole"
POLICY: Final = "UbiQuityPolicy"
"""What the two are called within the template: another name would be another resource."""

BOUNDARY: Final = "PermissionsBoundary"
_OUR_PARTITION: Final = "arn:aws:"
_TAGS: Final = (("TagKey1", "TagValue1"), ("TagKey2", "TagValue2"))
_EXTERNAL_ID_PATTERN: Final = "^[A-Za-z0-9_+=,.@:/-]+$"
_BEFORE_NAME: Final = ":policy/"
_POLICY_PATTERN: Final = (
    f"^$|^(arn:aws:iam::[0-9]{{12}}{_BEFORE_NAME})?"
    "([A-Za-z0-9+=,.@_-]+/)*[A-Za-z0-9+=,.@_-]{1,128}$"
)


def cloudformation_files(draft: Draft) -> tuple[ExportedFile, ...]:
    """Return the template, the same for importing, what it leaves to do, and how to go about it."""
    keys = [file for file in policy_files(draft) if file.name == KMS_FILE]
    return (
        ExportedFile(TEMPLATE_FILE, yaml_text(template(draft))),
        ExportedFile(IMPORT_FILE, yaml_text(template_to_import(draft))),
        *keys,
        permissions_to_deploy("cloudformation", draft),
        ExportedFile(HOW_TO_FILE, how_to_deploy(draft, TEMPLATE_FILE, IMPORT_FILE)),
    )


def template_to_import(draft: Draft) -> dict[str, object]:
    """Return the template for taking over a role and a policy that are there.

    It has no outputs: CloudFormation answers "you cannot modify or add [Outputs]".
    """
    return {name: section for name, section in template(draft).items() if name != "Outputs"}


def template(draft: Draft) -> dict[str, object]:
    """Return the template's sections, for ``yaml_text``."""
    return {
        "AWSTemplateFormatVersion": "2010-09-09",
        "Description": _description(draft),
        "Metadata": _metadata(draft),
        "Parameters": _parameters(draft),
        "Conditions": _conditions(),
        "Resources": {ROLE: _role(), POLICY: _policy(draft)},
        "Outputs": _outputs(),
    }


def _description(draft: Draft) -> str:
    text = (
        "Lets UbiQuity read from and write to Amazon S3 buckets by assuming an IAM role. "
        "Deploy it once in an account, in one Region: IAM is the same in all."
    )
    if kms_entries(draft):
        text += (
            " The buckets' KMS keys are not part of it: CloudFormation cannot change the policy "
            "of a key that is there. See UbiQuityKeys in Metadata."
        )
    return text


def _metadata(draft: Draft) -> dict[str, object]:
    groups = (
        ("UbiQuity", (EXTERNAL_ID,)),
        ("Only where your company asks for it", (BOUNDARY, *(n for pair in _TAGS for n in pair))),
    )
    labels = {
        EXTERNAL_ID: "UbiQuity Account ID",
        BOUNDARY: "Permissions boundary",
        **{key: f"Tag {n}: key" for n, (key, _) in enumerate(_TAGS, start=1)},
        **{value: f"Tag {n}: value" for n, (_, value) in enumerate(_TAGS, start=1)},
    }
    interface = {
        "ParameterGroups": [
            {"Label": {"default": label}, "Parameters": list(names)} for label, names in groups
        ],
        "ParameterLabels": {name: {"default": label} for name, label in labels.items()},
    }
    arch = "UbiQuity's AWS account assumes the role; the policy, attached to it, opens the buckets."
    return {"AWS::CloudFormation::Interface": interface, **_context(arch=arch), **_keys(draft)}


def _context(**told: str | Sequence[str]) -> dict[str, object]:
    """Return what a tool that reads the template is told of it (cfn-lint's rule I4010)."""
    return {"com.aws.cloudformation.Context": {name: text for name, text in told.items() if text}}


def _keys(draft: Draft) -> dict[str, object]:
    arns = list(dict.fromkeys(entry.kms_key_arn or "" for entry in kms_entries(draft)))
    if not arns:
        return {}
    todo = (
        f"Once the role exists, add the statement in the file {KMS_FILE} to the key policy of "
        "each of these keys, beside what is there."
    )
    return {"UbiQuityKeys": {"ToDo": todo, "Keys": arns}}


def _parameters(draft: Draft) -> dict[str, object]:
    parameters: dict[str, object] = {
        EXTERNAL_ID: {
            "Type": "String",
            "Description": f"In UbiQuity under {DATABASE_ID_PLACE}. It is the External ID.",
            "Default": draft.database_id,
            "MinLength": SHORTEST,
            "MaxLength": LONGEST,
            "AllowedPattern": _EXTERNAL_ID_PATTERN,
            "ConstraintDescription": (
                "Copy it from UbiQuity: letters, digits and _+=,.@:/- without spaces."
            ),
        },
        BOUNDARY: {
            "Type": "String",
            "Description": (
                "Leave it empty unless your company requires a permissions boundary. Otherwise "
                "the name or ARN of a policy; the one in the stack's own account is taken."
            ),
            "Default": "",
            "AllowedPattern": _POLICY_PATTERN,
            "ConstraintDescription": (
                "The name of a policy of yours, with its path (team/Boundary), or its ARN."
            ),
        },
    }
    for number, (key, value) in enumerate(_TAGS, start=1):
        parameters[key] = _tag_part(f"The key of tag {number} of the role, or nothing.", 128)
        parameters[value] = _tag_part(f"The value of tag {number}.", 256)
    return parameters


def _tag_part(description: str, longest: int) -> dict[str, object]:
    return {"Type": "String", "Description": description, "Default": "", "MaxLength": longest}


def _conditions() -> dict[str, object]:
    asked = {_has(name): name for name in (BOUNDARY, *(key for key, _ in _TAGS))}
    return {
        condition: Short("Not", [Short("Equals", [Short("Ref", name), ""])])
        for condition, name in asked.items()
    }


def _has(parameter: str) -> str:
    return f"Has{parameter}"


_NOTHING: Final = Short("Ref", "AWS::NoValue")


def _tags() -> Short:
    """Return the tags that have a key.

    Whole lists are chosen between: not every CloudFormation leaves an item out of a list.
    """
    first, second = (
        {"Key": Short("Ref", key), "Value": Short("Ref", value)} for key, value in _TAGS
    )
    one, two = (_has(key) for key, _ in _TAGS)
    with_first = Short("If", [two, [first, second], [first]])
    return Short("If", [one, with_first, Short("If", [two, [second], _NOTHING])])


def _role() -> dict[str, object]:
    properties = {
        "RoleName": ROLE_NAME,
        "Path": "/",
        "Description": "UbiQuity reads and writes files in Amazon S3 with it.",
        "MaxSessionDuration": SESSION_SECONDS,
        "AssumeRolePolicyDocument": with_external_id(trust_policy(""), Short("Ref", EXTERNAL_ID)),
        "PermissionsBoundary": Short("If", [_has(BOUNDARY), _boundary_arn(), _NOTHING]),
        "Tags": _tags(),
    }
    why = "UbiQuity assumes it, with the External ID, and has temporary credentials of an hour."
    must = (
        f"Keep the RoleName {ROLE_NAME} and the Path /: UbiQuity may assume no other role.",
        "Keep the External ID: without it every UbiQuity customer could use the role.",
    )
    return _resource("AWS::IAM::Role", properties, why, must)


def _boundary_arn() -> Short:
    """Return the ARN of the boundary in the stack's account, be it given as a name or an ARN.

    What follows the first ``:policy/`` of "P:policy/P" is the name in either. Joined, since
    cfn-lint needs ten seconds and more for the same as ``!Sub``.
    """
    twice = Short("Sub", f"${{{BOUNDARY}}}{_BEFORE_NAME}${{{BOUNDARY}}}")
    name = Short("Select", [1, Short("Split", [_BEFORE_NAME, twice])])
    account = ["arn", Short("Ref", "AWS::Partition"), "iam", "", Short("Ref", "AWS::AccountId")]
    return Short("Join", ["/", [Short("Join", [":", [*account, "policy"]]), name]])


def _policy(draft: Draft) -> dict[str, object]:
    """Return the policy, attached to the role from its side.

    It has no description: IAM never changes one, so another word in it would ask for a new policy
    of the same name, which CloudFormation refuses. Tags of a policy CloudFormation does not know.
    """
    account = draft.account_id
    document = in_any_account(
        permissions_policy(draft.buckets), account, lambda text: _with_own_account(text, account)
    )
    properties = {
        "ManagedPolicyName": POLICY_NAME,
        "Path": "/",
        "PolicyDocument": document,
        "Roles": [Short("Ref", ROLE)],
    }
    why = "What the role allows: to list, read, write and delete files, in these buckets alone."
    return _resource("AWS::IAM::ManagedPolicy", properties, why)


def _with_own_account(text: str, account_id: str) -> object:
    """Return ``text`` with the number of the stack's account in the place of ``account_id``.

    A literal of the policy's, ``${*}``, stays outside of ``!Sub``: how AWS reads it in there is not
    written anywhere. Where it is in the same name as the number, the number stays what it is.
    """
    if "${" not in text:
        return _substituted(text, account_id)
    names = text.split("/")
    changed = [
        _substituted(name, account_id)
        if names_account(name, account_id) and "${" not in name
        else name
        for name in names
    ]
    return text if changed == names else Short("Join", ["/", changed])


def _substituted(text: str, account_id: str) -> Short:
    filled = "${AWS::AccountId}".join(around_account(text, account_id))
    if filled.startswith(_OUR_PARTITION):
        filled = f"arn:${{AWS::Partition}}:{filled.removeprefix(_OUR_PARTITION)}"
    return Short("Sub", filled)


def _resource(
    kind: str, properties: dict[str, object], why: str, must: Sequence[str] = ()
) -> dict[str, object]:
    """Return a resource that goes with its stack: so ends the access, as the guide says.

    The policies of deletion are written out since an import asks for them.
    """
    return {
        "Type": kind,
        "DeletionPolicy": "Delete",
        "UpdateReplacePolicy": "Delete",
        "Metadata": _context(why=why, must=must),
        "Properties": properties,
    }


def _outputs() -> dict[str, object]:
    return {
        "RoleArn": {
            "Description": "Send this to whoever asked for it.",
            "Value": Short("GetAtt", f"{ROLE}.Arn"),
        },
        "PolicyArn": {
            "Description": "The policy of the role.",
            "Value": Short("Ref", POLICY),
        },
        "AccountId": {
            "Description": "The AWS Account ID to enter in UbiQuity.",
            "Value": Short("Ref", "AWS::AccountId"),
        },
    }
