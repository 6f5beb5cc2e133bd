"""Words of AWS's console and of UbiQuity, as they are read there: never translated.

What is on a page of somebody else is looked for by its own words. AWS shows its console in several
languages and calls things otherwise in each, and from one year to the next; in English they are as
the guide has them. So a label that stands by itself is one of these values, past ``tr``; a sentence
that quotes one has to keep it in every language, which the check of the catalogues holds.
"""

from typing import Final

ROLE_NAME_FIELD: Final = "Role name"
POLICY_NAME_FIELD: Final = "Policy name"
ALLOW_ACCESS: Final = "Allow access"

ACCOUNT_FIELD: Final = "AWS Account ID"
REGION_FIELD: Final = "Region"
BUCKET_FIELD: Final = "Bucket Name"
PREFIX_FIELD: Final = "Prefix"
TEST_BUTTON: Final = "Test Connection"
SUCCESS: Final = "Connection successful. Found X files in bucket."
"""What UbiQuity's own test answers, in the guide's words; our own result is another sentence."""

AWS_LABELS: Final = frozenset(
    {
        ALLOW_ACCESS,
        POLICY_NAME_FIELD,
        ROLE_NAME_FIELD,
        "AWS account",
        "AWS service",
        "Actions",
        "Add permissions",
        "Attach policies",
        "Create policy",
        "Create role",
        "Create stack",
        "Custom trust policy",
        "Delete",
        "Detect drift",
        "Edit trust policy",
        "IAM",
        "Key policy",
        "Make a direct update",
        "Permissions",
        "Policies",
        "Policy editor",
        "Replace existing template",
        "Roles",
        "Save changes",
        "Stack actions",
        "Switch to policy view",
        "Trust relationships",
        "Trusted entity type",
        "Update policy",
        "Update stack",
        "Upload file",
        "Visual",
    }
)
UBIQUITY_LABELS: Final = frozenset(
    {
        ACCOUNT_FIELD,
        BUCKET_FIELD,
        PREFIX_FIELD,
        REGION_FIELD,
        SUCCESS,
        TEST_BUTTON,
        "Add Connector",
        "Connection successful",
        "Connectors",
        "Database",
        "Disable",
    }
)
PATH: Final = " > "
"""Between the labels that are clicked one after the other."""
