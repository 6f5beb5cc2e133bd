"""What both scripts are given of a draft besides its documents."""

from typing import Final

from app.core.documents.policies import kms_entries
from app.core.draft import Draft
from app.core.frozen import frozen

DESCRIPTION: Final = "Lets UbiQuity use the Amazon S3 buckets in ubiquity-s3-access-policy."
"""Of the role and the policy, of the characters that IAM allows; for AWS's own console."""


@frozen
class DraftKey:
    """A key whose policy needs the statement, and the region and account in its ARN."""

    arn: str
    region: str
    owner: str


def keys_of(draft: Draft) -> tuple[DraftKey, ...]:
    """Return each key of the draft once; what an ARN lacks is an empty text."""
    arns = dict.fromkeys(entry.kms_key_arn or "" for entry in kms_entries(draft))
    parts = {arn: [*arn.split(":"), "", "", "", "", ""] for arn in arns}
    return tuple(DraftKey(arn, places[3], places[4]) for arn, places in parts.items())
