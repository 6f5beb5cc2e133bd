"""A request to AWS as a value: shown in the review, and sent as it is shown.

Source: IAM and AWS KMS API References, the actions of the same names.
"""

from collections.abc import Mapping
from typing import Final

from app import __version__
from app.core.changes.sides import ChangeSettings
from app.core.frozen import frozen

MADE_BY_TAG: Final = "ubiquity-s3-setup"
"""The key of the tag on what this program created; its value is the program's version."""

_DESCRIPTION: Final = (
    "Created by ubiquity-s3-setup: lets UbiQuity's S3 connector use the buckets named in "
    "ubiquity-s3-access-policy."
)
"""For AWS's own console, so not translated, and only of the characters that IAM allows."""


@frozen
class AwsCall:
    """One request: ``operation`` as the API Reference names it, ``region`` None for IAM."""

    service: str
    operation: str
    parameters: Mapping[str, object]
    region: str | None = None


def iam_call(operation: str, **parameters: object) -> AwsCall:
    """Return a request to IAM."""
    return AwsCall("iam", operation, parameters)


def name_in(arn: str) -> str:
    """Return the name of the role or policy ``arn``."""
    return arn.rpartition("/")[2]


def path_in(arn: str) -> str:
    """Return the path of the role or policy ``arn``: ``/`` where it has none."""
    return "/".join(["", *arn.split(":", 5)[5].split("/")[1:-1], ""])


def description_parameter(settings: ChangeSettings) -> dict[str, object]:
    """Return the description of what is created: the one asked for, else ours on what is new."""
    ours = None if settings.restored else _DESCRIPTION
    text = settings.description or ours
    return {"Description": text} if text else {}


def tags_parameter(settings: ChangeSettings) -> dict[str, object]:
    """Return the tags of what is created: those asked for, and ours on what is new.

    AWS's own, which a role that CloudFormation made has, nobody else may set; they do not come
    back (IAM User Guide, "Rules for tagging in IAM and AWS STS").
    """
    tags = {key: value for key, value in settings.tags.items() if not is_of_aws(key)}
    if not settings.restored:
        tags[MADE_BY_TAG] = __version__
    return {"Tags": [{"Key": key, "Value": text} for key, text in tags.items()]} if tags else {}


def is_of_aws(tag_key: str) -> bool:
    """Tell whether a tag is AWS's own."""
    return tag_key.lower().startswith("aws:")


def without_our_tag(call: AwsCall) -> AwsCall:
    """Return ``call`` without this program's tag, for a sign-in that may create but not tag."""
    tags = call.parameters.get("Tags")
    others = [tag for tag in tags if tag["Key"] != MADE_BY_TAG] if isinstance(tags, list) else []
    rest = {name: value for name, value in call.parameters.items() if name != "Tags"}
    return AwsCall(
        call.service, call.operation, rest | ({"Tags": others} if others else {}), call.region
    )
