"""What the policy documents and the draft are called as files, wherever they are saved or sent."""

from typing import Final

TRUST_FILE: Final = "trust-policy.json"
PERMISSIONS_FILE: Final = "permissions-policy.json"
KMS_FILE: Final = "kms-key-statement.json"
"""The statement to add to a key's policy."""
DRAFT_SUFFIX: Final = ".ubiquity-s3"
"""Of a draft: the packages let this program open such a file by a double click."""
HANDOFF_FILE: Final = f"s3-connection{DRAFT_SUFFIX}"
"""The draft (``ubiquity-s3-setup/draft``): an administrator's own program opens it."""

COMMAND_FILE: Final = "cloudshell-command.txt"
"""The line that does it all when it is pasted into AWS CloudShell."""
